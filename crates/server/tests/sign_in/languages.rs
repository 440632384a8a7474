//! Members read the pages in their own language.

use axum::body::Body;
use axum::http::{Request, header};
use testkit::identity_provider::IdpBehavior;

use crate::browser::{Answer, Browser};
use crate::harness::*;

async fn read(world: &World, browser: &mut Browser, path: &str, accepted: &str) -> Answer {
    let request = Request::builder()
        .uri(path)
        .header(header::ACCEPT_LANGUAGE, accepted);
    browser.send(world, request, Body::empty()).await
}

#[tokio::test]
async fn the_sign_in_page_is_in_the_language_that_the_application_or_the_browser_asks_for() {
    let world = World::new().await;
    for (ui_locales, accepted, tag, title) in [
        ("", "en-GB", "en", "Sign in"),
        ("", "de-AT,en;q=0.5", "de", "Anmelden"),
        ("it fr-CA", "de", "fr", "Se connecter"),
        ("it", "nl", "nl", "Inloggen"),
    ] {
        let mut browser = Browser::default();
        let asked = world.authorize(&[("ui_locales", ui_locales)]);
        let sent_on = browser.get(&world, &asked).await;
        let page = read(&world, &mut browser, sent_on.location(), accepted).await;
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
    let world = World::new().await;
    let mut browser = Browser::default();
    let handle = world
        .begin_with(&mut browser, &[("ui_locales", "nl")])
        .await;
    let response = world
        .response(&handle, ADA, IdpBehavior::WrongAudience)
        .await;
    let page = world.post_response(&mut browser, &response, &handle).await;
    assert_eq!(page.refusal(), "audience-mismatch");
    let attempts = world.attempts().await;
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
    let world = World::with(|settings| settings.sign_on_binding = store::Binding::Post).await;
    let mut browser = Browser::default();
    let path = world.authorize(&[("organization", "acme")]);
    let page = read(&world, &mut browser, &path, "fr").await;
    assert!(
        page.text.contains("<html lang=\"fr\">")
            && page.text.contains("<button>Continuer</button>"),
        "{}",
        page.text
    );
}
