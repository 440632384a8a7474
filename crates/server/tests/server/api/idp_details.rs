//! Rejected identity provider details.

use axum::http::StatusCode;
use insta::assert_snapshot;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::{Value, json};
use service::connection;
use service::connection::ConnectionRef;
use test_support::{Engine, Problem, TestServer, each_database};

use super::start_with_acme;
use crate::manual_connection::{
    idp_metadata, key_file, manual_connection, signed_idp_metadata, sp_metadata,
};
use crate::objects::{connection_path, create_connection, id};

const CONNECTIONS: &str = "/organizations/acme/connections";

/// Creates a connection with these fields, which must fail.
async fn create_invalid(server: &TestServer, fields: &[(&str, Value)]) -> Problem {
    let body = manual_connection(fields);
    let response = server.api.post(CONNECTIONS, body).await;
    assert_eq!(
        response.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        response.text
    );
    assert!(
        !response.text.contains("PRIVATE KEY-----"),
        "a private key is never repeated"
    );
    response.problem()
}

async fn assert_no_connection(server: &TestServer) {
    let list = server.api.get(CONNECTIONS).await.json();
    assert_eq!(list["items"], json!([]));
}

#[rstest]
#[case::private_key(json!([key_file("rsa-2048.key")]), "certificates[0]", "private key")]
#[case::second_is_a_private_key(
    json!([key_file("rsa-2048.crt"), key_file("rsa-2048.pkcs1.key")]),
    "certificates[1]",
    "private key"
)]
#[case::signing_request(json!([key_file("request.csr")]), "certificates[0]", "request")]
#[case::public_key(json!([key_file("rsa-2048.pub")]), "certificates[0]", "public key")]
#[case::url(json!(["https://idp.example/cert"]), "certificates[0]", "address")]
#[case::text(json!(["hello"]), "certificates[0]", "")]
#[case::short_key(json!([key_file("rsa-1024.crt")]), "certificates[0]", "1024")]
#[case::none(json!([]), "certificates", "nothing")]
#[tokio::test]
async fn invalid_certificates_are_rejected_with_the_field(
    #[case] certificates: Value,
    #[case] invalid_field: &str,
    #[case] received: &str,
) {
    let server = start_with_acme(Engine::Sqlite).await;
    let errors = create_invalid(&server, &[("certificates", certificates)])
        .await
        .errors;
    assert_eq!(errors[0].field, invalid_field);
    assert!(errors[0].received.contains(received), "{errors:?}");
    assert_no_connection(&server).await;
}

#[rstest]
#[case::no_issuer("issuer", Value::Null, "issuer", "nothing")]
#[case::no_sign_on_url("sign_on_url", Value::Null, "sign_on_url", "nothing")]
#[case::script("sign_on_url", json!("javascript:alert(1)"), "sign_on_url", "https://")]
#[case::acs_url_without_scheme("acs_url", json!("auth.example.com/acs"), "acs_url", "https://")]
#[case::acs_url_of_a_route("acs_url", json!("https://a.example/token"), "acs_url", "uses itself")]
#[case::format_without_a_scheme("name_id_format", json!("email"), "name_id_format", "email")]
#[case::context_with_a_space("authn_contexts", json!(["urn:a", "urn:a b"]), "authn_contexts[1]", "a b")]
#[case::accepted_context("accepted_authn_contexts", json!(["mfa"]), "accepted_authn_contexts[0]", "mfa")]
#[case::unknown_separator("group_separator", json!("tab"), "group_separator", "tab")]
#[case::claim_of_a_standard("custom_claims", json!([{"name": "Sub_Id", "attribute": "a"}]), "custom_claims[0].name", "Sub_Id")]
#[case::claim_of_javascript("custom_claims", json!([{"name": "__proto__", "attribute": "a"}]), "custom_claims[0].name", "__proto__")]
#[case::claim_in_another_case("custom_claims", json!([{"name": "dept", "attribute": "a"}, {"name": "Dept", "attribute": "b"}]), "custom_claims[1].name", "Dept")]
#[case::claim_without_attribute("custom_claims", json!([{"name": "a"}]), "custom_claims[0].attribute", "")]
#[case::name_with_a_line_break("name", json!("a\nb"), "name", "a\\nb")]
#[case::subject_attribute("subject_attribute", json!("a\u{202e}b"), "subject_attribute", "202e")]
#[case::blank_attribute("attributes", json!({"email": " "}), "attributes.email", "")]
#[case::entity_id_with_a_space("entity_id", json!("our entity"), "entity_id", "our entity")]
#[case::large_clock_skew("clock_tolerance_seconds", json!(301), "clock_tolerance_seconds", "301")]
#[case::unknown_choice("idp_initiated", json!("allow"), "idp_initiated", "allow")]
#[case::unknown_attribute("attributes", json!({"mail": "m"}), "attributes.mail", "")]
#[case::unknown_setting("danger_acept_sha1", json!(true), "danger_acept_sha1", "")]
#[case::metadata_and_details("metadata_xml", json!(sp_metadata()), "sign_on_url", "both")]
#[tokio::test]
async fn invalid_settings_are_rejected_with_the_field(
    #[case] field: &str,
    #[case] value: Value,
    #[case] invalid_field: &str,
    #[case] received: &str,
) {
    let server = start_with_acme(Engine::Sqlite).await;
    let errors = create_invalid(&server, &[(field, value)]).await.errors;
    assert_eq!(errors[0].field, invalid_field);
    assert!(errors[0].received.contains(received), "{errors:?}");
    assert_no_connection(&server).await;
}

