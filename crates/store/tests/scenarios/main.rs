//! Every statement in a scenario, and every scenario on both databases.
//!
//! The SQLite half runs anywhere. The PostgreSQL half is ignored until
//! `scripts/test` starts a server and names it in `VESTIBULE_TEST_POSTGRES`.

#![expect(
    clippy::unwrap_used,
    reason = "a scenario that cannot go on has failed"
)]

mod account_moves;
mod applications;
mod attempts;
mod audit_log;
mod batches;
mod connections;
mod console;
mod copy;
mod domains;
mod drafts;
mod durability;
mod fixtures;
mod health;
mod isolation;
mod keys;
mod members;
mod organizations;
mod passkeys;
mod postgresql;
mod purge;
mod revocation;
mod routing;
mod schema;
mod setup_links;
mod share;
mod sign_in;
mod sso_enforcement;
mod test_store;
mod tokens;
mod units;
