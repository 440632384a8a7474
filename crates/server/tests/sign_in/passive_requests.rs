//! `prompt=none` of an application, passed on to the identity provider as `IsPassive`.

use axum::http::StatusCode;
use base64_simd::STANDARD;
use rstest::rstest;
use rstest_reuse::apply;
use test_support::{
    ADA, Engine, IDP_ENTITY_ID, IDP_SIGN_ON_URL, REDIRECT_URI, SsoFixture, TestBrowser,
    TestResponse, each_database, idp_key,
};
use testkit::identity_provider::{ErrorStatus, IdpBehavior, ResponseBuilder, SignatureScope};

use crate::sent_request::sent_authn_request;

async fn passing_on(engine: Engine) -> SsoFixture {
    SsoFixture::on(engine, |settings| settings.policy.passive_requests = true).await
}

/// Posts a signed response with this status to the request with this RelayState.
async fn post_error(
    sso: &SsoFixture,
    browser: &mut TestBrowser,
    relay_state: &str,
    status: ErrorStatus,
) -> TestResponse {
    let request = sso.server.authn_request_id(relay_state).await;
    let response = ResponseBuilder {
        issuer: IDP_ENTITY_ID,
        target: &sso.response_target(Some(request)),
        key: idp_key(),
        signature_scope: SignatureScope::Response,
        now: sso.server.clock.now().as_second(),
        id: "_passive",
    };
    let response = STANDARD.encode_to_string(response.build_error(status).unwrap());
    sso.post_response(browser, &response, relay_state).await
}

#[apply(each_database)]
async fn a_silent_request_is_passive_and_its_answer_a_code(#[case] engine: Engine) {
    let sso = passing_on(engine).await;
    let mut browser = sso.browser();
    let relay_state = sso
        .start_sign_in_with(&mut browser, &[("prompt", "none")])
        .await;
    let request = sent_authn_request(&sso, &relay_state).await;
    assert!(request.contains("IsPassive=\"true\""), "{request}");
    let redirect = sso
        .complete_sign_in(&mut browser, &relay_state, ADA, IdpBehavior::Valid)
        .await;
    assert!(redirect.location().starts_with(REDIRECT_URI));
    assert!(redirect.location_parameter("code").is_some());
}

#[tokio::test]
async fn another_request_is_not_passive() {
    let sso = passing_on(Engine::Sqlite).await;
    let relay_state = sso.start_sign_in(&mut sso.browser()).await;
    let request = sent_authn_request(&sso, &relay_state).await;
    assert!(!request.contains("IsPassive=\"true\""), "{request}");
}

/// No request is sent without the setting, or when no connection is named: choosing one needs a page.
#[rstest]
#[case::without_the_setting(false, &[("organization", "acme")])]
#[case::without_a_connection(true, &[])]
#[tokio::test]
async fn a_silent_request_needs_the_setting_and_a_connection(
    #[case] passive_requests: bool,
    #[case] parameters: &[(&str, &str)],
) {
    let sso =
        SsoFixture::with(|settings| settings.policy.passive_requests = passive_requests).await;
    let parameters = [parameters, &[("prompt", "none")]].concat();
    let redirect = sso.browser().get(&sso.authorize_path(&parameters)).await;
    assert!(!redirect.location().starts_with(IDP_SIGN_ON_URL));
    let error = redirect.location_parameter("error");
    assert_eq!(error.as_deref(), Some("login_required"));
}

#[rstest]
#[case::user_is_needed(ErrorStatus::NoPassive, "login_required", "idp-error-status")]
#[case::another_error(ErrorStatus::AuthnFailed, "access_denied", "idp-error-status")]
#[tokio::test]
async fn the_application_learns_of_an_error_in_the_query(
    #[case] status: ErrorStatus,
    #[case] error: &str,
    #[case] code: &str,
) {
    let sso = passing_on(Engine::Sqlite).await;
    let mut browser = sso.browser();
    let relay_state = sso
        .start_sign_in_with(&mut browser, &[("prompt", "none")])
        .await;
    let redirect = post_error(&sso, &mut browser, &relay_state, status).await;
    let location = redirect.location();
    assert!(location.starts_with(REDIRECT_URI), "{location}");
    assert_eq!(redirect.location_parameter("error").as_deref(), Some(error));
    let state = redirect.location_parameter("state");
    assert_eq!(state.as_deref(), Some("the state"));
    assert_eq!(redirect.location_parameter("code"), None);
    let attempt = sso.attempts().await.remove(0);
    assert_eq!(attempt.code.as_deref(), Some(code));
}

