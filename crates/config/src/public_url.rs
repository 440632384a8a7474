use std::fmt;

use url::{Host, Url};

/// Scheme, host and port of this server for browsers and applications. Every URL that the server gives out starts with
/// it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl {
    origin: String,
    authority: String,
}

impl PublicUrl {
    /// Parses an origin: https, or http on a loopback host. The error describes valid values.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let origin = text.strip_suffix('/').unwrap_or(text);
        let url = Url::parse(origin).map_err(|_| "an address such as https://auth.example.com")?;
        if !url.username().is_empty()
            || url.password().is_some()
            || url.query().is_some()
            || url.fragment().is_some()
        {
            return Err("an address without user, query and fragment");
        }
        if url.path() != "/" {
            return Err("an address without a path: Vestibule takes a host of its own");
        }
        match url.scheme() {
            "https" => {}
            "http" if is_loopback(&url) => {}
            "http" => {
                return Err(
                    "https, since http is for addresses of this machine alone (localhost, 127.0.0.1)",
                );
            }
            _ => return Err("an address that starts with https://"),
        }
        // Normalized: lower case, without a default port.
        let origin = url.as_str().trim_end_matches('/').to_owned();
        let authority = url[url::Position::BeforeHost..url::Position::AfterPort].to_owned();
        Ok(Self { origin, authority })
    }

    /// `http://localhost` with this port.
    pub fn loopback(port: u16) -> Self {
        let authority = if port == 80 {
            "localhost".to_owned()
        } else {
            format!("localhost:{port}")
        };
        Self {
            origin: format!("http://{authority}"),
            authority,
        }
    }

    /// Scheme, host and port, without a slash at the end.
    pub fn as_str(&self) -> &str {
        &self.origin
    }

    /// The host, and the port unless it is the default, as in a `Host` header.
    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// The host without a port; `None` for an IP address, to which browsers do not bind passkeys.
    pub fn host_name(&self) -> Option<String> {
        let url = Url::parse(&self.origin).ok()?;
        url.domain().map(ToOwned::to_owned)
    }

    pub fn is_https(&self) -> bool {
        self.origin.starts_with("https://")
    }

    /// Whether the `Host` header of a request names this server.
    pub fn is_host(&self, host: &str) -> bool {
        let default_port = if self.is_https() { ":443" } else { ":80" };
        let host = host.strip_suffix(default_port).unwrap_or(host);
        host.eq_ignore_ascii_case(&self.authority)
    }

    pub fn is_loopback(&self) -> bool {
        Url::parse(&self.origin).is_ok_and(|url| is_loopback(&url))
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.origin)
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    fn https_and_plain_http_on_loopback_are_accepted(
        #[values(
            "https://auth.example.com",
            "http://localhost:8080",
            "http://127.0.0.1:8080/",
            "http://[::1]:1"
        )]
        text: &str,
    ) {
        assert!(PublicUrl::parse(text).is_ok(), "{text}");
    }

    #[rstest]
    fn plain_http_is_for_loopback_only(
        #[values(
            "http://auth.example.com",
            "http://10.0.0.1",
            "ftp://localhost",
            "auth.example.com",
            ""
        )]
        text: &str,
    ) {
        assert!(PublicUrl::parse(text).is_err(), "{text}");
    }

    #[rstest]
    fn only_an_origin_is_a_public_url(
        #[values(
            "https://auth.example.com/sso",
            "https://auth.example.com?x",
            "https://auth.example.com#x",
            "https://me:secret@auth.example.com"
        )]
        text: &str,
    ) {
        assert!(PublicUrl::parse(text).is_err(), "{text}");
    }

    #[test]
    fn the_public_url_is_normalized() {
        let public = PublicUrl::parse("https://Auth.Example.com:443/").unwrap();
        assert_eq!(public.as_str(), "https://auth.example.com");
    }

    #[rstest]
    #[case::lowercase("auth.example.com", true)]
    #[case::uppercase("AUTH.example.com", true)]
    #[case::default_port("auth.example.com:443", true)]
    #[case::longer_host("auth.example.com.evil.example", false)]
    #[case::other_host("evil.example", false)]
    #[case::other_port("auth.example.com:8443", false)]
    #[case::empty("", false)]
    #[case::http_port("auth.example.com:80", false)]
    fn a_host_is_compared_as_browsers_send_it(#[case] host: &str, #[case] is_own: bool) {
        let public = PublicUrl::parse("https://Auth.Example.com:443/").unwrap();
        assert_eq!(public.is_host(host), is_own);
    }

    #[rstest]
    #[case::host("https://Auth.example.com:8443", Some("auth.example.com"))]
    #[case::localhost("http://localhost:8080", Some("localhost"))]
    #[case::loopback_ipv4("http://127.0.0.1:8080", None)]
    #[case::loopback_ipv6("http://[::1]:1", None)]
    #[case::ipv4("https://192.0.2.7", None)]
    fn an_ip_address_is_not_a_host_name(#[case] text: &str, #[case] host_name: Option<&str>) {
        let public = PublicUrl::parse(text).unwrap();
        assert_eq!(public.host_name().as_deref(), host_name);
    }
}
