//! Test sign-ins: validated like a member's sign-in, with the settings of the draft, but without a session.

use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use federation::{TestSignIn, start_test};
use runtime::problem::ProblemCode;
use serde_json::json;
use service::connection::ConnectionRef;
use service::json::Patch;
use service::sign_in::test_result::{SentAttribute, TestOutcome, TestResult};
use service::{Actor, connection, sign_in_attempt};
use store::{
    AttemptKind, AttemptOutcome, Connection, ConnectionDraft, Member, Provisioning, RoleRule,
};
use test_support::{
    ADA, GRACE, IDP_ENTITY_ID, ORIGIN, SESSION_COOKIE, START, SsoFixture, TestBrowser,
    TestResponse, acs_path, at, connection_settings,
};
use testkit::identity_provider::{IdpBehavior, ResponseTarget, User};

const RESULT: &str = "/console/organizations/acme/tests/";

/// Begins a test in a browser, and gives the relay_state.
async fn begin(sso: &SsoFixture, browser: &mut TestBrowser) -> String {
    let test = TestSignIn {
        connection: ConnectionRef::ById(sso.connection.as_str()),
        tester: &Actor::CommandLine,
        return_to: RESULT,
    };
    let begun = start_test(&sso.server.app, &HeaderMap::new(), test)
        .await
        .unwrap();
    for cookie in begun.headers().get_all(header::SET_COOKIE) {
        browser.set_cookie(cookie.to_str().unwrap());
    }
    relay_state(&begun)
}

fn relay_state(begun: &Response) -> String {
    assert_eq!(begun.status(), StatusCode::SEE_OTHER);
    let location = begun.headers()[header::LOCATION].to_str().unwrap();
    let url = url::Url::parse(location).unwrap();
    let (_, relay_state) = url
        .query_pairs()
        .find(|(name, _)| name == "RelayState")
        .unwrap();
    relay_state.into_owned()
}

pub(crate) async fn come_back(
    sso: &SsoFixture,
    browser: &mut TestBrowser,
    person: &User,
    behavior: IdpBehavior,
) -> TestResponse {
    let relay_state = begin(sso, browser).await;
    let response = sso.saml_response(&relay_state, person, behavior).await;
    sso.post_response(browser, &response, &relay_state).await
}

/// The one attempt that was written, by the page to which the browser was sent.
async fn shown(sso: &SsoFixture, answer: &TestResponse) -> (store::Attempt, Option<TestResult>) {
    let id = answer.location().strip_prefix(RESULT).unwrap();
    let attempts = sso.attempts().await;
    let attempt = attempts
        .into_iter()
        .find(|one| one.id.as_str() == id)
        .unwrap();
    assert_eq!(attempt.kind, AttemptKind::Test);
    assert_eq!(attempt.tested_by.as_deref(), Some("cli"));
    let result = sign_in_attempt::test_result(&sso.server.app, "acme", id)
        .await
        .unwrap();
    (attempt, result)
}

async fn connection_of(sso: &SsoFixture) -> (Connection, Option<ConnectionDraft>) {
    let working = connection::load_working_copy(
        &sso.server.app,
        ConnectionRef::ById(sso.connection.as_str()),
    );
    let working = working.await.unwrap();
    (working.connection, working.draft)
}

async fn revise(sso: &SsoFixture, change: serde_json::Value) {
    let place = ConnectionRef::ById(sso.connection.as_str());
    let revised = connection::update_working_copy(
        &sso.server.app,
        &Actor::CommandLine,
        place,
        Patch::new(change),
    );
    assert!(revised.await.unwrap().is_draft);
}

