use super::{PasteError, markup, secret, text_encoding, unwrap};
use crate::certificate::Certificate;
use crate::certificate_text::{CertificateBundle, DerKind, clean};

/// A text that an administrator gave, without what copying, saving and sending did to it.
///
/// Everything reads this text and nothing else, and this text is what is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TidyText(String);

/// How often something may be wrapped in an encoding.
const MAX_LAYERS: usize = 6;
/// In octets. A federation's metadata is streamed instead ([`crate::metadata::MetadataStream`]).
const MAX_INPUT_LENGTH: usize = 16 << 20;

impl TidyText {
    /// Undoes encodings (UTF-16, Latin-1, HTML, JSON, base64, quoted-printable, percent-encoding), quotation marks, and
    /// sentences in front of metadata. A certificate in DER becomes PEM. `charset` is that of an HTTP answer.
    ///
    /// # Errors
    ///
    /// The input is not text, too large, or a private key.
    pub fn new(input: &[u8], charset: Option<&str>) -> Result<Self, PasteError> {
        if input.len() > MAX_INPUT_LENGTH {
            return Err(PasteError::TooLarge);
        }
        if DerKind::detect(input).is_some() {
            return Self::from_der(input);
        }
        let text = text_encoding::decode(input, charset).ok_or(PasteError::Unrecognized)?;
        Self::from_text(&text)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the text is XML or another markup language.
    pub(super) fn is_markup(&self) -> bool {
        self.0.starts_with('<')
    }

    fn from_der(input: &[u8]) -> Result<Self, PasteError> {
        let bundle = CertificateBundle::from_der(input)?;
        let all = bundle.end_entities.iter().chain(&bundle.issuers);
        Ok(Self(all.map(Certificate::pem).collect()))
    }

    fn from_text(text: &str) -> Result<Self, PasteError> {
        let mut text = trim(text).to_owned();
        for _ in 0..MAX_LAYERS {
            // Takes precedence over all other content: a text with a private key must not be stored.
            if secret::has_private_key(&text) {
                return Err(PasteError::PrivateKey);
            }
            if is_web_page(&text) {
                return Ok(Self(text));
            }
            match unwrap::unwrap_once(&text) {
                Some(inner) => text = trim(&inner).to_owned(),
                None => break,
            }
        }
        if secret::has_private_key(&text) {
            return Err(PasteError::PrivateKey);
        }
        if markup::metadata_root(&text).is_some() {
            let metadata = markup::without_encoding(markup::without_surroundings(&text));
            return Ok(Self(markup::with_plain_tags(&metadata)));
        }
        if text.starts_with('<') {
            return Ok(Self(markup::with_plain_tags(&markup::without_encoding(
                &text,
            ))));
        }
        let text = clean(&text.replace("\r\n", "\n"));
        Ok(Self(trim(&text).to_owned()))
    }
}

/// Whether the text begins like HTML. What a web page shows is not necessarily what its reader wants.
pub(super) fn is_web_page(text: &str) -> bool {
    let begins_with = |word: &str| {
        let beginning = text.get(..word.len());
        beginning.is_some_and(|beginning| beginning.eq_ignore_ascii_case(word))
    };
    begins_with("<!doctype html") || begins_with("<html")
}

/// Without white space, invisible characters, quotation marks, and the fences of code around the text.
fn trim(text: &str) -> &str {
    const QUOTATION_MARKS: &str = "\"'`\u{201c}\u{201d}\u{201e}\u{2018}\u{2019}\u{ab}\u{bb}";
    let is_edge = |character: char| {
        character.is_whitespace()
            || is_invisible(character)
            || QUOTATION_MARKS.contains(character)
            || character == ','
    };
    let text = without_semicolon(text.trim_matches(is_edge)).trim_matches(is_edge);
    // The language after the fence of code: ```xml
    ["xml", "pem", "text", "txt", "html", "json"]
        .iter()
        .find_map(|language| text.strip_prefix(language)?.strip_prefix(['\n', '\r']))
        .map_or(text, |text| text.trim_matches(is_edge))
}

/// Without the end of a statement of program code. A reference of HTML ends with a semicolon too.
fn without_semicolon(text: &str) -> &str {
    const MAX_REFERENCE_LENGTH: usize = 10;
    let is_reference = || {
        let end = text.bytes().rev().take(MAX_REFERENCE_LENGTH);
        end.take_while(|byte| !byte.is_ascii_whitespace())
            .any(|byte| byte == b'&')
    };
    match text.strip_suffix(';') {
        Some(statement) if !is_reference() => statement,
        _ => text,
    }
}

/// Whether a character has no width.
pub(crate) const fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
    )
}
