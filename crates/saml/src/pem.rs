//! The text form of keys and certificates: base64 between two labelled lines.

/// One labelled block of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Block<'t> {
    /// The text after `BEGIN`.
    pub(crate) label: &'t str,
    /// The text between the two lines.
    pub(crate) body: &'t str,
}

const BEGIN: &str = "-----BEGIN ";
const END: &str = "-----END ";
const DASHES: &str = "-----";

/// Finds every block in `text` and ignores the text around them.
///
/// Lenient about the number of dashes and about line ends, because mail programs change them. A block without an end
/// extends to the end of the text.
pub(crate) fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((_, after_begin)) = rest.split_once("-BEGIN ") {
        let Some((label, after_label)) = after_begin.split_once('-') else {
            break;
        };
        let (body, after_body) = after_label.split_once("-END ").unwrap_or((after_label, ""));
        found.push(Block {
            label: label.trim(),
            body: body.trim_matches('-'),
        });
        rest = after_body;
    }
    found
}

/// Decodes base64 with any white space and optional padding.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    base64_simd::forgiving_decode_to_vec(text.as_bytes()).ok()
}

/// Writes one block, 64 characters a line.
pub(crate) fn write(label: &str, bytes: &[u8]) -> String {
    let mut text = format!("{BEGIN}{label}{DASHES}\n");
    let base64 = base64_simd::STANDARD.encode_to_string(bytes);
    for (position, character) in base64.char_indices() {
        if position != 0 && position % 64 == 0 {
            text.push('\n');
        }
        text.push(character);
    }
    text.push_str(&format!("\n{END}{label}{DASHES}\n"));
    text
}
