//! Domain verification.

use axum::http::StatusCode;
use insta::assert_snapshot;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::{Value, json};
use test_support::{Engine, START, TestServer, each_database};
use vestibule::background;

const DAY: i64 = 24 * 3600;

/// Creates an organization with the unverified domain acme.example. Returns the domain.
async fn claim(server: &TestServer, name: &str) -> Value {
    server
        .api
        .create(
            "/organizations",
            json!({ "name": name, "plan": "enterprise" }),
        )
        .await;
    let path = format!("/organizations/{}/domains", name.to_lowercase());
    server
        .api
        .create(
            &path,
            json!({ "domain": "acme.example", "verification": "dns" }),
        )
        .await
}

/// Publishes the record of an unverified domain.
fn publish(server: &TestServer, claimed: &Value) {
    let text = |field: &str| claimed["record"][field].as_str().unwrap();
    server.dns_records.publish(text("name"), text("value"));
}

async fn check(server: &TestServer, organization: &str) -> Value {
    let path = format!("/organizations/{organization}/domains/acme.example/check");
    let answer = server.api.post(&path, Value::Null).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    answer.json()
}

async fn state(server: &TestServer) -> String {
    let listed = server.api.get("/organizations/acme/domains").await.json();
    listed["items"][0]["state"].as_str().unwrap().to_owned()
}

/// Advances the clock and runs the background jobs.
async fn wait(server: &TestServer, days: i64) {
    server.clock.set(START + days * DAY);
    background::run_once(&server.app).await;
}

#[apply(each_database)]
async fn a_domain_is_found_under_the_name_it_was_added_with(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    server
        .api
        .create("/organizations", json!({ "name": "Acme" }))
        .await;
    let domains = "/organizations/acme/domains";
    let added = server
        .api
        .create(
            domains,
            json!({ "domain": "Bücher.example", "verification": "dns" }),
        )
        .await;
    assert_eq!(added["domain"], "xn--bcher-kva.example");
    let path = format!("{domains}/B%C3%BCcher.example");
    let checked = server.api.post(&format!("{path}/check"), Value::Null).await;
    assert_eq!(checked.status, StatusCode::OK, "{}", checked.text);
    assert_eq!(
        server.api.delete(&path).await.status,
        StatusCode::NO_CONTENT
    );
    assert_eq!(server.api.get(domains).await.json()["items"], json!([]));
}

#[apply(each_database)]
async fn a_dns_record_verifies_a_domain(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let claimed = claim(&server, "Acme").await;
    assert_eq!(
        (&claimed["state"], &claimed["verification"]),
        (&json!("pending"), &json!("dns"))
    );
    assert_eq!(claimed["record"]["type"], "TXT");
    assert_eq!(
        claimed["record"]["name"],
        "_vestibule-challenge.acme.example"
    );
    let value = claimed["record"]["value"].as_str().unwrap();
    assert_eq!(
        value.strip_prefix("vestibule-verification=").unwrap().len(),
        32
    );

    let missing = check(&server, "acme").await;
    assert_eq!(
        (&missing["state"], &missing["verified_at"]),
        (&json!("pending"), &Value::Null)
    );
    assert_eq!(missing["answer"], json!({ "records": [], "failure": null }));
    server.dns_records.publish(
        "_vestibule-challenge.acme.example",
        "vestibule-verification=another",
    );
    let other = check(&server, "acme").await;
    assert_eq!(
        (&other["state"], &other["answer"]["records"]),
        (
            &json!("pending"),
            &json!(["vestibule-verification=another"])
        )
    );

    publish(&server, &claimed);
    let verified = check(&server, "acme").await;
    assert_eq!(verified["state"], "verified");
    assert_eq!(verified["verified_at"], "2026-11-24T09:00:00Z");
    assert_eq!(verified["record"], claimed["record"]);
    assert_eq!(
        server.api.get("/organizations/acme/domains").await.json()["items"],
        json!([verified])
    );
    assert_eq!(
        server.audit_actions("acme").await,
        ["domain.claim", "domain.verify", "organization.create"]
    );
}

#[apply(each_database)]
async fn a_domain_belongs_to_the_first_organization_that_verifies_it(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let ours = claim(&server, "Acme").await;
    let theirs = claim(&server, "Other").await;
    assert_ne!(ours["record"]["value"], theirs["record"]["value"]);
    publish(&server, &ours);
    assert_eq!(check(&server, "other").await["state"], "pending");
    assert_eq!(check(&server, "acme").await["state"], "verified");
    publish(&server, &theirs);
    let taken = server
        .api
        .post(
            "/organizations/other/domains/acme.example/check",
            Value::Null,
        )
        .await;
    assert_eq!(
        (taken.status, taken.problem().code.as_str()),
        (StatusCode::CONFLICT, "domain-in-use")
    );
    assert!(
        taken.text.contains("belongs to another organization"),
        "{}",
        taken.text
    );
    // The observed records are stored anyway.
    let listed = server.api.get("/organizations/other/domains").await.json();
    assert_eq!(
        (
            &listed["items"][0]["state"],
            listed["items"][0]["answer"]["records"]
                .as_array()
                .unwrap()
                .len()
        ),
        (&json!("pending"), 2)
    );
    server
        .api
        .delete("/organizations/acme/domains/acme.example")
        .await;
    assert_eq!(check(&server, "other").await["state"], "verified");
}

