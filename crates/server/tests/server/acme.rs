//! The organization Acme with a connection to the practice identity provider.

use serde_json::{Value, json};
use test_support::{
    IDP_ENTITY_ID, IDP_SIGN_ON_URL, TestBrowser, TestResponse, TestServer, idp_certificate,
};
use testkit::identity_provider::{IdpBehavior, User};

use crate::objects::{activate_connection, add_domain, connection_path, create_organization, id};

/// Creates Acme with its domain, its admin Ada and a connection that is not active yet. Returns the connection.
pub(crate) async fn create_acme(server: &TestServer) -> Value {
    let api = &server.api;
    create_organization(server, "Acme", "enterprise").await;
    add_domain(server, "acme", "acme.example").await;
    let ada = json!({"email": "ada@acme.example", "role": "admin", "name": "Ada"});
    api.create("/organizations/acme/members", ada).await;
    let connection = json!({
        "name": "Practice",
        "issuer": IDP_ENTITY_ID,
        "sign_on_url": IDP_SIGN_ON_URL,
        "certificates": [idp_certificate()],
    });
    api.create("/organizations/acme/connections", connection)
        .await
}

/// Like [`create_acme`], with an active connection.
pub(crate) async fn create_active_acme(server: &TestServer) -> Value {
    let connection = create_acme(server).await;
    activate_connection(server, &connection_path(&connection)).await
}

/// A browser in which the admin Ada is signed in to the console with a sign-in link.
pub(crate) async fn ada_browser(server: &TestServer) -> TestBrowser {
    server.account_browser("ada@acme.example").await
}

/// Answers the SAML request of a redirect as this user. Returns the target of the next redirect.
pub(crate) async fn answer_saml_request(
    server: &TestServer,
    browser: &mut TestBrowser,
    redirect: &TestResponse,
    user: &User,
    behavior: IdpBehavior,
) -> String {
    let relay_state = redirect.location_parameter("RelayState").unwrap();
    let next = server
        .complete_sign_in(browser, &relay_state, user, behavior)
        .await;
    next.location().to_owned()
}

/// Tests the connection on the SAML SSO page and signs in as this user. Returns the page with the result.
pub(crate) async fn test_connection(
    server: &TestServer,
    browser: &mut TestBrowser,
    connection: &Value,
    user: &User,
    behavior: IdpBehavior,
) -> TestResponse {
    let page = browser.get("/console/organizations/acme/sso").await;
    let path = format!(
        "/console/organizations/acme/connections/{}/test",
        id(connection)
    );
    let redirect = browser.submit(&page, &path, &[]).await;
    let result = answer_saml_request(server, browser, &redirect, user, behavior).await;
    browser.get(&result).await
}
