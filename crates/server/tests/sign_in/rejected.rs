//! The ACS URL rejects an invalid response or form with its error code, and a rejected sign-in can still be completed.

use axum::http::{Request, StatusCode};
use base64_simd::STANDARD;
use rstest::rstest;
use test_support::{
    ADA, SESSION_COOKIE, START, SsoFixture, TestBrowser, TestResponse, connection_settings,
    encode_form,
};
use testkit::identity_provider::IdpBehavior;

use crate::attempt_page::{assert_failed_attempt, assert_failed_attempt_of};
use crate::database_contents::DatabaseContents;

/// The error code for a response with this defect. `None` if the response is valid, or if its rejection depends on the
/// connection.
fn error_code(behavior: IdpBehavior) -> Option<&'static str> {
    Some(match behavior {
        IdpBehavior::Valid
        | IdpBehavior::NoAttributes
        | IdpBehavior::RenamedEmailAttribute
        | IdpBehavior::MultiFactor
        | IdpBehavior::EarlierAuthentication
        | IdpBehavior::RecentAuthentication
        | IdpBehavior::Replayed => {
            return None;
        }
        IdpBehavior::WrongAudience => "audience-mismatch",
        IdpBehavior::WrongRecipient => "recipient-mismatch",
        IdpBehavior::WrongDestination => "destination-mismatch",
        IdpBehavior::WrongIssuer => "issuer-mismatch",
        IdpBehavior::WrongInResponseTo => "in-response-to-mismatch",
        IdpBehavior::Expired => "expired",
        IdpBehavior::NotYetValid => "not-yet-valid",
        IdpBehavior::ClockAhead => "idp-clock-ahead",
        IdpBehavior::ClockBehind => "idp-clock-behind",
        IdpBehavior::Unsigned => "unsigned",
        IdpBehavior::UntrustedKey => "signature-mismatch",
        IdpBehavior::Tampered => "digest-mismatch",
        IdpBehavior::Sha1Digest => "sha1-not-allowed",
        IdpBehavior::SecondAssertion => "multiple-assertions",
        IdpBehavior::NoNameId => "subject-not-found",
        IdpBehavior::TransientNameId => "transient-subject",
        IdpBehavior::NoAuthnStatement => "authn-statement-missing",
    })
}

/// A sign-in that waits for the response of the identity provider.
struct StartedSignIn {
    sso: SsoFixture,
    browser: TestBrowser,
    relay_state: String,
    /// A valid response, in base64.
    response: String,
}

impl StartedSignIn {
    async fn new() -> Self {
        let sso = SsoFixture::new().await;
        let mut browser = sso.browser();
        let relay_state = sso.start_sign_in(&mut browser).await;
        let response = sso
            .saml_response(&relay_state, ADA, IdpBehavior::Valid)
            .await;
        Self {
            sso,
            browser,
            relay_state,
            response,
        }
    }

    /// Posts a response with the RelayState of this sign-in.
    async fn post_response(&mut self, response: &str) -> TestResponse {
        self.sso
            .post_response(&mut self.browser, response, &self.relay_state)
            .await
    }

    /// Completes the sign-in with the valid response. Panics if the server rejects the response.
    async fn complete(&mut self) {
        let response = self.response.clone();
        let redirect = self.post_response(&response).await;
        assert!(redirect.location_parameter("code").is_some());
    }

    /// Posts an encoded form to the ACS URL.
    async fn post_form(&mut self, form: String) -> TestResponse {
        self.browser.post_text(&self.sso.acs_path(), form).await
    }
}

#[tokio::test]
async fn an_invalid_response_is_rejected_and_does_not_use_up_the_sign_in() {
    let mut sign_in = StartedSignIn::new().await;
    let before = DatabaseContents::read_without_attempts(&sign_in.sso).await;
    let mut rejected = 0;
    for behavior in IdpBehavior::ALL {
        let Some(code) = error_code(*behavior) else {
            continue;
        };
        let response = sign_in
            .sso
            .saml_response(&sign_in.relay_state, ADA, *behavior)
            .await;
        let page = sign_in.post_response(&response).await;
        assert_eq!(page.error_code(), code, "{behavior:?}");
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{behavior:?}");
        let link_to_application = "href=\"https://app.example.com/callback?error=access_denied";
        assert!(page.text.contains(link_to_application), "{}", page.text);
        rejected += 1;
        let attempts = sign_in.sso.attempts().await;
        assert_eq!(attempts.len(), rejected);
        let attempt = attempts
            .iter()
            .find(|attempt| page.text.contains(attempt.id.as_str()))
            .unwrap();
        assert_eq!(attempt.code.as_deref(), Some(code));
        let failed_check = "\"outcome\":\"failed\"";
        assert!(attempt.checks.contains(failed_check), "{}", attempt.checks);
        let after = DatabaseContents::read_without_attempts(&sign_in.sso).await;
        assert_eq!(after, before, "{behavior:?}");
    }
    assert!(rejected >= 14, "{rejected}");
    sign_in.complete().await;
}

