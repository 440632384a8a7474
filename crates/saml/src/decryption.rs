use std::sync::Arc;

use crate::encryption::{CbcException, decrypt};
use crate::key::DecryptionKey;
use crate::rejection::Rejection;
use crate::xml::Element;

/// The keys with which one connection's messages can be decrypted; without any, nothing encrypted is read.
#[derive(Clone, Debug, Default)]
pub struct Decryption {
    keys: Arc<[DecryptionKey]>,
    cbc: Option<CbcException>,
}

/// What came out of an encrypted element.
pub(crate) struct Plaintext {
    pub(crate) octets: Vec<u8>,
    pub(crate) mode: Mode,
}

/// What a cipher promises about the ciphertext.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// A changed ciphertext is noticed.
    Authenticated,
    /// A changed ciphertext gives a changed plaintext.
    Malleable,
}

impl Decryption {
    /// Decrypts with these keys, AES-GCM alone.
    #[must_use]
    pub fn new(keys: Vec<DecryptionKey>) -> Self {
        Self {
            keys: keys.into(),
            cbc: None,
        }
    }

    /// Decrypts AES-CBC too, because the identity provider can do nothing better.
    #[must_use]
    pub fn accept_cbc(self) -> Self {
        Self {
            cbc: Some(CbcException::accept_cbc()),
            ..self
        }
    }

    /// Opens an `EncryptedAssertion`, `EncryptedID` or `EncryptedAttribute`.
    pub(crate) fn open(&self, wrapper: Element<'_>) -> Result<Plaintext, Rejection> {
        match (decrypt(wrapper, &self.keys, None), self.cbc) {
            (Err(Rejection::CbcNotAccepted { .. }), Some(exception)) => {
                let octets = decrypt(wrapper, &self.keys, Some(exception))?;
                Ok(Plaintext {
                    octets,
                    mode: Mode::Malleable,
                })
            }
            (outcome, _) => Ok(Plaintext {
                octets: outcome?,
                mode: Mode::Authenticated,
            }),
        }
    }
}
