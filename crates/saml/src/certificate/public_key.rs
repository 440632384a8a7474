use std::fmt;
use std::sync::OnceLock;

use aws_lc_rs::signature::{ParsedPublicKey, VerificationAlgorithm};

use super::SignatureAlgorithm;
use super::ec::{Curve, EcKey};
use super::rsa::RsaKey;
use crate::der::{self, Reader};

/// A public key that is strong enough to be believed, ready to verify.
///
/// What it can verify depends on its own kind: an algorithm of another family is refused before any
/// arithmetic. Two keys are equal when their numbers are, however they were encoded.
#[derive(Clone)]
pub struct PublicKey {
    kind: Kind,
    spki: Vec<u8>,
}

/// What kind of key it is and how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyType {
    /// RSA with a modulus of this many bits.
    Rsa {
        /// The length of the modulus.
        bits: usize,
    },
    /// ECDSA on this curve.
    Ec(Curve),
}

/// Why a public key is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PublicKeyError {
    /// The structure of the key cannot be read.
    #[error("the public key cannot be read")]
    Malformed,
    /// An RSA modulus below 2048 bits.
    #[error("the RSA key has {bits} bits, and keys below 2048 bits are not safe")]
    RsaTooShort {
        /// How long it is.
        bits: usize,
    },
    /// An RSA modulus above 8192 bits.
    #[error("the RSA key has {bits} bits, and at most 8192 are accepted")]
    RsaTooLong {
        /// How long it is.
        bits: usize,
    },
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

/// Why a signature did not verify.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VerifyError {
    /// The algorithm belongs to another kind of key.
    WrongKeyType,
    /// The value is not this key's signature of these bytes.
    Mismatch,
}

const RSA_ENCRYPTION: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
const EC_PUBLIC_KEY: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];
#[derive(Clone)]
enum Kind {
    Rsa(Box<RsaKey>),
    Ec(Box<EcKey>),
}

/// The library's parsed form of a key for one algorithm, made at its first use and kept.
#[derive(Clone, Default)]
pub(super) struct Prepared(OnceLock<ParsedPublicKey>);

impl PublicKey {
    /// Reads a `SubjectPublicKeyInfo`.
    pub fn from_spki(spki: &[u8]) -> Result<Self, PublicKeyError> {
        let mut outer = Reader::new(spki);
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
        // The first byte counts the unused bits at the end: always none here.
        let key = bits
            .value
            .strip_prefix(&[0])
            .ok_or(PublicKeyError::Malformed)?;

        let kind = match oid.value {
            RSA_ENCRYPTION => Kind::Rsa(Box::new(RsaKey::read(key)?)),
            EC_PUBLIC_KEY => Kind::Ec(Box::new(EcKey::read(algorithm, key)?)),
            _ => return Err(PublicKeyError::Type),
        };
        let public_key = Self {
            kind,
            spki: spki.to_vec(),
        };
        public_key.try_out()?;
        Ok(public_key)
    }

    /// The `SubjectPublicKeyInfo` that it was read from.
    pub fn spki(&self) -> &[u8] {
        &self.spki
    }

    /// Its kind and length.
    pub const fn key_type(&self) -> KeyType {
        match &self.kind {
            Kind::Rsa(key) => KeyType::Rsa { bits: key.bits },
            Kind::Ec(key) => KeyType::Ec(key.curve),
        }
    }

    /// Whether `signature` is this key's signature of `message`.
    ///
    /// ECDSA signatures are the two numbers side by side, each as wide as the curve (XML Signature 6.4.3).
    pub fn verify(
        &self,
        algorithm: SignatureAlgorithm,
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), VerifyError> {
        let mismatch = VerifyError::Mismatch;
        match &self.kind {
            Kind::Rsa(key) => {
                let (prepared, parameters) =
                    key.prepared(algorithm).ok_or(VerifyError::WrongKeyType)?;
                let parsed = prepared.get(parameters, &self.spki).ok_or(mismatch)?;
                parsed.verify_sig(message, signature).map_err(|_| mismatch)
            }
            Kind::Ec(key) => {
                let (prepared, parameters) =
                    key.prepared(algorithm).ok_or(VerifyError::WrongKeyType)?;
                let signature = key.curve.signature_as_der(signature).ok_or(mismatch)?;
                let parsed = prepared.get(parameters, &self.spki).ok_or(mismatch)?;
                parsed.verify_sig(message, &signature).map_err(|_| mismatch)
            }
        }
    }

    /// Lets the library parse the key once, so that what it refuses is refused on import.
    fn try_out(&self) -> Result<(), PublicKeyError> {
        let algorithm = match &self.kind {
            Kind::Rsa(_) => SignatureAlgorithm::RsaSha256,
            Kind::Ec(_) => SignatureAlgorithm::EcdsaSha256,
        };
        let prepared = match &self.kind {
            Kind::Rsa(key) => key.prepared(algorithm),
            Kind::Ec(key) => key.prepared(algorithm),
        };
        prepared
            .and_then(|(prepared, parameters)| prepared.get(parameters, &self.spki))
            .map(|_| ())
            .ok_or(PublicKeyError::Malformed)
    }
}

impl Prepared {
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
        match (&self.kind, &other.kind) {
            (Kind::Rsa(a), Kind::Rsa(b)) => a.modulus == b.modulus && a.exponent == b.exponent,
            (Kind::Ec(a), Kind::Ec(b)) => a.curve == b.curve && a.point == b.point,
            (Kind::Rsa(_), Kind::Ec(_)) | (Kind::Ec(_), Kind::Rsa(_)) => false,
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
    /// The name that logs, docs and support requests share. Never changes.
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
