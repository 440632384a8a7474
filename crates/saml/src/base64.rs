//! Base64 as in messages.

/// Decodes the standard alphabet with padding and any white space (RFC 2045; `base64Binary` of XML Schema).
///
/// Most senders use no line breaks, so the unchanged text is tried first.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let decode = |text: &str| base64_simd::STANDARD.decode_to_vec(text).ok();
    decode(text).or_else(|| {
        let packed: String = text.split_ascii_whitespace().collect();
        decode(&packed)
    })
}
