//! Hostile texts are shortened before they are stored or shown.

use crate::message::{
    ACS, ATTRIBUTES, CONFIRMATION, IDP, NAME_ID, assertion_signed, code, good_statements, judged,
    statements,
};
use crate::signer;

const LONG: usize = 50_000;
/// The limit of a report in debug format: 18 checks with two values each, and the verdict.
const SHORT: usize = 20_000;

/// Puts a long text into every attribute and every value of a document, one after the other.
fn lengthened(text: &str) -> Vec<String> {
    let long = "a".repeat(LONG);
    let mut places: Vec<usize> = Vec::new();
    places.extend(text.match_indices("=\"").map(|(at, _)| at + 2));
    places.extend(text.match_indices('>').map(|(at, _)| at + 1));
    places.extend(text.match_indices('<').map(|(at, _)| at + 1));
    places.extend(text.match_indices(':').map(|(at, _)| at + 1));
    places
        .into_iter()
        .map(|at| {
            let (before, after) = text.split_at(at);
            [before, &long, after].concat()
        })
        .collect()
}

fn assert_short(document: &str) {
    let report = judged(document);
    let kept = format!("{report:?}").len();
    let told = report
        .verdict
        .map_or_else(|rejection| rejection.to_string().len(), |_| 0);
    let code = code(document);
    assert!(
        kept < SHORT && told < SHORT,
        "{code} keeps {kept} and tells {told}: {}",
        &document[..document.len().min(300)]
    );
}

#[test]
fn long_texts_in_an_unsigned_message_are_cut() {
    let good = assertion_signed(&good_statements());
    for document in lengthened(&good) {
        assert_short(&document);
    }
    let encrypted = signer::encrypted_assertion(&[1; 32], &signer::wrapped_key());
    for document in
        lengthened(&crate::message::response(&encrypted).replace("@@sign:_response@@", ""))
    {
        assert_short(&document);
    }
}

/// A hostile or compromised identity provider can sign any text.
#[test]
fn long_texts_in_a_signed_assertion_are_cut() {
    let long = "a".repeat(LONG);
    let good = good_statements();
    let audiences =
        "<saml:Audience>aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa</saml:Audience>".repeat(5000);
    let confirmations =
        r#"<saml:SubjectConfirmation Method="aaaaaaaaaaaaaaaaaaaaaaaaaa"/>"#.repeat(5000);
    let rows = [
        good.replace(ACS, &long),
        good.replace(
            "InResponseTo=\"_request\"",
            &format!("InResponseTo=\"{long}\""),
        ),
        good.replace(
            "https://sso.example.net/saml</saml:Audience>",
            &format!("{long}</saml:Audience>"),
        ),
        good.replace(
            "<saml:Audience>https://sso.example.net/saml</saml:Audience>",
            &audiences,
        ),
        good.replace("cm:bearer", &long),
        good.replace(
            "<saml:AudienceRestriction>",
            &format!("<saml:{long}/><saml:AudienceRestriction>"),
        ),
        good.replace("2026-11-24T11:55:00Z", &long),
        statements(&format!("{NAME_ID}{confirmations}"), ATTRIBUTES),
        statements(
            &format!("<saml:NameID>{long}</saml:NameID>{CONFIRMATION}"),
            ATTRIBUTES,
        ),
        good.replace(
            "<saml:AttributeStatement>",
            &format!("<saml:AttributeStatement><saml:{long}/>"),
        ),
    ];
    for statements in rows {
        let document = assertion_signed(&statements);
        assert_ne!(code(&document), "accepted");
        assert_ne!(code(&document), "digest-mismatch");
        assert_short(&document);
    }
    let issuer = crate::message::assertion(&good).replace(IDP, &long);
    let document = crate::message::response(&issuer).replace("@@sign:_response@@", "");
    let document = signer::sign(&document, "_assertion");
    assert_eq!(code(&document), "issuer-mismatch");
    assert_short(&document);
}
