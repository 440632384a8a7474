//! The operations of the product, without HTTP. The API, the console and the command line call these functions.
//!
//! A [`Problem`](runtime::problem::Problem) is the error of an operation: the request is invalid, the resource does not
//! exist, or the database failed. A function documents its errors where a caller must tell them apart.

pub mod account;
pub mod account_move;
mod actor_name;
mod admin_mail;
pub mod api_key;
pub mod application;
pub mod audit_log;
pub mod certificate_expiry;
pub mod connection;
pub mod console_session;
pub mod domain;
pub mod email_code;
mod filter;
pub mod health;
pub mod id_token_key;
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
pub mod routing;
pub mod schema;
pub mod secret_key;
pub mod setup_link;
pub mod setup_link_policy;
pub mod sign_in;
pub mod sign_in_attempt;
pub mod sign_in_link;
pub mod sso_enforcement;
pub mod tx_error;

use std::fmt;

pub use actor_name::actor_name;
use jiff::Timestamp;
pub use listing::{Listing, PageRequest};
use serde::Serialize;
use store::{ApiKeyId, PersonId, SetupLinkId};
pub use tx_error::TxError;

/// Who makes a change, as the audit log names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A user of the command line on the server.
    CommandLine,
    ApiKey(ApiKeyId),
    /// A user of the console.
    Person(PersonId),
    /// The recipient of a setup link, who may have no account.
    SetupLink(SetupLinkId),
    /// A background job of the server.
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

/// A timestamp in the format of the API, such as `2026-11-24T09:00:00Z`.
pub fn instant(time: Timestamp) -> String {
    time.to_string()
}

/// A view as JSON, for the audit log and for merging a change into the current settings.
fn to_json(view: &impl Serialize) -> serde_json::Value {
    serde_json::to_value(view).expect("the views of the API are JSON")
}
