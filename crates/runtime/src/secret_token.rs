use base64_simd::URL_SAFE_NO_PAD;
use store::SecretHash;

use crate::{random, seal};

const RANDOM_BYTES: usize = 32;

/// The secret of a cookie, link or token, with its hash. Only the hash is stored.
#[derive(Debug)]
pub struct SecretToken {
    pub secret: String,
    pub hash: SecretHash,
}

impl SecretToken {
    pub fn generate() -> Self {
        Self::from_secret(URL_SAFE_NO_PAD.encode_to_string(random::bytes::<RANDOM_BYTES>()))
    }

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
