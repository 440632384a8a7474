//! The color and the logo of the operator's product.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

const MAX_LOGO_BYTES: usize = 256 * 1024;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Color {
    /// Red, green and blue.
    pub channels: [u8; 3],
}

impl Color {
    /// Parses `#rrggbb`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        let is_hex = digits.len() == 6 && digits.bytes().all(|one| one.is_ascii_hexdigit());
        let [_, red, green, blue] = u32::from_str_radix(digits, 16)
            .ok()
            .filter(|_| is_hex)?
            .to_be_bytes();
        Some(Self {
            channels: [red, green, blue],
        })
    }
}

impl fmt::Display for Color {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.channels;
        write!(formatter, "#{red:02x}{green:02x}{blue:02x}")
    }
}

/// The logo of the product.
#[derive(Clone, PartialEq, Eq)]
pub struct Logo {
    pub media_type: &'static str,
    pub bytes: Arc<[u8]>,
}

impl Logo {
    /// Reads a PNG or SVG file; the error describes the file.
    pub fn from_file(file: &Path) -> Result<Self, String> {
        let bytes = std::fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
        if bytes.len() > MAX_LOGO_BYTES {
            return Err(format!("{}, {} bytes", file.display(), bytes.len()));
        }
        let media_type = media_type(&bytes)
            .ok_or_else(|| format!("{}, which is neither PNG nor SVG", file.display()))?;
        Ok(Self {
            media_type,
            bytes: bytes.into(),
        })
    }
}

fn media_type(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Some("image/png");
    }
    let text = std::str::from_utf8(bytes).ok()?;
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let is_svg = text.starts_with("<svg")
        || ((text.starts_with("<?xml") || text.starts_with("<!--")) && text.contains("<svg"));
    is_svg.then_some("image/svg+xml")
}

impl fmt::Debug for Logo {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}, {} bytes", self.media_type, self.bytes.len())
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[test]
    fn a_color_is_printed_in_lowercase() {
        assert_eq!(Color::parse("#1A2b3c").unwrap().to_string(), "#1a2b3c");
    }

    #[rstest]
    fn a_color_has_six_digits(
        #[values("1a2b3c", "#1a2b3", "#1a2b3g", "#+a2b3c", "red", "#1a2b3c4d", "")] text: &str,
    ) {
        assert!(Color::parse(text).is_none());
    }

    #[rstest]
    #[case::png(&b"\x89PNG\r\n\x1a\nrest"[..], Some("image/png"))]
    #[case::svg(b"<svg xmlns='x'/>", Some("image/svg+xml"))]
    #[case::svg_after_declaration(b"<?xml version='1.0'?>\n<svg/>", Some("image/svg+xml"))]
    #[case::svg_after_comment(b"<!-- drawn by hand --><svg/>", Some("image/svg+xml"))]
    #[case::html(b"<html><svg/></html>", None)]
    #[case::gif(b"GIF89a", None)]
    #[case::empty(b"", None)]
    fn a_logo_is_recognized_by_its_first_bytes(
        #[case] bytes: &[u8],
        #[case] expected: Option<&str>,
    ) {
        assert_eq!(media_type(bytes), expected);
    }
}
