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

#[test]
fn a_color_has_six_digits() {
    let reprinted = |text| Color::parse(text).map(|color| color.to_string());
    assert_eq!(reprinted("#1A2b3c").as_deref(), Some("#1a2b3c"));
    for bad in [
        "1a2b3c",
        "#1a2b3",
        "#1a2b3g",
        "#+a2b3c",
        "red",
        "#1a2b3c4d",
        "",
    ] {
        assert_eq!(reprinted(bad), None, "{bad}");
    }
}

#[test]
fn a_logo_is_recognized_by_its_first_bytes() {
    for (bytes, expected) in [
        (&b"\x89PNG\r\n\x1a\nrest"[..], Some("image/png")),
        (b"<svg xmlns='x'/>", Some("image/svg+xml")),
        (b"<?xml version='1.0'?>\n<svg/>", Some("image/svg+xml")),
        (b"<!-- drawn by hand --><svg/>", Some("image/svg+xml")),
        (b"<html><svg/></html>", None),
        (b"GIF89a", None),
        (b"", None),
    ] {
        assert_eq!(media_type(bytes), expected, "{bytes:?}");
    }
}
