//! The page of an organization's domains.

use axum::http::StatusCode;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::json;
use test_support::{Engine, TestBrowser, TestResponse, TestServer, each_database};

const PAGE: &str = "/console/organizations/acme/domains";

async fn admin(server: &TestServer) -> TestBrowser {
    let new = json!({ "name": "Acme", "plan": "enterprise" });
    server.api.create("/organizations", new).await;
    let member = json!({ "email": "ada@acme.example", "role": "admin" });
    server
        .api
        .create("/organizations/acme/members", member)
        .await;
    server.account_browser("ada@acme.example").await
}

fn shows(answer: &TestResponse, words: &str) {
    assert!(answer.text.contains(words), "{words:?} in {}", answer.text);
}

/// The value of the TXT record that the page shows.
fn value(page: &TestResponse) -> String {
    let (_, rest) = page.text.split_once("vestibule-verification=").unwrap();
    let secret: String = rest.chars().take(32).collect();
    format!("vestibule-verification={secret}")
}

#[apply(each_database)]
async fn an_admin_verifies_a_domain(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut admin = admin(&server).await;
    let page = admin.get(PAGE).await;
    shows(&page, "No domains yet");
    assert!(!page.text.contains("name=\"manual\""));
    // The page of an admin has no checkbox for manual verification, so the field is ignored.
    let added = admin
        .submit(&page, PAGE, &[("domain", "Acme.example"), ("manual", "1")])
        .await;
    assert_eq!(added.location(), format!("{PAGE}?done=domain-added"));
    let page = admin.get(added.location()).await;
    for words in [
        "Domain added.",
        "Pending",
        "_vestibule-challenge.acme.example",
        "Not checked yet.",
    ] {
        shows(&page, words);
    }
    let check = format!("{PAGE}/acme.example/check");
    server
        .dns_records
        .publish("_vestibule-challenge.acme.example", "<b>something else</b>");
    let checked = admin.submit(&page, &check, &[]).await;
    assert_eq!(checked.location(), format!("{PAGE}?done=domain-checked"));
    let page = admin.get(checked.location()).await;
    shows(&page, "Found this TXT record:");
    shows(&page, "&#60;b&#62;something else");
    server
        .dns_records
        .publish("_vestibule-challenge.acme.example", &value(&page));
    let checked = admin.submit(&page, &check, &[]).await;
    let page = admin.get(checked.location()).await;
    for words in [
        "Domain verified.",
        "these 2 TXT records",
        "Correct",
        "Keep this TXT record in your DNS",
    ] {
        shows(&page, words);
    }
    assert!(!page.text.contains("Add this TXT record"), "{}", page.text);
    let removed = admin
        .submit(&page, &format!("{PAGE}/acme.example/remove"), &[])
        .await;
    let page = admin.get(removed.location()).await;
    shows(&page, "No domains yet");
}

#[apply(each_database)]
async fn the_form_keeps_its_input_next_to_the_error(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut admin = admin(&server).await;
    let page = admin.get(PAGE).await;
    let refused = admin.submit(&page, PAGE, &[("domain", "co.uk")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    shows(&refused, "value=\"co.uk\"");
    shows(&refused, "aria-invalid");
    let address = admin
        .submit(
            &page,
            PAGE,
            &[("domain", "https://www.globex.example/about")],
        )
        .await;
    shows(
        &address,
        "without https:// and without a path: globex.example",
    );
    admin
        .submit(&page, PAGE, &[("domain", "acme.example")])
        .await;
    let twice = admin
        .submit(&page, PAGE, &[("domain", "ACME.example")])
        .await;
    assert_eq!(twice.status, StatusCode::CONFLICT);
    shows(&twice, "already in the list");
    // Another organization verifies the domain first.
    server
        .api
        .create("/organizations", json!({ "name": "Other" }))
        .await;
    server
        .api
        .create(
            "/organizations/other/domains",
            json!({ "domain": "acme.example" }),
        )
        .await;
    server
        .dns_records
        .publish("_vestibule-challenge.acme.example", &value(&twice));
    let taken = admin
        .submit(&page, &format!("{PAGE}/acme.example/check"), &[])
        .await;
    assert_eq!(taken.status, StatusCode::CONFLICT);
    shows(&taken, "Another organization already uses this domain");
    // The page shows the same message when it is opened again.
    let page = admin.get(PAGE).await;
    shows(&page, "In use by another organization<");
    shows(
        &page,
        "another organization had already verified this domain",
    );
    for wrong in ["Pending", "Add this TXT record"] {
        assert!(!page.text.contains(wrong), "{}", page.text);
    }
}

#[apply(each_database)]
async fn an_operator_can_mark_a_domain_as_verified(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    admin(&server).await;
    let mut operator = server.operator_browser("op@example.com").await;
    let page = operator.get(PAGE).await;
    let added = operator
        .submit(&page, PAGE, &[("domain", "acme.example"), ("manual", "1")])
        .await;
    let page = operator.get(added.location()).await;
    shows(&page, "No DNS record is needed");
    assert!(!page.text.contains("/check\""));
}
