//! The objects that most tests need, created through the API. Organizations are named by their slug.

use serde_json::{Value, json};
use test_support::{ORIGIN, TestServer};

use crate::manual_connection::manual_connection;

/// Creates an organization. Its slug is the name in lower case.
pub(crate) async fn create_organization(server: &TestServer, name: &str, plan: &str) -> Value {
    let body = json!({"name": name, "plan": plan});
    server.api.create("/organizations", body).await
}

/// Adds a domain to an organization, verified by the operator.
pub(crate) async fn add_domain(server: &TestServer, organization: &str, domain: &str) -> Value {
    let path = format!("/organizations/{organization}/domains");
    server.api.create(&path, json!({"domain": domain})).await
}

/// Invites a member to an organization.
pub(crate) async fn add_member(
    server: &TestServer,
    organization: &str,
    email: &str,
    role: &str,
) -> Value {
    let path = format!("/organizations/{organization}/members");
    let body = json!({"email": email, "role": role, "send_email": false});
    server.api.create(&path, body).await
}

/// Creates the connection of [`manual_connection`], which is not active yet.
pub(crate) async fn create_connection(
    server: &TestServer,
    organization: &str,
    fields: &[(&str, Value)],
) -> Value {
    let path = format!("/organizations/{organization}/connections");
    server.api.create(&path, manual_connection(fields)).await
}

/// Activates the connection with this path. Returns the connection.
pub(crate) async fn activate_connection(server: &TestServer, path: &str) -> Value {
    let response = server
        .api
        .post(&format!("{path}/activate"), Value::Null)
        .await;
    assert!(response.status.is_success(), "{}", response.text);
    response.json()
}

/// The path of a connection in the API.
pub(crate) fn connection_path(connection: &Value) -> String {
    let organization = connection["organization"].as_str().unwrap();
    format!(
        "/organizations/{organization}/connections/{}",
        id(connection)
    )
}

/// Creates a setup link for a connection. Returns its path.
pub(crate) async fn create_setup_link(
    server: &TestServer,
    connection: &Value,
    link: Value,
) -> String {
    let path = format!("{}/setup-links", connection_path(connection));
    let link = server.api.create(&path, link).await;
    path_of(link["url"].as_str().unwrap()).to_owned()
}

/// The path of a URL of the server.
pub(crate) fn path_of(url: &str) -> &str {
    url.strip_prefix(ORIGIN).unwrap()
}

/// The path of a member in the API.
pub(crate) fn member_path(organization: &str, member: &Value) -> String {
    format!("/organizations/{organization}/members/{}", id(member))
}

/// The ID of an object.
pub(crate) fn id(object: &Value) -> &str {
    object["id"].as_str().unwrap()
}

/// The codes of the warnings of a connection.
pub(crate) fn warning_codes(connection: &Value) -> Vec<&str> {
    connection["warnings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|warning| warning["code"].as_str().unwrap())
        .collect()
}