#[tokio::test]
async fn an_accepted_test_shows_the_member_and_changes_nothing() {
    let sso = SsoFixture::with(|settings| {
        settings.role_rules = vec![RoleRule {
            group: "administrators".to_owned(),
            role: "admin".to_owned(),
        }];
    })
    .await;
    let mut browser = sso.browser();
    let answer = come_back(&sso, &mut browser, GRACE, IdpBehavior::Valid).await;
    assert!(browser.cookie(SESSION_COOKIE).is_none());
    let (attempt, result) = shown(&sso, &answer).await;
    assert_eq!(
        (attempt.outcome, attempt.member),
        (Some(AttemptOutcome::Accepted), None)
    );
    assert!(attempt.checks.contains("\"passed\"") && !attempt.checks.contains("grace@"));
    let result = result.unwrap();
    assert_eq!(result.outcome, TestOutcome::Provisioned);
    assert_eq!(result.role.as_deref(), Some("admin"));
    assert_eq!(result.user.email.as_deref(), Some("grace@acme.example"));
    assert_eq!(result.user.email_verified, Some(true));
    assert!(
        result
            .attributes
            .iter()
            .any(|one| one.values.contains(&"administrators".to_owned()))
    );
    let filled = |part: &str| {
        let filled = |one: &&SentAttribute| one.fields.iter().any(|one| one == part);
        result
            .attributes
            .iter()
            .find(filled)
            .map(|one| one.name.as_str())
    };
    assert_eq!(filled("email"), Some("email"));
    assert!(filled("groups").is_some());
    let sealed = attempt.test_result.unwrap();
    assert!(!sealed.as_str().contains("grace"));
    assert!(sso.members().await.is_empty());
    let (connection, _) = connection_of(&sso).await;
    assert_eq!(connection.lifecycle.tested_at, Some(at(START)));
    let setup = connection::setup_progress(
        &sso.server.app,
        ConnectionRef::ById(sso.connection.as_str()),
    );
    assert_eq!(setup.await.unwrap().tested_by.as_deref(), Some("cli"));

    // After a week, the result is no longer available.
    sso.server.clock.set(START + 7 * 24 * 3600);
    assert_eq!(shown(&sso, &answer).await.1, None);
}

#[tokio::test]
async fn a_member_is_recognised_and_stays_as_they_are() {
    let sso = SsoFixture::new().await;
    sso.sign_in(&mut sso.browser(), ADA).await;
    let before: Vec<Member> = sso.members().await;
    let changed = User {
        first_name: "Augusta",
        groups: &["new"],
        ..ADA.clone()
    };
    let answer = come_back(&sso, &mut sso.browser(), &changed, IdpBehavior::Valid).await;
    let (attempt, result) = shown(&sso, &answer).await;
    assert_eq!(attempt.member.as_ref(), Some(&before[0].id));
    let member = before[0].id.to_string();
    assert_eq!(result.unwrap().outcome, TestOutcome::Existing { member });
    assert_eq!(sso.members().await, before);
}

#[tokio::test]
async fn a_successful_test_explains_why_the_user_could_not_sign_in() {
    let sso =
        SsoFixture::with(|settings| settings.provisioning = Provisioning::InvitationOnly).await;
    let answer = come_back(&sso, &mut sso.browser(), ADA, IdpBehavior::Valid).await;
    let (attempt, result) = shown(&sso, &answer).await;
    assert_eq!(attempt.outcome, Some(AttemptOutcome::Accepted));
    let result = result.unwrap();
    assert!(matches!(result.outcome, TestOutcome::Rejected { code, .. } if code == "not-a-member"));
    assert_eq!(result.role, None);
    assert!(connection_of(&sso).await.0.lifecycle.tested_at.is_some());
}

#[tokio::test]
async fn a_refused_test_ends_on_the_page_that_tells_its_story() {
    let sso = SsoFixture::new().await;
    let answer = come_back(&sso, &mut sso.browser(), ADA, IdpBehavior::UntrustedKey).await;
    let (attempt, result) = shown(&sso, &answer).await;
    assert_eq!(attempt.outcome, Some(AttemptOutcome::Refused));
    assert!(attempt.code.is_some() && attempt.checks.contains("\"failed\""));
    assert_eq!(result, None);
    assert_eq!(connection_of(&sso).await.0.lifecycle.tested_at, None);
}

#[tokio::test]
async fn a_draft_is_tested_while_members_sign_in_with_other_settings() {
    let sso = SsoFixture::new().await;
    revise(&sso, json!({"issuer": "https://other.example/metadata"})).await;
    // The identity provider is still the old one, so the draft does not fit while the connection does.
    let answer = come_back(&sso, &mut sso.browser(), ADA, IdpBehavior::Valid).await;
    let (attempt, _) = shown(&sso, &answer).await;
    assert_eq!(attempt.code.as_deref(), Some("issuer-mismatch"));
    sso.sign_in(&mut sso.browser(), ADA).await;

    revise(
        &sso,
        json!({"issuer": IDP_ENTITY_ID, "clock_tolerance_seconds": 5}),
    )
    .await;
    let answer = come_back(&sso, &mut sso.browser(), ADA, IdpBehavior::Valid).await;
    assert_eq!(
        shown(&sso, &answer).await.0.outcome,
        Some(AttemptOutcome::Accepted)
    );
    let (connection, draft) = connection_of(&sso).await;
    assert_eq!(draft.unwrap().tested_at, Some(at(START)));
    assert_eq!(connection.lifecycle.tested_at, Some(at(START)));
    // What is changed after the test was not tested.
    revise(&sso, json!({"clock_tolerance_seconds": 6})).await;
    assert_eq!(connection_of(&sso).await.1.unwrap().tested_at, None);
}

