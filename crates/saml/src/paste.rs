//! Certificates and metadata from text that an administrator pasted or uploaded.

mod cleanup;
mod der_kind;
mod error;

use jiff::Timestamp;

use self::der_kind::DerKind;
pub use self::error::PasteError;
use crate::certificate::Certificate;
use crate::metadata::{IdentityProvider, MetadataError, MetadataOptions};
use crate::pem;

/// The recognized content of a pasted text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PastedInput {
    /// One or more different certificates.
    Certificates(Vec<Certificate>),
    Metadata(Box<IdentityProvider>),
}

/// In octets: a certificate has about two kilobytes, one provider's metadata about a hundred.
const MAX_INPUT_LENGTH: usize = 1 << 20;

impl PastedInput {
    /// Accepts PEM inside any text, base64 with any line length, base64 of either, DER, and metadata.
    ///
    /// The error names other recognized content. A private key is rejected before anything else is parsed.
    pub fn parse(input: &[u8], now: Timestamp) -> Result<Self, PasteError> {
        if input.len() > MAX_INPUT_LENGTH {
            return Err(PasteError::TooLarge);
        }
        if let Some(kind) = DerKind::detect(input) {
            return from_der(kind, input).map(single);
        }
        from_text(
            &cleanup::clean_text(input).ok_or(PasteError::Unrecognized)?,
            now,
            NestedText::Allowed,
        )
    }

    pub fn certificates(&self) -> &[Certificate] {
        match self {
            Self::Certificates(certificates) => certificates,
            Self::Metadata(provider) => &provider.signing_certificates,
        }
    }
}

/// The marks of a private key: PEM, also percent-encoded; OpenPGP; PuTTY; XML Signature's `RSAKeyValue` with its
/// private part; a private JSON Web Key (RFC 7517).
///
/// [`PastedInput::parse`] does not search metadata and other markup for keys.
const SECRET_MARKS: &[&[&str]] = &[
    &["PRIVATE KEY-----"],
    &["PRIVATE%20KEY-----"],
    &["PRIVATE+KEY-----"],
    &["PRIVATE KEY BLOCK-----"],
    &["Private-Lines:"],
    &["RSAKeyValue", "<D>"],
    &["\"kty\"", "\"d\""],
];

/// Finds a private key anywhere in a text, or a file format that usually holds one.
///
/// Such a text must not be stored or shown.
#[must_use]
pub fn find_secret(text: &str, now: Timestamp) -> Option<PasteError> {
    if SECRET_MARKS
        .iter()
        .any(|marks| marks.iter().all(|mark| text.contains(mark)))
    {
        return Some(PasteError::PrivateKey);
    }
    PastedInput::parse(text.as_bytes(), now)
        .err()
        .filter(PasteError::is_secret)
}

/// Whether the text may be base64 of another text, which is unwrapped only once.
#[derive(Clone, Copy)]
enum NestedText {
    Allowed,
    Rejected,
}

fn from_text(text: &str, now: Timestamp, nested: NestedText) -> Result<PastedInput, PasteError> {
    let text = text.trim();
    let blocks = pem::blocks(text);
    if is_web_page(text) {
        // A certificate on a web page is not necessarily the right one, so only secrets are reported.
        let secret = from_blocks(&blocks).err().filter(PasteError::is_secret);
        return Err(secret.unwrap_or(PasteError::WebPage));
    }
    if !blocks.is_empty() {
        return from_blocks(&blocks);
    }
    if text.is_empty() {
        return Err(PasteError::Empty);
    }
    if text.starts_with('<') {
        return from_markup(text, now);
    }
    if is_url(text) {
        return Err(PasteError::Url);
    }
    if is_fingerprint(text) {
        return Err(PasteError::Fingerprint);
    }
    from_base64(text, now, nested)
}

