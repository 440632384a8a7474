use serde::{Deserialize, Serialize};
use url::{Host, Url};

use crate::application::ClientType;
use crate::issuer::is_loopback;

/// The most bytes that a redirect URI may have.
pub(crate) const LONGEST: usize = 2048;

/// An address that an application has registered and may be answered at.
///
/// It is the text, byte by byte: parsed addresses are never compared, because parsers
/// repair what attackers write.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RedirectUri(String);

impl RedirectUri {
    /// Judges an address that an operator wants to register.
    ///
    /// https; http on loopback; for a public client also a private-use scheme with a dot in it
    /// (RFC 8252 7.1).
    pub fn register(text: &str, client: ClientType) -> Result<Self, RedirectUriError> {
        if text.len() > LONGEST {
            let received = text.len();
            return Err(RedirectUriError::TooLong {
                limit: LONGEST,
                received,
            });
        }
        if let Some(character) = text.chars().find(|character| !is_uri_character(*character)) {
            return Err(RedirectUriError::Character { character });
        }
        if text.contains('#') {
            return Err(RedirectUriError::Fragment);
        }
        if text.contains('*') {
            return Err(RedirectUriError::Wildcard);
        }
        let url = Url::parse(text).map_err(|_| RedirectUriError::NotAbsolute)?;
        match url.scheme() {
            "https" | "http" => check_web_address(text, &url)?,
            scheme => check_private_use(scheme, &url, client)?,
        }
        Ok(Self(text.to_owned()))
    }

    /// The text as it was registered or asked for.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Trusts what a request claims when it is this address.
    ///
    /// A public client that registered `http://127.0.0.1/…` or `http://[::1]/…` without a port
    /// gets any port, because the system chooses one when it starts (RFC 8252 7.3).
    pub(crate) fn admit(self, claimed: &str, client: ClientType) -> Option<Self> {
        if self.0 == claimed {
            return Some(self);
        }
        let (registered, asked) = (split_loopback(&self.0)?, split_loopback(claimed)?);
        let (address, None, path) = registered else {
            return None;
        };
        let is_any_port = client == ClientType::Public
            && asked.1.is_some_and(is_port)
            && (asked.0, asked.2) == (address, path);
        is_any_port.then(|| Self(claimed.to_owned()))
    }
}

/// Splits `http://127.0.0.1[:port]/path`, or the same with `[::1]`.
fn split_loopback(text: &str) -> Option<(&'static str, Option<&str>, &str)> {
    ["http://127.0.0.1", "http://[::1]"]
        .into_iter()
        .find_map(|address| {
            let (port, path) = text.strip_prefix(address)?.split_once('/')?;
            let port = if port.is_empty() {
                None
            } else {
                Some(port.strip_prefix(':')?)
            };
            Some((address, port, path))
        })
}

fn is_port(text: &str) -> bool {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0');
    is_plain && text.parse::<u16>().is_ok()
}

/// What RFC 3986 lets an address be written with.
fn is_uri_character(character: char) -> bool {
    character.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(character)
}

fn check_web_address(text: &str, url: &Url) -> Result<(), RedirectUriError> {
    // The parser reads `https:a` and `https:/a` as `https://a`; browsers do, others do not.
    let is_plain = text.starts_with("https://") || text.starts_with("http://");
    let host = url
        .host()
        .filter(|_| is_plain)
        .ok_or(RedirectUriError::NotAbsolute)?;
    if url.scheme() == "http" && !is_loopback(&host) {
        return Err(RedirectUriError::NotHttps);
    }
    let authority = text.split('/').nth(2).unwrap_or_default();
    if authority.contains('@') {
        return Err(RedirectUriError::UserInfo);
    }
    // Another spelling of the host (capitals, 0x7f.1, a percent sign) is one that somebody may misread.
    let host = match host {
        Host::Domain(name) => name.to_owned(),
        Host::Ipv4(address) => address.to_string(),
        Host::Ipv6(address) => format!("[{address}]"),
    };
    let rest = authority
        .strip_prefix(&host)
        .map(|rest| rest.split('?').next().unwrap_or_default());
    match rest {
        Some("") => Ok(()),
        Some(port) if port.strip_prefix(':').is_some_and(is_port) => Ok(()),
        _ => Err(RedirectUriError::Host { expected: host }),
    }
}

