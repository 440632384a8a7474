//! Request bodies that are not the expected JSON.

use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use insta::assert_snapshot;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::{Value, json};
use test_support::{Engine, TestResponse, TestServer, each_database};

const JSON: &str = "application/json";

/// Posts a body that must be rejected and change nothing.
async fn post_invalid(content_type: &str, body: &str) -> TestResponse {
    let server = TestServer::start(Engine::Sqlite).await;
    let mut request = server
        .api
        .request(Method::POST, "/organizations", &Value::Null);
    let content_type = content_type.parse().unwrap();
    request
        .headers_mut()
        .insert(header::CONTENT_TYPE, content_type);
    *request.body_mut() = Body::from(body.to_owned());
    let response = server.api.send(request).await;
    response.problem();
    let list = server.api.get("/organizations").await.json();
    assert_eq!(list["items"], json!([]));
    response
}

#[rstest]
#[case::empty("")]
#[case::unclosed("{")]
#[case::duplicate_field(r#"{"name":"a","name":"b"}"#)]
#[case::text_after_the_object(r#"{"name":"a"} x"#)]
#[case::deep_nesting(&format!(r#"{{"name":{}1{}}}"#, "[".repeat(500), "]".repeat(500)))]
#[tokio::test]
async fn malformed_json_is_rejected(#[case] body: &str) {
    let response = post_invalid(JSON, body).await;
    assert_eq!(response.status, StatusCode::BAD_REQUEST);
}

#[rstest]
#[tokio::test]
async fn json_other_than_an_object_is_rejected(#[values("[]", r#""name""#)] body: &str) {
    let response = post_invalid(JSON, body).await;
    assert_eq!(response.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_body_of_more_than_a_mebibyte_is_rejected() {
    let body = format!(r#"{{"name":"{}"}}"#, "a".repeat(1024 * 1024));
    let response = post_invalid(JSON, &body).await;
    assert_eq!(response.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[rstest]
#[case::text("text/plain", r#"{"name":"a"}"#)]
#[case::form("application/x-www-form-urlencoded", "name=a")]
#[case::none("", r#"{"name":"a"}"#)]
#[tokio::test]
async fn other_content_types_are_rejected(#[case] content_type: &str, #[case] body: &str) {
    let response = post_invalid(content_type, body).await;
    assert_eq!(response.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
}

#[tokio::test]
async fn the_error_in_the_documentation_is_true() {
    let server = TestServer::start(Engine::Sqlite).await;
    let documentation = include_str!("../../../../../docs/api.md");
    let (_, example) = documentation.split_once("```json\n").unwrap();
    let (example, _) = example.split_once("```").unwrap();
    let body = json!({"name": 4, "pan": "starter"});
    assert!(documentation.contains("{\"name\": 4, \"pan\": \"starter\"}"));
    let response = server.api.post("/organizations", body).await;
    let example: Value = serde_json::from_str(example).unwrap();
    assert_eq!(response.json(), example);
}

#[apply(each_database)]
async fn a_misspelled_field_gets_a_suggestion(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let body = json!({"nmae": "Acme", "Plan": "starter", "colour": "red"});
    let response = server.api.post("/organizations", body).await;
    assert_snapshot!(response.problem(), @"
    invalid-fields
    Plan: expected plan (there is no field Plan), received an unknown field
    colour: expected one of the fields name, plan, slug, received an unknown field
    nmae: expected name (there is no field nmae), received an unknown field
    name: expected a name, received nothing
    ");
}
