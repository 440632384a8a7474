//! Certificates out of whatever an administrator puts into the box.

mod der_kind;
mod error;
mod tidy;

use self::der_kind::DerKind;
pub use self::error::PasteError;
use crate::certificate::Certificate;
use crate::metadata::{IdentityProvider, MetadataError, Reading};
use crate::pem;
use crate::timestamp::Timestamp;

/// What the box held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pasted {
    /// One certificate or several, each once.
    Certificates(Vec<Certificate>),
    /// A whole metadata document, which says more than its certificates.
    Metadata(Box<IdentityProvider>),
}

/// What is looked at, at most: a certificate has two kilobytes, one provider's metadata a hundred.
const MAX_LENGTH: usize = 1 << 20;

impl Pasted {
    /// Reads what was pasted or uploaded.
    ///
    /// PEM with anything around it, base64 in any line lengths, base64 of either, DER, or metadata. What is
    /// something else is named, and a private key is refused before anything else is looked at.
    pub fn read(input: &[u8], now: Timestamp) -> Result<Self, PasteError> {
        if input.len() > MAX_LENGTH {
            return Err(PasteError::TooLarge);
        }
        if let Some(kind) = DerKind::of(input) {
            return from_der(kind, input).map(one);
        }
        from_text(
            &tidy::text(input).ok_or(PasteError::Unrecognised)?,
            now,
            Wrapped::Perhaps,
        )
    }

    /// The certificates, wherever they stood.
    pub fn certificates(&self) -> &[Certificate] {
        match self {
            Self::Certificates(certificates) => certificates,
            Self::Metadata(provider) => &provider.signing_certificates,
        }
    }
}

/// What stands in a text with a private key: PEM, also in the form of an address; OpenPGP; PuTTY; XML Signature's
/// `RSAKeyValue` with its private part; a JSON Web Key with its own (RFC 7517).
///
/// Metadata and other markup around a key are not looked into by [`Pasted::read`].
const SECRETS: &[&[&str]] = &[
    &["PRIVATE KEY-----"],
    &["PRIVATE%20KEY-----"],
    &["PRIVATE+KEY-----"],
    &["PRIVATE KEY BLOCK-----"],
    &["Private-Lines:"],
    &["RSAKeyValue", "<D>"],
    &["\"kty\"", "\"d\""],
];

/// What is secret in a text, wherever in it that stands: a private key, or a file that usually holds one.
///
/// Such a text is neither kept nor shown again nor read any further.
#[must_use]
pub fn secret_in(text: &str, now: Timestamp) -> Option<PasteError> {
    if SECRETS
        .iter()
        .any(|marks| marks.iter().all(|mark| text.contains(mark)))
    {
        return Some(PasteError::PrivateKey);
    }
    Pasted::read(text.as_bytes(), now)
        .err()
        .filter(PasteError::is_secret)
}

/// Whether the text may be base64 of another text; once is enough.
#[derive(Clone, Copy)]
enum Wrapped {
    Perhaps,
    No,
}

fn from_text(text: &str, now: Timestamp, wrapped: Wrapped) -> Result<Pasted, PasteError> {
    let text = text.trim();
    let blocks = pem::blocks(text);
    if is_web_page(text) {
        // It may show a certificate, which is not what the page was given for; a secret is named all the same.
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
    from_base64(text, now, wrapped)
}

/// Takes the certificates among the blocks of a PEM text.
fn from_blocks(blocks: &[pem::Block<'_>]) -> Result<Pasted, PasteError> {
    // Whatever else is there: a text with a private key in it is not kept.
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
                    DerKind::of(&der).ok_or(PasteError::Damaged)?,
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
        return Err(other.unwrap_or(PasteError::Unrecognised));
    }
    Ok(distinct(certificates))
}

/// Reads metadata, or the one element that somebody copied out of it.
fn from_markup(text: &str, now: Timestamp) -> Result<Pasted, PasteError> {
    if let Some(base64) = certificate_element(text) {
        return from_base64(base64, now, Wrapped::No);
    }
    match IdentityProvider::read(text.as_bytes(), &Reading::at(now)) {
        Ok(provider) => Ok(Pasted::Metadata(Box::new(provider))),
        Err(MetadataError::ServiceProvider { entity_id }) => {
            Err(PasteError::ServiceProvider { entity_id })
        }
        Err(error) => Err(PasteError::Metadata(error)),
    }
}

/// Whether it is HTML, by how it begins.
fn is_web_page(text: &str) -> bool {
    let begins_with = |word: &str| {
        let beginning = text.get(..word.len());
        beginning.is_some_and(|one| one.eq_ignore_ascii_case(word))
    };
    begins_with("<!doctype html") || begins_with("<html")
}

/// The content of `<ds:X509Certificate>…</ds:X509Certificate>`, whatever the prefix.
fn certificate_element(text: &str) -> Option<&str> {
    let (tag, rest) = text.strip_prefix('<')?.split_once('>')?;
    let name = tag.split_ascii_whitespace().next()?;
    let is_certificate = name.rsplit(':').next()? == "X509Certificate";
    let (content, _) = rest.split_once('<')?;
    is_certificate.then_some(content)
}

fn from_base64(text: &str, now: Timestamp, wrapped: Wrapped) -> Result<Pasted, PasteError> {
    // Whatever is wrong with the rest of the text.
    if let Some(secret) = paragraphs(text).find_map(|paragraph| secret_of(&paragraph)) {
        return Err(secret);
    }
    if let Some(octets) = pem::decode(text) {
        return match (DerKind::of(&octets), wrapped) {
            (Some(kind), _) => from_der(kind, &octets).map(one),
            (None, Wrapped::Perhaps) => from_text(
                &tidy::text(&octets).ok_or(PasteError::Unrecognised)?,
                now,
                Wrapped::No,
            ),
            (None, Wrapped::No) => Err(PasteError::Unrecognised),
        };
    }
    // Several, each from an empty line to the next.
    let several: Option<Vec<_>> = paragraphs(text)
        .map(|paragraph| pem::decode(&paragraph))
        .collect();
    let certificates = several
        .ok_or(PasteError::Unrecognised)?
        .iter()
        .map(|octets| from_der(DerKind::of(octets).ok_or(PasteError::Unrecognised)?, octets))
        .collect::<Result<_, _>>()?;
    Ok(distinct(certificates))
}

fn secret_of(base64: &str) -> Option<PasteError> {
    let octets = pem::decode(base64)?;
    let read = from_der(DerKind::of(&octets)?, &octets);
    read.err().filter(PasteError::is_secret)
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
        DerKind::Other => Err(PasteError::Unrecognised),
    }
}

fn one(certificate: Certificate) -> Pasted {
    Pasted::Certificates(vec![certificate])
}

fn distinct(certificates: Vec<Certificate>) -> Pasted {
    let mut kept: Vec<Certificate> = Vec::new();
    for certificate in certificates {
        if !kept.contains(&certificate) {
            kept.push(certificate);
        }
    }
    Pasted::Certificates(kept)
}

fn is_url(text: &str) -> bool {
    let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
    (lower.starts_with("https://") || lower.starts_with("http://"))
        && !text.contains(char::is_whitespace)
}

/// A SHA-1 or SHA-256 thumbprint in hexadecimal, as consoles show it beside the certificate.
fn is_fingerprint(text: &str) -> bool {
    let digits = text
        .chars()
        .filter(|character| !matches!(character, ':' | ' ' | '\n'));
    let count = digits.clone().count();
    matches!(count, 40 | 64) && digits.clone().all(|digit| digit.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests;
