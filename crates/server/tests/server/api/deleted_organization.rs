//! A deleted organization is gone at once, and its rows are erased in the background.

use axum::http::StatusCode;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::json;
use test_support::{Engine, TestServer, each_database};
use vestibule::background;

use crate::objects::{create_connection, create_organization};

#[apply(each_database)]
async fn a_deleted_organization_is_gone_before_its_rows_are_erased(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_organization(&server, "Acme", "enterprise").await;
    create_connection(&server, "acme", &[]).await;
    let domain = json!({ "domain": "acme.example", "verification": "manual" });
    server
        .api
        .create("/organizations/acme/domains", domain.clone())
        .await;

    let deleted = server.api.delete("/organizations/acme").await;
    assert_eq!(deleted.status, StatusCode::NO_CONTENT);
    let absent = server.api.get("/organizations/acme").await;
    assert_eq!(absent.status, StatusCode::NOT_FOUND);
    let list = server.api.get("/organizations").await.json();
    assert_eq!(list["items"], json!([]));

    // Its slug and its domain are free.
    create_organization(&server, "Acme", "enterprise").await;
    server
        .api
        .create("/organizations/acme/domains", domain)
        .await;
    background::run_once(&server.app).await;
    let mut tx = server.app.store.snapshot().await.unwrap();
    assert_eq!(tx.deleted_organization().await.unwrap(), None);
    drop(tx);
    let kept = server.api.get("/organizations/acme").await;
    assert_eq!(kept.status, StatusCode::OK);
}
