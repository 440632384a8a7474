use aws_lc_rs::digest;
use serde::Deserialize;

use crate::authenticator_data::AuthenticatorData;
use crate::challenge::Challenge;
use crate::client_data::{ClientData, VerificationContext};
use crate::credential::{Credential, CredentialId};
use crate::error::PasskeyError;
use crate::{base64url, credential_json};

const CEREMONY_TYPE: &str = "webauthn.get";

/// The response of a browser to [`AuthenticationOptions`](crate::AuthenticationOptions), not yet verified.
#[derive(Debug)]
pub struct AuthenticationResponse {
    claimed_credential_id: CredentialId,
    client_data: ClientData,
    client_data_hash: digest::Digest,
    authenticator_data: Vec<u8>,
    signature: Vec<u8>,
    claimed_user_handle: Option<Vec<u8>>,
}

/// The result of [`AuthenticationResponse::verify`], which alone makes one.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct VerifiedAuthentication {
    pub user_handle: Vec<u8>,
    /// The counter to store, with which the next response is compared.
    pub sign_count: u32,
}

/// `AuthenticatorAssertionResponseJSON`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AssertionJson {
    #[serde(rename = "clientDataJSON")]
    client_data: String,
    authenticator_data: String,
    signature: String,
    user_handle: Option<String>,
}

impl AuthenticationResponse {
    /// Parses the JSON of `PublicKeyCredential.toJSON()`.
    pub fn parse(json: &str) -> Result<Self, PasskeyError> {
        let (claimed_credential_id, assertion): (_, AssertionJson) = credential_json::parse(json)?;
        let client_data = base64url::decode("clientDataJSON", &assertion.client_data)?;
        let user_handle = assertion
            .user_handle
            .map(|handle| base64url::decode("userHandle", &handle));
        Ok(Self {
            claimed_credential_id,
            client_data_hash: digest::digest(&digest::SHA256, &client_data),
            client_data: ClientData::parse(&client_data)?,
            authenticator_data: base64url::decode(
                "authenticatorData",
                &assertion.authenticator_data,
            )?,
            signature: base64url::decode("signature", &assertion.signature)?,
            claimed_user_handle: user_handle.transpose()?,
        })
    }

    /// The challenge that this claims to answer, for looking it up.
    #[must_use]
    pub const fn claimed_challenge(&self) -> &Challenge {
        &self.client_data.challenge
    }

    /// The credential that this claims to come from, for looking it up.
    #[must_use]
    pub const fn claimed_credential_id(&self) -> &CredentialId {
        &self.claimed_credential_id
    }

    /// Verifies the response with the stored credential (section 7.2).
    pub fn verify(
        &self,
        credential: &Credential,
        context: &VerificationContext<'_>,
    ) -> Result<VerifiedAuthentication, PasskeyError> {
        if self.claimed_credential_id != credential.id {
            return Err(PasskeyError::CredentialIdMismatch);
        }
        // A discoverable credential always returns the user handle (section 7.2, step 6).
        if self.claimed_user_handle.as_ref() != Some(&credential.user_handle) {
            return Err(PasskeyError::UserHandleMismatch);
        }
        self.client_data.check(CEREMONY_TYPE, context)?;
        let data = AuthenticatorData::parse(&self.authenticator_data)?;
        data.check(context.relying_party)?;
        data.check_no_credential()?;
        let signed = [&self.authenticator_data, self.client_data_hash.as_ref()].concat();
        credential.public_key.verify(&signed, &self.signature)?;
        check_sign_count(credential.sign_count, data.sign_count)?;
        Ok(VerifiedAuthentication {
            user_handle: credential.user_handle.clone(),
            sign_count: data.sign_count,
        })
    }
}

/// Rejects a counter that has not increased, which indicates a cloned authenticator (section 7.2, step 22).
///
/// Synchronized passkeys do not count and always send 0. A credential that counted before and now sends 0 is rejected.
fn check_sign_count(stored: u32, received: u32) -> Result<(), PasskeyError> {
    if stored != 0 && received <= stored {
        return Err(PasskeyError::SignCountNotIncreased { stored, received });
    }
    Ok(())
}
