use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use insta::assert_snapshot;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::{Value, json};
use test_support::{Engine, TestServer, each_database};

#[apply(each_database)]
async fn an_invalid_body_changes_nothing(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let too_large = format!("{{\"name\":\"{}\"}}", "a".repeat(1024 * 1024));
    let deep = format!("{{\"name\":{}1{}}}", "[".repeat(500), "]".repeat(500));
    for (kind, body, status) in [
        ("application/json", "", StatusCode::BAD_REQUEST),
        ("application/json", "{", StatusCode::BAD_REQUEST),
        (
            "application/json",
            "{\"name\":\"a\",\"name\":\"b\"}",
            StatusCode::BAD_REQUEST,
        ),
        (
            "application/json",
            "{\"name\":\"a\"} x",
            StatusCode::BAD_REQUEST,
        ),
        ("application/json", deep.as_str(), StatusCode::BAD_REQUEST),
        ("application/json", "[]", StatusCode::UNPROCESSABLE_ENTITY),
        (
            "application/json",
            "\"name\"",
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (
            "application/json",
            too_large.as_str(),
            StatusCode::PAYLOAD_TOO_LARGE,
        ),
        (
            "text/plain",
            "{\"name\":\"a\"}",
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
        ),
        (
            "application/x-www-form-urlencoded",
            "name=a",
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
        ),
        ("", "{\"name\":\"a\"}", StatusCode::UNSUPPORTED_MEDIA_TYPE),
    ] {
        let mut request = server
            .api
            .request(Method::POST, "/organizations", &Value::Null);
        request
            .headers_mut()
            .insert(header::CONTENT_TYPE, kind.parse().unwrap());
        *request.body_mut() = Body::from(body.to_owned());
        let answer = server.api.send(request).await;
        assert_eq!(
            answer.status,
            status,
            "{kind} {}",
            &body[..body.len().min(40)]
        );
        answer.problem();
    }
    assert_eq!(
        server.api.get("/organizations").await.json()["items"],
        json!([])
    );
}

#[apply(each_database)]
async fn a_misspelled_field_gets_a_suggestion(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let answer = server
        .api
        .post(
            "/organizations",
            json!({"nmae": "Acme", "Plan": "starter", "colour": "red"}),
        )
        .await;
    assert_snapshot!(answer.problem(), @"
    invalid-fields
    Plan: expected plan (there is no field Plan), received an unknown field
    colour: expected one of the fields name, plan, slug, received an unknown field
    nmae: expected name (there is no field nmae), received an unknown field
    name: expected a text, received nothing
    ");
}
