//! Authorization requests of an application.

use axum::http::StatusCode;
use insta::assert_snapshot;
use rstest::rstest;
use serde_json::json;
use test_support::{
    ADA, ORIGIN, REDIRECT_URI, START, SsoFixture, TestBrowser, TestResponse, connection_settings,
    redact,
};
use testkit::identity_provider::IdpBehavior;

use crate::database_contents::DatabaseContents;

/// What a case changes in a valid authorization request.
enum RequestChange {
    /// Replaces the value of a parameter.
    Replace(&'static str, &'static str),
    Remove(&'static str),
    /// Appends to the query string.
    Append(&'static str),
}

impl RequestChange {
    fn apply(&self, path: &str) -> String {
        match self {
            Self::Replace(name, value) => replace_parameter(path, name, &format!("{name}={value}")),
            // The server ignores parameters that it does not know.
            Self::Remove(name) => replace_parameter(path, name, "x=1"),
            Self::Append(parameter) => format!("{path}&{parameter}"),
        }
    }
}

fn replace_parameter(path: &str, name: &str, replacement: &str) -> String {
    let (start, rest) = path.split_once(&format!("{name}=")).unwrap();
    let end = rest.find('&').unwrap_or(rest.len());
    format!("{start}{replacement}{}", &rest[end..])
}

#[rstest]
#[case::other_redirect_uri(
    RequestChange::Replace("redirect_uri", "https://app.example.com/callbacl"),
    "redirect-uri-not-registered"
)]
#[case::redirect_uri_with_slash(
    RequestChange::Replace("redirect_uri", "https://app.example.com/callback/"),
    "redirect-uri-not-registered"
)]
#[case::script_as_redirect_uri(
    RequestChange::Replace("redirect_uri", "javascript:alert(1)"),
    "redirect-uri-not-registered"
)]
#[case::no_redirect_uri(RequestChange::Remove("redirect_uri"), "parameter-missing")]
#[case::two_redirect_uris(
    RequestChange::Append("redirect_uri=https%3A%2F%2Fapp.example.com%2Fcallback"),
    "parameter-repeated"
)]
#[case::unknown_client(RequestChange::Replace("client_id", "app_unknown"), "client-not-found")]
#[case::malformed_client_id(RequestChange::Replace("client_id", "nonsense"), "client-not-found")]
#[case::two_client_ids(RequestChange::Append("client_id=app_other"), "parameter-repeated")]
#[case::malformed_encoding(RequestChange::Append("x=%zz"), "malformed-request")]
#[tokio::test]
async fn a_request_without_a_trusted_redirect_uri_shows_an_error_page(
    #[case] change: RequestChange,
    #[case] code: &str,
) {
    let sso = SsoFixture::new().await;
    let path = change.apply(&sso.authorize_path(&[]));
    assert_error_page(&sso, &path, code).await;
}

#[tokio::test]
async fn a_request_without_parameters_shows_an_error_page() {
    let sso = SsoFixture::new().await;
    assert_error_page(&sso, "/authorize", "parameter-missing").await;
}

/// Asserts that the response is an error page and no redirect, and that the request changes nothing.
async fn assert_error_page(sso: &SsoFixture, path: &str, code: &str) {
    let before = DatabaseContents::read(sso).await;
    let page = sso.browser().get(path).await;
    assert_eq!(page.error_code(), code, "{path}");
    assert_eq!(page.status, StatusCode::BAD_REQUEST);
    assert_eq!(page.header("location"), "");
    let after = DatabaseContents::read(sso).await;
    if code == "redirect-uri-not-registered" {
        // The operator sees the redirect URI at the application.
        assert_eq!(after.without("application"), before.without("application"));
    } else {
        assert_eq!(after, before);
    }
}

#[tokio::test]
async fn the_page_of_a_wrong_redirect_uri_names_the_application_and_no_redirect_uri() {
    let sso = SsoFixture::new().await;
    let path = RequestChange::Replace("redirect_uri", "https://app.example.com/callbacl")
        .apply(&sso.authorize_path(&[]));
    let page = sso.browser().get(&path).await;
    let message = "Acme Portal sent a return address that isn’t registered for it.";
    assert!(page.text.contains(message), "{}", page.text);
    assert!(!page.text.contains("app.example.com"), "{}", page.text);
    let shown = format!("/applications/{}", sso.application);
    let application = sso.server.api.get(&shown).await.json();
    assert_eq!(
        application["rejected_redirect_uri"],
        json!({ "received": "https://app.example.com/callbacl", "at": "2026-11-24T09:00:00Z" })
    );
    assert_eq!(application["redirect_uris"], json!([REDIRECT_URI]));
}

