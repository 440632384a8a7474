//! The HTTP-Redirect binding: a message in the query of an address (saml-bindings 3.4).

use std::io::Write as _;

use flate2::Compression;
use flate2::write::DeflateEncoder;

use crate::key::SigningKey;
use crate::location::Location;
use crate::request::RequestError;
use crate::sign::SignError;

/// The handle that an identity provider carries back to us unread.
///
/// At most 80 octets (saml-bindings 3.4.3), and none of them needs escaping anywhere: what it stands for
/// is kept at the server, so it can neither be an address nor tell anybody anything.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RelayState(String);

/// A text that is no [`RelayState`]: empty, longer than 80 octets, or more than letters, digits, `-`, `_`, `.` and `~`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a RelayState has 1 to 80 letters, digits, hyphens, underscores, dots and tildes")]
pub struct NotARelayState;

impl RelayState {
    /// Takes a handle that the caller has made.
    pub fn new(text: impl Into<String>) -> Result<Self, NotARelayState> {
        let text = text.into();
        let is_handle = (1..=80).contains(&text.len()) && text.bytes().all(is_unreserved);
        if is_handle {
            Ok(Self(text))
        } else {
            Err(NotARelayState)
        }
    }

    /// The handle.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The address to which the browser is redirected so that it delivers `request`.
///
/// The signature covers the octets of the query exactly as they stand here, in this order.
pub(crate) fn address(
    destination: &Location,
    request: &str,
    relay_state: &RelayState,
    key: Option<&SigningKey>,
) -> Result<String, RequestError> {
    let deflated = deflate(request.as_bytes()).map_err(|_| RequestError::Compression)?;
    let message = base64_simd::STANDARD.encode_to_string(deflated);
    let mut query = format!(
        "SAMLRequest={}&RelayState={}",
        percent_encoded(&message),
        relay_state.as_str()
    );
    if let Some(key) = key {
        query.push_str("&SigAlg=");
        query.push_str(&percent_encoded(key.algorithm().uri()));
        let signature = key
            .sign(query.as_bytes())
            .map_err(|error| RequestError::Signing(SignError::Key(error)))?;
        let signature = base64_simd::STANDARD.encode_to_string(signature);
        query.push_str("&Signature=");
        query.push_str(&percent_encoded(&signature));
    }
    // Google's sign-on address, among others, has a query of its own.
    let separator = if destination.as_str().contains('?') {
        '&'
    } else {
        '?'
    };
    Ok(format!("{destination}{separator}{query}"))
}

/// Raw DEFLATE (RFC 1951), without the header that zlib puts in front.
fn deflate(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes)?;
    encoder.finish()
}

/// Writes everything but RFC 3986's unreserved characters as `%XX`.
fn percent_encoded(text: &str) -> String {
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
    use super::*;

    #[test]
    fn a_relay_state_has_at_most_80_octets() {
        assert_eq!(RelayState::new("a".repeat(80)).unwrap().as_str().len(), 80);
        for text in [
            String::new(),
            "a".repeat(81),
            "a b".into(),
            "https://evil.example".into(),
            "ä".into(),
        ] {
            assert_eq!(RelayState::new(text), Err(NotARelayState));
        }
    }

    #[test]
    fn everything_but_unreserved_characters_is_encoded() {
        assert_eq!(
            percent_encoded("a-Z_0.~+/= &#é"),
            "a-Z_0.~%2B%2F%3D%20%26%23%C3%A9"
        );
    }
}
