//! The list of checks says what was expected and what came, and an opinion leaves out only what nobody knows.

use saml::{Decryption, Outcome, PartialExpectation, Rule, explain};

use crate::message::{ACS, IDP, assertion_signed, expectation, good_statements, judged, trust};
use crate::signer;

#[test]
fn an_accepted_response_shows_both_sides_of_every_rule() {
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

/// Whoever does not know the identity provider can still see that response and assertion name two.
#[test]
fn an_opinion_without_an_issuer_wants_the_two_issuers_to_agree() {
    let mut question = PartialExpectation::from(&expectation());
    question.issuer = None;
    let trust = trust();
    let opinion = |document: &str| {
        let posted = signer::base64(document.as_bytes());
        explain(&posted, Some(&trust), &Decryption::default(), &question).verdict
    };
    let good = assertion_signed(&good_statements());
    assert!(opinion(&good).is_ok());
    let two = good.replacen(IDP, "https://other.example/", 1);
    assert_eq!(
        opinion(&two).expect_err("two issuers").code(),
        "issuer-mismatch"
    );
}
