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
    // XML in any encoding; most messages end here.
    if let [
        b'<' | 0 | 0xef | 0xfe | 0xff | b' ' | b'\t' | b'\r' | b'\n',
        ..,
    ] = octets
    {
        return false;
    }
    begins_like_xml(DeflateDecoder::new(octets))
        || begins_like_xml(ZlibDecoder::new(octets))
        || begins_like_xml(GzDecoder::new(octets))
}

fn begins_like_xml(decoder: impl Read) -> bool {
    const LOOKED_AT: u64 = 64;
    let mut beginning = Vec::new();
    // An error later in the data does not matter.
    drop(decoder.take(LOOKED_AT).read_to_end(&mut beginning));
    let text = beginning
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(&beginning)
        .trim_ascii_start();
    matches!(text, [b'<', next, ..] if next.is_ascii_alphabetic() || matches!(next, b'?' | b'!' | b'_'))
}
