//! The structure of documents with valid signatures.

use crate::message::{
    ATTRIBUTES, CONFIRMATION, NAME_ID, good_statements, response, result_code, sign_assertion,
    sign_response, statements,
};
use crate::signer;
use rstest::rstest;

const SIGNATURE: &str = r#"<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/>"#;

#[test]
fn the_control_is_accepted() {
    assert_eq!(result_code(&sign_assertion(&good_statements())), "accepted");
    assert_eq!(result_code(&sign_response(&good_statements())), "accepted");
}

/// The text belongs to no value, but programs that concatenate all text of an element would read it.
#[rstest]
#[case::subject("<saml:Subject>")]
#[case::name_id("</saml:NameID>")]
#[case::confirmation(r#"Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">"#)]
#[case::subject_end("</saml:Subject>")]
#[case::conditions(r#"NotOnOrAfter="2026-11-24T12:05:00Z"><saml:AudienceRestriction>"#)]
#[case::audience_restriction_end("</saml:AudienceRestriction>")]
#[case::attribute_statement("<saml:AttributeStatement>")]
#[case::attribute(r#"<saml:Attribute Name="email">"#)]
#[case::attribute_value_end("</saml:AttributeValue>")]
#[case::attribute_end("</saml:Attribute>")]
fn text_between_elements_is_rejected(#[case] place: &str) {
    let good = good_statements();
    assert_eq!(good.matches(place).count(), 1);
    let after = |text: &str| sign_assertion(&good.replace(place, &format!("{place}{text}")));
    assert_eq!(result_code(&after(" \n\t")), "accepted");
    assert_eq!(result_code(&after("<!-- -->")), "accepted");
    assert_eq!(result_code(&after("x")), "invalid-structure");
    assert_eq!(result_code(&after("\u{a0}")), "invalid-structure");
}

#[rstest]
#[case::status("<samlp:Status>")]
#[case::assertion("<saml:Assertion ")]
fn text_between_the_elements_of_the_response_is_rejected(#[case] place: &str) {
    let good = sign_assertion(&good_statements());
    let before = |text: &str| good.replacen(place, &format!("{text}{place}"), 1);
    assert_eq!(result_code(&before(" \n\t")), "accepted");
    assert_eq!(result_code(&before("x")), "invalid-structure");
}

/// Only the response and its assertion may have a signature as a child.
#[rstest]
#[case::in_the_status("</samlp:Status>", &format!("{SIGNATURE}</samlp:Status>"))]
#[case::in_extensions(
    "<samlp:Status>",
    &format!("<samlp:Extensions>{SIGNATURE}</samlp:Extensions><samlp:Status>")
)]
#[case::in_the_subject("</saml:Subject>", &format!("{SIGNATURE}</saml:Subject>"))]
#[case::in_the_advice(
    "<saml:AuthnStatement",
    &format!("<saml:Advice>{SIGNATURE}</saml:Advice><saml:AuthnStatement")
)]
#[case::in_the_subject_of_an_assertion_of_the_advice(
    "<saml:AuthnStatement",
    &format!(
        "<saml:Advice><saml:Assertion><saml:Subject>{SIGNATURE}</saml:Subject></saml:Assertion></saml:Advice><saml:AuthnStatement"
    )
)]
#[case::in_an_assertion_of_extensions(
    "<samlp:Status>",
    &format!(
        "<samlp:Extensions><saml:Advice><saml:Assertion>{SIGNATURE}</saml:Assertion></saml:Advice></samlp:Extensions><samlp:Status>"
    )
)]
fn a_misplaced_signature_is_rejected(#[case] from: &str, #[case] to: &str) {
    let good = sign_assertion(&good_statements());
    assert_eq!(good.matches(from).count(), 1);
    assert_eq!(result_code(&good.replace(from, to)), "signature-misplaced");
}

/// Advice quotes the assertion of another identity provider, with its signature (saml-core 2.6.1).
#[test]
fn a_signature_in_an_assertion_of_the_advice_is_ignored() {
    let advice = format!(
        "<saml:Advice><saml:Assertion>{SIGNATURE}</saml:Assertion></saml:Advice><saml:AuthnStatement"
    );
    let quoting = good_statements().replace("<saml:AuthnStatement", &advice);
    assert_eq!(result_code(&sign_assertion(&quoting)), "accepted");
    assert_eq!(result_code(&sign_response(&quoting)), "accepted");
    let added = sign_assertion(&good_statements()).replace("<saml:AuthnStatement", &advice);
    assert_eq!(result_code(&added), "digest-mismatch");
}

