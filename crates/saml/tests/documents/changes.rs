//! A changed message never yields other claims.

use rstest::rstest;
use saml::{Claims, Decryption, Expectation, Trust};

use crate::context::{self, Context};

/// In every octet of the response, one bit is changed: the lowest, the one that changes the case of a letter, and the
/// one that makes the octet non-ASCII.
///
/// Some changes have no effect, because they are outside the signed part or in the certificate of the message; none may
/// change the claims.
#[rstest]
#[case::assertion_signed("control-without-key-info")]
#[case::response_signed("control-response-signed")]
fn no_changed_bit_changes_a_claim(#[case] case: &str) {
    let fixture = Fixture::read(case);
    let mut unnoticed = 0;
    for at in 0..fixture.document.len() {
        for bit in [0x01, 0x20, 0x80] {
            let mut changed = fixture.document.clone();
            if let Some(octet) = changed.get_mut(at) {
                *octet ^= bit;
            }
            unnoticed += usize::from(fixture.accepts(&changed));
        }
    }
    assert!(
        unnoticed < fixture.document.len(),
        "{case}: {unnoticed} changes go unnoticed"
    );
}

/// Each octet is left out, and each octet is doubled.
#[test]
fn no_octet_lost_or_doubled_changes_a_claim() {
    let fixture = Fixture::read("control-without-key-info");
    for at in 0..fixture.document.len() {
        let (before, rest) = fixture.document.split_at(at);
        fixture.accepts(&[before, rest.get(1..).unwrap_or_default()].concat());
        fixture.accepts(&[before, rest.get(..1).unwrap_or_default(), rest].concat());
    }
}

/// The document is cut after each octet.
#[test]
fn a_truncated_message_is_rejected() {
    let fixture = Fixture::read("control-without-key-info");
    for length in 0..fixture.document.len() {
        let beginning = fixture.document.get(..length).unwrap_or_default();
        assert!(!fixture.accepts(beginning), "{length} octets");
    }
}

struct Fixture {
    document: Vec<u8>,
    trust: Trust,
    expectation: Expectation,
    claims: Claims,
}

impl Fixture {
    fn read(case: &str) -> Self {
        let folder = context::tests().join("cases").join(case);
        let document = context::text(&folder.join("response.xml")).into_bytes();
        let context = context::text(&folder.join("context.toml"));
        let context: Context = toml::from_str(&context).expect("a context");
        let trust = context
            .trust(&context::tests().join("keys"))
            .expect("a key is trusted");
        let expectation = context.expectation();
        let claims = validate_response(&document, &trust, &expectation)
            .expect("the document itself is accepted");
        Self {
            document,
            trust,
            expectation,
            claims,
        }
    }

    /// Whether a changed document is accepted. Fails if it is accepted with other claims.
    fn accepts(&self, changed: &[u8]) -> bool {
        let claims = validate_response(changed, &self.trust, &self.expectation);
        assert!(
            claims.as_ref().is_none_or(|claims| *claims == self.claims),
            "{} makes {claims:?}",
            String::from_utf8_lossy(changed)
        );
        claims.is_some()
    }
}

fn validate_response(document: &[u8], trust: &Trust, expectation: &Expectation) -> Option<Claims> {
    let posted = base64_simd::STANDARD.encode_to_string(document);
    let report = saml::validate_response(&posted, trust, &Decryption::default(), expectation);
    report
        .verdict
        .ok()
        .map(saml::AcceptedAssertion::into_claims)
}
