//! Applications that authenticate with a key, or that are public.

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _};
use axum::http::{Request, StatusCode};
use base64_simd::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use store::{Application, TokenEndpointAuthMethod};
use test_support::{
    ADA, CLIENT_SECRET, CODE_VERIFIER, ORIGIN, REDIRECT_URI, START, SsoFixture, TestResponse, at,
    confidential_application, encode_form, public_application,
};

use crate::tokens::redeem_code_with;

/// A fixture whose application authenticates with `private_key_jwt` and this key.
async fn with_key(key: &Ed25519KeyPair) -> SsoFixture {
    let mut sso = SsoFixture::new().await;
    let x = URL_SAFE_NO_PAD.encode_to_string(key.public_key().as_ref());
    let jwks = json!({"keys": [{"kty": "OKP", "crv": "Ed25519", "x": x}]});
    let application = Application {
        auth_method: TokenEndpointAuthMethod::PrivateKeyJwt,
        secret: None,
        jwks: Some(jwks.to_string()),
        ..confidential_application()
    };
    sso.application = sso.add_application(application).await;
    sso
}

/// A fixture whose application is public.
async fn with_public_application() -> SsoFixture {
    let mut sso = SsoFixture::new().await;
    let application = Application {
        redirect_uris: vec![REDIRECT_URI.to_owned()],
        ..public_application()
    };
    sso.application = sso.add_application(application).await;
    sso
}

/// A signed JWT with which the application authenticates.
fn build_client_assertion(key: &Ed25519KeyPair, client_id: &str, jti: &str) -> String {
    let encode = |value: Value| URL_SAFE_NO_PAD.encode_to_string(value.to_string());
    let claims = json!({
        "iss": client_id,
        "sub": client_id,
        "aud": format!("{ORIGIN}/token"),
        "jti": jti,
        "exp": START + 60,
    });
    let signed = format!("{}.{}", encode(json!({"alg": "EdDSA"})), encode(claims));
    let signature = key.sign(signed.as_bytes());
    let signature = URL_SAFE_NO_PAD.encode_to_string(signature.as_ref());
    format!("{signed}.{signature}")
}

/// Signs Ada in and redeems the code with a client assertion.
async fn redeem_code_with_assertion(sso: &SsoFixture, assertion: &str) -> TestResponse {
    let code = sso.sign_in(&mut sso.browser(), ADA).await;
    let fields = [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("redirect_uri", REDIRECT_URI),
        ("code_verifier", CODE_VERIFIER),
        (
            "client_assertion_type",
            "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        ),
        ("client_assertion", assertion),
    ];
    sso.browser().post("/token", &fields).await
}

#[tokio::test]
async fn a_client_assertion_is_accepted_once() {
    let key = Ed25519KeyPair::generate().unwrap();
    let sso = with_key(&key).await;
    let first = build_client_assertion(&key, sso.application.as_str(), "one");
    let response = redeem_code_with_assertion(&sso, &first).await;
    assert_eq!(response.status, StatusCode::OK, "{}", response.text);
    let response = redeem_code_with_assertion(&sso, &first).await;
    assert_eq!(response.status, StatusCode::UNAUTHORIZED);
    let second = build_client_assertion(&key, sso.application.as_str(), "two");
    let response = redeem_code_with_assertion(&sso, &second).await;
    assert_eq!(response.status, StatusCode::OK, "{}", response.text);
}

/// Redeems a code with the client secret in the `Authorization` header.
async fn redeem_code_with_basic(sso: &SsoFixture, code: &str) -> TestResponse {
    let pair = format!("{}:{CLIENT_SECRET}", sso.application);
    let form = encode_form(&[
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", REDIRECT_URI),
        ("code_verifier", CODE_VERIFIER),
    ]);
    let request = Request::post("/")
        .header("content-type", "application/x-www-form-urlencoded")
        .header(
            "authorization",
            format!("Basic {}", STANDARD.encode_to_string(pair)),
        );
    sso.browser()
        .send("/token", request.body(form).unwrap())
        .await
}

#[tokio::test]
async fn a_secret_is_sent_by_either_method_unless_the_application_is_pinned_to_one() {
    let mut sso = SsoFixture::new().await;
    let code = sso.sign_in(&mut sso.browser(), ADA).await;
    let pinned = redeem_code_with_basic(&sso, &code).await;
    assert_eq!(pinned.status, StatusCode::UNAUTHORIZED);
    assert_eq!(
        pinned.json()["error_description"],
        "the client is registered for client_secret_post but authenticates with client_secret_basic"
    );
    let either = Application {
        auth_method_pinned_since: None,
        ..confidential_application()
    };
    sso.application = sso.add_application(either).await;
    let code = sso.sign_in(&mut sso.browser(), ADA).await;
    let in_header = redeem_code_with_basic(&sso, &code).await;
    assert_eq!(in_header.status, StatusCode::OK, "{}", in_header.text);
    let code = sso.sign_in(&mut sso.browser(), ADA).await;
    let in_form = redeem_code_with(&sso, &code, &[]).await;
    assert_eq!(in_form.status, StatusCode::OK, "{}", in_form.text);
}

#[tokio::test]
async fn an_application_that_requires_pkce_gets_no_code_without_it() {
    let mut sso = SsoFixture::new().await;
    let application = Application {
        pkce_required_since: Some(at(START)),
        ..confidential_application()
    };
    let path = sso.authorize_path(&[]).replace("code_challenge", "x");
    let redirect = sso.browser().get(&path).await;
    assert!(redirect.location().starts_with("/sign-in?"), "{redirect:?}");
    sso.application = sso.add_application(application).await;
    let path = sso.authorize_path(&[]).replace("code_challenge", "x");
    let redirect = sso.browser().get(&path).await;
    let parameter = |name| redirect.location_parameter(name).unwrap();
    assert_eq!(parameter("error"), "invalid_request");
    let description = parameter("error_description");
    assert!(description.contains("--require-pkce no"), "{description}");
}

#[tokio::test]
async fn an_application_with_a_key_cannot_authenticate_with_a_secret() {
    let key = Ed25519KeyPair::generate().unwrap();
    let sso = with_key(&key).await;
    let code = sso.sign_in(&mut sso.browser(), ADA).await;
    let response = redeem_code_with(&sso, &code, &[]).await;
    assert_eq!(response.json()["error"], "invalid_client");
}

#[tokio::test]
async fn a_public_application_must_send_a_code_challenge() {
    let sso = with_public_application().await;
    let path = sso.authorize_path(&[]).replace("code_challenge=", "x=");
    let redirect = sso.browser().get(&path).await;
    let error = redirect.location_parameter("error");
    assert_eq!(error.as_deref(), Some("invalid_request"));
}

#[tokio::test]
async fn a_public_application_redeems_a_code_with_its_verifier_and_no_secret() {
    let sso = with_public_application().await;
    let code = sso.sign_in(&mut sso.browser(), ADA).await;
    let without_verifier = [("client_secret", ""), ("code_verifier", "")];
    let response = redeem_code_with(&sso, &code, &without_verifier).await;
    assert_eq!(response.json()["error"], "invalid_grant");
    let response = redeem_code_with(&sso, &code, &[]).await;
    assert_eq!(response.json()["error"], "invalid_client");
    let response = redeem_code_with(&sso, &code, &[("client_secret", "")]).await;
    assert_eq!(response.status, StatusCode::OK, "{}", response.text);
}
