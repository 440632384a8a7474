//! Test sign-ins: validated like a member's sign-in, with the settings of the draft, but without a session.

use axum::http::{HeaderMap, StatusCode, header};
use federation::{TestSignIn, start_test};
use runtime::problem::ProblemCode;
use serde_json::{Value, json};
use service::connection::ConnectionRef;
use service::json::Patch;
use service::sign_in::test_result::{SentAttribute, TestOutcome, TestResult};
use service::{Actor, connection, sign_in_attempt};
use store::{Attempt, AttemptKind, AttemptOutcome, Connection, ConnectionDraft, Provisioning};
use test_support::{
    ADA, GRACE, IDP_ENTITY_ID, SESSION_COOKIE, START, SsoFixture, TestBrowser, TestResponse,
    acs_path, at, connection_settings, encode_form, response_target,
};
use testkit::identity_provider::{IdpBehavior, User};
use url::Url;

use crate::role_mapping::with_admin_rule;

/// The path to which a test sign-in returns, without the ID of the attempt.
const RESULT_PATH: &str = "/console/organizations/acme/tests/";
const CLI: &Actor = &Actor::CommandLine;

/// Starts a test sign-in in a browser. Returns the RelayState.
async fn start_test_sign_in(sso: &SsoFixture, browser: &mut TestBrowser) -> String {
    let test = TestSignIn {
        connection: connection_ref(sso),
        tester: CLI,
        return_to: RESULT_PATH,
    };
    let redirect = start_test(&sso.server.app, &HeaderMap::new(), test)
        .await
        .unwrap();
    for cookie in redirect.headers().get_all(header::SET_COOKIE) {
        browser.set_cookie(cookie.to_str().unwrap());
    }
    assert_eq!(redirect.status(), StatusCode::SEE_OTHER);
    let location = redirect.headers()[header::LOCATION].to_str().unwrap();
    let url = Url::parse(location).unwrap();
    let (_, relay_state) = url
        .query_pairs()
        .find(|(name, _)| name == "RelayState")
        .unwrap();
    relay_state.into_owned()
}

/// Starts and completes a test sign-in.
pub(crate) async fn test_connection(
    sso: &SsoFixture,
    browser: &mut TestBrowser,
    user: &User,
    behavior: IdpBehavior,
) -> TestResponse {
    let relay_state = start_test_sign_in(sso, browser).await;
    sso.complete_sign_in(browser, &relay_state, user, behavior)
        .await
}

/// Tests the connection as Ada with a new browser.
async fn test_as_ada(sso: &SsoFixture, behavior: IdpBehavior) -> TestResponse {
    test_connection(sso, &mut sso.browser(), ADA, behavior).await
}

/// The attempt whose page the redirect leads to.
async fn test_attempt(sso: &SsoFixture, redirect: &TestResponse) -> Attempt {
    let id = redirect.location().strip_prefix(RESULT_PATH).unwrap();
    let attempts = sso.attempts().await;
    let attempt = attempts
        .into_iter()
        .find(|attempt| attempt.id.as_str() == id)
        .unwrap();
    assert_eq!(attempt.kind, AttemptKind::Test);
    assert_eq!(attempt.tested_by.as_deref(), Some("cli"));
    attempt
}

/// The stored result of the test whose page the redirect leads to.
async fn test_result(sso: &SsoFixture, redirect: &TestResponse) -> Option<TestResult> {
    let id = redirect.location().strip_prefix(RESULT_PATH).unwrap();
    sign_in_attempt::test_result(&sso.server.app, "acme", id)
        .await
        .unwrap()
}

fn connection_ref(sso: &SsoFixture) -> ConnectionRef<'_> {
    ConnectionRef::ById(sso.connection.as_str())
}

async fn load_connection(sso: &SsoFixture) -> Connection {
    connection::load_working_copy(&sso.server.app, connection_ref(sso))
        .await
        .unwrap()
        .connection
}

async fn load_draft(sso: &SsoFixture) -> ConnectionDraft {
    connection::load_working_copy(&sso.server.app, connection_ref(sso))
        .await
        .unwrap()
        .draft
        .unwrap()
}

async fn update_draft(sso: &SsoFixture, change: Value) {
    let change = Patch::new(change);
    let updated =
        connection::update_working_copy(&sso.server.app, CLI, connection_ref(sso), change).await;
    assert!(updated.unwrap().is_draft);
}

