//! An organization with two connections, each with its own SAML SSO page.

use axum::http::StatusCode;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::{Value, json};
use test_support::{Engine, TestServer, each_database};

use super::organization::create_admin;
use crate::acme::{ada_browser, create_active_acme};
use crate::manual_connection::key_file;
use crate::objects::{create_organization, id};

const SSO: &str = "/console/organizations/acme/sso";

/// The pages of a connection, after its path.
const PAGES: [&str; 6] = [
    "",
    "/role-mapping",
    "/versions",
    "/versions/1",
    "/activate",
    "/disable",
];

/// The forms of a connection, after its path.
const FORMS: [&str; 7] = [
    "",
    "/role-mapping",
    "/versions/1",
    "/activate",
    "/disable",
    "/publish",
    "/discard",
];

#[apply(each_database)]
async fn the_page_links_to_the_pages_of_other_connections(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let first = create_active_acme(&server).await;
    let second = create_contractors_connection(&server, "acme").await;
    let page = ada_browser(&server).await.get(SSO).await;
    let link = format!("<a href=\"{SSO}/{second}\">Contractors</a>");
    assert!(page.text.contains(&link));
    let acs_url = first["acs_url"].as_str().unwrap();
    assert!(page.text.contains(acs_url));
    let form = format!("action=\"{SSO}/{}\"", id(&first));
    assert!(page.text.contains(&form));
}

#[apply(each_database)]
async fn each_connection_has_its_own_page(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let first = create_active_acme(&server).await;
    let second = create_contractors_connection(&server, "acme").await;
    let mut ada = ada_browser(&server).await;
    let path = format!("{SSO}/{second}");
    let page = ada.get(&path).await;
    let connection = get_connection(&server, &second).await;
    let acs_url = connection["acs_url"].as_str().unwrap();
    assert!(page.text.contains(acs_url));
    assert!(page.text.contains(&format!("\"{path}\"")));
    assert!(page.text.contains(&format!("\"{path}/role-mapping\"")));
    assert!(page.text.contains(&format!("\"{path}/versions\"")));

    let certificate = key_file("ec-p256.crt");
    let fields = [
        ("issuer", "https://contractors.example"),
        ("sign_on_url", "https://contractors.example/sso"),
        ("certificate", certificate.as_str()),
    ];
    let saved = ada.submit(&page, &path, &fields).await;
    assert_eq!(saved.location(), format!("{path}?done=saved"));
    let issuer = &get_connection(&server, &second).await["issuer"];
    assert_eq!(issuer, "https://contractors.example");
    assert_eq!(get_connection(&server, id(&first)).await, first);
}

#[apply(each_database)]
async fn the_page_shows_the_active_connection_by_default(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let first = create_active_acme(&server).await;
    let first = format!("{SSO}/{}", id(&first));
    let second = create_contractors_connection(&server, "acme").await;
    complete_connection(&server, &second).await;
    let second = format!("{SSO}/{second}");
    let mut ada = ada_browser(&server).await;

    let activate = format!("{second}/activate");
    let page = ada.get(&activate).await;
    let activated = ada.submit(&page, &activate, &[]).await;
    assert_eq!(activated.location(), format!("{second}?done=activated"));
    let disable = format!("{first}/disable");
    let page = ada.get(&disable).await;
    let disabled = ada.submit(&page, &disable, &[]).await;
    assert_eq!(disabled.location(), format!("{first}?done=disabled"));

    let page = ada.get(SSO).await;
    assert!(page.text.contains(&format!("action=\"{second}\"")));
}

#[apply(each_database)]
async fn the_form_for_roles_names_its_connection(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let connection = create_active_acme(&server).await;
    let mut ada = ada_browser(&server).await;
    let page = ada.get(&format!("{SSO}/role-mapping")).await;
    let form = format!("action=\"{SSO}/{}/role-mapping\"", id(&connection));
    assert!(page.text.contains(&form));
}

/// The form of an organization without a connection names none. Another admin may create one first.
#[apply(each_database)]
async fn a_form_does_not_change_a_connection_created_after_the_page_was_loaded(
    #[case] engine: Engine,
) {
    let server = TestServer::start(engine).await;
    create_organization(&server, "Initech", "enterprise").await;
    let domain = json!({ "domain": "initech.example" });
    let domains = "/organizations/initech/domains";
    server.api.create(domains, domain).await;
    let mut admin = create_admin(&server, "initech", "bill@initech.example").await;
    let sso = "/console/organizations/initech/sso";
    let page = admin.get(sso).await;
    create_contractors_connection(&server, "initech").await;

    let certificate = key_file("ec-p256.crt");
    let fields = [
        ("issuer", "https://evil.example"),
        ("sign_on_url", "https://evil.example/sso"),
        ("certificate", certificate.as_str()),
    ];
    let rejected = admin.submit(&page, sso, &fields).await;
    assert_eq!(rejected.status, StatusCode::CONFLICT);
    let connections = "/organizations/initech/connections";
    let page = server.api.get(connections).await.json();
    assert_eq!(page["items"][0]["issuer"], "");
    assert_eq!(page["items"].as_array().unwrap().len(), 1);
}

#[apply(each_database)]
async fn connections_of_another_organization_are_not_found(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_active_acme(&server).await;
    create_organization(&server, "Other", "enterprise").await;
    let other = create_contractors_connection(&server, "other").await;
    let mut ada = ada_browser(&server).await;
    let own_page = ada.get(SSO).await;
    for id in [other.as_str(), "con-nothing", "x%22"] {
        for path in PAGES.map(|page| format!("{SSO}/{id}{page}")) {
            let status = ada.get(&path).await.status;
            assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
        }
        for path in FORMS.map(|form| format!("{SSO}/{id}{form}")) {
            let fields = [("default_role", "member")];
            let rejected = ada.submit(&own_page, &path, &fields).await;
            assert_eq!(rejected.status, StatusCode::NOT_FOUND, "{path}");
        }
    }
}

/// Creates a draft without settings. Returns its ID.
async fn create_contractors_connection(server: &TestServer, organization: &str) -> String {
    let path = format!("/organizations/{organization}/connections");
    let connection = json!({ "name": "Contractors" });
    let connection = server.api.create(&path, connection).await;
    id(&connection).to_owned()
}

/// Sets all settings that activation needs.
async fn complete_connection(server: &TestServer, id: &str) {
    let settings = json!({
        "issuer": "https://contractors.example",
        "sign_on_url": "https://contractors.example/sso",
        "certificates": [key_file("ec-p256.crt")],
    });
    let path = format!("/organizations/acme/connections/{id}");
    server.api.patch(&path, settings).await;
}

async fn get_connection(server: &TestServer, id: &str) -> Value {
    let path = format!("/organizations/acme/connections/{id}");
    server.api.get(&path).await.json()
}
