use aws_lc_rs::digest;
use base64_simd::URL_SAFE_NO_PAD;
use jiff::fmt::serde::timestamp;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use crate::algorithm::SigningAlgorithm;
use crate::claims::{Member, MemberClaims, SignIn};
use crate::issuer::Issuer;
use crate::opaque::AccessToken;
use crate::signing_key::{SigningKey, SigningKeyError};
use crate::time::saturating_add;
use crate::token::CodeGrant;

/// How long an ID token is valid. It reports a sign-in and is not a session.
pub const ID_TOKEN_LIFETIME: SignedDuration = SignedDuration::from_mins(10);

/// The content of an ID token (OpenID Connect Core 2).
#[derive(Clone, Copy, Debug)]
pub struct IdToken<'a> {
    pub issuer: &'a Issuer,
    /// The source of the audience, the nonce and the scopes.
    pub grant: &'a CodeGrant,
    pub member: &'a Member,
    pub sign_in: &'a SignIn,
    /// The access token of the same response, for `at_hash`.
    pub access_token: &'a AccessToken,
}

impl IdToken<'_> {
    pub fn sign(&self, key: &SigningKey, now: Timestamp) -> Result<String, SigningKeyError> {
        key.sign_jwt(&IdTokenClaims {
            iss: self.issuer.as_str(),
            aud: &self.grant.client_id,
            exp: saturating_add(now, ID_TOKEN_LIFETIME),
            iat: now,
            auth_time: self.sign_in.auth_time,
            nonce: self.grant.nonce.as_deref(),
            at_hash: at_hash(key.algorithm(), self.access_token.as_str()),
            acr: self.sign_in.acr.as_deref(),
            sid: &self.sign_in.session,
            member: MemberClaims::new(
                self.member,
                self.sign_in,
                &self.grant.scopes,
                &self.grant.claims.id_token,
            ),
        })
    }
}

#[derive(Serialize)]
struct IdTokenClaims<'a> {
    iss: &'a str,
    aud: &'a str,
    #[serde(with = "timestamp::second::required")]
    exp: Timestamp,
    #[serde(with = "timestamp::second::required")]
    iat: Timestamp,
    #[serde(
        with = "timestamp::second::optional",
        skip_serializing_if = "Option::is_none"
    )]
    auth_time: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nonce: Option<&'a str>,
    at_hash: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    acr: Option<&'a str>,
    sid: &'a str,
    #[serde(flatten)]
    member: MemberClaims,
}

/// The left half of the hash of the access token (OpenID Connect Core 3.1.3.6).
fn at_hash(algorithm: SigningAlgorithm, access_token: &str) -> String {
    let hash = match algorithm {
        SigningAlgorithm::Rs256 | SigningAlgorithm::Es256 => &digest::SHA256,
        // The name `EdDSA` does not include a hash; Ed25519 uses SHA-512.
        SigningAlgorithm::EdDsa => &digest::SHA512,
    };
    let digest = digest::digest(hash, access_token.as_bytes());
    let (left, _) = digest.as_ref().split_at(digest.as_ref().len() / 2);
    URL_SAFE_NO_PAD.encode_to_string(left)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    fn at_hash_is_that_of_openid_connect_core_appendix_a_4(
        #[values(SigningAlgorithm::Rs256, SigningAlgorithm::Es256)] algorithm: SigningAlgorithm,
    ) {
        let access_token = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y";
        assert_eq!(at_hash(algorithm, access_token), "77QmUPtjPfzWtF2AnpK9RQ");
    }
}
