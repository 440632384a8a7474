use std::borrow::Cow;

use super::{Limits, XmlError, XmlFault};

/// The text of a document: UTF-8 without a byte order mark, with normalized line ends (XML 1.0, 2.2 and 2.11).
#[derive(Clone, Debug)]
pub struct Source<'b>(Cow<'b, str>);

impl<'b> Source<'b> {
    /// # Errors
    ///
    /// The document is too large or not UTF-8.
    pub fn new(bytes: &'b [u8], limits: &Limits) -> Result<Self, XmlError> {
        if bytes.len() > limits.bytes {
            return Err(XmlError {
                fault: XmlFault::TooLarge,
                position: limits.bytes,
            });
        }
        let text = std::str::from_utf8(bytes).map_err(|error| XmlError {
            fault: XmlFault::NotUtf8,
            position: error.valid_up_to(),
        })?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if memchr::memchr(b'\r', text.as_bytes()).is_none() {
            return Ok(Self(Cow::Borrowed(text)));
        }
        Ok(Self(Cow::Owned(
            text.replace("\r\n", "\n").replace('\r', "\n"),
        )))
    }

    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }
}
