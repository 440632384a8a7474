//! Steps on the SAML SSO page that several tests need.

use serde_json::Value;
use test_support::{TestBrowser, TestResponse, TestServer};

use super::organization::first_connection;
use crate::manual_connection::key_file;
use crate::objects::id;
pub(crate) const SSO: &str = "/console/organizations/acme/sso";
pub(crate) const ACTIVATE: &str = "/console/organizations/acme/sso/activate";
pub(crate) const DISABLE: &str = "/console/organizations/acme/sso/disable";
pub(crate) const DISCARD: &str = "/console/organizations/acme/sso/discard";
pub(crate) const PUBLISH: &str = "/console/organizations/acme/sso/publish";
pub(crate) const ROLE_MAPPING: &str = "/console/organizations/acme/sso/role-mapping";
pub(crate) const VERSIONS: &str = "/console/organizations/acme/sso/versions";
pub(crate) const CHANGED_SINCE: &str = "Review the latest version";

/// The form with the settings of the active connection.
pub(crate) const UNCHANGED: [(&str, &str); 3] = [
    ("enabled", "1"),
    ("sign_on_url", "https://idp.example/sso"),
    ("issuer", "https://idp.example/metadata"),
];

/// The form with another issuer.
pub(crate) const CHANGED: [(&str, &str); 3] = [
    ("enabled", "1"),
    ("sign_on_url", "https://idp.example/sso"),
    ("issuer", "https://new.example"),
];

/// Opens the SAML SSO page and submits one of its forms.
pub(crate) async fn submit(
    browser: &mut TestBrowser,
    path: &str,
    fields: &[(&str, &str)],
) -> TestResponse {
    let page = browser.get(SSO).await;
    browser.submit(&page, path, fields).await
}

/// Opens a page and submits its form.
pub(crate) async fn confirm(browser: &mut TestBrowser, path: &str) -> TestResponse {
    let page = browser.get(path).await;
    browser.submit(&page, path, &[]).await
}

/// Saves a connection with all settings that activation needs.
pub(crate) async fn save_complete_connection(browser: &mut TestBrowser) {
    let certificate = key_file("rsa-2048.crt");
    let fields = [
        ("sign_on_url", "https://idp.example/sso"),
        ("issuer", "https://idp.example"),
        ("certificate", certificate.as_str()),
    ];
    let saved = submit(browser, SSO, &fields).await;
    assert_eq!(saved.location(), format!("{SSO}?done=saved"));
}

/// Changes the draft of Acme's connection with the API. Returns its path.
pub(crate) async fn patch_draft(server: &TestServer, change: Value) -> String {
    let path = draft_path(server).await;
    server.api.patch(&path, change).await;
    path
}

/// The path of the draft of Acme's connection in the API.
pub(crate) async fn draft_path(server: &TestServer) -> String {
    let connection = first_connection(server).await;
    format!("/organizations/acme/connections/{}/draft", id(&connection))
}