#[tokio::test]
async fn a_connection_is_tested_before_it_is_active_and_while_it_is_disabled() {
    let sso = SsoFixture::new().await;
    let place = ConnectionRef::ById(sso.connection.as_str());
    connection::disable(&sso.server.app, &Actor::CommandLine, place)
        .await
        .unwrap();
    let answer = come_back(&sso, &mut sso.browser(), ADA, IdpBehavior::Valid).await;
    assert_eq!(
        shown(&sso, &answer).await.0.outcome,
        Some(AttemptOutcome::Accepted)
    );
    let mut browser = sso.browser();
    let address = sso.authorize_path(&[("connection", sso.connection.as_str())]);
    assert_eq!(
        browser.get(&address).await.error_code(),
        "connection-disabled"
    );
}

#[tokio::test]
async fn an_incomplete_connection_cannot_be_tested() {
    let sso = SsoFixture::new().await;
    let settings = service::json::from_value(json!({"name": "Begun"})).unwrap();
    let made = connection::create(&sso.server.app, &Actor::CommandLine, "acme", settings)
        .await
        .unwrap();
    let test = TestSignIn {
        connection: ConnectionRef::InOrganization("acme", &made.id),
        tester: &Actor::CommandLine,
        return_to: RESULT,
    };
    let refused = start_test(&sso.server.app, &HeaderMap::new(), test)
        .await
        .unwrap_err();
    assert_eq!(refused.code, ProblemCode::ConnectionIncomplete);
}

#[tokio::test]
async fn another_browser_finishes_no_test() {
    let sso = SsoFixture::new().await;
    let relay_state = begin(&sso, &mut sso.browser()).await;
    let response = sso
        .saml_response(&relay_state, ADA, IdpBehavior::Valid)
        .await;
    let mut other = sso.browser();
    let answer = sso.post_response(&mut other, &response, &relay_state).await;
    assert_eq!(
        shown(&sso, &answer).await.0.code.as_deref(),
        Some("browser-mismatch")
    );
    assert_eq!(connection_of(&sso).await.0.lifecycle.tested_at, None);
}

#[tokio::test]
async fn a_response_is_good_for_one_test_and_for_no_sign_in() {
    let sso = SsoFixture::new().await;
    let mut browser = sso.browser();
    let relay_state = begin(&sso, &mut browser).await;
    let response = sso
        .saml_response(&relay_state, ADA, IdpBehavior::Valid)
        .await;
    sso.post_response(&mut browser, &response, &relay_state)
        .await;
    let again = sso
        .post_response(&mut browser, &response, &relay_state)
        .await;
    assert_eq!(
        shown(&sso, &again).await.0.code.as_deref(),
        Some("replayed")
    );
    // Nor does it answer nothing: it says which request it is for.
    let alone = [("SAMLResponse", response.as_str())];
    let answer = browser.post(&sso.acs_path(), &alone).await;
    assert_eq!(answer.error_code(), "no-pending-sign-in");
    assert!(sso.members().await.is_empty() && browser.cookie(SESSION_COOKIE).is_none());
}

#[tokio::test]
async fn a_members_sign_in_is_no_test_and_a_test_no_sign_in() {
    let sso = SsoFixture::new().await;
    let mut browser = sso.browser();
    let relay_state = begin(&sso, &mut browser).await;
    // The ACS URL of another connection rejects the response, and the tester sees the reason.
    let second = sso
        .add_connection(&sso.organization, connection_settings())
        .await;
    let to = ResponseTarget {
        acs_url: format!("{ORIGIN}{}", acs_path(&second)),
        ..sso.response_target(Some(sso.server.authn_request_id(&relay_state).await))
    };
    let response = sso.server.build_response(&to, ADA, IdpBehavior::Valid);
    let fields = [
        ("SAMLResponse", response.as_str()),
        ("RelayState", relay_state.as_str()),
    ];
    let answer = browser.post(&acs_path(&second), &fields).await;
    let (attempt, _) = shown(&sso, &answer).await;
    assert_eq!(attempt.code.as_deref(), Some("connection-mismatch"));
    assert_eq!(attempt.connection, sso.connection);
    let answer = sso.browser().post(&acs_path(&second), &fields).await;
    assert_eq!(answer.error_code(), "connection-mismatch");
    // The page that asks for an address does not send it elsewhere.
    let page = browser
        .get(&format!("/sign-in?request={relay_state}"))
        .await;
    assert_eq!(page.error_code(), "no-pending-sign-in");
    assert!(sso.members().await.is_empty());
}
