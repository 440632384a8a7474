//! What an operator can do. The API and the command line are thin over these functions.

pub mod account;
pub mod api_key;
pub mod application;
pub mod audit_log;
pub mod connection;
pub mod console_session;
pub mod domain;
pub mod email_code;
pub mod health;
pub mod invitation;
pub mod json;
pub mod listing;
pub mod member;
pub mod operator;
pub mod organization;
pub mod passkey;
pub mod plan;
pub mod recovery;
pub mod role;
pub mod schema;
pub mod setup_link;
pub mod sign_in;
pub mod sign_in_attempt;
pub mod sign_in_link;
pub mod sso_enforcement;
pub mod tx_error;

use std::fmt;

use jiff::Timestamp;
pub use listing::{Listing, PageRequest};
use serde::Serialize;
use store::{ApiKeyId, PersonId, SetupLinkId};
pub use tx_error::Undone;

/// Who changes something, for the audit trail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Somebody with a shell on the server.
    CommandLine,
    /// A program with this key.
    ApiKey(ApiKeyId),
    /// Somebody in the console.
    Person(PersonId),
    /// Somebody who came by this link.
    SetupLink(SetupLinkId),
    /// The server by itself, when the time has come.
    Server,
}

impl fmt::Display for Actor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CommandLine => formatter.write_str("cli"),
            Self::ApiKey(id) => id.fmt(formatter),
            Self::Person(id) => id.fmt(formatter),
            Self::SetupLink(id) => id.fmt(formatter),
            Self::Server => formatter.write_str("server"),
        }
    }
}

/// An instant as the API writes it, such as `2026-11-24T09:00:00Z`.
pub fn instant(time: Timestamp) -> String {
    time.to_string()
}

/// A view as the JSON that the API shows and the audit trail keeps.
fn to_json(view: &impl Serialize) -> serde_json::Value {
    serde_json::to_value(view).expect("what the API shows is JSON")
}
