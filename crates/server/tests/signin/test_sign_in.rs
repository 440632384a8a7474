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
use testkit::identity_provider::{IdpBehavior, ResponseTarget, User};

use crate::browser::{Answer, Browser};
use crate::harness::{at, *};

const RESULT: &str = "/console/organizations/acme/tests/";

/// Begins a test in a browser, and gives the handle.
async fn begin(world: &World, browser: &mut Browser) -> String {
    let test = TestSignIn {
        connection: ConnectionRef::ById(world.connection.as_str()),
        tester: &Actor::CommandLine,
        return_to: RESULT,
    };
    let begun = start_test(&world.app, &HeaderMap::new(), test)
        .await
        .unwrap();
    browser.take_cookies(begun.headers());
    handle(&begun)
}

fn handle(begun: &Response) -> String {
    assert_eq!(begun.status(), StatusCode::SEE_OTHER);
    let location = begun.headers()[header::LOCATION].to_str().unwrap();
    let url = url::Url::parse(location).unwrap();
    let (_, handle) = url
        .query_pairs()
        .find(|(name, _)| name == "RelayState")
        .unwrap();
    handle.into_owned()
}

pub(crate) async fn come_back(
    world: &World,
    browser: &mut Browser,
    person: &User,
    behavior: IdpBehavior,
) -> Answer {
    let handle = begin(world, browser).await;
    let response = world.response(&handle, person, behavior).await;
    world.post_response(browser, &response, &handle).await
}

/// The one attempt that was written, by the page to which the browser was sent.
async fn shown(world: &World, answer: &Answer) -> (store::Attempt, Option<TestResult>) {
    let id = answer.location().strip_prefix(RESULT).unwrap();
    let attempts = world.attempts().await;
    let attempt = attempts
        .into_iter()
        .find(|one| one.id.as_str() == id)
        .unwrap();
    assert_eq!(attempt.kind, AttemptKind::Test);
    assert_eq!(attempt.tested_by.as_deref(), Some("cli"));
    let result = sign_in_attempt::test_result(&world.app, "acme", id)
        .await
        .unwrap();
    (attempt, result)
}

async fn connection_of(world: &World) -> (Connection, Option<ConnectionDraft>) {
    let working =
        connection::load_working_copy(&world.app, ConnectionRef::ById(world.connection.as_str()));
    let working = working.await.unwrap();
    (working.connection, working.draft)
}

async fn revise(world: &World, change: serde_json::Value) {
    let place = ConnectionRef::ById(world.connection.as_str());
    let revised =
        connection::update_working_copy(&world.app, &Actor::CommandLine, place, Patch::new(change));
    assert!(revised.await.unwrap().is_draft);
}

#[tokio::test]
async fn an_accepted_test_shows_the_member_and_changes_nothing() {
    let world = World::with(|settings| {
        settings.role_rules = vec![RoleRule {
            group: "administrators".to_owned(),
            role: "admin".to_owned(),
        }];
    })
    .await;
    let mut browser = Browser::default();
    let answer = come_back(&world, &mut browser, GRACE, IdpBehavior::Valid).await;
    assert!(!browser.has_session());
    let (attempt, result) = shown(&world, &answer).await;
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
    assert!(world.members().await.is_empty());
    let (connection, _) = connection_of(&world).await;
    assert_eq!(connection.lifecycle.tested_at, Some(at(MORNING)));
    let setup =
        connection::setup_progress(&world.app, ConnectionRef::ById(world.connection.as_str()));
    assert_eq!(setup.await.unwrap().tested_by.as_deref(), Some("cli"));

    // After a week, the result is no longer available.
    world.clock.set(MORNING + 7 * 24 * 3600);
    assert_eq!(shown(&world, &answer).await.1, None);
}

#[tokio::test]
async fn a_member_is_recognised_and_stays_as_they_are() {
    let world = World::new().await;
    world.sign_in(&mut Browser::default(), ADA).await;
    let before: Vec<Member> = world.members().await;
    let changed = User {
        first_name: "Augusta",
        groups: &["new"],
        ..ADA.clone()
    };
    let answer = come_back(
        &world,
        &mut Browser::default(),
        &changed,
        IdpBehavior::Valid,
    )
    .await;
    let (attempt, result) = shown(&world, &answer).await;
    assert_eq!(attempt.member.as_ref(), Some(&before[0].id));
    let member = before[0].id.to_string();
    assert_eq!(result.unwrap().outcome, TestOutcome::Existing { member });
    assert_eq!(world.members().await, before);
}

#[tokio::test]
async fn a_successful_test_explains_why_the_user_could_not_sign_in() {
    let world = World::with(|settings| settings.provisioning = Provisioning::InvitationOnly).await;
    let answer = come_back(&world, &mut Browser::default(), ADA, IdpBehavior::Valid).await;
    let (attempt, result) = shown(&world, &answer).await;
    assert_eq!(attempt.outcome, Some(AttemptOutcome::Accepted));
    let result = result.unwrap();
    assert!(matches!(result.outcome, TestOutcome::Rejected { code, .. } if code == "not-a-member"));
    assert_eq!(result.role, None);
    assert!(connection_of(&world).await.0.lifecycle.tested_at.is_some());
}

#[tokio::test]
async fn a_refused_test_ends_on_the_page_that_tells_its_story() {
    let world = World::new().await;
    let answer = come_back(
        &world,
        &mut Browser::default(),
        ADA,
        IdpBehavior::UntrustedKey,
    )
    .await;
    let (attempt, result) = shown(&world, &answer).await;
    assert_eq!(attempt.outcome, Some(AttemptOutcome::Refused));
    assert!(attempt.code.is_some() && attempt.checks.contains("\"failed\""));
    assert_eq!(result, None);
    assert_eq!(connection_of(&world).await.0.lifecycle.tested_at, None);
}

