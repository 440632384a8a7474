//! The conversion of stored applications into OpenID Connect clients.

use base64_simd::URL_SAFE_NO_PAD;
use oidc::{ClientAuthentication, ClientKeys, ClientKeysError, StoredHash};
use runtime::keys::signing_algorithm;
use store::{Application, ClientType, SecretHash, TokenEndpointAuthMethod};

/// # Errors
///
/// The stored JWK set is invalid.
pub fn to_oidc_client(application: &Application) -> Result<oidc::Application, ClientKeysError> {
    let secret = || stored_hash(application.secret.as_ref());
    let is_pinned = application.auth_method_pinned_since.is_some();
    let authentication = match application.auth_method {
        TokenEndpointAuthMethod::ClientSecretBasic | TokenEndpointAuthMethod::ClientSecretPost
            if !is_pinned =>
        {
            ClientAuthentication::ClientSecret(secret())
        }
        TokenEndpointAuthMethod::ClientSecretBasic => {
            ClientAuthentication::ClientSecretBasic(secret())
        }
        TokenEndpointAuthMethod::ClientSecretPost => {
            ClientAuthentication::ClientSecretPost(secret())
        }
        TokenEndpointAuthMethod::PrivateKeyJwt => ClientAuthentication::PrivateKeyJwt(
            ClientKeys::parse(application.jwks.as_deref().unwrap_or_default())?,
        ),
        TokenEndpointAuthMethod::None => ClientAuthentication::None,
    };
    Ok(oidc::Application {
        client_id: application.id.to_string(),
        redirect_uris: application.redirect_uris.clone(),
        authentication,
        requires_pkce: application.pkce_required_since.is_some(),
        id_token_algorithm: signing_algorithm(application.id_token_algorithm),
    })
}

pub(super) const fn to_oidc_client_type(client_type: ClientType) -> oidc::ClientType {
    match client_type {
        ClientType::Confidential => oidc::ClientType::Confidential,
        ClientType::Public => oidc::ClientType::Public,
    }
}

/// Converts the hexadecimal SHA-256 hash to base64url. The hash of a missing secret is empty and matches no secret.
fn stored_hash(secret: Option<&SecretHash>) -> StoredHash {
    let digits = secret
        .map(SecretHash::as_str)
        .unwrap_or_default()
        .as_bytes();
    let parse_byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    let bytes: Option<Vec<u8>> = digits.chunks(2).map(parse_byte).collect();
    StoredHash::from_stored(URL_SAFE_NO_PAD.encode_to_string(bytes.unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stored_secret_hash_matches_the_secret() {
        let stored = runtime::seal::hash("vss_secret");
        assert!(stored_hash(Some(&stored)).matches("vss_secret"));
        assert!(!stored_hash(Some(&stored)).matches("vss_other"));
        assert!(!stored_hash(None).matches(""));
    }
}
