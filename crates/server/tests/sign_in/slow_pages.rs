//! Slow pages of the console and slow requests to the API do not stop sign-ins.

use axum::http::StatusCode;
use rstest::rstest;
use rstest_reuse::apply;
use store::{Snapshot, Store, StoreError};
use test_support::{ADA, Engine, SsoFixture, each_database};

/// Holds all connections that the console and the API may use, as slow pages do.
async fn hold_all_connections(store: &Store) -> Vec<Snapshot> {
    let mut held = Vec::new();
    loop {
        match store.snapshot().await {
            Ok(snapshot) => held.push(snapshot),
            Err(StoreError::ShareExhausted) => return held,
            Err(error) => panic!("{error}"),
        }
    }
}

#[apply(each_database)]
async fn members_sign_in_while_slow_pages_have_all_their_connections(#[case] engine: Engine) {
    let sso = SsoFixture::on(engine, |_| {}).await;
    let mut operator = sso.server.operator_browser("op@example.com").await;
    let held = hold_all_connections(&sso.server.app.shared_store).await;
    let page = operator.get("/console/health").await;
    assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
    let answer = sso.server.api.get("/organizations").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(answer.json()["code"], "overloaded");
    let code = sso.sign_in(&mut sso.browser(), ADA).await;
    assert!(code.starts_with("vsc_"), "{code}");
    drop(held);
    let page = operator.get("/console/health").await;
    assert_eq!(page.status, StatusCode::OK);
}
