//! Our own private keys: one pair signs requests, another decrypts assertions, and never the same for both.

mod form;
mod generate;

use std::fmt;

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der, PublicKeyX509Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{
    OAEP_SHA1_MGF1SHA1, OAEP_SHA256_MGF1SHA256, OaepPrivateDecryptingKey, PrivateDecryptingKey,
};
use aws_lc_rs::signature::{self, KeyPair as _, RsaKeyPair};

pub(crate) use self::form::PrivateKeyForm;
pub use self::generate::{GeneratedKey, KeySize, Validity, generate_with_the_librarys_randomness};
use crate::certificate::{PublicKey, PublicKeyError, SignatureAlgorithm};
use crate::pem;

/// The key with which we sign what we send.
pub struct SigningKey {
    pair: RsaKeyPair,
    public_key: PublicKey,
}

/// The key with which we open what was encrypted for us.
pub struct DecryptionKey {
    oaep: OaepPrivateDecryptingKey,
    pair: RsaKeyPair,
    public_key: PublicKey,
}

/// The forms of RSA-OAEP that we open: digest and mask generation use the same hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Oaep {
    Sha1,
    Sha256,
}

/// Why a private key is not taken, or did not serve.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// The text or the bytes hold no private key that can be read.
    #[error("no RSA private key in PEM or DER form can be read")]
    NotAPrivateKey,
    /// The key is protected by a passphrase.
    #[error("the private key is protected by a passphrase; give it without one")]
    Passphrase,
    /// A private key, but not RSA.
    #[error("the private key is not an RSA key")]
    NotRsa,
    /// Its public half is too short or otherwise unsound.
    #[error(transparent)]
    Unsound(PublicKeyError),
    /// The same key is to sign and to decrypt.
    #[error("the same key is given for signing and for decryption; each needs its own")]
    SharedBetweenPurposes,
    /// The library could not make a key or a certificate.
    #[error("the cryptographic library could not make a key pair")]
    Generation,
    /// The library could not sign.
    #[error("the cryptographic library could not sign")]
    Signing,
}

impl SigningKey {
    /// Reads an RSA private key from PEM text (PKCS#8 or PKCS#1).
    pub fn from_pem(text: &str) -> Result<Self, KeyError> {
        Self::from_der(&der_of(text)?)
    }

    /// Reads an RSA private key from DER bytes (PKCS#8 or PKCS#1).
    pub fn from_der(bytes: &[u8]) -> Result<Self, KeyError> {
        let (pair, public_key) = read(bytes)?;
        Ok(Self { pair, public_key })
    }

    /// The algorithm of every signature that we make.
    pub const fn algorithm(&self) -> SignatureAlgorithm {
        SignatureAlgorithm::RsaSha256
    }

    /// Signs `message` with RSA-SHA256.
    pub fn sign(&self, message: &[u8]) -> Result<Vec<u8>, KeyError> {
        let mut signature = vec![0; self.pair.public_modulus_len()];
        // PKCS#1 v1.5 is deterministic: the library asks for a source of randomness and leaves it alone.
        self.pair
            .sign(
                &signature::RSA_PKCS1_SHA256,
                &SystemRandom::new(),
                message,
                &mut signature,
            )
            .map_err(|_| KeyError::Signing)?;
        Ok(signature)
    }

    /// Its public half.
    pub const fn public_key(&self) -> &PublicKey {
        &self.public_key
    }

    /// The secret itself as PKCS#8 PEM, for whoever seals it.
    pub fn secret_pem(&self) -> Result<String, KeyError> {
        secret_pem(&self.pair)
    }
}

impl DecryptionKey {
    /// Reads an RSA private key from PEM text (PKCS#8 or PKCS#1).
    pub fn from_pem(text: &str) -> Result<Self, KeyError> {
        Self::from_der(&der_of(text)?)
    }

    /// Reads an RSA private key from DER bytes (PKCS#8 or PKCS#1).
    pub fn from_der(bytes: &[u8]) -> Result<Self, KeyError> {
        let (pair, public_key) = read(bytes)?;
        let oaep = pkcs8(&pair)
            .and_then(|pkcs8| PrivateDecryptingKey::from_pkcs8(&pkcs8).ok())
            .and_then(|key| OaepPrivateDecryptingKey::new(key).ok())
            .ok_or(KeyError::NotAPrivateKey)?;
        Ok(Self {
            oaep,
            pair,
            public_key,
        })
    }

