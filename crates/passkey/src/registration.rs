use serde::Deserialize;

use crate::authenticator_data::AuthenticatorData;
use crate::challenge::Challenge;
use crate::client_data::{ClientData, VerificationContext};
use crate::credential::{Credential, CredentialId};
use crate::error::{PasskeyError, ResponsePart};
use crate::{base64url, cbor, credential_json};

const CEREMONY_TYPE: &str = "webauthn.create";
/// `fmt`, `attStmt` and `authData`.
const ATTESTATION_OBJECT_MEMBERS: usize = 3;

/// The response of a browser to [`RegistrationOptions`](crate::RegistrationOptions), not yet verified.
#[derive(Debug)]
pub struct RegistrationResponse {
    claimed_credential_id: CredentialId,
    client_data: ClientData,
    attestation_object: Vec<u8>,
}

/// `AuthenticatorAttestationResponseJSON`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AttestationJson {
    #[serde(rename = "clientDataJSON")]
    client_data: String,
    attestation_object: String,
}

impl RegistrationResponse {
    /// Parses the JSON of `PublicKeyCredential.toJSON()`.
    pub fn parse(json: &str) -> Result<Self, PasskeyError> {
        let (claimed_credential_id, attestation): (_, AttestationJson) =
            credential_json::parse(json)?;
        let client_data = base64url::decode("clientDataJSON", &attestation.client_data)?;
        let client_data = ClientData::parse(&client_data)?;
        let attestation_object =
            base64url::decode("attestationObject", &attestation.attestation_object)?;
        Ok(Self {
            claimed_credential_id,
            client_data,
            attestation_object,
        })
    }

    /// The challenge that this claims to answer, for looking it up.
    #[must_use]
    pub const fn claimed_challenge(&self) -> &Challenge {
        &self.client_data.challenge
    }

    /// Verifies the response (section 7.1) and returns the new credential of the user with this handle.
    pub fn verify(
        &self,
        context: &VerificationContext<'_>,
        user_handle: &[u8],
    ) -> Result<Credential, PasskeyError> {
        self.client_data.check(CEREMONY_TYPE, context)?;
        let data = authenticator_data(&self.attestation_object)?;
        let data = AuthenticatorData::parse(&data)?;
        data.check(context.relying_party)?;
        let (id, public_key) = data.credential()?;
        if id != self.claimed_credential_id {
            return Err(PasskeyError::CredentialIdMismatch);
        }
        Ok(Credential {
            id,
            public_key,
            user_handle: user_handle.to_vec(),
            sign_count: data.sign_count,
        })
    }
}

/// Extracts the authenticator data from the attestation object (section 6.5).
///
/// The options request no attestation, so the statement is not verified; only its shape is checked.
fn authenticator_data(attestation_object: &[u8]) -> Result<Vec<u8>, PasskeyError> {
    let invalid = || PasskeyError::InvalidAttestationObject;
    let map = cbor::parse(ResponsePart::AttestationObject, attestation_object)?;
    let format = map.text("fmt").ok_or_else(invalid)?;
    let statement_len = map.map_len("attStmt").ok_or_else(invalid)?;
    let data = map.bytes("authData").ok_or_else(invalid)?;
    if map.len() != ATTESTATION_OBJECT_MEMBERS {
        return Err(invalid());
    }
    // Section 8.7.
    if format == "none" && statement_len != 0 {
        return Err(PasskeyError::NonEmptyAttestationStatement);
    }
    Ok(data.to_vec())
}