#[tokio::test]
async fn the_page_of_another_invalid_request_names_the_application() {
    let sso = SsoFixture::new().await;
    let path = RequestChange::Remove("redirect_uri").apply(&sso.authorize_path(&[]));
    let page = sso.browser().get(&path).await;
    let message = "Acme Portal sent an invalid sign-in request.";
    assert!(page.text.contains(message), "{}", page.text);
}

#[rstest]
#[case::response_type(
    RequestChange::Replace("response_type", "token"),
    "unsupported_response_type"
)]
#[case::scope(
    RequestChange::Replace("scope", "other+email+profile+groups"),
    "invalid_scope"
)]
#[case::plain_code_challenge(
    RequestChange::Replace("code_challenge_method", "plain"),
    "invalid_request"
)]
#[case::contradicting_prompts(RequestChange::Append("prompt=none+login"), "invalid_request")]
#[case::max_age(RequestChange::Append("max_age=soon"), "invalid_request")]
#[case::request_object(RequestChange::Append("request=eyJ"), "request_not_supported")]
#[case::request_uri(
    RequestChange::Append("request_uri=https://evil.example/"),
    "request_uri_not_supported"
)]
#[case::prompt_consent(RequestChange::Append("prompt=consent"), "consent_required")]
#[case::claims(RequestChange::Append("claims=email"), "invalid_request")]
#[case::id_token_hint(RequestChange::Append("id_token_hint=mem_1"), "invalid_request")]
#[case::prompt_none_without_a_session(RequestChange::Append("prompt=none"), "login_required")]
#[tokio::test]
async fn an_invalid_request_returns_an_error_to_the_application(
    #[case] change: RequestChange,
    #[case] error: &str,
) {
    let sso = SsoFixture::new().await;
    let before = DatabaseContents::read(&sso).await;
    let path = change.apply(&sso.authorize_path(&[]));
    let redirect = sso.browser().get(&path).await;
    let location = redirect.location();
    assert!(location.starts_with(REDIRECT_URI), "{location}");
    assert_eq!(redirect.location_parameter("error").as_deref(), Some(error));
    let state = redirect.location_parameter("state");
    assert_eq!(state.as_deref(), Some("the state"));
    assert_eq!(redirect.location_parameter("iss").as_deref(), Some(ORIGIN));
    assert_eq!(redirect.location_parameter("code"), None);
    assert_eq!(DatabaseContents::read(&sso).await, before);
}

#[tokio::test]
async fn a_request_can_be_posted() {
    let sso = SsoFixture::new().await;
    let path = sso.authorize_path(&[("organization", "acme")]);
    let (_, query) = path.split_once('?').unwrap();
    let redirect = sso
        .browser()
        .post_text("/authorize", query.to_owned())
        .await;
    let location = redirect.location();
    assert!(
        location.starts_with("https://idp.example/sso?"),
        "{location}"
    );
}