/// `{response}` stands for the valid response.
#[rstest]
#[case::empty("", "missing-form-field")]
#[case::saml_request("SAMLRequest=PHM%2B", "unexpected-form-field")]
#[case::artifact("SAMLart=AAQA", "unexpected-form-field")]
#[case::field_in_lower_case("samlresponse={response}", "missing-form-field")]
#[case::two_responses(
    "SAMLResponse={response}&SAMLResponse={response}",
    "repeated-form-field"
)]
#[case::two_relay_states(
    "SAMLResponse={response}&RelayState={relay_state}&RelayState={relay_state}",
    "repeated-form-field"
)]
#[case::longer_than_one_mebibyte("SAMLResponse={response}&padding={padding}", "form-too-large")]
#[tokio::test]
async fn an_invalid_form_is_rejected_and_changes_nothing(
    #[case] template: &str,
    #[case] code: &str,
) {
    let mut sign_in = StartedSignIn::new().await;
    let before = DatabaseContents::read(&sign_in.sso).await;
    let response = encode_form(&[("", &sign_in.response)]);
    let form = template
        .replace("{response}", response.strip_prefix('=').unwrap())
        .replace("{relay_state}", &sign_in.relay_state)
        .replace("{padding}", &"a".repeat(1024 * 1024));
    let page = sign_in.post_form(form).await;
    assert_eq!(page.error_code(), code);
    assert_eq!(DatabaseContents::read(&sign_in.sso).await, before);
}

