//! The addresses of a connection, as its identity provider is told them.

use runtime::app::App;
use store::{Connection, ConnectionId};

/// Where the identity provider sends responses.
pub fn acs_url(app: &App, connection: &Connection) -> String {
    let usual = || own_acs_url(app, &connection.id);
    connection.settings.acs_url.clone().unwrap_or_else(usual)
}

/// Where every connection's responses come in the end: the address at this server's own host.
pub fn own_acs_url(app: &App, connection: &ConnectionId) -> String {
    format!("{}/acs", beginning(app, connection))
}

/// Where our own metadata is.
pub fn metadata_url(app: &App, connection: &Connection) -> String {
    format!("{}/metadata", beginning(app, &connection.id))
}

/// Where the certificates of our signatures are.
pub fn certificate_url(app: &App, connection: &Connection) -> String {
    format!("{}/certificate", beginning(app, &connection.id))
}

/// The connection that is named in an address, in whichever spelling.
pub fn read(word: &str) -> Option<ConnectionId> {
    match word.strip_prefix("con-") {
        Some(rest) => ConnectionId::parse(&format!("con_{rest}")).ok(),
        None => ConnectionId::parse(word).ok(),
    }
}

/// Okta takes no underscore in the address to which it sends responses; nobody minds a hyphen.
fn beginning(app: &App, connection: &ConnectionId) -> String {
    let word = connection.as_str().replace('_', "-");
    format!("{}/saml/{word}", app.config.public_url)
}

#[test]
fn both_spellings_name_the_same_connection() {
    let id = ConnectionId::from_random([7; 16]);
    let word = id.as_str().replace('_', "-");
    assert!(word.starts_with("con-"));
    assert_eq!(read(&word), Some(id.clone()));
    assert_eq!(read(id.as_str()), Some(id));
    for other in [
        "",
        "con",
        "con-",
        "con-con_a",
        "con--a",
        "app-a",
        "con-A",
        "-a",
    ] {
        assert_eq!(read(other), None, "{other}");
    }
}