fn from_blocks(blocks: &[pem::Block<'_>]) -> Result<PastedInput, PasteError> {
    // Takes precedence over all other content: a text with a private key must not be stored.
    if blocks
        .iter()
        .any(|block| block.label.ends_with("PRIVATE KEY"))
    {
        return Err(PasteError::PrivateKey);
    }
    let mut certificates = Vec::new();
    let mut other = None;
    for block in blocks {
        match block.label {
            "CERTIFICATE" | "X509 CERTIFICATE" | "TRUSTED CERTIFICATE" => {
                let der = pem::decode(block.body).ok_or(PasteError::Damaged)?;
                certificates.push(from_der(
                    DerKind::detect(&der).ok_or(PasteError::Damaged)?,
                    &der,
                )?);
            }
            "CERTIFICATE REQUEST" | "NEW CERTIFICATE REQUEST" => {
                other = Some(PasteError::CertificateRequest);
            }
            "PUBLIC KEY" | "RSA PUBLIC KEY" => other = Some(PasteError::PublicKey),
            "PKCS7" | "PKCS #7 SIGNED DATA" | "CMS" => other = Some(PasteError::Pkcs7),
            _ => {}
        }
    }
    if certificates.is_empty() {
        return Err(other.unwrap_or(PasteError::Unrecognized));
    }
    Ok(without_duplicates(certificates))
}

/// Parses metadata, or a single `X509Certificate` element copied from it.
fn from_markup(text: &str, now: Timestamp) -> Result<PastedInput, PasteError> {
    if let Some(base64) = certificate_element(text) {
        return from_base64(base64, now, NestedText::Rejected);
    }
    match IdentityProvider::parse(text.as_bytes(), &MetadataOptions::new(now)) {
        Ok(provider) => Ok(PastedInput::Metadata(Box::new(provider))),
        Err(MetadataError::ServiceProvider { entity_id }) => {
            Err(PasteError::ServiceProvider { entity_id })
        }
        Err(error) => Err(PasteError::Metadata(error)),
    }
}

/// Whether the text begins like HTML.
fn is_web_page(text: &str) -> bool {
    let begins_with = |word: &str| {
        let beginning = text.get(..word.len());
        beginning.is_some_and(|beginning| beginning.eq_ignore_ascii_case(word))
    };
    begins_with("<!doctype html") || begins_with("<html")
}

/// The content of `<ds:X509Certificate>…</ds:X509Certificate>`, with any prefix.
fn certificate_element(text: &str) -> Option<&str> {
    let (tag, rest) = text.strip_prefix('<')?.split_once('>')?;
    let name = tag.split_ascii_whitespace().next()?;
    let is_certificate = name.rsplit(':').next()? == "X509Certificate";
    let (content, _) = rest.split_once('<')?;
    is_certificate.then_some(content)
}

fn from_base64(text: &str, now: Timestamp, nested: NestedText) -> Result<PastedInput, PasteError> {
    // A secret takes precedence over errors in the rest of the text.
    if let Some(secret) = paragraphs(text).find_map(|paragraph| find_encoded_secret(&paragraph)) {
        return Err(secret);
    }
    if let Some(octets) = pem::decode(text) {
        return match (DerKind::detect(&octets), nested) {
            (Some(kind), _) => from_der(kind, &octets).map(single),
            (None, NestedText::Allowed) => from_text(
                &cleanup::clean_text(&octets).ok_or(PasteError::Unrecognized)?,
                now,
                NestedText::Rejected,
            ),
            (None, NestedText::Rejected) => Err(PasteError::Unrecognized),
        };
    }
    // Several certificates, separated by empty lines.
    let several: Option<Vec<_>> = paragraphs(text)
        .map(|paragraph| pem::decode(&paragraph))
        .collect();
    let certificates = several
        .ok_or(PasteError::Unrecognized)?
        .iter()
        .map(|octets| {
            from_der(
                DerKind::detect(octets).ok_or(PasteError::Unrecognized)?,
                octets,
            )
        })
        .collect::<Result<_, _>>()?;
    Ok(without_duplicates(certificates))
}

fn find_encoded_secret(base64: &str) -> Option<PasteError> {
    let octets = pem::decode(base64)?;
    from_der(DerKind::detect(&octets)?, &octets)
        .err()
        .filter(PasteError::is_secret)
}

fn paragraphs(text: &str) -> impl Iterator<Item = String> {
    let mut lines = text.lines().peekable();
    std::iter::from_fn(move || {
        while lines.next_if(|line| line.trim().is_empty()).is_some() {}
        lines.peek()?;
        Some(std::iter::from_fn(|| lines.next_if(|line| !line.trim().is_empty())).collect())
    })
}

fn from_der(kind: DerKind, octets: &[u8]) -> Result<Certificate, PasteError> {
    match kind {
        DerKind::Certificate => Certificate::from_der(octets).map_err(PasteError::Certificate),
        DerKind::PrivateKey => Err(PasteError::PrivateKey),
        DerKind::CertificateRequest => Err(PasteError::CertificateRequest),
        DerKind::PublicKey => Err(PasteError::PublicKey),
        DerKind::Pkcs7 => Err(PasteError::Pkcs7),
        DerKind::Pkcs12 => Err(PasteError::Pkcs12),
        DerKind::Truncated => Err(PasteError::Damaged),
        DerKind::Other => Err(PasteError::Unrecognized),
    }
}

fn single(certificate: Certificate) -> PastedInput {
    PastedInput::Certificates(vec![certificate])
}

fn without_duplicates(certificates: Vec<Certificate>) -> PastedInput {
    let mut unique: Vec<Certificate> = Vec::new();
    for certificate in certificates {
        if !unique.contains(&certificate) {
            unique.push(certificate);
        }
    }
    PastedInput::Certificates(unique)
}

fn is_url(text: &str) -> bool {
    let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
    (lower.starts_with("https://") || lower.starts_with("http://"))
        && !text.contains(char::is_whitespace)
}

/// A SHA-1 or SHA-256 thumbprint in hexadecimal, as admin consoles show it.
fn is_fingerprint(text: &str) -> bool {
    let digits = text
        .chars()
        .filter(|character| !matches!(character, ':' | ' ' | '\n'));
    let count = digits.clone().count();
    matches!(count, 40 | 64) && digits.clone().all(|digit| digit.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests;
