use serde::{Deserialize, Serialize};
use url::{Host, Url};

use crate::application::ClientType;
use crate::issuer::is_loopback;

pub(crate) const MAX_REDIRECT_URI_BYTES: usize = 2048;

/// A valid redirect URI of an application.
///
/// Redirect URIs are compared byte by byte and never in parsed form, because parsers correct malformed URIs of
/// attackers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RedirectUri(String);

impl RedirectUri {
    /// Validates a redirect URI for registration.
    ///
    /// Accepts https, http on loopback, and for a public client also a private-use scheme that contains a dot
    /// (RFC 8252 7.1).
    pub fn parse(text: &str, client_type: ClientType) -> Result<Self, RedirectUriError> {
        if text.len() > MAX_REDIRECT_URI_BYTES {
            return Err(RedirectUriError::TooLong {
                limit: MAX_REDIRECT_URI_BYTES,
                received: text.len(),
            });
        }
        if let Some(character) = text.chars().find(|character| !is_uri_character(*character)) {
            return Err(RedirectUriError::InvalidCharacter { character });
        }
        if text.contains('#') {
            return Err(RedirectUriError::Fragment);
        }
        if text.contains('*') {
            return Err(RedirectUriError::Wildcard);
        }
        let url = Url::parse(text).map_err(|_| RedirectUriError::NotAbsolute)?;
        match url.scheme() {
            "https" | "http" => check_web_url(text, &url)?,
            scheme => check_private_use_scheme(scheme, &url, client_type)?,
        }
        Ok(Self(text.to_owned()))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the claimed redirect URI when it matches this registered one.
    ///
    /// A public client that registered `http://127.0.0.1/…` or `http://[::1]/…` without a port may use any port,
    /// because the operating system assigns one when the client starts (RFC 8252 7.3).
    pub(crate) fn match_claimed(self, claimed: &str, client_type: ClientType) -> Option<Self> {
        if self.0 == claimed {
            return Some(self);
        }
        let registered = LoopbackUri::split(&self.0)?;
        let received = LoopbackUri::split(claimed)?;
        let matches = client_type == ClientType::Public
            && registered.port.is_none()
            && received.port.is_some_and(is_port)
            && received.host == registered.host
            && received.path == registered.path;
        matches.then(|| Self(claimed.to_owned()))
    }
}

/// `http://127.0.0.1[:port]/path` or `http://[::1][:port]/path`.
struct LoopbackUri<'u> {
    host: &'static str,
    port: Option<&'u str>,
    path: &'u str,
}

impl<'u> LoopbackUri<'u> {
    fn split(text: &'u str) -> Option<Self> {
        ["127.0.0.1", "[::1]"].into_iter().find_map(|host| {
            let rest = text.strip_prefix("http://")?.strip_prefix(host)?;
            let (port, path) = rest.split_once('/')?;
            let port = if port.is_empty() {
                None
            } else {
                Some(port.strip_prefix(':')?)
            };
            Some(Self { host, port, path })
        })
    }
}

fn is_port(text: &str) -> bool {
    let is_decimal = text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0');
    is_decimal && text.parse::<u16>().is_ok()
}

/// The characters of RFC 3986.
fn is_uri_character(character: char) -> bool {
    character.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(character)
}

fn check_web_url(text: &str, url: &Url) -> Result<(), RedirectUriError> {
    // The parser, like browsers and unlike others, treats `https:a` and `https:/a` as `https://a`.
    let has_two_slashes = text.starts_with("https://") || text.starts_with("http://");
    let host = url
        .host()
        .filter(|_| has_two_slashes)
        .ok_or(RedirectUriError::NotAbsolute)?;
    if url.scheme() == "http" && !is_loopback(&host) {
        return Err(RedirectUriError::NotHttps);
    }
    let authority = text.split('/').nth(2).unwrap_or_default();
    if authority.contains('@') {
        return Err(RedirectUriError::UserInfo);
    }
    // Other software may interpret another spelling of the host (capitals, 0x7f.1, a percent sign) differently.
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
        _ => Err(RedirectUriError::HostNotNormalized { expected: host }),
    }
}

