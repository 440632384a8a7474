//! Domain verification.

use axum::http::StatusCode;
use serde_json::{Value, json};
use vestibule::background;

use crate::database::on_each_database;
use crate::harness::{MORNING, Server};

const DAY: i64 = 24 * 3600;

/// Creates an organization with the unverified domain acme.example. Returns the domain.
async fn claim(server: &Server, name: &str) -> Value {
    server
        .make(
            "/organizations",
            json!({ "name": name, "plan": "enterprise" }),
        )
        .await;
    let path = format!("/organizations/{}/domains", name.to_lowercase());
    server
        .make(
            &path,
            json!({ "domain": "acme.example", "verification": "dns" }),
        )
        .await
}

/// Publishes the record of an unverified domain.
fn publish(server: &Server, claimed: &Value) {
    let text = |field: &str| claimed["record"][field].as_str().unwrap();
    server.records.publish(text("name"), text("value"));
}

async fn check(server: &Server, organization: &str) -> Value {
    let path = format!("/organizations/{organization}/domains/acme.example/check");
    let answer = server.post(&path, Value::Null).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    answer.json()
}

async fn state(server: &Server) -> String {
    let listed = server.get("/organizations/acme/domains").await.json();
    listed["items"][0]["state"].as_str().unwrap().to_owned()
}

/// Advances the clock and runs the background jobs.
async fn wait(server: &Server, days: i64) {
    server.clock.set(MORNING + days * DAY);
    background::run_once(&server.app).await;
}

