//! The routes of the server, in process. Scenarios run on both databases. Tables of invalid requests run on SQLite,
//! because the server rejects them before it writes.
//!
//! The SQLite half runs anywhere. The PostgreSQL half is ignored until `scripts/test` starts a server and names it in
//! `VESTIBULE_TEST_POSTGRES`.

#![expect(clippy::unwrap_used, reason = "test helpers may panic")]

mod acme;
mod api;
mod background;
mod concurrency;
mod conformance;
mod console;
mod key_rotation;
mod manual_connection;
mod metrics;
mod objects;
mod server_keys;
mod web;
