//! Unsolicited responses.

use testkit::identity_provider::IdpBehavior;

use crate::browser::Browser;
use crate::harness::*;
use crate::snapshot;

#[tokio::test]
async fn they_are_refused_unless_the_connection_says_otherwise() {
    let world = World::new().await;
    let before = snapshot::without_attempts(&world).await;
    let response = world.answer(&world.addressee(None), ADA, IdpBehavior::Valid);
    for relay_state in [
        "",
        "https://evil.example/",
        "unknown",
        &"a".repeat(200),
        "\r\nSet-Cookie: a=b",
    ] {
        let page = world
            .post_response(&mut Browser::default(), &response, relay_state)
            .await;
        assert_eq!(page.refusal(), "no-pending-sign-in", "{relay_state}");
    }
    assert_eq!(snapshot::without_attempts(&world).await, before);
}

#[tokio::test]
async fn opening_the_sign_in_page_directly_does_not_blame_the_identity_provider() {
    let world = World::new().await;
    let page = Browser::default().get(&world, "/sign-in").await;
    assert_eq!(page.refusal(), "no-pending-sign-in");
    assert!(!page.text.contains("identity provider"), "{}", page.text);
}

#[tokio::test]
async fn a_restart_asks_the_identity_provider_and_ends_at_the_only_application() {
    let world = World::with(|settings| settings.idp_initiated = store::IdpInitiated::Restart).await;
    let mut browser = Browser::default();
    let response = world.answer(&world.addressee(None), ADA, IdpBehavior::Valid);
    let restarted = world
        .post_response(&mut browser, &response, "https://evil.example/")
        .await;
    assert!(
        restarted.location().starts_with("https://idp.example/sso?"),
        "{}",
        restarted.location()
    );
    assert!(world.members().await.is_empty());

    let handle = restarted.parameter("RelayState").unwrap();
    let response = world.response(&handle, ADA, IdpBehavior::Valid).await;
    let signed_in = world.post_response(&mut browser, &response, &handle).await;
    assert_eq!(signed_in.location(), "https://app.example.com");
    // The application now starts a sign-in, and the identity provider is not asked again.
    let code = browser.get(&world, &world.authorize(&[])).await;
    assert!(code.location().starts_with(CALLBACK), "{}", code.location());

    let mut second = confidential();
    second.redirect_uris = vec!["https://second.example.com/cb".to_owned()];
    world.add_application(second).await;
    let mut browser = Browser::default();
    let response = world.answer(&world.addressee(None), ADA, IdpBehavior::Valid);
    let restarted = world.post_response(&mut browser, &response, "").await;
    let handle = restarted.parameter("RelayState").unwrap();
    let response = world.response(&handle, ADA, IdpBehavior::Valid).await;
    let page = world.post_response(&mut browser, &response, &handle).await;
    for address in ["https://app.example.com", "https://second.example.com"] {
        assert!(
            page.text.contains(&format!("href=\"{address}\"")),
            "{}",
            page.text
        );
    }
}

#[tokio::test]
async fn an_identity_provider_that_loses_the_handle_does_not_go_round_in_a_circle() {
    let world = World::with(|settings| settings.idp_initiated = store::IdpInitiated::Restart).await;
    let mut browser = Browser::default();
    let handle = world.begin(&mut browser).await;
    let response = world.response(&handle, ADA, IdpBehavior::Valid).await;
    let page = world.post_response(&mut browser, &response, "").await;
    assert_eq!(page.refusal(), "unexpected-in-response-to");
    let forged = world.answer(&world.addressee(None), ADA, IdpBehavior::UntrustedKey);
    let page = world.post_response(&mut browser, &forged, "").await;
    assert_eq!(page.refusal(), "signature-mismatch");
}

#[tokio::test]
async fn an_accepted_one_signs_in_once_and_never_answers_a_request() {
    let world =
        World::with(|settings| settings.idp_initiated = store::IdpInitiated::DangerAccept).await;
    let response = world.answer(&world.addressee(None), ADA, IdpBehavior::Valid);
    let signed_in = world
        .post_response(&mut Browser::default(), &response, "")
        .await;
    assert_eq!(signed_in.location(), "https://app.example.com");
    assert_eq!(
        world
            .post_response(&mut Browser::default(), &response, "")
            .await
            .refusal(),
        "replayed"
    );

    // One that was made for a request cannot have its handle taken away.
    let mut browser = Browser::default();
    let handle = world.begin(&mut browser).await;
    let asked = world.response(&handle, ADA, IdpBehavior::Valid).await;
    assert_eq!(
        world
            .post_response(&mut Browser::default(), &asked, "")
            .await
            .refusal(),
        "unexpected-in-response-to"
    );
    let wrong = world.answer(&world.addressee(None), ADA, IdpBehavior::WrongAudience);
    assert_eq!(
        world
            .post_response(&mut Browser::default(), &wrong, "")
            .await
            .refusal(),
        "audience-mismatch"
    );
}
