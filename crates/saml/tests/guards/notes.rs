//! Deviations that are accepted are noted, and what is accepted is no more than that.

use rstest::rstest;
use saml::{
    Claims, Decryption, InResponseTo, NameIdUse, Outcome, PartialExpectation, Rule, explain,
};

use crate::message::{
    ATTRIBUTES, CONFIRMATION, NAME_ID, expectation, good_statements, response, sign_assertion,
    statements, trust, validate_document, validate_with,
};
use crate::signer::base64;
use crate::{message, signer};

/// The notes of one check of a document that is accepted.
fn notes(document: &str, rule: Rule) -> Vec<String> {
    let report = validate_document(document);
    assert!(report.verdict.is_ok(), "{:?}", report.verdict);
    report
        .checks
        .iter()
        .filter(|check| check.rule == rule)
        .flat_map(|check| check.notes.iter().map(ToString::to_string))
        .collect()
}

#[test]
fn a_document_by_the_standard_has_no_notes() {
    let report = validate_document(&sign_assertion(&good_statements()));
    assert!(report.checks.iter().all(|check| check.notes.is_empty()));
}

#[test]
fn a_time_with_the_offset_of_utc_is_noted() {
    let statements = good_statements().replace(
        "NotBefore=\"2026-11-24T11:55:00Z\"",
        "NotBefore=\"2026-11-24T11:55:00.0000000+00:00\"",
    );
    assert_eq!(
        notes(&sign_assertion(&statements), Rule::Assertion),
        [
            "Conditions NotBefore is \"2026-11-24T11:55:00.0000000+00:00\", which was read as UTC; SAML writes Z in place of the offset"
        ]
    );
}

#[test]
fn an_id_that_begins_with_a_digit_is_noted() {
    let text =
        response(&message::assertion(&good_statements())).replace("_assertion", "4assertion");
    let document = signer::sign(&text.replace(&signer::mark("_response"), ""), "4assertion");
    assert_eq!(
        notes(&document, Rule::Assertion),
        [
            "the ID of saml:Assertion is \"4assertion\", which is not an XML name; IDs must begin with a letter or an underscore"
        ]
    );
}

/// What a connection does not use cannot cause a rejection.
#[rstest]
#[case::empty("<saml:NameID/>", "it is empty")]
#[case::blank("<saml:NameID> \n </saml:NameID>", "it is empty")]
#[case::several_lines(
    "<saml:NameID>ada\nlovelace</saml:NameID>",
    "it contains control characters"
)]
#[case::element(
    "<saml:NameID><a/></saml:NameID>",
    "contains an element instead of text"
)]
#[case::comment("<saml:NameID>ada<!-- -->x</saml:NameID>", "contains a comment")]
#[case::too_long(&format!("<saml:NameID>{}</saml:NameID>", "a".repeat(257)), "longer than 256 characters")]
#[case::encrypted_for_another(
    "<saml:EncryptedID><x:EncryptedData xmlns:x=\"http://www.w3.org/2001/04/xmlenc#\"/></saml:EncryptedID>",
    "the structure of the encrypted data is invalid"
)]
fn an_unusable_name_id_is_left_out_where_an_attribute_identifies_the_user(
    #[case] name_id: &str,
    #[case] reason: &str,
) {
    let document = sign_assertion(&statements(&format!("{name_id}{CONFIRMATION}"), ATTRIBUTES));
    assert!(validate_document(&document).verdict.is_err());
    let mut optional = expectation();
    optional.name_id = NameIdUse::Optional;
    let report = validate_with(&document, &optional);
    let claims = report.verdict.expect("accepted").into_claims();
    assert_eq!(claims.name_id, None);
    let check = report
        .checks
        .iter()
        .find(|check| check.rule == Rule::Subject);
    let check = check.expect("a check of the subject");
    assert_eq!(check.outcome, Outcome::Passed);
    let note = check
        .notes
        .iter()
        .map(ToString::to_string)
        .collect::<String>();
    assert!(note.contains(reason), "{note}");
}

/// Programs disagree about the value of a NameID with a comment, so none is shown.
#[rstest]
#[case::comment("<saml:NameID>ada<!-- -->x</saml:NameID>", "comment-in-value")]
#[case::element("<saml:NameID>ada<a/></saml:NameID>", "invalid-value")]
fn a_name_id_without_a_certain_value_is_rejected_where_its_use_is_unknown(
    #[case] name_id: &str,
    #[case] code: &str,
) {
    let document = sign_assertion(&statements(&format!("{name_id}{CONFIRMATION}"), ATTRIBUTES));
    let partial = PartialExpectation {
        name_id: None,
        ..PartialExpectation::from(&expectation())
    };
    let decryption = Decryption::default();
    let message = base64(document.as_bytes());
    let explained = explain(&message, Some(&trust()), &decryption, &partial);
    let explained = explained.verdict.expect_err("rejected");
    assert_eq!(explained.code(), code);
    let validated = validate_document(&document).verdict.expect_err("rejected");
    assert_eq!(validated, explained);
}

