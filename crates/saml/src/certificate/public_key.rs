use std::fmt;
use std::sync::OnceLock;

use aws_lc_rs::signature::{ParsedPublicKey, VerificationAlgorithm};

use super::SignatureAlgorithm;
use super::ec::{Curve, EcKey};
use super::rsa::RsaKey;
use crate::der::{self, DerReader};

/// A public key of accepted strength.
///
/// Algorithms of another key type are rejected before any arithmetic. Two keys are equal if their numbers are equal,
/// whatever their encoding.
#[derive(Clone)]
pub struct PublicKey {
    material: KeyMaterial,
    spki: Vec<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyType {
    Rsa { bits: usize },
    Ec(Curve),
}

/// Why a public key is not accepted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PublicKeyError {
    #[error("the public key cannot be read")]
    Malformed,
    /// An RSA modulus below 2048 bits.
    #[error("the RSA key has {bits} bits, and keys below 2048 bits are not safe")]
    RsaTooShort { bits: usize },
    /// An RSA modulus above 8192 bits.
    #[error("the RSA key has {bits} bits, and at most 8192 are accepted")]
    RsaTooLong { bits: usize },
    /// An RSA public exponent that is even, 1, or longer than 32 bits.
    #[error("the RSA key has an unusual public exponent")]
    RsaExponent,
    /// An elliptic curve other than P-256, P-384 and P-521, or one that the key describes itself.
    #[error("the key's elliptic curve is not P-256, P-384 or P-521")]
    Curve,
    /// Neither RSA nor ECDSA: DSA, Ed25519, GOST, RSA restricted to PSS.
    #[error("the key is neither RSA nor ECDSA")]
    Type,
}

/// Why a signature could not be verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VerifyError {
    /// The algorithm belongs to another key type.
    WrongKeyType,
    /// The value is not a signature of this message by this key.
    Mismatch,
}

const RSA_ENCRYPTION: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
const EC_PUBLIC_KEY: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];
#[derive(Clone)]
enum KeyMaterial {
    Rsa(Box<RsaKey>),
    Ec(Box<EcKey>),
}

/// The key as aws-lc needs it for one algorithm, created at its first use.
#[derive(Clone, Default)]
pub(super) struct CachedKey(OnceLock<ParsedPublicKey>);

impl PublicKey {
    /// Parses a `SubjectPublicKeyInfo`.
    pub fn from_spki(spki: &[u8]) -> Result<Self, PublicKeyError> {
        let mut outer = DerReader::new(spki);
        let mut info = outer
            .enter(der::SEQUENCE)
            .ok_or(PublicKeyError::Malformed)?;
        let mut algorithm = info.enter(der::SEQUENCE).ok_or(PublicKeyError::Malformed)?;
        let oid = algorithm
            .expect(der::OBJECT_IDENTIFIER)
            .ok_or(PublicKeyError::Malformed)?;
        let bits = info
            .expect(der::BIT_STRING)
            .ok_or(PublicKeyError::Malformed)?;
        if !info.is_at_end() || !outer.is_at_end() {
            return Err(PublicKeyError::Malformed);
        }
        // The first byte is the number of unused bits at the end, always zero for keys.
        let key = bits
            .value
            .strip_prefix(&[0])
            .ok_or(PublicKeyError::Malformed)?;

        let material = match oid.value {
            RSA_ENCRYPTION => KeyMaterial::Rsa(Box::new(RsaKey::parse(key)?)),
            EC_PUBLIC_KEY => KeyMaterial::Ec(Box::new(EcKey::parse(algorithm, key)?)),
            _ => return Err(PublicKeyError::Type),
        };
        let public_key = Self {
            material,
            spki: spki.to_vec(),
        };
        public_key.check_usable()?;
        Ok(public_key)
    }

    /// The `SubjectPublicKeyInfo`.
    pub fn spki(&self) -> &[u8] {
        &self.spki
    }

