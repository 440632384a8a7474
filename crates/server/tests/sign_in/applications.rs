//! Applications that prove themselves by a key, or not at all.

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _};
use axum::http::StatusCode;
use base64_simd::URL_SAFE_NO_PAD;
use serde_json::json;
use store::{Application, TokenEndpointAuthMethod};
use test_support::{
    ADA, CODE_VERIFIER, ORIGIN, REDIRECT_URI, START, SsoFixture, confidential_application,
    public_application,
};

use crate::tokens::redeem_with;

fn assertion(key: &Ed25519KeyPair, client: &str, jti: &str) -> String {
    let part = |value: serde_json::Value| URL_SAFE_NO_PAD.encode_to_string(value.to_string());
    let claims = json!({
        "iss": client, "sub": client, "aud": format!("{ORIGIN}/token"), "jti": jti, "exp": START + 60,
    });
    let signed = format!("{}.{}", part(json!({"alg": "EdDSA"})), part(claims));
    let signature = key.sign(signed.as_bytes());
    format!(
        "{signed}.{}",
        URL_SAFE_NO_PAD.encode_to_string(signature.as_ref())
    )
}

#[tokio::test]
async fn an_assertion_of_an_application_serves_once() {
    let mut sso = SsoFixture::new().await;
    let key = Ed25519KeyPair::generate().unwrap();
    let x = URL_SAFE_NO_PAD.encode_to_string(key.public_key().as_ref());
    let application = Application {
        auth_method: TokenEndpointAuthMethod::PrivateKeyJwt,
        secret: None,
        jwks: Some(json!({"keys": [{"kty": "OKP", "crv": "Ed25519", "x": x}]}).to_string()),
        ..confidential_application()
    };
    sso.application = sso.add_application(application).await;
    let first = assertion(&key, sso.application.as_str(), "one");
    let second = assertion(&key, sso.application.as_str(), "two");
    let kind = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    for (assertion, status) in [
        (&first, StatusCode::OK),
        (&first, StatusCode::UNAUTHORIZED),
        (&second, StatusCode::OK),
    ] {
        let code = sso.sign_in(&mut sso.browser(), ADA).await;
        let fields = [
            ("grant_type", "authorization_code"),
            ("code", code.as_str()),
            ("redirect_uri", REDIRECT_URI),
            ("code_verifier", CODE_VERIFIER),
            ("client_assertion_type", kind),
            ("client_assertion", assertion.as_str()),
        ];
        let answer = sso.browser().post("/token", &fields).await;
        assert_eq!(answer.status, status, "{}", answer.text);
    }
    let code = sso.sign_in(&mut sso.browser(), ADA).await;
    let by_secret = redeem_with(&sso, &code, &[]).await;
    assert_eq!(by_secret.json()["error"], "invalid_client");
}

#[tokio::test]
async fn a_public_application_needs_its_verifier() {
    let mut sso = SsoFixture::new().await;
    let application = Application {
        redirect_uris: vec![REDIRECT_URI.to_owned()],
        ..public_application()
    };
    sso.application = sso.add_application(application).await;
    let without = sso.authorize_path(&[]).replace("code_challenge=", "x=");
    let answer = sso.browser().get(&without).await;
    assert_eq!(
        answer.location_parameter("error").as_deref(),
        Some("invalid_request")
    );

    let code = sso.sign_in(&mut sso.browser(), ADA).await;
    let bare = redeem_with(&sso, &code, &[("client_secret", ""), ("code_verifier", "")]).await;
    assert_eq!(bare.json()["error"], "invalid_grant", "{}", bare.text);
    let with_secret = redeem_with(&sso, &code, &[]).await;
    assert_eq!(
        with_secret.json()["error"],
        "invalid_client",
        "{}",
        with_secret.text
    );
    let answer = redeem_with(&sso, &code, &[("client_secret", "")]).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
}
