use serde::{Deserialize, Serialize};
use url::{Host, Url};

/// Our own name toward applications, and the stem of every endpoint's address.
///
/// It comes from the configuration and never from a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Issuer(String);

impl Issuer {
    /// Reads an https address (http on loopback) without query, fragment, userinfo or final slash.
    pub fn read(text: &str) -> Result<Self, IssuerError> {
        let url = Url::parse(text).map_err(|_| IssuerError::NotAnAddress)?;
        let is_loopback = url.host().is_some_and(|host| is_loopback(&host));
        if !(url.scheme() == "https" || url.scheme() == "http" && is_loopback) {
            return Err(IssuerError::NotHttps);
        }
        let is_bare =
            url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
        if !is_bare || url.password().is_some() {
            return Err(IssuerError::MoreThanAPath);
        }
        // Clients compare the text that they were configured with, so it has to be in normal form.
        let normal = url.as_str().trim_end_matches('/');
        if normal != text {
            return Err(IssuerError::NotNormal {
                expected: normal.to_owned(),
            });
        }
        Ok(Self(text.to_owned()))
    }

    /// The claim `iss`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Where a sign-in begins.
    #[must_use]
    pub fn authorization_endpoint(&self) -> String {
        self.at("/authorize")
    }

    /// Where a code is traded.
    #[must_use]
    pub fn token_endpoint(&self) -> String {
        self.at("/token")
    }

    /// Where claims are read.
    #[must_use]
    pub fn userinfo_endpoint(&self) -> String {
        self.at("/userinfo")
    }

    /// Where our public keys are.
    #[must_use]
    pub fn jwks_uri(&self) -> String {
        self.at("/jwks")
    }

    fn at(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }
}

/// Whether this host is the machine itself: `localhost`, 127.0.0.0/8 or `[::1]`.
pub(crate) fn is_loopback(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => *name == "localhost",
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}

/// Why a text cannot be our issuer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum IssuerError {
    /// It is not an absolute address.
    NotAnAddress,
    /// It is neither https nor http on loopback.
    NotHttps,
    /// It has a query, a fragment, a user name or a password.
    MoreThanAPath,
    /// Clients would compare it with another spelling of the same address.
    NotNormal {
        /// The spelling to use.
        expected: String,
    },
}

impl std::fmt::Display for IssuerError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotAnAddress => out.write_str("it is not an absolute address"),
            Self::NotHttps => out.write_str("it has to begin with https (http on loopback alone)"),
            Self::MoreThanAPath => {
                out.write_str("it may have no query, fragment, user name or password")
            }
            Self::NotNormal { expected } => write!(out, "it has to be written {expected}"),
        }
    }
}

impl std::error::Error for IssuerError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_issuer_is_https_or_loopback_in_normal_form() {
        let normal = |text: &str| {
            Err(IssuerError::NotNormal {
                expected: text.to_owned(),
            })
        };
        for (text, expected) in [
            ("https://sso.example.com", Ok(())),
            ("https://sso.example.com:8443/auth", Ok(())),
            ("http://127.0.0.1:8080", Ok(())),
            ("http://localhost:8080", Ok(())),
            ("http://[::1]:8080", Ok(())),
            (
                "https://sso.example.com/",
                normal("https://sso.example.com"),
            ),
            ("https://SSO.example.com", normal("https://sso.example.com")),
            (
                "https://sso.example.com:443",
                normal("https://sso.example.com"),
            ),
            ("http://sso.example.com", Err(IssuerError::NotHttps)),
            ("http://localhost.example.com", Err(IssuerError::NotHttps)),
            ("ftp://sso.example.com", Err(IssuerError::NotHttps)),
            ("https://sso.example.com?a", Err(IssuerError::MoreThanAPath)),
            ("https://sso.example.com#a", Err(IssuerError::MoreThanAPath)),
            ("https://a@sso.example.com", Err(IssuerError::MoreThanAPath)),
            (
                "https://:b@sso.example.com",
                Err(IssuerError::MoreThanAPath),
            ),
            ("sso.example.com", Err(IssuerError::NotAnAddress)),
            ("", Err(IssuerError::NotAnAddress)),
        ] {
            assert_eq!(Issuer::read(text).map(drop), expected, "{text}");
        }
    }
}
