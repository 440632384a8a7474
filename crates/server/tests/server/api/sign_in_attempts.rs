use axum::http::StatusCode;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::{Value, json};
use store::{Attempt, AttemptId, AttemptOutcome, ConnectionId, OrganizationId, StoreError};
use test_support::{Engine, START, TestServer, at, each_database};

/// Stores a rejected attempt, as a sign-in does.
async fn attempt(server: &TestServer, organization: &Value, second: i64) -> AttemptId {
    let id = AttemptId::from_random(u128::try_from(second).unwrap().to_be_bytes());
    let attempt = Attempt {
        id: id.clone(),
        organization: OrganizationId::parse(organization["id"].as_str().unwrap()).unwrap(),
        connection: ConnectionId::from_random([1; 16]),
        pending_sign_in: None,
        started_at: at(START + second),
        finished_at: Some(at(START + second)),
        outcome: Some(AttemptOutcome::Refused),
        code: Some("audience-mismatch".to_owned()),
        member: None,
        checks: json!([{"name": "audience", "outcome": "failed", "expected": "ours", "received": "theirs"}]).to_string(),
        kind: store::AttemptKind::SignIn,
        test_result: None,
        test_result_until: None,
        tested_by: None,
        person: None,
    };
    let work = attempt.clone();
    server
        .app
        .store
        .write(async move |tx| {
            tx.organization(&work.organization)
                .add_attempt(&work)
                .await?;
            Ok::<_, StoreError>(())
        })
        .await
        .unwrap();
    id
}

#[apply(each_database)]
async fn attempts_are_listed_newest_first_with_their_checks(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let acme = server
        .api
        .create("/organizations", json!({"name": "Acme"}))
        .await;
    let first = attempt(&server, &acme, 1).await;
    let second = attempt(&server, &acme, 2).await;
    let page = server
        .api
        .get("/organizations/acme/sign-in-attempts?limit=1")
        .await
        .json();
    assert_eq!(page["items"][0]["id"], second.as_str());
    let next = page["next"].as_str().unwrap();
    let page = server
        .api
        .get(&format!(
            "/organizations/acme/sign-in-attempts?limit=1&cursor={next}"
        ))
        .await
        .json();
    assert_eq!(page["items"][0]["id"], first.as_str());
    assert!(page.get("next").is_none());
    let shown = server
        .api
        .get(&format!("/organizations/acme/sign-in-attempts/{first}"))
        .await
        .json();
    assert_eq!(
        (&shown["outcome"], &shown["code"]),
        (&json!("refused"), &json!("audience-mismatch"))
    );
    assert_eq!(shown["started_at"], "2026-11-24T09:00:01Z");
    assert_eq!(shown["checks"][0]["received"], "theirs");
}

#[apply(each_database)]
async fn another_organization_cannot_access_an_attempt(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let acme = server
        .api
        .create("/organizations", json!({"name": "Acme"}))
        .await;
    server
        .api
        .create("/organizations", json!({"name": "Other"}))
        .await;
    let id = attempt(&server, &acme, 1).await;
    assert_eq!(
        server
            .api
            .get(&format!("/organizations/other/sign-in-attempts/{id}"))
            .await
            .status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        server
            .api
            .get("/organizations/other/sign-in-attempts")
            .await
            .json()["items"],
        json!([])
    );
}