/// Each costs a decryption with each key of the service provider, in a message that anyone can send.
#[rstest]
#[case::assertion_signed(sign_assertion)]
#[case::response_signed(sign_response)]
fn more_than_32_encrypted_keys_are_rejected_before_any_is_tried(#[case] sign: fn(&str) -> String) {
    let attribute = |count: usize| {
        let keys =
            "<xenc:EncryptedKey xmlns:xenc=\"http://www.w3.org/2001/04/xmlenc#\"/>".repeat(count);
        let attributes =
            format!("{ATTRIBUTES}<saml:EncryptedAttribute>{keys}</saml:EncryptedAttribute>");
        statements(&format!("{NAME_ID}{CONFIRMATION}"), &attributes)
    };
    let detail = |count| match crate::message::verdict(&sign(&attribute(count))) {
        Err(saml::Rejection::InvalidEncryptionStructure { detail }) => detail,
        other => panic!("{other:?}"),
    };
    assert_eq!(detail(32), "it contains no EncryptedData");
    assert_eq!(
        detail(33),
        "the document contains more than 32 EncryptedKeys"
    );
    assert_eq!(
        detail(3200),
        "the document contains more than 32 EncryptedKeys"
    );
}

/// The list is searched for every element, so its length bounds the work.
#[rstest]
#[case::at_the_limit(64, "signature-mismatch")]
#[case::over_the_limit(65, "invalid-signature-structure")]
#[case::far_over_the_limit(6500, "invalid-signature-structure")]
fn a_prefix_list_has_at_most_64_prefixes(#[case] count: usize, #[case] code: &str) {
    let good = sign_assertion(&good_statements());
    let list = format!(
        r#"<ec:InclusiveNamespaces xmlns:ec="http://www.w3.org/2001/10/xml-exc-c14n#" PrefixList="{}"/></ds:CanonicalizationMethod><ds:SignatureMethod"#,
        "a ".repeat(count)
    );
    let method = r#"<ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/><ds:SignatureMethod"#;
    assert_eq!(good.matches(method).count(), 1);
    let with_list = method.replace("/><ds:SignatureMethod", &format!(">{list}"));
    assert_eq!(result_code(&good.replace(method, &with_list)), code);
}

/// The name of the older RSA-OAEP says that its mask is made with SHA-1.
#[test]
fn the_older_oaep_takes_no_mask_function() {
    let wrapper = signer::encrypted_with_cbc(&sign_response(&good_statements()));
    let mask = r#"mgf1p"><xenc11:MGF xmlns:xenc11="http://www.w3.org/2009/xmlenc11#" Algorithm="http://www.w3.org/2009/xmlenc11#mgf1sha1"/></xenc:EncryptionMethod>"#;
    let with_mask = wrapper.replace("mgf1p\"/>", mask);
    assert_ne!(with_mask, wrapper);
    let wrapper_code =
        |wrapper: &str| result_code(&response(wrapper).replace(&signer::mark("_response"), ""));
    assert_eq!(wrapper_code(&wrapper), "decryption-failed");
    assert_eq!(wrapper_code(&with_mask), "encryption-algorithm-not-allowed");
}

/// A sender may encrypt the content key twice, once with an unsupported algorithm.
#[test]
fn unsupported_wrapped_keys_and_key_sizes_are_ignored() {
    let signed = sign_assertion(&good_statements());
    let assertion = signed
        .find("<saml:Assertion")
        .zip(signed.find("</samlp:Response>"))
        .and_then(|(start, end)| signed.get(start..end))
        .expect("the assertion");
    let method = "rsa-oaep-mgf1p\"/>";
    let good = signer::encrypted_key(&signer::wrap_key());
    let old = good.replace("xmlenc#rsa-oaep-mgf1p", "xmlenc#rsa-1_5");
    let sized = good.replace(
        method,
        "rsa-oaep-mgf1p\"><xenc:KeySize>2048</xenc:KeySize></xenc:EncryptionMethod>",
    );
    assert_ne!(sized, good);
    let with = |keys: &str| {
        let data = signer::encrypted_data(&signer::encrypt_cbc(assertion), keys);
        let wrapper = format!("<saml:EncryptedAssertion>{data}</saml:EncryptedAssertion>");
        result_code(&response(&wrapper).replace(&signer::mark("_response"), ""))
    };
    assert_eq!(with(&old), "encryption-algorithm-not-allowed");
    assert_eq!(with(&format!("{old}{good}")), "accepted");
    assert_eq!(with(&sized), "accepted");
}
