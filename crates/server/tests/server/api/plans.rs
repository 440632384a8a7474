//! Plans decide whether an organization can use SAML SSO.

use axum::http::StatusCode;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::{Value, json};
use test_support::{Engine, TestServer, each_database};

use crate::objects::{
    activate_connection, connection_path, create_connection, create_organization, warning_codes,
};

/// Changes the plan of Acme.
async fn set_plan(server: &TestServer, plan: &str) {
    let update = json!({"plan": plan});
    let response = server.api.patch("/organizations/acme", update).await;
    assert_eq!(response.status, StatusCode::OK, "{}", response.text);
}

#[apply(each_database)]
async fn a_connection_can_be_activated_only_if_the_plan_includes_sso(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_organization(&server, "Acme", "professional").await;
    let connection = create_connection(&server, "acme", &[]).await;
    assert_eq!(warning_codes(&connection), ["sso-not-in-plan"]);
    let path = connection_path(&connection);
    let activate = format!("{path}/activate");
    let response = server.api.post(&activate, Value::Null).await;
    assert_eq!(response.status, StatusCode::FORBIDDEN);
    assert_eq!(response.problem().code, "sso-not-in-plan");
    assert_eq!(
        response.json()["detail"],
        "the plan professional of acme does not include SAML single sign-on; it is part of enterprise and the plans above"
    );
    assert_eq!(server.api.get(&path).await.json()["state"], "draft");

    set_plan(&server, "enterprise").await;
    let connection = activate_connection(&server, &path).await;
    assert_eq!(connection["state"], "active");
    assert_eq!(connection["activated_at"], "2026-11-24T09:00:00Z");
    assert_eq!(connection["warnings"], json!([]));
}

#[tokio::test]
async fn plans_are_a_list_like_others() {
    let server = TestServer::start(Engine::Sqlite).await;
    let plans = server.api.get("/plans").await.json();
    let first = json!({"name": "starter", "includes_sso": false});
    assert_eq!(plans["items"][0], first);
}

#[apply(each_database)]
async fn lowering_the_plan_adds_a_warning_to_its_connections(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_organization(&server, "Acme", "enterprise-plus").await;
    let path = connection_path(&create_connection(&server, "acme", &[]).await);
    activate_connection(&server, &path).await;
    set_plan(&server, "starter").await;
    let connection = server.api.get(&path).await.json();
    assert_eq!(warning_codes(&connection), ["sso-not-in-plan"]);
    set_plan(&server, "enterprise").await;
    let connection = server.api.get(&path).await.json();
    assert_eq!(connection["warnings"], json!([]));
}
