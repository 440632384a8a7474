use aws_lc_rs::signature::{self, VerificationAlgorithm};

use super::SignatureAlgorithm;
use super::public_key::{CachedKey, PublicKeyError};
use crate::der::{self, DerReader};

/// A supported elliptic curve.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Curve {
    /// NIST P-256.
    P256,
    /// NIST P-384.
    P384,
    /// NIST P-521.
    P521,
}

#[derive(Clone)]
pub(super) struct EcKey {
    pub(super) curve: Curve,
    pub(super) point: Vec<u8>,
    sha256: CachedKey,
    sha384: CachedKey,
    sha512: CachedKey,
}

const P256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];
const P384: &[u8] = &[0x2b, 0x81, 0x04, 0x00, 0x22];
const P521: &[u8] = &[0x2b, 0x81, 0x04, 0x00, 0x23];

impl EcKey {
    /// Parses a point on the curve that the parameters name (RFC 5480).
    pub(super) fn parse(
        mut parameters: DerReader<'_>,
        point: &[u8],
    ) -> Result<Self, PublicKeyError> {
        let curve = match parameters
            .expect(der::OBJECT_IDENTIFIER)
            .map(|oid| oid.value)
        {
            Some(P256) => Curve::P256,
            Some(P384) => Curve::P384,
            Some(P521) => Curve::P521,
            _ => return Err(PublicKeyError::Curve),
        };
        // Only the uncompressed form, so that equal points have equal encodings.
        let length = curve.width().saturating_mul(2).saturating_add(1);
        if point.first() != Some(&4) || point.len() != length {
            return Err(PublicKeyError::Malformed);
        }
        Ok(Self {
            curve,
            point: point.to_vec(),
            sha256: CachedKey::default(),
            sha384: CachedKey::default(),
            sha512: CachedKey::default(),
        })
    }

    /// The cached key for an ECDSA algorithm, and the parameters to create it with.
    pub(super) fn cached(
        &self,
        algorithm: SignatureAlgorithm,
    ) -> Option<(&CachedKey, &'static dyn VerificationAlgorithm)> {
        use SignatureAlgorithm as A;
        let (cached, parameters) = match algorithm {
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
        Some((cached, parameters))
    }
}

impl Curve {
    /// The length in bytes of a coordinate and of each half of a signature.
    const fn width(self) -> usize {
        match self {
            Self::P256 => 32,
            Self::P384 => 48,
            Self::P521 => 66,
        }
    }

    /// aws-lc accepts all combinations of digest and curve only with DER signatures, so XML's pair of numbers is
    /// encoded as DER.
    pub(super) fn signature_as_der(self, signature: &[u8]) -> Option<Vec<u8>> {
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
