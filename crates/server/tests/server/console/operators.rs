//! The pages of operators: organizations and operators.

use axum::http::StatusCode;
use rstest::rstest;
use rstest_reuse::apply;
use test_support::{Engine, TestServer, each_database};

use crate::objects::create_organization;

const OPERATORS: &str = "/console/operators";
const ORGANIZATIONS: &str = "/console/organizations";

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
    assert_eq!(page.text.matches("/remove\"").count(), 2);
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
