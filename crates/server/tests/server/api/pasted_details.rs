//! Identity provider details as administrators copy them: read, or rejected with the true cause.

use axum::http::StatusCode;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::{Value, json};
use test_support::{Engine, TestServer, each_database};

use super::start_with_acme;
use crate::manual_connection::{key_file, manual_connection, saml_test_file, signed_idp_metadata};
use crate::objects::connection_path;

const CONNECTIONS: &str = "/organizations/acme/connections";

fn field_file(name: &str) -> String {
    saml_test_file(&format!("field/connecting/{name}"))
}

async fn create(server: &TestServer, body: Value) -> Value {
    let response = server.api.post(CONNECTIONS, body).await;
    assert_eq!(response.status, StatusCode::CREATED, "{}", response.text);
    response.json()
}

fn codes(connection: &Value) -> Vec<String> {
    let warnings = connection["warnings"].as_array().unwrap().iter();
    warnings
        .map(|warning| warning["code"].as_str().unwrap().to_owned())
        // The certificates of the files are younger than the clock of the test.
        .filter(|code| code != "certificate-not-yet-valid")
        .collect()
}

#[rstest]
#[case::pem_in_x509_certificate("m07-pem-in-x509.xml", &[])]
#[case::zero_width_character("m16-zwsp.xml", &[])]
#[case::html_escaped("m31-html-escaped-once.txt", &[])]
#[case::utf16_declared_in_utf8("m10-decl-utf16-in-utf8.xml", &[])]
#[case::blank_after_an_address("m01-location-space.xml", &[])]
#[case::blank_after_the_entity_id("m03-entityid-space.xml", &[])]
#[case::notice_of_a_browser("m13-browser-notice.txt", &[])]
#[case::empty_logout_address("m04-slo-empty.xml", &["endpoint-skipped"])]
#[case::two_roles("m35-two-idp-roles.xml", &["several-roles"])]
#[case::chain("m20-chain-root-first.xml", &["issuer-certificate-skipped"])]
#[tokio::test]
async fn metadata_is_understood(#[case] file: &str, #[case] warnings: &[&str]) {
    let server = start_with_acme(Engine::Sqlite).await;
    let body = json!({"name": "Lab", "metadata_xml": field_file(file)});
    let created = create(&server, body).await;
    assert_eq!(created["issuer"], "https://idp.acme.example/metadata");
    let sign_on_url = created["sign_on_url"].as_str().unwrap();
    assert!(sign_on_url.starts_with("https://idp.acme.example/sso"));
    assert_eq!(created["certificates"].as_array().unwrap().len(), 1);
    assert_ne!(created["certificates"][0]["subject"], "CN=Example CA");
    assert_eq!(codes(&created), warnings);
}

#[rstest]
#[case::trust_settings("c01-trusted.pem")]
#[case::no_first_line("c02-no-header.pem")]
#[tokio::test]
async fn a_certificate_is_understood(#[case] file: &str) {
    let server = start_with_acme(Engine::Sqlite).await;
    let body = manual_connection(&[("certificates", json!([field_file(file)]))]);
    let created = create(&server, body).await;
    assert_eq!(created["certificates"][0]["subject"], "CN=idp-a.example");
}

#[rstest]
#[case::bare_key(field_file("m09-rsakeyvalue-only.xml"), "bare signing key")]
#[case::no_namespace(field_file("m17-no-namespace.xml"), "namespace")]
#[case::only_a_certificate(key_file("rsa-2048.crt"), "a certificate without metadata")]
#[case::private_key(key_file("rsa-2048.key"), "private key")]
#[case::entra_template(
    signed_idp_metadata().replace("http://fs.example.com/adfs/services/trust", "https://sts.windows.net/{tenantid}/"),
    "https://login.microsoftonline.com/TENANT-ID/federationmetadata/"
)]
#[tokio::test]
async fn the_true_cause_is_named(#[case] metadata: String, #[case] received: &str) {
    let server = start_with_acme(Engine::Sqlite).await;
    let body = json!({"name": "Lab", "metadata_xml": metadata});
    let response = server.api.post(CONNECTIONS, body).await;
    assert_eq!(response.status, StatusCode::UNPROCESSABLE_ENTITY);
    let errors = response.problem().errors;
    assert_eq!(errors[0].field, "metadata_xml");
    assert!(errors[0].received.contains(received), "{errors:?}");
}

