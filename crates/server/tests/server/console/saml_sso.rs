//! The SAML SSO page: its form, access to it, and organizations without the plan.

use axum::http::StatusCode;
use insta::assert_snapshot;
use rstest::rstest;
use rstest_reuse::apply;
use test_support::{Engine, TestServer, each_database};

use super::organization::{
    create_acme_with_ada, create_admin, create_other_with_eve, first_connection, list_connections,
};
use super::responses::{get_each, post_each, submit_each};
use super::saml_sso_steps::{
    ACTIVATE, CHANGED, DISABLE, DISCARD, PUBLISH, ROLE_MAPPING, SSO, VERSIONS,
    save_complete_connection, submit,
};
use crate::acme::{ada_browser, create_active_acme};
use crate::manual_connection::key_file;
use crate::objects::create_organization;

/// The forms that change the connection.
const FORMS: [&str; 7] = [
    SSO,
    PUBLISH,
    DISCARD,
    ACTIVATE,
    DISABLE,
    ROLE_MAPPING,
    "/console/organizations/acme/sso/versions/1",
];

#[apply(each_database)]
async fn saving_an_empty_form_creates_a_connection(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = create_acme_with_ada(&server).await;
    assert_eq!(
        submit(&mut ada, SSO, &[]).await.location(),
        format!("{SSO}?done=saved")
    );
    let page = ada.get(SSO).await;
    let acs_url = "https://auth.example.com/saml/con";
    assert!(page.text.contains(acs_url));
    // The settings that activation needs are missing.
    let rejected = ada.submit(&page, SSO, &[("enabled", "1")]).await;
    assert_ne!(rejected.status, StatusCode::SEE_OTHER);
}

