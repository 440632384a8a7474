//! What the tests of several crates share.
//!
//! A scenario that must hold on both databases is written once:
//!
//! ```ignore
//! #[apply(each_database)]
//! async fn an_organization_has_one_slug(#[case] engine: Engine) {
//!     let server = TestServer::start(engine).await;
//!     // …
//! }
//! ```
//!
//! `TestServer` is a server in this process, `SsoFixture` one on which members can sign in, and `TestBrowser`
//! opens their pages. Without the feature `server`, the crate only provides databases.

#![expect(clippy::unwrap_used, reason = "a test helper fails by a panic")]

#[cfg(feature = "server")]
mod api_client;
#[cfg(feature = "server")]
mod authenticator;
#[cfg(feature = "server")]
mod browser;
mod database;
#[cfg(feature = "server")]
mod deployment;
#[cfg(feature = "server")]
mod identity_provider;
#[cfg(feature = "server")]
mod lock_watch;
#[cfg(feature = "server")]
mod redaction;
#[cfg(feature = "server")]
mod response;
#[cfg(feature = "server")]
mod server;
#[cfg(feature = "server")]
mod sso_fixture;

#[cfg(feature = "server")]
pub use api_client::ApiClient;
#[cfg(feature = "server")]
pub use authenticator::Authenticator;
#[cfg(feature = "server")]
pub use browser::{TestBrowser, encode_form};
pub use database::{Engine, TestDatabase, each_database};
#[cfg(feature = "server")]
pub use deployment::{HOST, ORIGIN, SESSION_COOKIE, START, SUPPORT_CONTACT, at};
#[cfg(feature = "server")]
pub use identity_provider::*;
#[cfg(feature = "server")]
pub use lock_watch::LockWatch;
#[cfg(feature = "server")]
pub use redaction::redact;
#[cfg(feature = "server")]
pub use response::{FieldError, Problem, TestResponse};
#[cfg(feature = "server")]
pub use server::TestServer;
#[cfg(feature = "server")]
pub use sso_fixture::*;
