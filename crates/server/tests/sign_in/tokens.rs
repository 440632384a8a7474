//! The token endpoint and userinfo.

use axum::http::{Method, Request, StatusCode};
use base64_simd::URL_SAFE_NO_PAD;
use insta::assert_snapshot;
use rstest::rstest;
use serde_json::{Value, json};
use store::OrganizationChange;
use test_support::{
    ADA, CLIENT_SECRET, CODE_VERIFIER, REDIRECT_URI, START, SsoFixture, TestResponse, at,
    confidential_application, public_application, redact,
};

use crate::database_contents::DatabaseContents;

/// Redeems an authorization code as the application does.
pub(crate) async fn redeem_code(sso: &SsoFixture, code: &str) -> TestResponse {
    redeem_code_with(sso, code, &[]).await
}

/// Redeems a code with some fields replaced. An empty value removes the field.
pub(crate) async fn redeem_code_with(
    sso: &SsoFixture,
    code: &str,
    replacements: &[(&str, &str)],
) -> TestResponse {
    let mut fields = vec![
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", REDIRECT_URI),
        ("client_id", sso.application.as_str()),
        ("client_secret", CLIENT_SECRET),
        ("code_verifier", CODE_VERIFIER),
    ];
    for (name, value) in &mut fields {
        let replacement = replacements.iter().find(|(replaced, _)| replaced == name);
        if let Some((_, replacement)) = replacement {
            *value = replacement;
        }
    }
    fields.retain(|(_, value)| !value.is_empty());
    sso.browser().post("/token", &fields).await
}

/// The claims of the ID token in a response of the token endpoint.
pub(crate) fn id_token_claims(response: &TestResponse) -> Value {
    let tokens = response.json();
    let id_token = tokens["id_token"].as_str().unwrap();
    let payload = id_token.split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode_to_vec(payload).unwrap()).unwrap()
}

/// Signs Ada in and redeems the code. Returns the access token.
async fn obtain_access_token(sso: &SsoFixture) -> String {
    let code = sso.sign_in(&mut sso.browser(), ADA).await;
    access_token(&redeem_code(sso, &code).await)
}

fn access_token(response: &TestResponse) -> String {
    let token = response.json()["access_token"].clone();
    token
        .as_str()
        .unwrap_or_else(|| panic!("{response:?}"))
        .to_owned()
}

pub(crate) async fn get_userinfo(sso: &SsoFixture, token: &str) -> TestResponse {
    let request = Request::get("/")
        .header("authorization", format!("Bearer {token}"))
        .body(String::new());
    sso.browser().send("/userinfo", request.unwrap()).await
}

