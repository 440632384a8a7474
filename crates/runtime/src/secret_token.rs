//! Secrets that are handed out once: cookies, links and tokens.

use base64_simd::URL_SAFE_NO_PAD;
use store::SecretHash;

use crate::{random, seal};

/// Random bytes in a secret token.
const RANDOM_BYTES: usize = 32;

/// A secret for its holder, with the hash that the store keeps. The secret itself is never stored.
#[derive(Debug)]
pub struct SecretToken {
    pub secret: String,
    pub hash: SecretHash,
}

impl SecretToken {
    pub fn generate() -> Self {
        Self::from_secret(URL_SAFE_NO_PAD.encode_to_string(random::bytes::<RANDOM_BYTES>()))
    }

    /// A token whose holder has sent its secret again.
    pub fn from_secret(secret: String) -> Self {
        Self {
            hash: seal::hash(&secret),
            secret,
        }
    }

    /// Whether a text has the form of a generated secret.
    pub fn is_well_formed(secret: &str) -> bool {
        URL_SAFE_NO_PAD
            .decode_to_vec(secret)
            .is_ok_and(|bytes| bytes.len() == RANDOM_BYTES)
    }
}
