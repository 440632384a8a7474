//! What a connection requires of the authentication of the user: its context, its statement and its time.

use axum::http::StatusCode;
use base64_simd::STANDARD;
use jiff::SignedDuration;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::{Value, json};
use service::sign_in_attempt;
use store::{ConnectionSettings, IdpInitiated, UnverifiedEmail};
use test_support::{
    ADA, Engine, REDIRECT_URI, START, SsoFixture, TestBrowser, TestResponse, at,
    connection_settings, each_database,
};
use testkit::identity_provider::IdpBehavior;

use crate::attempt_page::assert_failed_attempt;
use crate::captured_responses::{CapturedResponse, post_captured_response_to, read_test_file};
use crate::sent_request::sent_authn_request;
use crate::test_sign_in::test_connection;
use crate::tokens::{id_token_claims, redeem_code};

const REFEDS_MFA: &str = "https://refeds.org/profile/mfa";
const UNSPECIFIED: &str = "urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified";
const X509: &str = "urn:oasis:names:tc:SAML:2.0:ac:classes:X509";

async fn requiring(contexts: &[&str], accepted: &[&str]) -> SsoFixture {
    SsoFixture::with(|settings| {
        settings.authn_contexts = contexts.iter().map(ToString::to_string).collect();
        settings.policy.accepted_authn_contexts =
            accepted.iter().map(ToString::to_string).collect();
    })
    .await
}

async fn sign_in(sso: &SsoFixture, behavior: IdpBehavior) -> TestResponse {
    sso.attempt_sign_in(&mut sso.browser(), ADA, behavior).await
}

/// The claims of the ID token that the code in this redirect is redeemed for.
async fn redeem(sso: &SsoFixture, redirect: &TestResponse) -> Value {
    let code = redirect.location_parameter("code").unwrap();
    id_token_claims(&redeem_code(sso, &code).await)
}

#[apply(each_database)]
async fn another_context_than_the_required_one_is_rejected(#[case] engine: Engine) {
    let sso = SsoFixture::on(engine, |_| {}).await;
    let path = format!("/organizations/acme/connections/{}", sso.connection);
    let change = json!({ "authn_contexts": [X509, REFEDS_MFA] });
    let changed = sso.server.api.patch(&path, change).await;
    assert_eq!(changed.json()["authn_contexts"], json!([X509, REFEDS_MFA]));

    let page = sign_in(&sso, IdpBehavior::Valid).await;
    let attempt = assert_failed_attempt(&sso, &page, "authn-context-mismatch").await;
    assert!(attempt.checks.contains(UNSPECIFIED), "{}", attempt.checks);
    assert!(sso.members().await.is_empty());

    let redirect = sign_in(&sso, IdpBehavior::MultiFactor).await;
    assert_eq!(redeem(&sso, &redirect).await["acr"], REFEDS_MFA);
}

#[rstest]
#[case::the_only_one(&[REFEDS_MFA], &[])]
#[case::the_second_of_the_requested(&[X509, REFEDS_MFA], &[])]
#[case::an_accepted_one(&[X509], &[REFEDS_MFA])]
#[case::none_is_required(&[], &[X509])]
#[tokio::test]
async fn the_context_that_was_received_becomes_acr(
    #[case] contexts: &[&str],
    #[case] accepted: &[&str],
) {
    let sso = requiring(contexts, accepted).await;
    let redirect = sign_in(&sso, IdpBehavior::MultiFactor).await;
    assert_eq!(redeem(&sso, &redirect).await["acr"], REFEDS_MFA);
}

/// Which context is stronger is not defined, so the comparison changes the request and not the judgment.
#[rstest]
#[case::minimum("minimum")]
#[case::maximum("maximum")]
#[case::better("better")]
#[tokio::test]
async fn with_another_comparison_the_context_must_still_be_listed(#[case] comparison: &str) {
    let sso = requiring(&[X509], &[]).await;
    let path = format!("/organizations/acme/connections/{}", sso.connection);
    let change = json!({ "authn_context_comparison": comparison });
    sso.server.api.patch(&path, change).await;
    let mut browser = sso.browser();
    let relay_state = sso.start_sign_in(&mut browser).await;
    let request = sent_authn_request(&sso, &relay_state).await;
    let attribute = format!("RequestedAuthnContext Comparison=\"{comparison}\"");
    assert!(request.contains(&attribute), "{request}");
    let page = sso
        .complete_sign_in(&mut browser, &relay_state, ADA, IdpBehavior::MultiFactor)
        .await;
    assert_failed_attempt(&sso, &page, "authn-context-mismatch").await;
}