#[apply(each_database)]
async fn a_later_record_is_found_within_a_day(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let claimed = claim(&server, "Acme").await;
    wait(&server, 0).await;
    assert_eq!(state(&server).await, "pending");
    publish(&server, &claimed);
    background::run_once(&server.app).await;
    assert_eq!(state(&server).await, "pending", "once a day is enough");
    wait(&server, 1).await;
    assert_eq!(state(&server).await, "verified");
    let events = server.api.get("/organizations/acme/audit-log").await.json();
    assert_eq!(
        (&events["items"][0]["action"], &events["items"][0]["actor"]),
        (&json!("domain.verify"), &json!("server"))
    );
}

#[apply(each_database)]
async fn admins_are_notified_if_a_record_is_missing_for_three_days(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let claimed = claim(&server, "Acme").await;
    publish(&server, &claimed);
    check(&server, "acme").await;
    let member = json!({ "email": "ada@acme.example", "role": "admin" });
    let ada = server
        .api
        .create("/organizations/acme/members", member)
        .await;
    server
        .api
        .create(
            "/organizations/acme/members",
            json!({ "email": "joe@acme.example" }),
        )
        .await;
    let is_believed = async || {
        let path = format!(
            "/organizations/acme/members/{}",
            ada["id"].as_str().unwrap()
        );
        server.api.get(&path).await.json()["email_verified"] == json!(true)
    };
    assert!(is_believed().await);

    server
        .dns_records
        .remove("_vestibule-challenge.acme.example");
    wait(&server, 1).await;
    assert_eq!(state(&server).await, "missing");
    wait(&server, 3).await;
    assert_eq!(state(&server).await, "missing");
    assert!(server.outbox.mails().is_empty() && is_believed().await);
    wait(&server, 4).await;
    assert_eq!(state(&server).await, "lost");
    assert!(!is_believed().await);
    let mails = server.outbox.mails();
    assert_eq!(mails.len(), 1, "{mails:?}");
    assert_eq!(
        (mails[0].to.as_str(), mails[0].subject.as_str()),
        ("ada@acme.example", "acme.example is no longer verified")
    );
    assert!(
        mails[0]
            .text
            .contains("https://auth.example.com/console/organizations/acme/domains"),
        "{}",
        mails[0].text
    );
    let events = server.api.get("/organizations/acme/audit-log").await.json();
    assert_eq!(
        (&events["items"][0]["action"], &events["items"][0]["actor"]),
        (&json!("domain.lose"), &json!("server"))
    );

    // Admins are notified once, and a record that reappears verifies the domain again.
    wait(&server, 5).await;
    assert_eq!(server.outbox.mails().len(), 1);
    publish(&server, &claimed);
    wait(&server, 6).await;
    assert_eq!(state(&server).await, "verified");
}

#[apply(each_database)]
async fn a_record_that_is_missing_for_a_day_has_no_effect(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let claimed = claim(&server, "Acme").await;
    publish(&server, &claimed);
    check(&server, "acme").await;
    server
        .dns_records
        .remove("_vestibule-challenge.acme.example");
    wait(&server, 1).await;
    assert_eq!(state(&server).await, "missing");
    publish(&server, &claimed);
    wait(&server, 2).await;
    assert_eq!(state(&server).await, "verified");
    server
        .dns_records
        .remove("_vestibule-challenge.acme.example");
    wait(&server, 4).await;
    assert_eq!(state(&server).await, "missing", "the days count in a row");
}

#[apply(each_database)]
async fn manual_verification_needs_no_record(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    server
        .api
        .create("/organizations", json!({ "name": "Acme" }))
        .await;
    let made = server
        .api
        .create(
            "/organizations/acme/domains",
            json!({ "domain": "acme.example" }),
        )
        .await;
    assert_eq!(
        (&made["state"], &made["verification"], &made["record"]),
        (&json!("verified"), &json!("manual"), &Value::Null)
    );
    let path = "/organizations/acme/domains/acme.example/check";
    assert_eq!(
        server.api.post(path, Value::Null).await.problem().code,
        "no-dns-verification"
    );
    wait(&server, 5).await;
    assert_eq!(state(&server).await, "verified");
    assert_eq!(
        server
            .api
            .post("/organizations/acme/domains/b.example/check", Value::Null)
            .await
            .status,
        StatusCode::NOT_FOUND
    );
}

#[apply(each_database)]
async fn public_suffixes_cannot_be_added(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    server
        .api
        .create("/organizations", json!({ "name": "Acme" }))
        .await;
    for (domain, proof) in [("co.uk", "dns"), ("github.io", "manual")] {
        let refused = server
            .api
            .post(
                "/organizations/acme/domains",
                json!({ "domain": domain, "verification": proof }),
            )
            .await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(refused.problem().errors[0].field, "domain");
    }
    let refused = server
        .api
        .post(
            "/organizations/acme/domains",
            json!({ "domain": "acme.example", "verification": "word" }),
        )
        .await;
    assert_snapshot!(refused.problem(), @r#"
    invalid-fields
    verification: expected one of manual, dns, received the text "word"
    "#);
}
