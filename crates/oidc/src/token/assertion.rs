//! Client assertions: JWTs with which applications authenticate themselves (RFC 7523, OpenID Connect Core 9).

use base64_simd::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::AssertionError;
use crate::algorithm::AssertionAlgorithm;
use crate::client_keys::ClientKeys;
use crate::issuer::Issuer;
use crate::time::{saturating_add, saturating_from_second};

pub(super) const MAX_ASSERTION_BYTES: usize = 8192;
const MAX_CLOCK_SKEW: SignedDuration = SignedDuration::from_secs(60);
/// The `jti` of an assertion has to be stored until the assertion expires.
const MAX_ASSERTION_LIFETIME: SignedDuration = SignedDuration::from_hours(1);
const MAX_JTI_BYTES: usize = 256;

/// A used assertion, for a store to keep so that a replay is detected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsedAssertion {
    /// Unique only within one application.
    pub jti: String,
    /// The assertion may be deleted from here on, because it is rejected as expired.
    pub expires_at: Timestamp,
}

/// A parsed assertion that is not yet verified.
#[derive(Clone)]
pub(super) struct UnverifiedAssertion {
    signing_input: String,
    signature: Vec<u8>,
    header: JoseHeader,
    subject: String,
    claims: AssertionClaims,
}

// No critical extension is supported, so `crit` rejects the assertion (RFC 7515 4.1.11).
// Keys and URLs of keys in the header (`jwk`, `jku`, `x5c`, `x5u`) are ignored.
#[derive(Clone, Deserialize)]
struct JoseHeader {
    alg: String,
    kid: Option<String>,
    typ: Option<String>,
    crit: Option<IgnoredAny>,
}

#[derive(Clone, Deserialize)]
struct AssertionClaims {
    iss: Option<String>,
    sub: Option<String>,
    aud: Option<Audience>,
    exp: Option<NumericDate>,
    nbf: Option<NumericDate>,
    iat: Option<NumericDate>,
    jti: Option<String>,
}

#[derive(Clone, Deserialize)]
#[serde(untagged)]
enum Audience {
    Single(String),
    List(Vec<String>),
}

impl Audience {
    fn into_list(self) -> Vec<String> {
        match self {
            Self::Single(audience) => vec![audience],
            Self::List(audiences) => audiences,
        }
    }
}

/// Seconds since 1970-01-01T00:00:00Z, possibly with a fraction (RFC 7519 2).
#[derive(Clone, Deserialize)]
#[serde(untagged)]
enum NumericDate {
    Integer(i64),
    Float(f64),
}

impl NumericDate {
    /// The time in whole seconds; `None` for a float beyond the integers that it can represent exactly.
    fn timestamp(&self) -> Option<Timestamp> {
        const MAX_EXACT: f64 = 9_007_199_254_740_992.0;
        match self {
            Self::Integer(seconds) => Some(saturating_from_second(*seconds)),
            #[expect(
                clippy::cast_possible_truncation,
                reason = "the range is checked first"
            )]
            Self::Float(seconds) if seconds.abs() < MAX_EXACT => {
                Some(saturating_from_second(*seconds as i64))
            }
            Self::Float(_) => None,
        }
    }
}

impl UnverifiedAssertion {
    pub(super) fn parse(text: &str) -> Result<Self, AssertionError> {
        let malformed = || AssertionError::Malformed;
        let (signing_input, signature) = text.rsplit_once('.').ok_or_else(malformed)?;
        let (header, claims) = signing_input.split_once('.').ok_or_else(malformed)?;
        let decode = |part: &str| URL_SAFE_NO_PAD.decode_to_vec(part).map_err(|_| malformed());
        let header: JoseHeader =
            serde_json::from_slice(&decode(header)?).map_err(|_| malformed())?;
        let claims: AssertionClaims =
            serde_json::from_slice(&decode(claims)?).map_err(|_| malformed())?;
        let missing_sub = AssertionError::MissingClaim { claim: "sub" };
        let subject = claims.sub.clone().ok_or(missing_sub)?;
        Ok(Self {
            signing_input: signing_input.to_owned(),
            signature: decode(signature)?,
            header,
            subject,
            claims,
        })
    }

    /// The `client_id` that the assertion claims.
    pub(super) fn claimed_subject(&self) -> &str {
        &self.subject
    }

