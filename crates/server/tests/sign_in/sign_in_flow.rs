//! Successful sign-ins: from the application to the identity provider and back.

use axum::http::StatusCode;
use base64_simd::STANDARD;
use insta::assert_snapshot;
use serde_json::{Value, json};
use store::Binding;
use test_support::{
    ADA, GRACE, IDP_ENTITY_ID, ORIGIN, REDIRECT_URI, SP_ENTITY_ID, START, SsoFixture, at, idp_key,
    redact,
};
use testkit::identity_provider::{IdpBehavior, ResponseBuilder, SignatureScope};

use crate::tokens::{id_token_claims, redeem_code};

#[tokio::test]
async fn a_sign_in_returns_a_code_to_the_application() {
    let sso = SsoFixture::new().await;
    let redirect = sso
        .attempt_sign_in(&mut sso.browser(), ADA, IdpBehavior::Valid)
        .await;
    let location = redirect.location();
    assert!(
        location.starts_with("https://app.example.com/callback?code=vsc_"),
        "{location}"
    );
    let state = redirect.location_parameter("state");
    assert_eq!(state.as_deref(), Some("the state"));
    assert_eq!(redirect.location_parameter("iss").as_deref(), Some(ORIGIN));
}

#[tokio::test]
async fn the_id_token_describes_the_member() {
    let sso = SsoFixture::new().await;
    let code = sso.sign_in(&mut sso.browser(), ADA).await;
    let response = redeem_code(&sso, &code).await;
    assert_eq!(response.status, StatusCode::OK, "{}", response.text);
    assert_eq!(response.header("cache-control"), "no-store");
    let mut claims = id_token_claims(&response);
    let access_token_hash = claims["at_hash"].take();
    assert!(access_token_hash.is_string(), "{access_token_hash}");
    let member = sso.members().await.remove(0);
    assert_eq!(claims["sub"], member.id.as_str());
    assert_eq!(claims["aud"], sso.application.as_str());
    assert_eq!(claims["organization"]["id"], sso.organization.as_str());
    assert_eq!(claims["connection"], sso.connection.as_str());
    assert_snapshot!(redact(&format!("{claims:#}")), @r#"
    {
      "acr": "urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified",
      "at_hash": null,
      "aud": "[app]",
      "auth_time": 1795510800,
      "connection": "[con]",
      "email": "ada@acme.example",
      "email_verified": true,
      "exp": 1795511400,
      "family_name": "Lovelace",
      "given_name": "Ada",
      "groups": [
        "analysts",
        "everybody"
      ],
      "iat": 1795510800,
      "iss": "https://auth.example.com",
      "name": "Ada Lovelace",
      "nonce": "the nonce",
      "organization": {
        "id": "[org]",
        "name": "acme",
        "slug": "acme"
      },
      "role": "member",
      "sid": "[ses]",
      "sub": "[mem]",
      "updated_at": 1795510800
    }
    "#);
}

#[tokio::test]
async fn a_sign_in_attempt_records_its_checks_without_personal_data() {
    let sso = SsoFixture::new().await;
    sso.sign_in(&mut sso.browser(), ADA).await;
    let member = sso.members().await.remove(0);
    let attempt = sso.attempts().await.remove(0);
    assert_eq!(attempt.code, None);
    assert_eq!(attempt.member, Some(member.id));
    let checks: Value = serde_json::from_str(&attempt.checks).unwrap();
    let is_audience = |check: &&Value| check["name"] == "audience";
    let audience = checks.as_array().unwrap().iter().find(is_audience).unwrap();
    assert_eq!(audience["outcome"], json!("passed"));
    assert!(
        !attempt.checks.contains("ada@acme.example"),
        "{}",
        attempt.checks
    );
    assert!(!attempt.checks.contains(ADA.name_id), "{}", attempt.checks);
}

#[tokio::test]
async fn a_second_sign_in_of_a_user_creates_no_second_member() {
    let sso = SsoFixture::new().await;
    for user in [ADA, ADA, GRACE] {
        sso.sign_in(&mut sso.browser(), user).await;
    }
    let members = sso.members().await;
    let mut emails: Vec<_> = members
        .iter()
        .map(|member| member.profile.email.clone().unwrap())
        .collect();
    emails.sort();
    assert_eq!(emails, ["ada@acme.example", "grace@acme.example"]);
}

#[tokio::test]
async fn a_signature_of_the_response_or_of_the_assertion_is_enough() {
    let sso = SsoFixture::new().await;
    for scope in SignatureScope::ALL {
        let mut browser = sso.browser();
        let relay_state = sso.start_sign_in(&mut browser).await;
        let response = build_signed_response(&sso, &relay_state, *scope).await;
        let response = STANDARD.encode_to_string(response);
        let redirect = sso
            .post_response(&mut browser, &response, &relay_state)
            .await;
        assert!(redirect.location().starts_with(REDIRECT_URI), "{scope:?}");
        assert!(redirect.location_parameter("code").is_some(), "{scope:?}");
    }
}

/// The XML of a response for Ada, of which these elements are signed.
pub(crate) async fn build_signed_response(
    sso: &SsoFixture,
    relay_state: &str,
    signature_scope: SignatureScope,
) -> String {
    let request = sso.server.authn_request_id(relay_state).await;
    let target = sso.response_target(Some(request));
    let response = ResponseBuilder {
        issuer: IDP_ENTITY_ID,
        target: &target,
        key: idp_key(),
        signature_scope,
        now: sso.server.clock.now().as_second(),
        id: &format!("_{}", signature_scope.as_str()),
    };
    response.build_success(ADA, IdpBehavior::Valid).unwrap()
}

#[tokio::test]
async fn a_signed_request_can_be_posted_to_the_identity_provider() {
    let sso = SsoFixture::with(|settings| {
        settings.sign_on_binding = Binding::Post;
        settings.sign_requests_since = Some(at(START));
    })
    .await;
    let mut browser = sso.browser();
    let path = sso.authorize_path(&[("connection", sso.connection.as_str())]);
    let page = browser.get(&path).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    let form = "<form method=\"post\" action=\"https://idp.example/sso\" data-post>";
    assert!(page.text.contains(form), "{}", page.text);
    let policy = page.header("content-security-policy");
    assert!(policy.contains("form-action 'self' https:;"), "{policy}");
    let request = STANDARD
        .decode_to_vec(page.hidden_field("SAMLRequest").unwrap())
        .unwrap();
    let request = String::from_utf8(request).unwrap();
    assert!(request.contains("SignatureValue"), "{request}");
    assert!(request.contains(SP_ENTITY_ID), "{request}");

    let relay_state = page.hidden_field("RelayState").unwrap();
    let redirect = sso
        .complete_sign_in(&mut browser, relay_state, ADA, IdpBehavior::Valid)
        .await;
    assert!(redirect.location_parameter("code").is_some());
}

#[tokio::test]
async fn the_code_can_be_posted_to_the_application() {
    let sso = SsoFixture::new().await;
    let mut browser = sso.browser();
    let relay_state = sso
        .start_sign_in_with(&mut browser, &[("response_mode", "form_post")])
        .await;
    let page = sso
        .complete_sign_in(&mut browser, &relay_state, ADA, IdpBehavior::Valid)
        .await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    let action = format!("action=\"{REDIRECT_URI}\"");
    assert!(page.text.contains(&action), "{}", page.text);
    assert_eq!(page.hidden_field("state"), Some("the state"));
    let tokens = redeem_code(&sso, page.hidden_field("code").unwrap()).await;
    assert_eq!(tokens.status, StatusCode::OK, "{}", tokens.text);
}
