//! The language of the pages that a member sees.

use axum::http::{Request, header};
use rstest::rstest;
use store::Binding;
use test_support::{ADA, SsoFixture, TestBrowser, TestResponse};
use testkit::identity_provider::IdpBehavior;

/// Opens a page in a browser that prefers these languages.
async fn get_in_language(
    browser: &mut TestBrowser,
    path: &str,
    accept_language: &str,
) -> TestResponse {
    let request = Request::get("/").header(header::ACCEPT_LANGUAGE, accept_language);
    browser
        .send(path, request.body(String::new()).unwrap())
        .await
}

#[rstest]
#[case::english_browser("", "en-GB", "en", "Sign in")]
#[case::german_browser("", "de-AT,en;q=0.5", "de", "Anmelden")]
#[case::french_application("it fr-CA", "de", "fr", "Se connecter")]
#[case::unsupported_language_of_the_application("it", "nl", "nl", "Inloggen")]
#[tokio::test]
async fn the_sign_in_page_has_the_language_of_the_application_or_of_the_browser(
    #[case] ui_locales: &str,
    #[case] accept_language: &str,
    #[case] language: &str,
    #[case] heading: &str,
) {
    let sso = SsoFixture::new().await;
    let mut browser = sso.browser();
    let path = sso.authorize_path(&[("ui_locales", ui_locales)]);
    let redirect = browser.get(&path).await;
    let page = get_in_language(&mut browser, redirect.location(), accept_language).await;
    let html = format!("<html lang=\"{language}\">");
    assert!(page.text.contains(&html), "{}", page.text);
    let heading = format!("<h1>{heading}</h1>");
    assert!(page.text.contains(&heading), "{}", page.text);
}

#[tokio::test]
async fn an_error_page_has_the_language_of_the_application() {
    let sso = SsoFixture::new().await;
    let mut browser = sso.browser();
    let relay_state = sso
        .start_sign_in_with(&mut browser, &[("ui_locales", "nl")])
        .await;
    let page = sso
        .complete_sign_in(&mut browser, &relay_state, ADA, IdpBehavior::WrongAudience)
        .await;
    assert_eq!(page.error_code(), "audience-mismatch");
    assert!(page.text.contains("<html lang=\"nl\">"), "{}", page.text);
    let attempt = sso.attempts().await.remove(0);
    assert!(page.text.contains(attempt.id.as_str()), "{}", page.text);
    insta::assert_snapshot!(page.main_html());
    assert!(!page.text.contains(ADA.email), "{}", page.text);
}

#[tokio::test]
async fn a_page_that_posts_a_request_has_the_language_of_the_browser() {
    let sso = SsoFixture::with(|settings| settings.sign_on_binding = Binding::Post).await;
    let path = sso.authorize_path(&[("organization", "acme")]);
    let page = get_in_language(&mut sso.browser(), &path, "fr").await;
    assert!(page.text.contains("<html lang=\"fr\">"), "{}", page.text);
    let button = "<button>Continuer</button>";
    assert!(page.text.contains(button), "{}", page.text);
}