#[tokio::test]
async fn a_draft_is_tested_while_members_sign_in_with_other_settings() {
    let world = World::new().await;
    revise(&world, json!({"issuer": "https://other.example/metadata"})).await;
    // The identity provider is still the old one, so the draft does not fit while the connection does.
    let answer = come_back(&world, &mut Browser::default(), ADA, IdpBehavior::Valid).await;
    let (attempt, _) = shown(&world, &answer).await;
    assert_eq!(attempt.code.as_deref(), Some("issuer-mismatch"));
    world.sign_in(&mut Browser::default(), ADA).await;

    revise(&world, json!({"issuer": IDP, "clock_tolerance_seconds": 5})).await;
    let answer = come_back(&world, &mut Browser::default(), ADA, IdpBehavior::Valid).await;
    assert_eq!(
        shown(&world, &answer).await.0.outcome,
        Some(AttemptOutcome::Accepted)
    );
    let (connection, draft) = connection_of(&world).await;
    assert_eq!(draft.unwrap().tested_at, Some(at(MORNING)));
    assert_eq!(connection.lifecycle.tested_at, Some(at(MORNING)));
    // What is changed after the test was not tested.
    revise(&world, json!({"clock_tolerance_seconds": 6})).await;
    assert_eq!(connection_of(&world).await.1.unwrap().tested_at, None);
}

#[tokio::test]
async fn a_connection_is_tested_before_it_is_active_and_while_it_is_disabled() {
    let world = World::new().await;
    let place = ConnectionRef::ById(world.connection.as_str());
    connection::disable(&world.app, &Actor::CommandLine, place)
        .await
        .unwrap();
    let answer = come_back(&world, &mut Browser::default(), ADA, IdpBehavior::Valid).await;
    assert_eq!(
        shown(&world, &answer).await.0.outcome,
        Some(AttemptOutcome::Accepted)
    );
    let mut browser = Browser::default();
    let address = world.authorize(&[("connection", world.connection.as_str())]);
    assert_eq!(
        browser.get(&world, &address).await.refusal(),
        "connection-disabled"
    );
}

#[tokio::test]
async fn an_incomplete_connection_cannot_be_tested() {
    let world = World::new().await;
    let settings = service::json::from_value(json!({"name": "Begun"})).unwrap();
    let made = connection::create(&world.app, &Actor::CommandLine, "acme", settings)
        .await
        .unwrap();
    let test = TestSignIn {
        connection: ConnectionRef::InOrganization("acme", &made.id),
        tester: &Actor::CommandLine,
        return_to: RESULT,
    };
    let refused = start_test(&world.app, &HeaderMap::new(), test)
        .await
        .unwrap_err();
    assert_eq!(refused.code, ProblemCode::ConnectionIncomplete);
}

#[tokio::test]
async fn another_browser_finishes_no_test() {
    let world = World::new().await;
    let handle = begin(&world, &mut Browser::default()).await;
    let response = world.response(&handle, ADA, IdpBehavior::Valid).await;
    let mut other = Browser::default();
    let answer = world.post_response(&mut other, &response, &handle).await;
    assert_eq!(
        shown(&world, &answer).await.0.code.as_deref(),
        Some("browser-mismatch")
    );
    assert_eq!(connection_of(&world).await.0.lifecycle.tested_at, None);
}

#[tokio::test]
async fn a_response_is_good_for_one_test_and_for_no_sign_in() {
    let world = World::new().await;
    let mut browser = Browser::default();
    let handle = begin(&world, &mut browser).await;
    let response = world.response(&handle, ADA, IdpBehavior::Valid).await;
    world.post_response(&mut browser, &response, &handle).await;
    let again = world.post_response(&mut browser, &response, &handle).await;
    assert_eq!(
        shown(&world, &again).await.0.code.as_deref(),
        Some("replayed")
    );
    // Nor does it answer nothing: it says which request it is for.
    let alone = [("SAMLResponse", response.as_str())];
    let answer = browser.post(&world, &world.acs(), &alone).await;
    assert_eq!(answer.refusal(), "no-pending-sign-in");
    assert!(world.members().await.is_empty() && !browser.has_session());
}

#[tokio::test]
async fn a_members_sign_in_is_no_test_and_a_test_no_sign_in() {
    let world = World::new().await;
    let mut browser = Browser::default();
    let handle = begin(&world, &mut browser).await;
    // The ACS URL of another connection rejects the response, and the tester sees the reason.
    let second = world
        .add_connection(&world.organization, settings_of_practice())
        .await;
    let to = ResponseTarget {
        acs_url: format!("{ORIGIN}{}", acs_of(&second)),
        ..world.addressee(Some(world.request_of(&handle).await))
    };
    let response = world.answer(&to, ADA, IdpBehavior::Valid);
    let fields = [
        ("SAMLResponse", response.as_str()),
        ("RelayState", handle.as_str()),
    ];
    let answer = browser.post(&world, &acs_of(&second), &fields).await;
    let (attempt, _) = shown(&world, &answer).await;
    assert_eq!(attempt.code.as_deref(), Some("connection-mismatch"));
    assert_eq!(attempt.connection, world.connection);
    let answer = Browser::default()
        .post(&world, &acs_of(&second), &fields)
        .await;
    assert_eq!(answer.refusal(), "connection-mismatch");
    // The page that asks for an address does not send it elsewhere.
    let page = browser
        .get(&world, &format!("/sign-in?request={handle}"))
        .await;
    assert_eq!(page.refusal(), "no-pending-sign-in");
    assert!(world.members().await.is_empty());
}
