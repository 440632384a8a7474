//! No document makes the verifier panic, no accepted document names the victim of the forgeries, and every rejection is
//! short.

#![no_main]

use std::sync::LazyLock;

use jiff::Timestamp;
use libfuzzer_sys::fuzz_target;
use saml::paste::PastedInput;
use saml::{
    ClockTolerance, Decryption, Expectation, InResponseTo, NameIdUse, Requirements, Trust, validate_response,
};

/// The time, the keys and the expectations of `tests/cases`.
const NOW: Timestamp = Timestamp::constant(1_795_521_630, 0);
const CERTIFICATE: &[u8] = include_bytes!("../../crates/saml/tests/keys/idp.crt");
const KEY: &str = include_str!("../../crates/saml/tests/keys/sp-encryption.key");

struct Connection {
    trust: Trust,
    decryption: Decryption,
    expectation: Expectation,
}

static CONNECTION: LazyLock<Connection> = LazyLock::new(|| {
    let pasted = PastedInput::parse(CERTIFICATE, NOW).expect("a certificate");
    let key = saml::key::DecryptionKey::from_pem(KEY).expect("a key");
    Connection {
        trust: Trust::new(pasted.certificates().to_vec()).expect("one certificate"),
        decryption: Decryption::new(vec![key]).accept_cbc(),
        expectation: Expectation {
            issuer: "https://idp.example.com/metadata".to_owned(),
            audience: "https://sso.example.net/saml".to_owned(),
            recipient: "https://sso.example.net/saml/con_example/acs".to_owned(),
            in_response_to: InResponseTo::Request("_5a1d8f0e2c".to_owned()),
            name_id: NameIdUse::Subject,
            now: NOW,
            tolerance: ClockTolerance::default(),
            requirements: Requirements::default(),
        },
    }
});

/// The NameID of every forgery in `tests/cases`; the test identity provider has never signed it.
const VICTIM: &str = "victim@example.com";

fuzz_target!(|document: &[u8]| {
    let connection = &*CONNECTION;
    // The fuzzer mutates the document, not its base64 form.
    let posted = base64_simd::STANDARD.encode_to_string(document);
    let report = validate_response(
        &posted,
        &connection.trust,
        &connection.decryption,
        &connection.expectation,
    );
    assert!(!report.checks.is_empty());
    match &report.verdict {
        Ok(accepted) => {
            let name = accepted.claims().name_id.as_ref().map(|name| name.value.as_str());
            assert_ne!(name, Some(VICTIM), "a forgery is accepted");
        }
        Err(rejection) => assert!(rejection.to_string().len() < 20_000),
    }
});
