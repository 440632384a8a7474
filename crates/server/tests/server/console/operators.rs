//! The pages of operators: organizations and operators.

use axum::http::StatusCode;
use insta::assert_snapshot;
use rstest::rstest;
use rstest_reuse::apply;
use test_support::{Engine, TestServer, each_database};

use super::page_text::main_text;
use crate::acme::create_active_acme;
use crate::objects::create_organization;

const OPERATORS: &str = "/console/operators";
const ORGANIZATIONS: &str = "/console/organizations";
const SETTINGS: &str = "/console/organizations/acme/settings";

#[apply(each_database)]
async fn an_operator_invites_another(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut operator = server.operator_browser("op@example.com").await;
    let page = operator.get(OPERATORS).await;
    let fields = [("email", "grace@example.com")];
    let invited = operator.submit(&page, OPERATORS, &fields).await;
    let link = "https://auth.example.com/console/sign-in/link/vsi_";
    assert!(invited.text.contains(link));
    let page = operator.get(OPERATORS).await;
    assert_eq!(page.text.matches("/remove\"").count(), 1);
    assert!(
        page.text
            .contains("You can’t remove yourself. Ask another operator.")
    );
}

#[apply(each_database)]
async fn an_operator_is_removed_after_a_question(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut operator = server.operator_browser("op@example.com").await;
    server.operator_browser("grace@example.com").await;
    let page = operator.get(OPERATORS).await;
    let end = page.text.find("/remove\"").unwrap();
    let path = page.text[..end].rsplit('"').next().unwrap();
    let remove = format!("{path}/remove");
    let question = operator.get(&remove).await;
    assert_snapshot!(main_text(&question), @"
    Remove grace@example.com?
    Who is affected
    1 person loses access: grace@example.com is signed out immediately and can no longer see or change any organization as an operator.
    Remove operator
    Cancel
    ");
    let removed = operator.submit(&question, &remove, &[]).await;
    let confirmation = format!("{OPERATORS}?done=operator-removed");
    assert_eq!(removed.location(), confirmation);
    assert!(!operator.get(OPERATORS).await.text.contains("grace"));
}

#[tokio::test]
async fn an_operator_cannot_remove_themselves() {
    let server = TestServer::start(Engine::Sqlite).await;
    let mut operator = server.operator_browser("op@example.com").await;
    server.operator_browser("grace@example.com").await;
    let page = operator.get(OPERATORS).await;
    let mut tx = server.app.store.snapshot().await.unwrap();
    let own = tx.console_account("op@example.com").await.unwrap().unwrap();
    drop(tx);
    let path = format!("{OPERATORS}/{}/remove", own.person);
    let rejected = operator.submit(&page, &path, &[]).await;
    assert_eq!(rejected.status, StatusCode::CONFLICT);
    assert!(
        operator
            .get(OPERATORS)
            .await
            .text
            .contains("op@example.com")
    );
}

#[apply(each_database)]
async fn a_plan_that_stops_the_connections_is_changed_after_a_question(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_active_acme(&server).await;
    let mut operator = server.operator_browser("op@example.com").await;
    let page = operator.get(SETTINGS).await;
    let fields = [("name", "Acme"), ("slug", "acme"), ("plan", "starter")];
    let question = operator.submit(&page, SETTINGS, &fields).await;
    assert_eq!(question.status, StatusCode::OK);
    assert_snapshot!(main_text(&question), @"
    Acme
    Change Acme to the plan starter?
    Who is affected
    The plan doesn’t include SAML single sign-on. These connections stop working immediately: Practice.
    No member has signed in through them yet.
    No session ends.
    Settings and members are kept. With a plan that includes SAML single sign-on, the connections work again.
    Change plan
    Cancel
    ");
    let acme = "/organizations/acme";
    assert_eq!(server.api.get(acme).await.json()["plan"], "enterprise");

    let confirmed = [fields[0], fields[1], fields[2], ("confirmed", "1")];
    let changed = operator.submit(&question, SETTINGS, &confirmed).await;
    assert_eq!(changed.location(), format!("{SETTINGS}?done=saved"));
    assert_eq!(server.api.get(acme).await.json()["plan"], "starter");
}

#[tokio::test]
async fn a_plan_that_stops_no_connection_is_changed_at_once() {
    let server = TestServer::start(Engine::Sqlite).await;
    create_organization(&server, "Acme", "enterprise").await;
    let mut operator = server.operator_browser("op@example.com").await;
    let page = operator.get(SETTINGS).await;
    let fields = [("name", "Acme"), ("slug", "acme"), ("plan", "starter")];
    let changed = operator.submit(&page, SETTINGS, &fields).await;
    assert_eq!(changed.location(), format!("{SETTINGS}?done=saved"));
}

#[apply(each_database)]
async fn the_last_operator_cannot_be_removed(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut operator = server.operator_browser("op@example.com").await;
    let page = operator.get(OPERATORS).await;
    assert!(!page.text.contains("/remove"));
}

#[apply(each_database)]
async fn an_invalid_address_of_an_operator_is_rejected(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut operator = server.operator_browser("op@example.com").await;
    let page = operator.get(OPERATORS).await;
    let fields = [("email", "grace")];
    let rejected = operator.submit(&page, OPERATORS, &fields).await;
    assert_eq!(rejected.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[apply(each_database)]
async fn a_name_in_use_is_reported_at_its_field(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_organization(&server, "Acme", "enterprise").await;
    let mut operator = server.operator_browser("op@example.com").await;
    let page = operator.get(ORGANIZATIONS).await;
    let fields = [("name", "ACME"), ("plan", "enterprise")];
    let rejected = operator.submit(&page, ORGANIZATIONS, &fields).await;
    assert_eq!(rejected.status, StatusCode::CONFLICT);
    let error = "An organization with this name or a similar one already exists";
    assert!(rejected.text.contains(error));
    assert!(rejected.text.contains("id=\"name-fault\""));
    assert!(!rejected.text.contains("id=\"slug-fault\""));
}

#[rstest]
#[case::name_without_letters("日本", "", "Enter a slug: the name contains no letters")]
#[case::invalid_slug(
    "Nippon",
    "日本",
    "Expected 1 to 63 lowercase letters, digits and hyphens"
)]
#[case::slug_in_use("日本", "acme", "Another organization already uses this slug.")]
#[tokio::test]
async fn a_slug_is_rejected_at_its_field(
    #[case] name: &str,
    #[case] slug: &str,
    #[case] error: &str,
) {
    let server = TestServer::start(Engine::Sqlite).await;
    create_organization(&server, "Acme", "enterprise").await;
    let mut operator = server.operator_browser("op@example.com").await;
    let page = operator.get(ORGANIZATIONS).await;
    let fields = [("name", name), ("slug", slug), ("plan", "enterprise")];
    let rejected = operator.submit(&page, ORGANIZATIONS, &fields).await;
    assert!(rejected.status.is_client_error());
    let (_, slug_field) = rejected.text.split_once("id=\"slug-fault\"").unwrap();
    let shown = slug_field.split("</p>").next().unwrap();
    assert!(shown.contains(error), "{shown}");
}

#[tokio::test]
async fn an_organization_whose_name_has_no_ascii_letters_gets_the_slug_that_was_entered() {
    let server = TestServer::start(Engine::Sqlite).await;
    let mut operator = server.operator_browser("op@example.com").await;
    let page = operator.get(ORGANIZATIONS).await;
    let fields = [("name", "日本"), ("slug", "nippon"), ("plan", "enterprise")];
    let created = operator.submit(&page, ORGANIZATIONS, &fields).await;
    let team = "/console/organizations/nippon/team?done=organization-created";
    assert_eq!(created.location(), team);
}
