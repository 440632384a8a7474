//! The page with the domains of an organization.

use axum::http::StatusCode;
use insta::assert_snapshot;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::json;
use test_support::{Engine, START, TestBrowser, TestResponse, TestServer, each_database};

use super::organization::create_acme_with_ada;
use super::page_text::{main_text, section_text};
use crate::acme::{ada_browser, create_active_acme};
use crate::objects::create_organization;

const DOMAINS: &str = "/console/organizations/acme/domains";
const CHECK: &str = "/console/organizations/acme/domains/acme.example/check";
const RECORD_NAME: &str = "_vestibule-challenge.acme.example";

#[apply(each_database)]
async fn an_admin_cannot_verify_a_domain_manually(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = create_acme_with_ada(&server).await;
    let page = ada.get(DOMAINS).await;
    assert!(page.text.contains("No domains yet"));
    assert!(!page.text.contains("name=\"manual\""));
    let fields = [("domain", "Acme.example"), ("manual", "1")];
    let added = ada.submit(&page, DOMAINS, &fields).await;
    assert_eq!(added.location(), format!("{DOMAINS}?done=domain-added"));
    let page = ada.get(added.location()).await;
    assert!(page.text.contains("Domain added."));
    assert_snapshot!(section_text(&page, "domain-1"), @"
    acme.example Pending
    Add this TXT record to your domain’s DNS and keep it there. We check it every day.
    In the demo, a page stands in for your domain’s DNS. Add the record to the demo DNS
    Type
    TXT
    Name
    _vestibule-challenge.acme.exampleCopy
    Some DNS providers append the domain automatically. In that case, enter only _vestibule-challenge.
    Value
    vestibule-verification=[token]Copy
    Not checked yet. New records usually appear within minutes, but can take several hours.
    Email addresses in subdomains don’t lead to your SSO.
    Check record
    Include subdomains
    Remove domain
    ");
}

#[apply(each_database)]
async fn a_verified_domain_is_removed_after_a_question(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_active_acme(&server).await;
    let mut ada = ada_browser(&server).await;
    let remove = format!("{DOMAINS}/acme.example/remove");
    let page = ada.get(DOMAINS).await;
    assert!(page.text.contains(&format!("href=\"{remove}\"")));
    let question = ada.get(&remove).await;
    assert_snapshot!(main_text(&question), @"
    Acme
    Remove acme.example?
    Who is affected
    The email address of 1 member will no longer be verified.
    People who enter an address in this domain are no longer routed to your SSO. To add the domain again, you have to verify it again.
    Remove domain
    Cancel
    ");
    let removed = ada.submit(&question, &remove, &[]).await;
    assert_eq!(removed.location(), format!("{DOMAINS}?done=domain-removed"));
    assert!(ada.get(DOMAINS).await.text.contains("No domains yet"));
}

#[apply(each_database)]
async fn a_check_shows_the_txt_record_that_it_found(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = create_acme_with_ada(&server).await;
    let page = add_domain(&mut ada, "acme.example").await;
    let record = "<b>something else</b>";
    server.dns_records.publish(RECORD_NAME, record);
    let checked = ada.submit(&page, CHECK, &[]).await;
    assert_eq!(checked.location(), format!("{DOMAINS}?done=domain-checked"));
    let page = ada.get(checked.location()).await;
    assert!(page.text.contains("Found this TXT record:"));
    assert!(page.text.contains("&#60;b&#62;something else"));
}

#[apply(each_database)]
async fn a_txt_record_verifies_a_domain(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = create_acme_with_ada(&server).await;
    let page = add_domain(&mut ada, "acme.example").await;
    let other_record = "<b>something else</b>";
    server.dns_records.publish(RECORD_NAME, other_record);
    let record = verification_record(&page);
    server.dns_records.publish(RECORD_NAME, &record);
    let checked = ada.submit(&page, CHECK, &[]).await;
    let page = ada.get(checked.location()).await;
    assert!(page.text.contains("Domain verified."));
    assert!(!page.text.contains("Add this TXT record"));
    assert_snapshot!(section_text(&page, "domain-1"), @"
    acme.example Verified
    Keep this TXT record in your DNS. We check it every day.
    Type
    TXT
    Name
    _vestibule-challenge.acme.exampleCopy
    Some DNS providers append the domain automatically. In that case, enter only _vestibule-challenge.
    Value
    vestibule-verification=[token]Copy
    Checked 24 Nov 2026, 09:00 UTC
    Found these 2 TXT records:
    <b>something else</b>
    vestibule-verification=[token] Correct
    Email addresses in subdomains don’t lead to your SSO.
    Check record
    Include subdomains
    Remove domain
    ");
}

#[apply(each_database)]
async fn an_admin_removes_a_verified_domain(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = create_acme_with_ada(&server).await;
    let page = add_domain(&mut ada, "acme.example").await;
    let record = verification_record(&page);
    server.dns_records.publish(RECORD_NAME, &record);
    ada.submit(&page, CHECK, &[]).await;
    let remove = format!("{DOMAINS}/acme.example/remove");
    let removed = ada.submit(&page, &remove, &[]).await;
    let page = ada.get(removed.location()).await;
    assert!(page.text.contains("No domains yet"));
}

#[apply(each_database)]
async fn an_invalid_domain_is_rejected_and_kept(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = create_acme_with_ada(&server).await;
    let rejected = submit_domain(&mut ada, "co.uk").await;
    assert_eq!(rejected.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(rejected.text.contains("value=\"co.uk\""));
    assert!(rejected.text.contains("aria-invalid"));
}

#[apply(each_database)]
async fn the_error_for_a_url_contains_its_domain(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = create_acme_with_ada(&server).await;
    let url = "https://www.globex.example/about";
    let rejected = submit_domain(&mut ada, url).await;
    let error = "without https:// and without a path: globex.example";
    assert!(rejected.text.contains(error));
}

#[apply(each_database)]
async fn a_domain_is_added_only_once(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = create_acme_with_ada(&server).await;
    submit_domain(&mut ada, "acme.example").await;
    let rejected = submit_domain(&mut ada, "ACME.example").await;
    assert_eq!(rejected.status, StatusCode::CONFLICT);
    assert!(rejected.text.contains("already in the list"));
}

#[rstest]
#[case::uppercase("BÜCHER.example")]
#[case::ascii_form("xn--bcher-kva.example")]
#[tokio::test]
async fn an_internationalized_domain_is_added_only_once(#[case] spelling: &str) {
    let server = TestServer::start(Engine::Sqlite).await;
    let mut ada = create_acme_with_ada(&server).await;
    submit_domain(&mut ada, "bücher.example").await;
    let rejected = submit_domain(&mut ada, spelling).await;
    assert_eq!(rejected.status, StatusCode::CONFLICT);
    assert!(rejected.text.contains("already in the list"));
    assert!(!rejected.text.contains("Another organization"));
}

#[apply(each_database)]
async fn a_domain_of_another_organization_cannot_be_verified(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = create_acme_with_ada(&server).await;
    let page = add_domain(&mut ada, "acme.example").await;
    // Another organization verifies the domain first.
    create_organization(&server, "Other", "enterprise").await;
    let domain = json!({ "domain": "acme.example" });
    let domains = "/organizations/other/domains";
    server.api.create(domains, domain).await;

    let record = verification_record(&page);
    server.dns_records.publish(RECORD_NAME, &record);
    let rejected = ada.submit(&page, CHECK, &[]).await;
    assert_eq!(rejected.status, StatusCode::CONFLICT);
    let error = "Another organization already uses this domain";
    assert!(rejected.text.contains(error));

    // The page shows the error when it is opened again.
    let page = ada.get(DOMAINS).await;
    let badge = "In use by another organization<";
    assert!(page.text.contains(badge));
    let error = "another organization had already verified this domain";
    assert!(page.text.contains(error));
    assert!(!page.text.contains("Pending"));
    assert!(!page.text.contains("Add this TXT record"));
}

#[apply(each_database)]
async fn an_operator_can_verify_a_domain_manually(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_acme_with_ada(&server).await;
    let mut operator = server.operator_browser("op@example.com").await;
    let page = operator.get(DOMAINS).await;
    let fields = [("domain", "acme.example"), ("manual", "1")];
    let added = operator.submit(&page, DOMAINS, &fields).await;
    let page = operator.get(added.location()).await;
    assert!(page.text.contains("No DNS record is needed"));
    assert!(!page.text.contains("/check\""));
}

#[apply(each_database)]
async fn domain_checks_are_rate_limited(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = create_acme_with_ada(&server).await;
    let page = add_domain(&mut ada, "acme.example").await;
    for _ in 0..5 {
        let checked = ada.submit(&page, CHECK, &[]).await;
        assert_eq!(checked.status, StatusCode::SEE_OTHER);
    }
    let rejected = ada.submit(&page, CHECK, &[]).await;
    assert_eq!(rejected.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(rejected.text.contains("Wait a minute"));
    server.clock.set(START + 60);
    let checked = ada.submit(&page, CHECK, &[]).await;
    assert_eq!(checked.status, StatusCode::SEE_OTHER);
}

async fn submit_domain(browser: &mut TestBrowser, domain: &str) -> TestResponse {
    let page = browser.get(DOMAINS).await;
    browser.submit(&page, DOMAINS, &[("domain", domain)]).await
}

/// Adds a domain. Returns the page that shows it.
async fn add_domain(browser: &mut TestBrowser, domain: &str) -> TestResponse {
    let added = submit_domain(browser, domain).await;
    browser.get(added.location()).await
}

/// The value of the TXT record that the page shows.
pub(super) fn verification_record(page: &TestResponse) -> String {
    let (_, rest) = page.text.split_once("vestibule-verification=").unwrap();
    let token: String = rest.chars().take(32).collect();
    format!("vestibule-verification={token}")
}
