//! The account page with the user's sessions.

use axum::http::StatusCode;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::json;
use store::ConsoleSession;
use test_support::{Engine, START, TestBrowser, TestServer, at, each_database};

const ADA: &str = "ada@example.com";
const ACCOUNT: &str = "/console/account";

#[apply(each_database)]
async fn an_ordinary_session_can_end_other_sessions(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ordinary = server.operator_browser(ADA).await;
    restricted_browser(&server).await;
    let page = ordinary.get(ACCOUNT).await;
    let (_, rest) = page
        .text
        .split_once("/console/account/sessions/")
        .expect("the other session can be ended");
    assert!(rest.contains("/end"));
    assert!(page.text.contains(ADA));

    let other = find_session(&server, |session| session.organization.is_some()).await;
    let ended = ordinary.submit_form(&end_path(&other), &[]).await;
    assert_eq!(ended.status, StatusCode::SEE_OTHER);
}

#[apply(each_database)]
async fn a_session_limited_to_one_organization_cannot_end_other_sessions(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ordinary = server.operator_browser(ADA).await;
    let mut restricted = restricted_browser(&server).await;
    let page = restricted.get(ACCOUNT).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.text.contains("/console/account/sessions/"));

    let other = find_session(&server, |session| session.organization.is_none()).await;
    let rejected = restricted.submit_form(&end_path(&other), &[]).await;
    assert_eq!(rejected.status, StatusCode::NOT_FOUND);
    assert_eq!(ordinary.get(ACCOUNT).await.status, StatusCode::OK);
}

/// A browser in which Ada is signed in to one organization.
async fn restricted_browser(server: &TestServer) -> TestBrowser {
    let acme = json!({ "name": "Acme" });
    let acme = server.api.create("/organizations", acme).await;
    server.organization_browser(ADA, &acme).await
}

/// The first session of Ada with this property.
async fn find_session(
    server: &TestServer,
    has_property: impl FnMut(&ConsoleSession) -> bool,
) -> ConsoleSession {
    let mut tx = server.app.store.snapshot().await.unwrap();
    let person = tx.console_account(ADA).await.unwrap().unwrap().person;
    let idle_timeout = jiff::SignedDuration::from_hours(1);
    let sessions = tx
        .console_sessions_of(&person, at(START), idle_timeout)
        .await
        .unwrap();
    sessions.into_iter().find(has_property).unwrap()
}

fn end_path(session: &ConsoleSession) -> String {
    format!("{ACCOUNT}/sessions/{}/end", session.id)
}

#[apply(each_database)]
async fn a_change_of_a_deactivated_member_ends_no_session(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let admin = json!({ "email": ADA, "role": "admin" });
    for name in ["Acme", "Zeta"] {
        server
            .api
            .create("/organizations", json!({ "name": name }))
            .await;
    }
    server
        .api
        .create("/organizations/zeta/members", admin.clone())
        .await;
    let member = server
        .api
        .create("/organizations/acme/members", admin)
        .await;
    let path = format!(
        "/organizations/acme/members/{}",
        member["id"].as_str().unwrap()
    );
    server
        .api
        .patch(&path, json!({ "deactivated": true }))
        .await;
    let mut browser = server.account_browser(ADA).await;
    let renamed = server.api.patch(&path, json!({ "name": "Ada L." })).await;
    assert_eq!(renamed.status, StatusCode::OK);
    let team = browser.get("/console/organizations/zeta/team").await;
    assert_eq!(team.status, StatusCode::OK);
}
