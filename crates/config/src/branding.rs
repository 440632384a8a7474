//! How the operator's product looks: its colour and its logo.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

/// The most bytes of a logo.
const LARGEST: usize = 256 * 1024;

/// A colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Color {
    /// Red, green and blue.
    pub channels: [u8; 3],
}

impl Color {
    /// Reads `#rrggbb`; nothing when it is something else.
    pub fn read(written: &str) -> Option<Self> {
        let digits = written.strip_prefix('#')?;
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

/// A picture that stands for the product.
#[derive(Clone, PartialEq, Eq)]
pub struct Logo {
    /// What kind of picture it is, as browsers name it.
    pub media_type: &'static str,
    /// The file as it is.
    pub bytes: Arc<[u8]>,
}

impl Logo {
    /// Reads the file; the error is what was received instead.
    ///
    /// # Errors
    ///
    /// When the file cannot be read, is too large, or is neither PNG nor SVG.
    pub fn read(file: &Path) -> Result<Self, String> {
        let bytes = std::fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
        if bytes.len() > LARGEST {
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
fn a_colour_has_six_digits() {
    let again = |written| Color::read(written).map(|color| color.to_string());
    assert_eq!(again("#1A2b3c").as_deref(), Some("#1a2b3c"));
    for bad in [
        "1a2b3c",
        "#1a2b3",
        "#1a2b3g",
        "#+a2b3c",
        "red",
        "#1a2b3c4d",
        "",
    ] {
        assert_eq!(again(bad), None, "{bad}");
    }
}

#[test]
fn a_logo_is_known_by_how_it_begins() {
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
