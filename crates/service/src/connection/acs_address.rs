//! The URLs of a connection that an administrator enters at the identity provider.

use runtime::app::App;
use runtime::problem::{FieldProblem, LocalizedText};
use saml::location::Location;
use store::{Connection, ConnectionId};
use url::Url;

use super::location_error::location_error_text;

/// The assertion consumer service URL: the assigned one, or the one on this server's host.
pub fn acs_url(app: &App, connection: &Connection) -> String {
    let default = || own_acs_url(app, &connection.id);
    connection.settings.acs_url.clone().unwrap_or_else(default)
}

/// The ACS URL on this server's host. An assigned ACS URL forwards to it.
pub fn own_acs_url(app: &App, connection: &ConnectionId) -> String {
    format!("{}/acs", base_url(app, connection))
}

/// The URL of the service provider's metadata.
pub fn sp_metadata_url(app: &App, connection: &Connection) -> String {
    format!("{}/metadata", base_url(app, &connection.id))
}

/// The URL of the service provider's signing certificates.
pub fn certificate_url(app: &App, connection: &Connection) -> String {
    format!("{}/certificate", base_url(app, &connection.id))
}

/// Parses a connection ID in a URL: `con_…` or `con-…`.
pub fn parse_connection_id(text: &str) -> Option<ConnectionId> {
    match text.strip_prefix("con-") {
        Some(rest) => ConnectionId::parse(&format!("con_{rest}")).ok(),
        None => ConnectionId::parse(text).ok(),
    }
}

/// Checks an ACS URL to assign to a connection, at which this server answers instead of another product. One with plain
/// http is only accepted where the connection has it already, and for loopback addresses.
pub(super) fn check_assigned(url: &str, before: Option<&str>) -> Result<(), FieldProblem> {
    let invalid = |received: LocalizedText| {
        let expected = "the URL at which the identity provider posts responses, such as https://sso.example.com/acs";
        FieldProblem::new("acs_url", expected, received)
    };
    let location =
        Location::parse(url).map_err(|error| invalid(location_error_text(url, error)))?;
    if !location.is_protected() && before != Some(url) {
        let received = LocalizedText::with("problem-received-plain-http", &[("url", url)]);
        return Err(invalid(received));
    }
    let parsed = Url::parse(url).map_err(|_| invalid(format!("{url:?}").into()))?;
    if parsed.query().is_some() {
        // Requests are compared without their query.
        return Err(invalid(format!("{url:?} (with a query)").into()));
    }
    if is_own_route(parsed.path()) {
        let received = format!("{url:?} (a path that this server uses itself)");
        return Err(invalid(received.into()));
    }
    Ok(())
}

/// Whether the server has a route with this path, which an assigned ACS URL would never reach.
pub fn is_own_route(path: &str) -> bool {
    let mut segments = path.trim_start_matches('/').split('/');
    match (segments.next(), segments.next(), segments.next()) {
        (Some("saml"), Some(_), Some(file)) => {
            matches!(file, "acs" | "metadata" | "certificate") && segments.next().is_none()
        }
        (Some("saml"), _, _) => false,
        (Some(first), _, _) => OWN_PATHS.contains(&first),
        (None, _, _) => true,
    }
}

/// The first segments of the server's paths, apart from those of connections.
const OWN_PATHS: [&str; 14] = [
    "",
    ".well-known",
    "api",
    "assets",
    "authorize",
    "console",
    "healthz",
    "jwks",
    "metrics",
    "readyz",
    "setup",
    "sign-in",
    "token",
    "userinfo",
];

/// Okta rejects an ACS URL with an underscore, so the ID is written with a hyphen.
fn base_url(app: &App, connection: &ConnectionId) -> String {
    let id = connection.as_str().replace('_', "-");
    format!("{}/saml/{id}", app.config.public_url)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[test]
    fn parses_a_connection_id_with_underscore_or_hyphen() {
        let id = ConnectionId::from_random([7; 16]);
        let with_hyphen = id.as_str().replace('_', "-");
        assert!(with_hyphen.starts_with("con-"));
        assert_eq!(parse_connection_id(&with_hyphen), Some(id.clone()));
        assert_eq!(parse_connection_id(id.as_str()), Some(id));
    }

    #[rstest]
    fn a_path_of_the_server_cannot_be_assigned(
        #[values(
            "",
            "/",
            "/token",
            "/authorize",
            "/console",
            "/console/sign-in",
            "/jwks",
            "/saml/con-a/acs",
            "/api/v1/plans",
            "/healthz"
        )]
        path: &str,
    ) {
        let url = format!("https://old.example.com{path}");
        let problem = check_assigned(&url, None).unwrap_err();
        assert!(problem.to_string().contains("uses itself"), "{problem}");
    }

    #[rstest]
    fn an_invalid_url_cannot_be_assigned(
        #[values(
            "/acs",
            "ftp://a.example/acs",
            "https://a.example/acs?x=1",
            "https:///acs"
        )]
        url: &str,
    ) {
        check_assigned(url, None).unwrap_err();
    }

    #[rstest]
    fn a_path_of_another_product_can_be_assigned(
        #[values(
            "/acs",
            "/saml/acs",
            "/auth/realms/Acme/broker/saml/endpoint",
            "/saml2/token"
        )]
        path: &str,
    ) {
        assert_eq!(
            check_assigned(&format!("https://old.example.com{path}"), None),
            Ok(())
        );
    }

    #[rstest]
    fn an_invalid_connection_id_is_rejected(
        #[values("", "con", "con-", "con-con_a", "con--a", "app-a", "con-A", "-a")] text: &str,
    ) {
        assert_eq!(parse_connection_id(text), None);
    }
}
