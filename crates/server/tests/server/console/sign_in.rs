//! Signing in to the console with a link, and the end of sessions.

use axum::http::StatusCode;
use rstest::rstest;
use rstest_reuse::apply;
use service::{Actor, operator};
use test_support::{Engine, START, TestBrowser, TestServer, each_database};

use crate::objects::path_of;

const SIGN_IN: &str = "/console/sign-in";

#[apply(each_database)]
async fn the_link_for_the_first_operator_works_once(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let link = operator::create_first_link(&server.app).await.unwrap();
    let address = link.unwrap().address;
    let path = path_of(&address);
    let mut browser = server.browser();
    let page = browser.get(path).await;
    assert!(page.text.contains("Become the first operator"));
    // Opening the page again changes nothing.
    browser.get(path).await;
    let invalid = [("email", "nonsense")];
    let rejected = browser.submit(&page, path, &invalid).await;
    assert_eq!(rejected.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(rejected.text.contains("value=\"nonsense\""));

    let email = [("email", "op@example.com")];
    let signed_in = browser.submit(&page, path, &email).await;
    assert_eq!(signed_in.location(), "/console");
    let console = browser.get("/console").await;
    assert_eq!(console.location(), "/console/organizations");
    let second = server.browser().get(path).await;
    assert_eq!(second.status, StatusCode::GONE);
    let second_link = operator::create_first_link(&server.app).await.unwrap();
    assert!(second_link.is_none());
}

#[rstest]
#[case::empty("")]
#[case::malformed("ada@")]
#[tokio::test]
async fn single_sign_on_needs_a_valid_address(#[case] email: &str) {
    let server = TestServer::start(Engine::Sqlite).await;
    let mut browser = server.browser();
    let page = browser.get(SIGN_IN).await;
    let fields = [("email", email), ("sso", "1")];
    let rejected = browser.submit(&page, SIGN_IN, &fields).await;
    assert_eq!(rejected.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(rejected.text.contains("Enter a valid email address"));
}

#[tokio::test]
async fn without_email_the_sign_in_page_offers_no_emailed_code() {
    let mut server = TestServer::start(Engine::Sqlite).await;
    let lead = "sign in with an emailed code";
    assert!(server.browser().get(SIGN_IN).await.text.contains(lead));
    server.disable_mail();
    let page = server.browser().get(SIGN_IN).await;
    assert!(!page.text.contains(lead));
    assert!(page.text.contains("Email codes aren’t available here."));
}

#[rstest]
#[case::no_page("", "/console")]
#[case::console_page(
    "/console/organizations/acme/sso/setup",
    "/console/organizations/acme/sso/setup"
)]
#[case::other_host("https%3A%2F%2Fevil.example%2Fconsole", "/console")]
#[case::double_slash("/console//evil.example", "/console")]
#[tokio::test]
async fn a_sign_in_link_redirects_only_to_console_pages(#[case] next: &str, #[case] target: &str) {
    let server = TestServer::start(Engine::Sqlite).await;
    let invited = operator::invite(&server.app, &Actor::CommandLine, "op@example.com").await;
    let address = invited.unwrap().address;
    let path = path_of(&address);
    let mut browser = server.browser();
    let page = browser.get(&format!("{path}?next={next}")).await;
    let next_of_form = page.hidden_field("next").unwrap();
    let fields = [("next", next_of_form)];
    let signed_in = browser.submit(&page, path, &fields).await;
    assert_eq!(signed_in.location(), target);
}

#[apply(each_database)]
async fn a_user_ends_another_session(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut browser = server.operator_browser("op@example.com").await;
    let mut other_browser = server.operator_browser("op@example.com").await;
    let page = browser.get("/console/account").await;
    let (_, rest) = page.text.split_once("/console/account/sessions/").unwrap();
    let (session, _) = rest.split_once('/').unwrap();
    let end = format!("/console/account/sessions/{session}/end");
    let ended = browser.submit(&page, &end, &[]).await;
    assert_eq!(ended.location(), "/console/account?done=session-ended");
    assert!(is_signed_out(&mut other_browser).await);
    assert!(!is_signed_out(&mut browser).await);
}

#[apply(each_database)]
async fn a_user_signs_out(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut browser = server.operator_browser("op@example.com").await;
    let page = browser.get("/console/account").await;
    // The clone keeps the cookie in the original browser.
    let signed_out = browser
        .clone()
        .submit(&page, "/console/sign-out", &[])
        .await;
    assert_eq!(signed_out.location(), SIGN_IN);
    assert!(is_signed_out(&mut browser).await);
}

#[apply(each_database)]
async fn a_session_ends_after_eight_hours_of_inactivity(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut browser = server.operator_browser("op@example.com").await;
    server.clock.set(START + 8 * 3600);
    assert!(is_signed_out(&mut browser).await);
}

#[apply(each_database)]
async fn a_database_failure_is_not_reported_as_a_domain_without_sso(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut browser = server.browser();
    let page = browser.get(SIGN_IN).await;
    let fields = [("email", "ada@acme.example"), ("sso", "1")];
    let without_sso = browser.submit(&page, SIGN_IN, &fields).await;
    let error = "Single sign-on isn’t set up";
    assert!(without_sso.text.contains(error));
    server.app.store.close().await;
    let failed = browser.submit(&page, SIGN_IN, &fields).await;
    assert_eq!(failed.status, StatusCode::INTERNAL_SERVER_ERROR);
}

/// Whether the console redirects to the sign-in page.
async fn is_signed_out(browser: &mut TestBrowser) -> bool {
    let console = browser.get("/console").await;
    console.location().starts_with(SIGN_IN)
}
