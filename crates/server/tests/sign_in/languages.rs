//! Members read the pages in their own language.

use axum::http::{Request, header};
use test_support::{ADA, SsoFixture, TestBrowser, TestResponse};
use testkit::identity_provider::IdpBehavior;

async fn read(
    _sso: &SsoFixture,
    browser: &mut TestBrowser,
    path: &str,
    accepted: &str,
) -> TestResponse {
    let request = Request::get("/").header(header::ACCEPT_LANGUAGE, accepted);
    browser
        .send(path, request.body(String::new()).unwrap())
        .await
}

#[tokio::test]
async fn the_sign_in_page_is_in_the_language_that_the_application_or_the_browser_asks_for() {
    let sso = SsoFixture::new().await;
    for (ui_locales, accepted, tag, title) in [
        ("", "en-GB", "en", "Sign in"),
        ("", "de-AT,en;q=0.5", "de", "Anmelden"),
        ("it fr-CA", "de", "fr", "Se connecter"),
        ("it", "nl", "nl", "Inloggen"),
    ] {
        let mut browser = sso.browser();
        let asked = sso.authorize_path(&[("ui_locales", ui_locales)]);
        let sent_on = browser.get(&asked).await;
        let page = read(&sso, &mut browser, sent_on.location(), accepted).await;
        assert!(
            page.text.contains(&format!("<html lang=\"{tag}\">"))
                && page.text.contains(&format!("<h1>{title}</h1>")),
            "{ui_locales} {accepted}: {}",
            page.text
        );
    }
}

#[tokio::test]
async fn a_rejection_is_explained_in_the_language_of_the_application() {
    let sso = SsoFixture::new().await;
    let mut browser = sso.browser();
    let relay_state = sso
        .start_sign_in_with(&mut browser, &[("ui_locales", "nl")])
        .await;
    let response = sso
        .saml_response(&relay_state, ADA, IdpBehavior::WrongAudience)
        .await;
    let page = sso
        .post_response(&mut browser, &response, &relay_state)
        .await;
    assert_eq!(page.error_code(), "audience-mismatch");
    let attempts = sso.attempts().await;
    for said in [
        "<html lang=\"nl\">",
        "We konden het antwoord van je identiteitsprovider niet accepteren.",
        "Neem contact op met je beheerder",
        attempts[0].id.as_str(),
        "data-copy=\"attempt\"",
    ] {
        assert!(page.text.contains(said), "{said}: {}", page.text);
    }
    assert!(!page.text.contains(ADA.email), "{}", page.text);
}

#[tokio::test]
async fn a_page_that_posts_on_is_in_the_readers_language() {
    let sso = SsoFixture::with(|settings| settings.sign_on_binding = store::Binding::Post).await;
    let mut browser = sso.browser();
    let path = sso.authorize_path(&[("organization", "acme")]);
    let page = read(&sso, &mut browser, &path, "fr").await;
    assert!(
        page.text.contains("<html lang=\"fr\">")
            && page.text.contains("<button>Continuer</button>"),
        "{}",
        page.text
    );
}
