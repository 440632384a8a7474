//! The routes of the server, in process. Each scenario runs on both databases.
//!
//! The SQLite half runs anywhere. The PostgreSQL half is ignored until `scripts/test` starts a server and names it in
//! `VESTIBULE_TEST_POSTGRES`.

#![expect(clippy::unwrap_used, reason = "test helpers may panic")]

mod account;
mod acme;
mod applications;
mod attempts;
mod bodies;
mod brand;
mod connections;
mod console;
mod domain_page;
mod domains;
mod drafts;
mod email_codes;
mod every_form;
mod every_route;
mod guided_setup;
mod health;
mod incomplete;
mod intake;
mod manual_connection;
mod members;
mod organizations;
mod own_keys;
mod panel;
mod passkeys;
mod plan_gate;
mod refusals;
mod setup_links;
mod several_connections;
mod sso_enforcement;
mod sso_enforcement_page;
mod team;
mod test_page;
mod web;