    pub const fn key_type(&self) -> KeyType {
        match &self.material {
            KeyMaterial::Rsa(key) => KeyType::Rsa { bits: key.bits },
            KeyMaterial::Ec(key) => KeyType::Ec(key.curve),
        }
    }

    /// ECDSA signatures are two numbers of the curve's length each (XML Signature 6.4.3).
    pub fn verify(
        &self,
        algorithm: SignatureAlgorithm,
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), VerifyError> {
        let mismatch = VerifyError::Mismatch;
        match &self.material {
            KeyMaterial::Rsa(key) => {
                let (cached, parameters) =
                    key.cached(algorithm).ok_or(VerifyError::WrongKeyType)?;
                let parsed = cached.get(parameters, &self.spki).ok_or(mismatch)?;
                parsed.verify_sig(message, signature).map_err(|_| mismatch)
            }
            KeyMaterial::Ec(key) => {
                let (cached, parameters) =
                    key.cached(algorithm).ok_or(VerifyError::WrongKeyType)?;
                let signature = key.curve.signature_as_der(signature).ok_or(mismatch)?;
                let parsed = cached.get(parameters, &self.spki).ok_or(mismatch)?;
                parsed.verify_sig(message, &signature).map_err(|_| mismatch)
            }
        }
    }

    /// Parses the key once, so that keys that aws-lc rejects are rejected on import.
    fn check_usable(&self) -> Result<(), PublicKeyError> {
        let algorithm = match &self.material {
            KeyMaterial::Rsa(_) => SignatureAlgorithm::RsaSha256,
            KeyMaterial::Ec(_) => SignatureAlgorithm::EcdsaSha256,
        };
        let cached = match &self.material {
            KeyMaterial::Rsa(key) => key.cached(algorithm),
            KeyMaterial::Ec(key) => key.cached(algorithm),
        };
        cached
            .and_then(|(cached, parameters)| cached.get(parameters, &self.spki))
            .map(|_| ())
            .ok_or(PublicKeyError::Malformed)
    }
}

impl CachedKey {
    fn get(
        &self,
        parameters: &'static dyn VerificationAlgorithm,
        spki: &[u8],
    ) -> Option<&ParsedPublicKey> {
        if let Some(parsed) = self.0.get() {
            return Some(parsed);
        }
        let parsed = ParsedPublicKey::new(parameters, spki).ok()?;
        Some(self.0.get_or_init(|| parsed))
    }
}

impl PartialEq for PublicKey {
    fn eq(&self, other: &Self) -> bool {
        match (&self.material, &other.material) {
            (KeyMaterial::Rsa(a), KeyMaterial::Rsa(b)) => {
                a.modulus == b.modulus && a.exponent == b.exponent
            }
            (KeyMaterial::Ec(a), KeyMaterial::Ec(b)) => a.curve == b.curve && a.point == b.point,
            (KeyMaterial::Rsa(_), KeyMaterial::Ec(_))
            | (KeyMaterial::Ec(_), KeyMaterial::Rsa(_)) => false,
        }
    }
}

impl Eq for PublicKey {}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({})", self.key_type())
    }
}

impl fmt::Display for KeyType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rsa { bits } => write!(f, "RSA {bits}"),
            Self::Ec(Curve::P256) => f.write_str("ECDSA P-256"),
            Self::Ec(Curve::P384) => f.write_str("ECDSA P-384"),
            Self::Ec(Curve::P521) => f.write_str("ECDSA P-521"),
        }
    }
}

impl PublicKeyError {
    /// The identifier that logs, docs and support requests share. Never changes.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Malformed => "key-malformed",
            Self::RsaTooShort { .. } => "key-too-short",
            Self::RsaTooLong { .. } => "key-too-long",
            Self::RsaExponent => "key-exponent",
            Self::Curve => "key-curve",
            Self::Type => "key-type",
        }
    }
}
