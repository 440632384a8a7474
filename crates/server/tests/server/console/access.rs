//! Which pages of the console a user can open, and which forms the console accepts.

use axum::http::StatusCode;
use insta::assert_snapshot;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::{Value, json};
use test_support::{Engine, TestServer, each_database};

use super::organization::{create_acme_with_ada, member_id};
use super::responses::get_each;
use crate::objects::create_organization;

const ORGANIZATIONS: &str = "/console/organizations";
const TEAM: &str = "/console/organizations/acme/team";

#[apply(each_database)]
async fn every_page_requires_a_session(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_organization(&server, "Acme", "enterprise").await;
    let paths = [
        "/console",
        "/console/organizations",
        "/console/operators",
        "/console/audit-log",
        "/console/health",
        "/console/account",
        "/console/organizations/acme/team",
        "/console/organizations/acme/sso",
        "/console/organizations/acme/domains",
        "/console/organizations/acme/audit-log",
        "/console/organizations/acme/settings",
    ];
    let responses = get_each(&mut server.browser(), &paths).await;
    assert_snapshot!(responses, @"
    /console: 303 /console/sign-in?next=%2Fconsole
    /console/organizations: 303 /console/sign-in?next=%2Fconsole%2Forganizations
    /console/operators: 303 /console/sign-in?next=%2Fconsole%2Foperators
    /console/audit-log: 303 /console/sign-in?next=%2Fconsole%2Faudit-log
    /console/health: 303 /console/sign-in?next=%2Fconsole%2Fhealth
    /console/account: 303 /console/sign-in?next=%2Fconsole%2Faccount
    /console/organizations/acme/team: 303 /console/sign-in?next=%2Fconsole%2Forganizations%2Facme%2Fteam
    /console/organizations/acme/sso: 303 /console/sign-in?next=%2Fconsole%2Forganizations%2Facme%2Fsso
    /console/organizations/acme/domains: 303 /console/sign-in?next=%2Fconsole%2Forganizations%2Facme%2Fdomains
    /console/organizations/acme/audit-log: 303 /console/sign-in?next=%2Fconsole%2Forganizations%2Facme%2Faudit-log
    /console/organizations/acme/settings: 303 /console/sign-in?next=%2Fconsole%2Forganizations%2Facme%2Fsettings
    ");
}

#[apply(each_database)]
async fn an_admin_can_open_only_their_own_organization(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = create_acme_with_ada(&server).await;
    create_organization(&server, "Other", "enterprise").await;
    let console = ada.get("/console").await;
    assert_eq!(console.location(), TEAM);
    let paths = [
        "/console/organizations/other/team",
        "/console/organizations/other/sso",
        "/console/organizations/other/audit-log",
        "/console/organizations/acme/settings",
        "/console/organizations",
        "/console/operators",
        "/console/audit-log",
        "/console/health",
        "/console/organizations/nothing/team",
    ];
    assert_snapshot!(get_each(&mut ada, &paths).await, @"
    /console/organizations/other/team: 404
    /console/organizations/other/sso: 404
    /console/organizations/other/audit-log: 404
    /console/organizations/acme/settings: 404
    /console/organizations: 404
    /console/operators: 404
    /console/audit-log: 404
    /console/health: 404
    /console/organizations/nothing/team: 404
    ");
}

#[apply(each_database)]
async fn an_admin_cannot_change_another_organization(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = create_acme_with_ada(&server).await;
    create_organization(&server, "Other", "enterprise").await;
    let page = ada.get(TEAM).await;
    let fields = [("email", "eve@evil.example"), ("role", "admin")];
    let other_team = "/console/organizations/other/team";
    let rejected = ada.submit(&page, other_team, &fields).await;
    assert_eq!(rejected.status, StatusCode::NOT_FOUND);
    let members = server.api.get("/organizations/other/members").await.json();
    assert_eq!(members["items"], json!([]));
}

#[apply(each_database)]
async fn a_former_admin_loses_access_immediately(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = create_acme_with_ada(&server).await;
    assert_eq!(ada.get(TEAM).await.status, StatusCode::OK);
    let id = member_id(&server, "ada@acme.example").await;
    let member = format!("/organizations/acme/members/{id}");
    let role = json!({ "role": "member" });
    server.api.patch(&member, role).await;
    assert_eq!(ada.get(TEAM).await.status, StatusCode::NOT_FOUND);
    let console = ada.get("/console").await;
    let message = "You don’t manage any organizations";
    assert!(console.text.contains(message));
}

#[rstest]
#[case::another_site("cross-site")]
#[case::another_origin_of_the_site("same-site")]
#[case::no_page("none")]
#[tokio::test]
async fn a_form_of_another_site_is_rejected(#[case] site: &str) {
    let server = TestServer::start(Engine::Sqlite).await;
    let mut operator = server.operator_browser("op@example.com").await;
    let page = operator.get(ORGANIZATIONS).await;
    let token = page.hidden_field("csrf").unwrap();
    let fields = [("csrf", token), ("name", "Evil"), ("plan", "enterprise")];
    let rejected = operator.post_from(site, ORGANIZATIONS, &fields).await;
    assert_eq!(rejected.status, StatusCode::FORBIDDEN);
    assert_eq!(list_organizations(&server).await, json!([]));

    // The same form is accepted from a page of the console.
    let created = operator
        .post_from("same-origin", ORGANIZATIONS, &fields)
        .await;
    let team = "/console/organizations/evil/team?done=organization-created";
    assert_eq!(created.location(), team);
}

#[rstest]
#[case::empty("")]
#[case::hexadecimal("0000")]
#[case::not_hexadecimal("x")]
#[tokio::test]
async fn a_form_without_the_token_of_the_session_is_rejected(#[case] token: &str) {
    let server = TestServer::start(Engine::Sqlite).await;
    let mut operator = server.operator_browser("op@example.com").await;
    operator.get(ORGANIZATIONS).await;
    let fields = [("csrf", token), ("name", "Evil")];
    let rejected = operator
        .post_from("same-origin", ORGANIZATIONS, &fields)
        .await;
    assert_eq!(rejected.status, StatusCode::FORBIDDEN);
    assert_eq!(list_organizations(&server).await, json!([]));
}

#[apply(each_database)]
async fn a_database_failure_is_not_reported_as_an_unknown_organization(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_organization(&server, "Acme", "enterprise").await;
    let mut operator = server.operator_browser("op@example.com").await;
    let unknown = operator.get("/console/organizations/other/team").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    // A view of PostgreSQL keeps the names of its columns.
    let statement = match engine {
        Engine::Sqlite => "ALTER TABLE organization RENAME COLUMN plan TO renamed",
        Engine::Postgres => "ALTER VIEW existing_organization RENAME COLUMN plan TO renamed",
    };
    server.database.execute(statement).await;
    let failed = operator.get(TEAM).await;
    assert_eq!(failed.status, StatusCode::INTERNAL_SERVER_ERROR);
}

/// The organizations in the API.
async fn list_organizations(server: &TestServer) -> Value {
    let page = server.api.get("/organizations").await.json();
    page["items"].clone()
}