#[tokio::test]
async fn a_test_shows_the_user_the_role_and_the_attributes() {
    let sso = with_admin_rule().await;
    let redirect = test_connection(&sso, &mut sso.browser(), GRACE, IdpBehavior::Valid).await;
    let result = test_result(&sso, &redirect).await.unwrap();
    assert_eq!(result.outcome, TestOutcome::Provisioned);
    assert_eq!(result.role.as_deref(), Some("admin"));
    assert_eq!(result.user.email.as_deref(), Some("grace@acme.example"));
    assert_eq!(result.user.email_verified, Some(true));
    let attributes = &result.attributes;
    let is_administrators = |value: &String| value == "administrators";
    assert!(
        attributes
            .iter()
            .any(|attribute| attribute.values.iter().any(is_administrators))
    );
    let source = |field: &str| {
        let is_source =
            |attribute: &&SentAttribute| attribute.fields.iter().any(|name| name == field);
        let attribute = attributes.iter().find(is_source)?;
        Some(attribute.name.as_str())
    };
    assert_eq!(source("email"), Some("email"));
    assert!(source("groups").is_some());
}

#[tokio::test]
async fn a_test_starts_no_session_and_adds_no_member() {
    let sso = SsoFixture::new().await;
    let mut browser = sso.browser();
    let redirect = test_connection(&sso, &mut browser, GRACE, IdpBehavior::Valid).await;
    assert!(browser.cookie(SESSION_COOKIE).is_none());
    let attempt = test_attempt(&sso, &redirect).await;
    assert_eq!(attempt.outcome, Some(AttemptOutcome::Accepted));
    assert_eq!(attempt.member, None);
    assert!(sso.members().await.is_empty());
}

#[tokio::test]
async fn personal_data_of_a_test_is_encrypted_and_deleted_after_a_week() {
    let sso = SsoFixture::new().await;
    let redirect = test_connection(&sso, &mut sso.browser(), GRACE, IdpBehavior::Valid).await;
    let attempt = test_attempt(&sso, &redirect).await;
    assert!(attempt.checks.contains("\"passed\""), "{}", attempt.checks);
    assert!(!attempt.checks.contains("grace@"), "{}", attempt.checks);
    assert!(!attempt.test_result.unwrap().as_str().contains("grace"));
    sso.server.clock.set(START + 7 * 24 * 3600);
    assert_eq!(test_result(&sso, &redirect).await, None);
}

#[tokio::test]
async fn a_successful_test_is_recorded_at_the_connection() {
    let sso = SsoFixture::new().await;
    test_as_ada(&sso, IdpBehavior::Valid).await;
    let connection = load_connection(&sso).await;
    assert_eq!(connection.lifecycle.tested_at, Some(at(START)));
    let progress = connection::setup_progress(&sso.server.app, connection_ref(&sso)).await;
    assert_eq!(progress.unwrap().tested_by.as_deref(), Some("cli"));
}

#[tokio::test]
async fn a_test_recognizes_a_member_and_does_not_update_the_profile() {
    let sso = SsoFixture::new().await;
    sso.sign_in(&mut sso.browser(), ADA).await;
    let before = sso.members().await;
    let changed = User {
        first_name: "Augusta",
        groups: &["new"],
        ..ADA.clone()
    };
    let redirect = test_connection(&sso, &mut sso.browser(), &changed, IdpBehavior::Valid).await;
    let attempt = test_attempt(&sso, &redirect).await;
    assert_eq!(attempt.member.as_ref(), Some(&before[0].id));
    let result = test_result(&sso, &redirect).await.unwrap();
    let member = before[0].id.to_string();
    assert_eq!(result.outcome, TestOutcome::Existing { member });
    assert_eq!(sso.members().await, before);
}

#[tokio::test]
async fn a_successful_test_explains_why_the_user_could_not_sign_in() {
    let sso =
        SsoFixture::with(|settings| settings.provisioning = Provisioning::InvitationOnly).await;
    let redirect = test_as_ada(&sso, IdpBehavior::Valid).await;
    let attempt = test_attempt(&sso, &redirect).await;
    assert_eq!(attempt.outcome, Some(AttemptOutcome::Accepted));
    let result = test_result(&sso, &redirect).await.unwrap();
    assert!(matches!(result.outcome, TestOutcome::Rejected { code, .. } if code == "not-a-member"));
    assert_eq!(result.role, None);
    let connection = load_connection(&sso).await;
    assert!(connection.lifecycle.tested_at.is_some());
}

