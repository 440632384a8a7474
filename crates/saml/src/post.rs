//! The HTTP-POST binding's field (saml-bindings 3.5.4).

use std::io::Read;

use flate2::read::{DeflateDecoder, GzDecoder, ZlibDecoder};

use crate::base64;
use crate::rejection::Rejection;
use crate::xml::Limits;

/// Decodes the value of the form field `SAMLResponse`.
///
/// White space is ignored (RFC 2045); everything else must be the standard alphabet with padding.
pub(crate) fn decode(posted: &str) -> Result<Vec<u8>, Rejection> {
    let limit = Limits::MESSAGE.bytes;
    // Four characters carry three octets; line breaks may add a few more.
    let max_length = limit.saturating_mul(2);
    if posted.len() > max_length {
        return Err(Rejection::MessageTooLarge {
            limit: max_length,
            received: posted.len(),
        });
    }
    if posted.trim_ascii().is_empty() {
        return Err(Rejection::EmptyMessage);
    }
    let octets = base64::decode(posted).ok_or(Rejection::NotBase64)?;
    if is_compressed(&octets) {
        return Err(Rejection::CompressedResponse);
    }
    Ok(octets)
}

/// Whether the octets are a compressed XML document. Only its beginning is decompressed.
fn is_compressed(octets: &[u8]) -> bool {
    !begins_like_xml(octets)
        && (has_xml_inside(DeflateDecoder::new(octets))
            || has_xml_inside(ZlibDecoder::new(octets))
            || has_xml_inside(GzDecoder::new(octets)))
}

fn has_xml_inside(decoder: impl Read) -> bool {
    const LOOKED_AT: u64 = 64;
    let mut beginning = Vec::new();
    // An error later in the data does not matter.
    drop(decoder.take(LOOKED_AT).read_to_end(&mut beginning));
    begins_like_xml(&beginning)
}

/// Whether the octets begin like XML in one of the encodings that are decoded.
fn begins_like_xml(octets: &[u8]) -> bool {
    match octets {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [b'<', 0, ..] | [0, b'<', ..] => return true,
        _ => {}
    }
    let text = octets.strip_prefix(b"\xef\xbb\xbf").unwrap_or(octets);
    matches!(
        text.trim_ascii_start(),
        [b'<', next, ..] if next.is_ascii_alphabetic() || matches!(next, b'?' | b'!' | b'_')
    )
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
    use rstest::rstest;

    use super::*;

    const MESSAGE: &[u8] = b"<samlp:Response xmlns:samlp='urn:oasis:names:tc:SAML:2.0:protocol'/>";

    fn posted(octets: &[u8]) -> String {
        base64_simd::STANDARD.encode_to_string(octets)
    }

    #[rstest]
    #[case::best(Compression::best())]
    #[case::fast(Compression::fast())]
    #[case::stored(Compression::none())]
    fn a_compressed_message_is_recognized(#[case] level: Compression) {
        let mut deflated = DeflateEncoder::new(Vec::new(), level);
        deflated.write_all(MESSAGE).unwrap();
        let mut zlib = ZlibEncoder::new(Vec::new(), level);
        zlib.write_all(MESSAGE).unwrap();
        let mut gzip = GzEncoder::new(Vec::new(), level);
        gzip.write_all(MESSAGE).unwrap();
        for octets in [deflated.finish(), zlib.finish(), gzip.finish()] {
            let rejection = decode(&posted(&octets.unwrap())).unwrap_err();
            assert_eq!(rejection, Rejection::CompressedResponse);
        }
    }

    #[rstest]
    #[case::message(MESSAGE)]
    #[case::declaration(b"\n<?xml version='1.0'?><a/>")]
    #[case::utf16(b"\xff\xfe<\0a\0/\0>\0")]
    #[case::text(b"hello")]
    #[case::one_octet(b"x")]
    fn another_message_is_not_compressed(#[case] octets: &[u8]) {
        assert_eq!(decode(&posted(octets)).unwrap(), octets);
    }
}
