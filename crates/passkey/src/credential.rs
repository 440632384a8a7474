use std::ops::RangeInclusive;

use crate::base64url;
use crate::error::PasskeyError;
use crate::public_key::PublicKey;

/// Sixteen bytes hold the 100 random bits that section 4 requires, and 1023 bytes are the most that it allows.
const CREDENTIAL_ID_BYTES: RangeInclusive<usize> = 16..=1023;

/// The identifier that the authenticator gave a credential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CredentialId(Vec<u8>);

impl CredentialId {
    pub(crate) fn from_bytes(bytes: Vec<u8>) -> Result<Self, PasskeyError> {
        if !CREDENTIAL_ID_BYTES.contains(&bytes.len()) {
            let received = bytes.len();
            return Err(PasskeyError::InvalidCredentialIdLength { received });
        }
        Ok(Self(bytes))
    }

    /// Parses the text that [`to_base64url`](Self::to_base64url) returned.
    pub fn parse(text: &str) -> Result<Self, PasskeyError> {
        Self::from_bytes(base64url::decode("id", text)?)
    }

    #[must_use]
    pub fn to_base64url(&self) -> String {
        base64url::encode(&self.0)
    }
}

/// A registered passkey, for a store to keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential {
    pub id: CredentialId,
    pub public_key: PublicKey,
    /// The [`handle`](crate::User::handle) of the user to whom the passkey belongs.
    pub user_handle: Vec<u8>,
    /// How often the credential has signed; always 0 for a credential that does not count.
    pub sign_count: u32,
}
