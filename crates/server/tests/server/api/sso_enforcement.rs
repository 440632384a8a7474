//! SSO enforcement in the API.

use axum::http::StatusCode;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::{Value, json};
use test_support::{Engine, TestServer, each_database};

/// Creates an organization with one admin, who has never signed in through an identity provider. Returns her path.
async fn acme(server: &TestServer) -> String {
    let acme = json!({"name": "Acme", "plan": "enterprise"});
    server.api.create("/organizations", acme).await;
    let ada = json!({"email": "ada@acme.example", "role": "admin"});
    let made = server.api.create("/organizations/acme/members", ada).await;
    format!(
        "/organizations/acme/members/{}",
        made["id"].as_str().unwrap()
    )
}

#[apply(each_database)]
async fn the_api_shows_which_members_would_be_locked_out(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let member = acme(&server).await;
    let shown = server
        .api
        .get("/organizations/acme/sso-enforcement")
        .await
        .json();
    assert_eq!(
        (&shown["enforced_since"], &shown["locked_out"]),
        (&Value::Null, &json!(1))
    );
    let ada = &shown["members"][0];
    assert_eq!(
        (&ada["access"], &ada["reason"]),
        (&json!("locked_out"), &json!("no-active-connection"))
    );
    assert_eq!(
        server.api.get("/organizations/acme").await.json()["sso_enforced"],
        false
    );

    let path = format!("{member}/sso-exemption");
    let exempt = server.api.post(&path, Value::Null).await.json();
    assert_eq!(
        (&exempt["members"][0]["access"], &exempt["can_recover"]),
        (&json!("exempt"), &json!(true))
    );
    let withdrawn = server.api.delete(&path).await.json();
    assert_eq!(withdrawn["members"][0]["access"], "locked_out");
    // Turning off enforcement that is not on changes nothing and adds no audit log entry.
    let undone = server
        .api
        .delete("/organizations/acme/sso-enforcement")
        .await;
    assert_eq!(
        (undone.status, &undone.json()["enforced_since"]),
        (StatusCode::OK, &Value::Null)
    );
    let deeds = server.audit_actions("acme").await;
    let is_ours = |deed: &&String| deed.contains("sso");
    assert_eq!(
        deeds.iter().filter(is_ours).collect::<Vec<_>>(),
        ["member.exempt_from_sso", "member.no_longer_exempt_from_sso"]
    );
}

#[apply(each_database)]
async fn recovery_codes_are_shown_once_and_never_stored(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let member = acme(&server).await;
    let made = server
        .api
        .post(&format!("{member}/recovery-codes"), Value::Null)
        .await
        .json();
    let codes = made["codes"].as_array().unwrap();
    assert_eq!(codes.len(), 10);
    let events = server.api.get("/organizations/acme/audit-log").await.text;
    assert!(events.contains("recovery_codes.issue"));
    for code in codes {
        assert!(!events.contains(code.as_str().unwrap()));
    }
    let shown = server
        .api
        .get("/organizations/acme/sso-enforcement")
        .await
        .json();
    assert_eq!(shown["members"][0]["recovery_codes"], 10);
    server.api.patch(&member, json!({"role": "member"})).await;
    let refused = server
        .api
        .post(&format!("{member}/recovery-codes"), Value::Null)
        .await;
    assert_eq!(
        (refused.status, refused.problem().code.as_str()),
        (StatusCode::CONFLICT, "not-an-admin")
    );
}
