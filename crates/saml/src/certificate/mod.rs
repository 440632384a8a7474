//! Certificates as SAML uses them: as containers of public keys.
//!
//! The issuer of a certificate is irrelevant. A certificate is trusted because it is configured, and only its key
//! counts; names and dates are for display (and for the policy that rejects expired certificates).

mod bundle;
mod der_kind;
mod ec;
mod label;
mod public_key;
mod published;
mod rsa;
mod signature_algorithm;
mod text;

use aws_lc_rs::digest;
use jiff::Timestamp;
use x509_parser::certificate::{Validity, X509Certificate};
use x509_parser::prelude::FromDer;
use x509_parser::x509::X509Name;

pub use self::bundle::CertificateBundle;
pub use self::ec::Curve;
pub use self::public_key::{KeyType, PublicKey, PublicKeyError, VerifyError};
pub use self::signature_algorithm::{AlgorithmError, Sha1Exception, SignatureAlgorithm};
pub use self::text::CertificateTextError;
pub(crate) use self::{der_kind::DerKind, text::clean as clean_text};
use crate::der::{self, DerReader};
use crate::pem;
use crate::xs_date_time::saturating_from_second;

/// An X.509 certificate.
///
/// Parsed leniently on purpose: its own signature, its extensions and its serial number are ignored, because identity
/// providers use self-signed certificates and nothing relies on those fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    der: Vec<u8>,
    sha256: String,
    subject: String,
    issuer: String,
    not_before: Timestamp,
    not_after: Timestamp,
    is_signed_with_sha1: bool,
    public_key: PublicKey,
}

/// Why a certificate is not accepted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CertificateError {
    #[error("the bytes do not have the structure of a certificate")]
    Malformed,
    #[error("the certificate's validity dates cannot be read")]
    Validity,
    #[error(transparent)]
    Key(PublicKeyError),
}

/// In octets; real certificates have one or two kilobytes.
const MAX_CERTIFICATE_LENGTH: usize = 64 * 1024;
/// The encoded identifiers of RSA with SHA-1 and ECDSA with SHA-1 (RFC 3279 2.2).
const SHA1_SIGNATURE_OIDS: [&[u8]; 2] = [
    &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x05],
    &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x01],
];

impl Certificate {
    pub fn from_der(bytes: &[u8]) -> Result<Self, CertificateError> {
        let fields = CertificateFields::parse(bytes).ok_or(CertificateError::Malformed)?;
        let (_, validity) =
            Validity::from_der(fields.validity).map_err(|_| CertificateError::Validity)?;
        let public_key = PublicKey::from_spki(fields.spki).map_err(CertificateError::Key)?;
        Ok(Self {
            der: bytes.to_vec(),
            sha256: sha256(bytes),
            subject: distinguished_name(fields.subject),
            issuer: distinguished_name(fields.issuer),
            not_before: saturating_from_second(validity.not_before.timestamp()),
            not_after: saturating_from_second(validity.not_after.timestamp()),
            is_signed_with_sha1: SHA1_SIGNATURE_OIDS.contains(&fields.signature_algorithm),
            public_key,
        })
    }

    pub fn der(&self) -> &[u8] {
        &self.der
    }

    pub fn pem(&self) -> String {
        pem::write("CERTIFICATE", &self.der)
    }

    /// The DER form in base64 without line breaks, as in metadata.
    pub fn base64(&self) -> String {
        base64_simd::STANDARD.encode_to_string(&self.der)
    }

    /// The SHA-256 fingerprint in lower-case hexadecimal.
    pub fn sha256(&self) -> String {
        self.sha256.clone()
    }

    /// The distinguished name, for display.
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// The distinguished name, for display.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// The first valid second.
    pub const fn not_before(&self) -> Timestamp {
        self.not_before
    }

    /// The last valid second; [`Timestamp::MAX`] for the end of the year 9999, which means "never".
    pub const fn not_after(&self) -> Timestamp {
        self.not_after
    }

    /// Whether the last valid second has passed.
    pub fn is_expired_at(&self, now: Timestamp) -> bool {
        now.as_second() > self.not_after.as_second()
    }

    /// Whether the certificate's own signature uses SHA-1.
    ///
    /// That signature is never checked, but the identity provider may sign messages with SHA-1 too.
    pub const fn is_signed_with_sha1(&self) -> bool {
        self.is_signed_with_sha1
    }

    /// Whether the certificate says that it belongs to a certificate authority. Self-signed certificates often do.
    pub fn is_authority(&self) -> bool {
        X509Certificate::from_der(&self.der).is_ok_and(|(_, certificate)| certificate.is_ca())
    }

    pub const fn public_key(&self) -> &PublicKey {
        &self.public_key
    }

    pub fn has_same_key(&self, other: &Self) -> bool {
        self.public_key == other.public_key
    }
}

/// The DER encodings of the parts of a certificate that we use.
struct CertificateFields<'b> {
    issuer: &'b [u8],
    validity: &'b [u8],
    subject: &'b [u8],
    spki: &'b [u8],
    /// Of the signature on the certificate; empty if it cannot be parsed.
    signature_algorithm: &'b [u8],
}

impl<'b> CertificateFields<'b> {
    /// Parses `Certificate` and `TBSCertificate` (RFC 5280 4.1) up to the key.
    fn parse(bytes: &'b [u8]) -> Option<Self> {
        if bytes.len() > MAX_CERTIFICATE_LENGTH {
            return None;
        }
        let mut outer = DerReader::new(bytes);
        let mut certificate = outer.enter(der::SEQUENCE)?;
        let mut tbs = certificate.enter(der::SEQUENCE)?;
        let algorithm = certificate.expect(der::SEQUENCE)?;
        certificate.expect(der::BIT_STRING)?;
        if !outer.is_at_end() || !certificate.is_at_end() {
            return None;
        }
        // Version 1 certificates have no version field.
        let _version = tbs.expect(der::CONTEXT_0);
        tbs.expect(der::INTEGER)?;
        tbs.expect(der::SEQUENCE)?;
        Some(Self {
            issuer: tbs.expect(der::SEQUENCE)?.encoded,
            validity: tbs.expect(der::SEQUENCE)?.encoded,
            subject: tbs.expect(der::SEQUENCE)?.encoded,
            spki: tbs.expect(der::SEQUENCE)?.encoded,
            signature_algorithm: DerReader::new(algorithm.value)
                .expect(der::OBJECT_IDENTIFIER)
                .map_or(&[], |identifier| identifier.value),
        })
    }
}

/// A distinguished name for display; empty if it cannot be parsed, which does not affect the key.
fn distinguished_name(der: &[u8]) -> String {
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
    /// The identifier that logs, docs and support requests share. Never changes.
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
