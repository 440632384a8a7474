//! Applications: the clients of the OpenID provider.

use axum::http::StatusCode;
use insta::assert_snapshot;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::{Value, json};
use test_support::{Engine, TestServer, each_database};

use crate::objects::id;

const APPLICATIONS: &str = "/applications";
const REDIRECT_URI: &str = "https://app.example.com/callback";

/// The request body of a confidential application. Each of `fields` replaces or adds one.
fn new_application(fields: &[(&str, Value)]) -> Value {
    let mut body = json!({
        "name": "Portal",
        "redirect_uris": [REDIRECT_URI],
        "client_type": "confidential",
    });
    for (field, value) in fields {
        body[*field] = value.clone();
    }
    body
}

fn path(application: &Value) -> String {
    format!("/applications/{}", id(application))
}

/// The keys of RFC 8037, appendix A.
fn public_jwks() -> Value {
    json!({"keys": [{
        "kty": "OKP",
        "crv": "Ed25519",
        "kid": "a",
        "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
    }]})
}

/// Like [`public_jwks`], with the private key.
fn private_jwks() -> Value {
    json!({"keys": [{
        "kty": "OKP",
        "crv": "Ed25519",
        "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
        "d": "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",
    }]})
}

#[apply(each_database)]
async fn a_secret_is_shown_once(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let response = server.api.post(APPLICATIONS, new_application(&[])).await;
    assert_eq!(response.status, StatusCode::CREATED);
    assert_snapshot!(response.redacted_json(), @r#"
    {
      "client_secret": "[vss]",
      "client_type": "confidential",
      "created_at": "2026-11-24T09:00:00Z",
      "id": "[app]",
      "id_token_signed_response_alg": "RS256",
      "jwks": null,
      "name": "Portal",
      "redirect_uris": [
        "https://app.example.com/callback"
      ],
      "require_pkce": true,
      "token_endpoint_auth_method": null
    }
    "#);
    let application = response.json();
    let secret = application["client_secret"].as_str().unwrap();
    assert!(secret.starts_with("vss_"));

    let application = server.api.get(&path(&application)).await.json();
    assert!(application.get("client_secret").is_none());
}

#[apply(each_database)]
async fn a_secret_can_be_rotated(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let application = server.api.create(APPLICATIONS, new_application(&[])).await;
    let rotate = format!("{}/secret", path(&application));
    let response = server.api.post(&rotate, Value::Null).await;
    assert_eq!(response.status, StatusCode::OK);
    let rotated = response.json();
    assert!(rotated["client_secret"].is_string());
    assert_ne!(rotated["client_secret"], application["client_secret"]);
}

#[apply(each_database)]
async fn an_application_is_confidential_by_default(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let body = json!({"name": "Portal", "redirect_uris": [REDIRECT_URI]});
    let application = server.api.create(APPLICATIONS, body).await;
    assert_eq!(application["client_type"], "confidential");
    let body = new_application(&[("client_type", Value::Null)]);
    let with_null = server.api.create(APPLICATIONS, body).await;
    assert_eq!(with_null["client_type"], "confidential");

    let path = path(&application);
    let public = json!({"client_type": "public", "token_endpoint_auth_method": null});
    let application = server.api.patch(&path, public).await.json();
    assert_eq!(application["client_type"], "public");
    let default = json!({"client_type": null, "token_endpoint_auth_method": null});
    let application = server.api.patch(&path, default).await.json();
    assert_eq!(application["client_type"], "confidential");
}

#[apply(each_database)]
async fn an_application_is_pinned_to_one_method_until_it_is_reset(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let pinned = new_application(&[
        ("token_endpoint_auth_method", json!("client_secret_post")),
        ("require_pkce", json!(false)),
    ]);
    let application = server.api.create(APPLICATIONS, pinned).await;
    let path = path(&application);
    let renamed = json!({"name": "Gate"});
    let application = server.api.patch(&path, renamed).await.json();
    assert_eq!(
        application["token_endpoint_auth_method"],
        "client_secret_post"
    );
    assert_eq!(application["require_pkce"], false);
    let reset = json!({"token_endpoint_auth_method": null, "require_pkce": null});
    let application = server.api.patch(&path, reset).await.json();
    assert_eq!(application["token_endpoint_auth_method"], Value::Null);
    assert_eq!(application["require_pkce"], true);
    assert!(application.get("client_secret").is_none());
}

#[apply(each_database)]
async fn a_public_application_always_requires_pkce(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let public = new_application(&[
        ("client_type", json!("public")),
        ("require_pkce", json!(false)),
    ]);
    let response = server.api.post(APPLICATIONS, public).await;
    let problem = response.json();
    assert_eq!(problem["errors"][0]["field"], "require_pkce", "{problem}");
}

#[apply(each_database)]
async fn a_public_application_has_no_secret(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let public = new_application(&[("client_type", json!("public"))]);
    let application = server.api.create(APPLICATIONS, public).await;
    assert_eq!(application["token_endpoint_auth_method"], "none");
    assert!(application.get("client_secret").is_none());
    let rotate = format!("{}/secret", path(&application));
    let response = server.api.post(&rotate, Value::Null).await;
    assert_eq!(response.problem().code, "no-secret");
}

#[apply(each_database)]
async fn an_application_can_authenticate_with_its_own_key(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let with_key = new_application(&[
        ("token_endpoint_auth_method", json!("private_key_jwt")),
        ("jwks", public_jwks()),
    ]);
    let application = server.api.create(APPLICATIONS, with_key).await;
    assert!(application.get("client_secret").is_none());
    assert_eq!(application["jwks"], public_jwks());

    let with_secret = json!({"token_endpoint_auth_method": null, "jwks": null});
    let response = server.api.patch(&path(&application), with_secret).await;
    let application = response.json();
    assert_eq!(application["token_endpoint_auth_method"], Value::Null);
    assert!(application["client_secret"].is_string());
}

#[rstest]
#[case::empty("")]
#[case::path("/callback")]
#[case::http("http://app.example.com/callback")]
#[case::fragment("https://app.example.com/#x")]
#[case::wildcard("https://*.example.com/")]
#[case::script("javascript:alert(1)")]
#[case::credentials("https://me@app.example.com/")]
#[case::private_scheme("com.example.app:/callback")]
#[case::trailing_space("https://app.example.com/ ")]
#[tokio::test]
async fn an_invalid_redirect_uri_is_rejected(#[case] redirect_uri: &str) {
    let server = TestServer::start(Engine::Sqlite).await;
    let body = new_application(&[("redirect_uris", json!([REDIRECT_URI, redirect_uri]))]);
    let response = server.api.post(APPLICATIONS, body).await;
    assert_eq!(response.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(response.problem().errors[0].field, "redirect_uris[1]");
}

#[apply(each_database)]
async fn an_application_needs_a_redirect_uri(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let body = new_application(&[("redirect_uris", json!([]))]);
    let response = server.api.post(APPLICATIONS, body).await;
    assert_snapshot!(response.problem(), @"
    invalid-fields
    redirect_uris: expected at least 1 item, received a list of length 0
    ");
}

#[rstest]
#[case::public_with_secret(
    &[
        ("client_type", json!("public")),
        ("token_endpoint_auth_method", json!("client_secret_post")),
    ],
    "token_endpoint_auth_method"
)]
#[case::confidential_without_method(
    &[("token_endpoint_auth_method", json!("none"))],
    "token_endpoint_auth_method"
)]
#[case::unknown_method(
    &[("token_endpoint_auth_method", json!("client_secret_jwt"))],
    "token_endpoint_auth_method"
)]
#[case::private_key_jwt_without_keys(
    &[("token_endpoint_auth_method", json!("private_key_jwt"))],
    "jwks"
)]
#[case::private_key(
    &[
        ("token_endpoint_auth_method", json!("private_key_jwt")),
        ("jwks", private_jwks()),
    ],
    "jwks"
)]
#[case::secret_and_keys(&[("jwks", public_jwks())], "jwks")]
#[case::symmetric_algorithm(
    &[("id_token_signed_response_alg", json!("HS256"))],
    "id_token_signed_response_alg"
)]
#[case::unknown_client_type(&[("client_type", json!("secret"))], "client_type")]
#[tokio::test]
async fn the_authentication_method_must_fit_the_application(
    #[case] fields: &[(&str, Value)],
    #[case] invalid_field: &str,
) {
    let server = TestServer::start(Engine::Sqlite).await;
    let response = server.api.post(APPLICATIONS, new_application(fields)).await;
    assert_eq!(response.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(response.problem().errors[0].field, invalid_field);
    assert!(
        !response.text.contains("nWGxne"),
        "a private key is never repeated"
    );
    let list = server.api.get(APPLICATIONS).await.json();
    assert_eq!(list["items"], json!([]));
}