fn check_private_use_scheme(
    scheme: &str,
    url: &Url,
    client_type: ClientType,
) -> Result<(), RedirectUriError> {
    // The dot excludes `javascript:`, `data:`, `file:` and future schemes of browsers.
    let is_private_use = scheme.contains('.') && client_type == ClientType::Public;
    if !is_private_use {
        return Err(RedirectUriError::SchemeNotAllowed {
            received: scheme.to_owned(),
        });
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(RedirectUriError::UserInfo);
    }
    Ok(())
}

/// Why a text cannot be registered as a redirect URI.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RedirectUriError {
    #[error("the redirect URI has {received} bytes; the maximum is {limit}")]
    TooLong { limit: usize, received: usize },
    /// The first character that RFC 3986 does not allow.
    #[error("the redirect URI contains {character:?}, which is not allowed in a URI")]
    InvalidCharacter { character: char },
    /// Not `scheme://host…`.
    #[error("the redirect URI is not an absolute URL")]
    NotAbsolute,
    /// RFC 6749 3.1.2 forbids a fragment.
    #[error("the redirect URI may have no fragment (the part after #)")]
    Fragment,
    /// `*` has no special meaning, because redirect URIs are compared byte by byte.
    #[error("the redirect URI may have no *: register each URI")]
    Wildcard,
    #[error("the redirect URI may have no user name or password")]
    UserInfo,
    /// http to another host than loopback.
    #[error("the redirect URI has to begin with https (http only on loopback)")]
    NotHttps,
    /// The host or the port is not in its normal form.
    #[error("the host of the redirect URI has to be written {expected}, with a plain port if any")]
    HostNotNormalized { expected: String },
    /// The scheme is neither http(s) nor, for a public client, a private-use scheme.
    #[error(
        "the scheme {received} is not allowed: https, http on loopback, or for a public client one like com.example.app"
    )]
    SchemeNotAllowed { received: String },
}

