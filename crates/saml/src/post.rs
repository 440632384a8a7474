//! The HTTP-POST binding's field (saml-bindings 3.5.4).

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
    base64::decode(posted).ok_or(Rejection::NotBase64)
}