#[tokio::test]
async fn a_failed_test_leads_to_its_attempt_and_leaves_the_connection_untested() {
    let sso = SsoFixture::new().await;
    let redirect = test_as_ada(&sso, IdpBehavior::UntrustedKey).await;
    let attempt = test_attempt(&sso, &redirect).await;
    assert_eq!(attempt.outcome, Some(AttemptOutcome::Rejected));
    assert!(attempt.code.is_some());
    assert!(attempt.checks.contains("\"failed\""), "{}", attempt.checks);
    assert_eq!(test_result(&sso, &redirect).await, None);
    assert_eq!(load_connection(&sso).await.lifecycle.tested_at, None);
}

/// Each failed test is one of the failed sign-ins of its client, although the answer is a redirect.
#[tokio::test]
async fn a_client_with_many_failed_tests_is_turned_away() {
    let mut sso = SsoFixture::new().await;
    let limit = ("VESTIBULE_FAILED_SIGN_IN_LIMIT", "10");
    sso.server.reconfigure(&[limit]);
    let mut browser = sso.server.browser_at([203, 0, 113, 9]);
    let relay_state = start_test_sign_in(&sso, &mut browser).await;
    let response = sso
        .saml_response(&relay_state, ADA, IdpBehavior::Unsigned)
        .await;
    for _ in 0..11 {
        let redirect = sso
            .post_response(&mut browser, &response, &relay_state)
            .await;
        assert!(redirect.location().starts_with(RESULT_PATH));
    }
    let turned_away = sso
        .post_response(&mut browser, &response, &relay_state)
        .await;
    assert_eq!(turned_away.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn a_test_uses_the_draft_while_members_sign_in_with_the_published_settings() {
    let sso = SsoFixture::new().await;
    update_draft(&sso, json!({"issuer": "https://other.example/metadata"})).await;
    let redirect = test_as_ada(&sso, IdpBehavior::Valid).await;
    let attempt = test_attempt(&sso, &redirect).await;
    assert_eq!(attempt.code.as_deref(), Some("issuer-mismatch"));
    sso.sign_in(&mut sso.browser(), ADA).await;
}

#[tokio::test]
async fn a_draft_is_untested_again_after_a_change() {
    let sso = SsoFixture::new().await;
    let change = json!({"issuer": IDP_ENTITY_ID, "clock_tolerance_seconds": 5});
    update_draft(&sso, change).await;
    let redirect = test_as_ada(&sso, IdpBehavior::Valid).await;
    let attempt = test_attempt(&sso, &redirect).await;
    assert_eq!(attempt.outcome, Some(AttemptOutcome::Accepted));
    assert_eq!(load_draft(&sso).await.tested_at, Some(at(START)));
    let connection = load_connection(&sso).await;
    assert_eq!(connection.lifecycle.tested_at, Some(at(START)));
    update_draft(&sso, json!({"clock_tolerance_seconds": 6})).await;
    assert_eq!(load_draft(&sso).await.tested_at, None);
}

#[tokio::test]
async fn a_disabled_connection_can_be_tested() {
    let sso = SsoFixture::new().await;
    connection::disable(&sso.server.app, CLI, connection_ref(&sso))
        .await
        .unwrap();
    let redirect = test_as_ada(&sso, IdpBehavior::Valid).await;
    let attempt = test_attempt(&sso, &redirect).await;
    assert_eq!(attempt.outcome, Some(AttemptOutcome::Accepted));
    let path = sso.authorize_path(&[("connection", sso.connection.as_str())]);
    let page = sso.browser().get(&path).await;
    assert_eq!(page.error_code(), "connection-disabled");
}

#[tokio::test]
async fn an_incomplete_connection_cannot_be_tested() {
    let sso = SsoFixture::new().await;
    let input = service::json::from_value(json!({"name": "Draft"})).unwrap();
    let connection = connection::create(&sso.server.app, CLI, "acme", input)
        .await
        .unwrap();
    let test = TestSignIn {
        connection: ConnectionRef::InOrganization("acme", &connection.id),
        tester: CLI,
        return_to: RESULT_PATH,
    };
    let started = start_test(&sso.server.app, &HeaderMap::new(), test).await;
    assert_eq!(started.unwrap_err().code, ProblemCode::ConnectionIncomplete);
}

#[tokio::test]
async fn only_the_browser_that_started_a_test_can_complete_it() {
    let sso = SsoFixture::new().await;
    let relay_state = start_test_sign_in(&sso, &mut sso.browser()).await;
    let redirect = sso
        .complete_sign_in(&mut sso.browser(), &relay_state, ADA, IdpBehavior::Valid)
        .await;
    let attempt = test_attempt(&sso, &redirect).await;
    assert_eq!(attempt.code.as_deref(), Some("browser-mismatch"));
    assert_eq!(load_connection(&sso).await.lifecycle.tested_at, None);
}

#[tokio::test]
async fn a_response_completes_one_test_and_no_sign_in() {
    let sso = SsoFixture::new().await;
    let mut browser = sso.browser();
    let relay_state = start_test_sign_in(&sso, &mut browser).await;
    let response = sso
        .saml_response(&relay_state, ADA, IdpBehavior::Valid)
        .await;
    sso.post_response(&mut browser, &response, &relay_state)
        .await;
    let replayed = sso
        .post_response(&mut browser, &response, &relay_state)
        .await;
    let attempt = test_attempt(&sso, &replayed).await;
    assert_eq!(attempt.code.as_deref(), Some("replayed"));

    let without_relay_state = [("SAMLResponse", response.as_str())];
    let page = browser.post(&sso.acs_path(), &without_relay_state).await;
    assert_eq!(page.error_code(), "relay-state-mismatch");
    assert!(sso.members().await.is_empty());
    assert!(browser.cookie(SESSION_COOKIE).is_none());
}

#[tokio::test]
async fn the_acs_url_of_another_connection_rejects_the_response_to_a_test() {
    let sso = SsoFixture::new().await;
    let mut browser = sso.browser();
    let relay_state = start_test_sign_in(&sso, &mut browser).await;
    let second = sso
        .add_connection(&sso.organization, connection_settings())
        .await;
    let request = sso.server.authn_request_id(&relay_state).await;
    let target = response_target(&second, Some(request));
    let response = sso.server.build_response(&target, ADA, IdpBehavior::Valid);
    let fields = [
        ("SAMLResponse", response.as_str()),
        ("RelayState", relay_state.as_str()),
    ];
    // The tester sees the reason.
    let redirect = browser.post(&acs_path(&second), &fields).await;
    let attempt = test_attempt(&sso, &redirect).await;
    assert_eq!(attempt.code.as_deref(), Some("connection-mismatch"));
    assert_eq!(attempt.connection, sso.connection);
    let page = sso.browser().post(&acs_path(&second), &fields).await;
    assert_eq!(page.error_code(), "connection-mismatch");
    assert!(sso.members().await.is_empty());
}

#[tokio::test]
async fn the_sign_in_page_does_not_continue_a_test() {
    let sso = SsoFixture::new().await;
    let mut browser = sso.browser();
    let relay_state = start_test_sign_in(&sso, &mut browser).await;
    let path = format!("/sign-in?request={relay_state}");
    let page = browser.get(&path).await;
    assert_eq!(page.error_code(), "no-pending-sign-in");
    assert!(sso.members().await.is_empty());
}

#[tokio::test]
async fn a_response_by_redirect_fails_the_test_whatever_it_says() {
    let sso = SsoFixture::new().await;
    let mut browser = sso.browser();
    let relay_state = start_test_sign_in(&sso, &mut browser).await;
    let response = sso
        .saml_response(&relay_state, ADA, IdpBehavior::Valid)
        .await;
    let query = encode_form(&[("SAMLResponse", &response), ("RelayState", &relay_state)]);
    let redirect = browser.get(&format!("{}?{query}", sso.acs_path())).await;
    let attempt = test_attempt(&sso, &redirect).await;
    assert_eq!(attempt.outcome, Some(AttemptOutcome::Rejected));
    assert_eq!(attempt.code.as_deref(), Some("response-by-redirect"));
    assert!(test_result(&sso, &redirect).await.is_none());
}
