//! Certificates as SAML uses them: a key with a label on it.
//!
//! Nothing is concluded from who issued a certificate. Trust comes from its being configured, and only
//! the key counts; names and dates are for people (and for the policy that refuses an expired one).

mod algorithm;
mod ec;
mod public_key;
mod published;
mod rsa;

use aws_lc_rs::digest;
use x509_parser::certificate::Validity;
use x509_parser::prelude::FromDer;
use x509_parser::x509::X509Name;

pub use self::algorithm::{AlgorithmError, Sha1Exception, SignatureAlgorithm};
pub use self::ec::Curve;
pub use self::public_key::{KeyType, PublicKey, PublicKeyError, VerifyError};
use crate::der::{self, Reader};

/// One X.509 certificate.
///
/// Read leniently on purpose: its own signature, its extensions and its serial number may be anything,
/// because identity providers make their certificates themselves and nobody here relies on those fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    der: Vec<u8>,
    sha256: String,
    subject: String,
    issuer: String,
    not_before: i64,
    not_after: i64,
    is_sealed_with_sha1: bool,
    public_key: PublicKey,
}

/// Why bytes are not a certificate that we take.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CertificateError {
    /// The bytes do not have the structure of a certificate.
    #[error("the bytes do not have the structure of a certificate")]
    Malformed,
    /// The dates between which it is valid cannot be read.
    #[error("the certificate's validity dates cannot be read")]
    Validity,
    /// The key in it is not taken.
    #[error(transparent)]
    Key(PublicKeyError),
}

/// The longest certificate that is looked at; real ones have one or two kilobytes.
const MAX_LENGTH: usize = 64 * 1024;
/// The identifiers of RSA with SHA-1 and ECDSA with SHA-1, as they are encoded (RFC 3279 2.2).
const SHA1_SIGNATURES: [&[u8]; 2] = [
    &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x05],
    &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x01],
];

impl Certificate {
    /// Reads a certificate from its DER form.
    pub fn from_der(bytes: &[u8]) -> Result<Self, CertificateError> {
        let fields = Fields::find(bytes).ok_or(CertificateError::Malformed)?;
        let (_, validity) =
            Validity::from_der(fields.validity).map_err(|_| CertificateError::Validity)?;
        let public_key = PublicKey::from_spki(fields.spki).map_err(CertificateError::Key)?;
        Ok(Self {
            der: bytes.to_vec(),
            sha256: sha256(bytes),
            subject: name(fields.subject),
            issuer: name(fields.issuer),
            not_before: validity.not_before.timestamp(),
            not_after: validity.not_after.timestamp(),
            is_sealed_with_sha1: SHA1_SIGNATURES.contains(&fields.signature_algorithm),
            public_key,
        })
    }

    /// The bytes it was read from.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// The certificate between its customary header and footer, 64 characters a line.
    pub fn pem(&self) -> String {
        crate::pem::write("CERTIFICATE", &self.der)
    }

    /// The base64 of the DER form without line breaks, as it stands in metadata.
    pub fn base64(&self) -> String {
        base64_simd::STANDARD.encode_to_string(&self.der)
    }

    /// The SHA-256 fingerprint in lower-case hexadecimal.
    pub fn sha256(&self) -> String {
        self.sha256.clone()
    }

    /// Whose it is, for people to read.
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// Who made it, for people to read.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// Its first valid second, counted from 1970.
    pub const fn not_before(&self) -> i64 {
        self.not_before
    }

    /// Its last valid second, counted from 1970.
    pub const fn not_after(&self) -> i64 {
        self.not_after
    }

    /// Whether its last valid second has passed at `now`.
    pub const fn is_over(&self, now: i64) -> bool {
        now > self.not_after
    }

    /// Whether the certificate's own signature rests on SHA-1.
    ///
    /// Nothing is concluded from that signature; but what made it often signs messages in the same way.
    pub const fn is_sealed_with_sha1(&self) -> bool {
        self.is_sealed_with_sha1
    }

    /// The key in it.
    pub const fn public_key(&self) -> &PublicKey {
        &self.public_key
    }

    /// Whether both carry the same key, whatever else they say.
    pub fn has_key_of(&self, other: &Self) -> bool {
        self.public_key == other.public_key
    }
}

/// The parts of a certificate that we look at, each with its own tag and length.
struct Fields<'b> {
    issuer: &'b [u8],
    validity: &'b [u8],
    subject: &'b [u8],
    spki: &'b [u8],
    /// Of the signature on the certificate; empty when it cannot be read.
    signature_algorithm: &'b [u8],
}

impl<'b> Fields<'b> {
    /// Walks `Certificate` and `TBSCertificate` (RFC 5280 4.1) as far as the key.
    fn find(bytes: &'b [u8]) -> Option<Self> {
        if bytes.len() > MAX_LENGTH {
            return None;
        }
        let mut outer = Reader::new(bytes);
        let mut certificate = outer.enter(der::SEQUENCE)?;
        let mut tbs = certificate.enter(der::SEQUENCE)?;
        let algorithm = certificate.expect(der::SEQUENCE)?;
        certificate.expect(der::BIT_STRING)?;
        if !outer.is_at_end() || !certificate.is_at_end() {
            return None;
        }
        // The version is left out by the first version of the format.
        let _version = tbs.expect(der::CONTEXT_0);
        tbs.expect(der::INTEGER)?;
        tbs.expect(der::SEQUENCE)?;
        Some(Self {
            issuer: tbs.expect(der::SEQUENCE)?.whole,
            validity: tbs.expect(der::SEQUENCE)?.whole,
            subject: tbs.expect(der::SEQUENCE)?.whole,
            spki: tbs.expect(der::SEQUENCE)?.whole,
            signature_algorithm: Reader::new(algorithm.value)
                .expect(der::OBJECT_IDENTIFIER)
                .map_or(&[], |identifier| identifier.value),
        })
    }
}

/// A distinguished name for people; a name that cannot be read takes nothing away from the key.
fn name(der: &[u8]) -> String {
    match X509Name::from_der(der) {
        Ok((_, name)) => name
            .to_string()
            .chars()
            .filter(|c| !c.is_control())
            .collect(),
        Err(_) => String::new(),
    }
}

/// The SHA-256 digest in lower-case hexadecimal.
fn sha256(bytes: &[u8]) -> String {
    let digest = digest::digest(&digest::SHA256, bytes);
    let nibbles = digest
        .as_ref()
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 0xf]);
    nibbles
        .filter_map(|nibble| char::from_digit(nibble.into(), 16))
        .collect()
}

impl CertificateError {
    /// The name that logs, docs and support requests share. Never changes.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Malformed => "certificate-malformed",
            Self::Validity => "certificate-validity",
            Self::Key(error) => error.code(),
        }
    }
}

#[cfg(test)]
mod tests;
