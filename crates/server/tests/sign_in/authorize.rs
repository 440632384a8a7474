//! What an application may ask, and who hears that it may not.

use axum::http::StatusCode;
use test_support::{
    ADA, ORIGIN, REDIRECT_URI, START, SsoFixture, connection_settings, encode_form,
};
use testkit::identity_provider::IdpBehavior;

use crate::snapshot;

#[tokio::test]
async fn an_untrusted_address_gets_a_page_and_never_a_redirect() {
    let sso = SsoFixture::new().await;
    let before = snapshot::everything(&sso).await;
    let good = sso.authorize_path(&[]);
    let callback = encode_form(&[("redirect_uri", REDIRECT_URI)]);
    let rows = [
        (
            good.replace(
                &callback,
                &encode_form(&[("redirect_uri", "https://app.example.com/callbacl")]),
            ),
            "redirect-uri-not-registered",
        ),
        (
            good.replace(
                &callback,
                &encode_form(&[("redirect_uri", "https://app.example.com/callback/")]),
            ),
            "redirect-uri-not-registered",
        ),
        (
            good.replace(&callback, "redirect_uri=javascript:alert(1)"),
            "redirect-uri-not-registered",
        ),
        (good.replace(&callback, "x=1"), "parameter-missing"),
        (format!("{good}&{callback}"), "parameter-repeated"),
        (
            good.replace(sso.application.as_str(), "app_nobody"),
            "client-not-found",
        ),
        (
            good.replace(sso.application.as_str(), "nonsense"),
            "client-not-found",
        ),
        (format!("{good}&client_id=app_other"), "parameter-repeated"),
        (format!("{good}&x=%zz"), "malformed-request"),
        ("/authorize".to_owned(), "parameter-missing"),
    ];
    for (path, code) in rows {
        let page = sso.browser().get(&path).await;
        assert_eq!(
            (page.error_code(), page.status),
            (code, StatusCode::BAD_REQUEST),
            "{path}"
        );
        assert_eq!(page.header("location"), "");
    }
    assert_eq!(snapshot::everything(&sso).await, before);
}

#[tokio::test]
async fn a_known_application_hears_what_is_wrong_with_its_question() {
    let sso = SsoFixture::new().await;
    let before = snapshot::everything(&sso).await;
    let good = sso.authorize_path(&[]);
    for (path, error) in [
        (
            good.replace("response_type=code", "response_type=token"),
            "unsupported_response_type",
        ),
        (good.replace("scope=openid", "scope=other"), "invalid_scope"),
        (good.replace("S256", "plain"), "invalid_request"),
        (format!("{good}&prompt=none+login"), "invalid_request"),
        (format!("{good}&max_age=soon"), "invalid_request"),
        (format!("{good}&request=eyJ"), "request_not_supported"),
        (
            format!("{good}&request_uri=https://evil.example/"),
            "request_uri_not_supported",
        ),
        (format!("{good}&prompt=none"), "login_required"),
    ] {
        let answer = sso.browser().get(&path).await;
        assert!(answer.location().starts_with(REDIRECT_URI), "{path}");
        assert_eq!(
            answer.location_parameter("error").as_deref(),
            Some(error),
            "{path}"
        );
        assert_eq!(
            answer.location_parameter("state").as_deref(),
            Some("the state"),
            "{path}"
        );
        assert_eq!(
            answer.location_parameter("iss").as_deref(),
            Some(ORIGIN),
            "{path}"
        );
        assert_eq!(answer.location_parameter("code"), None);
    }
    assert_eq!(snapshot::everything(&sso).await, before);
}

#[tokio::test]
async fn a_question_can_be_posted() {
    let sso = SsoFixture::new().await;
    let path = sso.authorize_path(&[("organization", "acme")]);
    let (_, query) = path.split_once('?').unwrap();
    let answer = sso
        .browser()
        .post_text("/authorize", query.to_owned())
        .await;
    assert!(
        answer.location().starts_with("https://idp.example/sso?"),
        "{}",
        answer.location()
    );
}

