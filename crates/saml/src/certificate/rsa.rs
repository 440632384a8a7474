use aws_lc_rs::signature::{self, VerificationAlgorithm};

use super::SignatureAlgorithm;
use super::public_key::{CachedKey, PublicKeyError};
use crate::der::{self, DerReader};

/// An RSA public key of an accepted size.
#[derive(Clone)]
pub(super) struct RsaKey {
    pub(super) bits: usize,
    pub(super) modulus: Vec<u8>,
    pub(super) exponent: Vec<u8>,
    pkcs1_sha256: CachedKey,
    pkcs1_sha384: CachedKey,
    pkcs1_sha512: CachedKey,
    pkcs1_sha1: CachedKey,
    pss_sha256: CachedKey,
    pss_sha384: CachedKey,
    pss_sha512: CachedKey,
}

const ALLOWED_BITS: std::ops::RangeInclusive<usize> = 2048..=8192;

impl RsaKey {
    /// Parses an `RSAPublicKey` (RFC 8017 A.1.1).
    pub(super) fn parse(key: &[u8]) -> Result<Self, PublicKeyError> {
        let (modulus, exponent) = rsa_numbers(key).ok_or(PublicKeyError::Malformed)?;
        let first = modulus.first().ok_or(PublicKeyError::Malformed)?;
        let bits = modulus
            .len()
            .saturating_mul(8)
            .saturating_sub(usize::try_from(first.leading_zeros()).unwrap_or_default());
        if bits < *ALLOWED_BITS.start() {
            return Err(PublicKeyError::RsaTooShort { bits });
        }
        if bits > *ALLOWED_BITS.end() {
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
            pkcs1_sha256: CachedKey::default(),
            pkcs1_sha384: CachedKey::default(),
            pkcs1_sha512: CachedKey::default(),
            pkcs1_sha1: CachedKey::default(),
            pss_sha256: CachedKey::default(),
            pss_sha384: CachedKey::default(),
            pss_sha512: CachedKey::default(),
        })
    }

    /// The cached key for an RSA algorithm, and the parameters to create it with.
    pub(super) fn cached(
        &self,
        algorithm: SignatureAlgorithm,
    ) -> Option<(&CachedKey, &'static dyn VerificationAlgorithm)> {
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

/// The modulus and the public exponent, without leading zeros.
fn rsa_numbers(key: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut outer = DerReader::new(key);
    let mut numbers = outer.enter(der::SEQUENCE)?;
    let modulus = der::unsigned(numbers.expect(der::INTEGER)?.value)?;
    let exponent = der::unsigned(numbers.expect(der::INTEGER)?.value)?;
    (numbers.is_at_end() && outer.is_at_end()).then_some((modulus, exponent))
}
