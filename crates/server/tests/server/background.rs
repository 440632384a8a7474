//! The background jobs change few rows in each transaction.

use rstest::rstest;
use rstest_reuse::apply;
use test_support::{Engine, TestServer, each_database};
use vestibule::background::run_once;

use crate::objects::{create_organization, id};

/// How many units of work one run of the jobs needs.
async fn count_units(server: &TestServer) -> u64 {
    let before = server.app.store.metrics().units;
    run_once(&server.app).await;
    server.app.store.metrics().units - before
}

#[apply(each_database)]
async fn old_attempts_are_purged_in_small_transactions(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let acme = create_organization(&server, "Acme", "enterprise").await;
    let without_rows = count_units(&server).await;
    let insert = format!(
        "INSERT INTO attempt (id, organization_id, connection_id, started_at, checks)
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 450)
         SELECT 'atm_' || i, '{}', 'con_1', 1, '[]' FROM n",
        id(&acme)
    );
    server.database.execute(&insert).await;
    assert_eq!(count_units(&server).await, without_rows + 4);
    assert_eq!(count_units(&server).await, without_rows);
}
