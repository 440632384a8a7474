//! Base64 as messages carry it.

/// Decodes the standard alphabet with its padding, and white space anywhere (RFC 2045; `base64Binary` of XML Schema).
///
/// Most senders break no lines, so the text is taken as it stands before anything is left out of it.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let decode = |text: &str| base64_simd::STANDARD.decode_to_vec(text).ok();
    decode(text).or_else(|| {
        let packed: String = text.split_ascii_whitespace().collect();
        decode(&packed)
    })
}
