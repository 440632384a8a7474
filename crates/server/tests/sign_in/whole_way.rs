//! From the application to the identity provider and back, with everything as it should be.

use axum::http::StatusCode;
use base64_simd::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use testkit::identity_provider::{IdpBehavior, SignatureScope};

use crate::browser::Browser;
use crate::harness::{at, *};
use crate::tokens::redeem;

fn claims(id_token: &Value) -> Value {
    let payload = id_token
        .as_str()
        .unwrap()
        .split('.')
        .nth(1)
        .unwrap()
        .as_bytes();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode_to_vec(payload).unwrap()).unwrap()
}

#[tokio::test]
async fn a_member_signs_in_and_the_application_hears_of_it() {
    let world = World::new().await;
    let mut browser = Browser::default();
    let handle = world.begin(&mut browser).await;
    let response = world.response(&handle, ADA, IdpBehavior::Valid).await;
    let answer = world.post_response(&mut browser, &response, &handle).await;
    assert!(
        answer
            .location()
            .starts_with("https://app.example.com/callback?code=vsc_"),
        "{}",
        answer.location()
    );
    assert_eq!(answer.parameter("state").as_deref(), Some("the state"));
    assert_eq!(answer.parameter("iss").as_deref(), Some(ORIGIN));

    let tokens = redeem(&world, &answer.parameter("code").unwrap()).await;
    assert_eq!(tokens.status, StatusCode::OK, "{}", tokens.text);
    assert_eq!(tokens.header("cache-control"), "no-store");
    let claims = claims(&tokens.json()["id_token"]);
    let member = world.members().await.remove(0);
    let expected = [
        ("iss", json!(ORIGIN)),
        ("sub", json!(member.id.as_str())),
        ("aud", json!(world.application.as_str())),
        ("nonce", json!("the nonce")),
        ("email", json!("ada@acme.example")),
        ("email_verified", json!(true)),
        ("given_name", json!("Ada")),
        ("family_name", json!("Lovelace")),
        ("name", json!("Ada Lovelace")),
        ("groups", json!(["analysts", "everybody"])),
        (
            "organization",
            json!({"id": world.organization.as_str(), "slug": "acme", "name": "acme"}),
        ),
        ("role", json!("member")),
        ("connection", json!(world.connection.as_str())),
    ];
    for (name, value) in expected {
        assert_eq!(claims[name], value, "{name} in {claims}");
    }

    let attempt = world.attempts().await.remove(0);
    assert_eq!((attempt.code, attempt.member), (None, Some(member.id)));
    let checks: Value = serde_json::from_str(&attempt.checks).unwrap();
    assert!(
        checks
            .as_array()
            .unwrap()
            .iter()
            .any(|check| check["name"] == "audience" && check["outcome"] == "passed")
    );
    for secret in ["ada@acme.example", ADA.name_id] {
        assert!(!attempt.checks.contains(secret), "{}", attempt.checks);
    }
}

#[tokio::test]
async fn the_second_sign_in_is_the_same_member() {
    let world = World::new().await;
    for _ in 0..2 {
        world.sign_in(&mut Browser::default(), ADA).await;
    }
    world.sign_in(&mut Browser::default(), GRACE).await;
    let members = world.members().await;
    let mut emails: Vec<_> = members
        .iter()
        .map(|member| member.profile.email.clone().unwrap())
        .collect();
    emails.sort();
    assert_eq!(emails, ["ada@acme.example", "grace@acme.example"]);
}

#[tokio::test]
async fn whatever_is_signed_is_enough() {
    let world = World::new().await;
    for signed in SignatureScope::ALL {
        let mut browser = Browser::default();
        let handle = world.begin(&mut browser).await;
        let to = world.addressee(Some(world.request_of(&handle).await));
        let id = format!("_{}", signed.as_str());
        let answer = testkit::identity_provider::ResponseBuilder {
            issuer: IDP,
            target: &to,
            key: idp_key(),
            signature_scope: *signed,
            now: MORNING,
            id: &id,
        };
        let response = base64_simd::STANDARD
            .encode_to_string(answer.build_success(ADA, IdpBehavior::Valid).unwrap());
        let answer = world.post_response(&mut browser, &response, &handle).await;
        assert!(answer.parameter("code").is_some(), "{signed:?}");
    }
}

