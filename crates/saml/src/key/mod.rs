//! The service provider's private keys. Signing and decryption must use different keys.

mod generate;
mod kind;
mod oaep;

use std::fmt;

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der, PublicKeyX509Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{self, KeyPair as _, RsaKeyPair};

pub use self::generate::{GeneratedKey, KeySize, Validity, generate_rsa_key};
pub(crate) use self::kind::PrivateKeyKind;
use self::oaep::OaepKey;
pub(crate) use self::oaep::{OaepHash, OaepHashes};
use crate::certificate::{PublicKey, PublicKeyError, SignatureAlgorithm};
use crate::pem;

/// The key that signs authentication requests.
pub struct SigningKey {
    pair: RsaKeyPair,
    public_key: PublicKey,
}

/// The key that decrypts assertions.
pub struct DecryptionKey {
    oaep: OaepKey,
    pair: RsaKeyPair,
    public_key: PublicKey,
}

/// Why a private key is not accepted, or an operation with it failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    #[error("no RSA private key in PEM or DER form can be read")]
    NotAPrivateKey,
    #[error("the private key is protected by a passphrase; give it without one")]
    Passphrase,
    #[error("the private key is not an RSA key")]
    NotRsa,
    /// The public key is too short or otherwise weak.
    #[error(transparent)]
    PublicKey(PublicKeyError),
    #[error("the same key is given for signing and for decryption; each needs its own")]
    SharedBetweenPurposes,
    #[error("the cryptographic library could not make a key pair")]
    Generation,
    #[error("the cryptographic library could not sign")]
    Signing,
}

impl SigningKey {
    /// Parses an RSA private key in PKCS#8 or PKCS#1.
    pub fn from_pem(text: &str) -> Result<Self, KeyError> {
        Self::from_der(&private_key_der(text)?)
    }

    /// Parses an RSA private key in PKCS#8 or PKCS#1.
    pub fn from_der(bytes: &[u8]) -> Result<Self, KeyError> {
        let (pair, public_key) = parse(bytes)?;
        Ok(Self { pair, public_key })
    }

    pub const fn algorithm(&self) -> SignatureAlgorithm {
        SignatureAlgorithm::RsaSha256
    }

    pub fn sign(&self, message: &[u8]) -> Result<Vec<u8>, KeyError> {
        let mut signature = vec![0; self.pair.public_modulus_len()];
        // PKCS#1 v1.5 is deterministic: the source of randomness is required by the API, but not used.
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

    pub const fn public_key(&self) -> &PublicKey {
        &self.public_key
    }

    /// The private key as PKCS#8 PEM. Encrypt it before storing it.
    pub fn secret_pem(&self) -> Result<String, KeyError> {
        secret_pem(&self.pair)
    }
}

impl DecryptionKey {
    /// Parses an RSA private key in PKCS#8 or PKCS#1.
    pub fn from_pem(text: &str) -> Result<Self, KeyError> {
        Self::from_der(&private_key_der(text)?)
    }

    /// Parses an RSA private key in PKCS#8 or PKCS#1.
    pub fn from_der(bytes: &[u8]) -> Result<Self, KeyError> {
        let (pair, public_key) = parse(bytes)?;
        let oaep = pkcs8(&pair)
            .and_then(OaepKey::from_pkcs8)
            .ok_or(KeyError::NotAPrivateKey)?;
        Ok(Self {
            oaep,
            pair,
            public_key,
        })
    }

    pub const fn public_key(&self) -> &PublicKey {
        &self.public_key
    }

    /// The private key as PKCS#8 PEM. Encrypt it before storing it.
    pub fn secret_pem(&self) -> Result<String, KeyError> {
        secret_pem(&self.pair)
    }

    /// Decrypts a content key. Every failure has the same result.
    pub(crate) fn unwrap_key(&self, hashes: OaepHashes, wrapped: &[u8]) -> Option<Vec<u8>> {
        self.oaep.decrypt(hashes, wrapped)
    }
}

/// Rejects keys that are configured both for signing and for decryption: each use could help attack the other.
pub fn reject_shared_keys<'k>(
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

/// The DER form of the first private key in a PEM text.
fn private_key_der(text: &str) -> Result<Vec<u8>, KeyError> {
    let blocks = pem::blocks(text);
    let block = blocks
        .iter()
        .find(|block| block.label.ends_with("PRIVATE KEY"))
        .ok_or(KeyError::NotAPrivateKey)?;
    match block.label {
        "ENCRYPTED PRIVATE KEY" => return Err(KeyError::Passphrase),
        "EC PRIVATE KEY" | "DSA PRIVATE KEY" => return Err(KeyError::NotRsa),
        // OpenSSL's traditional format announces encryption in a header line.
        _ if block.body.contains("ENCRYPTED") => return Err(KeyError::Passphrase),
        _ => {}
    }
    pem::decode(block.body).ok_or(KeyError::NotAPrivateKey)
}

fn parse(bytes: &[u8]) -> Result<(RsaKeyPair, PublicKey), KeyError> {
    let pair = RsaKeyPair::from_pkcs8(bytes)
        .or_else(|_| RsaKeyPair::from_der(bytes))
        .map_err(|_| PrivateKeyKind::detect(bytes).error())?;
    let spki: PublicKeyX509Der<'_> = pair
        .public_key()
        .as_der()
        .map_err(|_| KeyError::NotAPrivateKey)?;
    let public_key = PublicKey::from_spki(spki.as_ref()).map_err(KeyError::PublicKey)?;
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
    /// The identifier that logs, docs and support requests share. Never changes.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotAPrivateKey => "not-a-private-key",
            Self::Passphrase => "key-passphrase-protected",
            Self::NotRsa => "key-not-rsa",
            Self::PublicKey(error) => error.code(),
            Self::SharedBetweenPurposes => "key-shared-between-purposes",
            Self::Generation => "key-generation",
            Self::Signing => "key-signing",
        }
    }
}

#[cfg(test)]
mod tests;
