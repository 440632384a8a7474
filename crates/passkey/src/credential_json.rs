//! `RegistrationResponseJSON` and `AuthenticationResponseJSON`: the result of `PublicKeyCredential.toJSON()`
//! (section 5.1).

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::base64url;
use crate::credential::CredentialId;
use crate::error::PasskeyError;

/// The largest response that is parsed.
pub const MAX_RESPONSE_BYTES: usize = 65_536;

const PUBLIC_KEY: &str = "public-key";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CredentialJson<R> {
    id: String,
    raw_id: String,
    #[serde(rename = "type")]
    credential_type: String,
    response: R,
}

/// Parses the credential's ID and the member `response`.
///
/// Unknown members are ignored, because later versions of the specification may add some.
pub(crate) fn parse<R: DeserializeOwned>(json: &str) -> Result<(CredentialId, R), PasskeyError> {
    if json.len() > MAX_RESPONSE_BYTES {
        return Err(PasskeyError::ResponseTooLarge {
            limit: MAX_RESPONSE_BYTES,
            received: json.len(),
        });
    }
    let credential: CredentialJson<R> =
        serde_json::from_str(json).map_err(|_| PasskeyError::InvalidResponseJson)?;
    if credential.credential_type != PUBLIC_KEY {
        let received = credential.credential_type;
        return Err(PasskeyError::UnsupportedCredentialType { received });
    }
    let id = CredentialId::from_bytes(base64url::decode("rawId", &credential.raw_id)?)?;
    // Both members hold the same ID, so that code that reads either one sees the same credential.
    if credential.id != credential.raw_id {
        return Err(PasskeyError::CredentialIdMismatch);
    }
    Ok((id, credential.response))
}
