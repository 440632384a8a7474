//! What the store keeps of secrets: hashes of those it must recognise, sealed texts of those it must give back.

use std::fmt;

/// The SHA-256 of a secret that Vestibule hands out and must recognise again.
///
/// Handles, cookies, codes, tokens and API keys are random enough that a plain
/// hash is all an attacker with a copy of the database gets.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct SecretHash(String);

impl SecretHash {
    /// Takes the digest that the caller computed.
    pub fn from_sha256(digest: [u8; 32]) -> Self {
        Self(digest.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// The digest in hexadecimal, as the database keeps it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What the database returned; it wrote it from a `SecretHash`.
    pub(crate) fn from_stored(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Debug for SecretHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretHash(…)")
    }
}

/// A secret sealed with the deployment's key; only the server can open it.
#[derive(Clone, PartialEq, Eq)]
pub struct SealedText(String);

impl SealedText {
    /// Takes text that the caller has sealed.
    pub fn new(sealed_text: String) -> Self {
        Self(sealed_text)
    }

    /// The sealed text, for opening it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SealedText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealedText(…)")
    }
}
