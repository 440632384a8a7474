//! The outer JSON of an answer: `PublicKeyCredential.toJSON()` (section 5.1).

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::base64url;
use crate::credential::CredentialId;
use crate::refusal::Refusal;

/// The longest answer that is looked at.
pub const MAX_RESPONSE_BYTES: usize = 65_536;

const PUBLIC_KEY: &str = "public-key";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Envelope<R> {
    id: String,
    raw_id: String,
    #[serde(rename = "type")]
    kind: String,
    response: R,
}

/// Reads the envelope: the credential that it claims, and what is inside.
///
/// Members that are not ours may come with later versions of the specification, and are passed over.
pub(crate) fn read<R: DeserializeOwned>(json: &str) -> Result<(CredentialId, R), Refusal> {
    if json.len() > MAX_RESPONSE_BYTES {
        let (limit, received) = (MAX_RESPONSE_BYTES, json.len());
        return Err(Refusal::ResponseSize { limit, received });
    }
    let envelope: Envelope<R> = serde_json::from_str(json).map_err(|_| Refusal::ResponseJson)?;
    if envelope.kind != PUBLIC_KEY {
        let received = envelope.kind;
        return Err(Refusal::CredentialType { received });
    }
    let id = CredentialId::of_bytes(base64url::decode("rawId", &envelope.raw_id)?)?;
    // One name in two members: whoever reads the one must not see another credential than who reads the other.
    if envelope.id != envelope.raw_id {
        return Err(Refusal::CredentialId);
    }
    Ok((id, envelope.response))
}
