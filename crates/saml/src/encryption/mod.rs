//! XML Encryption as SAML uses it: one `EncryptedData`, its content key encrypted for us with RSA-OAEP.
//!
//! Encryption does not authenticate the sender. A decrypted element has to pass every check that a plain element has
//! to pass.

mod algorithm;
mod structure;

use structure::{EncryptedData, WrappedKey};

use crate::key::DecryptionKey;
use crate::rejection::Rejection;
use crate::xml::Element;

/// The proof that a connection accepts AES-CBC.
///
/// CBC has no integrity protection: an attacker who can change a ciphertext and observe the answers can decrypt it.
/// Verify the signature over the ciphertext first, or else answer every failure in the same way.
///
/// ```compile_fail
/// saml::encryption::CbcException(());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CbcException(());

impl CbcException {
    /// Call this only for a connection whose administrator has allowed CBC.
    pub const fn accept_cbc() -> Self {
        Self(())
    }
}

/// Decrypts an `EncryptedAssertion`, `EncryptedID` or `EncryptedAttribute`.
///
/// Structure and algorithms are checked before any key is used, with specific errors. From then on, all failures have
/// the same error: which key, step or byte failed would help an attacker.
pub(crate) fn decrypt(
    encrypted: Element<'_>,
    keys: &[DecryptionKey],
    cbc: Option<CbcException>,
) -> Result<Vec<u8>, Rejection> {
    let EncryptedData {
        cipher,
        ciphertext,
        wrapped_keys,
    } = EncryptedData::parse(encrypted, cbc)?;
    if keys.is_empty() {
        return Err(Rejection::DecryptionKeyMissing);
    }
    let decrypt_with = |wrapped: &WrappedKey, key: &DecryptionKey| {
        let content_key = key.unwrap_key(wrapped.hashes, &wrapped.octets)?;
        cipher.decrypt(&content_key, &ciphertext)
    };
    wrapped_keys
        .iter()
        .flat_map(|wrapped| keys.iter().map(move |key| (wrapped, key)))
        .find_map(|(wrapped, key)| decrypt_with(wrapped, key))
        .ok_or(Rejection::DecryptionFailed)
}

/// Whether the cipher is authenticated, so that a decryption attempt reveals nothing to the sender.
pub(crate) fn is_authenticated(encrypted: Element<'_>) -> bool {
    EncryptedData::parse(encrypted, None).is_ok()
}

#[cfg(test)]
mod tests;
