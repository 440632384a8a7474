//! Sign-ins through the server's routes, in process, with a practice identity provider whose signatures are made by
//! code of its own, and with responses of real products.

#![expect(clippy::unwrap_used, reason = "test helpers may panic")]

mod applications;
mod assigned;

mod attempt_page;
mod attempt_pages;
mod authorize;
mod captured;
mod crowd;
mod documents;
mod languages;
mod members;
mod misconfigured;
mod refused;
mod require_sso;
mod roles;
mod snapshot;
mod test_sign_in;
mod tokens;
mod unsolicited;
mod whole_way;
