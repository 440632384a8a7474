//! The HTTP-POST binding's field (saml-bindings 3.5.4).

use crate::base64;
use crate::rejection::Rejection;
use crate::xml::Limits;

/// Decodes the value of the form field `SAMLResponse`.
///
/// Line breaks and blanks are dropped, as RFC 2045 says; everything else has to be the standard alphabet with its
/// padding.
pub(crate) fn decode(posted: &str) -> Result<Vec<u8>, Rejection> {
    let limit = Limits::MESSAGE.bytes;
    // Four characters carry three octets; line breaks may add a few more.
    let longest = limit.saturating_mul(2);
    if posted.len() > longest {
        return Err(Rejection::TooLarge {
            limit: longest,
            received: posted.len(),
        });
    }
    if posted.trim_ascii().is_empty() {
        return Err(Rejection::Empty);
    }
    base64::decode(posted).ok_or(Rejection::NotBase64)
}
