use std::ops::RangeInclusive;

use crate::base64url;
use crate::public_key::PublicKey;
use crate::refusal::Refusal;

/// Sixteen bytes hold the 100 random bits that are demanded, and 1023 are the most that are allowed (section 4).
const LENGTHS: RangeInclusive<usize> = 16..=1023;

/// The name by which an authenticator knows a credential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CredentialId(Vec<u8>);

impl CredentialId {
    pub(crate) fn of_bytes(bytes: Vec<u8>) -> Result<Self, Refusal> {
        if !LENGTHS.contains(&bytes.len()) {
            let received = bytes.len();
            return Err(Refusal::CredentialIdLength { received });
        }
        Ok(Self(bytes))
    }

    /// Reads the text that [`text`](Self::text) gave.
    ///
    /// # Errors
    ///
    /// When it is not base64url, or of a length that no credential has.
    pub fn read(text: &str) -> Result<Self, Refusal> {
        Self::of_bytes(base64url::decode("id", text)?)
    }

    /// Its text in base64url.
    #[must_use]
    pub fn text(&self) -> String {
        base64url::encode(&self.0)
    }
}

/// A passkey: what is known of it, and to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential {
    /// Its name.
    pub id: CredentialId,
    /// What verifies its signatures.
    pub public_key: PublicKey,
    /// Whose it is: the handle that [`User`](crate::User) had.
    pub user_handle: Vec<u8>,
    /// How often it has signed; 0 for one that does not count.
    pub sign_count: u32,
}
