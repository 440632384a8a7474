use crate::manual_connection::manual_connection;
use axum::http::StatusCode;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::{Value, json};
use test_support::{Engine, TestServer, each_database};

fn codes(connection: &Value) -> Vec<&str> {
    connection["warnings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|warning| warning["code"].as_str().unwrap())
        .collect()
}

#[apply(each_database)]
async fn a_connection_can_be_activated_only_if_the_plan_includes_sso(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    server
        .api
        .create(
            "/organizations",
            json!({"name": "Acme", "plan": "professional"}),
        )
        .await;
    let draft = server
        .api
        .create("/organizations/acme/connections", manual_connection(&[]))
        .await;
    assert_eq!(codes(&draft), ["sso-not-in-plan"]);
    let path = format!(
        "/organizations/acme/connections/{}",
        draft["id"].as_str().unwrap()
    );
    let refused = server
        .api
        .post(&format!("{path}/activate"), Value::Null)
        .await;
    assert_eq!(
        (refused.status, refused.problem().code.as_str()),
        (StatusCode::FORBIDDEN, "sso-not-in-plan")
    );
    assert_eq!(
        refused.json()["detail"],
        "the plan professional of acme does not include SAML single sign-on; it is part of enterprise and the plans above"
    );
    assert_eq!(server.api.get(&path).await.json()["state"], "draft");

    server
        .api
        .patch("/organizations/acme", json!({"plan": "enterprise"}))
        .await;
    let active = server
        .api
        .post(&format!("{path}/activate"), Value::Null)
        .await
        .json();
    assert_eq!(
        (&active["state"], &active["activated_at"]),
        (&json!("active"), &json!("2026-11-24T09:00:00Z"))
    );
    assert_eq!(codes(&active), [""; 0]);
}

#[apply(each_database)]
async fn lowering_the_plan_adds_a_warning_to_its_connections(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    server
        .api
        .create(
            "/organizations",
            json!({"name": "Acme", "plan": "enterprise-plus"}),
        )
        .await;
    let draft = server
        .api
        .create("/organizations/acme/connections", manual_connection(&[]))
        .await;
    let path = format!(
        "/organizations/acme/connections/{}",
        draft["id"].as_str().unwrap()
    );
    server
        .api
        .post(&format!("{path}/activate"), Value::Null)
        .await;
    server
        .api
        .patch("/organizations/acme", json!({"plan": "starter"}))
        .await;
    let stopped = server.api.get(&path).await.json();
    assert_eq!(codes(&stopped), ["sso-not-in-plan"]);
    server
        .api
        .patch("/organizations/acme", json!({"plan": "enterprise"}))
        .await;
    assert_eq!(codes(&server.api.get(&path).await.json()), [""; 0]);
}