#[tokio::test]
async fn each_value_that_a_code_is_bound_to_is_checked_and_a_rejection_does_not_use_up_the_code() {
    let sso = SsoFixture::new().await;
    let other_application = sso.add_application(confidential_application()).await;
    let code = sso.sign_in(&mut sso.browser(), ADA).await;
    let before = DatabaseContents::read(&sso).await;
    let mut responses = Vec::new();
    for (field, value) in [
        ("client_id", other_application.as_str()),
        ("client_id", "app_unknown"),
        ("client_secret", "vss_other"),
        ("client_secret", ""),
        ("redirect_uri", "https://app.example.com/callbacl"),
        (
            "code_verifier",
            "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXl",
        ),
        ("code_verifier", ""),
        ("code_verifier", "short"),
        ("grant_type", "password"),
        ("code", "vsc_unknown"),
        ("code", ""),
    ] {
        let response = redeem_code_with(&sso, &code, &[(field, value)]).await;
        assert_eq!(response.header("cache-control"), "no-store");
        assert_eq!(response.header("pragma"), "no-cache");
        let json = response.json();
        let line = format!(
            "{field}={value}: {} {}, {} {}",
            response.status.as_u16(),
            json["error"].as_str().unwrap(),
            json["error_description"].as_str().unwrap_or_default(),
            response.header("www-authenticate"),
        );
        responses.push(line.trim_end().to_owned());
    }
    assert_snapshot!(redact(&responses.join("\n")), @r#"
    client_id=[app]: 400 invalid_grant, there is no such code
    client_id=app_unknown: 401 invalid_client, there is no such client Basic realm="token", charset="UTF-8"
    client_secret=vss_other: 401 invalid_client, the client secret is wrong Basic realm="token", charset="UTF-8"
    client_secret=: 401 invalid_client, the client is registered for client_secret_post but authenticates with none Basic realm="token", charset="UTF-8"
    redirect_uri=https://app.example.com/callbacl: 400 invalid_grant, redirect_uri is not the one that the code was sent to
    code_verifier=dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXl: 400 invalid_grant, code_verifier does not match the code_challenge
    code_verifier=: 400 invalid_grant, code_verifier is missing
    code_verifier=short: 400 invalid_request, code_verifier has to be 43 to 128 unreserved characters
    grant_type=password: 400 unsupported_grant_type, grant_type has to be authorization_code
    code=vsc_unknown: 400 invalid_grant, there is no such code
    code=: 400 invalid_request, code is missing
    "#);
    assert_eq!(DatabaseContents::read(&sso).await, before);
    assert_eq!(redeem_code(&sso, &code).await.status, StatusCode::OK);
}

#[tokio::test]
async fn userinfo_returns_the_claims_of_the_member() {
    let sso = SsoFixture::new().await;
    let token = obtain_access_token(&sso).await;
    let response = get_userinfo(&sso, &token).await;
    assert_eq!(response.status, StatusCode::OK);
    assert_eq!(response.json()["email"], json!("ada@acme.example"));
}

#[tokio::test]
async fn a_second_redemption_of_a_code_revokes_the_access_token_of_the_first() {
    let sso = SsoFixture::new().await;
    let code = sso.sign_in(&mut sso.browser(), ADA).await;
    let token = access_token(&redeem_code(&sso, &code).await);
    assert_eq!(get_userinfo(&sso, &token).await.status, StatusCode::OK);

    let second = redeem_code(&sso, &code).await;
    assert_eq!(second.status, StatusCode::BAD_REQUEST);
    assert_eq!(second.json()["error"], json!("invalid_grant"));
    let userinfo = get_userinfo(&sso, &token).await;
    assert_eq!(userinfo.status, StatusCode::UNAUTHORIZED);
    let challenge = userinfo.header("www-authenticate");
    assert!(challenge.contains("invalid_token"), "{challenge}");
}

#[tokio::test]
async fn a_code_expires_after_60_seconds() {
    let sso = SsoFixture::new().await;
    let code = sso.sign_in(&mut sso.browser(), ADA).await;
    sso.server.clock.set(START + 60);
    let response = redeem_code(&sso, &code).await;
    assert_eq!(response.json()["error_description"], "the code has expired");
}

#[tokio::test]
async fn an_access_token_expires_after_an_hour() {
    let sso = SsoFixture::new().await;
    let token = obtain_access_token(&sso).await;
    sso.server.clock.set(START + 3600);
    let response = get_userinfo(&sso, &token).await;
    assert_eq!(response.status, StatusCode::UNAUTHORIZED);
}

#[derive(Clone, Copy)]
enum Revocation {
    DeactivateMember,
    DisableConnection,
    LowerPlan,
}

#[rstest]
#[case::member_deactivated(Revocation::DeactivateMember)]
#[case::connection_disabled(Revocation::DisableConnection)]
#[case::plan_without_sso(Revocation::LowerPlan)]
#[tokio::test]
async fn an_access_token_is_valid_only_while_the_member_could_sign_in(
    #[case] revocation: Revocation,
) {
    let sso = SsoFixture::new().await;
    let token = obtain_access_token(&sso).await;
    let organization = sso.organization.clone();
    let connection = sso.connection.clone();
    let member = sso.members().await.remove(0).id;
    let starter = OrganizationChange {
        slug: "acme".to_owned(),
        name: "acme".to_owned(),
        plan: "starter".to_owned(),
    };
    sso.write(async move |tx| {
        let mut scope = tx.organization(&organization);
        match revocation {
            Revocation::DeactivateMember => {
                scope.deactivate_member(&member, at(START)).await.map(drop)
            }
            Revocation::DisableConnection => scope.disable(&connection, at(START)).await.map(drop),
            Revocation::LowerPlan => scope.update(&starter).await.map(drop),
        }
    })
    .await;
    let response = get_userinfo(&sso, &token).await;
    assert_eq!(response.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn userinfo_accepts_a_token_in_the_header_or_in_the_form() {
    let sso = SsoFixture::new().await;
    let token = obtain_access_token(&sso).await;
    let mut browser = sso.browser();
    let in_query = browser
        .get(&format!("/userinfo?access_token={token}"))
        .await;
    assert_eq!(in_query.status, StatusCode::UNAUTHORIZED);
    assert!(!in_query.header("www-authenticate").contains("error"));
    let in_form = browser.post("/userinfo", &[("access_token", &token)]).await;
    assert_eq!(in_form.status, StatusCode::OK, "{}", in_form.text);
    assert_eq!(in_form.json(), get_userinfo(&sso, &token).await.json());
    let request = Request::post("/")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("authorization", format!("Bearer {token}"));
    let form = format!("access_token={token}");
    let in_both = browser.send("/userinfo", request.body(form).unwrap()).await;
    assert_eq!(in_both.status, StatusCode::BAD_REQUEST);
    let challenge = in_both.header("www-authenticate");
    assert!(challenge.contains("invalid_request"), "{challenge}");
}

#[tokio::test]
async fn a_code_with_pkce_is_redeemed_without_its_redirect_uri() {
    let sso = SsoFixture::new().await;
    let code = sso.sign_in(&mut sso.browser(), ADA).await;
    let response = redeem_code_with(&sso, &code, &[("redirect_uri", "")]).await;
    assert_eq!(response.status, StatusCode::OK, "{}", response.text);
}

#[tokio::test]
async fn an_access_token_says_that_it_ends_with_its_session() {
    let sso = SsoFixture::new().await;
    let mut browser = sso.browser();
    sso.sign_in(&mut browser, ADA).await;
    // The session lasts 8 hours; 75 seconds before its end a code is granted from it.
    let end = START + 8 * 3600;
    sso.server.clock.set(end - 75);
    let redirect = browser.get(&sso.authorize_path(&[])).await;
    let code = redirect.location_parameter("code").unwrap();
    let response = redeem_code(&sso, &code).await;
    assert_eq!(response.json()["expires_in"], 75);
    let token = access_token(&response);
    sso.server.clock.set(end - 1);
    assert_eq!(get_userinfo(&sso, &token).await.status, StatusCode::OK);
    sso.server.clock.set(end);
    let ended = get_userinfo(&sso, &token).await;
    assert_eq!(ended.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn userinfo_rejects_an_unknown_token() {
    let sso = SsoFixture::new().await;
    let response = get_userinfo(&sso, "vsa_x").await;
    let challenge = response.header("www-authenticate");
    assert!(challenge.contains("invalid_token"), "{challenge}");
}

async fn send_from_origin(
    sso: &SsoFixture,
    origin: &str,
    method: Method,
    path: &str,
) -> TestResponse {
    let request = Request::builder()
        .method(method)
        .header("origin", origin)
        .body(String::new());
    sso.browser().send(path, request.unwrap()).await
}

#[rstest]
#[case::public_application("https://spa.example.com", "https://spa.example.com")]
#[case::confidential_application("https://app.example.com", "")]
#[case::similar_host("https://spa.example.com.evil.example", "")]
#[case::opaque_origin("null", "")]
#[tokio::test]
async fn only_pages_of_public_applications_can_read_tokens_and_userinfo(
    #[case] origin: &str,
    #[case] allowed_origin: &str,
    #[values("OPTIONS /token", "POST /token", "GET /userinfo")] request: &str,
) {
    let sso = SsoFixture::new().await;
    sso.add_application(public_application()).await;
    let (method, path) = request.split_once(' ').unwrap();
    let response = send_from_origin(&sso, origin, method.parse().unwrap(), path).await;
    let allowed = response.header("access-control-allow-origin");
    assert_eq!(allowed, allowed_origin);
    let credentials = "access-control-allow-credentials";
    assert!(!response.headers.contains_key(credentials));
}

#[tokio::test]
async fn no_page_of_another_origin_can_read_the_authorization_endpoint() {
    let sso = SsoFixture::new().await;
    sso.add_application(public_application()).await;
    let path = sso.authorize_path(&[]);
    let response = send_from_origin(&sso, "https://spa.example.com", Method::GET, &path).await;
    assert_eq!(response.header("access-control-allow-origin"), "");
}

#[tokio::test]
async fn a_page_of_any_origin_can_read_the_public_keys() {
    let sso = SsoFixture::new().await;
    let response = send_from_origin(&sso, "https://other.example", Method::GET, "/jwks").await;
    assert_eq!(response.header("access-control-allow-origin"), "*");
}

#[tokio::test]
async fn a_form_that_is_too_large_is_an_invalid_token_request() {
    let sso = SsoFixture::new().await;
    let response = sso.browser().post_text("/token", too_large_form()).await;
    assert_eq!(response.status, StatusCode::BAD_REQUEST);
    assert_eq!(response.json()["error"], "invalid_request");
}

#[rstest]
#[tokio::test]
async fn a_form_that_is_too_large_is_rejected_with_an_error_page(
    #[values("/authorize", "/sign-in")] path: &str,
) {
    let sso = SsoFixture::new().await;
    let page = sso.browser().post_text(path, too_large_form()).await;
    assert_eq!(page.error_code(), "form-too-large");
}

/// An encoded form of more than one mebibyte.
fn too_large_form() -> String {
    format!("code={}", "a".repeat(1024 * 1024))
}
