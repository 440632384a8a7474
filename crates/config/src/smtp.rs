use std::borrow::Cow;
use std::fmt;
use std::net::IpAddr;

use percent_encoding::percent_decode_str;
use url::{Host, Url};

use crate::key::SMTP_URL;

/// The query parameter that allows an unencrypted connection to another machine.
const UNENCRYPTED: &str = "danger_unencrypted";

#[derive(Clone, PartialEq, Eq)]
pub struct MailServer {
    pub host: String,
    pub port: u16,
    pub security: Security,
    /// User name and password.
    pub credentials: Option<(String, String)>,
}

/// The encryption of a connection to a mail server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// TLS from the first byte.
    Tls,
    /// STARTTLS; a server that does not support it gets no mail.
    StartTls,
    /// For a server on this machine, or with `danger_unencrypted`.
    Unencrypted,
}

impl MailServer {
    /// Parses `smtps://USER:PASSWORD@HOST:PORT`, or the same with `smtp`. The error describes valid values.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let expected = SMTP_URL.expected;
        let url = Url::parse(text).map_err(|_| expected)?;
        let host = url.host().ok_or(expected)?;
        let is_bare = matches!(url.path(), "" | "/") && url.fragment().is_none();
        let is_unencrypted = match url.query() {
            None => is_loopback(&host),
            Some(query) if query == format!("{UNENCRYPTED}=true") => true,
            Some(_) => return Err(expected),
        };
        let (security, port) = match url.scheme() {
            _ if !is_bare => return Err(expected),
            "smtps" if url.query().is_none() => (Security::Tls, 465),
            "smtp" if is_unencrypted => (Security::Unencrypted, 25),
            "smtp" => (Security::StartTls, 587),
            _ => return Err(expected),
        };
        Ok(Self {
            host: match host {
                Host::Ipv6(ip) => ip.to_string(),
                Host::Domain(_) | Host::Ipv4(_) => host.to_string(),
            },
            port: url.port().unwrap_or(port),
            security,
            credentials: credentials(&url)?,
        })
    }
}

fn credentials(url: &Url) -> Result<Option<(String, String)>, &'static str> {
    let decode = |text: &str| {
        percent_decode_str(text)
            .decode_utf8()
            .map(Cow::into_owned)
            .map_err(
                |_| "a user name and password in UTF-8 with percent-encoded special characters",
            )
    };
    match (url.username(), url.password()) {
        ("", None) => Ok(None),
        ("", Some(_)) | (_, None) => Err("a user name and a password, or neither"),
        (user, Some(password)) => Ok(Some((decode(user)?, decode(password)?))),
    }
}

fn is_loopback(host: &Host<&str>) -> bool {
    match host {
        // For schemes other than http, `Url` does not parse IPv4 addresses.
        Host::Domain(name) => {
            *name == "localhost" || name.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
        }
        Host::Ipv4(ip) => ip.is_loopback(),
        Host::Ipv6(ip) => ip.is_loopback(),
    }
}

impl fmt::Display for MailServer {
    /// Without user name and password.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { host, port, .. } = self;
        let host = match host.contains(':') {
            true => &format!("[{host}]"),
            false => host,
        };
        match self.security {
            Security::Tls => write!(formatter, "smtps://{host}:{port}"),
            Security::StartTls => write!(formatter, "smtp://{host}:{port}"),
            Security::Unencrypted => write!(formatter, "smtp://{host}:{port} (unencrypted)"),
        }
    }
}

impl fmt::Debug for MailServer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::tls("smtps://mail.example.com", Security::Tls, 465)]
    #[case::start_tls("smtp://mail.example.com", Security::StartTls, 587)]
    #[case::start_tls_with_port("smtp://mail.example.com:25/", Security::StartTls, 25)]
    #[case::localhost("smtp://localhost", Security::Unencrypted, 25)]
    #[case::loopback_ipv4("smtp://127.0.0.1:1025", Security::Unencrypted, 1025)]
    #[case::loopback_ipv6("smtp://[::1]:1025", Security::Unencrypted, 1025)]
    #[case::unencrypted_by_exception(
        "smtp://relay.internal?danger_unencrypted=true",
        Security::Unencrypted,
        25
    )]
    fn mail_servers_on_other_machines_need_tls(
        #[case] url: &str,
        #[case] security: Security,
        #[case] port: u16,
    ) {
        let server = MailServer::parse(url).unwrap();
        assert_eq!(server.security, security);
        assert_eq!(server.port, port);
    }

    #[rstest]
    fn invalid_mail_servers_are_rejected(
        #[values(
            "mail.example.com",
            "https://mail.example.com",
            "smtp:mail",
            "smtp://mail.example.com/inbox",
            "smtp://mail.example.com?tls=none",
            "smtps://mail.example.com?danger_unencrypted=true",
            "smtp://ada@mail.example.com",
            "smtp://:secret@mail.example.com",
            "smtp://a:%ff@mail.example.com"
        )]
        url: &str,
    ) {
        MailServer::parse(url).unwrap_err();
    }

    #[test]
    fn a_password_is_parsed_and_never_printed() {
        let server =
            MailServer::parse("smtps://ada%40example.com:hunter%2F2@mail.example.com").unwrap();
        assert_eq!(
            server.credentials,
            Some(("ada@example.com".to_owned(), "hunter/2".to_owned()))
        );
        assert_eq!(format!("{server:?} {server}").matches("hunter").count(), 0);
        assert_eq!(server.to_string(), "smtps://mail.example.com:465");
    }
}
