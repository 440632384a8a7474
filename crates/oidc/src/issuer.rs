use serde::{Deserialize, Serialize};
use url::{Host, Url};

/// The issuer identifier of this provider, and the base URL of its endpoints.
///
/// The value comes from the configuration and never from a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Issuer(String);

impl Issuer {
    /// Accepts an https URL (http on loopback) without query, fragment, userinfo or trailing slash.
    pub fn parse(text: &str) -> Result<Self, IssuerError> {
        let url = Url::parse(text).map_err(|_| IssuerError::NotAbsolute)?;
        let is_loopback = url.host().is_some_and(|host| is_loopback(&host));
        if !(url.scheme() == "https" || url.scheme() == "http" && is_loopback) {
            return Err(IssuerError::NotHttps);
        }
        let has_no_extras =
            url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
        if !has_no_extras || url.password().is_some() {
            return Err(IssuerError::ExtraComponents);
        }
        // Clients compare the issuer as a string, so it has to be normalized.
        let normalized = url.as_str().trim_end_matches('/');
        if normalized != text {
            return Err(IssuerError::NotNormalized {
                expected: normalized.to_owned(),
            });
        }
        Ok(Self(text.to_owned()))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    #[must_use]
    pub fn authorization_endpoint(&self) -> String {
        self.endpoint("/authorize")
    }

    #[must_use]
    pub fn token_endpoint(&self) -> String {
        self.endpoint("/token")
    }

    #[must_use]
    pub fn userinfo_endpoint(&self) -> String {
        self.endpoint("/userinfo")
    }

    #[must_use]
    pub fn jwks_uri(&self) -> String {
        self.endpoint("/jwks")
    }

    fn endpoint(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }
}

/// `localhost`, 127.0.0.0/8 or `[::1]`.
pub(crate) fn is_loopback(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => *name == "localhost",
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}

/// Why a text is not a valid issuer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IssuerError {
    #[error("it is not an absolute URL")]
    NotAbsolute,
    #[error("it has to begin with https (http only on loopback)")]
    NotHttps,
    #[error("it may have no query, fragment, user name or password")]
    ExtraComponents,
    /// Clients compare the issuer as a string, and would compare it with another spelling of the same URL.
    #[error("it has to be written {expected}")]
    NotNormalized { expected: String },
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn not_normalized(expected: &str) -> Result<(), IssuerError> {
        Err(IssuerError::NotNormalized {
            expected: expected.to_owned(),
        })
    }

    #[rstest]
    #[case::https("https://sso.example.com", Ok(()))]
    #[case::port_and_path("https://sso.example.com:8443/auth", Ok(()))]
    #[case::loopback_ipv4("http://127.0.0.1:8080", Ok(()))]
    #[case::localhost("http://localhost:8080", Ok(()))]
    #[case::loopback_ipv6("http://[::1]:8080", Ok(()))]
    #[case::trailing_slash("https://sso.example.com/", not_normalized("https://sso.example.com"))]
    #[case::uppercase_host("https://SSO.example.com", not_normalized("https://sso.example.com"))]
    #[case::default_port(
        "https://sso.example.com:443",
        not_normalized("https://sso.example.com")
    )]
    #[case::http("http://sso.example.com", Err(IssuerError::NotHttps))]
    #[case::localhost_subdomain("http://localhost.example.com", Err(IssuerError::NotHttps))]
    #[case::ftp("ftp://sso.example.com", Err(IssuerError::NotHttps))]
    #[case::query("https://sso.example.com?a", Err(IssuerError::ExtraComponents))]
    #[case::fragment("https://sso.example.com#a", Err(IssuerError::ExtraComponents))]
    #[case::user_name("https://a@sso.example.com", Err(IssuerError::ExtraComponents))]
    #[case::password("https://:b@sso.example.com", Err(IssuerError::ExtraComponents))]
    #[case::no_scheme("sso.example.com", Err(IssuerError::NotAbsolute))]
    #[case::empty("", Err(IssuerError::NotAbsolute))]
    fn an_issuer_is_a_normalized_https_or_loopback_url(
        #[case] text: &str,
        #[case] expected: Result<(), IssuerError>,
    ) {
        assert_eq!(Issuer::parse(text).map(drop), expected);
    }
}
