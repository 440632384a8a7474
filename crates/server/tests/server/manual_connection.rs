//! A connection whose identity provider details are given one by one.

use serde_json::{Value, json};

/// The request body of such a connection. Each of `fields` replaces or adds one.
pub(crate) fn manual_connection(fields: &[(&str, Value)]) -> Value {
    let mut body = json!({
        "name": "Acme Okta",
        "issuer": "https://idp.example/metadata",
        "sign_on_url": "https://idp.example/sso",
        "certificates": [key_file("rsa-2048.crt")],
    });
    for (field, value) in fields {
        body[*field] = value.clone();
    }
    body
}

/// A key or certificate from the fixtures of the crate `saml`.
pub(crate) fn key_file(name: &str) -> String {
    saml_test_file(&format!("fixtures-keys/{name}"))
}

/// Metadata that `SimpleSAMLphp` published as an identity provider.
pub(crate) fn idp_metadata() -> String {
    saml_test_file("captured/simplesamlphp-1.19.7.idp-metadata.xml")
}

/// Metadata of AD FS, signed with the key of `rsa-2048.crt`.
pub(crate) fn signed_idp_metadata() -> String {
    saml_test_file("fixtures-metadata/adfs-shape.signed.xml")
}

/// Metadata of a service provider, which cannot configure a connection.
pub(crate) fn sp_metadata() -> String {
    saml_test_file("fixtures-metadata/service-provider.xml")
}

/// A file of the tests of the crate `saml`.
pub(crate) fn saml_test_file(name: &str) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../saml/tests");
    std::fs::read_to_string(format!("{folder}/{name}")).unwrap()
}