#[tokio::test]
async fn the_required_contexts_are_requested_in_their_order() {
    let sso = requiring(&[X509, REFEDS_MFA], &[UNSPECIFIED]).await;
    let relay_state = sso.start_sign_in(&mut sso.browser()).await;
    let request = sent_authn_request(&sso, &relay_state).await;
    let references: Vec<_> = request
        .split("</saml:AuthnContextClassRef>")
        .map(|part| part.rsplit('>').next().unwrap())
        .filter(|reference| !reference.is_empty())
        .collect();
    assert_eq!(references, [X509, REFEDS_MFA]);
    assert!(
        request.contains("RequestedAuthnContext Comparison=\"exact\""),
        "{request}"
    );
}

async fn accepting_no_statement() -> SsoFixture {
    SsoFixture::with(accept_no_statement).await
}

fn accept_no_statement(settings: &mut ConnectionSettings) {
    settings.policy.accept_missing_authn_statement = Some(true);
}

#[tokio::test]
async fn an_assertion_without_an_authn_statement_is_rejected_by_default() {
    let sso = SsoFixture::new().await;
    let page = sign_in(&sso, IdpBehavior::NoAuthnStatement).await;
    assert_failed_attempt(&sso, &page, "authn-statement-missing").await;
}

#[tokio::test]
async fn where_no_authn_statement_is_needed_the_id_token_has_no_auth_time() {
    let sso = accepting_no_statement().await;
    let redirect = sign_in(&sso, IdpBehavior::NoAuthnStatement).await;
    let claims = redeem(&sso, &redirect).await;
    assert_eq!(claims.get("auth_time"), None, "{claims}");
    assert_eq!(claims.get("acr"), None, "{claims}");
    let redirect = sign_in(&sso, IdpBehavior::Valid).await;
    assert_eq!(redeem(&sso, &redirect).await["auth_time"], START);
}

#[rstest]
#[case::max_age("max_age", "3600")]
#[case::prompt_login("prompt", "login")]
#[tokio::test]
async fn without_an_authn_statement_no_requested_time_is_met(
    #[case] parameter: &str,
    #[case] value: &str,
) {
    let sso = accepting_no_statement().await;
    let mut browser = sso.browser();
    let relay_state = sso
        .start_sign_in_with(&mut browser, &[(parameter, value)])
        .await;
    let page = sso
        .complete_sign_in(
            &mut browser,
            &relay_state,
            ADA,
            IdpBehavior::NoAuthnStatement,
        )
        .await;
    assert_failed_attempt(&sso, &page, "reauthentication-required").await;
}

/// The session that an earlier request without `max_age` started has no time either.
#[tokio::test]
async fn a_session_without_auth_time_does_not_answer_max_age() {
    let sso = accepting_no_statement().await;
    let mut browser = sso.browser();
    let redirect = sso
        .attempt_sign_in(&mut browser, ADA, IdpBehavior::NoAuthnStatement)
        .await;
    assert!(redirect.location_parameter("code").is_some());
    let silent = sso.authorize_path(&[("prompt", "none")]);
    let answer = browser.get(&silent).await;
    assert!(answer.location_parameter("code").is_some(), "{answer:?}");
    let silent = sso.authorize_path(&[("prompt", "none"), ("max_age", "3600")]);
    let answer = browser.get(&silent).await;
    let error = answer.location_parameter("error");
    assert_eq!(error.as_deref(), Some("login_required"));
}

/// A required context cannot be met without a statement, whatever the other setting says.
#[tokio::test]
async fn a_required_context_needs_an_authn_statement() {
    let sso = SsoFixture::with(|settings| {
        accept_no_statement(settings);
        settings.authn_contexts = vec![REFEDS_MFA.to_owned()];
    })
    .await;
    let page = sign_in(&sso, IdpBehavior::NoAuthnStatement).await;
    assert_failed_attempt(&sso, &page, "authn-statement-missing").await;
}

fn force_authn(settings: &mut ConnectionSettings) {
    settings.force_authn_since = Some(at(START));
}

