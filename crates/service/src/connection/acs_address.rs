//! The URLs of a connection that an administrator enters at the identity provider.

use runtime::app::App;
use store::{Connection, ConnectionId};

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
pub fn metadata_url(app: &App, connection: &Connection) -> String {
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
    fn an_invalid_connection_id_is_rejected(
        #[values("", "con", "con-", "con-con_a", "con--a", "app-a", "con-A", "-a")] text: &str,
    ) {
        assert_eq!(parse_connection_id(text), None);
    }
}
