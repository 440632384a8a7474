use std::fmt;
use std::sync::OnceLock;

use aws_lc_rs::signature::{self, ParsedPublicKey, VerificationAlgorithm};

use super::SignatureAlgorithm;
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

/// A curve on which we verify.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Curve {
    /// NIST P-256.
    P256,
    /// NIST P-384.
    P384,
    /// NIST P-521.
    P521,
}

/// Why a public key is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PublicKeyError {
    /// The structure of the key cannot be read.
    Malformed,
    /// An RSA modulus below 2048 bits.
    RsaTooShort {
        /// How long it is.
        bits: usize,
    },
    /// An RSA modulus above 8192 bits.
    RsaTooLong {
        /// How long it is.
        bits: usize,
    },
    /// An RSA public exponent that is even, 1, or longer than 32 bits.
    RsaExponent,
    /// An elliptic curve other than P-256, P-384 and P-521, or one that the key describes itself.
    Curve,
    /// Neither RSA nor ECDSA: DSA, Ed25519, GOST, RSA restricted to PSS.
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
const P256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];
const P384: &[u8] = &[0x2b, 0x81, 0x04, 0x00, 0x22];
const P521: &[u8] = &[0x2b, 0x81, 0x04, 0x00, 0x23];

const RSA_BITS: std::ops::RangeInclusive<usize> = 2048..=8192;

#[derive(Clone)]
enum Kind {
    Rsa(Box<RsaKey>),
    Ec(Box<EcKey>),
}

#[derive(Clone)]
struct RsaKey {
    bits: usize,
    modulus: Vec<u8>,
    exponent: Vec<u8>,
    pkcs1_sha256: Prepared,
    pkcs1_sha384: Prepared,
    pkcs1_sha512: Prepared,
    pkcs1_sha1: Prepared,
    pss_sha256: Prepared,
    pss_sha384: Prepared,
    pss_sha512: Prepared,
}

#[derive(Clone)]
struct EcKey {
    curve: Curve,
    point: Vec<u8>,
    sha256: Prepared,
    sha384: Prepared,
    sha512: Prepared,
}

/// The library's parsed form of a key for one algorithm, made at its first use and kept.
#[derive(Clone, Default)]
struct Prepared(OnceLock<ParsedPublicKey>);

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

impl RsaKey {
    fn read(key: &[u8]) -> Result<Self, PublicKeyError> {
        let (modulus, exponent) = rsa_numbers(key).ok_or(PublicKeyError::Malformed)?;
        let first = modulus.first().ok_or(PublicKeyError::Malformed)?;
        let bits = modulus
            .len()
            .saturating_mul(8)
            .saturating_sub(usize::try_from(first.leading_zeros()).unwrap_or_default());
        if bits < *RSA_BITS.start() {
            return Err(PublicKeyError::RsaTooShort { bits });
        }
        if bits > *RSA_BITS.end() {
            return Err(PublicKeyError::RsaTooLong { bits });
        }
        let is_odd = exponent.last().is_some_and(|last| last & 1 == 1);
        if !is_odd || exponent == [1] || exponent.len() > 4 {
            return Err(PublicKeyError::RsaExponent);
        }
        Ok(Self {
            bits,
            modulus: modulus.to_vec(),
            exponent: exponent.to_vec(),
            pkcs1_sha256: Prepared::default(),
            pkcs1_sha384: Prepared::default(),
            pkcs1_sha512: Prepared::default(),
            pkcs1_sha1: Prepared::default(),
            pss_sha256: Prepared::default(),
            pss_sha384: Prepared::default(),
            pss_sha512: Prepared::default(),
        })
    }

    fn prepared(
        &self,
        algorithm: SignatureAlgorithm,
    ) -> Option<(&Prepared, &'static dyn VerificationAlgorithm)> {
        use SignatureAlgorithm as A;
        Some(match algorithm {
            A::RsaSha256 => (&self.pkcs1_sha256, &signature::RSA_PKCS1_2048_8192_SHA256),
            A::RsaSha384 => (&self.pkcs1_sha384, &signature::RSA_PKCS1_2048_8192_SHA384),
            A::RsaSha512 => (&self.pkcs1_sha512, &signature::RSA_PKCS1_2048_8192_SHA512),
            A::RsaPssSha256 => (&self.pss_sha256, &signature::RSA_PSS_2048_8192_SHA256),
            A::RsaPssSha384 => (&self.pss_sha384, &signature::RSA_PSS_2048_8192_SHA384),
            A::RsaPssSha512 => (&self.pss_sha512, &signature::RSA_PSS_2048_8192_SHA512),
            A::RsaSha1(_) => (
                &self.pkcs1_sha1,
                &signature::RSA_PKCS1_2048_8192_SHA1_FOR_LEGACY_USE_ONLY,
            ),
            A::EcdsaSha256 | A::EcdsaSha384 | A::EcdsaSha512 => return None,
        })
    }
}