#[rstest]
#[case::blank("https://idp.example/metadata ")]
#[case::zero_width("\u{200b}https://idp.example/metadata\u{feff}")]
#[case::no_break_space("https://idp.example/metadata\u{a0}")]
#[tokio::test]
async fn copied_values_are_trimmed(#[case] issuer: &str) {
    let server = start_with_acme(Engine::Sqlite).await;
    let around = |text: &str| json!(issuer.replace("https://idp.example/metadata", text));
    let body = manual_connection(&[
        ("name", around("Acme Okta")),
        ("issuer", json!(issuer)),
        ("sign_on_url", around("https://idp.example/sso")),
        ("entity_id", around("urn:own")),
        ("acs_url", around("https://old.example/acs")),
        ("subject_attribute", around("uid")),
        ("attributes", json!({"email": around("mail")})),
        ("authn_contexts", json!([around("urn:a")])),
    ]);
    let created = create(&server, body).await;
    assert_eq!(created["name"], "Acme Okta");
    assert_eq!(created["issuer"], "https://idp.example/metadata");
    assert_eq!(created["sign_on_url"], "https://idp.example/sso");
    assert_eq!(created["entity_id"], "urn:own");
    assert_eq!(created["acs_url"], "https://old.example/acs");
    assert_eq!(created["subject_attribute"], "uid");
    assert_eq!(created["attributes"]["email"], "mail");
    assert_eq!(created["authn_contexts"], json!(["urn:a"]));
    let path = connection_path(&created);
    let update = json!({"issuer": issuer});
    let updated = server.api.patch(&path, update).await.json();
    assert_eq!(updated["issuer"], "https://idp.example/metadata");
}

#[rstest]
#[case::blank("issuer", "https://idp.example/meta data")]
#[case::zero_width("issuer", "https://idp.example/meta\u{200b}data")]
#[case::own_entity_id("entity_id", "urn:o\u{200b}wn")]
#[case::sign_on_url("sign_on_url", "https://idp.example/s\u{200b}so")]
#[tokio::test]
async fn invisible_characters_inside_are_rejected(#[case] field: &str, #[case] value: &str) {
    let server = start_with_acme(Engine::Sqlite).await;
    let body = manual_connection(&[(field, json!(value))]);
    let response = server.api.post(CONNECTIONS, body).await;
    assert_eq!(response.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(response.problem().errors[0].field, field);
}

#[rstest]
#[case::swapped(
    "https://idp.example/sso",
    "https://sts.windows.net/8c6e/",
    "issuer-and-url-swapped"
)]
#[case::metadata(
    "urn:idp",
    "https://idp.example/saml/metadata",
    "sign-on-url-is-metadata"
)]
#[case::entra_slash(
    "https://sts.windows.net/8c6e",
    "https://login.microsoftonline.com/8c6e/saml2",
    "entra-issuer-slash"
)]
#[case::open_tenant(
    "https://sts.windows.net/8c6e/",
    "https://login.microsoftonline.com/common/saml2",
    "entra-open-tenant"
)]
#[tokio::test]
async fn a_plausible_mistake_is_warned_about(
    #[case] issuer: &str,
    #[case] sign_on_url: &str,
    #[case] code: &str,
) {
    let server = start_with_acme(Engine::Sqlite).await;
    let body = manual_connection(&[
        ("issuer", json!(issuer)),
        ("sign_on_url", json!(sign_on_url)),
    ]);
    let created = create(&server, body).await;
    assert_eq!(codes(&created), [code]);
}

#[tokio::test]
async fn our_own_address_is_warned_about() {
    let server = start_with_acme(Engine::Sqlite).await;
    let first = create(&server, manual_connection(&[])).await;
    let own = [("sign_on_url", first["acs_url"].clone())];
    let created = create(&server, manual_connection(&own)).await;
    assert!(
        codes(&created).contains(&"own-address".to_owned()),
        "{created}"
    );
}

#[apply(each_database)]
async fn the_product_is_recognized(#[case] engine: Engine) {
    let server = start_with_acme(engine).await;
    let metadata = json!({"name": "Lab", "metadata_xml": signed_idp_metadata()});
    let created = create(&server, metadata.clone()).await;
    assert_eq!(created["provider"], "adfs");
    let mut with_product = metadata;
    with_product["provider"] = json!("other");
    assert_eq!(create(&server, with_product).await["provider"], "other");

    let empty = create(&server, json!({"name": "Later"})).await;
    assert_eq!(empty["provider"], "other");
    let values = json!({
        "issuer": "https://sts.windows.net/8c6e/",
        "sign_on_url": "https://login.microsoftonline.com/8c6e/saml2",
        "certificates": [key_file("rsa-2048.crt")],
    });
    let path = connection_path(&empty);
    let updated = server.api.patch(&path, values).await.json();
    assert_eq!(updated["provider"], "entra");
    assert_eq!(updated["reject_expired_signing_certificate"], true);
}

