//! Properties of every route of the API. The routes come from the OpenAPI document, so new routes are tested too.

use axum::http::{Method, StatusCode, header};
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::{Value, json};
use service::{Actor, PageRequest, api_key};
use test_support::{Engine, TestServer, each_database};

use crate::manual_connection::manual_connection;

/// One operation of the API, with an unknown ID for each parameter.
struct Route {
    method: Method,
    path: String,
}

const UNKNOWN_PARAMETERS: [(&str, &str); 9] = [
    ("{organization}", "org_aaaaaaaaaaaaaaaaaaaaaaaaaa"),
    ("{connection}", "con_aaaaaaaaaaaaaaaaaaaaaaaaaa"),
    ("{application}", "app_aaaaaaaaaaaaaaaaaaaaaaaaaa"),
    ("{member}", "mem_aaaaaaaaaaaaaaaaaaaaaaaaaa"),
    ("{attempt}", "att_aaaaaaaaaaaaaaaaaaaaaaaaaa"),
    ("{setup_link}", "set_aaaaaaaaaaaaaaaaaaaaaaaaaa"),
    ("{move}", "mov_aaaaaaaaaaaaaaaaaaaaaaaaaa"),
    ("{version}", "1"),
    ("{domain}", "acme.example"),
];

fn openapi() -> Value {
    serde_json::to_value(api::openapi()).unwrap()
}

fn routes() -> Vec<Route> {
    let document = openapi();
    let mut routes = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        let path = UNKNOWN_PARAMETERS
            .iter()
            .fold(path.clone(), |path, (parameter, id)| {
                path.replace(parameter, id)
            });
        assert!(!path.contains('{'), "{path} has an unknown parameter");
        for method in methods.as_object().unwrap().keys() {
            routes.push(Route {
                method: method.to_ascii_uppercase().parse().unwrap(),
                path: path.clone(),
            });
        }
    }
    assert!(routes.len() > 25, "the document has no routes");
    routes
}

/// A valid request body for a route.
fn body(route: &Route) -> Value {
    if route.method == Method::PATCH {
        return json!({});
    }
    if route.method == Method::PUT {
        return json!({"rules": []});
    }
    if route.method != Method::POST {
        return Value::Null;
    }
    if route.path.ends_with("/merge/preview") {
        return json!({"from": "mem_aaaaaaaaaaaaaaaaaaaaaaaaaa"});
    }
    match route.path.rsplit('/').next().unwrap() {
        "domains" => json!({"domain": "acme.example"}),
        "members" => json!({"email": "ada@acme.example"}),
        "merge" => json!({"from": "mem_aaaaaaaaaaaaaaaaaaaaaaaaaa"}),
        "account-moves" | "preview" => json!({
            "from": "con_aaaaaaaaaaaaaaaaaaaaaaaaaa", "to": "con_bbbbbbbbbbbbbbbbbbbbbbbbbb",
        }),
        "setup-links" | "rotate" => json!({}),
        "connections" => manual_connection(&[]),
        _ => Value::Null,
    }
}

#[apply(each_database)]
async fn every_route_requires_an_api_key(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let unknown_key = server.api.key.replace("vst_", "vst_x");
    for Route { method, path } in routes() {
        for authorization in [
            None,
            Some(""),
            Some("Bearer"),
            Some("Bearer "),
            Some("Basic dXNlcjpwdw=="),
            Some(unknown_key.as_str()),
        ] {
            let mut request = server.api.request(method.clone(), &path, &Value::Null);
            request.headers_mut().remove(header::AUTHORIZATION);
            if let Some(value) = authorization {
                request
                    .headers_mut()
                    .insert(header::AUTHORIZATION, value.parse().unwrap());
            }
            let response = server.api.send(request).await;
            assert_eq!(
                response.status,
                StatusCode::UNAUTHORIZED,
                "{method} {path} {authorization:?}"
            );
            assert_eq!(response.problem().code, "unauthorized");
        }
    }
}

#[apply(each_database)]
async fn every_route_responds_the_same_way_to_unknown_ids(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    for route in routes() {
        if !route.path.contains("_aaaa") {
            continue;
        }
        let body = body(&route);
        let Route { method, path } = route;
        let request = server.api.request(method.clone(), &path, &body);
        let response = server.api.send(request).await;
        assert_eq!(
            response.status,
            StatusCode::NOT_FOUND,
            "{method} {path}: {}",
            response.text
        );
        assert_eq!(response.problem().code, "not-found");
    }
}

#[apply(each_database)]
async fn a_revoked_key_is_rejected(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let response = server.api.get("/plans").await;
    assert_eq!(response.status, StatusCode::OK);
    let keys = api_key::list(&server.app, &PageRequest::default()).await;
    let key = &keys.unwrap().items[0].id;
    let revoked = api_key::revoke(&server.app, &Actor::CommandLine, key).await;
    revoked.unwrap();
    let response = server.api.get("/plans").await;
    assert_eq!(response.status, StatusCode::UNAUTHORIZED);
}

/// The operations of the OpenAPI document.
fn operations(document: &Value) -> Vec<&Value> {
    let paths = document["paths"].as_object().unwrap().values();
    paths
        .flat_map(|path| path.as_object().unwrap().values())
        .collect()
}

/// The object that a `$ref` of the OpenAPI document names.
fn resolve<'d>(document: &'d Value, reference: &Value) -> &'d Value {
    let pointer = reference["$ref"].as_str().unwrap().replacen('#', "", 1);
    document.pointer(&pointer).unwrap()
}

#[test]
fn every_request_has_an_example_that_fits_its_schema() {
    let document = openapi();
    for operation in operations(&document) {
        let id = &operation["operationId"];
        let request = &operation["requestBody"]["content"]["application/json"];
        let Some(example) = request["example"].as_object() else {
            assert!(request.is_null(), "{id} has no example");
            continue;
        };
        let schema = resolve(&document, &request["schema"]);
        for field in example.keys() {
            assert!(schema["properties"][field].is_object(), "{id}: {field}");
        }
        for field in schema["required"].as_array().into_iter().flatten() {
            let field = field.as_str().unwrap();
            assert!(example.contains_key(field), "{id}: {field}");
        }
    }
}

#[test]
fn every_operation_has_examples_of_its_problems() {
    let document = openapi();
    for operation in operations(&document) {
        let id = &operation["operationId"];
        let mut problems = 0;
        for (status, response) in operation["responses"].as_object().unwrap() {
            if status.starts_with('2') {
                continue;
            }
            let response = resolve(&document, response);
            let content = &response["content"]["application/problem+json"];
            for (code, example) in content["examples"].as_object().unwrap() {
                let problem = &resolve(&document, example)["value"];
                assert_eq!(problem["code"], code.as_str(), "{id}");
                assert_eq!(problem["status"].to_string(), *status, "{id} {code}");
                problems += 1;
            }
        }
        assert!(problems >= 3, "{id}");
    }
}

/// `VESTIBULE_TEST_WRITE=1 cargo test -p vestibule --test server the_document` updates the file.
#[test]
fn the_document_in_docs_is_up_to_date() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/openapi.json");
    let expected = format!("{:#}\n", openapi());
    if std::env::var_os("VESTIBULE_TEST_WRITE").is_some() {
        std::fs::write(file, &expected).unwrap();
    }
    let document = std::fs::read_to_string(file).unwrap_or_default();
    assert!(
        document == expected,
        "docs/openapi.json differs from the code; the comment above this test says how to update it"
    );
}