#[rstest]
#[case::service_provider(&sp_metadata(), "service provider")]
#[case::web_page("<html>Sign in</html>", "web page")]
#[case::text("not xml", "")]
#[tokio::test]
async fn invalid_metadata_is_recognized_and_rejected(
    #[case] metadata: &str,
    #[case] received: &str,
) {
    let server = start_with_acme(Engine::Sqlite).await;
    let body = json!({"name": "x", "metadata_xml": metadata});
    let response = server.api.post(CONNECTIONS, body).await;
    let errors = response.problem().errors;
    assert_eq!(errors[0].field, "metadata_xml");
    assert!(errors[0].received.contains(received), "{errors:?}");
}

#[apply(each_database)]
async fn all_problems_of_the_idp_details_are_reported_together(#[case] engine: Engine) {
    let server = start_with_acme(engine).await;
    let fields = [
        ("issuer", json!("https://auth.example.com/saml")),
        ("certificates", json!([key_file("published.crt")])),
    ];
    let problem = create_invalid(&server, &fields).await;
    assert_snapshot!(problem, @"
    invalid-fields
    issuer: expected the identity provider's entity ID, received https://auth.example.com/saml, which is this server's own entity ID
    certificates: expected the identity provider's signing certificate, received a certificate whose private key is public (from the tests of passport-wsfed-saml2); anyone could impersonate your users
    ");
    assert_no_connection(&server).await;
}

#[rstest]
#[case::default(&[("issuer", json!("https://auth.example.com/saml"))])]
#[case::custom(&[("issuer", json!("urn:acme:sp")), ("entity_id", json!("urn:acme:sp"))])]
#[tokio::test]
async fn our_entity_id_is_rejected_as_an_identity_provider(#[case] fields: &[(&str, Value)]) {
    let server = start_with_acme(Engine::Sqlite).await;
    let errors = create_invalid(&server, fields).await.errors;
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert_eq!(errors[0].field, "issuer");
    assert!(
        errors[0].received.contains("this server's own"),
        "{errors:?}"
    );
}

#[apply(each_database)]
async fn an_entity_id_other_than_ours_is_accepted_as_an_identity_provider(#[case] engine: Engine) {
    let server = start_with_acme(engine).await;
    let fields = [
        ("issuer", json!("urn:acme:sp")),
        ("entity_id", json!("urn:acme:other")),
    ];
    let connection = create_connection(&server, "acme", &fields).await;
    assert_eq!(connection["issuer"], "urn:acme:sp");
}

#[apply(each_database)]
async fn our_certificates_are_rejected_as_idp_certificates(#[case] engine: Engine) {
    let server = start_with_acme(engine).await;
    let connection = create_connection(&server, "acme", &[]).await;
    let path = connection_path(&connection);
    let by_id = ConnectionRef::ById(id(&connection));
    let (_, connection) = connection::find(&server.app, by_id).await.unwrap();
    let keys = server.app.keys.connection(&connection).await.unwrap();
    for own_certificate in [
        &keys.signing_certificates[0],
        &keys.decryption_certificates[0],
    ] {
        let update = json!({"certificates": [key_file("rsa-3072.crt"), own_certificate.pem()]});
        let errors = server.api.patch(&path, update).await.problem().errors;
        assert_eq!(errors.len(), 1, "{errors:?}");
        assert_eq!(errors[0].field, "certificates");
        assert!(
            errors[0].received.contains("this server's own"),
            "{errors:?}"
        );
        let errors = create_invalid(&server, &[("certificates", json!([own_certificate.pem()]))])
            .await
            .errors;
        assert!(
            errors[0].received.contains("this server's own"),
            "of another connection: {errors:?}"
        );
    }
    // Control: the same update with only a foreign certificate is accepted.
    let update = json!({"certificates": [key_file("rsa-3072.crt")]});
    let response = server.api.patch(&path, update).await;
    assert_eq!(response.status, StatusCode::OK);
}

#[apply(each_database)]
async fn a_certificate_with_a_published_private_key_is_rejected(#[case] engine: Engine) {
    let server = start_with_acme(engine).await;
    let fields = [("certificates", json!([key_file("published.crt")]))];
    let problem = create_invalid(&server, &fields).await;
    assert_snapshot!(problem, @"
    invalid-fields
    certificates: expected the identity provider's signing certificate, received a certificate whose private key is public (from the tests of passport-wsfed-saml2); anyone could impersonate your users
    ");
    let fields = [("certificates", json!([key_file("rsa-2048.crt")]))];
    create_connection(&server, "acme", &fields).await;
}

#[rstest]
#[case::issuer("issuer", json!(key_file("ed25519.key")), "issuer")]
#[case::name("name", json!(key_file("ed25519.key")), "name")]
#[case::attribute("attributes", json!({"email": key_file("ed25519.key")}), "attributes.email")]
#[case::group("role_rules", json!([{"group": key_file("ed25519.key"), "role": "member"}]), "role_rules[0].group")]
#[case::without_limit("acs_url", json!(key_file("ed25519.key")), "acs_url")]
#[case::issuer_in_base64("issuer", json!(bare_key("ed25519.key")), "issuer")]
#[case::issuer_in_hexadecimal("issuer", json!(hexadecimal_key("ed25519.key")), "issuer")]
#[case::entity_id_in_base64("entity_id", json!(bare_key("ed25519.key")), "entity_id")]
#[case::entity_id_in_hexadecimal("entity_id", json!(hexadecimal_key("ec-p256.key")), "entity_id")]
#[case::urn_with_rsa_in_base64(
    "issuer",
    json!(format!("urn:{}", bare_key("rsa-2048.key"))),
    "issuer"
)]
#[tokio::test]
async fn a_private_key_is_not_stored_in_any_setting(
    #[case] field: &str,
    #[case] value: Value,
    #[case] invalid_field: &str,
) {
    let server = start_with_acme(Engine::Sqlite).await;
    let errors = create_invalid(&server, &[(field, value)]).await.errors;
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert_eq!(errors[0].field, invalid_field);
    assert!(!errors[0].received.contains("MC4CAQ"), "{errors:?}");
    assert_snapshot!(errors[0].received, @"a private key, or a file that usually contains one; it was not stored, and you should replace it");
    assert_no_connection(&server).await;
}

