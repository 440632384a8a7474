//! Home realm discovery: the page that asks for the email address, and the hints that make it unnecessary.

use axum::http::StatusCode;
use rstest::rstest;
use test_support::{ADA, SsoFixture, TestBrowser, TestResponse};
use testkit::identity_provider::IdpBehavior;

use crate::database_contents::DatabaseContents;

/// Opens the sign-in page for an authorization request that names no organization. Returns the value of the form field
/// `request`.
pub(crate) async fn open_sign_in_page(sso: &SsoFixture, browser: &mut TestBrowser) -> String {
    let redirect = browser.get(&sso.authorize_path(&[])).await;
    let location = redirect.location();
    assert!(location.starts_with("/sign-in?request="), "{location}");
    let page = browser.get(location).await;
    assert_eq!(page.status, StatusCode::OK);
    page.hidden_field("request").unwrap().to_owned()
}

pub(crate) async fn submit_email(
    browser: &mut TestBrowser,
    request: &str,
    email: &str,
) -> TestResponse {
    let fields = [("request", request), ("email", email)];
    browser.post("/sign-in", &fields).await
}

fn assert_redirects_to_identity_provider(redirect: &TestResponse) {
    let location = redirect.location();
    assert!(
        location.starts_with("https://idp.example/sso?SAMLRequest="),
        "{location}"
    );
}

#[tokio::test]
async fn an_email_address_leads_to_the_identity_provider_of_its_domain() {
    let sso = SsoFixture::new().await;
    let mut browser = sso.browser();
    let request = open_sign_in_page(&sso, &mut browser).await;
    let redirect = submit_email(&mut browser, &request, " Ada@Acme.Example ").await;
    assert_redirects_to_identity_provider(&redirect);
    let relay_state = redirect.location_parameter("RelayState").unwrap();
    let redirect = sso
        .complete_sign_in(&mut browser, &relay_state, ADA, IdpBehavior::Valid)
        .await;
    let state = redirect.location_parameter("state");
    assert_eq!(state.as_deref(), Some("the state"));
}

#[rstest]
#[case::no_domain("ada", "Enter a valid email address")]
#[case::unknown_domain(
    "ada@nowhere.example",
    "Single sign-on isn’t set up for nowhere.example"
)]
#[case::subdomain(
    "ada@sub.acme.example",
    "Single sign-on isn’t set up for sub.acme.example"
)]
#[tokio::test]
async fn an_email_address_without_a_connection_is_rejected_and_can_be_corrected(
    #[case] email: &str,
    #[case] message: &str,
) {
    let sso = SsoFixture::new().await;
    let mut browser = sso.browser();
    let request = open_sign_in_page(&sso, &mut browser).await;
    let page = submit_email(&mut browser, &request, email).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text.contains(message), "{}", page.text);
    assert!(page.text.contains(email), "{}", page.text);
    let redirect = submit_email(&mut browser, &request, "ada@acme.example").await;
    assert_redirects_to_identity_provider(&redirect);
}

#[tokio::test]
async fn the_sign_in_page_of_one_browser_is_invalid_in_another() {
    let sso = SsoFixture::new().await;
    let request = open_sign_in_page(&sso, &mut sso.browser()).await;
    let page = submit_email(&mut sso.browser(), &request, "ada@acme.example").await;
    assert_eq!(page.error_code(), "browser-mismatch");
}

#[rstest]
#[case::login_hint("login_hint", "someone@acme.example")]
#[case::domain_hint("domain_hint", "ACME.example")]
#[tokio::test]
async fn a_hint_leads_to_the_identity_provider_of_its_domain(
    #[case] parameter: &str,
    #[case] value: &str,
) {
    let sso = SsoFixture::new().await;
    let path = sso.authorize_path(&[(parameter, value)]);
    assert_redirects_to_identity_provider(&sso.browser().get(&path).await);
}

#[tokio::test]
async fn the_id_of_an_organization_leads_to_its_identity_provider() {
    let sso = SsoFixture::new().await;
    let path = sso.authorize_path(&[("organization", sso.organization.as_str())]);
    assert_redirects_to_identity_provider(&sso.browser().get(&path).await);
}

#[tokio::test]
async fn a_hint_with_an_unknown_domain_leads_to_the_sign_in_page() {
    let sso = SsoFixture::new().await;
    let path = sso.authorize_path(&[("login_hint", "someone@other.example")]);
    let redirect = sso.browser().get(&path).await;
    let location = redirect.location();
    assert!(location.starts_with("/sign-in?"), "{location}");
}

#[rstest]
#[tokio::test]
async fn the_sign_in_page_requires_a_pending_sign_in(
    #[values("/sign-in", "/sign-in?request=unknown", "/sign-in?request=a&request=b")] path: &str,
) {
    let sso = SsoFixture::new().await;
    let before = DatabaseContents::read(&sso).await;
    let page = sso.browser().get(path).await;
    assert_eq!(page.status, StatusCode::BAD_REQUEST);
    assert_eq!(DatabaseContents::read(&sso).await, before);
}

#[tokio::test]
async fn an_email_address_without_a_pending_sign_in_is_rejected() {
    let sso = SsoFixture::new().await;
    let before = DatabaseContents::read(&sso).await;
    let page = submit_email(&mut sso.browser(), "unknown", "ada@acme.example").await;
    assert_eq!(page.error_code(), "no-pending-sign-in");
    assert_eq!(DatabaseContents::read(&sso).await, before);
}

#[tokio::test]
async fn a_sign_in_page_that_was_opened_directly_shows_no_error_of_the_identity_provider() {
    let sso = SsoFixture::new().await;
    let page = sso.browser().get("/sign-in").await;
    assert_eq!(page.error_code(), "no-pending-sign-in");
    assert!(!page.text.contains("identity provider"), "{}", page.text);
}
