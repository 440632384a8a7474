//! The HTTP-Redirect binding: a message in the query of a URL (saml-bindings 3.4).

use std::io::Write as _;

use flate2::Compression;
use flate2::write::DeflateEncoder;

use crate::key::SigningKey;
use crate::location::Location;
use crate::request::RequestError;
use crate::sign::SignError;

/// An opaque value that the identity provider returns unchanged.
///
/// At most 80 octets (saml-bindings 3.4.3), none of which needs escaping. The state itself is stored at the server, so
/// the value reveals nothing and cannot be an address.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RelayState(String);

/// The text is empty, longer than 80 octets, or has characters other than letters, digits, `-`, `_`, `.` and `~`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a RelayState has 1 to 80 letters, digits, hyphens, underscores, dots and tildes")]
pub struct InvalidRelayState;

impl RelayState {
    pub fn new(text: impl Into<String>) -> Result<Self, InvalidRelayState> {
        let text = text.into();
        let is_valid = (1..=80).contains(&text.len()) && text.bytes().all(is_unreserved);
        if is_valid {
            Ok(Self(text))
        } else {
            Err(InvalidRelayState)
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The URL to which the browser is redirected to deliver `request`.
///
/// The signature covers the octets of the query in exactly this order and encoding.
pub(crate) fn redirect_url(
    destination: &Location,
    request: &str,
    relay_state: &RelayState,
    key: Option<&SigningKey>,
) -> Result<String, RequestError> {
    let deflated = deflate(request.as_bytes()).map_err(|_| RequestError::Compression)?;
    let message = base64_simd::STANDARD.encode_to_string(deflated);
    let mut query = format!(
        "SAMLRequest={}&RelayState={}",
        percent_encode(&message),
        relay_state.as_str()
    );
    if let Some(key) = key {
        query.push_str("&SigAlg=");
        query.push_str(&percent_encode(key.algorithm().uri()));
        let signature = key
            .sign(query.as_bytes())
            .map_err(|error| RequestError::Signing(SignError::Key(error)))?;
        let signature = base64_simd::STANDARD.encode_to_string(signature);
        query.push_str("&Signature=");
        query.push_str(&percent_encode(&signature));
    }
    // Some sign-on URLs, such as Google's, already have a query.
    let separator = if destination.as_str().contains('?') {
        '&'
    } else {
        '?'
    };
    Ok(format!("{destination}{separator}{query}"))
}

/// Raw DEFLATE (RFC 1951) without the zlib header.
fn deflate(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes)?;
    encoder.finish()
}

/// Encodes everything but the unreserved characters of RFC 3986.
fn percent_encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if is_unreserved(byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

const fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~')
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[test]
    fn a_relay_state_has_at_most_80_octets() {
        assert_eq!(RelayState::new("a".repeat(80)).unwrap().as_str().len(), 80);
        assert_eq!(RelayState::new("a".repeat(81)), Err(InvalidRelayState));
    }

    #[rstest]
    #[case::empty("")]
    #[case::space("a b")]
    #[case::url("https://evil.example")]
    #[case::non_ascii("ä")]
    fn a_relay_state_has_unreserved_characters(#[case] text: &str) {
        assert_eq!(RelayState::new(text), Err(InvalidRelayState));
    }

    #[test]
    fn everything_but_unreserved_characters_is_encoded() {
        assert_eq!(
            percent_encode("a-Z_0.~+/= &#é"),
            "a-Z_0.~%2B%2F%3D%20%26%23%C3%A9"
        );
    }
}
