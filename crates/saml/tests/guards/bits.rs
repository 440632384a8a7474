//! Each bit of a real, signed response is changed (C14-12).

use std::ops::Range;

use saml::{
    ClockTolerance, Decryption, Expectation, InResponseTo, NameIdUse, RequiredAuthentication,
    Requirements, Trust, parse_xs_date_time, validate_response,
};

use crate::keys;

const DOCUMENT: &str = "captured/samlify-2.13.1.assertion.xml";

/// An accepted response has the original claims, and no changed bit of the signed part is accepted.
///
/// The declarations of `xsi` and `xs` are not signed: exclusive canonicalization leaves out unused namespaces.
#[test]
fn no_changed_bit_changes_the_claims() {
    let document = keys::text(DOCUMENT);
    let trust = Trust::new(vec![keys::certificate("captured/samlify.crt")]).expect("a certificate");
    let claims = |octets: &[u8]| {
        let posted = base64_simd::STANDARD.encode_to_string(octets);
        let report = validate_response(&posted, &trust, &Decryption::default(), &expectation());
        report.verdict.map(saml::AcceptedAssertion::into_claims)
    };
    let original = claims(document.as_bytes()).expect("the control is accepted");
    let signature = range_between(&document, "<ds:SignedInfo", "</ds:SignatureValue>");
    let content = range_between(&document, "ID=\"_ad827594", "<ds:Signature ");
    let rest = range_between(&document, "</ds:Signature>", "</saml:Assertion");

    let mut octets = document.clone().into_bytes();
    let mut accepted = 0;
    for place in 0..octets.len() {
        for bit in 0..8 {
            octets[place] ^= 1 << bit;
            if let Ok(changed) = claims(&octets) {
                accepted += 1;
                assert_eq!(changed, original, "bit {bit} of octet {place}");
                let signed = [&signature, &content, &rest]
                    .into_iter()
                    .any(|range| range.contains(&place));
                assert!(!signed, "bit {bit} of octet {place} was signed");
            }
            octets[place] ^= 1 << bit;
        }
    }
    assert!(accepted > 0, "what is not signed may change");
}

fn range_between(text: &str, begin: &str, end: &str) -> Range<usize> {
    text.find(begin).expect("the begin")..text.find(end).expect("the end")
}

fn expectation() -> Expectation {
    Expectation {
        issuer: "http://127.0.0.1:9811/metadata".to_owned(),
        audience: "http://127.0.0.1:9800/metadata".to_owned(),
        recipient: "http://127.0.0.1:9800/acs".to_owned(),
        in_response_to: InResponseTo::Request("_9695a811a5d844159624cd139645e043".to_owned()),
        name_id: NameIdUse::Subject,
        now: parse_xs_date_time("2026-11-24T00:02:57Z").expect("an instant"),
        tolerance: ClockTolerance::default(),
        // samlify sends no AuthnStatement.
        requirements: Requirements {
            authentication: RequiredAuthentication::Nothing,
            ..Requirements::default()
        },
    }
}
