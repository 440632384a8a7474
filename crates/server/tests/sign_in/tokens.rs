//! Codes, tokens and what they are good for.

use axum::http::{Method, Request, StatusCode};
use serde_json::json;
use test_support::{
    ADA, CLIENT_SECRET, CODE_VERIFIER, REDIRECT_URI, START, SsoFixture, TestResponse, at,
    confidential_application, public_application,
};

use crate::snapshot;

pub(crate) async fn redeem(sso: &SsoFixture, code: &str) -> TestResponse {
    redeem_with(sso, code, &[]).await
}

/// Redeems a code with some fields replaced; an empty value leaves the field out.
pub(crate) async fn redeem_with(
    sso: &SsoFixture,
    code: &str,
    other: &[(&str, &str)],
) -> TestResponse {
    let fields = [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", REDIRECT_URI),
        ("client_id", sso.application.as_str()),
        ("client_secret", CLIENT_SECRET),
        ("code_verifier", CODE_VERIFIER),
    ];
    let replaced = |(name, value)| {
        (
            name,
            other
                .iter()
                .find(|(one, _)| *one == name)
                .map_or(value, |(_, value)| *value),
        )
    };
    let fields: Vec<_> = fields
        .into_iter()
        .map(replaced)
        .filter(|(_, value)| !value.is_empty())
        .collect();
    sso.browser().post("/token", &fields).await
}

async fn userinfo(sso: &SsoFixture, token: &str) -> TestResponse {
    let request = Request::get("/").header("authorization", format!("Bearer {token}"));
    let request = request.body(String::new()).unwrap();
    sso.browser().send("/userinfo", request).await
}

fn access_token(answer: &TestResponse) -> String {
    answer.json()["access_token"]
        .as_str()
        .unwrap_or_else(|| panic!("{answer:?}"))
        .to_owned()
}

