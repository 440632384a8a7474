use std::borrow::Cow;

use super::{Limits, XmlError, XmlFault, encoding};

/// The text of a document: decoded, without a byte order mark, with normalized line ends (XML 1.0, 2.11 and 4.3.3).
#[derive(Clone, Debug)]
pub struct Source<'b>(Cow<'b, str>);

impl<'b> Source<'b> {
    /// Decodes a document by its byte order mark and its XML declaration: UTF-8, UTF-16, US-ASCII, ISO-8859-1,
    /// ISO-8859-15 or windows-1252.
    ///
    /// # Errors
    ///
    /// The document is too large, or its octets are not in the encoding that it states.
    pub fn new(bytes: &'b [u8], limits: &Limits) -> Result<Self, XmlError> {
        check_length(bytes.len(), limits)?;
        encoding::decode(bytes).map(Self::normalized)
    }

    /// A document that is decoded already, so the encoding that it states does not matter.
    ///
    /// # Errors
    ///
    /// The document is too large.
    pub fn from_text(text: &'b str, limits: &Limits) -> Result<Self, XmlError> {
        check_length(text.len(), limits)?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        Ok(Self::normalized(Cow::Borrowed(text)))
    }

    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }

    fn normalized(text: Cow<'b, str>) -> Self {
        if memchr::memchr(b'\r', text.as_bytes()).is_none() {
            return Self(text);
        }
        Self(Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")))
    }
}

fn check_length(bytes: usize, limits: &Limits) -> Result<(), XmlError> {
    if bytes > limits.bytes {
        return Err(XmlError {
            fault: XmlFault::TooLarge,
            position: limits.bytes,
        });
    }
    Ok(())
}
