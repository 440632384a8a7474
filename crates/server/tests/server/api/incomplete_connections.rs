//! Connections without identity provider details, and role rules.

use axum::http::StatusCode;
use insta::assert_snapshot;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::{Value, json};
use test_support::{Engine, TestServer, each_database};

use super::start_with_acme;
use crate::manual_connection::key_file;
use crate::objects::{activate_connection, connection_path, create_connection};

/// Creates a connection without identity provider details in Acme. Returns its path.
async fn create_incomplete_connection(server: &TestServer) -> String {
    let body = json!({"name": "Acme Okta", "provider": "okta"});
    let connection = server
        .api
        .create("/organizations/acme/connections", body)
        .await;
    connection_path(&connection)
}

#[apply(each_database)]
async fn a_connection_can_be_created_without_idp_details(#[case] engine: Engine) {
    let server = start_with_acme(engine).await;
    let path = create_incomplete_connection(&server).await;
    let connection = server.api.get(&path).await.json();
    assert_eq!(connection["state"], "draft");
    assert_eq!(connection["complete"], false);
    assert_eq!(
        connection["missing"],
        json!(["issuer", "sign_on_url", "certificates"])
    );
    assert!(connection["acs_url"].as_str().unwrap().ends_with("/acs"));
    assert_eq!(connection["issuer"], "");
    assert_eq!(connection["certificates"], json!([]));
}

#[apply(each_database)]
async fn a_connection_can_be_activated_when_its_idp_details_are_complete(#[case] engine: Engine) {
    let server = start_with_acme(engine).await;
    let path = create_incomplete_connection(&server).await;
    let activate = format!("{path}/activate");
    let response = server.api.post(&activate, Value::Null).await;
    assert_eq!(response.status, StatusCode::CONFLICT);
    assert_eq!(response.problem().code, "connection-incomplete");

    // Settings other than the IdP details can already be changed.
    let update = json!({"name": "Okta", "provisioning": "invitation_only"});
    let connection = server.api.patch(&path, update).await.json();
    assert_eq!(connection["name"], "Okta");
    assert_eq!(connection["complete"], false);

    let idp_details = json!({
        "issuer": "https://idp.example/metadata",
        "sign_on_url": "https://idp.example/sso",
        "certificates": [key_file("rsa-2048.crt")],
    });
    let connection = server.api.patch(&path, idp_details).await.json();
    assert_eq!(connection["complete"], true);
    assert_eq!(connection["missing"], json!([]));
    let connection = activate_connection(&server, &path).await;
    assert_eq!(connection["state"], "active");
}

#[apply(each_database)]
async fn idp_details_must_be_given_together(#[case] engine: Engine) {
    let server = start_with_acme(engine).await;
    let path = create_incomplete_connection(&server).await;
    let issuer = json!({"issuer": "https://idp.example/metadata"});
    let response = server.api.patch(&path, issuer).await;
    assert_snapshot!(response.problem(), @"
    invalid-fields
    sign_on_url: expected the identity provider's sign-on URL, like https://idp.example/sso, received nothing
    certificates: expected the identity provider's signing certificate (or metadata_xml instead), received nothing
    ");
}

#[apply(each_database)]
async fn idp_details_cannot_be_removed(#[case] engine: Engine) {
    let server = start_with_acme(engine).await;
    let connection = create_connection(&server, "acme", &[]).await;
    let path = connection_path(&connection);
    let update = json!({"issuer": null, "sign_on_url": null, "certificates": null});
    let response = server.api.patch(&path, update).await;
    assert_eq!(response.status, StatusCode::CONFLICT);
    assert_eq!(response.problem().code, "connection-incomplete");
    assert_eq!(server.api.get(&path).await.json(), connection);
}

#[apply(each_database)]
async fn role_rules_are_stored_and_cleared(#[case] engine: Engine) {
    let server = start_with_acme(engine).await;
    let path = create_incomplete_connection(&server).await;
    let connection = server.api.get(&path).await.json();
    assert_eq!(connection["default_role"], "member");
    assert_eq!(connection["role_rules"], json!([]));

    let rules = json!([
        {"group": "CN=it,DC=acme", "role": "admin"},
        {"group": "staff", "role": "member"},
    ]);
    let update = json!({"role_rules": rules});
    let connection = server.api.patch(&path, update).await.json();
    assert_eq!(connection["role_rules"], rules);
    assert_eq!(server.api.get(&path).await.json()["role_rules"], rules);

    let clear = json!({"role_rules": null});
    let connection = server.api.patch(&path, clear).await.json();
    assert_eq!(connection["role_rules"], json!([]));
}

#[rstest]
#[case::unknown_default(json!({"default_role": "king"}), "default_role")]
#[case::admin_as_default(json!({"default_role": "admin"}), "default_role")]
#[case::unknown_role(json!({"role_rules": [{"group": "it", "role": "king"}]}), "role_rules[0].role")]
#[case::no_group(json!({"role_rules": [{"group": "", "role": "admin"}]}), "role_rules[0].group")]
#[case::no_role(json!({"role_rules": [{"group": "it"}]}), "role_rules[0].role")]
#[case::misspelled_field(
    json!({"role_rules": [{"groups": "it", "role": "admin"}]}),
    "role_rules[0].groups"
)]
#[tokio::test]
async fn invalid_roles_are_rejected(#[case] update: Value, #[case] field: &str) {
    let server = start_with_acme(Engine::Sqlite).await;
    let path = create_incomplete_connection(&server).await;
    let rules = json!([{"group": "staff", "role": "member"}]);
    server.api.patch(&path, json!({"role_rules": rules})).await;
    let response = server.api.patch(&path, update).await;
    assert_eq!(response.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(response.problem().errors[0].field, field);
    assert_eq!(server.api.get(&path).await.json()["role_rules"], rules);
}
