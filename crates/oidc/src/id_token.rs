use aws_lc_rs::digest;
use base64_simd::URL_SAFE_NO_PAD;
use serde::Serialize;

use crate::algorithm::SigningAlgorithm;
use crate::claims::{Member, MemberClaims, SignIn};
use crate::issuer::Issuer;
use crate::opaque::AccessToken;
use crate::signing_key::{SigningKey, SigningKeyError};
use crate::timestamp::Timestamp;
use crate::token::CodeGrant;

/// How many seconds an ID token is valid: it is a message about a sign-in, not a session.
pub const ID_TOKEN_LIFETIME: i64 = 600;

/// All that an ID token says, before it is signed (OpenID Connect Core 2).
#[derive(Clone, Copy, Debug)]
pub struct IdToken<'a> {
    /// Who says it.
    pub issuer: &'a Issuer,
    /// The code that it is given for: it names the application, the nonce and the scopes.
    pub grant: &'a CodeGrant,
    /// Who signed in.
    pub member: &'a Member,
    /// How and when.
    pub sign_in: &'a SignIn,
    /// The token that is given along with it.
    pub access_token: &'a AccessToken,
}

impl IdToken<'_> {
    /// Writes and signs it.
    pub fn sign(&self, key: &SigningKey, now: Timestamp) -> Result<String, SigningKeyError> {
        key.sign_jwt(&Claims {
            iss: self.issuer.as_str(),
            aud: &self.grant.client_id,
            exp: now.after(ID_TOKEN_LIFETIME),
            iat: now,
            auth_time: self.sign_in.auth_time,
            nonce: self.grant.nonce.as_deref(),
            at_hash: at_hash(key.algorithm(), self.access_token.as_str()),
            acr: self.sign_in.acr.as_deref(),
            sid: &self.sign_in.session,
            member: MemberClaims::new(self.member, self.sign_in, &self.grant.scopes),
        })
    }
}

#[derive(Serialize)]
struct Claims<'a> {
    iss: &'a str,
    aud: &'a str,
    exp: Timestamp,
    iat: Timestamp,
    auth_time: Timestamp,
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
        // The hash that Ed25519 has inside; its name `EdDSA` does not say one.
        SigningAlgorithm::EdDsa => &digest::SHA512,
    };
    let digest = digest::digest(hash, access_token.as_bytes());
    let (left, _) = digest.as_ref().split_at(digest.as_ref().len() / 2);
    URL_SAFE_NO_PAD.encode_to_string(left)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_hash_is_that_of_openid_connect_core_appendix_a_4() {
        let access_token = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y";
        for algorithm in [SigningAlgorithm::Rs256, SigningAlgorithm::Es256] {
            assert_eq!(at_hash(algorithm, access_token), "77QmUPtjPfzWtF2AnpK9RQ");
        }
    }
}