#[apply(each_database)]
async fn force_authn_is_enforced_by_the_time_of_the_authentication(#[case] engine: Engine) {
    let sso = SsoFixture::on(engine, force_authn).await;
    let relay_state = sso.start_sign_in(&mut sso.browser()).await;
    let request = sent_authn_request(&sso, &relay_state).await;
    assert!(request.contains("ForceAuthn=\"true\""), "{request}");
    let page = sign_in(&sso, IdpBehavior::EarlierAuthentication).await;
    assert_failed_attempt(&sso, &page, "reauthentication-required").await;
    let redirect = sign_in(&sso, IdpBehavior::Valid).await;
    assert_eq!(redeem(&sso, &redirect).await["auth_time"], START);
}

#[tokio::test]
async fn without_force_authn_an_earlier_authentication_is_accepted() {
    let sso = SsoFixture::new().await;
    let redirect = sign_in(&sso, IdpBehavior::EarlierAuthentication).await;
    assert_eq!(redeem(&sso, &redirect).await["auth_time"], START - 3600);
}

#[tokio::test]
async fn force_authn_without_an_authn_statement_is_never_met() {
    let sso = SsoFixture::with(|settings| {
        force_authn(settings);
        accept_no_statement(settings);
    })
    .await;
    let page = sign_in(&sso, IdpBehavior::NoAuthnStatement).await;
    assert_failed_attempt(&sso, &page, "reauthentication-required").await;
}

#[rstest]
#[case::earlier(IdpBehavior::EarlierAuthentication, Some("reauthentication-required"))]
#[case::fresh(IdpBehavior::Valid, None)]
#[tokio::test]
async fn a_test_sign_in_enforces_force_authn(
    #[case] behavior: IdpBehavior,
    #[case] code: Option<&str>,
) {
    let sso = SsoFixture::with(force_authn).await;
    let redirect = test_connection(&sso, &mut sso.browser(), ADA, behavior).await;
    let id = redirect.location().rsplit('/').next().unwrap();
    let attempt = sso.attempts().await.remove(0);
    assert_eq!(attempt.id.as_str(), id);
    assert_eq!(attempt.code.as_deref(), code);
    let result = sign_in_attempt::test_result(&sso.server.app, "acme", id).await;
    assert_eq!(result.unwrap().is_some(), code.is_none());
}

/// An unsolicited response answers no request, so it cannot show that the user authenticated for this sign-in.
#[tokio::test]
async fn with_force_authn_an_accepted_unsolicited_response_starts_a_request() {
    let sso = SsoFixture::with(|settings| {
        force_authn(settings);
        settings.idp_initiated = IdpInitiated::DangerAccept;
    })
    .await;
    let mut browser = sso.browser();
    let response = sso.unsolicited_response(ADA, IdpBehavior::Valid);
    let redirect = sso.post_response(&mut browser, &response, "").await;
    let relay_state = redirect.location_parameter("RelayState").unwrap();
    let request = sent_authn_request(&sso, &relay_state).await;
    assert!(request.contains("ForceAuthn=\"true\""), "{request}");
    let page = sso
        .complete_sign_in(
            &mut browser,
            &relay_state,
            ADA,
            IdpBehavior::EarlierAuthentication,
        )
        .await;
    assert_failed_attempt(&sso, &page, "reauthentication-required").await;
    assert!(!page.text.contains(REDIRECT_URI), "{}", page.text);
}

/// The answer to a response of `crates/saml/tests/cases`, with the changed request of the application.
async fn answer_to_case(
    name: &str,
    settings: impl FnOnce(&mut ConnectionSettings),
    request: impl FnOnce(&mut Value),
) -> (SsoFixture, TestResponse) {
    let sso = SsoFixture::new().await;
    let now = saml::parse_xs_date_time("2026-11-24T12:00:30Z").unwrap();
    sso.server.clock.set(now.as_second());
    let mut changed = connection_settings();
    changed.issuer = "https://idp.example.com/metadata".to_owned();
    changed.entity_id = Some("https://sso.example.net/saml".to_owned());
    changed.acs_url = Some("https://sso.example.net/saml/con_example/acs".to_owned());
    changed.policy.unverified_email = Some(UnverifiedEmail::Admit);
    settings(&mut changed);
    let certificate: String = read_test_file("keys/idp.crt")
        .lines()
        .filter(|line| !line.starts_with("-----"))
        .collect();
    let connection = sso
        .add_connection_with_certificate(&sso.organization, changed, certificate)
        .await;
    let response = read_test_file(&format!("cases/{name}/response.xml"));
    let captured = CapturedResponse {
        connection,
        authn_request_id: "_5a1d8f0e2c".to_owned(),
        response: &STANDARD.encode_to_string(response),
    };
    let answer = post_captured_response_to(&sso, captured, request).await;
    (sso, answer)
}