#[rstest]
#[tokio::test]
async fn a_response_of_another_content_type_than_a_form_is_rejected(
    #[values(
        None,
        Some("application/json"),
        Some("multipart/form-data; boundary=x"),
        Some("text/plain")
    )]
    content_type: Option<&str>,
) {
    let mut sign_in = StartedSignIn::new().await;
    let before = DatabaseContents::read(&sign_in.sso).await;
    let mut request = Request::post("/");
    if let Some(content_type) = content_type {
        request = request.header("content-type", content_type);
    }
    let form = encode_form(&[("SAMLResponse", &sign_in.response)]);
    let request = request.body(form).unwrap();
    let page = sign_in.browser.send(&sign_in.sso.acs_path(), request).await;
    assert_eq!(page.error_code(), "unsupported-content-type");
    assert_eq!(page.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert_eq!(DatabaseContents::read(&sign_in.sso).await, before);
}

#[tokio::test]
async fn a_response_in_the_query_string_is_rejected() {
    let mut sign_in = StartedSignIn::new().await;
    let before = DatabaseContents::read(&sign_in.sso).await;
    let query = encode_form(&[
        ("SAMLResponse", &sign_in.response),
        ("RelayState", &sign_in.relay_state),
    ]);
    let path = format!("{}?{query}", sign_in.sso.acs_path());
    let posted = sign_in.browser.post_text(&path, String::new()).await;
    assert_eq!(posted.error_code(), "missing-form-field");
    assert_eq!(DatabaseContents::read(&sign_in.sso).await, before);

    let before = DatabaseContents::read_without_attempts(&sign_in.sso).await;
    let redirected = sign_in.browser.get(&path).await;
    let after = DatabaseContents::read_without_attempts(&sign_in.sso).await;
    assert_eq!(after, before);
    assert_eq!(redirected.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(redirected.header("allow"), "POST");
    let attempt = assert_failed_attempt(&sign_in.sso, &redirected, "response-by-redirect").await;
    assert!(
        attempt.checks.contains("HTTP-POST binding"),
        "{}",
        attempt.checks
    );
    let opened = sign_in.browser.get(&sign_in.sso.acs_path()).await;
    assert_eq!(opened.error_code(), "acs-opened-in-browser");
}

/// An image or a frame on a foreign website, which each of its readers loads.
#[rstest]
#[case::image("GET", &[("sec-fetch-mode", "no-cors"), ("sec-fetch-dest", "image")])]
#[case::frame("GET", &[("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "iframe")])]
#[case::head("HEAD", &[])]
#[tokio::test]
async fn a_request_that_opens_no_page_is_no_attempt(
    #[case] method: &str,
    #[case] headers: &[(&str, &str)],
) {
    let sso = SsoFixture::new().await;
    let before = DatabaseContents::read(&sso).await;
    let mut browser = sso.browser();
    for path in [format!("{}?SAMLResponse=x", sso.acs_path()), sso.acs_path()] {
        for _ in 0..300 {
            let mut request = Request::builder().method(method);
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            let request = request.body(String::new()).unwrap();
            let response = browser.send(&path, request).await;
            assert_eq!(response.status, StatusCode::METHOD_NOT_ALLOWED);
        }
    }
    assert_eq!(DatabaseContents::read(&sso).await, before);

    let navigation = Request::get("/")
        .header("sec-fetch-mode", "navigate")
        .header("sec-fetch-dest", "document");
    let path = format!("{}?SAMLResponse=x", sso.acs_path());
    let opened = browser
        .send(&path, navigation.body(String::new()).unwrap())
        .await;
    assert_failed_attempt(&sso, &opened, "response-by-redirect").await;
}

/// The path that a response by HTTP-Redirect leads to.
fn redirect_path(acs_path: &str, response: &str, relay_state: &str) -> String {
    let query = encode_form(&[("SAMLResponse", response), ("RelayState", relay_state)]);
    format!("{acs_path}?{query}")
}

#[tokio::test]
async fn a_redirected_response_to_a_silent_request_shows_no_page() {
    let sso = SsoFixture::with(|settings| settings.policy.passive_requests = true).await;
    let mut browser = sso.browser();
    let relay_state = sso
        .start_sign_in_with(&mut browser, &[("prompt", "none")])
        .await;
    let response = sso
        .saml_response(&relay_state, ADA, IdpBehavior::Valid)
        .await;
    let path = redirect_path(&sso.acs_path(), &response, &relay_state);
    let redirect = browser.get(&path).await;
    assert_eq!(redirect.status, StatusCode::SEE_OTHER);
    let error = redirect.location_parameter("error");
    assert_eq!(error.as_deref(), Some("access_denied"));
    let attempt = sso.attempts().await.remove(0);
    assert_eq!(attempt.code.as_deref(), Some("response-by-redirect"));
    assert!(sso.members().await.is_empty());
}

/// The browser has no cookie of the sign-in over plain http, but a page would post the response and change its binding.
#[tokio::test]
async fn a_redirected_response_is_not_posted_again() {
    let sign_in = StartedSignIn::new().await;
    let acs_path = sign_in.sso.acs_path();
    let path = redirect_path(&acs_path, &sign_in.response, &sign_in.relay_state);
    let page = sign_in.sso.browser().get(&path).await;
    assert_eq!(page.error_code(), "response-by-redirect");
}

#[tokio::test]
async fn the_acs_url_allows_no_put() {
    let sso = SsoFixture::new().await;
    let before = DatabaseContents::read(&sso).await;
    let request = Request::put("/").body(String::new()).unwrap();
    let response = sso.browser().send(&sso.acs_path(), request).await;
    assert_eq!(response.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(DatabaseContents::read(&sso).await, before);
}

#[rstest]
#[case::logout_response("LogoutResponse", "unexpected-logout-response")]
#[case::authn_request("AuthnRequest", "unexpected-authn-request")]
#[case::logout_request("LogoutRequest", "unexpected-logout-request")]
#[case::attribute_query("AttributeQuery", "not-a-response")]
#[tokio::test]
async fn another_saml_message_is_rejected(#[case] element: &str, #[case] code: &str) {
    let namespace = "urn:oasis:names:tc:SAML:2.0:protocol";
    let message =
        format!("<samlp:{element} xmlns:samlp=\"{namespace}\" ID=\"_1\" Version=\"2.0\"/>");
    assert_message_is_rejected(&STANDARD.encode_to_string(message), code).await;
}

#[rstest]
#[case::metadata(
    "<EntityDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"https://idp.example\"/>",
    "unexpected-metadata"
)]
#[case::document_type("<!DOCTYPE a><a/>", "xml-doctype")]
#[case::text("not xml", "xml-syntax")]
#[tokio::test]
async fn another_document_is_rejected(#[case] document: &str, #[case] code: &str) {
    assert_message_is_rejected(&STANDARD.encode_to_string(document), code).await;
}

#[rstest]
#[case::other_characters("%%%", "not-base64")]
#[case::no_padding("PHM", "not-base64")]
#[case::spaces("   ", "empty-message")]
#[tokio::test]
async fn a_message_that_is_not_base64_is_rejected(#[case] message: &str, #[case] code: &str) {
    assert_message_is_rejected(message, code).await;
}

/// Asserts that the ACS URL rejects this `SAMLResponse` and changes nothing.
async fn assert_message_is_rejected(message: &str, code: &str) {
    let mut sign_in = StartedSignIn::new().await;
    let before = DatabaseContents::read_without_attempts(&sign_in.sso).await;
    let page = sign_in.post_response(message).await;
    assert_eq!(page.error_code(), code);
    let after = DatabaseContents::read_without_attempts(&sign_in.sso).await;
    assert_eq!(after, before);
}

#[tokio::test]
async fn a_truncated_response_is_rejected() {
    let mut sign_in = StartedSignIn::new().await;
    let before = DatabaseContents::read_without_attempts(&sign_in.sso).await;
    // Half of it, in whole groups of four characters, so that it is base64.
    let half = sign_in.response[..sign_in.response.len() / 8 * 4].to_owned();
    let page = sign_in.post_response(&half).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    let after = DatabaseContents::read_without_attempts(&sign_in.sso).await;
    assert_eq!(after, before);
}

#[tokio::test]
async fn a_replayed_response_is_rejected() {
    let mut sign_in = StartedSignIn::new().await;
    sign_in.complete().await;
    let before = DatabaseContents::read_without_attempts(&sign_in.sso).await;
    let response = sign_in.response.clone();
    let page = sign_in.post_response(&response).await;
    assert_eq!(page.error_code(), "replayed");
    assert_eq!(page.status, StatusCode::CONFLICT);
    let after = DatabaseContents::read_without_attempts(&sign_in.sso).await;
    assert_eq!(after, before);
}

#[tokio::test]
async fn a_replayed_response_is_rejected_for_another_request_of_the_same_browser() {
    let mut sign_in = StartedSignIn::new().await;
    sign_in.complete().await;
    let before = DatabaseContents::read_without_attempts(&sign_in.sso).await;
    sign_in.browser.remove_cookie(SESSION_COOKIE);
    sign_in.relay_state = sign_in.sso.start_sign_in(&mut sign_in.browser).await;
    let response = sign_in.response.clone();
    let page = sign_in.post_response(&response).await;
    assert_eq!(page.error_code(), "in-response-to-mismatch");
    let after = DatabaseContents::read_without_attempts(&sign_in.sso).await;
    let pending = "pending_sign_in";
    assert_eq!(after.count_rows(pending), before.count_rows(pending) + 1);
    assert_eq!(after.without(pending), before.without(pending));
}

#[tokio::test]
async fn only_the_browser_that_started_a_sign_in_can_complete_it() {
    let mut sign_in = StartedSignIn::new().await;
    let sso = &sign_in.sso;
    let before = DatabaseContents::read_without_attempts(sso).await;
    let mut without_cookie = sso.browser();
    let page = sso
        .post_response(&mut without_cookie, &sign_in.response, &sign_in.relay_state)
        .await;
    assert_eq!(page.error_code(), "browser-mismatch");

    let mut with_other_cookie = sso.browser();
    with_other_cookie.get(&sso.authorize_path(&[])).await;
    let page = sso
        .post_response(
            &mut with_other_cookie,
            &sign_in.response,
            &sign_in.relay_state,
        )
        .await;
    assert_eq!(page.error_code(), "browser-mismatch");
    assert!(!page.text.contains("app.example.com"), "{}", page.text);

    let after = DatabaseContents::read_without_attempts(sso).await;
    assert_eq!(
        after.without("pending_sign_in"),
        before.without("pending_sign_in")
    );
    sign_in.complete().await;
}

#[tokio::test]
async fn a_sign_in_expires_after_30_minutes() {
    let mut sign_in = StartedSignIn::new().await;
    sign_in.sso.server.clock.set(START + 30 * 60);
    let response = sign_in
        .sso
        .saml_response(&sign_in.relay_state, ADA, IdpBehavior::Valid)
        .await;
    let page = sign_in.post_response(&response).await;
    assert_eq!(page.error_code(), "sign-in-expired");
}

#[tokio::test]
async fn a_response_is_rejected_at_the_acs_url_of_another_organization() {
    let StartedSignIn {
        sso,
        mut browser,
        relay_state,
        response,
    } = StartedSignIn::new().await;
    let globex = sso.add_organization("globex", "enterprise").await;
    let connection = sso.add_connection(&globex, connection_settings()).await;
    let before = DatabaseContents::read_without_attempts(&sso).await;
    let acs_path = format!("/saml/{connection}/acs");
    let fields = [
        ("SAMLResponse", response.as_str()),
        ("RelayState", relay_state.as_str()),
    ];
    let page = browser.post(&acs_path, &fields).await;
    assert_eq!(page.error_code(), "connection-mismatch");
    assert!(!page.text.contains("acme"), "{}", page.text);
    let after = DatabaseContents::read_without_attempts(&sso).await;
    assert_eq!(after, before);
    let attempt =
        assert_failed_attempt_of(&sso, &globex, "globex", &page, "connection-mismatch").await;
    assert!(!attempt.checks.contains("acme"), "{}", attempt.checks);
}