/// The modulus and the public exponent, each without the zeros in front.
fn rsa_numbers(key: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut outer = Reader::new(key);
    let mut numbers = outer.enter(der::SEQUENCE)?;
    let modulus = der::unsigned(numbers.expect(der::INTEGER)?.value)?;
    let exponent = der::unsigned(numbers.expect(der::INTEGER)?.value)?;
    (numbers.is_at_end() && outer.is_at_end()).then_some((modulus, exponent))
}

impl EcKey {
    fn read(mut parameters: Reader<'_>, point: &[u8]) -> Result<Self, PublicKeyError> {
        let curve = match parameters
            .expect(der::OBJECT_IDENTIFIER)
            .map(|oid| oid.value)
        {
            Some(P256) => Curve::P256,
            Some(P384) => Curve::P384,
            Some(P521) => Curve::P521,
            _ => return Err(PublicKeyError::Curve),
        };
        // Only the uncompressed form, so that one point has one encoding and equality is plain.
        let length = curve.width().saturating_mul(2).saturating_add(1);
        if point.first() != Some(&4) || point.len() != length {
            return Err(PublicKeyError::Malformed);
        }
        Ok(Self {
            curve,
            point: point.to_vec(),
            sha256: Prepared::default(),
            sha384: Prepared::default(),
            sha512: Prepared::default(),
        })
    }

    fn prepared(
        &self,
        algorithm: SignatureAlgorithm,
    ) -> Option<(&Prepared, &'static dyn VerificationAlgorithm)> {
        use SignatureAlgorithm as A;
        let (prepared, parameters) = match algorithm {
            A::EcdsaSha256 => (&self.sha256, self.curve.sha256()),
            A::EcdsaSha384 => (&self.sha384, self.curve.sha384()),
            A::EcdsaSha512 => (&self.sha512, self.curve.sha512()),
            A::RsaSha256
            | A::RsaSha384
            | A::RsaSha512
            | A::RsaPssSha256
            | A::RsaPssSha384
            | A::RsaPssSha512
            | A::RsaSha1(_) => return None,
        };
        Some((prepared, parameters))
    }
}

impl Curve {
    /// How many bytes a coordinate, and each half of a signature, has.
    const fn width(self) -> usize {
        match self {
            Self::P256 => 32,
            Self::P384 => 48,
            Self::P521 => 66,
        }
    }

    /// The library takes every digest on every curve only with signatures in DER, so XML's pair of
    /// numbers is written as DER first.
    fn signature_as_der(self, signature: &[u8]) -> Option<Vec<u8>> {
        let (r, s) = signature.split_at_checked(self.width())?;
        (s.len() == self.width()).then(|| der::sequence_of_two_integers(r, s))?
    }

    fn sha256(self) -> &'static dyn VerificationAlgorithm {
        match self {
            Self::P256 => &signature::ECDSA_P256_SHA256_ASN1,
            Self::P384 => &signature::ECDSA_P384_SHA256_ASN1,
            Self::P521 => &signature::ECDSA_P521_SHA256_ASN1,
        }
    }

    fn sha384(self) -> &'static dyn VerificationAlgorithm {
        match self {
            Self::P256 => &signature::ECDSA_P256_SHA384_ASN1,
            Self::P384 => &signature::ECDSA_P384_SHA384_ASN1,
            Self::P521 => &signature::ECDSA_P521_SHA384_ASN1,
        }
    }

    fn sha512(self) -> &'static dyn VerificationAlgorithm {
        match self {
            Self::P256 => &signature::ECDSA_P256_SHA512_ASN1,
            Self::P384 => &signature::ECDSA_P384_SHA512_ASN1,
            Self::P521 => &signature::ECDSA_P521_SHA512_ASN1,
        }
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

impl fmt::Display for PublicKeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed => f.write_str("the public key cannot be read"),
            Self::RsaTooShort { bits } => {
                write!(
                    f,
                    "the RSA key has {bits} bits, and keys below 2048 bits are not safe"
                )
            }
            Self::RsaTooLong { bits } => {
                write!(f, "the RSA key has {bits} bits, and at most 8192 are taken")
            }
            Self::RsaExponent => {
                f.write_str("the RSA key has a public exponent that nothing sound produces")
            }
            Self::Curve => f.write_str("the key's elliptic curve is not P-256, P-384 or P-521"),
            Self::Type => f.write_str("the key is neither RSA nor ECDSA"),
        }
    }
}

impl std::error::Error for PublicKeyError {}
