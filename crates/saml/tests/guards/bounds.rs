//! Hostile texts are shortened before they are stored or shown.

use crate::message::{
    ACS, ATTRIBUTES, CONFIRMATION, IDP, NAME_ID, good_statements, result_code, sign_assertion,
    statements, validate_document,
};
use crate::signer;
use rstest::rstest;

const LONG: usize = 50_000;
/// The limit of a report in debug format: 18 checks with two values each, and the verdict.
const SHORT: usize = 20_000;

/// Puts a long text into every attribute and every value of a document, one after the other.
fn lengthen_each_text(text: &str) -> Vec<String> {
    let long = long_text();
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
    let report = validate_document(document);
    let report_length = format!("{report:?}").len();
    let message_length = report
        .verdict
        .map_or_else(|rejection| rejection.to_string().len(), |_| 0);
    let code = result_code(document);
    assert!(
        report_length < SHORT && message_length < SHORT,
        "{code}: report of {report_length} bytes, message of {message_length} bytes: {}",
        &document[..document.len().min(300)]
    );
}

#[test]
fn long_texts_in_an_unsigned_message_are_cut() {
    let good = sign_assertion(&good_statements());
    for document in lengthen_each_text(&good) {
        assert_short(&document);
    }
    let encrypted = signer::encrypted_assertion(&[1; 32], &signer::wrap_key());
    for document in
        lengthen_each_text(&crate::message::response(&encrypted).replace("@@sign:_response@@", ""))
    {
        assert_short(&document);
    }
}

fn long_text() -> String {
    "a".repeat(LONG)
}

/// A hostile or compromised identity provider can sign any text.
#[rstest]
#[case::recipient(&good_statements().replace(ACS, &long_text()))]
#[case::in_response_to(&good_statements().replace("InResponseTo=\"_request\"", &format!("InResponseTo=\"{}\"", long_text())))]
#[case::audience(&good_statements().replace(
    "https://sso.example.net/saml</saml:Audience>",
    &format!("{}</saml:Audience>", long_text()),
))]
#[case::many_audiences(&good_statements().replace(
    "<saml:Audience>https://sso.example.net/saml</saml:Audience>",
    &"<saml:Audience>aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa</saml:Audience>".repeat(5000),
))]
#[case::confirmation_method(&good_statements().replace("cm:bearer", &long_text()))]
#[case::element_in_the_conditions(&good_statements().replace(
    "<saml:AudienceRestriction>",
    &format!("<saml:{}/><saml:AudienceRestriction>", long_text()),
))]
#[case::not_before(&good_statements().replace("2026-11-24T11:55:00Z", &long_text()))]
#[case::many_confirmations(&statements(
    &format!(
        "{NAME_ID}{}",
        r#"<saml:SubjectConfirmation Method="aaaaaaaaaaaaaaaaaaaaaaaaaa"/>"#.repeat(5000)
    ),
    ATTRIBUTES,
))]
#[case::name_id(&statements(
    &format!("<saml:NameID>{}</saml:NameID>{CONFIRMATION}", long_text()),
    ATTRIBUTES,
))]
#[case::element_among_the_attributes(&good_statements().replace(
    "<saml:AttributeStatement>",
    &format!("<saml:AttributeStatement><saml:{}/>", long_text()),
))]
fn long_texts_in_a_signed_assertion_are_cut(#[case] statements: &str) {
    let document = sign_assertion(statements);
    assert_ne!(result_code(&document), "accepted");
    assert_ne!(result_code(&document), "digest-mismatch");
    assert_short(&document);
}

#[test]
fn a_long_issuer_of_a_signed_assertion_is_cut() {
    let issuer = crate::message::assertion(&good_statements()).replace(IDP, &long_text());
    let document = crate::message::response(&issuer).replace("@@sign:_response@@", "");
    let document = signer::sign(&document, "_assertion");
    assert_eq!(result_code(&document), "issuer-mismatch");
    assert_short(&document);
}
