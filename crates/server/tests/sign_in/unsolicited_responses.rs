//! Unsolicited responses, which IdP-initiated sign-ins send.

use rstest::rstest;
use store::IdpInitiated;
use test_support::{
    ADA, REDIRECT_URI, SsoFixture, TestBrowser, TestResponse, confidential_application,
};
use testkit::identity_provider::IdpBehavior;

use crate::database_contents::DatabaseContents;

async fn with_idp_initiated(idp_initiated: IdpInitiated) -> SsoFixture {
    SsoFixture::with(|settings| settings.idp_initiated = idp_initiated).await
}

/// Posts an unsolicited response. Returns the redirect with which the server starts a sign-in of its own.
async fn restart_sign_in(
    sso: &SsoFixture,
    browser: &mut TestBrowser,
    relay_state: &str,
) -> TestResponse {
    let response = sso.unsolicited_response(ADA, IdpBehavior::Valid);
    let redirect = sso.post_response(browser, &response, relay_state).await;
    let location = redirect.location();
    assert!(
        location.starts_with("https://idp.example/sso?"),
        "{location}"
    );
    redirect
}

#[rstest]
#[case::empty("")]
#[case::url("https://evil.example/")]
#[case::unknown("unknown")]
#[case::too_long("a".repeat(200))]
#[case::line_break("\r\nSet-Cookie: a=b")]
#[tokio::test]
async fn an_unsolicited_response_is_rejected_by_default(#[case] relay_state: String) {
    let sso = SsoFixture::new().await;
    let before = DatabaseContents::read_without_attempts(&sso).await;
    let response = sso.unsolicited_response(ADA, IdpBehavior::Valid);
    let page = sso
        .post_response(&mut sso.browser(), &response, &relay_state)
        .await;
    assert_eq!(page.error_code(), "no-pending-sign-in");
    let after = DatabaseContents::read_without_attempts(&sso).await;
    assert_eq!(after, before);
}

#[tokio::test]
async fn a_restarted_sign_in_leads_to_the_only_application() {
    let sso = with_idp_initiated(IdpInitiated::Restart).await;
    let mut browser = sso.browser();
    let redirect = restart_sign_in(&sso, &mut browser, "https://evil.example/").await;
    assert!(sso.members().await.is_empty());

    let relay_state = redirect.location_parameter("RelayState").unwrap();
    let redirect = sso
        .complete_sign_in(&mut browser, &relay_state, ADA, IdpBehavior::Valid)
        .await;
    assert_eq!(redirect.location(), "https://app.example.com");
    // The application starts a sign-in, which the existing session completes.
    let redirect = browser.get(&sso.authorize_path(&[])).await;
    let location = redirect.location();
    assert!(location.starts_with(REDIRECT_URI), "{location}");
}

#[tokio::test]
async fn a_restarted_sign_in_leads_to_a_list_of_several_applications() {
    let sso = with_idp_initiated(IdpInitiated::Restart).await;
    let mut second = confidential_application();
    second.redirect_uris = vec!["https://second.example.com/cb".to_owned()];
    sso.add_application(second).await;
    let mut browser = sso.browser();
    let redirect = restart_sign_in(&sso, &mut browser, "").await;
    let relay_state = redirect.location_parameter("RelayState").unwrap();
    let page = sso
        .complete_sign_in(&mut browser, &relay_state, ADA, IdpBehavior::Valid)
        .await;
    let first_link = "href=\"https://app.example.com\"";
    assert!(page.text.contains(first_link), "{}", page.text);
    let second_link = "href=\"https://second.example.com\"";
    assert!(page.text.contains(second_link), "{}", page.text);
}

#[tokio::test]
async fn a_solicited_response_without_its_relay_state_restarts_no_sign_in() {
    let sso = with_idp_initiated(IdpInitiated::Restart).await;
    let mut browser = sso.browser();
    let relay_state = sso.start_sign_in(&mut browser).await;
    let response = sso
        .saml_response(&relay_state, ADA, IdpBehavior::Valid)
        .await;
    let page = sso.post_response(&mut browser, &response, "").await;
    assert_eq!(page.error_code(), "unexpected-in-response-to");
}

#[tokio::test]
async fn an_invalid_unsolicited_response_restarts_no_sign_in() {
    let sso = with_idp_initiated(IdpInitiated::Restart).await;
    let response = sso.unsolicited_response(ADA, IdpBehavior::UntrustedKey);
    let page = sso.post_response(&mut sso.browser(), &response, "").await;
    assert_eq!(page.error_code(), "signature-mismatch");
}

#[tokio::test]
async fn an_accepted_unsolicited_response_signs_in_once() {
    let sso = with_idp_initiated(IdpInitiated::DangerAccept).await;
    let response = sso.unsolicited_response(ADA, IdpBehavior::Valid);
    let redirect = sso.post_response(&mut sso.browser(), &response, "").await;
    assert_eq!(redirect.location(), "https://app.example.com");
    let page = sso.post_response(&mut sso.browser(), &response, "").await;
    assert_eq!(page.error_code(), "replayed");
}

#[tokio::test]
async fn a_solicited_response_is_not_accepted_as_an_unsolicited_one() {
    let sso = with_idp_initiated(IdpInitiated::DangerAccept).await;
    let relay_state = sso.start_sign_in(&mut sso.browser()).await;
    let response = sso
        .saml_response(&relay_state, ADA, IdpBehavior::Valid)
        .await;
    let page = sso.post_response(&mut sso.browser(), &response, "").await;
    assert_eq!(page.error_code(), "unexpected-in-response-to");
}

#[tokio::test]
async fn an_unsolicited_response_for_another_audience_is_rejected() {
    let sso = with_idp_initiated(IdpInitiated::DangerAccept).await;
    let response = sso.unsolicited_response(ADA, IdpBehavior::WrongAudience);
    let page = sso.post_response(&mut sso.browser(), &response, "").await;
    assert_eq!(page.error_code(), "audience-mismatch");
}
