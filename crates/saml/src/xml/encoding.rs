//! Decodes a document to text, once, by its byte order mark and its XML declaration (XML 1.0, 4.3.3 and appendix F).
//!
//! Everything that follows works on the decoded text: canonical XML is UTF-8 whatever the document was encoded in, so a
//! signature covers the same characters that are read.

use std::borrow::Cow;

use encoding_rs::{ISO_8859_15, WINDOWS_1252};

use super::{XmlError, XmlFault, chars};

/// An encoding that a document may be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Encoding {
    Utf8,
    Utf16(ByteOrder),
    UsAscii,
    /// ISO-8859-1, where each octet is the code point.
    Latin1,
    /// ISO-8859-15, which differs from ISO-8859-1 in eight characters.
    Latin9,
    Windows1252,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ByteOrder {
    Little,
    Big,
}

/// What the first octets say about the encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Beginning {
    /// A byte order mark, with its length.
    Marked(Encoding, usize),
    /// UTF-16 without a byte order mark.
    Utf16(ByteOrder),
    /// ASCII, or an encoding in which an XML declaration has the octets of ASCII.
    Ascii,
}

/// A longer XML declaration is not looked at.
const MAX_DECLARATION_LENGTH: usize = 512;

const NOT_SUPPORTED: XmlFault = XmlFault::Encoding(
    "the XML declaration names an encoding that is not supported; send the document in UTF-8",
);
const NOT_UTF16: XmlFault = XmlFault::Encoding(
    "the XML declaration says that the document is in UTF-16, and its bytes are not",
);
const IS_UTF16: XmlFault =
    XmlFault::Encoding("the document is in UTF-16, and its XML declaration names another encoding");
const IS_UTF8: XmlFault = XmlFault::Encoding(
    "the document begins with the byte order mark of UTF-8, and its XML declaration names another encoding",
);
const BROKEN_UTF16: XmlFault = XmlFault::Encoding("the bytes of the document are not valid UTF-16");
const NOT_ASCII: XmlFault = XmlFault::Encoding(
    "the XML declaration says that the document is in US-ASCII, and it has bytes that US-ASCII does not have",
);
const NOT_WINDOWS1252: XmlFault = XmlFault::Encoding(
    "the XML declaration says that the document is in windows-1252, and it has bytes that windows-1252 does not define",
);

/// The text of the document, without a byte order mark.
///
/// # Errors
///
/// The octets are not what the byte order mark and the declaration say, or the encoding is not supported.
pub(crate) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, XmlError> {
    let beginning = Beginning::detect(bytes);
    let declared = beginning.declared_encoding(bytes);
    let encoding = beginning
        .encoding(declared.as_deref())
        .map_err(|fault| XmlError { fault, position: 0 })?;
    let mark = match beginning {
        Beginning::Marked(_, length) => length,
        Beginning::Utf16(_) | Beginning::Ascii => 0,
    };
    encoding.decode(bytes.get(mark..).unwrap_or_default(), mark)
}

/// The encoding that the XML declaration of a document in ASCII octets names, in lower case.
pub(crate) fn declared_encoding(bytes: &[u8]) -> Option<String> {
    Beginning::Ascii.declared_encoding(bytes)
}

impl Beginning {
    fn detect(bytes: &[u8]) -> Self {
        match bytes {
            [0xef, 0xbb, 0xbf, ..] => Self::Marked(Encoding::Utf8, 3),
            [0xff, 0xfe, ..] => Self::Marked(Encoding::Utf16(ByteOrder::Little), 2),
            [0xfe, 0xff, ..] => Self::Marked(Encoding::Utf16(ByteOrder::Big), 2),
            [b'<', 0, _, 0, ..] => Self::Utf16(ByteOrder::Little),
            [0, b'<', 0, _, ..] => Self::Utf16(ByteOrder::Big),
            _ => Self::Ascii,
        }
    }

