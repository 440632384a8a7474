//! No document makes the verifier panic, an accepted one names somebody for whom the test key signed, and what is
//! said about a refused one is short.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use saml::paste::PastedInput;
use jiff::Timestamp;
use saml::{Decryption, Expectation, InResponseTo, ClockTolerance, Trust, judge};

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
            now: NOW,
            tolerance: ClockTolerance::default(),
        },
    }
});

/// In whose name every forgery of `tests/cases` asks for entry, and for whom the test identity provider never signed.
const VICTIM: &str = "victim@example.com";

fuzz_target!(|document: &[u8]| {
    let connection = &*CONNECTION;
    // The fuzzer changes the document itself; base64 around it would only be in its way.
    let posted = base64_simd::STANDARD.encode_to_string(document);
    let report = judge(
        &posted,
        &connection.trust,
        &connection.decryption,
        &connection.expectation,
    );
    assert!(!report.checks.is_empty());
    match &report.verdict {
        Ok(accepted) => {
            let name = accepted.claims().name_id.as_ref().map(|name| name.value.as_str());
            assert_ne!(name, Some(VICTIM), "nobody has signed this");
        }
        Err(rejection) => assert!(rejection.to_string().len() < 20_000),
    }
});
