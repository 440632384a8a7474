use std::fmt;

use crate::base64url;
use crate::error::PasskeyError;

/// The length of a challenge in bytes.
pub const CHALLENGE_BYTES: usize = 32;

/// What an authenticator signs, so that a response can be used only once.
#[derive(Clone, PartialEq, Eq)]
pub struct Challenge(Vec<u8>);

impl Challenge {
    /// Makes a challenge from the output of a cryptographic random number generator.
    #[must_use]
    pub fn from_random(bytes: &[u8; CHALLENGE_BYTES]) -> Self {
        Self(bytes.to_vec())
    }

    pub(crate) fn parse(text: &str) -> Result<Self, PasskeyError> {
        base64url::decode("challenge", text).map(Self)
    }

    /// The challenge in base64url; a store keeps a hash of this text.
    #[must_use]
    pub fn to_base64url(&self) -> String {
        base64url::encode(&self.0)
    }
}

impl fmt::Debug for Challenge {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Challenge(..)")
    }
}