    /// The encoding that the XML declaration names, in lower case. The parser checks the form of the declaration later.
    fn declared_encoding(self, bytes: &[u8]) -> Option<String> {
        let bytes = bytes.get(..MAX_DECLARATION_LENGTH).unwrap_or(bytes);
        let is_wide = matches!(self, Self::Utf16(_) | Self::Marked(Encoding::Utf16(_), _));
        if !is_wide {
            // Most messages have no declaration.
            let mut ascii = bytes.iter().skip_while(|byte| !byte.is_ascii());
            if !b"<?xml"
                .iter()
                .all(|expected| ascii.next() == Some(expected))
            {
                return None;
            }
        }
        // The name is ASCII, so the other octets of UTF-16 are zeros.
        let ascii: String = bytes
            .iter()
            .filter(|byte| !is_wide || **byte != 0)
            .map(|byte| char::from(*byte))
            .collect();
        let declaration = ascii.split_once("<?xml")?;
        if !declaration.0.chars().all(|c| !c.is_ascii()) {
            return None;
        }
        let (declaration, _) = declaration.1.split_once("?>")?;
        let (before, rest) = declaration.split_once("encoding")?;
        if !before.ends_with(is_space) {
            return None;
        }
        let rest = rest.trim_start_matches(is_space).strip_prefix('=')?;
        let rest = rest.trim_start_matches(is_space);
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (name, _) = rest.get(1..)?.split_once(quote)?;
        Some(name.to_ascii_lowercase())
    }

    fn encoding(self, declared: Option<&str>) -> Result<Encoding, XmlFault> {
        let found = match self {
            Self::Marked(encoding, _) => Some(encoding),
            Self::Utf16(order) => Some(Encoding::Utf16(order)),
            Self::Ascii => None,
        };
        let Some(declared) = declared else {
            return match self {
                // Without a byte order mark, UTF-16 has to be declared.
                Self::Utf16(_) => Err(XmlFault::NotUtf8),
                Self::Marked(encoding, _) => Ok(encoding),
                Self::Ascii => Ok(Encoding::Utf8),
            };
        };
        match (found, declared) {
            (None | Some(Encoding::Utf8), "utf-8" | "utf8") => Ok(Encoding::Utf8),
            (Some(Encoding::Utf8), _) => Err(IS_UTF8),
            (Some(Encoding::Utf16(order)), "utf-16" | "utf16" | "unicode") => {
                Ok(Encoding::Utf16(order))
            }
            (Some(Encoding::Utf16(ByteOrder::Little)), "utf-16le") => {
                Ok(Encoding::Utf16(ByteOrder::Little))
            }
            (Some(Encoding::Utf16(ByteOrder::Big)), "utf-16be" | "unicodefffe") => {
                Ok(Encoding::Utf16(ByteOrder::Big))
            }
            (Some(_), _) => Err(IS_UTF16),
            (None, "utf-16" | "utf16" | "utf-16le" | "utf-16be" | "unicode" | "unicodefffe") => {
                Err(NOT_UTF16)
            }
            (None, "us-ascii" | "ascii" | "ansi_x3.4-1968" | "iso646-us" | "iso-ir-6") => {
                Ok(Encoding::UsAscii)
            }
            (
                None,
                "iso-8859-1" | "iso8859-1" | "iso_8859-1" | "iso88591" | "latin1" | "l1"
                | "iso8859_1",
            ) => Ok(Encoding::Latin1),
            (
                None,
                "iso-8859-15" | "iso8859-15" | "iso_8859-15" | "latin9" | "latin-9" | "iso8859_15",
            ) => Ok(Encoding::Latin9),
            (None, "windows-1252" | "cp1252" | "cp-1252" | "x-cp1252") => Ok(Encoding::Windows1252),
            (None, _) => Err(NOT_SUPPORTED),
        }
    }
}

