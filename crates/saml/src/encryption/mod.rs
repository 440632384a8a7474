//! XML Encryption as SAML uses it: one `EncryptedData`, its content key wrapped for us by RSA-OAEP.
//!
//! Encryption proves nothing about who wrote a message. What comes out of here has to pass every check
//! that an unencrypted element has to pass.

mod algorithm;
mod structure;

use structure::{EncryptedData, WrappedKey};

use crate::key::DecryptionKey;
use crate::rejection::Rejection;
use crate::xml::Element;

/// The proof that a connection accepts AES-CBC, and that what is decrypted so is covered by a signature.
///
/// CBC protects no integrity: whoever may alter a ciphertext and watch the answers can read it. The signature
/// over the ciphertext has to be verified first, or else every failure has to look alike.
///
/// ```compile_fail
/// saml::encryption::CbcException(());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CbcException(());

impl CbcException {
    /// Takes the exception for a connection that is set to accept CBC.
    pub const fn accept_cbc() -> Self {
        Self(())
    }
}

/// Opens what `encrypted` (an `EncryptedAssertion`, `EncryptedID` or `EncryptedAttribute`) holds.
///
/// Structure and algorithms are judged before any key is touched, and say what is wrong. From then on there is
/// one error for everything: which key, which step and which byte failed is nobody's business.
pub(crate) fn decrypt(
    encrypted: Element<'_>,
    keys: &[DecryptionKey],
    cbc: Option<CbcException>,
) -> Result<Vec<u8>, Rejection> {
    let EncryptedData {
        cipher,
        ciphertext,
        wrapped_keys,
    } = EncryptedData::read(encrypted, cbc)?;
    if keys.is_empty() {
        return Err(Rejection::DecryptionKeyMissing);
    }
    let open = |wrapped: &WrappedKey, key: &DecryptionKey| {
        let content_key = key.unwrap_key(wrapped.oaep, &wrapped.octets)?;
        cipher.decrypt(&content_key, &ciphertext)
    };
    wrapped_keys
        .iter()
        .flat_map(|wrapped| keys.iter().map(move |key| (wrapped, key)))
        .find_map(|(wrapped, key)| open(wrapped, key))
        .ok_or(Rejection::DecryptionFailed)
}

/// Whether a changed ciphertext would be noticed, so that trying to open it tells its author nothing.
pub(crate) fn is_authenticated(encrypted: Element<'_>) -> bool {
    EncryptedData::read(encrypted, None).is_ok()
}

#[cfg(test)]
mod tests;
