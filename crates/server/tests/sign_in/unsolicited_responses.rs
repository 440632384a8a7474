//! Unsolicited responses, which IdP-initiated sign-ins send.

use insta::assert_snapshot;
use rstest::rstest;
use rstest_reuse::apply;
use store::IdpInitiated;
use test_support::{
    ADA, Engine, GRACE, REDIRECT_URI, SESSION_COOKIE, START, SsoFixture, TestBrowser, TestResponse,
    at, confidential_application, each_database,
};
use testkit::identity_provider::IdpBehavior;

use crate::database_contents::DatabaseContents;

const CONFIRM: &str = "/sign-in/confirm";

async fn accept_on(engine: Engine) -> SsoFixture {
    SsoFixture::on(engine, |settings| {
        settings.idp_initiated = IdpInitiated::DangerAccept;
    })
    .await
}

/// Posts an unsolicited response that is accepted. Returns the page that asks the user.
async fn post_accepted_response(
    sso: &SsoFixture,
    browser: &mut TestBrowser,
    response: &str,
) -> TestResponse {
    let redirect = sso.post_response(browser, response, "").await;
    let location = redirect.location();
    let start = format!("{CONFIRM}?request=");
    assert!(location.starts_with(&start), "{location}");
    browser.get(location).await
}

/// Selects the button of the page that asks the user.
async fn confirm(browser: &mut TestBrowser, page: &TestResponse) -> TestResponse {
    let handle = page.hidden_field("request").unwrap();
    let fields = [("request", handle)];
    browser.post_from("same-origin", CONFIRM, &fields).await
}

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
    assert_eq!(page.error_code(), "relay-state-mismatch");
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
    let mut browser = sso.browser();
    let page = post_accepted_response(&sso, &mut browser, &response).await;
    let redirect = confirm(&mut browser, &page).await;
    assert_eq!(redirect.location(), "https://app.example.com");
    let page = sso.post_response(&mut sso.browser(), &response, "").await;
    assert_eq!(page.error_code(), "replayed");
    // The session completes a sign-in that the application starts.
    let redirect = browser.get(&sso.authorize_path(&[])).await;
    let location = redirect.location();
    assert!(location.starts_with(REDIRECT_URI), "{location}");
}