impl Encoding {
    /// `offset` is the position of the octets in the document.
    fn decode(self, bytes: &[u8], offset: usize) -> Result<Cow<'_, str>, XmlError> {
        let at = |fault, position: usize| XmlError {
            fault,
            position: offset.saturating_add(position),
        };
        match self {
            Self::Utf8 => std::str::from_utf8(bytes)
                .map(Cow::Borrowed)
                .map_err(|error| at(XmlFault::NotUtf8, error.valid_up_to())),
            Self::Utf16(order) => {
                decode_utf16(bytes, order).map_err(|position| at(BROKEN_UTF16, position))
            }
            Self::UsAscii => match bytes.iter().position(|byte| !byte.is_ascii()) {
                Some(position) => Err(at(NOT_ASCII, position)),
                None => Ok(String::from_utf8_lossy(bytes)),
            },
            Self::Latin1 => Ok(bytes.iter().copied().map(char::from).collect()),
            // Each octet has a character.
            Self::Latin9 => Ok(ISO_8859_15.decode_without_bom_handling(bytes).0),
            Self::Windows1252 => {
                decode_windows1252(bytes).map_err(|position| at(NOT_WINDOWS1252, position))
            }
        }
    }
}

/// # Errors
///
/// The position of the first octets that are no character.
fn decode_utf16(bytes: &[u8], order: ByteOrder) -> Result<Cow<'_, str>, usize> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units = pairs.iter().map(|pair| match order {
        ByteOrder::Little => u16::from_le_bytes(*pair),
        ByteOrder::Big => u16::from_be_bytes(*pair),
    });
    let mut text = String::with_capacity(bytes.len());
    for character in char::decode_utf16(units) {
        // Nearly all characters of a message are ASCII, so the position is near the right one.
        text.push(character.map_err(|_| text.len().saturating_mul(2))?);
    }
    if rest.is_empty() {
        Ok(Cow::Owned(text))
    } else {
        Err(bytes.len().saturating_sub(1))
    }
}

/// # Errors
///
/// The position of the first octet that windows-1252 leaves undefined: programs disagree about these.
fn decode_windows1252(bytes: &[u8]) -> Result<Cow<'_, str>, usize> {
    let is_undefined = |byte: &u8| matches!(byte, 0x81 | 0x8d | 0x8f | 0x90 | 0x9d);
    match bytes.iter().position(is_undefined) {
        Some(position) => Err(position),
        None => Ok(WINDOWS_1252.decode_without_bom_handling(bytes).0),
    }
}

