//! Steps of the guided setup that several tests need.

use test_support::{TestBrowser, TestResponse, TestServer};

use super::domains::verification_record;

/// The button that shows the identity provider's details before they are saved.
pub(crate) const REVIEW: (&str, &str) = ("review", "1");
/// The button that saves the identity provider's details.
pub(crate) const SAVE: (&str, &str) = ("keep", "1");

/// Starts the guided setup of a new connection for this identity provider. Returns the base path of its pages.
pub(crate) async fn start_setup(ada: &mut TestBrowser, provider: &str) -> String {
    let path = "/console/organizations/acme/sso/setup";
    let page = ada.get(path).await;
    let started = ada.submit(&page, path, &[("provider", provider)]).await;
    let (base, step) = started.location().split_once("/setup/").unwrap();
    assert_eq!(step, "instructions");
    format!("{base}/setup")
}

/// Starts the guided setup. Returns the path of the step with the identity provider's details.
pub(crate) async fn start_provider_step(ada: &mut TestBrowser, provider: &str) -> String {
    format!("{}/idp-details", start_setup(ada, provider).await)
}

/// Opens a page and submits its form.
pub(crate) async fn submit_step(
    browser: &mut TestBrowser,
    path: &str,
    fields: &[(&str, &str)],
) -> TestResponse {
    let page = browser.get(path).await;
    browser.submit(&page, path, fields).await
}

/// Verifies the domain `acme.example` by DNS in the step at this path.
pub(crate) async fn verify_domain(server: &TestServer, browser: &mut TestBrowser, path: &str) {
    submit_step(browser, path, &[("domain", "acme.example")]).await;
    let page = browser.get(path).await;
    let record = verification_record(&page);
    let name = "_vestibule-challenge.acme.example";
    server.dns_records.publish(name, &record);
    let check = format!("{path}/acme.example/check");
    let checked = browser.submit(&page, &check, &[]).await;
    assert_eq!(checked.location(), path);
}

/// Opens a setup link in a new browser.
pub(crate) async fn open_setup_link(server: &TestServer, path: &str) -> TestBrowser {
    let mut guest = server.browser();
    let opened = submit_step(&mut guest, path, &[]).await;
    assert_eq!(opened.location(), "/setup");
    guest
}
