//! Character classes (XML 1.0 fifth edition, 2.2 and 2.3).

/// ASCII name characters without the colon.
const NAME: u8 = 1;
/// ASCII name start characters without the colon.
const NAME_START: u8 = 2;
/// Ends a run of plain text: markup, a reference, the first octet of a forbidden character, `]`, or `>`.
const TEXT_STOP: u8 = 4;
/// Ends a run of plain attribute value, for both kinds of quotes.
const VALUE_STOP: u8 = 8;

static CLASS: [u8; 256] = classes();

#[expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "evaluated by the compiler alone"
)]
#[expect(
    clippy::as_conversions,
    reason = "conversions in constants have no other form"
)]
const fn classes() -> [u8; 256] {
    let mut table = [0; 256];
    let mut octet = 0_usize;
    while octet < 256 {
        let byte = octet as u8;
        let start = byte.is_ascii_alphabetic() || byte == b'_';
        if start {
            table[octet] |= NAME_START;
        }
        if start || byte.is_ascii_digit() || byte == b'-' || byte == b'.' {
            table[octet] |= NAME;
        }
        // U+FFFE and U+FFFF begin with 0xEF in UTF-8, and are the only forbidden characters above U+001F.
        let control = byte < 0x20 && byte != b'\t' && byte != b'\n';
        if control || matches!(byte, b'<' | b'>' | b'&' | b']' | 0xEF) {
            table[octet] |= TEXT_STOP;
        }
        if byte < 0x20 || matches!(byte, b'<' | b'&' | b'"' | b'\'' | 0xEF) {
            table[octet] |= VALUE_STOP;
        }
        octet += 1;
    }
    table
}

fn has(byte: u8, class: u8) -> bool {
    CLASS
        .get(usize::from(byte))
        .is_none_or(|found| found & class != 0)
}

/// Whether `byte` ends a run of plain text.
pub(super) fn stops_text(byte: u8) -> bool {
    has(byte, TEXT_STOP)
}

/// Whether none of the octets ends a run of plain text; without branches, so that it is vectorized.
pub(super) fn is_plain_text(bytes: &[u8]) -> bool {
    !any(bytes, |byte| {
        ((byte < 0x20) & (byte != b'\t') & (byte != b'\n'))
            | matches!(byte, b'<' | b'>' | b'&' | b']' | 0xEF)
    })
}

/// Like [`is_plain_text`], for an attribute's value without its quotes.
pub(super) fn is_plain_value(bytes: &[u8]) -> bool {
    !any(bytes, |byte| {
        (byte < 0x20) | matches!(byte, b'<' | b'&' | 0xEF)
    })
}

/// Whether all text and values of a document are plain.
pub(super) fn is_plain_document(document: &str) -> bool {
    let bytes = document.as_bytes();
    let lowest = bytes.iter().copied().fold(u8::MAX, u8::min);
    lowest >= 0x20 && memchr::memchr3(b'&', b']', 0xEF, bytes).is_none()
}

#[inline]
fn any(bytes: &[u8], is_match: impl Fn(u8) -> bool) -> bool {
    bytes
        .iter()
        .fold(false, |found, &byte| found | is_match(byte))
}

/// Whether `byte` ends a run of plain attribute value.
pub(super) fn stops_value(byte: u8) -> bool {
    has(byte, VALUE_STOP)
}

/// Production 3.
pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

/// Production 2.
pub(super) fn is_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// The length of the name without a colon at the start of `text` (Namespaces in XML 1.0, production 4).
pub(super) fn ncname_length(text: &str) -> usize {
    let ascii = ascii_name_length(text.as_bytes());
    if text.as_bytes().get(ascii).is_none_or(u8::is_ascii) {
        return ascii;
    }
    let mut begun = false;
    text.char_indices()
        .find(|&(_, c)| {
            let allowed = if begun {
                is_name_char(c)
            } else {
                is_name_start(c)
            };
            begun = true;
            !allowed
        })
        .map_or(text.len(), |(end, _)| end)
}

/// Whether `text` is a name without a colon.
pub(crate) fn is_ncname(text: &str) -> bool {
    !text.is_empty() && ncname_length(text) == text.len()
}

/// Whether `text` may be the ID of a message or an assertion: a name without a colon, which may also begin with a digit.
///
/// IDs are compared octet by octet, so nothing depends on how they begin, and many identity providers use digits.
pub(crate) fn is_message_id(text: &str) -> bool {
    is_ncname(text.trim_start_matches(|c: char| c.is_ascii_digit()))
        || text.starts_with(|c: char| c.is_ascii_digit()) && text.chars().all(is_name_char)
}

/// The text without white space of XML around it.
pub(crate) fn trim(text: &str) -> &str {
    text.trim_matches([' ', '\t', '\n', '\r'])
}

fn ascii_name_length(bytes: &[u8]) -> usize {
    match bytes.first() {
        Some(&first) if has(first, NAME_START) => bytes
            .iter()
            .position(|&byte| !has(byte, NAME))
            .unwrap_or(bytes.len()),
        _ => 0,
    }
}

fn is_name_start(c: char) -> bool {
    matches!(c,
        'A'..='Z' | '_' | 'a'..='z' | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{2ff}'
        | '\u{370}'..='\u{37d}' | '\u{37f}'..='\u{1fff}' | '\u{200c}'..='\u{200d}' | '\u{2070}'..='\u{218f}'
        | '\u{2c00}'..='\u{2fef}' | '\u{3001}'..='\u{d7ff}' | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fffd}'
        | '\u{10000}'..='\u{effff}')
}

fn is_name_char(c: char) -> bool {
    is_name_start(c)
        || matches!(c, '-' | '.' | '0'..='9' | '\u{b7}' | '\u{300}'..='\u{36f}' | '\u{203f}'..='\u{2040}')
}
