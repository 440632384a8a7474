use std::sync::Arc;

use crate::encryption::{CbcException, decrypt};
use crate::key::DecryptionKey;
use crate::rejection::Rejection;
use crate::xml::Element;

/// The decryption keys of one connection. Without keys, encrypted messages are rejected.
#[derive(Clone, Debug, Default)]
pub struct Decryption {
    keys: Arc<[DecryptionKey]>,
    cbc: Option<CbcException>,
}

/// The plaintext of an encrypted element.
pub(crate) struct Plaintext {
    pub(crate) octets: Vec<u8>,
    pub(crate) integrity: CiphertextIntegrity,
}

/// Whether decryption detects a changed ciphertext.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CiphertextIntegrity {
    /// AES-GCM: decryption of a changed ciphertext fails.
    Authenticated,
    /// AES-CBC: a changed ciphertext yields a changed plaintext.
    Malleable,
}

impl Decryption {
    /// Accepts AES-GCM only; see [`Decryption::accept_cbc`].
    #[must_use]
    pub fn new(keys: Vec<DecryptionKey>) -> Self {
        Self {
            keys: keys.into(),
            cbc: None,
        }
    }

    /// Accepts AES-CBC too, for identity providers that do not support AES-GCM.
    #[must_use]
    pub fn accept_cbc(self) -> Self {
        Self {
            cbc: Some(CbcException::accept_cbc()),
            ..self
        }
    }

    /// Decrypts an `EncryptedAssertion`, `EncryptedID` or `EncryptedAttribute`.
    pub(crate) fn decrypt(&self, wrapper: Element<'_>) -> Result<Plaintext, Rejection> {
        match (decrypt(wrapper, &self.keys, None), self.cbc) {
            (Err(Rejection::CbcNotAllowed { .. }), Some(exception)) => {
                let octets = decrypt(wrapper, &self.keys, Some(exception))?;
                Ok(Plaintext {
                    octets,
                    integrity: CiphertextIntegrity::Malleable,
                })
            }
            (outcome, _) => Ok(Plaintext {
                octets: outcome?,
                integrity: CiphertextIntegrity::Authenticated,
            }),
        }
    }
}
