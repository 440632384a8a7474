//! Organizations with admins, for the tests of their pages.

use serde_json::{Value, json};
use test_support::{TestBrowser, TestServer};

use crate::objects::{create_organization, id};

/// Creates an admin. Returns a browser in which the admin is signed in.
pub(crate) async fn create_admin(server: &TestServer, slug: &str, email: &str) -> TestBrowser {
    let path = format!("/organizations/{slug}/members");
    let member = json!({ "email": email, "role": "admin", "send_email": false });
    server.api.create(&path, member).await;
    server.account_browser(email).await
}

/// Creates Acme without a connection, and its admin Ada. Returns Ada's browser.
pub(crate) async fn create_acme_with_ada(server: &TestServer) -> TestBrowser {
    create_organization(server, "Acme", "enterprise").await;
    create_admin(server, "acme", "ada@acme.example").await
}

/// Creates an organization with the slug `other`, and its admin Eve. Returns Eve's browser.
pub(crate) async fn create_other_with_eve(server: &TestServer) -> TestBrowser {
    create_organization(server, "Other", "enterprise").await;
    create_admin(server, "other", "eve@other.example").await
}

/// The connections of Acme.
pub(crate) async fn list_connections(server: &TestServer) -> Vec<Value> {
    let page = server.api.get("/organizations/acme/connections").await;
    page.json()["items"].as_array().unwrap().clone()
}

/// The first connection of Acme.
pub(crate) async fn first_connection(server: &TestServer) -> Value {
    list_connections(server).await.swap_remove(0)
}

/// The ID of a member of Acme.
pub(crate) async fn member_id(server: &TestServer, email: &str) -> String {
    let page = server.api.get("/organizations/acme/members").await.json();
    let members = page["items"].as_array().unwrap();
    let member = members.iter().find(|member| member["email"] == email);
    id(member.unwrap()).to_owned()
}
