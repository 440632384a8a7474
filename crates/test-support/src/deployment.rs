//! How the server of a test is configured.

use jiff::Timestamp;

/// The time at the start of each test: 2026-11-24T09:00:00Z.
pub const START: i64 = 1_795_510_800;
pub const HOST: &str = "auth.example.com";
pub const ORIGIN: &str = "https://auth.example.com";
/// The cookie of a session at the OpenID provider.
pub const SESSION_COOKIE: &str = "__Host-vestibule-session";
pub const SUPPORT_CONTACT: &str = "helpdesk@example.com";

/// The time this many seconds after the Unix epoch.
pub fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).unwrap()
}
