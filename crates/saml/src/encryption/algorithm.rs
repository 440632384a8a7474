use aws_lc_rs::aead::{self, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::cipher::{self, DecryptingKey, DecryptionContext, UnboundCipherKey};
use aws_lc_rs::iv::FixedLength;

use super::CbcException;
use crate::key::Oaep;
use crate::rejection::{Rejection, shorten};

/// A cipher for content, bound to its key length and mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cipher {
    size: Size,
    mode: Mode,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Size {
    Aes128,
    Aes192,
    Aes256,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Gcm,
    Cbc,
}

const GCM_NONCE: usize = 12;
const GCM_TAG: usize = 16;
const BLOCK: usize = 16;

const SHA1: &str = "http://www.w3.org/2000/09/xmldsig#sha1";
const SHA256: &str = "http://www.w3.org/2001/04/xmlenc#sha256";
const MGF1_SHA1: &str = "http://www.w3.org/2009/xmlenc11#mgf1sha1";
const MGF1_SHA256: &str = "http://www.w3.org/2009/xmlenc11#mgf1sha256";
const RSA_OAEP_MGF1P: &str = "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p";
const RSA_OAEP: &str = "http://www.w3.org/2009/xmlenc11#rsa-oaep";

impl Cipher {
    /// Finds a content cipher by the name that `EncryptionMethod` carries.
    pub(super) fn from_uri(uri: &str, cbc: Option<CbcException>) -> Result<Self, Rejection> {
        let (size, mode) = match uri {
            "http://www.w3.org/2009/xmlenc11#aes128-gcm" => (Size::Aes128, Mode::Gcm),
            "http://www.w3.org/2009/xmlenc11#aes192-gcm" => (Size::Aes192, Mode::Gcm),
            "http://www.w3.org/2009/xmlenc11#aes256-gcm" => (Size::Aes256, Mode::Gcm),
            "http://www.w3.org/2001/04/xmlenc#aes128-cbc" => (Size::Aes128, Mode::Cbc),
            "http://www.w3.org/2001/04/xmlenc#aes192-cbc" => (Size::Aes192, Mode::Cbc),
            "http://www.w3.org/2001/04/xmlenc#aes256-cbc" => (Size::Aes256, Mode::Cbc),
            _ => {
                return Err(Rejection::EncryptionAlgorithm {
                    received: shorten(uri),
                });
            }
        };
        if mode == Mode::Cbc && cbc.is_none() {
            return Err(Rejection::CbcNotAccepted {
                received: shorten(uri),
            });
        }
        Ok(Self { size, mode })
    }

    /// Opens `octets`: the initialisation vector, the ciphertext and, with GCM, the tag.
    pub(super) fn decrypt(self, key: &[u8], octets: &[u8]) -> Option<Vec<u8>> {
        match self.mode {
            Mode::Gcm => self.decrypt_gcm(key, octets),
            Mode::Cbc => self.decrypt_cbc(key, octets),
        }
    }

    /// XML Encryption 1.1, 5.2.4: a nonce of 96 bits in front, a tag of 128 bits behind, and no other lengths.
    fn decrypt_gcm(self, key: &[u8], octets: &[u8]) -> Option<Vec<u8>> {
        let algorithm = match self.size {
            Size::Aes128 => &aead::AES_128_GCM,
            Size::Aes192 => &aead::AES_192_GCM,
            Size::Aes256 => &aead::AES_256_GCM,
        };
        let key = LessSafeKey::new(UnboundKey::new(algorithm, key).ok()?);
        let (nonce, sealed) = octets.split_first_chunk::<GCM_NONCE>()?;
        if sealed.len() < GCM_TAG {
            return None;
        }
        let mut sealed = sealed.to_vec();
        let nonce = Nonce::assume_unique_for_key(*nonce);
        let length = key
            .open_in_place(nonce, Aad::empty(), &mut sealed)
            .ok()?
            .len();
        sealed.truncate(length);
        Some(sealed)
    }

    /// XML Encryption 1.1, 5.2.1: the last octet says how many octets of padding there are, 1 to 16; the others
    /// of them may be anything.
    fn decrypt_cbc(self, key: &[u8], octets: &[u8]) -> Option<Vec<u8>> {
        let algorithm = match self.size {
            Size::Aes128 => &cipher::AES_128,
            Size::Aes192 => &cipher::AES_192,
            Size::Aes256 => &cipher::AES_256,
        };
        let key = DecryptingKey::cbc(UnboundCipherKey::new(algorithm, key).ok()?).ok()?;
        let (vector, blocks) = octets.split_first_chunk::<BLOCK>()?;
        if blocks.is_empty() || blocks.len() % BLOCK != 0 {
            return None;
        }
        let mut blocks = blocks.to_vec();
        let context = DecryptionContext::Iv128(FixedLength::from(vector));
        key.decrypt(&mut blocks, context).ok()?;
        let padding = usize::from(*blocks.last()?);
        if !(1..=BLOCK).contains(&padding) {
            return None;
        }
        let length = blocks.len().checked_sub(padding)?;
        blocks.truncate(length);
        Some(blocks)
    }
}

/// What `EncryptionMethod` of an `EncryptedKey` says.
pub(super) struct KeyTransport<'d> {
    pub(super) algorithm: &'d str,
    pub(super) digest: Option<&'d str>,
    pub(super) mask: Option<&'d str>,
}

impl KeyTransport<'_> {
    /// Finds the form of RSA-OAEP; RSA 1.5 and mixtures of two hashes are not among them.
    ///
    /// What is left out means SHA-1 (XML Encryption 1.1, 5.5.2).
    pub(super) fn oaep(&self) -> Result<Oaep, Rejection> {
        let digest = self.digest.unwrap_or(SHA1);
        let mask = match self.algorithm {
            // Its name says that the mask is made with SHA-1; an MGF element has no place there.
            RSA_OAEP_MGF1P if self.mask.is_none() => MGF1_SHA1,
            RSA_OAEP => self.mask.unwrap_or(MGF1_SHA1),
            _ => return Err(refused(self.algorithm)),
        };
        match (digest, mask) {
            (SHA1, MGF1_SHA1) => Ok(Oaep::Sha1),
            (SHA256, MGF1_SHA256) => Ok(Oaep::Sha256),
            _ => Err(refused(&format!(
                "{} with {} and {}",
                self.algorithm,
                shorten(digest),
                shorten(mask)
            ))),
        }
    }
}

fn refused(algorithm: &str) -> Rejection {
    Rejection::EncryptionAlgorithm {
        received: shorten(algorithm),
    }
}
