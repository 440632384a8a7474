use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde_json::{Map, Value};

use super::sign_in::SignInError;

/// The accepted signature algorithms; none of them uses a shared secret.
const ALGORITHMS: [Algorithm; 3] = [Algorithm::RS256, Algorithm::ES256, Algorithm::EdDSA];

pub(super) struct ExpectedClaims<'e> {
    pub(super) issuer: &'e str,
    pub(super) client_id: &'e str,
    pub(super) nonce: &'e str,
    /// Seconds since 1970.
    pub(super) now: i64,
}

pub(super) struct VerifiedIdToken {
    pub(super) claims: Map<String, Value>,
    pub(super) algorithm: String,
}

/// Verifies an ID token (OpenID Connect Core 3.1.3.7).
pub(super) fn verify(
    id_token: &str,
    keys: &JwkSet,
    expected: &ExpectedClaims<'_>,
) -> Result<VerifiedIdToken, SignInError> {
    let invalid = |reason: String| SignInError::InvalidIdToken(reason);
    let header = decode_header(id_token).map_err(|error| invalid(error.to_string()))?;
    let algorithm = format!("{:?}", header.alg);
    if !ALGORITHMS.contains(&header.alg) {
        return Err(invalid(format!("the algorithm {algorithm} is not allowed")));
    }
    let key = header
        .kid
        .and_then(|kid| keys.find(&kid))
        .ok_or_else(|| invalid("the signing key is not published".to_owned()))?;
    let key = DecodingKey::from_jwk(key).map_err(|error| invalid(error.to_string()))?;
    let mut validation = Validation::new(header.alg);
    validation.set_issuer(&[expected.issuer]);
    validation.set_audience(&[expected.client_id]);
    validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    // Checked below: the library would use the system clock instead of `expected.now`.
    validation.validate_exp = false;
    let claims = decode::<Map<String, Value>>(id_token, &key, &validation)
        .map_err(|error| invalid(error.to_string()))?
        .claims;
    let is_expired = claims
        .get("exp")
        .and_then(Value::as_i64)
        .is_none_or(|exp| exp <= expected.now);
    if is_expired {
        return Err(invalid("it has expired".to_owned()));
    }
    if claims.get("nonce").and_then(Value::as_str) != Some(expected.nonce) {
        return Err(invalid("its nonce belongs to another sign-in".to_owned()));
    }
    Ok(VerifiedIdToken { claims, algorithm })
}