fn check_private_use(scheme: &str, url: &Url, client: ClientType) -> Result<(), RedirectUriError> {
    // A dot keeps out `javascript:`, `data:`, `file:` and whatever browsers learn next.
    let is_private_use = scheme.contains('.') && client == ClientType::Public;
    if !is_private_use {
        return Err(RedirectUriError::Scheme {
            received: scheme.to_owned(),
        });
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(RedirectUriError::UserInfo);
    }
    Ok(())
}

/// Why an address cannot be registered.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RedirectUriError {
    /// It is longer than any honest one.
    TooLong {
        /// The most bytes that it may have.
        limit: usize,
        /// How many it has.
        received: usize,
    },
    /// It holds what no address may be written with.
    Character {
        /// The first such character.
        character: char,
    },
    /// It is not `scheme://host…`.
    NotAbsolute,
    /// It has a part after `#` (RFC 6749 3.1.2).
    Fragment,
    /// It has a `*`: addresses are compared as they are.
    Wildcard,
    /// It has a user name or a password.
    UserInfo,
    /// It is http to another machine.
    NotHttps,
    /// Its host or port is not written plainly.
    Host {
        /// The plain spelling of the host.
        expected: String,
    },
    /// Its scheme is neither web nor, for a public client, one of private use.
    Scheme {
        /// The scheme.
        received: String,
    },
}

impl RedirectUriError {
    /// The name that logs, docs and support requests share. Never changes.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooLong { .. } => "redirect-uri-too-long",
            Self::Character { .. } => "redirect-uri-character",
            Self::NotAbsolute => "redirect-uri-not-absolute",
            Self::Fragment => "redirect-uri-fragment",
            Self::Wildcard => "redirect-uri-wildcard",
            Self::UserInfo => "redirect-uri-user-info",
            Self::NotHttps => "redirect-uri-not-https",
            Self::Host { .. } => "redirect-uri-host",
            Self::Scheme { .. } => "redirect-uri-scheme",
        }
    }
}

impl std::fmt::Display for RedirectUriError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::TooLong { limit, received } => {
                write!(
                    out,
                    "the redirect URI has {received} bytes; {limit} is the most"
                )
            }
            Self::Character { character } => {
                write!(
                    out,
                    "the redirect URI holds {character:?}, which no address may"
                )
            }
            Self::NotAbsolute => out.write_str("the redirect URI is not an absolute address"),
            Self::Fragment => out.write_str("the redirect URI may have no part after #"),
            Self::Wildcard => {
                out.write_str("the redirect URI may have no *: register each address")
            }
            Self::UserInfo => out.write_str("the redirect URI may have no user name or password"),
            Self::NotHttps => {
                out.write_str("the redirect URI has to begin with https (http on loopback alone)")
            }
            Self::Host { expected } => {
                write!(
                    out,
                    "the host of the redirect URI has to be written {expected}, with a plain port if any"
                )
            }
            Self::Scheme { received } => write!(
                out,
                "the scheme {received} is not allowed: https, http on loopback, or for a public client one like com.example.app"
            ),
        }
    }
}

