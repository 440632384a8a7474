//! From the application to the identity provider and back, with everything as it should be.

use axum::http::StatusCode;
use base64_simd::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use test_support::{
    ADA, GRACE, IDP_ENTITY_ID, ORIGIN, REDIRECT_URI, SP_ENTITY_ID, START, SsoFixture, at, idp_key,
};
use testkit::identity_provider::{IdpBehavior, SignatureScope};

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
    let sso = SsoFixture::new().await;
    let mut browser = sso.browser();
    let relay_state = sso.start_sign_in(&mut browser).await;
    let response = sso
        .saml_response(&relay_state, ADA, IdpBehavior::Valid)
        .await;
    let answer = sso
        .post_response(&mut browser, &response, &relay_state)
        .await;
    assert!(
        answer
            .location()
            .starts_with("https://app.example.com/callback?code=vsc_"),
        "{}",
        answer.location()
    );
    assert_eq!(
        answer.location_parameter("state").as_deref(),
        Some("the state")
    );
    assert_eq!(answer.location_parameter("iss").as_deref(), Some(ORIGIN));

    let tokens = redeem(&sso, &answer.location_parameter("code").unwrap()).await;
    assert_eq!(tokens.status, StatusCode::OK, "{}", tokens.text);
    assert_eq!(tokens.header("cache-control"), "no-store");
    let claims = claims(&tokens.json()["id_token"]);
    let member = sso.members().await.remove(0);
    let expected = [
        ("iss", json!(ORIGIN)),
        ("sub", json!(member.id.as_str())),
        ("aud", json!(sso.application.as_str())),
        ("nonce", json!("the nonce")),
        ("email", json!("ada@acme.example")),
        ("email_verified", json!(true)),
        ("given_name", json!("Ada")),
        ("family_name", json!("Lovelace")),
        ("name", json!("Ada Lovelace")),
        ("groups", json!(["analysts", "everybody"])),
        (
            "organization",
            json!({"id": sso.organization.as_str(), "slug": "acme", "name": "acme"}),
        ),
        ("role", json!("member")),
        ("connection", json!(sso.connection.as_str())),
    ];
    for (name, value) in expected {
        assert_eq!(claims[name], value, "{name} in {claims}");
    }

    let attempt = sso.attempts().await.remove(0);
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
    let sso = SsoFixture::new().await;
    for _ in 0..2 {
        sso.sign_in(&mut sso.browser(), ADA).await;
    }
    sso.sign_in(&mut sso.browser(), GRACE).await;
    let members = sso.members().await;
    let mut emails: Vec<_> = members
        .iter()
        .map(|member| member.profile.email.clone().unwrap())
        .collect();
    emails.sort();
    assert_eq!(emails, ["ada@acme.example", "grace@acme.example"]);
}

#[tokio::test]
async fn whatever_is_signed_is_enough() {
    let sso = SsoFixture::new().await;
    for signed in SignatureScope::ALL {
        let mut browser = sso.browser();
        let relay_state = sso.start_sign_in(&mut browser).await;
        let to = sso.response_target(Some(sso.server.authn_request_id(&relay_state).await));
        let id = format!("_{}", signed.as_str());
        let answer = testkit::identity_provider::ResponseBuilder {
            issuer: IDP_ENTITY_ID,
            target: &to,
            key: idp_key(),
            signature_scope: *signed,
            now: START,
            id: &id,
        };
        let response = base64_simd::STANDARD
            .encode_to_string(answer.build_success(ADA, IdpBehavior::Valid).unwrap());
        let answer = sso
            .post_response(&mut browser, &response, &relay_state)
            .await;
        assert!(answer.location_parameter("code").is_some(), "{signed:?}");
    }
}

