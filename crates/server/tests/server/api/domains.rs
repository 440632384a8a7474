//! Domain verification.

use axum::http::StatusCode;
use insta::assert_snapshot;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::{Value, json};
use test_support::{Engine, START, TestServer, each_database};
use vestibule::background;

use super::start_with_acme;
use crate::objects::{add_domain, add_member, create_organization, member_path};

const DOMAINS: &str = "/organizations/acme/domains";
const RECORD_NAME: &str = "_vestibule-challenge.acme.example";
const DAY: i64 = 24 * 3600;

/// Adds the domain acme.example to an organization, to be verified by DNS. Returns the domain.
async fn add_pending_domain(server: &TestServer, organization: &str) -> Value {
    let path = format!("/organizations/{organization}/domains");
    let body = json!({"domain": "acme.example", "verification": "dns"});
    server.api.create(&path, body).await
}

/// Starts a server on which Acme has verified acme.example. Returns the domain as it was added.
async fn start_with_verified_domain(engine: Engine) -> (TestServer, Value) {
    let server = start_with_acme(engine).await;
    let domain = add_pending_domain(&server, "acme").await;
    publish_record(&server, &domain);
    check(&server, "acme").await;
    (server, domain)
}

/// Publishes the DNS record of a domain.
fn publish_record(server: &TestServer, domain: &Value) {
    let text = |field: &str| domain["record"][field].as_str().unwrap();
    server.dns_records.publish(text("name"), text("value"));
}

/// Checks the DNS record of acme.example. Returns the domain.
async fn check(server: &TestServer, organization: &str) -> Value {
    let path = format!("/organizations/{organization}/domains/acme.example/check");
    let response = server.api.post(&path, Value::Null).await;
    assert_eq!(response.status, StatusCode::OK, "{}", response.text);
    response.json()
}

/// The state of Acme's only domain.
async fn state(server: &TestServer) -> String {
    let list = server.api.get(DOMAINS).await.json();
    list["items"][0]["state"].as_str().unwrap().to_owned()
}

/// Sets the clock to this many days after the start and runs the background jobs.
async fn run_jobs_on_day(server: &TestServer, day: i64) {
    server.clock.set(START + day * DAY);
    background::run_once(&server.app).await;
}

async fn newest_audit_entry(server: &TestServer) -> Value {
    let path = "/organizations/acme/audit-log";
    let list = server.api.get(path).await.json();
    list["items"][0].clone()
}

#[apply(each_database)]
async fn an_internationalized_domain_is_stored_in_ascii(#[case] engine: Engine) {
    let server = start_with_acme(engine).await;
    let body = json!({"domain": "Bücher.example", "verification": "dns"});
    let domain = server.api.create(DOMAINS, body).await;
    assert_eq!(domain["domain"], "xn--bcher-kva.example");

    // Requests can contain the name with which the domain was added.
    let path = format!("{DOMAINS}/B%C3%BCcher.example");
    let response = server.api.post(&format!("{path}/check"), Value::Null).await;
    assert_eq!(response.status, StatusCode::OK, "{}", response.text);
    let response = server.api.delete(&path).await;
    assert_eq!(response.status, StatusCode::NO_CONTENT);
    let list = server.api.get(DOMAINS).await.json();
    assert_eq!(list["items"], json!([]));
}

