use axum::http::StatusCode;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::{Value, json};
use test_support::{Engine, TestServer, each_database};

const CALLBACK: &str = "https://app.example.com/callback";

fn confidential(rows: &[(&str, Value)]) -> Value {
    let mut body =
        json!({"name": "Portal", "redirect_uris": [CALLBACK], "client_type": "confidential"});
    for (field, value) in rows {
        body[*field] = value.clone();
    }
    body
}

fn public_keys() -> Value {
    json!({"keys": [{"kty": "OKP", "crv": "Ed25519", "kid": "a", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]})
}

#[apply(each_database)]
async fn a_secret_is_shown_once_and_rotated(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let made = server.api.create("/applications", confidential(&[])).await;
    assert_eq!(made["token_endpoint_auth_method"], "client_secret_basic");
    assert_eq!(made["id_token_signed_response_alg"], "RS256");
    let secret = made["client_secret"].as_str().unwrap();
    assert!(secret.starts_with("vss_"));
    let path = format!("/applications/{}", made["id"].as_str().unwrap());
    assert!(
        server
            .api
            .get(&path)
            .await
            .json()
            .get("client_secret")
            .is_none()
    );
    let rotated = server
        .api
        .post(&format!("{path}/secret"), Value::Null)
        .await;
    assert_eq!(rotated.status, StatusCode::OK);
    assert_ne!(rotated.json()["client_secret"], made["client_secret"]);
}

#[apply(each_database)]
async fn an_application_is_confidential_by_default(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let made = server
        .api
        .create(
            "/applications",
            json!({"name": "Portal", "redirect_uris": [CALLBACK]}),
        )
        .await;
    assert_eq!(made["client_type"], "confidential");
    let path = format!("/applications/{}", made["id"].as_str().unwrap());
    let public = json!({"client_type": "public", "token_endpoint_auth_method": null});
    assert_eq!(
        server.api.patch(&path, public).await.json()["client_type"],
        "public"
    );
    let reset = json!({"client_type": null, "token_endpoint_auth_method": null});
    assert_eq!(
        server.api.patch(&path, reset).await.json()["client_type"],
        "confidential"
    );
}

#[apply(each_database)]
async fn a_public_application_has_no_secret(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let made = server
        .api
        .create(
            "/applications",
            confidential(&[("client_type", json!("public"))]),
        )
        .await;
    assert_eq!(made["token_endpoint_auth_method"], "none");
    assert!(made.get("client_secret").is_none());
    let path = format!("/applications/{}/secret", made["id"].as_str().unwrap());
    assert_eq!(
        server.api.post(&path, Value::Null).await.problem().code,
        "no-secret"
    );
}

#[apply(each_database)]
async fn an_application_can_authenticate_with_its_own_key(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let rows = [
        ("token_endpoint_auth_method", json!("private_key_jwt")),
        ("jwks", public_keys()),
    ];
    let made = server
        .api
        .create("/applications", confidential(&rows))
        .await;
    assert!(made.get("client_secret").is_none());
    assert_eq!(made["jwks"], public_keys());
    let path = format!("/applications/{}", made["id"].as_str().unwrap());
    let back = json!({"token_endpoint_auth_method": null, "jwks": null});
    let changed = server.api.patch(&path, back).await.json();
    assert_eq!(changed["token_endpoint_auth_method"], "client_secret_basic");
    assert!(changed["client_secret"].is_string());
}

#[apply(each_database)]
async fn invalid_redirect_uris_are_rejected_with_the_reason(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    for uri in [
        "",
        "/callback",
        "http://app.example.com/callback",
        "https://app.example.com/#x",
        "https://*.example.com/",
        "javascript:alert(1)",
        "https://me@app.example.com/",
        "com.example.app:/callback",
        "https://app.example.com/ ",
    ] {
        let answer = server
            .api
            .post(
                "/applications",
                confidential(&[("redirect_uris", json!([CALLBACK, uri]))]),
            )
            .await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{uri}");
        assert_eq!(
            answer.problem().errors[0].field,
            "redirect_uris[1]",
            "{uri}"
        );
    }
    let empty = server
        .api
        .post(
            "/applications",
            confidential(&[("redirect_uris", json!([]))]),
        )
        .await;
    assert_eq!(empty.problem().errors[0].expected, "at least 1 item");
}

#[apply(each_database)]
async fn the_authentication_method_must_fit_the_application(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let private = json!({"keys": [{"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo", "d": "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"}]});
    for (rows, field) in [
        (
            vec![
                ("client_type", json!("public")),
                ("token_endpoint_auth_method", json!("client_secret_post")),
            ],
            "token_endpoint_auth_method",
        ),
        (
            vec![("token_endpoint_auth_method", json!("none"))],
            "token_endpoint_auth_method",
        ),
        (
            vec![("token_endpoint_auth_method", json!("client_secret_jwt"))],
            "token_endpoint_auth_method",
        ),
        (
            vec![("token_endpoint_auth_method", json!("private_key_jwt"))],
            "jwks",
        ),
        (
            vec![
                ("token_endpoint_auth_method", json!("private_key_jwt")),
                ("jwks", private),
            ],
            "jwks",
        ),
        (vec![("jwks", public_keys())], "jwks"),
        (
            vec![("id_token_signed_response_alg", json!("HS256"))],
            "id_token_signed_response_alg",
        ),
        (vec![("client_type", json!("secret"))], "client_type"),
    ] {
        let answer = server.api.post("/applications", confidential(&rows)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{rows:?}");
        assert_eq!(answer.problem().errors[0].field, field, "{rows:?}");
        assert!(
            !answer.text.contains("nWGxne"),
            "a private key is never repeated"
        );
    }
    assert_eq!(
        server.api.get("/applications").await.json()["items"],
        json!([])
    );
}
