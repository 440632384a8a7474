//! The list of checks has the compared values, and an unknown expectation leaves out as little as possible.

use saml::{Decryption, Outcome, PartialExpectation, Rule, explain};

use crate::message::{ACS, IDP, assertion_signed, expectation, good_statements, judged, trust};
use crate::signer;

#[test]
fn passed_checks_have_expected_and_received_values() {
    let report = judged(&assertion_signed(&good_statements()));
    assert!(report.verdict.is_ok());
    let audience = "https://sso.example.net/saml";
    let rows = [
        (Rule::Issuer, IDP, IDP),
        (Rule::Destination, ACS, ACS),
        (Rule::Recipient, ACS, ACS),
        (Rule::Audience, audience, audience),
        (Rule::InResponseTo, "_request", "_request"),
        (
            Rule::NotBefore,
            "not before 2026-11-24T11:55:00Z",
            "2026-11-24T12:00:30Z",
        ),
        (
            Rule::NotOnOrAfter,
            "before 2026-11-24T12:05:00Z",
            "2026-11-24T12:00:30Z",
        ),
    ];
    for (rule, expected, received) in rows {
        let check = report
            .checks
            .iter()
            .find(|check| check.rule == rule)
            .expect("a check");
        assert_eq!(check.outcome, Outcome::Passed, "{rule}");
        assert_eq!(check.expected.as_deref(), Some(expected), "{rule}");
        assert_eq!(check.received.as_deref(), Some(received), "{rule}");
    }
}

/// The issuers of response and assertion are compared even if the expected issuer is unknown.
#[test]
fn without_an_expected_issuer_both_issuers_must_be_equal() {
    let mut expectation_without_issuer = PartialExpectation::from(&expectation());
    expectation_without_issuer.issuer = None;
    let trust = trust();
    let explained = |document: &str| {
        let posted = signer::base64(document.as_bytes());
        explain(
            &posted,
            Some(&trust),
            &Decryption::default(),
            &expectation_without_issuer,
        )
        .verdict
    };
    let good = assertion_signed(&good_statements());
    assert!(explained(&good).is_ok());
    let two = good.replacen(IDP, "https://other.example/", 1);
    assert_eq!(
        explained(&two).expect_err("two issuers").code(),
        "issuer-mismatch"
    );
}
