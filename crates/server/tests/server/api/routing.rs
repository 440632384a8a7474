//! Routing rules of an organization with several connections, and subdomains.

use axum::http::{Method, StatusCode};
use insta::assert_snapshot;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::{Value, json};
use test_support::{Engine, TestResponse, TestServer, each_database, redact};

use super::start_with_acme;
use crate::objects::{add_domain, create_organization};

const ROUTING: &str = "/organizations/acme/routing";

async fn replace(server: &TestServer, rules: Value) -> TestResponse {
    let request = server
        .api
        .request(Method::PUT, ROUTING, &json!({ "rules": rules }));
    server.api.send(request).await
}

/// Creates a connection, which is not active. Returns its ID.
async fn create_connection(server: &TestServer, organization: &str) -> String {
    let path = format!("/organizations/{organization}/connections");
    let created = server.api.create(&path, json!({"name": "Okta"})).await;
    created["id"].as_str().unwrap().to_owned()
}

#[apply(each_database)]
async fn rules_are_replaced_as_a_whole(#[case] engine: Engine) {
    let server = start_with_acme(engine).await;
    assert_eq!(server.api.get(ROUTING).await.json()["rules"], json!([]));
    let connection = create_connection(&server, "acme").await;
    let rules = json!([
        {"patterns": [" *@EU.acme.example", "*.acme.example"], "connection": connection},
        {"patterns": ["Ada@ACME.example"], "connection": connection},
    ]);
    let replaced = replace(&server, rules.clone()).await;
    assert_eq!(replaced.status, StatusCode::OK, "{}", replaced.text);
    let rules_only = json!({ "rules": replaced.json()["rules"] });
    assert_snapshot!(redact(&format!("{rules_only:#}")), @r#"
    {
      "rules": [
        {
          "connection": "[con]",
          "connection_name": "Okta",
          "patterns": [
            "eu.acme.example",
            "*.acme.example"
          ],
          "skipped": "connection_not_active"
        },
        {
          "connection": "[con]",
          "connection_name": "Okta",
          "patterns": [
            "ada@acme.example"
          ],
          "skipped": "connection_not_active"
        }
      ]
    }
    "#);
    assert_eq!(server.api.get(ROUTING).await.json(), replaced.json());
    // The same rules again change nothing, and are not recorded.
    replace(&server, rules).await;
    let actions = server.audit_actions("acme").await;
    let is_routing = |action: &&String| *action == "organization.routing_updated";
    assert_eq!(actions.iter().filter(is_routing).count(), 1);
    let emptied = replace(&server, json!([])).await;
    assert_eq!(emptied.json()["rules"], json!([]));
}

#[apply(each_database)]
async fn rules_are_replaced_only_as_they_were_read(#[case] engine: Engine) {
    let server = start_with_acme(engine).await;
    let connection = create_connection(&server, "acme").await;
    let rule = |pattern: &str| json!({"patterns": [pattern], "connection": connection});
    let read = server.api.get(ROUTING).await.json();
    let path = format!("{ROUTING}?revision={}", read["revision"].as_str().unwrap());
    let replace_read = async |pattern: &str| {
        let body = json!({ "rules": [rule(pattern)] });
        let request = server.api.request(Method::PUT, &path, &body);
        server.api.send(request).await
    };
    let first = replace_read("eu.acme.example").await;
    assert_eq!(first.status, StatusCode::OK, "{}", first.text);
    assert_ne!(first.json()["revision"], read["revision"]);
    let second = replace_read("us.acme.example").await;
    assert_eq!(second.status, StatusCode::CONFLICT);
    assert_eq!(second.problem().code, "edit-conflict");
    assert!(second.text.contains("routing rules"), "{}", second.text);
    assert_eq!(server.api.get(ROUTING).await.json(), first.json());
    // The same request again has nothing to change.
    let repeated = replace_read("eu.acme.example").await;
    assert_eq!(repeated.json(), first.json());
}

#[tokio::test]
async fn each_invalid_field_of_a_rule_is_named() {
    let server = start_with_acme(Engine::Sqlite).await;
    let connection = create_connection(&server, "acme").await;
    create_organization(&server, "Globex", "enterprise").await;
    let foreign = create_connection(&server, "globex").await;
    let rules = json!([
        {"patterns": ["acme.example", "*", "a*@acme.example"], "connection": "okta"},
        {"patterns": ["*@acme.example"], "connection": connection},
    ]);
    let rejected = replace(&server, rules).await;
    assert_eq!(rejected.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields: Vec<String> = rejected
        .problem()
        .errors
        .into_iter()
        .map(|error| error.field)
        .collect();
    assert_eq!(
        fields,
        [
            "rules[0].patterns[1]",
            "rules[0].patterns[2]",
            "rules[0].connection",
            "rules[1].patterns[0]",
        ]
    );
    let rules = json!([{"patterns": ["acme.example"], "connection": foreign}]);
    let rejected = replace(&server, rules).await;
    assert_eq!(rejected.problem().errors[0].field, "rules[0].connection");
    let rules = json!([{"patterns": [], "connection": connection}]);
    let rejected = replace(&server, rules).await;
    assert_eq!(rejected.problem().errors[0].field, "rules[0].patterns");
}

#[apply(each_database)]
async fn a_domain_includes_its_subdomains_when_asked(#[case] engine: Engine) {
    let server = start_with_acme(engine).await;
    add_domain(&server, "acme", "acme.example").await;
    let path = "/organizations/acme/domains/acme.example";
    let listed = server.api.get("/organizations/acme/domains").await.json();
    assert_eq!(listed["items"][0]["include_subdomains"], false);
    for include in [true, true, false] {
        let change = json!({"include_subdomains": include});
        let updated = server.api.patch(path, change).await.json();
        assert_eq!(updated["include_subdomains"], include);
    }
    let actions = server.audit_actions("acme").await;
    let is_update = |action: &&String| *action == "domain.updated";
    assert_eq!(actions.iter().filter(is_update).count(), 2);
    let missing = "/organizations/acme/domains/other.example";
    let change = json!({"include_subdomains": true});
    let rejected = server.api.patch(missing, change).await;
    assert_eq!(rejected.status, StatusCode::NOT_FOUND);
}
