//! Certificates in a text: base64 with or without PEM labels, in the forms that products and people give it.

use super::bundle::CertificateBundle;
use super::der_kind::DerKind;
use super::label::{Label, LabeledBlock, labeled_blocks};
use super::{Certificate, CertificateError};
use crate::der::{self, DerReader};
use crate::pem;

/// Why a text holds no certificates.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CertificateTextError {
    /// A private key, possibly among other content.
    #[error("it contains a private key")]
    PrivateKey,
    /// A PKCS#12 file, which usually contains a private key.
    #[error("it is a PKCS#12 file, which usually contains a private key")]
    Pkcs12,
    #[error("it is a certificate signing request, not a certificate")]
    CertificateRequest,
    #[error("it is only a public key, not a certificate")]
    PublicKey,
    #[error("it is a PKCS#7 bundle without a certificate that can be read")]
    Pkcs7,
    #[error("a part of the certificate is missing")]
    Damaged,
    #[error("it is not a certificate")]
    Unrecognized,
    #[error(transparent)]
    Certificate(CertificateError),
}

impl CertificateTextError {
    /// Whether the text must not be stored or shown.
    #[must_use]
    pub const fn is_secret(&self) -> bool {
        matches!(self, Self::PrivateKey | Self::Pkcs12)
    }

    /// The identifier that logs, docs and support requests share. Never changes.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::PrivateKey => "paste-private-key",
            Self::Pkcs12 => "paste-pkcs12",
            Self::CertificateRequest => "paste-certificate-request",
            Self::PublicKey => "paste-public-key",
            Self::Pkcs7 => "paste-pkcs7",
            Self::Damaged => "paste-damaged",
            Self::Unrecognized => "paste-unrecognized",
            Self::Certificate(error) => error.code(),
        }
    }
}

type Certificates = Result<Vec<Certificate>, CertificateTextError>;

impl CertificateBundle {
    /// Reads PEM blocks inside any text, or else base64 without labels.
    ///
    /// A private key anywhere in the text takes precedence over everything else.
    pub(crate) fn from_text(text: &str) -> Result<Self, CertificateTextError> {
        let text = clean(text);
        let blocks = labeled_blocks(&text);
        let certificates = if blocks.is_empty() {
            from_base64(&text)
        } else {
            from_blocks(&blocks)
        };
        certificates.map(Self::new)
    }

    /// Reads certificates in DER: one, several in a row, or PKCS#7.
    pub(crate) fn from_der(octets: &[u8]) -> Result<Self, CertificateTextError> {
        from_der(octets).map(Self::new)
    }
}

/// Replaces typographic hyphens and blanks by ASCII, and removes invisible characters.
pub(crate) fn clean(text: &str) -> String {
    text.chars().filter_map(to_ascii).collect()
}

const fn to_ascii(character: char) -> Option<char> {
    match character {
        // Hyphens and dashes of every length, and the minus sign.
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => Some('-'),
        // Blanks that are not breaking or of a fixed width.
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => Some(' '),
        '\u{2028}' | '\u{2029}' | '\u{85}' | '\r' => Some('\n'),
        // Invisible characters, including soft hyphens and byte order marks.
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}' => None,
        _ => Some(character),
    }
}

fn from_blocks(blocks: &[LabeledBlock<'_>]) -> Certificates {
    if blocks.iter().any(|block| block.label == Label::PrivateKey) {
        return Err(CertificateTextError::PrivateKey);
    }
    let mut certificates = Vec::new();
    let mut other = None;
    for block in blocks {
        match block.label {
            Label::Certificate | Label::Pkcs7 => {
                match from_base64(block.body) {
                    Err(CertificateTextError::Unrecognized) => {
                        return Err(CertificateTextError::Damaged);
                    }
                    read => certificates.extend(read?),
                };
            }
            Label::CertificateRequest => other = Some(CertificateTextError::CertificateRequest),
            Label::PublicKey => other = Some(CertificateTextError::PublicKey),
            Label::PrivateKey => {}
        }
    }
    if certificates.is_empty() {
        return Err(other.unwrap_or(CertificateTextError::Unrecognized));
    }
    Ok(certificates)
}

/// Reads base64: the whole text, or each of its paragraphs, or each part that ends with padding.
fn from_base64(text: &str) -> Certificates {
    // A secret takes precedence over errors in the rest of the text.
    if let Some(secret) = paragraphs(text).find_map(|paragraph| find_secret(&paragraph)) {
        return Err(secret);
    }
    if let Some(octets) = decode(text) {
        return from_encoded_text(&octets).unwrap_or_else(|| from_der(&octets));
    }
    let padded: Option<Vec<_>> = padded_parts(text).map(|part| decode(&part)).collect();
    let separate: Option<Vec<_>> = paragraphs(text)
        .map(|paragraph| decode(&paragraph))
        .collect();
    let parts = separate
        .or(padded)
        .ok_or(CertificateTextError::Unrecognized)?;
    let mut certificates = Vec::new();
    for octets in parts {
        certificates.extend(from_der(&octets)?);
    }
    if certificates.is_empty() {
        return Err(CertificateTextError::Unrecognized);
    }
    Ok(certificates)
}

/// PEM in base64, which some products publish. The bodies of its blocks cannot be texts again.
fn from_encoded_text(octets: &[u8]) -> Option<Certificates> {
    let text = std::str::from_utf8(octets).ok()?;
    let blocks = labeled_blocks(text);
    let is_nested = |block: &LabeledBlock<'_>| {
        decode(block.body).is_some_and(|octets| DerKind::detect(&octets).is_none())
    };
    (!blocks.is_empty() && !blocks.iter().any(is_nested)).then(|| from_blocks(&blocks))
}