const PASSWORD: &str = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport";

/// Each of several statements is true (saml-core 2.7.2), so the one that is needed counts, with its own time.
#[rstest]
#[case::nothing_is_needed(&[], json!([]), json!([]), PASSWORD)]
#[case::by_the_connection(&[REFEDS_MFA], json!([]), json!([]), REFEDS_MFA)]
#[case::by_the_application(&[], json!([REFEDS_MFA]), json!([]), REFEDS_MFA)]
#[case::preferred_by_the_application(&[], json!([]), json!([X509, REFEDS_MFA]), REFEDS_MFA)]
#[case::needed_before_preferred(&[], json!([PASSWORD]), json!([REFEDS_MFA]), PASSWORD)]
#[tokio::test]
async fn of_several_authentications_the_one_that_is_needed_counts(
    #[case] contexts: &[&str],
    #[case] essential: Value,
    #[case] preferred: Value,
    #[case] acr: &str,
) {
    let (sso, redirect) = answer_to_case(
        "sem-14-context-in-the-second-statement",
        |settings| {
            settings.authn_contexts = contexts.iter().map(ToString::to_string).collect();
        },
        |request| {
            request["essential_acr_values"] = essential;
            request["acr_values"] = preferred;
        },
    )
    .await;
    assert_eq!(redeem(&sso, &redirect).await["acr"], acr);
}

#[tokio::test]
async fn an_authentication_that_the_connection_does_not_accept_never_counts() {
    let (_, page) = answer_to_case(
        "sem-14-context-in-the-second-statement",
        |settings| settings.authn_contexts = vec![REFEDS_MFA.to_owned()],
        |request| request["essential_acr_values"] = json!([PASSWORD]),
    )
    .await;
    assert_eq!(page.error_code(), "acr-mismatch");
}

#[rstest]
#[case::any(false, "2026-11-01T00:00:00Z", PASSWORD)]
#[case::again(true, "2026-11-24T12:00:00Z", REFEDS_MFA)]
#[tokio::test]
async fn time_and_context_are_those_of_one_authentication(
    #[case] is_forced: bool,
    #[case] auth_time: &str,
    #[case] acr: &str,
) {
    let (sso, redirect) = answer_to_case(
        "sem-13-signed-in-twice",
        |settings| settings.force_authn_since = is_forced.then(|| at(0)),
        |_| {},
    )
    .await;
    let claims = redeem(&sso, &redirect).await;
    let auth_time = saml::parse_xs_date_time(auth_time).unwrap();
    assert_eq!(claims["auth_time"], auth_time.as_second());
    assert_eq!(claims["acr"], acr);
}

/// The identity provider did not ask the user, and its clock is right: the tolerance for clocks must not hide that.
#[rstest]
#[case::prompt_login("prompt", "login")]
#[case::max_age_of_0("max_age", "0")]
#[tokio::test]
async fn an_authentication_within_the_clock_tolerance_is_no_reauthentication(
    #[case] parameter: &str,
    #[case] value: &str,
) {
    let sso = SsoFixture::with(|settings| {
        settings.clock_tolerance = SignedDuration::from_secs(180);
    })
    .await;
    let mut browser = sso.browser();
    let parameters = [(parameter, value)];
    let relay_state = sso.start_sign_in_with(&mut browser, &parameters).await;
    let behavior = IdpBehavior::RecentAuthentication;
    let page = sso
        .complete_sign_in(&mut browser, &relay_state, ADA, behavior)
        .await;
    assert_failed_attempt(&sso, &page, "reauthentication-required").await;
}

/// The user takes a minute, and the clock of the identity provider is two minutes slow.
#[rstest]
#[case::prompt_login("prompt", "login")]
#[case::max_age_of_0("max_age", "0")]
#[tokio::test]
async fn a_new_authentication_by_a_slow_clock_is_a_reauthentication(
    #[case] parameter: &str,
    #[case] value: &str,
) {
    let sso = SsoFixture::with(|settings| {
        settings.clock_tolerance = SignedDuration::from_secs(180);
    })
    .await;
    let mut browser = sso.browser();
    let parameters = [(parameter, value)];
    let relay_state = sso.start_sign_in_with(&mut browser, &parameters).await;
    sso.server.clock.set(START - 60);
    let behavior = IdpBehavior::RecentAuthentication;
    let response = sso.saml_response(&relay_state, ADA, behavior).await;
    sso.server.clock.set(START + 60);
    let redirect = sso
        .post_response(&mut browser, &response, &relay_state)
        .await;
    assert!(
        redirect.location_parameter("code").is_some(),
        "{redirect:?}"
    );
}

