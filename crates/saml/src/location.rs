//! Addresses to which a browser may be redirected.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

/// An absolute web address to which a browser may be redirected.
///
/// Stored exactly as written, because addresses are compared byte by byte. Only `https:` and `http:` with a host are
/// accepted, so neither a form action nor a redirect can run a script.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Location(String);

/// Why a text is not a [`Location`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LocationError {
    #[error("the URL starts with neither https:// nor http://")]
    Scheme,
    /// The host is missing or invalid.
    #[error("the URL has no host")]
    Host,
    /// There is a user name or password before the host.
    #[error("the URL contains a user name")]
    UserInfo,
    #[error("the URL contains a fragment")]
    Fragment,
    /// A character must be percent-encoded, such as a space, a quotation mark or an umlaut.
    #[error("the URL contains a character that URLs cannot contain")]
    Character,
    #[error("the URL is longer than 2048 characters")]
    TooLong,
}

/// In octets.
const MAX_LOCATION_LENGTH: usize = 2048;

impl Location {
    pub fn parse(text: &str) -> Result<Self, LocationError> {
        let (scheme, rest) = text.split_once("://").ok_or(LocationError::Scheme)?;
        if !scheme.eq_ignore_ascii_case("https") && !scheme.eq_ignore_ascii_case("http") {
            return Err(LocationError::Scheme);
        }
        if text.len() > MAX_LOCATION_LENGTH {
            return Err(LocationError::TooLong);
        }
        if !text.bytes().all(is_allowed) {
            return Err(LocationError::Character);
        }
        if text.contains('#') {
            return Err(LocationError::Fragment);
        }
        let authority = rest.split(['/', '?']).next().unwrap_or_default();
        if authority.contains('@') {
            return Err(LocationError::UserInfo);
        }
        if !is_authority(authority) {
            return Err(LocationError::Host);
        }
        Ok(Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether no one else can read what a browser sends there: by transport encryption, or because it stays on the computer.
    pub fn is_protected(&self) -> bool {
        !self.is_plain_http() || self.is_loopback()
    }

    /// Whether the address is `http:`, without transport encryption.
    fn is_plain_http(&self) -> bool {
        self.0
            .split_once(':')
            .is_some_and(|(scheme, _)| scheme.eq_ignore_ascii_case("http"))
    }

    /// Whether the host is the computer of the browser: `localhost`, a name below it, or a loopback address.
    pub fn is_loopback(&self) -> bool {
        let host = self.host();
        if let Some(address) = host
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'))
        {
            return address.parse::<Ipv6Addr>().is_ok_and(|ip| ip.is_loopback());
        }
        let name = host.to_ascii_lowercase();
        name == "localhost"
            || name.ends_with(".localhost")
            || name.parse::<Ipv4Addr>().is_ok_and(|ip| ip.is_loopback())
    }

    /// The host, an IPv6 address with its brackets.
    fn host(&self) -> &str {
        let rest = self.0.split_once("://").map_or("", |(_, rest)| rest);
        let authority = rest.split(['/', '?']).next().unwrap_or_default();
        match authority.find(']') {
            Some(end) => &authority[..=end],
            None => authority.split(':').next().unwrap_or_default(),
        }
    }
}

/// The characters of RFC 3986, including `[` and `]` for IPv6 addresses.
const fn is_allowed(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'-' | b'.'
                | b'_'
                | b'~'
                | b':'
                | b'/'
                | b'?'
                | b'#'
                | b'['
                | b']'
                | b'@'
                | b'!'
                | b'$'
                | b'&'
                | b'\''
                | b'('
                | b')'
                | b'*'
                | b'+'
                | b','
                | b';'
                | b'='
                | b'%'
        )
}

fn is_authority(authority: &str) -> bool {
    if let Some(rest) = authority.strip_prefix('[') {
        return rest.split_once(']').is_some_and(|(address, port)| {
            address.parse::<Ipv6Addr>().is_ok()
                && (port.is_empty() || is_port(port.strip_prefix(':')))
        });
    }
    let (host, port) = match authority.split_once(':') {
        Some((host, port)) => (host, Some(port)),
        None => (authority, None),
    };
    let is_host = host
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_'))
        && host.bytes().any(|byte| byte.is_ascii_alphanumeric());
    is_host && (port.is_none() || is_port(port))
}

fn is_port(text: Option<&str>) -> bool {
    text.is_some_and(|port| {
        port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok()
    })
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    fn an_address_is_stored_as_written(
        #[values(
            "https://idp.example/sso",
            "https://login.microsoftonline.com/7e3bb1f0-0000-0000-0000-000000000000/saml2",
            "https://accounts.google.com/o/saml2/idp?idpid=C01abc",
            "http://127.0.0.1:8080/sso",
            "https://[::1]:8443/sso",
            "HTTPS://IdP.Example"
        )]
        text: &str,
    ) {
        assert_eq!(Location::parse(text).unwrap().as_str(), text);
    }

    #[rstest]
    #[case::javascript("javascript:alert(1)", LocationError::Scheme)]
    #[case::javascript_with_host("javascript://idp.example/%0aalert(1)", LocationError::Scheme)]
    #[case::data("data:text/html,x", LocationError::Scheme)]
    #[case::scheme_relative("//idp.example/", LocationError::Scheme)]
    #[case::path_only("/sso", LocationError::Scheme)]
    #[case::empty("", LocationError::Scheme)]
    #[case::leading_space(" https://idp.example/", LocationError::Scheme)]
    #[case::no_host("https:///sso", LocationError::Host)]
    #[case::query_without_host("https://?a", LocationError::Host)]
    #[case::port_too_large("https://idp.example:99999/", LocationError::Host)]
    #[case::empty_port("https://idp.example:/", LocationError::Host)]
    #[case::unclosed_ipv6("https://[::1/", LocationError::Host)]
    #[case::user_name("https://good.example@evil.example/", LocationError::UserInfo)]
    #[case::fragment("https://idp.example/#x", LocationError::Fragment)]
    #[case::html("https://idp.example/\"><script>", LocationError::Character)]
    #[case::line_break("https://idp.example/\r\nSet-Cookie: a", LocationError::Character)]
    #[case::backslash("https://idp.example\\@evil.example/", LocationError::Character)]
    #[case::non_ascii_host("https://idp.exämple/", LocationError::Character)]
    fn only_web_addresses_are_accepted(#[case] text: &str, #[case] error: LocationError) {
        assert_eq!(Location::parse(text), Err(error));
    }

    #[test]
    fn an_address_has_a_maximum_length() {
        let long = format!("https://idp.example/{}", "a".repeat(2029));
        assert_eq!(Location::parse(&long), Err(LocationError::TooLong));
    }

    #[test]
    fn plain_http_is_recognized() {
        assert!(
            Location::parse("HTTP://idp.example/")
                .unwrap()
                .is_plain_http()
        );
        assert!(
            !Location::parse("https://idp.example/?u=http://a")
                .unwrap()
                .is_plain_http()
        );
    }

    #[rstest]
    #[case::name("http://localhost/sso", true)]
    #[case::port("http://LOCALHOST:8080/sso", true)]
    #[case::name_below("http://idp.localhost", true)]
    #[case::ipv4("http://127.0.0.1:9801/sso", true)]
    #[case::ipv4_other("http://127.9.9.9?x=1", true)]
    #[case::ipv6("http://[::1]:8080/", true)]
    #[case::other_name("http://idp.example/localhost", false)]
    #[case::longer_name("http://localhost.example/", false)]
    #[case::prefix("http://notlocalhost/", false)]
    #[case::private_address("http://10.0.0.1/", false)]
    #[case::address_as_a_name("http://127.0.0.1.example/", false)]
    #[case::ipv6_elsewhere("http://[2001:db8::1]/", false)]
    fn a_loopback_host_is_recognized(#[case] url: &str, #[case] is_loopback: bool) {
        assert_eq!(Location::parse(url).unwrap().is_loopback(), is_loopback);
    }
}
