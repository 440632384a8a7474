use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde_json::{Map, Value};

use super::sign_in::SignInError;

/// The algorithms that an ID token may be signed with here: none with a shared secret.
const ALGORITHMS: [Algorithm; 3] = [Algorithm::RS256, Algorithm::ES256, Algorithm::EdDSA];

/// What an ID token has to say.
pub(super) struct Expected<'e> {
    pub(super) issuer: &'e str,
    pub(super) client_id: &'e str,
    pub(super) nonce: &'e str,
    pub(super) now: i64,
}

/// Verifies an ID token (OpenID Connect Core 3.1.3.7), and gives its claims and the name of its algorithm.
pub(super) fn verify(
    id_token: &str,
    keys: &JwkSet,
    expected: &Expected<'_>,
) -> Result<(Map<String, Value>, String), SignInError> {
    let refuse = |why: String| SignInError::InvalidIdToken(why);
    let header = decode_header(id_token).map_err(|error| refuse(error.to_string()))?;
    if !ALGORITHMS.contains(&header.alg) {
        return Err(refuse(format!("it is signed with {:?}", header.alg)));
    }
    let key = header
        .kid
        .and_then(|kid| keys.find(&kid))
        .ok_or_else(|| refuse("it is signed with a key that is not published".to_owned()))?;
    let key = DecodingKey::from_jwk(key).map_err(|error| refuse(error.to_string()))?;
    let mut validation = Validation::new(header.alg);
    validation.set_issuer(&[expected.issuer]);
    validation.set_audience(&[expected.client_id]);
    validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    // The library would ask the machine's clock; ours is an argument.
    validation.validate_exp = false;
    let claims = decode::<Map<String, Value>>(id_token, &key, &validation)
        .map_err(|error| refuse(error.to_string()))?
        .claims;
    let is_over = claims
        .get("exp")
        .and_then(Value::as_i64)
        .is_none_or(|exp| exp <= expected.now);
    if is_over {
        return Err(refuse("it is over".to_owned()));
    }
    if claims.get("nonce").and_then(Value::as_str) != Some(expected.nonce) {
        return Err(refuse("it answers another sign-in (nonce)".to_owned()));
    }
    Ok((claims, format!("{:?}", header.alg)))
}