/// Decodes base64 or base64url with any white space and optional padding.
fn decode(text: &str) -> Option<Vec<u8>> {
    let text = text.trim_matches(|edge: char| edge.is_whitespace() || "\"',;".contains(edge));
    pem::decode(&text.replace('-', "+").replace('_', "/")).filter(|octets| !octets.is_empty())
}

fn find_secret(base64: &str) -> Option<CertificateTextError> {
    from_der(&decode(base64)?)
        .err()
        .filter(CertificateTextError::is_secret)
}

fn paragraphs(text: &str) -> impl Iterator<Item = String> {
    let mut lines = text.lines().peekable();
    std::iter::from_fn(move || {
        while lines.next_if(|line| line.trim().is_empty()).is_some() {}
        lines.peek()?;
        Some(std::iter::from_fn(|| lines.next_if(|line| !line.trim().is_empty())).collect())
    })
}

/// The parts of base64 texts that were joined: padding ends each.
fn padded_parts(text: &str) -> impl Iterator<Item = String> {
    let packed: String = text.split_whitespace().collect();
    let mut parts: Vec<String> = Vec::new();
    let mut is_after_padding = true;
    for character in packed.chars() {
        if is_after_padding && character != '=' {
            parts.push(String::new());
        }
        is_after_padding = character == '=';
        if let Some(part) = parts.last_mut() {
            part.push(character);
        }
    }
    parts.into_iter()
}

fn from_der(octets: &[u8]) -> Certificates {
    match DerKind::detect(octets).ok_or(CertificateTextError::Unrecognized)? {
        DerKind::Certificate => from_certificates(octets),
        DerKind::Pkcs7 => from_pkcs7(octets).ok_or(CertificateTextError::Pkcs7)?,
        DerKind::PrivateKey => Err(CertificateTextError::PrivateKey),
        DerKind::Pkcs12 => Err(CertificateTextError::Pkcs12),
        DerKind::CertificateRequest => Err(CertificateTextError::CertificateRequest),
        DerKind::PublicKey => Err(CertificateTextError::PublicKey),
        DerKind::Truncated => Err(CertificateTextError::Damaged),
        DerKind::Other => Err(CertificateTextError::Unrecognized),
    }
}

/// One certificate or several in a row. What follows the first without being a certificate is ignored: OpenSSL's
/// `TRUSTED CERTIFICATE` ends with its trust settings.
fn from_certificates(octets: &[u8]) -> Certificates {
    let mut reader = DerReader::new(octets);
    let mut certificates = Vec::new();
    while let Some(item) = reader.expect(der::SEQUENCE) {
        match Certificate::from_der(item.encoded) {
            Ok(certificate) => certificates.push(certificate),
            Err(error) if certificates.is_empty() => {
                return Err(CertificateTextError::Certificate(error));
            }
            Err(_) => {}
        }
    }
    if certificates.is_empty() {
        return Err(CertificateTextError::Damaged);
    }
    Ok(certificates)
}

/// The certificates of `SignedData` (RFC 2315 9.1), whose signatures do not matter here. None when there is no
/// certificate, or the bundle is not DER.
fn from_pkcs7(octets: &[u8]) -> Option<Certificates> {
    const SET: u8 = 0x31;
    let mut info = DerReader::new(octets).enter(der::SEQUENCE)?;
    info.expect(der::OBJECT_IDENTIFIER)?;
    let mut signed = info.enter(der::CONTEXT_0)?.enter(der::SEQUENCE)?;
    signed.expect(der::INTEGER)?;
    signed.expect(SET)?;
    signed.expect(der::SEQUENCE)?;
    let certificates = signed.expect(der::CONTEXT_0)?;
    (!certificates.value.is_empty()).then(|| from_certificates(certificates.value))
}
