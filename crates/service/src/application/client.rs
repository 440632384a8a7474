//! An application as the OpenID protocol knows it.

use base64_simd::URL_SAFE_NO_PAD;
use oidc::{ClientAuthentication, ClientKeys, ClientKeysError, StoredHash};
use runtime::keys::signing_algorithm;
use store::{Application, ClientType, SecretHash, TokenEndpointAuthMethod};

/// The client that a stored application is.
///
/// # Errors
///
/// When its keys cannot be read any more.
pub fn client(application: &Application) -> Result<oidc::Application, ClientKeysError> {
    let secret = || stored_hash(application.secret.as_ref());
    let authentication = match application.auth_method {
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
        id_token_algorithm: signing_algorithm(application.id_token_algorithm),
    })
}

/// The client type in the words of the protocol.
pub(super) const fn client_type(client_type: ClientType) -> oidc::ClientType {
    match client_type {
        ClientType::Confidential => oidc::ClientType::Confidential,
        ClientType::Public => oidc::ClientType::Public,
    }
}

/// The same SHA-256 in the protocol's spelling; the empty one of a secret that is not there matches nothing.
fn stored_hash(secret: Option<&SecretHash>) -> StoredHash {
    let digits = secret
        .map(SecretHash::as_str)
        .unwrap_or_default()
        .as_bytes();
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    let bytes: Option<Vec<u8>> = digits.chunks(2).map(byte).collect();
    StoredHash::from_stored(URL_SAFE_NO_PAD.encode_to_string(bytes.unwrap_or_default()))
}

#[test]
fn a_secret_matches_in_the_protocols_spelling() {
    let stored = runtime::seal::hash("vss_secret");
    assert!(stored_hash(Some(&stored)).matches("vss_secret"));
    assert!(!stored_hash(Some(&stored)).matches("vss_other"));
    assert!(!stored_hash(None).matches(""));
}
