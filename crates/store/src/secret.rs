//! Secrets: hashed when the store only has to recognize them, sealed when the server needs them back.

use std::fmt;

/// The SHA-256 hash of a secret that Vestibule has issued.
///
/// RelayState values, cookies, codes, tokens and API keys are random enough that a hash without salt is safe.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct SecretHash(String);

impl SecretHash {
    pub fn from_sha256(digest: [u8; 32]) -> Self {
        Self(digest.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// In hexadecimal.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Expects the text of a stored hash.
    pub(crate) fn from_stored(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Debug for SecretHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretHash(…)")
    }
}

/// Text that is encrypted with the deployment's key; only the server can decrypt it.
#[derive(Clone, PartialEq, Eq)]
pub struct SealedText(String);

impl SealedText {
    /// Expects encrypted text.
    pub fn new(sealed_text: String) -> Self {
        Self(sealed_text)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SealedText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealedText(…)")
    }
}
