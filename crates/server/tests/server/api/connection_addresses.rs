//! Addresses without encryption, and entity IDs that not every identity provider takes: refused when they are new, kept
//! where a connection has them already.

use axum::http::StatusCode;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::{Value, json};
use store::{ConnectionId, OrganizationId};
use test_support::{Engine, SsoFixture, TestServer, each_database};

use super::start_with_acme;
use crate::manual_connection::manual_connection;

const CONNECTIONS: &str = "/organizations/acme/connections";

const PLAIN_HTTP: &str = "http://idp.example/sso";

/// A connection that was stored before the rule.
async fn with_stored_sign_on_url(engine: Engine) -> SsoFixture {
    SsoFixture::on(engine, |settings| {
        PLAIN_HTTP.clone_into(&mut settings.sign_on_url);
        settings.entity_id = Some("acme-portal".to_owned());
        settings.acs_url = Some("http://sso.example.com/acs".to_owned());
    })
    .await
}

fn path(organization: &OrganizationId, connection: &ConnectionId) -> String {
    format!("/organizations/{organization}/connections/{connection}")
}

async fn create(server: &TestServer, field: &str, value: &str) -> test_support::TestResponse {
    let body = manual_connection(&[(field, json!(value))]);
    server.api.post(CONNECTIONS, body).await
}

#[rstest]
#[case::sign_on_url("sign_on_url", PLAIN_HTTP)]
#[case::acs_url("acs_url", "http://sso.example.com/acs")]
#[case::entity_id_without_a_scheme("entity_id", "acme-portal")]
#[case::entity_id_too_long("entity_id", &format!("urn:{}", "a".repeat(253)))]
#[tokio::test]
async fn a_new_value_is_rejected(#[case] field: &str, #[case] value: &str) {
    let server = start_with_acme(Engine::Sqlite).await;
    let response = create(&server, field, value).await;
    assert_eq!(response.status, StatusCode::UNPROCESSABLE_ENTITY);
    let errors = response.problem().errors;
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert_eq!(errors[0].field, field);
}

#[rstest]
#[case::loopback("sign_on_url", "http://127.0.0.1:9801/sso")]
#[case::localhost("acs_url", "http://localhost:9801/acs")]
#[case::entity_id_of_256_characters("entity_id", &format!("urn:{}", "a".repeat(252)))]
#[tokio::test]
async fn a_loopback_address_and_a_short_uri_are_accepted(#[case] field: &str, #[case] value: &str) {
    let server = start_with_acme(Engine::Sqlite).await;
    let response = create(&server, field, value).await;
    assert_eq!(response.status, StatusCode::CREATED, "{}", response.text);
    assert_eq!(response.json()[field], value);
}

#[apply(each_database)]
async fn a_connection_keeps_the_values_that_it_has(#[case] engine: Engine) {
    let sso = with_stored_sign_on_url(engine).await;
    let path = path(&sso.organization, &sso.connection);
    let change = json!({ "name": "Renamed", "sign_on_url": PLAIN_HTTP });
    let changed = sso.server.api.patch(&path, change).await;
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.text);
    let connection = changed.json();
    assert_eq!(connection["sign_on_url"], PLAIN_HTTP);
    assert_eq!(connection["entity_id"], "acme-portal");
    let is_plain_http = |warning: &Value| warning["code"] == "plain-http";
    let warnings = connection["warnings"].as_array().unwrap();
    assert!(warnings.iter().any(is_plain_http), "{connection}");
    for (field, value) in [
        ("sign_on_url", "http://idp.example/other"),
        ("acs_url", "http://sso.example.com/other"),
        ("entity_id", "acme-other"),
    ] {
        let refused = sso.server.api.patch(&path, json!({ field: value })).await;
        assert_eq!(refused.problem().errors[0].field, field);
    }
}

#[tokio::test]
async fn metadata_with_both_transports_gives_the_encrypted_one() {
    let server = start_with_acme(Engine::Sqlite).await;
    let redirect = "Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect\"";
    let metadata = |location: &str| {
        let certificate = test_support::idp_certificate();
        format!(
            "<EntityDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"urn:idp\">\
             <IDPSSODescriptor protocolSupportEnumeration=\"urn:oasis:names:tc:SAML:2.0:protocol\">\
             <KeyDescriptor><KeyInfo xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><X509Data>\
             <X509Certificate>{certificate}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>\
             <SingleSignOnService {redirect} Location=\"{PLAIN_HTTP}\"/>\
             <SingleSignOnService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST\" Location=\"{location}\"/>\
             </IDPSSODescriptor></EntityDescriptor>"
        )
    };
    let body = json!({ "name": "IdP", "metadata_xml": metadata("https://idp.example/post") });
    let connection = server.api.create(CONNECTIONS, body).await;
    assert_eq!(connection["sign_on_url"], "https://idp.example/post");
    assert_eq!(connection["sign_on_binding"], "post");
    let body = json!({ "name": "IdP", "metadata_xml": metadata("http://idp.example/post") });
    let response = server.api.post(CONNECTIONS, body).await;
    assert_eq!(response.problem().errors[0].field, "metadata_xml");
}