#[tokio::test]
async fn each_thing_that_a_code_is_bound_to_is_checked_alone_and_uses_nothing_up() {
    let sso = SsoFixture::new().await;
    let other = sso.add_application(confidential_application()).await;
    let code = sso.sign_in(&mut sso.browser(), ADA).await;
    let before = snapshot::everything(&sso).await;
    let rows = [
        ("client_id", other.as_str(), "invalid_grant"),
        ("client_id", "app_nobody", "invalid_client"),
        ("client_secret", "vss_other", "invalid_client"),
        ("client_secret", "", "invalid_client"),
        (
            "redirect_uri",
            "https://app.example.com/callbacl",
            "invalid_grant",
        ),
        ("redirect_uri", "", "invalid_request"),
        (
            "code_verifier",
            "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXl",
            "invalid_grant",
        ),
        ("code_verifier", "", "invalid_grant"),
        ("code_verifier", "short", "invalid_request"),
        ("grant_type", "password", "unsupported_grant_type"),
        ("code", "vsc_nothing", "invalid_grant"),
        ("code", "", "invalid_request"),
    ];
    for (field, value, error) in rows {
        let answer = redeem_with(&sso, &code, &[(field, value)]).await;
        assert_eq!(
            answer.json()["error"],
            error,
            "{field}={value}: {}",
            answer.text
        );
        let status = if error == "invalid_client" {
            StatusCode::UNAUTHORIZED
        } else {
            StatusCode::BAD_REQUEST
        };
        assert_eq!(answer.status, status, "{field}={value}");
        assert_eq!(
            answer.headers.contains_key("www-authenticate"),
            error == "invalid_client"
        );
        assert_eq!(answer.header("cache-control"), "no-store");
    }
    assert_eq!(snapshot::everything(&sso).await, before);
    assert_eq!(redeem(&sso, &code).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_second_redemption_takes_back_what_the_first_gave() {
    let sso = SsoFixture::new().await;
    let code = sso.sign_in(&mut sso.browser(), ADA).await;
    let token = access_token(&redeem(&sso, &code).await);
    let claims = userinfo(&sso, &token).await;
    assert_eq!(claims.status, StatusCode::OK);
    assert_eq!(claims.json()["email"], json!("ada@acme.example"));

    let again = redeem(&sso, &code).await;
    assert_eq!(
        (again.status, &again.json()["error"]),
        (StatusCode::BAD_REQUEST, &json!("invalid_grant"))
    );
    let refused = userinfo(&sso, &token).await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
    assert!(refused.header("www-authenticate").contains("invalid_token"));
}

#[tokio::test]
async fn a_code_lives_for_a_minute() {
    let sso = SsoFixture::new().await;
    let code = sso.sign_in(&mut sso.browser(), ADA).await;
    sso.server.clock.set(START + 60);
    let answer = redeem(&sso, &code).await;
    assert_eq!(answer.json()["error_description"], "the code has expired");
}

#[tokio::test]
async fn a_token_ends_with_the_membership_the_connection_and_the_plan() {
    for ends in ["member", "connection", "plan", "hour"] {
        let sso = SsoFixture::new().await;
        let code = sso.sign_in(&mut sso.browser(), ADA).await;
        let token = access_token(&redeem(&sso, &code).await);
        let (organization, connection) = (sso.organization.clone(), sso.connection.clone());
        let member = sso.members().await.remove(0).id;
        sso.write(async move |tx| {
            let now = at(START);
            let mut tenant = tx.organization(&organization);
            match ends {
                "member" => tenant.deactivate_member(&member, now).await.map(drop),
                "connection" => tenant.disable(&connection, now).await.map(drop),
                "plan" => {
                    let (slug, name, plan) =
                        ("acme".to_owned(), "acme".to_owned(), "starter".to_owned());
                    let change = store::OrganizationChange { slug, name, plan };
                    tenant.update(&change).await.map(drop)
                }
                _ => Ok(()),
            }
        })
        .await;
        if ends == "hour" {
            sso.server.clock.set(START + 3600);
        }
        assert_eq!(
            userinfo(&sso, &token).await.status,
            StatusCode::UNAUTHORIZED,
            "{ends}"
        );
    }
}

#[tokio::test]
async fn userinfo_takes_a_token_in_the_header_alone() {
    let sso = SsoFixture::new().await;
    let code = sso.sign_in(&mut sso.browser(), ADA).await;
    let token = access_token(&redeem(&sso, &code).await);
    let mut browser = sso.browser();
    let in_query = browser
        .get(&format!("/userinfo?access_token={token}"))
        .await;
    assert_eq!(in_query.status, StatusCode::UNAUTHORIZED);
    assert!(!in_query.header("www-authenticate").contains("error"));
    let in_form = browser.post("/userinfo", &[("access_token", &token)]).await;
    assert_eq!(in_form.status, StatusCode::UNAUTHORIZED);
    let garbage = userinfo(&sso, "vsa_x").await;
    assert!(garbage.header("www-authenticate").contains("invalid_token"));
}

#[tokio::test]
async fn pages_of_public_applications_alone_may_ask_for_tokens() {
    let sso = SsoFixture::new().await;
    sso.add_application(public_application()).await;
    for (origin, is_let) in [
        ("https://spa.example.com", true),
        ("https://app.example.com", false),
        ("https://spa.example.com.evil.example", false),
        ("null", false),
    ] {
        for (method, path) in [
            (Method::OPTIONS, "/token"),
            (Method::POST, "/token"),
            (Method::GET, "/userinfo"),
        ] {
            let request = Request::builder()
                .method(method.clone())
                .header("origin", origin)
                .body(String::new());
            let answer = sso.browser().send(path, request.unwrap()).await;
            let allowed = answer.header("access-control-allow-origin");
            assert_eq!(allowed, if is_let { origin } else { "" }, "{method} {path}");
            assert!(
                !answer
                    .headers
                    .contains_key("access-control-allow-credentials")
            );
        }
    }
    let request = Request::get("/").header("origin", "https://spa.example.com");
    let request = request.body(String::new()).unwrap();
    let authorize = sso.browser().send(&sso.authorize_path(&[]), request).await;
    assert_eq!(authorize.header("access-control-allow-origin"), "");
    let request = Request::get("/").header("origin", "https://other.example");
    let request = request.body(String::new()).unwrap();
    let jwks = sso.browser().send("/jwks", request).await;
    assert_eq!(jwks.header("access-control-allow-origin"), "*");
}

#[tokio::test]
async fn a_form_longer_than_any_real_one_is_refused_in_the_words_of_its_address() {
    let sso = SsoFixture::new().await;
    let long = format!("code={}", "a".repeat(1024 * 1024));
    let mut browser = sso.browser();
    let token = browser.post_text("/token", long.clone()).await;
    assert_eq!(token.status, StatusCode::BAD_REQUEST);
    assert_eq!(token.json()["error"], "invalid_request");
    for page in ["/authorize", "/sign-in"] {
        let page = browser.post_text(page, long.clone()).await;
        assert_eq!(page.error_code(), "form-too-large");
    }
}