    /// Its public half.
    pub const fn public_key(&self) -> &PublicKey {
        &self.public_key
    }

    /// The secret itself as PKCS#8 PEM, for whoever seals it.
    pub fn secret_pem(&self) -> Result<String, KeyError> {
        secret_pem(&self.pair)
    }

    /// Opens a content key that was wrapped for us.
    pub(crate) fn unwrap_key(&self, oaep: Oaep, wrapped: &[u8]) -> Option<Vec<u8>> {
        let algorithm = match oaep {
            Oaep::Sha1 => &OAEP_SHA1_MGF1SHA1,
            Oaep::Sha256 => &OAEP_SHA256_MGF1SHA256,
        };
        let mut out = vec![0; self.oaep.min_output_size()];
        let length = self
            .oaep
            .decrypt(algorithm, wrapped, &mut out, None)
            .ok()?
            .len();
        out.truncate(length);
        Some(out)
    }
}

/// Refuses a key that would both sign and decrypt: what one purpose gives away must not help against the other.
pub fn refuse_shared<'k>(
    signing: impl IntoIterator<Item = &'k SigningKey>,
    decryption: &[DecryptionKey],
) -> Result<(), KeyError> {
    let is_shared = |signing: &SigningKey| {
        decryption
            .iter()
            .any(|key| key.public_key == signing.public_key)
    };
    if signing.into_iter().any(is_shared) {
        return Err(KeyError::SharedBetweenPurposes);
    }
    Ok(())
}

/// The bytes of the one private key in a text.
fn der_of(text: &str) -> Result<Vec<u8>, KeyError> {
    let blocks = pem::blocks(text);
    let block = blocks
        .iter()
        .find(|block| block.label.ends_with("PRIVATE KEY"))
        .ok_or(KeyError::NotAPrivateKey)?;
    match block.label {
        "ENCRYPTED PRIVATE KEY" => return Err(KeyError::Passphrase),
        "EC PRIVATE KEY" | "DSA PRIVATE KEY" => return Err(KeyError::NotRsa),
        // OpenSSL's own form announces the passphrase in a header line.
        _ if block.body.contains("ENCRYPTED") => return Err(KeyError::Passphrase),
        _ => {}
    }
    pem::decode(block.body).ok_or(KeyError::NotAPrivateKey)
}

fn read(bytes: &[u8]) -> Result<(RsaKeyPair, PublicKey), KeyError> {
    let pair = RsaKeyPair::from_pkcs8(bytes)
        .or_else(|_| RsaKeyPair::from_der(bytes))
        .map_err(|_| PrivateKeyForm::of(bytes).refusal())?;
    let spki: PublicKeyX509Der<'_> = pair
        .public_key()
        .as_der()
        .map_err(|_| KeyError::NotAPrivateKey)?;
    let public_key = PublicKey::from_spki(spki.as_ref()).map_err(KeyError::Unsound)?;
    Ok((pair, public_key))
}

fn pkcs8(pair: &RsaKeyPair) -> Option<Vec<u8>> {
    let der: Pkcs8V1Der<'_> = pair.as_der().ok()?;
    Some(der.as_ref().to_vec())
}

fn secret_pem(pair: &RsaKeyPair) -> Result<String, KeyError> {
    let pkcs8 = pkcs8(pair).ok_or(KeyError::NotAPrivateKey)?;
    Ok(pem::write("PRIVATE KEY", &pkcs8))
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({})", self.public_key.key_type())
    }
}

impl fmt::Debug for DecryptionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DecryptionKey({})", self.public_key.key_type())
    }
}

impl KeyError {
    /// The name that logs, docs and support requests share. Never changes.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotAPrivateKey => "not-a-private-key",
            Self::Passphrase => "key-has-a-passphrase",
            Self::NotRsa => "key-not-rsa",
            Self::Unsound(error) => error.code(),
            Self::SharedBetweenPurposes => "key-shared-between-purposes",
            Self::Generation => "key-generation",
            Self::Signing => "key-signing",
        }
    }
}

#[cfg(test)]
mod tests;
