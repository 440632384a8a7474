//! What an application may ask, and who hears that it may not.

use axum::http::StatusCode;
use testkit::identity_provider::IdpBehavior;

use crate::browser::{Browser, form};
use crate::harness::*;
use crate::snapshot;

#[tokio::test]
async fn an_untrusted_address_gets_a_page_and_never_a_redirect() {
    let world = World::new().await;
    let before = snapshot::everything(&world).await;
    let good = world.authorize(&[]);
    let callback = form(&[("redirect_uri", CALLBACK)]);
    let rows = [
        (
            good.replace(
                &callback,
                &form(&[("redirect_uri", "https://app.example.com/callbacl")]),
            ),
            "redirect-uri-not-registered",
        ),
        (
            good.replace(
                &callback,
                &form(&[("redirect_uri", "https://app.example.com/callback/")]),
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
            good.replace(world.application.as_str(), "app_nobody"),
            "client-not-found",
        ),
        (
            good.replace(world.application.as_str(), "nonsense"),
            "client-not-found",
        ),
        (format!("{good}&client_id=app_other"), "parameter-repeated"),
        (format!("{good}&x=%zz"), "malformed-request"),
        ("/authorize".to_owned(), "parameter-missing"),
    ];
    for (path, code) in rows {
        let page = Browser::default().get(&world, &path).await;
        assert_eq!(
            (page.refusal(), page.status),
            (code, StatusCode::BAD_REQUEST),
            "{path}"
        );
        assert_eq!(page.header("location"), "");
    }
    assert_eq!(snapshot::everything(&world).await, before);
}

#[tokio::test]
async fn a_known_application_hears_what_is_wrong_with_its_question() {
    let world = World::new().await;
    let before = snapshot::everything(&world).await;
    let good = world.authorize(&[]);
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
        let answer = Browser::default().get(&world, &path).await;
        assert!(answer.location().starts_with(CALLBACK), "{path}");
        assert_eq!(answer.parameter("error").as_deref(), Some(error), "{path}");
        assert_eq!(
            answer.parameter("state").as_deref(),
            Some("the state"),
            "{path}"
        );
        assert_eq!(answer.parameter("iss").as_deref(), Some(ORIGIN), "{path}");
        assert_eq!(answer.parameter("code"), None);
    }
    assert_eq!(snapshot::everything(&world).await, before);
}

#[tokio::test]
async fn a_question_can_be_posted() {
    let world = World::new().await;
    let path = world.authorize(&[("organization", "acme")]);
    let (_, query) = path.split_once('?').unwrap();
    let answer = Browser::default()
        .post_text(&world, "/authorize", query.to_owned())
        .await;
    assert!(
        answer.location().starts_with("https://idp.example/sso?"),
        "{}",
        answer.location()
    );
}

#[tokio::test]
async fn what_the_question_names_has_to_be_there() {
    let world = World::new().await;
    let globex = world.add_organization("globex", "enterprise").await;
    let other = world.add_connection(&globex, settings_of_practice()).await;
    world.add_organization("small", "starter").await;
    world.add_organization("empty", "enterprise").await;
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
        let page = Browser::default()
            .get(&world, &world.authorize(&fields))
            .await;
        assert_eq!(page.refusal(), code, "{fields:?}");
    }
}

#[tokio::test]
async fn who_is_signed_in_is_not_asked_again() {
    let world = World::new().await;
    let mut browser = Browser::default();
    world.sign_in(&mut browser, ADA).await;
    for fields in [
        vec![],
        vec![("prompt", "none")],
        vec![("organization", "acme")],
        vec![
            ("connection", world.connection.as_str()),
            ("prompt", "none"),
        ],
        vec![("max_age", "3600")],
    ] {
        let answer = browser.get(&world, &world.authorize(&fields)).await;
        assert!(
            answer.location().starts_with(CALLBACK),
            "{fields:?}: {}",
            answer.location()
        );
        assert!(answer.parameter("code").is_some(), "{fields:?}");
    }
    let globex = world.add_organization("globex", "enterprise").await;
    let other = world.add_connection(&globex, settings_of_practice()).await;
    for fields in [
        vec![("organization", "globex")],
        vec![("connection", other.as_str())],
    ] {
        let answer = browser.get(&world, &world.authorize(&fields)).await;
        assert!(
            answer.location().starts_with("https://idp.example/sso?"),
            "{fields:?}"
        );
        let silent: Vec<_> = fields.iter().copied().chain([("prompt", "none")]).collect();
        let answer = browser.get(&world, &world.authorize(&silent)).await;
        assert_eq!(
            answer.parameter("error").as_deref(),
            Some("login_required"),
            "{fields:?}"
        );
    }
    world.clock.set(MORNING + 8 * 3600);
    let answer = browser
        .get(&world, &world.authorize(&[("prompt", "none")]))
        .await;
    assert_eq!(answer.parameter("error").as_deref(), Some("login_required"));
}

#[tokio::test]
async fn reauthentication_is_requested_and_checked() {
    let world = World::new().await;
    let mut browser = Browser::default();
    world.sign_in(&mut browser, ADA).await;
    world.clock.set(MORNING + 600);
    for (name, value, refusal) in [
        ("prompt", "login", Some("reauthentication-required")),
        ("max_age", "0", Some("reauthentication-required")),
        ("max_age", "300", None),
        ("prompt", "select_account", None),
    ] {
        let handle = world.begin_with(&mut browser, &[(name, value)]).await;
        // An identity provider that remembers the person says when they signed in: two minutes ago.
        world.clock.set(MORNING + 480);
        let remembered = world.response(&handle, ADA, IdpBehavior::Valid).await;
        world.clock.set(MORNING + 600);
        let answer = world
            .post_response(&mut browser, &remembered, &handle)
            .await;
        match refusal {
            Some(refusal) => assert_eq!(answer.refusal(), refusal, "{name}={value}"),
            None => assert!(answer.parameter("code").is_some(), "{name}={value}"),
        }
    }
    let handle = world.begin_with(&mut browser, &[("prompt", "login")]).await;
    let fresh = world.response(&handle, ADA, IdpBehavior::Valid).await;
    assert!(
        world
            .post_response(&mut browser, &fresh, &handle)
            .await
            .parameter("code")
            .is_some()
    );
}
