//! The account page with the user's sessions.

use axum::http::StatusCode;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::json;
use test_support::{Engine, START, TestServer, at, each_database};

const ADA: &str = "ada@example.com";
const ACCOUNT: &str = "/console/account";

#[apply(each_database)]
async fn a_session_limited_to_one_organization_cannot_end_other_sessions(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let acme = server
        .api
        .create("/organizations", json!({"name": "Acme"}))
        .await;
    let mut ordinary = server.operator_browser(ADA).await;
    let mut restricted = server.organization_browser(ADA, &acme).await;
    let seen = ordinary.get(ACCOUNT).await;
    // Control: an ordinary session shows both sessions and can end the other one.
    let (_, rest) = seen
        .text
        .split_once("/console/account/sessions/")
        .expect("the other session can be ended");
    assert!(
        rest.contains("/end") && seen.text.contains(ADA),
        "{}",
        seen.text
    );
    let own = restricted.get(ACCOUNT).await;
    assert_eq!(own.status, StatusCode::OK);
    assert!(
        !own.text.contains("/console/account/sessions/"),
        "{}",
        own.text
    );
    let mut tx = server.app.store.snapshot().await.unwrap();
    let person = tx.console_account(ADA).await.unwrap().unwrap().person;
    let sessions = tx
        .console_sessions_of(&person, at(START), jiff::SignedDuration::from_hours(1))
        .await
        .unwrap();
    drop(tx);
    let ordinary_one = sessions
        .iter()
        .find(|one| one.organization.is_none())
        .unwrap();
    let end = format!("{ACCOUNT}/sessions/{}/end", ordinary_one.id);
    assert_eq!(
        restricted.submit_form(&end, &[]).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(ordinary.get(ACCOUNT).await.status, StatusCode::OK);
    let other = sessions
        .iter()
        .find(|one| one.organization.is_some())
        .unwrap();
    let ended = ordinary
        .submit_form(&format!("{ACCOUNT}/sessions/{}/end", other.id), &[])
        .await;
    assert_eq!(ended.status, StatusCode::SEE_OTHER);
}
