//! The list of checks has the compared values, and an unknown expectation leaves out as little as possible.

use rstest::rstest;
use saml::{Decryption, Outcome, PartialExpectation, Rule, explain};

use crate::message::{
    ACS, IDP, expectation, good_statements, sign_assertion, trust, validate_document,
};
use crate::signer;

const AUDIENCE: &str = "https://sso.example.net/saml";

#[rstest]
#[case::issuer(Rule::Issuer, IDP, IDP)]
#[case::destination(Rule::Destination, ACS, ACS)]
#[case::recipient(Rule::Recipient, ACS, ACS)]
#[case::audience(Rule::Audience, AUDIENCE, AUDIENCE)]
#[case::in_response_to(Rule::InResponseTo, "_request", "_request")]
#[case::not_before(
    Rule::NotBefore,
    "not before 2026-11-24T11:55:00Z",
    "2026-11-24T12:00:30Z"
)]
#[case::not_on_or_after(
    Rule::NotOnOrAfter,
    "before 2026-11-24T12:05:00Z",
    "2026-11-24T12:00:30Z"
)]
fn a_passed_check_has_expected_and_received_values(
    #[case] rule: Rule,
    #[case] expected: &str,
    #[case] received: &str,
) {
    let report = validate_document(&sign_assertion(&good_statements()));
    assert!(report.verdict.is_ok());
    let check = report
        .checks
        .iter()
        .find(|check| check.rule == rule)
        .expect("a check");
    assert_eq!(check.outcome, Outcome::Passed);
    assert_eq!(check.expected.as_deref(), Some(expected));
    assert_eq!(check.received.as_deref(), Some(received));
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
    let good = sign_assertion(&good_statements());
    assert!(explained(&good).is_ok());
    let two = good.replacen(IDP, "https://other.example/", 1);
    assert_eq!(
        explained(&two).expect_err("two issuers").code(),
        "issuer-mismatch"
    );
}
