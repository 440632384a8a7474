//! The routes of the server, in process. Each scenario runs on both databases.
//!
//! The SQLite half runs anywhere. The PostgreSQL half is ignored until `scripts/test` starts a server and names it in
//! `VESTIBULE_TEST_POSTGRES`.

#![expect(clippy::unwrap_used, reason = "test helpers may panic")]

mod acme;
mod applications;
mod attempts;
mod bodies;
mod connections;
mod console;
mod domains;
mod drafts;
mod every_route;
mod incomplete;
mod intake;
mod manual_connection;
mod members;
mod organizations;
mod own_keys;
mod plan_gate;
mod sso_enforcement;
mod web;