#[tokio::test]
async fn the_application_learns_of_an_error_by_form_post() {
    let sso = passing_on(Engine::Sqlite).await;
    let mut browser = sso.browser();
    let parameters = [("prompt", "none"), ("response_mode", "form_post")];
    let relay_state = sso.start_sign_in_with(&mut browser, &parameters).await;
    let page = post_error(&sso, &mut browser, &relay_state, ErrorStatus::NoPassive).await;
    let action = format!("action=\"{REDIRECT_URI}\"");
    assert!(page.text.contains(&action), "{}", page.text);
    assert_eq!(page.hidden_field("error"), Some("login_required"));
    assert_eq!(page.hidden_field("state"), Some("the state"));
    assert_eq!(page.hidden_field("code"), None);
}

/// A client whose failures only the application learns of is turned away like every other one.
#[rstest]
#[case::page(&[], StatusCode::FORBIDDEN)]
#[case::redirect(&[("prompt", "none")], StatusCode::SEE_OTHER)]
#[case::form(&[("prompt", "none"), ("response_mode", "form_post")], StatusCode::OK)]
#[tokio::test]
async fn failures_count_that_only_the_application_learns_of(
    #[case] parameters: &[(&str, &str)],
    #[case] status: StatusCode,
) {
    let sso = limited_to_ten_failures().await;
    let mut browser = sso.server.browser_at([203, 0, 113, 9]);
    let relay_state = sso.start_sign_in_with(&mut browser, parameters).await;
    for _ in 0..11 {
        let answer = post_error(&sso, &mut browser, &relay_state, ErrorStatus::AuthnFailed).await;
        assert_eq!(answer.status, status);
    }
    let answer = post_error(&sso, &mut browser, &relay_state, ErrorStatus::AuthnFailed).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    let page = browser.get(&sso.authorize_path(&[])).await;
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
}

/// An invalid request fails for the application alone.
#[tokio::test]
async fn requests_that_the_application_learns_are_invalid_count() {
    let sso = limited_to_ten_failures().await;
    let mut browser = sso.server.browser_at([203, 0, 113, 9]);
    let path = sso.authorize_path(&[("prompt", "consent")]);
    for _ in 0..11 {
        let redirect = browser.get(&path).await;
        let error = redirect.location_parameter("error");
        assert_eq!(error.as_deref(), Some("consent_required"));
    }
    let page = browser.get(&path).await;
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
}

/// Applications ask again and again whether the user is signed in.
#[tokio::test]
async fn a_user_who_is_not_signed_in_is_no_failure() {
    let sso = limited_to_ten_failures().await;
    let mut browser = sso.server.browser_at([203, 0, 113, 9]);
    let silent = [("prompt", "none")];
    for _ in 0..20 {
        let redirect = browser.get(&sso.authorize_path(&silent)).await;
        let error = redirect.location_parameter("error");
        assert_eq!(error.as_deref(), Some("login_required"));
    }
    let relay_state = sso.start_sign_in_with(&mut browser, &silent).await;
    for _ in 0..20 {
        let redirect = post_error(&sso, &mut browser, &relay_state, ErrorStatus::NoPassive).await;
        let error = redirect.location_parameter("error");
        assert_eq!(error.as_deref(), Some("login_required"));
    }
}

async fn limited_to_ten_failures() -> SsoFixture {
    let mut sso = passing_on(Engine::Sqlite).await;
    let limit = ("VESTIBULE_FAILED_SIGN_IN_LIMIT", "10");
    sso.server.reconfigure(&[limit]);
    sso
}

/// A passive response that is not accepted tells the application no more than that.
#[tokio::test]
async fn a_rejected_response_to_a_silent_request_shows_no_page() {
    let sso = passing_on(Engine::Sqlite).await;
    let mut browser = sso.browser();
    let relay_state = sso
        .start_sign_in_with(&mut browser, &[("prompt", "none")])
        .await;
    let redirect = sso
        .complete_sign_in(&mut browser, &relay_state, ADA, IdpBehavior::Unsigned)
        .await;
    let error = redirect.location_parameter("error");
    assert_eq!(error.as_deref(), Some("access_denied"));
    let attempt = sso.attempts().await.remove(0);
    assert_eq!(attempt.code.as_deref(), Some("unsigned"));
}