#[apply(each_database)]
async fn nothing_happens_before_the_confirmation(#[case] engine: Engine) {
    let sso = accept_on(engine).await;
    let response = sso.unsolicited_response(ADA, IdpBehavior::Valid);
    let mut browser = sso.browser();
    let page = post_accepted_response(&sso, &mut browser, &response).await;
    let text = page.visible_text();
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let lines = lines.into_iter().filter(|line| !line.is_empty());
    assert_snapshot!(lines.collect::<Vec<_>>().join("\n"), @"
    Continue as ada@acme.example to Acme Portal? · auth.example.com
    auth.example.com
    Continue as ada@acme.example to Acme Portal?
    A sign-in with the identity provider of acme was started outside the application.
    If you didn’t start this sign-in, or this isn’t your account, close this page. You won’t be signed in.
    Continue
    Questions? helpdesk@example.com
    ");
    assert!(browser.cookie(SESSION_COOKIE).is_none());
    assert!(sso.members().await.is_empty());
    assert!(sso.attempts().await.is_empty());
    let path = sso.authorize_path(&[("organization", "acme")]);
    let redirect = browser.get(&path).await;
    let location = redirect.location();
    assert!(
        location.starts_with("https://idp.example/sso?"),
        "{location}"
    );
    // The assertion is spent all the same.
    let again = sso.post_response(&mut sso.browser(), &response, "").await;
    assert_eq!(again.error_code(), "replayed");

    confirm(&mut browser, &page).await;
    assert_eq!(sso.members().await.len(), 1);
    let attempts = sso.attempts().await;
    let accepted = attempts.iter().filter(|attempt| attempt.code.is_none());
    assert_eq!(accepted.count(), 1);
}

#[rstest]
#[case::french("fr", "Continuer vers Acme Portal en tant que ada@acme.example\u{a0}?")]
#[case::dutch("nl", "Doorgaan naar Acme Portal als ada@acme.example?")]
#[case::german("de", "Als ada@acme.example zu Acme Portal fortfahren?")]
#[tokio::test]
async fn the_confirmation_has_the_language_of_the_browser(
    #[case] language: &str,
    #[case] title: &str,
) {
    let sso = with_idp_initiated(IdpInitiated::DangerAccept).await;
    let response = sso.unsolicited_response(ADA, IdpBehavior::Valid);
    let mut browser = sso.browser();
    browser.set_cookie(&format!("vestibule-language={language}"));
    let page = post_accepted_response(&sso, &mut browser, &response).await;
    let heading = format!("<h1>{title}</h1>");
    assert!(page.text.contains(&heading), "{}", page.text);
}

#[apply(each_database)]
async fn a_confirmation_is_valid_once_in_its_browser(#[case] engine: Engine) {
    let sso = accept_on(engine).await;
    let response = sso.unsolicited_response(ADA, IdpBehavior::Valid);
    let mut browser = sso.browser();
    let page = post_accepted_response(&sso, &mut browser, &response).await;
    let in_another_browser = confirm(&mut sso.browser(), &page).await;
    assert_eq!(in_another_browser.error_code(), "browser-mismatch");
    let without_handle = browser.post(CONFIRM, &[]).await;
    assert_eq!(without_handle.error_code(), "no-pending-sign-in");
    assert!(sso.members().await.is_empty());

    confirm(&mut browser, &page).await;
    let second = confirm(&mut browser, &page).await;
    assert_eq!(second.error_code(), "replayed");
}

#[tokio::test]
async fn a_confirmation_expires_after_five_minutes() {
    let sso = with_idp_initiated(IdpInitiated::DangerAccept).await;
    let response = sso.unsolicited_response(ADA, IdpBehavior::Valid);
    let mut browser = sso.browser();
    let page = post_accepted_response(&sso, &mut browser, &response).await;
    sso.server.clock.set(START + 300);
    let expired = confirm(&mut browser, &page).await;
    assert_eq!(expired.error_code(), "sign-in-expired");
    assert!(sso.members().await.is_empty());
}

/// The assertion may expire while the page waits: it was valid when it was received.
#[tokio::test]
async fn a_confirmation_counts_from_the_time_of_the_response() {
    let sso = with_idp_initiated(IdpInitiated::DangerAccept).await;
    let response = sso.unsolicited_response(ADA, IdpBehavior::Valid);
    let mut browser = sso.browser();
    let page = post_accepted_response(&sso, &mut browser, &response).await;
    sso.server.clock.set(START + 299);
    let redirect = confirm(&mut browser, &page).await;
    assert_eq!(redirect.location(), "https://app.example.com");
}

#[rstest]
#[case::disabled(true, "connection-disabled")]
#[case::disabled_and_activated_again(false, "member-deactivated")]
#[tokio::test]
async fn a_connection_that_was_disabled_since_signs_no_one_in(
    #[case] stays_disabled: bool,
    #[case] code: &str,
) {
    let sso = with_idp_initiated(IdpInitiated::DangerAccept).await;
    let response = sso.unsolicited_response(ADA, IdpBehavior::Valid);
    let mut browser = sso.browser();
    let page = post_accepted_response(&sso, &mut browser, &response).await;
    let (organization, connection) = (sso.organization.clone(), sso.connection.clone());
    sso.write(async move |tx| {
        let mut organization = tx.organization(&organization);
        organization.disable(&connection, at(START)).await?;
        if !stays_disabled {
            organization.activate(&connection, at(START)).await?;
        }
        Ok(())
    })
    .await;
    let rejected = confirm(&mut browser, &page).await;
    assert_eq!(rejected.error_code(), code);
    assert!(sso.members().await.is_empty());
}

#[tokio::test]
async fn a_response_is_not_confirmed_when_the_connection_rejects_such_responses_since() {
    let sso = with_idp_initiated(IdpInitiated::DangerAccept).await;
    let response = sso.unsolicited_response(ADA, IdpBehavior::Valid);
    let mut browser = sso.browser();
    let page = post_accepted_response(&sso, &mut browser, &response).await;
    let (organization, id) = (sso.organization.clone(), sso.connection.clone());
    sso.write(async move |tx| {
        let mut organization = tx.organization(&organization);
        let mut settings = organization.connection(&id).await?.unwrap().settings;
        settings.idp_initiated = IdpInitiated::Reject;
        organization
            .update_connection(&id, &settings)
            .await?
            .unwrap();
        Ok(())
    })
    .await;
    let rejected = confirm(&mut browser, &page).await;
    assert_eq!(rejected.error_code(), "no-pending-sign-in");
    assert!(sso.members().await.is_empty());
}

#[tokio::test]
async fn a_member_who_is_signed_in_is_not_asked() {
    let sso = with_idp_initiated(IdpInitiated::DangerAccept).await;
    let mut browser = sso.browser();
    sso.sign_in(&mut browser, ADA).await;
    let response = sso.unsolicited_response(ADA, IdpBehavior::Valid);
    let redirect = sso.post_response(&mut browser, &response, "").await;
    let continued = browser.get(redirect.location()).await;
    assert_eq!(continued.location(), "https://app.example.com");

    // Another member is.
    let response = sso.unsolicited_response(GRACE, IdpBehavior::Valid);
    let page = post_accepted_response(&sso, &mut browser, &response).await;
    let heading = "Continue as grace@acme.example to Acme Portal?";
    assert!(page.text.contains(heading), "{}", page.text);
}

#[tokio::test]
async fn the_handle_of_a_confirmation_is_no_relay_state() {
    let sso = with_idp_initiated(IdpInitiated::DangerAccept).await;
    let response = sso.unsolicited_response(ADA, IdpBehavior::Valid);
    let mut browser = sso.browser();
    let redirect = sso.post_response(&mut browser, &response, "").await;
    let (_, handle) = redirect.location().split_once("request=").unwrap();
    let another = sso.unsolicited_response(GRACE, IdpBehavior::Valid);
    let redirect = sso.post_response(&mut browser, &another, handle).await;
    let location = redirect.location();
    assert!(location.starts_with(CONFIRM), "{location}");
    let sign_in = browser.get(&format!("/sign-in?request={handle}")).await;
    assert_eq!(sign_in.error_code(), "no-pending-sign-in");
}

#[tokio::test]
async fn a_solicited_response_is_not_accepted_as_an_unsolicited_one() {
    let sso = with_idp_initiated(IdpInitiated::DangerAccept).await;
    let relay_state = sso.start_sign_in(&mut sso.browser()).await;
    let response = sso
        .saml_response(&relay_state, ADA, IdpBehavior::Valid)
        .await;
    let page = sso.post_response(&mut sso.browser(), &response, "").await;
    assert_eq!(page.error_code(), "relay-state-mismatch");
}

#[tokio::test]
async fn an_unsolicited_response_for_another_audience_is_rejected() {
    let sso = with_idp_initiated(IdpInitiated::DangerAccept).await;
    let response = sso.unsolicited_response(ADA, IdpBehavior::WrongAudience);
    let page = sso.post_response(&mut sso.browser(), &response, "").await;
    assert_eq!(page.error_code(), "audience-mismatch");
}

/// Some identity providers send a placeholder that no request can have.
#[rstest]
#[case::reject(IdpInitiated::Reject)]
#[case::restart(IdpInitiated::Restart)]
#[case::accept(IdpInitiated::DangerAccept)]
#[tokio::test]
async fn an_in_response_to_that_is_no_request_of_ours_does_not_count(
    #[case] idp_initiated: IdpInitiated,
) {
    let sso = with_idp_initiated(idp_initiated).await;
    let response = sso.unsolicited_response(ADA, IdpBehavior::WrongInResponseTo);
    let mut browser = sso.browser();
    let answer = sso.post_response(&mut browser, &response, "").await;
    match idp_initiated {
        IdpInitiated::Reject => {
            assert_eq!(answer.error_code(), "unexpected-in-response-to");
            let attempt = sso.attempts().await.remove(0);
            let reason = "which is none of this service";
            assert!(attempt.checks.contains(reason), "{}", attempt.checks);
        }
        IdpInitiated::Restart => {
            let location = answer.location();
            assert!(
                location.starts_with("https://idp.example/sso?"),
                "{location}"
            );
        }
        IdpInitiated::DangerAccept => {
            let page = browser.get(answer.location()).await;
            let redirect = confirm(&mut browser, &page).await;
            assert_eq!(redirect.location(), "https://app.example.com");
            let attempt = sso.attempts().await.remove(0);
            let note = "so the response counts as unsolicited";
            assert!(attempt.checks.contains(note), "{}", attempt.checks);
        }
    }
}
