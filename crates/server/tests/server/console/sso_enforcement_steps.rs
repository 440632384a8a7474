//! Steps on the page for SSO enforcement.

use test_support::{ADA, TestBrowser, TestResponse, TestServer};
use testkit::identity_provider::{IdpBehavior, User};

use crate::acme::answer_saml_request;

pub(crate) const ENFORCEMENT: &str = "/console/organizations/acme/sso-enforcement";
pub(crate) const RECOVERY_CODES: &str = "/console/organizations/acme/sso/recovery-codes";

/// The form that enforces SSO, also without a way to regain access.
pub(crate) const CONFIRMED: [(&str, &str); 2] =
    [("confirmed", "1"), ("override", "enforce without recovery")];

/// Signs in through the connection with the button of the page. Returns the target of the last redirect.
pub(crate) async fn sign_in_through_connection(
    server: &TestServer,
    browser: &mut TestBrowser,
    user: &User,
) -> String {
    let page = browser.get(ENFORCEMENT).await;
    let sign_in = format!("{ENFORCEMENT}/sign-in");
    let redirect = browser.submit(&page, &sign_in, &[]).await;
    let result = answer_saml_request(server, browser, &redirect, user, IdpBehavior::Valid).await;
    browser.get(&result).await.location().to_owned()
}

/// Signs in as Ada through the connection and enforces SSO.
pub(crate) async fn enforce_sso(server: &TestServer, browser: &mut TestBrowser) -> TestResponse {
    sign_in_through_connection(server, browser, ADA).await;
    let page = browser.get(ENFORCEMENT).await;
    browser.submit(&page, ENFORCEMENT, &CONFIRMED).await
}

/// Whether Acme enforces SSO.
pub(crate) async fn is_enforced(server: &TestServer) -> bool {
    let organization = server.api.get("/organizations/acme").await.json();
    organization["sso_enforced"].as_bool().unwrap()
}
