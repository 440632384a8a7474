//! Sign-in attempts with their checks.

use axum::http::StatusCode;
use insta::assert_snapshot;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::{Value, json};
use store::{
    Attempt, AttemptId, AttemptKind, AttemptOutcome, ConnectionId, OrganizationId, StoreError,
};
use test_support::{Engine, START, TestServer, at, each_database};

use crate::objects::{create_organization, id};

const ATTEMPTS: &str = "/organizations/acme/sign-in-attempts";

/// Stores a rejected attempt, as a sign-in does.
async fn add_attempt(server: &TestServer, organization: &Value, second: i64) -> AttemptId {
    let checks = json!([{
        "name": "audience",
        "outcome": "failed",
        "expected": "ours",
        "received": "theirs",
    }]);
    let attempt = Attempt {
        id: AttemptId::from_random(u128::try_from(second).unwrap().to_be_bytes()),
        organization: OrganizationId::parse(id(organization)).unwrap(),
        connection: ConnectionId::from_random([1; 16]),
        pending_sign_in: None,
        started_at: at(START + second),
        finished_at: Some(at(START + second)),
        outcome: Some(AttemptOutcome::Rejected),
        code: Some("audience-mismatch".to_owned()),
        member: None,
        checks: checks.to_string(),
        kind: AttemptKind::SignIn,
        test_result: None,
        test_result_until: None,
        tested_by: None,
        user: None,
    };
    let attempt_id = attempt.id.clone();
    let written = server.app.store.write(async move |tx| {
        let mut scope = tx.organization(&attempt.organization);
        scope.add_attempt(&attempt).await?;
        Ok::<_, StoreError>(())
    });
    written.await.unwrap();
    attempt_id
}

#[apply(each_database)]
async fn attempts_are_listed_newest_first(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let acme = create_organization(&server, "Acme", "starter").await;
    let first = add_attempt(&server, &acme, 1).await;
    let second = add_attempt(&server, &acme, 2).await;
    let page = server.api.get(&format!("{ATTEMPTS}?limit=1")).await.json();
    assert_eq!(page["items"][0]["id"], second.as_str());

    let cursor = page["next"].as_str().unwrap();
    let path = format!("{ATTEMPTS}?limit=1&cursor={cursor}");
    let page = server.api.get(&path).await.json();
    assert_eq!(page["items"][0]["id"], first.as_str());
    assert!(page.get("next").is_none());
}

#[apply(each_database)]
async fn an_attempt_has_an_error_code_and_checks(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let acme = create_organization(&server, "Acme", "starter").await;
    let attempt = add_attempt(&server, &acme, 1).await;
    let response = server.api.get(&format!("{ATTEMPTS}/{attempt}")).await;
    assert_snapshot!(response.redacted_json(), @r#"
    {
      "checks": [
        {
          "expected": "ours",
          "name": "audience",
          "outcome": "failed",
          "received": "theirs"
        }
      ],
      "code": "audience-mismatch",
      "connection": "[con]",
      "diagnosis": {
        "causes": [
          {
            "cause": "Service provider entity ID (audience) at the identity provider isn’t our entity ID.",
            "fix": "Copy the expected value to Service provider entity ID (audience) exactly as shown."
          },
          {
            "cause": "The response was issued for a different application of the same identity provider.",
            "fix": "Make sure that Assertion consumer service URL (ACS URL) of the other application isn’t this connection’s ACS URL."
          }
        ],
        "code": "audience-mismatch",
        "documentation_url": "https://auth.example.com/console/error-codes/audience-mismatch",
        "settings_url": "https://auth.example.com/console/organizations/acme/sso",
        "summary": "The assertion was issued for a different service provider (Audience)."
      },
      "failed_checks": [
        {
          "detail": null,
          "diagnosis": null,
          "difference": null,
          "expected": "ours",
          "explanation": null,
          "name": "audience",
          "received": "theirs",
          "title": "Audience"
        }
      ],
      "finished_at": "2026-11-24T09:00:01Z",
      "id": "[att]",
      "is_decrypted": false,
      "kind": "sign_in",
      "member": null,
      "outcome": "rejected",
      "request": null,
      "started_at": "2026-11-24T09:00:01Z",
      "tested_by": null,
      "user": null,
      "warnings": []
    }
    "#);
}

#[apply(each_database)]
async fn another_organization_cannot_access_an_attempt(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let acme = create_organization(&server, "Acme", "starter").await;
    create_organization(&server, "Other", "starter").await;
    let attempt = add_attempt(&server, &acme, 1).await;
    let attempts = "/organizations/other/sign-in-attempts";
    let response = server.api.get(&format!("{attempts}/{attempt}")).await;
    assert_eq!(response.status, StatusCode::NOT_FOUND);
    let list = server.api.get(attempts).await.json();
    assert_eq!(list["items"], json!([]));
}
