//! The health page for operators.

use crate::manual_connection::manual_connection;
use axum::http::StatusCode;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::json;
use test_support::{Engine, START, TestServer, each_database};

const DAY: i64 = 24 * 60 * 60;

#[apply(each_database)]
async fn organizations_that_need_attention_come_first(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    for name in ["Acme", "Zeta"] {
        server
            .api
            .create(
                "/organizations",
                json!({"name": name, "plan": "enterprise"}),
            )
            .await;
    }
    server
        .api
        .create(
            "/organizations/zeta/connections",
            manual_connection(&[("name", json!("Zeta Okta"))]),
        )
        .await;
    let page = server
        .operator_browser("op@example.com")
        .await
        .get("/console/health")
        .await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    assert!(
        page.text.contains("0 of 2 organizations need attention"),
        "{}",
        page.text
    );
    let states = page.visible_text();
    let (_, after_name) = states.split_once("Zeta Okta").unwrap();
    assert!(after_name.trim_start().starts_with("Draft"), "{states}");

    let attempts = "/console/organizations/zeta/sign-in-attempts";
    assert!(
        page.text.contains(&format!("href=\"{attempts}\"")),
        "{}",
        page.text
    );
    let list = server
        .operator_browser("op@example.com")
        .await
        .get(attempts)
        .await;
    assert_eq!(list.status, StatusCode::OK, "{}", list.text);

    server.clock.set(START + 8 * DAY);
    let page = server
        .operator_browser("op@example.com")
        .await
        .get("/console/health")
        .await;
    assert!(
        page.text.contains("1 of 2 organizations need attention"),
        "{}",
        page.text
    );
    let place = |text: &str| {
        page.text
            .find(text)
            .unwrap_or_else(|| panic!("{text} in {}", page.text))
    };
    assert!(place("/console/organizations/zeta/sso") < place("/console/organizations/acme/sso"));
    assert!(
        page.text
            .contains("Zeta Okta has been unfinished for more than a week"),
        "{}",
        page.text
    );
    assert!(page.text.contains("0 accepted, 0 refused"), "{}", page.text);
}

#[apply(each_database)]
async fn only_operators_see_the_health_of_all_organizations(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    server
        .api
        .create(
            "/organizations",
            json!({"name": "Acme", "plan": "enterprise"}),
        )
        .await;
    server
        .api
        .create(
            "/organizations/acme/members",
            json!({"email": "ada@acme.example", "role": "admin"}),
        )
        .await;
    let mut ada = server.account_browser("ada@acme.example").await;
    let page = ada.get("/console/health").await;
    assert_ne!(page.status, StatusCode::OK, "{}", page.text);
    assert!(!page.text.contains("need attention"), "{}", page.text);
}
