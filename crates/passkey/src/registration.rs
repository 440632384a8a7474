use serde::Deserialize;

use crate::authenticator_data::AuthenticatorData;
use crate::challenge::Challenge;
use crate::client_data::{ClientData, Expected};
use crate::credential::{Credential, CredentialId};
use crate::refusal::{Part, Refusal};
use crate::{base64url, cbor, response};

const CEREMONY: &str = "webauthn.create";
/// `fmt`, `attStmt` and `authData`.
const ATTESTATION_MEMBERS: usize = 3;

/// What a browser posted to have a passkey known (section 7.1).
#[derive(Debug)]
pub struct PostedRegistration {
    claimed_id: CredentialId,
    client_data: ClientData,
    attestation_object: Vec<u8>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Attestation {
    #[serde(rename = "clientDataJSON")]
    client_data: String,
    attestation_object: String,
}

impl PostedRegistration {
    /// Reads what `PublicKeyCredential.toJSON()` gave.
    ///
    /// # Errors
    ///
    /// When it is too long, or has not that shape.
    pub fn read(json: &str) -> Result<Self, Refusal> {
        let (claimed_id, posted): (_, Attestation) = response::read(json)?;
        let client_data = base64url::decode("clientDataJSON", &posted.client_data)?;
        Ok(Self {
            claimed_id,
            client_data: ClientData::read(&client_data)?,
            attestation_object: base64url::decode("attestationObject", &posted.attestation_object)?,
        })
    }

    /// Which question this says that it answers: to look it up.
    #[must_use]
    pub const fn claimed_challenge(&self) -> &Challenge {
        &self.client_data.challenge
    }

    /// Verifies it; the new credential is that of whoever has this handle.
    ///
    /// # Errors
    ///
    /// When anything about it is not as it has to be.
    pub fn verify(
        &self,
        expected: &Expected<'_>,
        user_handle: &[u8],
    ) -> Result<Credential, Refusal> {
        self.client_data.check(CEREMONY, expected)?;
        let data = authenticator_data(&self.attestation_object)?;
        let data = AuthenticatorData::split(&data)?;
        data.check(expected.site)?;
        let (id, public_key) = data.credential()?;
        if id != self.claimed_id {
            return Err(Refusal::CredentialId);
        }
        Ok(Credential {
            id,
            public_key,
            user_handle: user_handle.to_vec(),
            sign_count: data.sign_count,
        })
    }
}

/// Takes the authenticator data out of the attestation object (section 6.5).
///
/// Who attests to the authenticator is not asked, so that a statement is not verified; its shape is.
fn authenticator_data(object: &[u8]) -> Result<Vec<u8>, Refusal> {
    let map = cbor::read_whole(Part::AttestationObject, object)?;
    let format = map.text("fmt").ok_or(Refusal::AttestationObject)?;
    let statement = map.map_len("attStmt").ok_or(Refusal::AttestationObject)?;
    let data = map.bytes("authData").ok_or(Refusal::AttestationObject)?;
    if map.len() != ATTESTATION_MEMBERS {
        return Err(Refusal::AttestationObject);
    }
    // Section 8.7.
    if format == "none" && statement != 0 {
        return Err(Refusal::AttestationStatement);
    }
    Ok(data.to_vec())
}
