//! Certificates and metadata from text that an administrator pasted or uploaded.

mod encoded_octets;
mod error;
mod key_beginning;
mod markup;
mod secret;
mod text_encoding;
mod tidy;
mod unwrap;

use jiff::Timestamp;

pub use self::error::PasteError;
pub use self::secret::has_private_key;
pub use self::tidy::TidyText;
pub(crate) use self::tidy::is_invisible;
use crate::certificate::Certificate;
use crate::certificate_text::{CertificateBundle, CertificateTextError};
use crate::metadata::{IdentityProvider, MetadataError, MetadataOptions};

/// The recognized content of a pasted text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PastedInput {
    /// One or more different certificates.
    Certificates(CertificateBundle),
    Metadata(Box<IdentityProvider>),
}

/// In octets: a certificate has about two kilobytes, one provider's metadata about a hundred.
const MAX_INPUT_LENGTH: usize = 1 << 20;

impl PastedInput {
    /// Accepts PEM inside any text, base64 with any line length, DER, and metadata, in every form that [`TidyText`]
    /// undoes.
    ///
    /// The error names other recognized content. A private key is rejected before anything else is parsed.
    pub fn parse(input: &[u8], now: Timestamp) -> Result<Self, PasteError> {
        if input.len() > MAX_INPUT_LENGTH {
            return Err(PasteError::TooLarge);
        }
        Self::read(&TidyText::new(input, None)?, &MetadataOptions::new(now))
    }

    /// Reads a text that is tidy already.
    pub fn read(tidy: &TidyText, options: &MetadataOptions<'_>) -> Result<Self, PasteError> {
        let text = tidy.as_str();
        if text.is_empty() {
            return Err(PasteError::Empty);
        }
        if tidy::is_web_page(text) {
            // A certificate on a web page is not necessarily the right one, so only secrets are reported.
            let secret = CertificateBundle::from_text(text)
                .err()
                .filter(CertificateTextError::is_secret);
            return Err(secret.map_or(PasteError::WebPage, PasteError::from));
        }
        if tidy.is_markup() {
            return read_markup(text, options);
        }
        if is_url(text) {
            return Err(PasteError::Url);
        }
        if is_fingerprint(text) {
            return Err(PasteError::Fingerprint);
        }
        Ok(Self::Certificates(CertificateBundle::from_text(text)?))
    }

    /// The certificates whose keys sign messages, and their issuers.
    pub fn into_certificates(self) -> CertificateBundle {
        match self {
            Self::Certificates(bundle) => bundle,
            Self::Metadata(provider) => CertificateBundle {
                end_entities: provider.signing_certificates,
                issuers: Vec::new(),
            },
        }
    }

    /// The certificates whose keys sign messages.
    pub fn certificates(&self) -> &[Certificate] {
        match self {
            Self::Certificates(bundle) => &bundle.end_entities,
            Self::Metadata(provider) => &provider.signing_certificates,
        }
    }
}

/// Finds a private key anywhere in a text, or a file format that usually holds one.
///
/// Such a text must not be stored or shown.
#[must_use]
pub fn find_secret(text: &str, now: Timestamp) -> Option<PasteError> {
    if has_private_key(text) {
        return Some(PasteError::PrivateKey);
    }
    PastedInput::parse(text.as_bytes(), now)
        .err()
        .filter(PasteError::is_secret)
}

/// Whether a file is a private key, or a file format that usually holds one, in any encoding.
///
/// Such a file must not be shown or sent to anyone.
#[must_use]
pub fn is_secret_file(octets: &[u8]) -> bool {
    TidyText::new(octets, None).is_err_and(|error| error.is_secret())
}

/// Reads metadata, or a part of it that has certificates.
fn read_markup(text: &str, options: &MetadataOptions<'_>) -> Result<PastedInput, PasteError> {
    if markup::metadata_root(text).is_none()
        && let Some(certificates) = certificate_elements(text)
    {
        return Ok(PastedInput::Certificates(CertificateBundle::from_text(
            &certificates,
        )?));
    }
    match IdentityProvider::parse(text.as_bytes(), options) {
        Ok(provider) => Ok(PastedInput::Metadata(Box::new(provider))),
        Err(MetadataError::ServiceProvider { entity_id }) => {
            Err(PasteError::ServiceProvider { entity_id })
        }
        Err(error) if error.is_secret() => Err(PasteError::PrivateKey),
        Err(error) => Err(PasteError::Metadata(error)),
    }
}

/// The contents of the `X509Certificate` elements of a `KeyDescriptor` or a smaller part of metadata.
fn certificate_elements(text: &str) -> Option<String> {
    const PARTS: [&str; 4] = ["KeyDescriptor", "KeyInfo", "X509Data", "X509Certificate"];
    let (tag, _) = text.strip_prefix('<')?.split_once('>')?;
    if !PARTS.contains(&local_name(tag)?) {
        return None;
    }
    let mut found = Vec::new();
    for part in text.split('<') {
        if let Some((tag, content)) = part.split_once('>')
            && local_name(tag) == Some("X509Certificate")
            && !tag.starts_with('/')
        {
            found.push(content);
        }
    }
    Some(found.join("\n\n"))
}

fn local_name(tag: &str) -> Option<&str> {
    tag.trim_start_matches('/')
        .split_ascii_whitespace()
        .next()?
        .rsplit(':')
        .next()
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