fn claims_with_value(value: &str) -> Claims {
    let attribute = format!(
        "<saml:Attribute Name=\"id\"><saml:AttributeValue>{value}</saml:AttributeValue></saml:Attribute>"
    );
    let document = sign_assertion(&statements(&format!("{NAME_ID}{CONFIRMATION}"), &attribute));
    validate_document(&document)
        .verdict
        .expect("accepted")
        .into_claims()
}

/// Qualifiers that are left out stand for the issuer and for our entity ID (saml-core 8.3.7).
#[rstest]
#[case::both("<saml:NameID NameQualifier=\"q\" SPNameQualifier=\"s\">x</saml:NameID>", &["q!s!x"])]
#[case::neither("\n <saml:NameID> x </saml:NameID>\n", &["https://idp.example.com/metadata!https://sso.example.net/saml!x"])]
#[case::value_with_mark("<saml:NameID NameQualifier=\"q\" SPNameQualifier=\"s\">x!y</saml:NameID>", &["q!s!x!y"])]
// With these, two different NameIDs could have the same text.
#[case::qualifier_with_mark("<saml:NameID NameQualifier=\"q!r\" SPNameQualifier=\"s\">x</saml:NameID>", &[])]
#[case::sp_qualifier_with_mark("<saml:NameID NameQualifier=\"q\" SPNameQualifier=\"s!t\">x</saml:NameID>", &[])]
#[case::transient("<saml:NameID Format=\"urn:oasis:names:tc:SAML:2.0:nameid-format:transient\">x</saml:NameID>", &[])]
#[case::empty("<saml:NameID/>", &[])]
#[case::two("<saml:NameID>x</saml:NameID><saml:NameID>y</saml:NameID>", &[])]
#[case::text_around("a<saml:NameID>x</saml:NameID>", &[])]
#[case::comment("<saml:NameID>x<!-- -->y</saml:NameID>", &[])]
#[case::other_element("<saml:Issuer>x</saml:Issuer>", &[])]
#[case::text(" x \n", &["x"])]
fn a_name_id_in_an_attribute_is_a_text_with_its_qualifiers(
    #[case] value: &str,
    #[case] expected: &[&str],
) {
    let claims = claims_with_value(value);
    assert_eq!(claims.values("id").collect::<Vec<_>>(), expected);
}

const OURS: &str = "_0123456789abcdef0123456789abcdef01234567";

/// An `InResponseTo` of the response and of the confirmation, in an unsolicited response.
#[rstest]
#[case::none(None, None, None)]
#[case::placeholder(Some("id-12345"), Some("id-12345"), None)]
#[case::placeholder_of_the_response(Some("none"), None, None)]
#[case::different_placeholders(Some("a"), Some("b"), None)]
#[case::ours(Some(OURS), Some(OURS), Some("unexpected-in-response-to"))]
#[case::ours_in_the_response(Some(OURS), None, Some("unexpected-in-response-to"))]
#[case::ours_in_the_confirmation(Some("x"), Some(OURS), Some("unexpected-in-response-to"))]
fn a_placeholder_counts_as_no_in_response_to(
    #[case] in_response: Option<&str>,
    #[case] in_confirmation: Option<&str>,
    #[case] code: Option<&str>,
) {
    let attribute = |value: Option<&str>| {
        value.map_or_else(String::new, |value| format!(" InResponseTo=\"{value}\""))
    };
    let statements =
        good_statements().replace(" InResponseTo=\"_request\"", &attribute(in_confirmation));
    let document =
        sign_assertion(&statements).replace(" InResponseTo=\"_request\"", &attribute(in_response));
    let mut unsolicited = expectation();
    unsolicited.in_response_to = InResponseTo::UnsolicitedOrPlaceholder;
    let verdict = validate_with(&document, &unsolicited).verdict;
    match code {
        Some(code) => assert_eq!(verdict.expect_err("a rejection").code(), code),
        None => {
            let claims = verdict.expect("accepted").into_claims();
            assert_eq!(claims.in_response_to, None);
        }
    }
    // Where such responses are rejected, a placeholder is no excuse.
    unsolicited.in_response_to = InResponseTo::Unsolicited;
    let verdict = validate_with(&document, &unsolicited).verdict;
    assert_eq!(
        verdict.is_ok(),
        in_response.is_none() && in_confirmation.is_none()
    );
}