on_each_database! {
    async fn a_domain_is_found_under_the_name_it_was_added_with(server) {
        server.make("/organizations", json!({ "name": "Acme" })).await;
        let domains = "/organizations/acme/domains";
        let added = server.make(domains, json!({ "domain": "Bücher.example", "verification": "dns" })).await;
        assert_eq!(added["domain"], "xn--bcher-kva.example");
        let path = format!("{domains}/B%C3%BCcher.example");
        let checked = server.post(&format!("{path}/check"), Value::Null).await;
        assert_eq!(checked.status, StatusCode::OK, "{}", checked.text);
        assert_eq!(server.delete(&path).await.status, StatusCode::NO_CONTENT);
        assert_eq!(server.get(domains).await.json()["items"], json!([]));
    }

    async fn a_dns_record_verifies_a_domain(server) {
        let claimed = claim(&server, "Acme").await;
        assert_eq!((&claimed["state"], &claimed["verification"]), (&json!("pending"), &json!("dns")));
        assert_eq!(claimed["record"]["type"], "TXT");
        assert_eq!(claimed["record"]["name"], "_vestibule-challenge.acme.example");
        let value = claimed["record"]["value"].as_str().unwrap();
        assert_eq!(value.strip_prefix("vestibule-verification=").unwrap().len(), 32);

        let missing = check(&server, "acme").await;
        assert_eq!((&missing["state"], &missing["verified_at"]), (&json!("pending"), &Value::Null));
        assert_eq!(missing["answer"], json!({ "records": [], "failure": null }));
        server.records.publish("_vestibule-challenge.acme.example", "vestibule-verification=another");
        let other = check(&server, "acme").await;
        assert_eq!((&other["state"], &other["answer"]["records"]), (&json!("pending"), &json!(["vestibule-verification=another"])));

        publish(&server, &claimed);
        let verified = check(&server, "acme").await;
        assert_eq!(verified["state"], "verified");
        assert_eq!(verified["verified_at"], "2026-11-24T09:00:00Z");
        assert_eq!(verified["record"], claimed["record"]);
        assert_eq!(server.get("/organizations/acme/domains").await.json()["items"], json!([verified]));
        assert_eq!(server.deeds("acme").await, ["domain.added", "domain.verified", "organization.created"]);
    }

    async fn a_domain_belongs_to_the_first_organization_that_verifies_it(server) {
        let ours = claim(&server, "Acme").await;
        let theirs = claim(&server, "Other").await;
        assert_ne!(ours["record"]["value"], theirs["record"]["value"]);
        publish(&server, &ours);
        assert_eq!(check(&server, "other").await["state"], "pending");
        assert_eq!(check(&server, "acme").await["state"], "verified");
        publish(&server, &theirs);
        let taken = server.post("/organizations/other/domains/acme.example/check", Value::Null).await;
        assert_eq!((taken.status, taken.problem().0.as_str()), (StatusCode::CONFLICT, "domain-in-use"));
        assert!(taken.text.contains("belongs to another organization"), "{}", taken.text);
        // The observed records are stored anyway.
        let listed = server.get("/organizations/other/domains").await.json();
        assert_eq!((&listed["items"][0]["state"], listed["items"][0]["answer"]["records"].as_array().unwrap().len()), (&json!("pending"), 2));
        server.delete("/organizations/acme/domains/acme.example").await;
        assert_eq!(check(&server, "other").await["state"], "verified");
    }

    async fn a_later_record_is_found_within_a_day(server) {
        let claimed = claim(&server, "Acme").await;
        wait(&server, 0).await;
        assert_eq!(state(&server).await, "pending");
        publish(&server, &claimed);
        background::run_once(&server.app).await;
        assert_eq!(state(&server).await, "pending", "once a day is enough");
        wait(&server, 1).await;
        assert_eq!(state(&server).await, "verified");
        let events = server.get("/organizations/acme/audit-log").await.json();
        assert_eq!((&events["items"][0]["action"], &events["items"][0]["actor"]), (&json!("domain.verified"), &json!("server")));
    }

    async fn admins_are_notified_if_a_record_is_missing_for_three_days(server) {
        let claimed = claim(&server, "Acme").await;
        publish(&server, &claimed);
        check(&server, "acme").await;
        let member = json!({ "email": "ada@acme.example", "role": "admin" });
        let ada = server.make("/organizations/acme/members", member).await;
        server.make("/organizations/acme/members", json!({ "email": "joe@acme.example" })).await;
        let is_believed = async || {
            let path = format!("/organizations/acme/members/{}", ada["id"].as_str().unwrap());
            server.get(&path).await.json()["email_verified"] == json!(true)
        };
        assert!(is_believed().await);

        server.records.remove("_vestibule-challenge.acme.example");
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
        assert_eq!((mails[0].to.as_str(), mails[0].subject.as_str()), ("ada@acme.example", "acme.example is no longer verified"));
        assert!(mails[0].text.contains("https://auth.example.com/console/organizations/acme/domains"), "{}", mails[0].text);
        let events = server.get("/organizations/acme/audit-log").await.json();
        assert_eq!((&events["items"][0]["action"], &events["items"][0]["actor"]), (&json!("domain.verification_lost"), &json!("server")));

        // Admins are notified once, and a record that reappears verifies the domain again.
        wait(&server, 5).await;
        assert_eq!(server.outbox.mails().len(), 1);
        publish(&server, &claimed);
        wait(&server, 6).await;
        assert_eq!(state(&server).await, "verified");
    }

    async fn a_record_that_is_missing_for_a_day_has_no_effect(server) {
        let claimed = claim(&server, "Acme").await;
        publish(&server, &claimed);
        check(&server, "acme").await;
        server.records.remove("_vestibule-challenge.acme.example");
        wait(&server, 1).await;
        assert_eq!(state(&server).await, "missing");
        publish(&server, &claimed);
        wait(&server, 2).await;
        assert_eq!(state(&server).await, "verified");
        server.records.remove("_vestibule-challenge.acme.example");
        wait(&server, 4).await;
        assert_eq!(state(&server).await, "missing", "the days count in a row");
    }

    async fn manual_verification_needs_no_record(server) {
        server.make("/organizations", json!({ "name": "Acme" })).await;
        let made = server.make("/organizations/acme/domains", json!({ "domain": "acme.example" })).await;
        assert_eq!((&made["state"], &made["verification"], &made["record"]), (&json!("verified"), &json!("manual"), &Value::Null));
        let path = "/organizations/acme/domains/acme.example/check";
        assert_eq!(server.post(path, Value::Null).await.problem().0, "no-dns-verification");
        wait(&server, 5).await;
        assert_eq!(state(&server).await, "verified");
        assert_eq!(server.post("/organizations/acme/domains/b.example/check", Value::Null).await.status, StatusCode::NOT_FOUND);
    }

    async fn public_suffixes_cannot_be_added(server) {
        server.make("/organizations", json!({ "name": "Acme" })).await;
        for (domain, proof) in [("co.uk", "dns"), ("github.io", "manual")] {
            let refused = server.post("/organizations/acme/domains", json!({ "domain": domain, "verification": proof })).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert_eq!(refused.problem().1[0].0, "domain");
        }
        let refused = server.post("/organizations/acme/domains", json!({ "domain": "acme.example", "verification": "word" })).await;
        assert_eq!(refused.problem().1[0], ("verification".to_owned(), "one of manual, dns".to_owned(), "the text \"word\"".to_owned()));
    }
}