#[apply(each_database)]
async fn metadata_can_be_set_by_its_url(#[case] engine: Engine) {
    let mut server = start_with_acme(engine).await;
    server.reconfigure(&[("VESTIBULE_METADATA_NETWORKS", "127.0.0.0/8")]);
    let url = serve(field_file("m13-browser-notice.txt")).await;
    let body = json!({"name": "Lab", "metadata_url": format!(" {url}\n")});
    let created = create(&server, body).await;
    assert_eq!(created["issuer"], "https://idp.acme.example/metadata");
    let url = serve(signed_idp_metadata()).await;
    let update = json!({ "metadata_url": url });
    let updated = server.api.patch(&connection_path(&created), update).await;
    let issuer = updated.json()["issuer"].clone();
    assert_eq!(issuer, "http://fs.example.com/adfs/services/trust");
}

#[tokio::test]
async fn a_url_without_metadata_is_rejected_with_its_field() {
    let mut server = start_with_acme(Engine::Sqlite).await;
    server.reconfigure(&[("VESTIBULE_METADATA_NETWORKS", "127.0.0.0/8")]);
    let page = serve("<!doctype html><p>Sign in</p>".to_owned()).await;
    for (url, received) in [
        (page.as_str(), "web page"),
        ("https://127.0.0.2:1/", "no connection"),
    ] {
        let body = json!({"name": "Lab", "metadata_url": url});
        let response = server.api.post(CONNECTIONS, body).await;
        assert_eq!(response.status, StatusCode::UNPROCESSABLE_ENTITY);
        let errors = response.problem().errors;
        assert!(errors[0].received.contains(received), "{errors:?}");
    }
    let both = json!({"name": "Lab", "metadata_url": page, "metadata_xml": signed_idp_metadata()});
    let response = server.api.post(CONNECTIONS, both).await;
    assert_eq!(response.problem().errors[0].field, "metadata_url");
}

/// A client sends back what it has read: the address of the service provider's metadata is not the identity provider's.
#[tokio::test]
async fn our_own_metadata_url_is_not_taken_for_the_identity_providers() {
    let mut server = start_with_acme(Engine::Sqlite).await;
    server.reconfigure(&[("VESTIBULE_METADATA_NETWORKS", "127.0.0.0/8")]);
    let created = create(&server, json!({"name": "Lab"})).await;
    let path = connection_path(&created);
    let own = created["sp_metadata_url"].clone();
    assert_eq!(created["metadata_url"], Value::Null);
    let change = json!({ "metadata_url": own });
    let response = server.api.patch(&path, change).await;
    assert_eq!(response.status, StatusCode::UNPROCESSABLE_ENTITY);
    let error = response.problem().errors.remove(0);
    assert_eq!(error.field, "metadata_url");
    assert!(
        error.received.contains("service provider's metadata"),
        "{error:?}"
    );
    let change = json!({ "sp_metadata_url": own });
    let response = server.api.patch(&path, change).await;
    assert_eq!(response.problem().errors[0].field, "sp_metadata_url");
    assert_eq!(server.api.get(&path).await.json(), created);
}

/// Answers one request with this document. Returns its URL.
async fn serve(document: String) -> String {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/metadata", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = [0; 2048];
        assert!(stream.read(&mut request).await.unwrap() > 0);
        let length = document.len();
        let answer = format!(
            "HTTP/1.1 200 OK\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{document}"
        );
        drop(stream.write_all(answer.as_bytes()).await);
    });
    url
}

#[apply(each_database)]
async fn a_public_mail_domain_is_marked(#[case] engine: Engine) {
    let server = start_with_acme(engine).await;
    let add = async |domain: &str| {
        let body = json!({ "domain": domain });
        server
            .api
            .post("/organizations/acme/domains", body)
            .await
            .json()
    };
    assert_eq!(add("gmail.com").await["public_mail"], true);
    let own = add(" B\u{fc}cher.example ").await;
    assert_eq!(own["domain"], "xn--bcher-kva.example");
    assert_eq!(own["public_mail"], false);
}