#[apply(each_database)]
async fn a_pending_domain_shows_the_dns_record_to_create(#[case] engine: Engine) {
    let server = start_with_acme(engine).await;
    let domain = add_pending_domain(&server, "acme").await;
    let response = server.api.get(DOMAINS).await;
    assert_eq!(response.json()["items"], json!([domain]));
    assert_snapshot!(response.redacted_json(), @r#"
    {
      "items": [
        {
          "answer": null,
          "checked_at": null,
          "created_at": "2026-11-24T09:00:00Z",
          "domain": "acme.example",
          "include_subdomains": false,
          "missing_since": null,
          "public_mail": false,
          "record": {
            "name": "_vestibule-challenge.acme.example",
            "type": "TXT",
            "value": "vestibule-verification=[token]"
          },
          "state": "pending",
          "verification": "dns",
          "verified_at": null
        }
      ]
    }
    "#);
    let token = domain["record"]["value"].as_str().unwrap();
    let token = token.strip_prefix("vestibule-verification=").unwrap();
    assert_eq!(token.len(), 32);
}

#[apply(each_database)]
async fn a_dns_record_verifies_a_domain(#[case] engine: Engine) {
    let server = start_with_acme(engine).await;
    let domain = add_pending_domain(&server, "acme").await;
    let pending = check(&server, "acme").await;
    assert_eq!(pending["state"], "pending");
    assert_eq!(pending["verified_at"], Value::Null);
    assert_eq!(pending["answer"], json!({"records": [], "failure": null}));

    let other_record = "vestibule-verification=another";
    server.dns_records.publish(RECORD_NAME, other_record);
    let pending = check(&server, "acme").await;
    assert_eq!(pending["state"], "pending");
    assert_eq!(pending["answer"]["records"], json!([other_record]));

    publish_record(&server, &domain);
    let verified = check(&server, "acme").await;
    assert_eq!(verified["state"], "verified");
    assert_eq!(verified["verified_at"], "2026-11-24T09:00:00Z");
    assert_eq!(verified["record"], domain["record"]);
    let list = server.api.get(DOMAINS).await.json();
    assert_eq!(list["items"], json!([verified]));
    assert_eq!(
        server.audit_actions("acme").await,
        ["domain.added", "domain.verified", "organization.created"]
    );
}

#[apply(each_database)]
async fn a_domain_belongs_to_the_first_organization_that_verifies_it(#[case] engine: Engine) {
    let server = start_with_acme(engine).await;
    create_organization(&server, "Other", "enterprise").await;
    let acme_domain = add_pending_domain(&server, "acme").await;
    let other_domain = add_pending_domain(&server, "other").await;
    assert_ne!(
        acme_domain["record"]["value"],
        other_domain["record"]["value"]
    );
    publish_record(&server, &acme_domain);
    assert_eq!(check(&server, "other").await["state"], "pending");
    assert_eq!(check(&server, "acme").await["state"], "verified");

    publish_record(&server, &other_domain);
    let path = "/organizations/other/domains/acme.example/check";
    let response = server.api.post(path, Value::Null).await;
    assert_eq!(response.status, StatusCode::CONFLICT);
    assert_eq!(response.problem().code, "domain-in-use");
    assert!(
        response.text.contains("belongs to another organization"),
        "{}",
        response.text
    );
    // The observed records are stored anyway.
    let list = server.api.get("/organizations/other/domains").await.json();
    let other_domain = &list["items"][0];
    assert_eq!(other_domain["state"], "pending");
    let records = other_domain["answer"]["records"].as_array().unwrap();
    assert_eq!(records.len(), 2);

    let path = "/organizations/acme/domains/acme.example";
    server.api.delete(path).await;
    assert_eq!(check(&server, "other").await["state"], "verified");
}

#[apply(each_database)]
async fn a_later_record_is_found_within_a_day(#[case] engine: Engine) {
    let server = start_with_acme(engine).await;
    let domain = add_pending_domain(&server, "acme").await;
    run_jobs_on_day(&server, 0).await;
    assert_eq!(state(&server).await, "pending");
    publish_record(&server, &domain);
    background::run_once(&server.app).await;
    assert_eq!(state(&server).await, "pending", "once a day is enough");
    run_jobs_on_day(&server, 1).await;
    assert_eq!(state(&server).await, "verified");
    let entry = newest_audit_entry(&server).await;
    assert_eq!(entry["action"], "domain.verified");
    assert_eq!(entry["actor"], "server");
}

#[apply(each_database)]
async fn a_domain_is_lost_if_its_record_is_missing_for_more_than_three_days(
    #[case] engine: Engine,
) {
    let (server, domain) = start_with_verified_domain(engine).await;
    let ada = add_member(&server, "acme", "ada@acme.example", "admin").await;
    let email_is_verified = async || {
        let path = member_path("acme", &ada);
        server.api.get(&path).await.json()["email_verified"] == true
    };
    assert!(email_is_verified().await);

    server.dns_records.remove(RECORD_NAME);
    run_jobs_on_day(&server, 1).await;
    assert_eq!(state(&server).await, "missing");
    run_jobs_on_day(&server, 3).await;
    assert_eq!(state(&server).await, "missing");
    assert!(email_is_verified().await);

    run_jobs_on_day(&server, 4).await;
    assert_eq!(state(&server).await, "lost");
    assert!(!email_is_verified().await);
    let entry = newest_audit_entry(&server).await;
    assert_eq!(entry["action"], "domain.verification_lost");
    assert_eq!(entry["actor"], "server");

    // A record that reappears verifies the domain again.
    publish_record(&server, &domain);
    run_jobs_on_day(&server, 6).await;
    assert_eq!(state(&server).await, "verified");
}

#[apply(each_database)]
async fn admins_are_notified_once_of_a_lost_domain(#[case] engine: Engine) {
    let (server, _) = start_with_verified_domain(engine).await;
    add_member(&server, "acme", "ada@acme.example", "admin").await;
    add_member(&server, "acme", "joe@acme.example", "member").await;
    server.dns_records.remove(RECORD_NAME);
    for day in [1, 3] {
        run_jobs_on_day(&server, day).await;
        assert!(server.outbox.mails().is_empty());
    }
    for day in [4, 5] {
        run_jobs_on_day(&server, day).await;
        assert_eq!(server.outbox.mails().len(), 1);
    }
    let mail = &server.outbox.mails()[0];
    assert_eq!(mail.to, "ada@acme.example");
    assert_eq!(mail.subject, "acme.example is no longer verified");
    assert_snapshot!(mail.text, @"
    The DNS record _vestibule-challenge.acme.example, which verifies acme.example for Acme in auth.example.com, has been missing for three days.

    Until you add it again, email addresses in acme.example are not trusted, and people who enter one are not routed to your single sign-on.

    See the record to add and what we found: https://auth.example.com/console/organizations/acme/domains
    ");
}

#[apply(each_database)]
async fn a_record_that_is_missing_for_a_day_has_no_effect(#[case] engine: Engine) {
    let (server, domain) = start_with_verified_domain(engine).await;
    server.dns_records.remove(RECORD_NAME);
    run_jobs_on_day(&server, 1).await;
    assert_eq!(state(&server).await, "missing");
    publish_record(&server, &domain);
    run_jobs_on_day(&server, 2).await;
    assert_eq!(state(&server).await, "verified");
    // The days of the first absence do not count.
    server.dns_records.remove(RECORD_NAME);
    run_jobs_on_day(&server, 4).await;
    assert_eq!(state(&server).await, "missing");
}

#[apply(each_database)]
async fn manual_verification_needs_no_record(#[case] engine: Engine) {
    let server = start_with_acme(engine).await;
    let domain = add_domain(&server, "acme", "acme.example").await;
    assert_eq!(domain["state"], "verified");
    assert_eq!(domain["verification"], "manual");
    assert_eq!(domain["record"], Value::Null);
    let check = format!("{DOMAINS}/acme.example/check");
    let response = server.api.post(&check, Value::Null).await;
    assert_eq!(response.problem().code, "no-dns-verification");
    run_jobs_on_day(&server, 5).await;
    assert_eq!(state(&server).await, "verified");
}

#[apply(each_database)]
async fn an_unknown_domain_cannot_be_checked(#[case] engine: Engine) {
    let server = start_with_acme(engine).await;
    let check = format!("{DOMAINS}/b.example/check");
    let response = server.api.post(&check, Value::Null).await;
    assert_eq!(response.status, StatusCode::NOT_FOUND);
}

#[rstest]
#[case::icann("co.uk", "dns")]
#[case::private("github.io", "manual")]
#[tokio::test]
async fn a_public_suffix_cannot_be_added(#[case] domain: &str, #[case] verification: &str) {
    let server = start_with_acme(Engine::Sqlite).await;
    let body = json!({"domain": domain, "verification": verification});
    let response = server.api.post(DOMAINS, body).await;
    assert_eq!(response.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(response.problem().errors[0].field, "domain");
}

#[apply(each_database)]
async fn an_unknown_verification_is_rejected(#[case] engine: Engine) {
    let server = start_with_acme(engine).await;
    let body = json!({"domain": "acme.example", "verification": "word"});
    let response = server.api.post(DOMAINS, body).await;
    assert_snapshot!(response.problem(), @r#"
    invalid-fields
    verification: expected one of manual, dns, received the text "word"
    "#);
}
