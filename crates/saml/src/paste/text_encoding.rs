use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::xml::declared_encoding;

/// Decodes octets to text. Text that is correct UTF-8 is UTF-8, whatever is declared: editors, clipboards and programs
/// convert a document without changing its declaration.
///
/// In this order: the byte order mark, UTF-16 by its zero octets, UTF-8, the `charset` of the HTTP answer, the XML
/// declaration, and Windows' Latin-1. None for octets that are not text.
pub(super) fn decode(octets: &[u8], charset: Option<&str>) -> Option<String> {
    if let Some((encoding, length)) = Encoding::for_bom(octets) {
        return decode_as(encoding, octets.get(length..)?);
    }
    if let Some(encoding) = utf16_by_zeros(octets) {
        return decode_as(encoding, octets);
    }
    if let Some(text) = decode_as(UTF_8, octets) {
        return Some(text);
    }
    let declared = charset
        .and_then(|label| Encoding::for_label(label.trim().as_bytes()))
        .or_else(|| Encoding::for_label(declared_encoding(octets.trim_ascii_start())?.as_bytes()))
        // A declaration that can be read in octets that are not UTF-8 is neither UTF-8 nor UTF-16.
        .filter(|encoding| encoding.is_ascii_compatible() && *encoding != UTF_8);
    match declared {
        Some(encoding) => decode_as(encoding, octets),
        None => decode_as(WINDOWS_1252, octets),
    }
}

fn decode_as(encoding: &'static Encoding, octets: &[u8]) -> Option<String> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(octets)?;
    let is_text = |character: char| !character.is_control() || character.is_whitespace();
    text.chars().all(is_text).then(|| text.into_owned())
}

/// UTF-16 without a byte order mark: every second octet of its ASCII characters is zero.
fn utf16_by_zeros(octets: &[u8]) -> Option<&'static Encoding> {
    match octets {
        [0, first, 0, second, ..] if *first != 0 && *second != 0 => Some(UTF_16BE),
        [first, 0, second, 0, ..] if *first != 0 && *second != 0 => Some(UTF_16LE),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::utf8("é".as_bytes())]
    #[case::utf8_with_mark(b"\xef\xbb\xbf\xc3\xa9")]
    #[case::utf16_little_endian(b"\xff\xfe\xe9\0")]
    #[case::utf16_big_endian(b"\xfe\xff\0\xe9")]
    #[case::latin1(b"\xe9")]
    fn text_is_decoded(#[case] octets: &[u8]) {
        assert_eq!(decode(octets, None).as_deref(), Some("é"));
    }

    #[rstest]
    #[case::charset(b"\xb9", Some("iso-8859-2"), "š")]
    #[case::charset_wrong(b"\xc3\xa9", Some("iso-8859-1"), "é")]
    #[case::charset_utf8_wrong(b"\xe9", Some("utf-8"), "é")]
    #[case::declaration(
        b"<?xml version='1.0' encoding='windows-1251'?>\xe9",
        None,
        "<?xml version='1.0' encoding='windows-1251'?>й"
    )]
    #[case::utf16_without_mark(b"<\0a\0>\0", None, "<a>")]
    fn the_encoding_is_found(
        #[case] octets: &[u8],
        #[case] charset: Option<&str>,
        #[case] text: &str,
    ) {
        assert_eq!(decode(octets, charset).as_deref(), Some(text));
    }

    #[rstest]
    #[case::zeros(&[0; 20])]
    #[case::control_characters(b"\x01\x02\x03\xff")]
    fn octets_that_are_not_text_are_rejected(#[case] octets: &[u8]) {
        assert_eq!(decode(octets, None), None);
    }
}