#[tokio::test]
async fn a_request_is_posted_where_the_identity_provider_wants_it() {
    let world = World::with(|settings| {
        settings.sign_on_binding = store::Binding::Post;
        settings.sign_requests_since = Some(at(MORNING));
    })
    .await;
    let mut browser = Browser::default();
    let page = browser
        .get(
            &world,
            &world.authorize(&[("connection", world.connection.as_str())]),
        )
        .await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    assert!(
        page.text
            .contains("<form method=\"post\" action=\"https://idp.example/sso\" data-post>"),
        "{}",
        page.text
    );
    assert!(
        page.header("content-security-policy")
            .contains("form-action 'self' https:;")
    );
    let request = base64_simd::STANDARD
        .decode_to_vec(page.field("SAMLRequest").unwrap())
        .unwrap();
    let request = String::from_utf8(request).unwrap();
    assert!(
        request.contains("SignatureValue") && request.contains(ENTITY_ID),
        "{request}"
    );

    let handle = page.field("RelayState").unwrap().to_owned();
    let response = world.response(&handle, ADA, IdpBehavior::Valid).await;
    assert!(
        world
            .post_response(&mut browser, &response, &handle)
            .await
            .parameter("code")
            .is_some()
    );
}

#[tokio::test]
async fn an_application_can_have_its_answer_posted() {
    let world = World::new().await;
    let mut browser = Browser::default();
    let handle = world
        .begin_with(&mut browser, &[("response_mode", "form_post")])
        .await;
    let response = world.response(&handle, ADA, IdpBehavior::Valid).await;
    let page = world.post_response(&mut browser, &response, &handle).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    assert!(
        page.text.contains(&format!("action=\"{CALLBACK}\"")),
        "{}",
        page.text
    );
    assert_eq!(page.field("state"), Some("the state"));
    let tokens = redeem(&world, page.field("code").unwrap()).await;
    assert_eq!(tokens.status, StatusCode::OK, "{}", tokens.text);
}

#[tokio::test]
async fn an_address_leads_to_the_organization_of_its_domain() {
    let world = World::new().await;
    let mut browser = Browser::default();
    let ask = browser.get(&world, &world.authorize(&[])).await;
    assert!(
        ask.location().starts_with("/sign-in?request="),
        "{}",
        ask.location()
    );
    let page = browser.get(&world, ask.location()).await;
    assert_eq!(page.status, StatusCode::OK);
    let request = page.field("request").unwrap().to_owned();

    for (email, said) in [
        ("ada", "Enter a valid email address"),
        (
            "ada@nowhere.example",
            "Single sign-on isn’t set up for nowhere.example",
        ),
        (
            "ada@sub.acme.example",
            "Single sign-on isn’t set up for sub.acme.example",
        ),
    ] {
        let again = browser
            .post(
                &world,
                "/sign-in",
                &[("request", &request), ("email", email)],
            )
            .await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            again.text.contains(said) && again.text.contains(email),
            "{}",
            again.text
        );
    }
    let go = browser
        .post(
            &world,
            "/sign-in",
            &[("request", &request), ("email", " Ada@Acme.Example ")],
        )
        .await;
    assert!(
        go.location()
            .starts_with("https://idp.example/sso?SAMLRequest="),
        "{}",
        go.location()
    );
    let handle = go.parameter("RelayState").unwrap();
    let response = world.response(&handle, ADA, IdpBehavior::Valid).await;
    let answer = world.post_response(&mut browser, &response, &handle).await;
    assert_eq!(answer.parameter("state").as_deref(), Some("the state"));
}

#[tokio::test]
async fn the_page_of_one_browser_is_no_use_to_another() {
    let world = World::new().await;
    let mut browser = Browser::default();
    let ask = browser.get(&world, &world.authorize(&[])).await;
    let request = ask.parameter("request").unwrap();
    let foreign = Browser::default()
        .post(
            &world,
            "/sign-in",
            &[("request", &request), ("email", "ada@acme.example")],
        )
        .await;
    assert_eq!(foreign.refusal(), "browser-mismatch");
}

#[tokio::test]
async fn hints_lead_to_the_organization_too() {
    let world = World::new().await;
    for (hint, value) in [
        ("login_hint", "someone@acme.example"),
        ("domain_hint", "ACME.example"),
        ("organization", world.organization.as_str()),
    ] {
        let answer = Browser::default()
            .get(&world, &world.authorize(&[(hint, value)]))
            .await;
        assert!(
            answer.location().starts_with("https://idp.example/sso?"),
            "{hint}: {}",
            answer.location()
        );
    }
    let unknown = Browser::default()
        .get(
            &world,
            &world.authorize(&[("login_hint", "someone@other.example")]),
        )
        .await;
    assert!(
        unknown.location().starts_with("/sign-in?"),
        "{}",
        unknown.location()
    );
}