impl std::error::Error for RedirectUriError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(text: &str, client: ClientType) -> &'static str {
        match RedirectUri::register(text, client) {
            Ok(uri) if uri.as_str() == text => "fine",
            Ok(_) => "changed",
            Err(error) => error.code(),
        }
    }

    #[test]
    fn a_web_address_is_registered_when_it_is_written_plainly() {
        for (text, expected) in [
            ("https://app.example.com/callback", "fine"),
            ("https://app.example.com", "fine"),
            ("https://app.example.com?tenant=a/b", "fine"),
            ("https://app.example.com:8443/cb?a=b&c=%20", "fine"),
            ("https://192.0.2.7/cb", "fine"),
            ("https://[2001:db8::1]/cb", "fine"),
            ("https://xn--bcher-kva.example/cb", "fine"),
            ("http://127.0.0.1:3000/cb", "fine"),
            ("http://127.0.0.1/cb", "fine"),
            ("http://[::1]:3000/cb", "fine"),
            ("http://localhost:3000/cb", "fine"),
            ("http://app.example.com/cb", "redirect-uri-not-https"),
            ("http://localhost.example.com/cb", "redirect-uri-not-https"),
            ("http://0.0.0.0/cb", "redirect-uri-not-https"),
            ("http://[::2]/cb", "redirect-uri-not-https"),
            ("https://app.example.com/cb#part", "redirect-uri-fragment"),
            ("https://app.example.com/cb#", "redirect-uri-fragment"),
            ("https://*.example.com/cb", "redirect-uri-wildcard"),
            ("https://app.example.com/*", "redirect-uri-wildcard"),
            ("https://ada@app.example.com/cb", "redirect-uri-user-info"),
            (
                "https://ada:pw@app.example.com/cb",
                "redirect-uri-user-info",
            ),
            ("https://@app.example.com/cb", "redirect-uri-user-info"),
            ("/cb", "redirect-uri-not-absolute"),
            ("//app.example.com/cb", "redirect-uri-not-absolute"),
            ("app.example.com/cb", "redirect-uri-not-absolute"),
            ("https:app.example.com/cb", "redirect-uri-not-absolute"),
            ("https:/app.example.com/cb", "redirect-uri-not-absolute"),
            ("HTTPS://app.example.com/cb", "redirect-uri-not-absolute"),
            ("https://", "redirect-uri-not-absolute"),
            ("", "redirect-uri-not-absolute"),
            ("https:///app.example.com/cb", "redirect-uri-host"),
            ("https://APP.example.com/cb", "redirect-uri-host"),
            ("https://app%2eexample.com/cb", "redirect-uri-host"),
            ("https://0x7f.1/cb", "redirect-uri-host"),
            ("https://app.example.com:/cb", "redirect-uri-host"),
            ("https://app.example.com:0443/cb", "redirect-uri-host"),
            (
                "https://app.example.com:65536/cb",
                "redirect-uri-not-absolute",
            ),
            (
                "https://app.example.com\\@evil.example/cb",
                "redirect-uri-character",
            ),
            (" https://app.example.com/cb", "redirect-uri-character"),
            ("https://app.example.com/a b", "redirect-uri-character"),
            ("https://app.example.com/\t", "redirect-uri-character"),
            ("https://bücher.example/cb", "redirect-uri-character"),
            (
                "https://app.example.com/\"><script>",
                "redirect-uri-character",
            ),
        ] {
            assert_eq!(verdict(text, ClientType::Confidential), expected, "{text}");
            assert_eq!(verdict(text, ClientType::Public), expected, "{text}");
        }
    }

    #[test]
    fn a_private_use_scheme_has_a_dot_and_is_for_public_clients() {
        for (text, expected) in [
            ("com.example.app:/callback", "fine"),
            ("com.example.app://callback", "fine"),
            ("myapp:/callback", "redirect-uri-scheme"),
            ("javascript:alert(1)", "redirect-uri-scheme"),
            ("data:text/html,x", "redirect-uri-scheme"),
            ("file:///etc/passwd", "redirect-uri-scheme"),
            ("urn:ietf:wg:oauth:2.0:oob", "redirect-uri-scheme"),
            ("ftp://app.example.com/cb", "redirect-uri-scheme"),
            ("com.example.app://ada@callback", "redirect-uri-user-info"),
        ] {
            assert_eq!(verdict(text, ClientType::Public), expected, "{text}");
            let refusal = verdict(text, ClientType::Confidential);
            assert_eq!(refusal, "redirect-uri-scheme", "{text}");
        }
    }

    #[test]
    fn a_redirect_uri_has_a_greatest_length() {
        let of_length = |length: usize| {
            let stem = "https://app.example.com/";
            format!("{stem}{}", "a".repeat(length - stem.len()))
        };
        assert_eq!(verdict(&of_length(LONGEST), ClientType::Public), "fine");
        assert_eq!(
            verdict(&of_length(LONGEST + 1), ClientType::Public),
            "redirect-uri-too-long"
        );
    }
}
