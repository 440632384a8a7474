//! The health page for operators.

use axum::http::StatusCode;
use insta::assert_snapshot;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::json;
use test_support::{Engine, START, TestResponse, TestServer, each_database};

use super::organization::create_acme_with_ada;
use crate::manual_connection::manual_connection;
use crate::objects::create_organization;

const HEALTH: &str = "/console/health";
const DAY: i64 = 24 * 60 * 60;

#[apply(each_database)]
async fn a_new_draft_needs_no_attention(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_acme_and_zeta(&server).await;
    let page = get_as_operator(&server, HEALTH).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_snapshot!("health_page_with_a_new_draft", page.main_html());

    let attempts = "/console/organizations/zeta/sign-in-attempts";
    assert!(page.text.contains(&format!("href=\"{attempts}\"")));
    let attempts = get_as_operator(&server, attempts).await;
    assert_eq!(attempts.status, StatusCode::OK);
}

#[apply(each_database)]
async fn organizations_that_need_attention_come_first(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_acme_and_zeta(&server).await;
    server.clock.set(START + 8 * DAY);
    let page = get_as_operator(&server, HEALTH).await;
    let position = |text| page.text.find(text).unwrap();
    let zeta = position("/console/organizations/zeta/sso");
    assert!(zeta < position("/console/organizations/acme/sso"));
    assert_snapshot!("health_page_with_an_old_draft", page.main_html());
}

#[apply(each_database)]
async fn only_operators_see_the_health_of_all_organizations(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = create_acme_with_ada(&server).await;
    let page = ada.get(HEALTH).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(!page.text.contains("need attention"));
}

/// Creates Acme without a connection and Zeta with a draft.
async fn create_acme_and_zeta(server: &TestServer) {
    create_organization(server, "Acme", "enterprise").await;
    create_organization(server, "Zeta", "enterprise").await;
    let draft = manual_connection(&[("name", json!("Zeta Okta"))]);
    let connections = "/organizations/zeta/connections";
    server.api.create(connections, draft).await;
}

/// Signs in as an operator and opens a page.
async fn get_as_operator(server: &TestServer, path: &str) -> TestResponse {
    let mut operator = server.operator_browser("op@example.com").await;
    operator.get(path).await
}