/// The base64 of a key without its labels.
fn bare_key(name: &str) -> String {
    let file = key_file(name);
    file.lines().filter(|line| !line.starts_with('-')).collect()
}

fn hexadecimal_key(name: &str) -> String {
    let octets = base64_simd::STANDARD.decode_to_vec(bare_key(name)).unwrap();
    octets.iter().map(|octet| format!("{octet:02X}")).collect()
}

/// The request body of a connection with this metadata, whose signature this certificate verifies.
fn verified_metadata(metadata: &str, certificate: &str) -> Value {
    json!({
        "name": "Verified",
        "metadata_xml": metadata,
        "metadata_certificates": [key_file(certificate)],
    })
}

#[apply(each_database)]
async fn metadata_signatures_are_verified_if_a_certificate_is_given(#[case] engine: Engine) {
    let server = start_with_acme(engine).await;
    let unverified = json!({"name": "Unverified", "metadata_xml": signed_idp_metadata()});
    let connection = server.api.create(CONNECTIONS, unverified).await;
    let warnings = connection["warnings"].to_string();
    assert!(
        warnings.contains("metadata-signature-not-checked"),
        "{warnings}"
    );
    let verified = verified_metadata(&signed_idp_metadata(), "rsa-2048.crt");
    let connection = server.api.create(CONNECTIONS, verified).await;
    let warnings = connection["warnings"].to_string();
    assert!(!warnings.contains("metadata-signature"), "{warnings}");
}

fn forged_metadata() -> String {
    signed_idp_metadata().replace(
        "https://fs.example.com/adfs/ls/",
        "https://fs.evil.example/adfs/ls/",
    )
}

#[rstest]
#[case::changed(&forged_metadata(), "rsa-2048.crt", "metadata_xml")]
#[case::unsigned(&idp_metadata(), "rsa-2048.crt", "metadata_xml")]
#[case::signed_with_another_key(&signed_idp_metadata(), "rsa-3072.crt", "metadata_xml")]
#[case::private_key(&signed_idp_metadata(), "rsa-2048.key", "metadata_certificates[0]")]
#[tokio::test]
async fn metadata_without_a_valid_signature_is_rejected(
    #[case] metadata: &str,
    #[case] certificate: &str,
    #[case] field: &str,
) {
    let server = start_with_acme(Engine::Sqlite).await;
    let body = verified_metadata(metadata, certificate);
    let errors = server.api.post(CONNECTIONS, body).await.problem().errors;
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert_eq!(errors[0].field, field);
}

#[apply(each_database)]
async fn a_metadata_certificate_requires_metadata(#[case] engine: Engine) {
    let server = start_with_acme(engine).await;
    let fields = [("metadata_certificates", json!([key_file("rsa-2048.crt")]))];
    let problem = create_invalid(&server, &fields).await;
    assert_snapshot!(problem, @"
    invalid-fields
    metadata_certificates: expected no value without metadata_xml, received certificates without metadata_xml
    ");
}
