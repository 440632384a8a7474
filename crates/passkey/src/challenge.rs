use std::fmt;

use crate::base64url;
use crate::refusal::Refusal;

/// How many random bytes a challenge takes.
pub const RANDOM_BYTES: usize = 32;

/// What an authenticator signs, so that an answer serves for one question only.
#[derive(Clone, PartialEq, Eq)]
pub struct Challenge(Vec<u8>);

impl Challenge {
    /// Makes one of bytes that the caller took from a cryptographic random source.
    #[must_use]
    pub fn from_random(bytes: &[u8; RANDOM_BYTES]) -> Self {
        Self(bytes.to_vec())
    }

    pub(crate) fn read(text: &str) -> Result<Self, Refusal> {
        base64url::decode("challenge", text).map(Self)
    }

    /// Its text in base64url, of which a store keeps a hash.
    #[must_use]
    pub fn text(&self) -> String {
        base64url::encode(&self.0)
    }
}

impl fmt::Debug for Challenge {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Challenge(..)")
    }
}