#[tokio::test]
async fn a_request_must_name_an_organization_and_a_connection_that_can_be_used() {
    let sso = SsoFixture::new().await;
    let globex = sso.add_organization("globex", "enterprise").await;
    let other = sso.add_connection(&globex, connection_settings()).await;
    sso.add_organization("small", "starter").await;
    sso.add_organization("empty", "enterprise").await;
    let mut codes = Vec::new();
    for parameters in [
        vec![("organization", "unknown")],
        vec![("organization", "org_unknown")],
        vec![("connection", "con_unknown")],
        vec![("connection", "nonsense")],
        vec![("organization", "acme"), ("connection", other.as_str())],
        vec![("organization", "small")],
        vec![("organization", "empty")],
    ] {
        let page = sso.browser().get(&sso.authorize_path(&parameters)).await;
        codes.push(format!("{parameters:?}: {}", page.error_code()));
    }
    assert_snapshot!(redact(&codes.join("\n")), @r#"
    [("organization", "unknown")]: organization-not-found
    [("organization", "org_unknown")]: organization-not-found
    [("connection", "con_unknown")]: connection-not-found
    [("connection", "nonsense")]: connection-not-found
    [("organization", "acme"), ("connection", "[con]")]: connection-not-found
    [("organization", "small")]: sso-not-in-plan
    [("organization", "empty")]: no-connection
    "#);
}

/// Signs Ada in. Returns her browser.
async fn signed_in_browser(sso: &SsoFixture) -> TestBrowser {
    let mut browser = sso.browser();
    sso.sign_in(&mut browser, ADA).await;
    browser
}

#[tokio::test]
async fn a_signed_in_user_is_not_asked_to_sign_in_again() {
    let sso = SsoFixture::new().await;
    let mut browser = signed_in_browser(&sso).await;
    for parameters in [
        vec![],
        vec![("prompt", "none")],
        vec![("organization", "acme")],
        vec![("connection", sso.connection.as_str()), ("prompt", "none")],
        vec![("max_age", "3600")],
    ] {
        let redirect = browser.get(&sso.authorize_path(&parameters)).await;
        let location = redirect.location();
        assert!(
            location.starts_with(REDIRECT_URI),
            "{parameters:?}: {location}"
        );
        let code = redirect.location_parameter("code");
        assert!(code.is_some(), "{parameters:?}");
    }
}

#[tokio::test]
async fn a_session_of_one_organization_is_not_used_for_another() {
    let sso = SsoFixture::new().await;
    let mut browser = signed_in_browser(&sso).await;
    let globex = sso.add_organization("globex", "enterprise").await;
    let connection = sso.add_connection(&globex, connection_settings()).await;
    for parameter in [
        ("organization", "globex"),
        ("connection", connection.as_str()),
    ] {
        let redirect = browser.get(&sso.authorize_path(&[parameter])).await;
        let location = redirect.location();
        assert!(
            location.starts_with("https://idp.example/sso?"),
            "{location}"
        );
        let path = sso.authorize_path(&[parameter, ("prompt", "none")]);
        assert_login_required(&browser.get(&path).await);
    }
}

#[tokio::test]
async fn a_session_expires_after_8_hours() {
    let sso = SsoFixture::new().await;
    let mut browser = signed_in_browser(&sso).await;
    sso.server.clock.set(START + 8 * 3600);
    let path = sso.authorize_path(&[("prompt", "none")]);
    assert_login_required(&browser.get(&path).await);
}

fn assert_login_required(redirect: &TestResponse) {
    let error = redirect.location_parameter("error");
    assert_eq!(error.as_deref(), Some("login_required"));
}

#[rstest]
#[case::prompt_login("prompt", "login")]
#[case::max_age_of_0("max_age", "0")]
#[case::prompt_select_account("prompt", "select_account")]
#[tokio::test]
async fn an_earlier_sign_in_at_the_identity_provider_is_no_reauthentication(
    #[case] parameter: &str,
    #[case] value: &str,
) {
    let response = return_after_earlier_sign_in(parameter, value).await;
    assert_eq!(response.error_code(), "reauthentication-required");
}

#[tokio::test]
async fn an_earlier_sign_in_at_the_identity_provider_is_recent_enough_for_max_age() {
    let redirect = return_after_earlier_sign_in("max_age", "300").await;
    assert!(redirect.location_parameter("code").is_some());
}

/// Starts a sign-in with this parameter in a browser with a session of ten minutes, and completes it with the response
/// of an identity provider at which the user signed in two minutes before.
async fn return_after_earlier_sign_in(parameter: &str, value: &str) -> TestResponse {
    let sso = SsoFixture::new().await;
    let mut browser = signed_in_browser(&sso).await;
    sso.server.clock.set(START + 600);
    let relay_state = sso
        .start_sign_in_with(&mut browser, &[(parameter, value)])
        .await;
    sso.server.clock.set(START + 480);
    let response = sso
        .saml_response(&relay_state, ADA, IdpBehavior::Valid)
        .await;
    sso.server.clock.set(START + 600);
    sso.post_response(&mut browser, &response, &relay_state)
        .await
}

#[tokio::test]
async fn a_new_sign_in_at_the_identity_provider_is_a_reauthentication() {
    let sso = SsoFixture::new().await;
    let mut browser = signed_in_browser(&sso).await;
    sso.server.clock.set(START + 600);
    let relay_state = sso
        .start_sign_in_with(&mut browser, &[("prompt", "login")])
        .await;
    let redirect = sso
        .complete_sign_in(&mut browser, &relay_state, ADA, IdpBehavior::Valid)
        .await;
    assert!(redirect.location_parameter("code").is_some());
}