    /// Verifies the assertion with the keys of the application that it claims to come from.
    pub(super) fn verify(
        &self,
        keys: &ClientKeys,
        client_id: &str,
        issuer: &Issuer,
        now: Timestamp,
    ) -> Result<UsedAssertion, AssertionError> {
        self.check_signature(keys)?;
        self.check_issuer_and_audience(client_id, issuer)?;
        let expires_at = self.check_times(now)?;
        let jti = self
            .claims
            .jti
            .clone()
            .ok_or(AssertionError::MissingClaim { claim: "jti" })?;
        if jti.is_empty() || jti.len() > MAX_JTI_BYTES {
            return Err(AssertionError::InvalidJti {
                limit: MAX_JTI_BYTES,
                received: jti.len(),
            });
        }
        Ok(UsedAssertion { jti, expires_at })
    }

    fn check_signature(&self, keys: &ClientKeys) -> Result<(), AssertionError> {
        let JoseHeader {
            alg,
            kid,
            typ,
            crit,
        } = &self.header;
        if crit.is_some() {
            return Err(AssertionError::CriticalExtension);
        }
        // A token of another type may be signed with the same key (RFC 8725 3.11).
        let is_assertion_type = |typ: &String| {
            ["JWT", "client-authentication+jwt"]
                .iter()
                .any(|allowed| typ.eq_ignore_ascii_case(allowed))
        };
        if let Some(received) = typ.as_ref().filter(|typ| !is_assertion_type(typ)) {
            return Err(AssertionError::UnexpectedType {
                received: received.clone(),
            });
        }
        let algorithm =
            AssertionAlgorithm::parse(alg).ok_or_else(|| AssertionError::AlgorithmNotAllowed {
                received: alg.clone(),
            })?;
        let mut candidates = keys.candidates(kid.as_deref(), algorithm).peekable();
        if candidates.peek().is_none() {
            return Err(AssertionError::KeyNotFound {
                algorithm,
                kid: kid.clone(),
            });
        }
        let message = self.signing_input.as_bytes();
        let is_signed = candidates.any(|key| key.verifies(algorithm, message, &self.signature));
        if is_signed {
            Ok(())
        } else {
            Err(AssertionError::InvalidSignature)
        }
    }

    fn check_issuer_and_audience(
        &self,
        client_id: &str,
        issuer: &Issuer,
    ) -> Result<(), AssertionError> {
        let issuer_claim = self.claims.iss.as_deref();
        let received = issuer_claim.ok_or(AssertionError::MissingClaim { claim: "iss" })?;
        if received != client_id || self.subject != client_id {
            return Err(AssertionError::IssuerMismatch {
                expected: client_id.to_owned(),
                received: received.to_owned(),
            });
        }
        let audience = self.claims.aud.clone();
        let received = audience
            .ok_or(AssertionError::MissingClaim { claim: "aud" })?
            .into_list();
        let expected = vec![issuer.as_str().to_owned(), issuer.token_endpoint()];
        // Every audience is checked: another server in the list could have received and forwarded the assertion.
        if received.is_empty() || !received.iter().all(|audience| expected.contains(audience)) {
            return Err(AssertionError::AudienceMismatch { expected, received });
        }
        Ok(())
    }

    /// Checks `exp`, `nbf` and `iat`, and returns when the assertion can be deleted from the store.
    fn check_times(&self, now: Timestamp) -> Result<Timestamp, AssertionError> {
        let parse_time = |claim: &'static str, date: &Option<NumericDate>| {
            let time = date.as_ref().map(NumericDate::timestamp);
            time.map(|time| time.ok_or(AssertionError::TimeOutOfRange { claim }))
                .transpose()
        };
        let AssertionClaims { exp, nbf, iat, .. } = &self.claims;
        let exp = parse_time("exp", exp)?.ok_or(AssertionError::MissingClaim { claim: "exp" })?;
        let expires_at = saturating_add(exp, MAX_CLOCK_SKEW);
        if now >= expires_at {
            return Err(AssertionError::Expired {
                expires_at: exp,
                now,
            });
        }
        let latest_start = saturating_add(now, MAX_CLOCK_SKEW);
        if exp > saturating_add(latest_start, MAX_ASSERTION_LIFETIME) {
            return Err(AssertionError::LifetimeTooLong {
                limit: MAX_ASSERTION_LIFETIME,
                expires_at: exp,
                now,
            });
        }
        for (claim, date) in [("nbf", nbf), ("iat", iat)] {
            if let Some(time) = parse_time(claim, date)?.filter(|time| *time > latest_start) {
                return Err(AssertionError::NotYetValid { claim, time, now });
            }
        }
        Ok(expires_at)
    }
}
