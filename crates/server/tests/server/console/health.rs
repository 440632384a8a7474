//! The health page for operators.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use insta::assert_snapshot;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::json;
use test_support::{Engine, START, TestResponse, TestServer, each_database};
use vestibule::background::run_once;

use super::organization::create_acme_with_ada;
use crate::manual_connection::manual_connection;
use crate::objects::{activate_connection, connection_path, create_organization};

const HEALTH: &str = "/console/health";
const DAY: i64 = 24 * 60 * 60;

#[apply(each_database)]
async fn a_new_draft_needs_no_attention(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_acme_and_zeta(&server).await;
    let page = get_as_operator(&server, HEALTH).await;
    assert!(page.text.contains("No organization needs attention."));
    let page = get_as_operator(&server, "/console/health?issue=all").await;
    assert_eq!(page.status, StatusCode::OK);
    assert_snapshot!("health_page_with_a_new_draft", page.main_html());

    let attempts = "/console/organizations/zeta/sign-in-attempts";
    assert!(page.text.contains(&format!("href=\"{attempts}\"")));
    let attempts = get_as_operator(&server, attempts).await;
    assert_eq!(attempts.status, StatusCode::OK);
}

#[apply(each_database)]
async fn organizations_that_need_attention_are_listed(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_acme_and_zeta(&server).await;
    server.clock.set(START + 8 * DAY);
    let page = get_as_operator(&server, HEALTH).await;
    assert!(page.text.contains("/console/organizations/zeta/sso"));
    assert!(!page.text.contains("/console/organizations/acme/sso"));
    assert_snapshot!("health_page_with_an_old_draft", page.main_html());
}

#[apply(each_database)]
async fn organizations_are_filtered_by_name_and_issue(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    for (second, name) in [(1, "Acme"), (2, "Beta"), (3, "Zeta")] {
        server.clock.set(START + second);
        create_organization(&server, name, "enterprise").await;
        let draft = manual_connection(&[("name", json!(format!("{name} Okta")))]);
        let connections = format!("/organizations/{}/connections", name.to_lowercase());
        server.api.create(&connections, draft).await;
    }
    let beta = server.api.get("/organizations/beta/connections").await;
    let beta = connection_path(&beta.json()["items"][0]);
    activate_connection(&server, &beta).await;
    let starter = json!({ "plan": "starter" });
    server.api.patch("/organizations/beta", starter).await;
    server.clock.set(START + 8 * DAY);
    let mut operator = server.operator_browser("op@example.com").await;
    let mut lines = Vec::new();
    for query in [
        "",
        "?issue=stale_draft",
        "?issue=plan_mismatch",
        "?issue=certificate_expired",
        "?q=ZET",
        "?q=ZET&issue=plan_mismatch",
        "?issue=all",
        "?issue=all&q=acme",
        "?issue=unknown&after=unknown",
    ] {
        let page = operator.get(&format!("{HEALTH}{query}")).await;
        assert_eq!(page.status, StatusCode::OK, "{query}");
        lines.push(format!("{query}: {}", listed(&page).join(", ")));
    }
    assert_snapshot!(lines.join("\n"), @"
    : beta, acme, zeta
    ?issue=stale_draft: acme, zeta
    ?issue=plan_mismatch: beta
    ?issue=certificate_expired: 
    ?q=ZET: zeta
    ?q=ZET&issue=plan_mismatch: 
    ?issue=all: acme, beta, zeta
    ?issue=all&q=acme: acme
    ?issue=unknown&after=unknown: beta, acme, zeta
    ");
}

/// The slugs of the organizations on a page, in order.
fn listed(page: &TestResponse) -> Vec<String> {
    let rows = page
        .text
        .split("<th scope=\"row\"><a href=\"/console/organizations/");
    let slugs = rows.skip(1).filter_map(|row| row.split('/').next());
    slugs.map(str::to_owned).collect()
}

#[apply(each_database)]
async fn each_organization_is_on_one_page(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    for n in 0..60 {
        let name = format!("Acme {n}");
        create_organization(&server, &name, "enterprise").await;
        // Two drafts, so that each organization has two issues.
        for _ in 0..2 {
            let connections = format!("/organizations/acme-{n}/connections");
            let draft = manual_connection(&[]);
            server.api.create(&connections, draft).await;
        }
    }
    server.clock.set(START + 8 * DAY);
    let mut operator = server.operator_browser("op@example.com").await;
    let first = operator.get(&format!("{HEALTH}?q=acme")).await;
    let mut organizations = listed(&first);
    assert_eq!(organizations.len(), 50);
    let more = first.text.split("after=").nth(1).unwrap();
    let more = more.split('"').next().unwrap();
    let second = operator.get(&format!("{HEALTH}?q=acme&after={more}")).await;
    organizations.extend(listed(&second));
    let distinct: BTreeSet<&String> = organizations.iter().collect();
    assert_eq!((organizations.len(), distinct.len()), (60, 60));
    assert!(!second.text.contains("after="), "{}", second.text);
}

/// Replaces what the certificates of active connections say about their expiry.
async fn expire_certificates(server: &TestServer, at: i64) {
    run_once(&server.app).await;
    let statement = format!("UPDATE connection SET certificates_expire_at = {at}");
    server.database.execute(&statement).await;
}

#[apply(each_database)]
async fn expiring_certificates_are_issues(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_acme_and_zeta(&server).await;
    let connection = server.api.get("/organizations/zeta/connections").await;
    let connection = connection_path(&connection.json()["items"][0]);
    activate_connection(&server, &connection).await;
    let before = get_as_operator(&server, HEALTH).await;
    assert!(before.text.contains("No organization needs attention."));
    expire_certificates(&server, START + 1 + 3 * DAY).await;
    let page = server
        .operator_browser("o2@example.com")
        .await
        .get(HEALTH)
        .await;
    assert!(
        page.text
            .contains("The certificate of Zeta Okta expires in 3 days")
    );
    expire_certificates(&server, START - 1).await;
    let page = server
        .operator_browser("o3@example.com")
        .await
        .get(HEALTH)
        .await;
    assert!(
        page.text
            .contains("The certificate of Zeta Okta has expired")
    );
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
    server.clock.set(START + 1);
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