#[tokio::test]
async fn what_the_question_names_has_to_be_there() {
    let sso = SsoFixture::new().await;
    let globex = sso.add_organization("globex", "enterprise").await;
    let other = sso.add_connection(&globex, connection_settings()).await;
    sso.add_organization("small", "starter").await;
    sso.add_organization("empty", "enterprise").await;
    for (fields, code) in [
        (vec![("organization", "nobody")], "organization-not-found"),
        (
            vec![("organization", "org_nobody")],
            "organization-not-found",
        ),
        (vec![("connection", "con_nobody")], "connection-not-found"),
        (vec![("connection", "nonsense")], "connection-not-found"),
        (
            vec![("organization", "acme"), ("connection", other.as_str())],
            "connection-not-found",
        ),
        (vec![("organization", "small")], "sso-not-in-plan"),
        (vec![("organization", "empty")], "no-connection"),
    ] {
        let page = sso.browser().get(&sso.authorize_path(&fields)).await;
        assert_eq!(page.error_code(), code, "{fields:?}");
    }
}

#[tokio::test]
async fn who_is_signed_in_is_not_asked_again() {
    let sso = SsoFixture::new().await;
    let mut browser = sso.browser();
    sso.sign_in(&mut browser, ADA).await;
    for fields in [
        vec![],
        vec![("prompt", "none")],
        vec![("organization", "acme")],
        vec![("connection", sso.connection.as_str()), ("prompt", "none")],
        vec![("max_age", "3600")],
    ] {
        let answer = browser.get(&sso.authorize_path(&fields)).await;
        assert!(
            answer.location().starts_with(REDIRECT_URI),
            "{fields:?}: {}",
            answer.location()
        );
        assert!(answer.location_parameter("code").is_some(), "{fields:?}");
    }
    let globex = sso.add_organization("globex", "enterprise").await;
    let other = sso.add_connection(&globex, connection_settings()).await;
    for fields in [
        vec![("organization", "globex")],
        vec![("connection", other.as_str())],
    ] {
        let answer = browser.get(&sso.authorize_path(&fields)).await;
        assert!(
            answer.location().starts_with("https://idp.example/sso?"),
            "{fields:?}"
        );
        let silent: Vec<_> = fields.iter().copied().chain([("prompt", "none")]).collect();
        let answer = browser.get(&sso.authorize_path(&silent)).await;
        assert_eq!(
            answer.location_parameter("error").as_deref(),
            Some("login_required"),
            "{fields:?}"
        );
    }
    sso.server.clock.set(START + 8 * 3600);
    let answer = browser
        .get(&sso.authorize_path(&[("prompt", "none")]))
        .await;
    assert_eq!(
        answer.location_parameter("error").as_deref(),
        Some("login_required")
    );
}

#[tokio::test]
async fn reauthentication_is_requested_and_checked() {
    let sso = SsoFixture::new().await;
    let mut browser = sso.browser();
    sso.sign_in(&mut browser, ADA).await;
    sso.server.clock.set(START + 600);
    for (name, value, refusal) in [
        ("prompt", "login", Some("reauthentication-required")),
        ("max_age", "0", Some("reauthentication-required")),
        ("max_age", "300", None),
        ("prompt", "select_account", None),
    ] {
        let relay_state = sso.start_sign_in_with(&mut browser, &[(name, value)]).await;
        // An identity provider that remembers the person says when they signed in: two minutes ago.
        sso.server.clock.set(START + 480);
        let remembered = sso
            .saml_response(&relay_state, ADA, IdpBehavior::Valid)
            .await;
        sso.server.clock.set(START + 600);
        let answer = sso
            .post_response(&mut browser, &remembered, &relay_state)
            .await;
        match refusal {
            Some(refusal) => assert_eq!(answer.error_code(), refusal, "{name}={value}"),
            None => assert!(
                answer.location_parameter("code").is_some(),
                "{name}={value}"
            ),
        }
    }
    let relay_state = sso
        .start_sign_in_with(&mut browser, &[("prompt", "login")])
        .await;
    let fresh = sso
        .saml_response(&relay_state, ADA, IdpBehavior::Valid)
        .await;
    assert!(
        sso.post_response(&mut browser, &fresh, &relay_state)
            .await
            .location_parameter("code")
            .is_some()
    );
}