/// Whether a silent request is answered from the session that this browser has.
async fn is_signed_in(sso: &SsoFixture, browser: &mut TestBrowser) -> bool {
    let silent = sso.authorize_path(&[("organization", "acme"), ("prompt", "none")]);
    let answer = browser.get(&silent).await;
    answer.location_parameter("code").is_some()
}

async fn change(sso: &SsoFixture, change: Value) {
    let path = format!("/organizations/acme/connections/{}", sso.connection);
    let changed = sso.server.api.patch(&path, change).await;
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.text);
}

#[apply(each_database)]
async fn a_session_without_the_context_that_is_required_now_is_not_used(#[case] engine: Engine) {
    let sso = SsoFixture::on(engine, |_| {}).await;
    let mut browser = sso.browser();
    sso.sign_in(&mut browser, ADA).await;
    change(&sso, json!({ "authn_contexts": [REFEDS_MFA] })).await;
    assert!(!is_signed_in(&sso, &mut browser).await);
    // It is asked for at the identity provider, and the session of the new sign-in is used.
    let relay_state = sso.start_sign_in(&mut browser).await;
    let behavior = IdpBehavior::MultiFactor;
    sso.complete_sign_in(&mut browser, &relay_state, ADA, behavior)
        .await;
    assert!(is_signed_in(&sso, &mut browser).await);
    change(&sso, json!({ "authn_contexts": [X509] })).await;
    assert!(!is_signed_in(&sso, &mut browser).await);
    let accepted =
        json!({ "accepted_authn_contexts": [REFEDS_MFA], "authn_context_comparison": "minimum" });
    change(&sso, accepted).await;
    assert!(is_signed_in(&sso, &mut browser).await);
}

#[tokio::test]
async fn a_session_without_a_statement_ends_with_the_exception() {
    let sso = accepting_no_statement().await;
    let mut browser = sso.browser();
    let behavior = IdpBehavior::NoAuthnStatement;
    sso.attempt_sign_in(&mut browser, ADA, behavior).await;
    assert!(is_signed_in(&sso, &mut browser).await);
    change(&sso, json!({ "accept_missing_authn_statement": false })).await;
    assert!(!is_signed_in(&sso, &mut browser).await);
}

/// Published at once, with a draft that was saved before the session began, and by restoring an earlier version.
#[apply(each_database)]
async fn a_session_from_before_force_authn_is_not_used(#[case] engine: Engine) {
    let sso = SsoFixture::on(engine, |_| {}).await;
    let path = format!("/organizations/acme/connections/{}", sso.connection);
    let draft = format!("{path}/draft");
    let mut browser = sso.browser();
    let changed = sso
        .server
        .api
        .patch(&draft, json!({ "force_authn": true }))
        .await;
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.text);
    sso.server.clock.set(START + 60);
    sso.sign_in(&mut browser, ADA).await;
    sso.server.clock.set(START + 120);
    assert!(is_signed_in(&sso, &mut browser).await);
    let published = sso
        .server
        .api
        .post(&format!("{draft}/publish"), json!({}))
        .await;
    assert_eq!(published.status, StatusCode::OK, "{}", published.text);
    assert!(!is_signed_in(&sso, &mut browser).await);

    sso.server.clock.set(START + 180);
    let mut browser = sso.browser();
    sso.sign_in(&mut browser, ADA).await;
    assert!(is_signed_in(&sso, &mut browser).await);
    change(&sso, json!({ "force_authn": false })).await;
    let versions = sso.server.api.get(&format!("{path}/versions")).await.json();
    let forced = versions["items"][1]["number"].as_i64().unwrap();
    sso.server.clock.set(START + 240);
    let mut browser = sso.browser();
    sso.sign_in(&mut browser, ADA).await;
    sso.server.clock.set(START + 300);
    let restore = format!("{path}/versions/{forced}/restore");
    let restored = sso.server.api.post(&restore, json!({})).await;
    assert_eq!(restored.status, StatusCode::OK, "{}", restored.text);
    assert!(!is_signed_in(&sso, &mut browser).await);
}
