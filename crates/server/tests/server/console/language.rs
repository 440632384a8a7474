//! The language of the console.

use axum::http::{StatusCode, header};
use rstest::rstest;
use rstest_reuse::apply;
use test_support::{Engine, TestBrowser, TestResponse, TestServer, each_database};

use super::organization::create_acme_with_ada;

const LANGUAGE: &str = "/console/language";
const SIGN_IN: &str = "/console/sign-in";
const TEAM: &str = "/console/organizations/acme/team";
const SSO: &str = "/console/organizations/acme/sso";

#[apply(each_database)]
async fn the_language_follows_the_browser_until_the_user_chooses_one(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut browser = server.browser();
    let page = browser.get(SIGN_IN).await;
    assert!(page.text.contains("<html lang=\"en\">"));
    let dutch = [("language", "nl")];
    let chosen = browser.submit(&page, LANGUAGE, &dutch).await;
    assert_eq!(chosen.location(), "/console");
    let page = browser.get(SIGN_IN).await;
    assert!(page.text.contains("<html lang=\"nl\">"));
    assert!(page.text.contains("Inloggen"));
    assert_eq!(page.headers[header::REFERRER_POLICY], "same-origin");
}

#[rstest]
#[case::already_a_member(
    "ada@acme.example",
    StatusCode::CONFLICT,
    "Cette personne est déjà membre de l’organisation."
)]
#[case::not_an_email_address(
    "ada",
    StatusCode::UNPROCESSABLE_ENTITY,
    "Attendu : une adresse e-mail, par exemple ada@acme.example. Reçu : &#34;ada&#34;."
)]
#[tokio::test]
async fn the_team_page_shows_errors_in_french(
    #[case] email: &str,
    #[case] status: StatusCode,
    #[case] error: &str,
) {
    let server = TestServer::start(Engine::Sqlite).await;
    let mut ada = create_acme_with_ada(&server).await;
    let page = choose_french(&mut ada).await;
    let fields = [("email", email), ("role", "member")];
    let rejected = ada.submit(&page, TEAM, &fields).await;
    assert_error(&rejected, status, error);
}

#[apply(each_database)]
async fn the_saml_sso_page_shows_errors_in_french(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = create_acme_with_ada(&server).await;
    let page = choose_french(&mut ada).await;
    let invalid = [
        ("sign_on_url", "ftp://idp.example"),
        ("issuer", ""),
        ("certificate", "nonsense"),
    ];
    let rejected = ada.submit(&page, SSO, &invalid).await;
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    assert_error(&rejected, status, "(sans https:// ni http://).");
    assert_error(
        &rejected,
        status,
        ">Ce contenu n’est ni une URL, ni des métadonnées, ni un certificat.",
    );
}

#[apply(each_database)]
async fn publishing_without_a_connection_shows_the_error_in_french(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = create_acme_with_ada(&server).await;
    let page = choose_french(&mut ada).await;
    let publish = format!("{SSO}/publish");
    let rejected = ada.submit(&page, &publish, &[]).await;
    let error = "Cette organisation n’a pas encore de connexion SSO.";
    assert_error(&rejected, StatusCode::CONFLICT, error);
}

#[apply(each_database)]
async fn an_unknown_organization_is_reported_in_french(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = create_acme_with_ada(&server).await;
    choose_french(&mut ada).await;
    let unknown = ada.get("/console/organizations/umbrella/team").await;
    let error = "Introuvable, ou vous n’y avez pas accès.";
    assert_error(&unknown, StatusCode::NOT_FOUND, error);
}

/// Chooses French. Returns the page with the members.
async fn choose_french(browser: &mut TestBrowser) -> TestResponse {
    let page = browser.get(TEAM).await;
    let french = [("language", "fr")];
    browser.submit(&page, LANGUAGE, &french).await;
    page
}

/// Compares with ordinary spaces, because French has narrow ones before punctuation.
fn assert_error(page: &TestResponse, status: StatusCode, error: &str) {
    assert_eq!(page.status, status);
    let text = page.text.replace(['\u{a0}', '\u{202f}'], " ");
    assert!(text.contains(error), "{error:?} in {text}");
}