#[tokio::test]
async fn a_request_is_posted_where_the_identity_provider_wants_it() {
    let sso = SsoFixture::with(|settings| {
        settings.sign_on_binding = store::Binding::Post;
        settings.sign_requests_since = Some(at(START));
    })
    .await;
    let mut browser = sso.browser();
    let page = browser
        .get(&sso.authorize_path(&[("connection", sso.connection.as_str())]))
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
        .decode_to_vec(page.hidden_field("SAMLRequest").unwrap())
        .unwrap();
    let request = String::from_utf8(request).unwrap();
    assert!(
        request.contains("SignatureValue") && request.contains(SP_ENTITY_ID),
        "{request}"
    );

    let relay_state = page.hidden_field("RelayState").unwrap().to_owned();
    let response = sso
        .saml_response(&relay_state, ADA, IdpBehavior::Valid)
        .await;
    assert!(
        sso.post_response(&mut browser, &response, &relay_state)
            .await
            .location_parameter("code")
            .is_some()
    );
}

#[tokio::test]
async fn an_application_can_have_its_answer_posted() {
    let sso = SsoFixture::new().await;
    let mut browser = sso.browser();
    let relay_state = sso
        .start_sign_in_with(&mut browser, &[("response_mode", "form_post")])
        .await;
    let response = sso
        .saml_response(&relay_state, ADA, IdpBehavior::Valid)
        .await;
    let page = sso
        .post_response(&mut browser, &response, &relay_state)
        .await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    assert!(
        page.text.contains(&format!("action=\"{REDIRECT_URI}\"")),
        "{}",
        page.text
    );
    assert_eq!(page.hidden_field("state"), Some("the state"));
    let tokens = redeem(&sso, page.hidden_field("code").unwrap()).await;
    assert_eq!(tokens.status, StatusCode::OK, "{}", tokens.text);
}

#[tokio::test]
async fn an_address_leads_to_the_organization_of_its_domain() {
    let sso = SsoFixture::new().await;
    let mut browser = sso.browser();
    let ask = browser.get(&sso.authorize_path(&[])).await;
    assert!(
        ask.location().starts_with("/sign-in?request="),
        "{}",
        ask.location()
    );
    let page = browser.get(ask.location()).await;
    assert_eq!(page.status, StatusCode::OK);
    let request = page.hidden_field("request").unwrap().to_owned();

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
            .post("/sign-in", &[("request", &request), ("email", email)])
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
    let relay_state = go.location_parameter("RelayState").unwrap();
    let response = sso
        .saml_response(&relay_state, ADA, IdpBehavior::Valid)
        .await;
    let answer = sso
        .post_response(&mut browser, &response, &relay_state)
        .await;
    assert_eq!(
        answer.location_parameter("state").as_deref(),
        Some("the state")
    );
}

#[tokio::test]
async fn the_page_of_one_browser_is_no_use_to_another() {
    let sso = SsoFixture::new().await;
    let mut browser = sso.browser();
    let ask = browser.get(&sso.authorize_path(&[])).await;
    let request = ask.location_parameter("request").unwrap();
    let foreign = sso
        .browser()
        .post(
            "/sign-in",
            &[("request", &request), ("email", "ada@acme.example")],
        )
        .await;
    assert_eq!(foreign.error_code(), "browser-mismatch");
}

#[tokio::test]
async fn hints_lead_to_the_organization_too() {
    let sso = SsoFixture::new().await;
    for (hint, value) in [
        ("login_hint", "someone@acme.example"),
        ("domain_hint", "ACME.example"),
        ("organization", sso.organization.as_str()),
    ] {
        let answer = sso
            .browser()
            .get(&sso.authorize_path(&[(hint, value)]))
            .await;
        assert!(
            answer.location().starts_with("https://idp.example/sso?"),
            "{hint}: {}",
            answer.location()
        );
    }
    let unknown = sso
        .browser()
        .get(&sso.authorize_path(&[("login_hint", "someone@other.example")]))
        .await;
    assert!(
        unknown.location().starts_with("/sign-in?"),
        "{}",
        unknown.location()
    );
}
