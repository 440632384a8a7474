use aws_lc_rs::aead::{self, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::cipher::{self, DecryptingKey, DecryptionContext, UnboundCipherKey};
use aws_lc_rs::iv::FixedLength;

use super::CbcException;
use crate::key::{OaepHash, OaepHashes};
use crate::rejection::{Rejection, shorten};

/// A content cipher with its key size and mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cipher {
    size: KeySize,
    mode: CipherMode,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum KeySize {
    Aes128,
    Aes192,
    Aes256,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CipherMode {
    Gcm,
    Cbc,
}

const GCM_NONCE_LENGTH: usize = 12;
const GCM_TAG_LENGTH: usize = 16;
const BLOCK_LENGTH: usize = 16;

const RSA_OAEP_MGF1P: &str = "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p";
const RSA_OAEP: &str = "http://www.w3.org/2009/xmlenc11#rsa-oaep";

impl Cipher {
    /// `uri` is the Algorithm of `EncryptionMethod`.
    pub(super) fn from_uri(uri: &str, cbc: Option<CbcException>) -> Result<Self, Rejection> {
        let (size, mode) = match uri {
            "http://www.w3.org/2009/xmlenc11#aes128-gcm" => (KeySize::Aes128, CipherMode::Gcm),
            "http://www.w3.org/2009/xmlenc11#aes192-gcm" => (KeySize::Aes192, CipherMode::Gcm),
            "http://www.w3.org/2009/xmlenc11#aes256-gcm" => (KeySize::Aes256, CipherMode::Gcm),
            "http://www.w3.org/2001/04/xmlenc#aes128-cbc" => (KeySize::Aes128, CipherMode::Cbc),
            "http://www.w3.org/2001/04/xmlenc#aes192-cbc" => (KeySize::Aes192, CipherMode::Cbc),
            "http://www.w3.org/2001/04/xmlenc#aes256-cbc" => (KeySize::Aes256, CipherMode::Cbc),
            _ => {
                return Err(Rejection::EncryptionAlgorithmNotAllowed {
                    received: shorten(uri),
                });
            }
        };
        if mode == CipherMode::Cbc && cbc.is_none() {
            return Err(Rejection::CbcNotAllowed {
                received: shorten(uri),
            });
        }
        Ok(Self { size, mode })
    }

    /// `octets` are the initialization vector, the ciphertext and, with GCM, the tag.
    pub(super) fn decrypt(self, key: &[u8], octets: &[u8]) -> Option<Vec<u8>> {
        match self.mode {
            CipherMode::Gcm => self.decrypt_gcm(key, octets),
            CipherMode::Cbc => self.decrypt_cbc(key, octets),
        }
    }

    /// XML Encryption 1.1, 5.2.4: a nonce of 96 bits before the ciphertext, a tag of 128 bits after it.
    fn decrypt_gcm(self, key: &[u8], octets: &[u8]) -> Option<Vec<u8>> {
        let algorithm = match self.size {
            KeySize::Aes128 => &aead::AES_128_GCM,
            KeySize::Aes192 => &aead::AES_192_GCM,
            KeySize::Aes256 => &aead::AES_256_GCM,
        };
        let key = LessSafeKey::new(UnboundKey::new(algorithm, key).ok()?);
        let (nonce, sealed) = octets.split_first_chunk::<GCM_NONCE_LENGTH>()?;
        if sealed.len() < GCM_TAG_LENGTH {
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

    /// XML Encryption 1.1, 5.2.1: the last octet is the number of padding octets, 1 to 16; the others are arbitrary.
    fn decrypt_cbc(self, key: &[u8], octets: &[u8]) -> Option<Vec<u8>> {
        let algorithm = match self.size {
            KeySize::Aes128 => &cipher::AES_128,
            KeySize::Aes192 => &cipher::AES_192,
            KeySize::Aes256 => &cipher::AES_256,
        };
        let key = DecryptingKey::cbc(UnboundCipherKey::new(algorithm, key).ok()?).ok()?;
        let (vector, blocks) = octets.split_first_chunk::<BLOCK_LENGTH>()?;
        if blocks.is_empty() || blocks.len() % BLOCK_LENGTH != 0 {
            return None;
        }
        let mut blocks = blocks.to_vec();
        let context = DecryptionContext::Iv128(FixedLength::from(vector));
        key.decrypt(&mut blocks, context).ok()?;
        let padding = usize::from(*blocks.last()?);
        if !(1..=BLOCK_LENGTH).contains(&padding) {
            return None;
        }
        let length = blocks.len().checked_sub(padding)?;
        blocks.truncate(length);
        Some(blocks)
    }
}

/// The `EncryptionMethod` of an `EncryptedKey`.
pub(super) struct KeyTransport<'d> {
    pub(super) algorithm: &'d str,
    pub(super) digest: Option<&'d str>,
    pub(super) mask: Option<&'d str>,
}

impl KeyTransport<'_> {
    /// Rejects RSA 1.5. The default for both hashes is SHA-1 (XML Encryption 1.1, 5.5.2).
    pub(super) fn oaep_hashes(&self) -> Result<OaepHashes, Rejection> {
        let mask = match self.algorithm {
            // This algorithm implies MGF1 with SHA-1; an MGF element is not allowed.
            RSA_OAEP_MGF1P if self.mask.is_none() => Some(OaepHash::Sha1),
            RSA_OAEP => self.mask.map_or(Some(OaepHash::Sha1), mask_hash),
            _ => return Err(not_allowed(self.algorithm)),
        };
        match (self.digest.map_or(Some(OaepHash::Sha1), digest_hash), mask) {
            (Some(digest), Some(mask)) => Ok(OaepHashes { digest, mask }),
            _ => Err(not_allowed(&self.describe())),
        }
    }

    fn describe(&self) -> String {
        let stated = [self.digest, self.mask].into_iter().flatten();
        let stated: Vec<_> = stated.map(shorten).collect();
        format!("{} with {}", self.algorithm, stated.join(" and "))
    }
}

/// `uri` is the Algorithm of `DigestMethod`. XML Encryption 1.1 (5.8.3) and XML Signature 1.1 (6.2) have different
/// names for SHA-384.
fn digest_hash(uri: &str) -> Option<OaepHash> {
    match uri {
        "http://www.w3.org/2000/09/xmldsig#sha1" => Some(OaepHash::Sha1),
        "http://www.w3.org/2001/04/xmlenc#sha256" => Some(OaepHash::Sha256),
        "http://www.w3.org/2001/04/xmlenc#sha384"
        | "http://www.w3.org/2001/04/xmldsig-more#sha384" => Some(OaepHash::Sha384),
        "http://www.w3.org/2001/04/xmlenc#sha512" => Some(OaepHash::Sha512),
        _ => None,
    }
}

/// `uri` is the Algorithm of `MGF`.
fn mask_hash(uri: &str) -> Option<OaepHash> {
    match uri {
        "http://www.w3.org/2009/xmlenc11#mgf1sha1" => Some(OaepHash::Sha1),
        "http://www.w3.org/2009/xmlenc11#mgf1sha256" => Some(OaepHash::Sha256),
        "http://www.w3.org/2009/xmlenc11#mgf1sha384" => Some(OaepHash::Sha384),
        "http://www.w3.org/2009/xmlenc11#mgf1sha512" => Some(OaepHash::Sha512),
        _ => None,
    }
}

fn not_allowed(algorithm: &str) -> Rejection {
    Rejection::EncryptionAlgorithmNotAllowed {
        received: shorten(algorithm),
    }
}