#[apply(each_database)]
async fn invalid_values_are_kept_next_to_their_errors(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = create_acme_with_ada(&server).await;
    let invalid = [
        ("enabled", "1"),
        ("sign_on_url", "ftp://idp.example"),
        ("issuer", "https://idp.example"),
        ("certificate", "nonsense"),
    ];
    let rejected = submit(&mut ada, SSO, &invalid).await;
    assert_eq!(rejected.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_snapshot!("saml_sso_page_with_errors", rejected.main_html());
}

#[apply(each_database)]
async fn the_page_shows_the_saved_draft(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = create_acme_with_ada(&server).await;
    save_complete_connection(&mut ada).await;
    let connection = first_connection(&server).await;
    assert_eq!(connection["state"], "draft");
    let page = ada.get(SSO).await;
    let acs_url = connection["acs_url"].as_str().unwrap();
    assert!(page.text.contains(acs_url));
    let fingerprint = connection["certificates"][0]["sha256"].as_str().unwrap();
    assert!(page.text.contains(fingerprint));
}

#[rstest]
#[case::key_as_certificate("certificate", &key_file("rsa-2048.key"))]
#[case::key_in_xml("certificate", &format!("<md>{}</md>", key_file("rsa-2048.key")))]
#[case::key_as_issuer("issuer", &key_file("rsa-2048.key"))]
#[case::key_as_sign_on_url("sign_on_url", &key_file("rsa-2048.key"))]
#[case::base64_as_issuer("issuer", &key_without_markers("ec-p256.sec1.key"))]
#[case::base64_as_certificate("certificate", &key_without_markers("ec-p256.sec1.key"))]
#[tokio::test]
async fn a_private_key_is_neither_stored_nor_shown_again(
    #[case] field: &str,
    #[case] private_key: &str,
) {
    let server = TestServer::start(Engine::Sqlite).await;
    let mut ada = create_acme_with_ada(&server).await;
    let mut fields = [
        ("sign_on_url", "https://idp.example/sso"),
        ("issuer", "https://idp.example"),
        ("certificate", ""),
    ];
    for (name, value) in &mut fields {
        if *name == field {
            *value = private_key;
        }
    }
    let rejected = submit(&mut ada, SSO, &fields).await;
    assert_eq!(rejected.status, StatusCode::UNPROCESSABLE_ENTITY);
    let error = "a private key, or a file that usually contains one";
    assert!(rejected.text.contains(error));
    assert!(!rejected.text.contains("BEGIN"));
    assert!(list_connections(&server).await.is_empty());
}

#[apply(each_database)]
async fn each_empty_field_of_an_active_connection_shows_an_error(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_active_acme(&server).await;
    let mut ada = ada_browser(&server).await;
    let empty = [("enabled", "1"), ("sign_on_url", ""), ("issuer", "")];
    let rejected = submit(&mut ada, SSO, &empty).await;
    assert_eq!(rejected.status, StatusCode::UNPROCESSABLE_ENTITY);
    let errors = rejected.text.matches("This field is required.").count();
    assert_eq!(errors, 2, "{}", rejected.text);
}

#[apply(each_database)]
async fn each_invalid_field_of_an_active_connection_shows_an_error(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_active_acme(&server).await;
    let mut ada = ada_browser(&server).await;
    let invalid = [
        ("enabled", "1"),
        ("sign_on_url", "idp.example/sso"),
        ("issuer", "https://idp.example"),
        (
            "certificate",
            "-----BEGIN CERTIFICATE-----\nMIIC\n-----END CERTIFICATE-----",
        ),
    ];
    let rejected = submit(&mut ada, SSO, &invalid).await;
    let sign_on_url_error = "(without https:// or http://)";
    assert!(rejected.text.contains(sign_on_url_error));
    let certificate_error = ">Part of the certificate is missing. Copy all of it";
    assert!(rejected.text.contains(certificate_error));
}

#[apply(each_database)]
async fn admins_of_other_organizations_cannot_open_or_change_a_connection(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let connection = create_active_acme(&server).await;
    let mut eve = create_other_with_eve(&server).await;
    let pages = [
        SSO,
        ACTIVATE,
        DISABLE,
        ROLE_MAPPING,
        VERSIONS,
        "/console/organizations/acme/sso/versions/1",
    ];
    assert_snapshot!(get_each(&mut eve, &pages).await, @"
    /console/organizations/acme/sso: 404
    /console/organizations/acme/sso/activate: 404
    /console/organizations/acme/sso/disable: 404
    /console/organizations/acme/sso/role-mapping: 404
    /console/organizations/acme/sso/versions: 404
    /console/organizations/acme/sso/versions/1: 404
    ");

    let page = eve.get("/console/organizations/other/team").await;
    let responses = submit_each(&mut eve, &page, &FORMS, &CHANGED).await;
    assert_snapshot!(responses, @"
    /console/organizations/acme/sso: 404
    /console/organizations/acme/sso/publish: 404
    /console/organizations/acme/sso/discard: 404
    /console/organizations/acme/sso/activate: 404
    /console/organizations/acme/sso/disable: 404
    /console/organizations/acme/sso/role-mapping: 404
    /console/organizations/acme/sso/versions/1: 404
    ");
    assert_eq!(first_connection(&server).await, connection);
}

#[apply(each_database)]
async fn the_pages_of_a_connection_require_a_session(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_active_acme(&server).await;
    let pages = [
        SSO,
        ACTIVATE,
        DISABLE,
        ROLE_MAPPING,
        VERSIONS,
        "/console/organizations/acme/sso/versions/1",
    ];
    let responses = get_each(&mut server.browser(), &pages).await;
    assert_snapshot!(responses, @"
    /console/organizations/acme/sso: 303 /console/sign-in?next=%2Fconsole%2Forganizations%2Facme%2Fsso
    /console/organizations/acme/sso/activate: 303 /console/sign-in?next=%2Fconsole%2Forganizations%2Facme%2Fsso%2Factivate
    /console/organizations/acme/sso/disable: 303 /console/sign-in?next=%2Fconsole%2Forganizations%2Facme%2Fsso%2Fdisable
    /console/organizations/acme/sso/role-mapping: 303 /console/sign-in?next=%2Fconsole%2Forganizations%2Facme%2Fsso%2Frole-mapping
    /console/organizations/acme/sso/versions: 303 /console/sign-in?next=%2Fconsole%2Forganizations%2Facme%2Fsso%2Fversions
    /console/organizations/acme/sso/versions/1: 303 /console/sign-in?next=%2Fconsole%2Forganizations%2Facme%2Fsso%2Fversions%2F1
    ");
}

#[apply(each_database)]
async fn forms_without_the_token_of_the_session_do_not_change_a_connection(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let connection = create_active_acme(&server).await;
    let mut ada = ada_browser(&server).await;
    let responses = post_each(&mut ada, &FORMS, &CHANGED).await;
    assert_snapshot!(responses, @"
    /console/organizations/acme/sso: 403
    /console/organizations/acme/sso/publish: 403
    /console/organizations/acme/sso/discard: 403
    /console/organizations/acme/sso/activate: 403
    /console/organizations/acme/sso/disable: 403
    /console/organizations/acme/sso/role-mapping: 403
    /console/organizations/acme/sso/versions/1: 403
    ");
    assert_eq!(first_connection(&server).await, connection);
}

#[apply(each_database)]
async fn an_organization_without_a_connection_has_nothing_to_change(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = create_acme_with_ada(&server).await;
    let pages = [ACTIVATE, DISABLE, ROLE_MAPPING, VERSIONS];
    assert_snapshot!(get_each(&mut ada, &pages).await, @"
    /console/organizations/acme/sso/activate: 409
    /console/organizations/acme/sso/disable: 409
    /console/organizations/acme/sso/role-mapping: 409
    /console/organizations/acme/sso/versions: 409
    ");
}

#[apply(each_database)]
async fn without_the_plan_the_page_names_the_plan_with_sso(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_organization(&server, "Acme", "starter").await;
    let mut ada = create_admin(&server, "acme", "ada@acme.example").await;
    let page = ada.get(SSO).await;
    assert!(page.text.contains("Not included in your plan"));
    assert!(page.text.contains("on the enterprise plan"));
    assert!(!page.text.contains("name=\"issuer\""));
    // No contact is configured.
    assert!(!page.text.contains("Contact sales"));
}

#[apply(each_database)]
async fn without_the_plan_the_page_shows_the_sales_contact(#[case] engine: Engine) {
    let mut server = TestServer::start(engine).await;
    server.reconfigure(&[("VESTIBULE_SALES_CONTACT", "sales@example.com")]);
    create_organization(&server, "Acme", "starter").await;
    let mut ada = create_admin(&server, "acme", "ada@acme.example").await;
    let page = ada.get(SSO).await;
    assert!(page.text.contains("href=\"mailto:sales@example.com\""));
    assert!(page.text.contains("Contact sales"));
    assert!(!page.text.contains("name=\"issuer\""));
}

/// The base64 text of a key file.
fn key_without_markers(name: &str) -> String {
    let file = key_file(name);
    let lines = file.lines().filter(|line| !line.starts_with('-'));
    lines.collect()
}
