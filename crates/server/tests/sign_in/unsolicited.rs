//! Unsolicited responses.

use test_support::{ADA, REDIRECT_URI, SsoFixture, confidential_application};
use testkit::identity_provider::IdpBehavior;

use crate::snapshot;

#[tokio::test]
async fn they_are_refused_unless_the_connection_says_otherwise() {
    let sso = SsoFixture::new().await;
    let before = snapshot::without_attempts(&sso).await;
    let response = sso
        .server
        .build_response(&sso.response_target(None), ADA, IdpBehavior::Valid);
    for relay_state in [
        "",
        "https://evil.example/",
        "unknown",
        &"a".repeat(200),
        "\r\nSet-Cookie: a=b",
    ] {
        let page = sso
            .post_response(&mut sso.browser(), &response, relay_state)
            .await;
        assert_eq!(page.error_code(), "no-pending-sign-in", "{relay_state}");
    }
    assert_eq!(snapshot::without_attempts(&sso).await, before);
}

#[tokio::test]
async fn opening_the_sign_in_page_directly_does_not_blame_the_identity_provider() {
    let sso = SsoFixture::new().await;
    let page = sso.browser().get("/sign-in").await;
    assert_eq!(page.error_code(), "no-pending-sign-in");
    assert!(!page.text.contains("identity provider"), "{}", page.text);
}

#[tokio::test]
async fn a_restart_asks_the_identity_provider_and_ends_at_the_only_application() {
    let sso =
        SsoFixture::with(|settings| settings.idp_initiated = store::IdpInitiated::Restart).await;
    let mut browser = sso.browser();
    let response = sso
        .server
        .build_response(&sso.response_target(None), ADA, IdpBehavior::Valid);
    let restarted = sso
        .post_response(&mut browser, &response, "https://evil.example/")
        .await;
    assert!(
        restarted.location().starts_with("https://idp.example/sso?"),
        "{}",
        restarted.location()
    );
    assert!(sso.members().await.is_empty());

    let relay_state = restarted.location_parameter("RelayState").unwrap();
    let response = sso
        .saml_response(&relay_state, ADA, IdpBehavior::Valid)
        .await;
    let signed_in = sso
        .post_response(&mut browser, &response, &relay_state)
        .await;
    assert_eq!(signed_in.location(), "https://app.example.com");
    // The application now starts a sign-in, and the identity provider is not asked again.
    let code = browser.get(&sso.authorize_path(&[])).await;
    assert!(
        code.location().starts_with(REDIRECT_URI),
        "{}",
        code.location()
    );

    let mut second = confidential_application();
    second.redirect_uris = vec!["https://second.example.com/cb".to_owned()];
    sso.add_application(second).await;
    let mut browser = sso.browser();
    let response = sso
        .server
        .build_response(&sso.response_target(None), ADA, IdpBehavior::Valid);
    let restarted = sso.post_response(&mut browser, &response, "").await;
    let relay_state = restarted.location_parameter("RelayState").unwrap();
    let response = sso
        .saml_response(&relay_state, ADA, IdpBehavior::Valid)
        .await;
    let page = sso
        .post_response(&mut browser, &response, &relay_state)
        .await;
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
    let sso =
        SsoFixture::with(|settings| settings.idp_initiated = store::IdpInitiated::Restart).await;
    let mut browser = sso.browser();
    let relay_state = sso.start_sign_in(&mut browser).await;
    let response = sso
        .saml_response(&relay_state, ADA, IdpBehavior::Valid)
        .await;
    let page = sso.post_response(&mut browser, &response, "").await;
    assert_eq!(page.error_code(), "unexpected-in-response-to");
    let forged =
        sso.server
            .build_response(&sso.response_target(None), ADA, IdpBehavior::UntrustedKey);
    let page = sso.post_response(&mut browser, &forged, "").await;
    assert_eq!(page.error_code(), "signature-mismatch");
}

#[tokio::test]
async fn an_accepted_one_signs_in_once_and_never_answers_a_request() {
    let sso =
        SsoFixture::with(|settings| settings.idp_initiated = store::IdpInitiated::DangerAccept)
            .await;
    let response = sso
        .server
        .build_response(&sso.response_target(None), ADA, IdpBehavior::Valid);
    let signed_in = sso.post_response(&mut sso.browser(), &response, "").await;
    assert_eq!(signed_in.location(), "https://app.example.com");
    assert_eq!(
        sso.post_response(&mut sso.browser(), &response, "")
            .await
            .error_code(),
        "replayed"
    );

    // One that was made for a request cannot have its relay_state taken away.
    let mut browser = sso.browser();
    let relay_state = sso.start_sign_in(&mut browser).await;
    let asked = sso
        .saml_response(&relay_state, ADA, IdpBehavior::Valid)
        .await;
    assert_eq!(
        sso.post_response(&mut sso.browser(), &asked, "")
            .await
            .error_code(),
        "unexpected-in-response-to"
    );
    let wrong =
        sso.server
            .build_response(&sso.response_target(None), ADA, IdpBehavior::WrongAudience);
    assert_eq!(
        sso.post_response(&mut sso.browser(), &wrong, "")
            .await
            .error_code(),
        "audience-mismatch"
    );
}
