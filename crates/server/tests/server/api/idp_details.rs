use crate::manual_connection::{key_file, manual_connection};
use axum::http::StatusCode;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::{Value, json};
use service::connection;
use service::connection::ConnectionRef;
use test_support::{Engine, TestServer, each_database};

const CONNECTIONS: &str = "/organizations/acme/connections";

async fn acme(server: &TestServer) {
    server
        .api
        .create("/organizations", json!({"name": "Acme"}))
        .await;
}

/// The errors of the response. Empty if the connection was created.
async fn complaints(server: &TestServer, rows: &[(&str, Value)]) -> Vec<(String, String)> {
    let answer = server.api.post(CONNECTIONS, manual_connection(rows)).await;
    if answer.status == StatusCode::CREATED {
        return Vec::new();
    }
    let errors = answer.problem().errors;
    errors
        .into_iter()
        .map(|error| (error.field, error.received))
        .collect()
}

fn signed_metadata() -> String {
    let folder = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../saml/tests/fixtures-metadata"
    );
    std::fs::read_to_string(format!("{folder}/adfs-shape.signed.xml")).unwrap()
}

#[apply(each_database)]
async fn our_entity_id_is_rejected_as_an_identity_provider(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    acme(&server).await;
    let ours = "https://auth.example.com/saml";
    for rows in [
        vec![("issuer", json!(ours))],
        vec![
            ("issuer", json!("urn:acme:sp")),
            ("entity_id", json!("urn:acme:sp")),
        ],
    ] {
        let found = complaints(&server, &rows).await;
        assert!(
            found.len() == 1 && found[0].0 == "issuer" && found[0].1.contains("this server's own"),
            "{found:?}"
        );
    }
    // Control: the same entity ID is accepted if ours is different.
    let theirs = [
        ("issuer", json!("urn:acme:sp")),
        ("entity_id", json!("urn:acme:other")),
    ];
    assert_eq!(complaints(&server, &theirs).await, []);
}

#[apply(each_database)]
async fn our_certificates_are_rejected_as_idp_certificates(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    acme(&server).await;
    let made = server.api.create(CONNECTIONS, manual_connection(&[])).await;
    let id = made["id"].as_str().unwrap();
    let (_, there) = connection::find(&server.app, ConnectionRef::ById(id))
        .await
        .unwrap();
    let keys = server.app.keys.connection(&there).await.unwrap();
    for ours in [
        &keys.signing_certificates[0],
        &keys.decryption_certificates[0],
    ] {
        let change = json!({"certificates": [key_file("rsa-3072.crt"), ours.pem()]});
        let errors = server
            .api
            .patch(&format!("{CONNECTIONS}/{id}"), change)
            .await
            .problem()
            .errors;
        assert!(
            errors.len() == 1
                && errors[0].field == "certificates"
                && errors[0].received.contains("this server's own"),
            "{errors:?}"
        );
        let found = complaints(&server, &[("certificates", json!([ours.pem()]))]).await;
        assert!(
            found[0].1.contains("this server's own"),
            "another connection's: {found:?}"
        );
    }
    // Control: the same change with only a foreign certificate is accepted.
    let change = json!({"certificates": [key_file("rsa-3072.crt")]});
    assert_eq!(
        server
            .api
            .patch(&format!("{CONNECTIONS}/{id}"), change)
            .await
            .status,
        StatusCode::OK
    );
}

#[apply(each_database)]
async fn a_certificate_with_a_published_private_key_is_rejected(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    acme(&server).await;
    let found = complaints(
        &server,
        &[("certificates", json!([key_file("published.crt")]))],
    )
    .await;
    assert!(
        found.len() == 1 && found[0].0 == "certificates",
        "{found:?}"
    );
    assert!(
        found[0].1.contains("passport-wsfed-saml2")
            && found[0].1.contains("anyone could impersonate your users"),
        "{found:?}"
    );
    assert_eq!(
        complaints(
            &server,
            &[("certificates", json!([key_file("rsa-2048.crt")]))]
        )
        .await,
        []
    );
}

#[apply(each_database)]
async fn a_private_key_is_not_stored_in_any_setting(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    acme(&server).await;
    let key = key_file("ed25519.key");
    let received = "a private key, or a file that usually contains one; it was not stored, and you should replace it";
    for (field, value) in [
        ("issuer", json!(key)),
        ("name", json!(key)),
        ("attributes", json!({"email": key})),
        ("role_rules", json!([{"group": key, "role": "member"}])),
    ] {
        let found = complaints(&server, &[(field, value)]).await;
        assert_eq!(found, [(field.to_owned(), received.to_owned())]);
    }
}

#[apply(each_database)]
async fn all_problems_of_the_idp_details_are_reported_together(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    acme(&server).await;
    let rows = [
        ("issuer", json!("https://auth.example.com/saml")),
        ("certificates", json!([key_file("published.crt")])),
    ];
    let found = complaints(&server, &rows).await;
    let fields: Vec<&str> = found.iter().map(|(field, _)| field.as_str()).collect();
    assert_eq!(fields, ["issuer", "certificates"]);
}

#[apply(each_database)]
async fn metadata_signatures_are_verified_if_a_certificate_is_given(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    acme(&server).await;
    let body = |name: &str, metadata: String, key: &str| json!({"name": name, "metadata_xml": metadata, "metadata_certificates": [key_file(key)]});
    let unverified = json!({"name": "as given", "metadata_xml": signed_metadata()});
    let codes = |made: &Value| made["warnings"].to_string();
    let made = server.api.create(CONNECTIONS, unverified).await;
    assert!(
        codes(&made).contains("metadata-signature-not-checked"),
        "{made}"
    );
    let made = server
        .api
        .create(
            CONNECTIONS,
            body("verified", signed_metadata(), "rsa-2048.crt"),
        )
        .await;
    assert!(!codes(&made).contains("metadata-signature"), "{made}");

    let forged = signed_metadata().replace(
        "https://fs.example.com/adfs/ls/",
        "https://fs.evil.example/adfs/ls/",
    );
    let unsigned = std::fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../saml/tests/captured/simplesamlphp-1.19.7.idp-metadata.xml"
    ))
    .unwrap();
    for (metadata, key, field) in [
        (forged, "rsa-2048.crt", "metadata_xml"),
        (unsigned, "rsa-2048.crt", "metadata_xml"),
        (signed_metadata(), "rsa-3072.crt", "metadata_xml"),
        (
            signed_metadata(),
            "rsa-2048.key",
            "metadata_certificates[0]",
        ),
    ] {
        let errors = server
            .api
            .post(CONNECTIONS, body("x", metadata, key))
            .await
            .problem()
            .errors;
        assert!(errors.len() == 1 && errors[0].field == field, "{errors:?}");
    }
    let alone = [("metadata_certificates", json!([key_file("rsa-2048.crt")]))];
    let found = complaints(&server, &alone).await;
    assert!(
        found[0].0 == "metadata_certificates" && found[0].1.contains("without metadata"),
        "{found:?}"
    );
}
