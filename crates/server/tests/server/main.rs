//! The routes of the server, in process. Scenarios run on both databases. Tables of invalid requests run on SQLite,
//! because the server rejects them before it writes.
//!
//! The SQLite half runs anywhere. The PostgreSQL half is ignored until `scripts/test` starts a server and names it in
//! `VESTIBULE_TEST_POSTGRES`.

#![expect(clippy::unwrap_used, reason = "test helpers may panic")]

mod account;
mod acme;
mod api;
mod brand;
mod concurrency;
mod console;
mod domain_page;
mod email_codes;
mod every_form;
mod guided_setup;
mod health;
mod manual_connection;
mod objects;
mod panel;
mod passkeys;
mod refusals;
mod server_keys;
mod setup_links;
mod several_connections;
mod sso_enforcement_page;
mod team;
mod test_page;
mod web;
