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
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../saml/tests/fixtures-keys");
    std::fs::read_to_string(format!("{folder}/{name}")).unwrap()
}
