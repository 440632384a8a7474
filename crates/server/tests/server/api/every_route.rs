//! Properties of every route of the API. The routes come from the OpenAPI document, so new routes are tested too.

use axum::http::{Method, StatusCode, header};
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::{Value, json};
use test_support::{Engine, TestServer, each_database};

/// Every method and path, with an unknown ID for each parameter.
fn routes() -> Vec<(Method, String)> {
    let document = serde_json::to_value(api::openapi()).unwrap();
    let mut routes = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        let path = path
            .replace("{organization}", "org_aaaaaaaaaaaaaaaaaaaaaaaaaa")
            .replace("{connection}", "con_aaaaaaaaaaaaaaaaaaaaaaaaaa")
            .replace("{application}", "app_aaaaaaaaaaaaaaaaaaaaaaaaaa")
            .replace("{member}", "mem_aaaaaaaaaaaaaaaaaaaaaaaaaa")
            .replace("{attempt}", "att_aaaaaaaaaaaaaaaaaaaaaaaaaa")
            .replace("{setup_link}", "set_aaaaaaaaaaaaaaaaaaaaaaaaaa")
            .replace("{version}", "1")
            .replace("{domain}", "acme.example");
        assert!(
            !path.contains('{'),
            "{path} has a place that this test does not know"
        );
        for method in methods.as_object().unwrap().keys() {
            routes.push((method.to_ascii_uppercase().parse().unwrap(), path.clone()));
        }
    }
    assert!(
        routes.len() > 25,
        "a test that looks at nothing proves nothing"
    );
    routes
}

#[apply(each_database)]
async fn every_route_requires_an_api_key(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let revoked = server.api.key.replace("vst_", "vst_x");
    for (method, path) in routes() {
        for header in [
            None,
            Some(""),
            Some("Bearer"),
            Some("Bearer "),
            Some("Basic dXNlcjpwdw=="),
            Some(revoked.as_str()),
        ] {
            let mut request = server.api.request(method.clone(), &path, &Value::Null);
            request.headers_mut().remove(header::AUTHORIZATION);
            if let Some(header) = header {
                request
                    .headers_mut()
                    .insert(header::AUTHORIZATION, header.parse().unwrap());
            }
            let answer = server.api.send(request).await;
            assert_eq!(
                answer.status,
                StatusCode::UNAUTHORIZED,
                "{method} {path} {header:?}"
            );
            assert_eq!(answer.problem().code, "unauthorized");
        }
    }
}

#[apply(each_database)]
async fn every_route_responds_the_same_way_to_unknown_ids(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    for (method, path) in routes()
        .into_iter()
        .filter(|(_, path)| path.contains("_aaaa"))
    {
        let body = if method == Method::PATCH {
            json!({})
        } else {
            Value::Null
        };
        let body = if method == Method::POST {
            a_body_for(&path)
        } else {
            body
        };
        let answer = server
            .api
            .send(server.api.request(method.clone(), &path, &body))
            .await;
        assert_eq!(
            answer.status,
            StatusCode::NOT_FOUND,
            "{method} {path}: {}",
            answer.text
        );
        assert_eq!(answer.problem().code, "not-found");
    }
}

#[apply(each_database)]
async fn a_revoked_key_is_rejected(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    use service::Actor;
    use service::PageRequest;
    use service::api_key;
    let id = api_key::list(&server.app, &PageRequest::default())
        .await
        .unwrap()
        .items[0]
        .id
        .clone();
    assert_eq!(server.api.get("/plans").await.status, StatusCode::OK);
    api_key::revoke(&server.app, &Actor::CommandLine, &id)
        .await
        .unwrap();
    assert_eq!(
        server.api.get("/plans").await.status,
        StatusCode::UNAUTHORIZED
    );
}

#[test]
fn every_request_and_every_problem_has_an_example() {
    let document = serde_json::to_value(api::openapi()).unwrap();
    let resolve = |reference: &Value| {
        let pointer = reference["$ref"].as_str().unwrap().replacen('#', "", 1);
        document.pointer(&pointer).unwrap().clone()
    };
    let paths = document["paths"].as_object().unwrap();
    let operations = paths.values().flat_map(|path| path.as_object().unwrap());
    for (_, operation) in operations {
        let id = &operation["operationId"];
        let request = &operation["requestBody"]["content"]["application/json"];
        if let Some(example) = request["example"].as_object() {
            let schema = resolve(&request["schema"]);
            for field in example.keys() {
                assert!(schema["properties"][field].is_object(), "{id}: {field}");
            }
            for field in schema["required"].as_array().into_iter().flatten() {
                assert!(
                    example.contains_key(field.as_str().unwrap()),
                    "{id}: {field}"
                );
            }
        } else {
            assert!(request.is_null(), "{id} has no example");
        }
        let mut problems = 0;
        for (status, response) in operation["responses"].as_object().unwrap() {
            if status.starts_with('2') {
                continue;
            }
            let content = &resolve(response)["content"]["application/problem+json"];
            for (code, example) in content["examples"].as_object().unwrap() {
                let problem = resolve(example)["value"].clone();
                assert_eq!(problem["code"], code.as_str(), "{id}");
                assert_eq!(problem["status"].to_string(), *status, "{id} {code}");
                problems += 1;
            }
        }
        assert!(problems >= 3, "{id}");
    }
}

fn a_body_for(path: &str) -> Value {
    match path.rsplit('/').next().unwrap() {
        "domains" => json!({"domain": "acme.example"}),
        "members" => json!({"email": "ada@acme.example"}),
        "setup-links" => json!({}),
        "connections" => crate::manual_connection::manual_connection(&[]),
        _ => Value::Null,
    }
}

/// `VESTIBULE_TEST_WRITE=1 cargo test -p vestibule --test server the_document` updates the file.
#[test]
fn the_document_in_docs_is_up_to_date() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/openapi.json");
    let made = format!("{:#}\n", serde_json::to_value(api::openapi()).unwrap());
    if std::env::var_os("VESTIBULE_TEST_WRITE").is_some() {
        std::fs::write(file, &made).unwrap();
    }
    let there = std::fs::read_to_string(file).unwrap_or_default();
    assert!(
        there == made,
        "docs/openapi.json is not that of the code; the comment above this test says how to write it"
    );
}