impl RedirectUriError {
    /// The name that logs, docs and support requests share. Never changes.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooLong { .. } => "redirect-uri-too-long",
            Self::InvalidCharacter { .. } => "redirect-uri-character",
            Self::NotAbsolute => "redirect-uri-not-absolute",
            Self::Fragment => "redirect-uri-fragment",
            Self::Wildcard => "redirect-uri-wildcard",
            Self::UserInfo => "redirect-uri-user-info",
            Self::NotHttps => "redirect-uri-not-https",
            Self::HostNotNormalized { .. } => "redirect-uri-host",
            Self::SchemeNotAllowed { .. } => "redirect-uri-scheme",
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn result_code(text: &str, client_type: ClientType) -> &'static str {
        match RedirectUri::parse(text, client_type) {
            Ok(uri) if uri.as_str() == text => "accepted",
            Ok(_) => "changed",
            Err(error) => error.code(),
        }
    }

    #[rstest]
    #[case::path("https://app.example.com/callback", "accepted")]
    #[case::no_path("https://app.example.com", "accepted")]
    #[case::query("https://app.example.com?tenant=a/b", "accepted")]
    #[case::port_and_query("https://app.example.com:8443/cb?a=b&c=%20", "accepted")]
    #[case::ipv4("https://192.0.2.7/cb", "accepted")]
    #[case::ipv6("https://[2001:db8::1]/cb", "accepted")]
    #[case::punycode("https://xn--bcher-kva.example/cb", "accepted")]
    #[case::loopback_with_port("http://127.0.0.1:3000/cb", "accepted")]
    #[case::loopback_without_port("http://127.0.0.1/cb", "accepted")]
    #[case::ipv6_loopback("http://[::1]:3000/cb", "accepted")]
    #[case::localhost("http://localhost:3000/cb", "accepted")]
    #[case::http("http://app.example.com/cb", "redirect-uri-not-https")]
    #[case::http_subdomain_of_localhost(
        "http://localhost.example.com/cb",
        "redirect-uri-not-https"
    )]
    #[case::http_unspecified_address("http://0.0.0.0/cb", "redirect-uri-not-https")]
    #[case::http_other_ipv6("http://[::2]/cb", "redirect-uri-not-https")]
    #[case::fragment("https://app.example.com/cb#part", "redirect-uri-fragment")]
    #[case::empty_fragment("https://app.example.com/cb#", "redirect-uri-fragment")]
    #[case::wildcard_host("https://*.example.com/cb", "redirect-uri-wildcard")]
    #[case::wildcard_path("https://app.example.com/*", "redirect-uri-wildcard")]
    #[case::user_name("https://ada@app.example.com/cb", "redirect-uri-user-info")]
    #[case::password("https://ada:pw@app.example.com/cb", "redirect-uri-user-info")]
    #[case::empty_user_name("https://@app.example.com/cb", "redirect-uri-user-info")]
    #[case::path_only("/cb", "redirect-uri-not-absolute")]
    #[case::scheme_relative("//app.example.com/cb", "redirect-uri-not-absolute")]
    #[case::no_scheme("app.example.com/cb", "redirect-uri-not-absolute")]
    #[case::no_slashes("https:app.example.com/cb", "redirect-uri-not-absolute")]
    #[case::one_slash("https:/app.example.com/cb", "redirect-uri-not-absolute")]
    #[case::uppercase_scheme("HTTPS://app.example.com/cb", "redirect-uri-not-absolute")]
    #[case::no_host("https://", "redirect-uri-not-absolute")]
    #[case::empty("", "redirect-uri-not-absolute")]
    #[case::three_slashes("https:///app.example.com/cb", "redirect-uri-host")]
    #[case::uppercase_host("https://APP.example.com/cb", "redirect-uri-host")]
    #[case::encoded_host("https://app%2eexample.com/cb", "redirect-uri-host")]
    #[case::hexadecimal_host("https://0x7f.1/cb", "redirect-uri-host")]
    #[case::empty_port("https://app.example.com:/cb", "redirect-uri-host")]
    #[case::leading_zero_in_port("https://app.example.com:0443/cb", "redirect-uri-host")]
    #[case::port_too_large("https://app.example.com:65536/cb", "redirect-uri-not-absolute")]
    #[case::backslash("https://app.example.com\\@evil.example/cb", "redirect-uri-character")]
    #[case::leading_space(" https://app.example.com/cb", "redirect-uri-character")]
    #[case::space_in_path("https://app.example.com/a b", "redirect-uri-character")]
    #[case::tab("https://app.example.com/\t", "redirect-uri-character")]
    #[case::non_ascii_host("https://bücher.example/cb", "redirect-uri-character")]
    #[case::html("https://app.example.com/\"><script>", "redirect-uri-character")]
    fn a_web_url_is_accepted_in_normal_form(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(result_code(text, ClientType::Confidential), expected);
        assert_eq!(result_code(text, ClientType::Public), expected);
    }

    #[rstest]
    #[case::one_slash("com.example.app:/callback", "accepted")]
    #[case::two_slashes("com.example.app://callback", "accepted")]
    #[case::without_dot("myapp:/callback", "redirect-uri-scheme")]
    #[case::javascript("javascript:alert(1)", "redirect-uri-scheme")]
    #[case::data("data:text/html,x", "redirect-uri-scheme")]
    #[case::file("file:///etc/passwd", "redirect-uri-scheme")]
    #[case::urn("urn:ietf:wg:oauth:2.0:oob", "redirect-uri-scheme")]
    #[case::ftp("ftp://app.example.com/cb", "redirect-uri-scheme")]
    #[case::user_name("com.example.app://ada@callback", "redirect-uri-user-info")]
    fn a_private_use_scheme_has_a_dot_and_is_only_for_public_clients(
        #[case] text: &str,
        #[case] expected: &str,
    ) {
        assert_eq!(result_code(text, ClientType::Public), expected);
        let confidential = result_code(text, ClientType::Confidential);
        assert_eq!(confidential, "redirect-uri-scheme");
    }

    #[test]
    fn a_redirect_uri_has_a_maximum_length() {
        let uri_of_length = |length: usize| {
            let prefix = "https://app.example.com/";
            format!("{prefix}{}", "a".repeat(length - prefix.len()))
        };
        assert_eq!(
            result_code(&uri_of_length(MAX_REDIRECT_URI_BYTES), ClientType::Public),
            "accepted"
        );
        assert_eq!(
            result_code(
                &uri_of_length(MAX_REDIRECT_URI_BYTES + 1),
                ClientType::Public
            ),
            "redirect-uri-too-long"
        );
    }
}
