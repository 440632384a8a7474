use aws_lc_rs::digest;
use serde::Deserialize;

use crate::authenticator_data::AuthenticatorData;
use crate::challenge::Challenge;
use crate::client_data::{ClientData, Expected};
use crate::credential::{Credential, CredentialId};
use crate::refusal::Refusal;
use crate::{base64url, response};

const CEREMONY: &str = "webauthn.get";

/// What a browser posted to sign somebody in (section 7.2).
#[derive(Debug)]
pub struct PostedAuthentication {
    claimed_id: CredentialId,
    client_data: ClientData,
    client_data_hash: digest::Digest,
    authenticator_data: Vec<u8>,
    signature: Vec<u8>,
    claimed_user_handle: Option<Vec<u8>>,
}

/// Whose passkey has signed, and how often by now.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Authenticated {
    /// Whose it is.
    pub user_handle: Vec<u8>,
    /// The counter to keep, against which the next answer is held.
    pub sign_count: u32,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Assertion {
    #[serde(rename = "clientDataJSON")]
    client_data: String,
    authenticator_data: String,
    signature: String,
    user_handle: Option<String>,
}

impl PostedAuthentication {
    /// Reads what `PublicKeyCredential.toJSON()` gave.
    ///
    /// # Errors
    ///
    /// When it is too long, or has not that shape.
    pub fn read(json: &str) -> Result<Self, Refusal> {
        let (claimed_id, posted): (_, Assertion) = response::read(json)?;
        let client_data = base64url::decode("clientDataJSON", &posted.client_data)?;
        let user_handle = posted
            .user_handle
            .map(|handle| base64url::decode("userHandle", &handle));
        Ok(Self {
            claimed_id,
            client_data_hash: digest::digest(&digest::SHA256, &client_data),
            client_data: ClientData::read(&client_data)?,
            authenticator_data: base64url::decode("authenticatorData", &posted.authenticator_data)?,
            signature: base64url::decode("signature", &posted.signature)?,
            claimed_user_handle: user_handle.transpose()?,
        })
    }

    /// Which question this says that it answers: to look it up.
    #[must_use]
    pub const fn claimed_challenge(&self) -> &Challenge {
        &self.client_data.challenge
    }

    /// Which credential this says that it is of: to look it up.
    #[must_use]
    pub const fn claimed_credential(&self) -> &CredentialId {
        &self.claimed_id
    }

    /// Verifies it with the credential that was looked up.
    ///
    /// # Errors
    ///
    /// When anything about it is not as it has to be.
    pub fn verify(
        &self,
        credential: &Credential,
        expected: &Expected<'_>,
    ) -> Result<Authenticated, Refusal> {
        if self.claimed_id != credential.id {
            return Err(Refusal::CredentialId);
        }
        // A discoverable credential always says whose it is (section 7.2, step 6).
        if self.claimed_user_handle.as_ref() != Some(&credential.user_handle) {
            return Err(Refusal::UserHandle);
        }
        self.client_data.check(CEREMONY, expected)?;
        let data = AuthenticatorData::split(&self.authenticator_data)?;
        data.check(expected.site)?;
        data.check_no_credential()?;
        let signed = [&self.authenticator_data, self.client_data_hash.as_ref()].concat();
        credential.public_key.verify(&signed, &self.signature)?;
        check_count(credential.sign_count, data.sign_count)?;
        Ok(Authenticated {
            user_handle: credential.user_handle.clone(),
            sign_count: data.sign_count,
        })
    }
}

/// A counter that does not rise tells of a copied authenticator; synchronized passkeys do not count, and say 0 from the
/// beginning. One that counted and says 0 now has not risen either (section 7.2, step 22).
fn check_count(stored: u32, received: u32) -> Result<(), Refusal> {
    if stored != 0 && received <= stored {
        return Err(Refusal::SignCount { stored, received });
    }
    Ok(())
}