fn is_space(c: char) -> bool {
    u8::try_from(c).is_ok_and(chars::is_space)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn utf16(text: &str, order: ByteOrder) -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|unit| match order {
                ByteOrder::Little => unit.to_le_bytes(),
                ByteOrder::Big => unit.to_be_bytes(),
            })
            .collect()
    }

    #[rstest]
    #[case::no_declaration("<a>ä</a>".as_bytes(), "<a>ä</a>")]
    #[case::utf8("<?xml version='1.0' encoding='utf-8'?><a>ä</a>".as_bytes(), "ä")]
    #[case::utf8_with_mark("\u{feff}<?xml version='1.0' encoding='UTF-8'?><a>ä</a>".as_bytes(), "ä")]
    #[case::latin1(
        b"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xe4\x80</a>",
        "ä\u{80}"
    )]
    #[case::latin1_spaced(b"<?xml version = \"1.0\"\n encoding = \"Latin1\" ?><a>\xe4</a>", "ä")]
    #[case::latin9(b"<?xml version='1.0' encoding='ISO-8859-15'?><a>\xa4</a>", "€")]
    #[case::windows1252(
        b"<?xml version='1.0' encoding='Windows-1252'?><a>\x80\xe4\x93</a>",
        "€ä“"
    )]
    #[case::ascii(b"<?xml version='1.0' encoding='us-ascii'?><a>b</a>", "<a>b</a>")]
    fn a_document_is_decoded_by_its_declaration(#[case] bytes: &[u8], #[case] contains: &str) {
        let text = decode(bytes).unwrap();
        assert!(text.contains(contains), "{text}");
        assert!(!text.starts_with('\u{feff}'));
    }

    #[rstest]
    #[case::little("utf-16", ByteOrder::Little)]
    #[case::big("UTF-16", ByteOrder::Big)]
    #[case::little_named("UTF-16LE", ByteOrder::Little)]
    #[case::big_named("UTF-16BE", ByteOrder::Big)]
    fn utf16_is_decoded_with_and_without_a_byte_order_mark(
        #[case] name: &str,
        #[case] order: ByteOrder,
    ) {
        let text = format!("<?xml version=\"1.0\" encoding=\"{name}\"?><a>ä€😀</a>");
        for marked in [text.clone(), format!("\u{feff}{text}")] {
            assert_eq!(decode(&utf16(&marked, order)).unwrap(), text);
        }
        let undeclared = "<a>ä</a>";
        let marked = format!("\u{feff}{undeclared}");
        assert_eq!(decode(&utf16(&marked, order)).unwrap(), undeclared);
        let error = decode(&utf16(undeclared, order)).unwrap_err();
        assert_eq!(error.fault, XmlFault::NotUtf8);
    }

    #[rstest]
    #[case::utf16_over_utf8(b"<?xml version='1.0' encoding='utf-16'?><a/>", NOT_UTF16)]
    #[case::other_than_the_mark(
        b"\xef\xbb\xbf<?xml version='1.0' encoding='ISO-8859-1'?><a/>",
        IS_UTF8
    )]
    #[case::ascii_with_umlaut(b"<?xml version='1.0' encoding='US-ASCII'?><a>\xe4</a>", NOT_ASCII)]
    #[case::undefined_octet(
        b"<?xml version='1.0' encoding='windows-1252'?><a>\x81</a>",
        NOT_WINDOWS1252
    )]
    #[case::unknown(b"<?xml version='1.0' encoding='EBCDIC-CP-BE'?><a/>", NOT_SUPPORTED)]
    #[case::latin1_as_utf8(
        b"<?xml version='1.0' encoding='UTF-8'?><a>\xe4</a>",
        XmlFault::NotUtf8
    )]
    #[case::latin1_undeclared(b"<a>\xe4</a>", XmlFault::NotUtf8)]
    fn a_declaration_that_does_not_fit_is_rejected(#[case] bytes: &[u8], #[case] fault: XmlFault) {
        assert_eq!(decode(bytes).unwrap_err().fault, fault);
    }

    #[test]
    fn utf16_must_be_declared_as_utf16_and_complete() {
        let text = "<?xml version='1.0' encoding='UTF-8'?><a/>";
        let bytes = utf16(text, ByteOrder::Little);
        assert_eq!(decode(&bytes).unwrap_err().fault, IS_UTF16);
        let mut cut = utf16("\u{feff}<a/>", ByteOrder::Big);
        cut.pop();
        assert_eq!(decode(&cut).unwrap_err().fault, BROKEN_UTF16);
        let lone = [0xff, 0xfe, b'<', 0, 0, 0xd8];
        assert_eq!(decode(&lone).unwrap_err().fault, BROKEN_UTF16);
    }

    /// Against the tables of Unicode, which Python's codecs have too.
    #[test]
    fn the_special_characters_of_latin9_and_windows1252_are_decoded() {
        let octets = |name: &str, octets: &[u8]| {
            [
                format!("<?xml version='1.0' encoding='{name}'?>").as_bytes(),
                octets,
            ]
            .concat()
        };
        let text = octets(
            "iso-8859-15",
            b"\xa4\xa6\xa8\xb4\xb8\xbc\xbd\xbe\x80\x9f\xff",
        );
        let text = decode(&text).unwrap();
        assert!(text.ends_with("?>€ŠšŽžŒœŸ\u{80}\u{9f}ÿ"), "{text}");
        let special: Vec<u8> = (0x80..=0x9f)
            .filter(|octet| ![0x81, 0x8d, 0x8f, 0x90, 0x9d].contains(octet))
            .collect();
        let text = octets("windows-1252", &special);
        let text = decode(&text).unwrap();
        assert!(text.ends_with("?>€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"), "{text}");
        for undefined in [0x81, 0x8d, 0x8f, 0x90, 0x9d] {
            let text = octets("windows-1252", &[undefined]);
            assert_eq!(decode(&text).unwrap_err().fault, NOT_WINDOWS1252);
        }
    }

    #[test]
    fn an_encoding_inside_the_document_is_none() {
        assert_eq!(
            decode(b"<a><?xml version='1.0' encoding='utf-16'?></a>").unwrap(),
            "<a><?xml version='1.0' encoding='utf-16'?></a>"
        );
        decode(&[]).unwrap();
        decode(b"<").unwrap();
    }
}
