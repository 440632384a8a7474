use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use serde_json::{Value, json};

use crate::database::on_each_database;

on_each_database! {
    async fn an_invalid_body_changes_nothing(server) {
        let too_large = format!("{{\"name\":\"{}\"}}", "a".repeat(1024 * 1024));
        let deep = format!("{{\"name\":{}1{}}}", "[".repeat(500), "]".repeat(500));
        for (kind, body, status) in [
            ("application/json", "", StatusCode::BAD_REQUEST),
            ("application/json", "{", StatusCode::BAD_REQUEST),
            ("application/json", "{\"name\":\"a\",\"name\":\"b\"}", StatusCode::BAD_REQUEST),
            ("application/json", "{\"name\":\"a\"} x", StatusCode::BAD_REQUEST),
            ("application/json", deep.as_str(), StatusCode::BAD_REQUEST),
            ("application/json", "[]", StatusCode::UNPROCESSABLE_ENTITY),
            ("application/json", "\"name\"", StatusCode::UNPROCESSABLE_ENTITY),
            ("application/json", too_large.as_str(), StatusCode::PAYLOAD_TOO_LARGE),
            ("text/plain", "{\"name\":\"a\"}", StatusCode::UNSUPPORTED_MEDIA_TYPE),
            ("application/x-www-form-urlencoded", "name=a", StatusCode::UNSUPPORTED_MEDIA_TYPE),
            ("", "{\"name\":\"a\"}", StatusCode::UNSUPPORTED_MEDIA_TYPE),
        ] {
            let mut request = server.request(Method::POST, "/organizations", &Value::Null);
            request.headers_mut().insert(header::CONTENT_TYPE, kind.parse().unwrap());
            *request.body_mut() = Body::from(body.to_owned());
            let answer = server.send(request).await;
            assert_eq!(answer.status, status, "{kind} {}", &body[..body.len().min(40)]);
            answer.problem();
        }
        assert_eq!(server.get("/organizations").await.json()["items"], json!([]));
    }

    async fn a_misspelled_field_gets_a_suggestion(server) {
        let answer = server.post("/organizations", json!({"nmae": "Acme", "Plan": "starter", "colour": "red"})).await;
        let (_, errors) = answer.problem();
        let said: Vec<(&str, &str)> = errors.iter().map(|(field, expected, _)| (field.as_str(), expected.as_str())).collect();
        assert_eq!(
            said,
            [
                ("Plan", "plan (there is no field Plan)"),
                ("colour", "one of the fields name, plan, slug"),
                ("nmae", "name (there is no field nmae)"),
                ("name", "a text"),
            ]
        );
    }
}
