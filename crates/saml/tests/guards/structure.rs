//! The structure of documents with valid signatures.

use crate::message::{
    ATTRIBUTES, CONFIRMATION, NAME_ID, assertion_signed, code, good_statements, response,
    response_signed, statements,
};
use crate::signer;

const SIGNATURE: &str = r#"<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/>"#;

#[test]
fn the_control_is_accepted() {
    assert_eq!(code(&assertion_signed(&good_statements())), "accepted");
    assert_eq!(code(&response_signed(&good_statements())), "accepted");
}

/// Such text belongs to no value, but programs that concatenate all text of an element would read it.
#[test]
fn text_between_elements_is_rejected() {
    let good = good_statements();
    let places = [
        "<saml:Subject>",
        "</saml:NameID>",
        r#"Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">"#,
        "</saml:Subject>",
        r#"NotOnOrAfter="2026-11-24T12:05:00Z"><saml:AudienceRestriction>"#,
        "</saml:AudienceRestriction>",
        "<saml:AttributeStatement>",
        r#"<saml:Attribute Name="email">"#,
        "</saml:AttributeValue>",
        "</saml:Attribute>",
    ];
    for place in places {
        assert_eq!(good.matches(place).count(), 1, "{place}");
        let after = |text: &str| assertion_signed(&good.replace(place, &format!("{place}{text}")));
        assert_eq!(code(&after(" \n\t")), "accepted", "{place}");
        assert_eq!(code(&after("<!-- -->")), "accepted", "{place}");
        assert_eq!(code(&after("x")), "invalid-structure", "{place}");
        assert_eq!(code(&after("\u{a0}")), "invalid-structure", "{place}");
    }
}

#[test]
fn text_between_the_elements_of_the_response_is_rejected() {
    let good = assertion_signed(&good_statements());
    for place in ["<samlp:Status>", "<saml:Assertion "] {
        let before = |text: &str| good.replacen(place, &format!("{text}{place}"), 1);
        assert_eq!(code(&before(" \n\t")), "accepted", "{place}");
        assert_eq!(code(&before("x")), "invalid-structure", "{place}");
    }
}

/// Only the response and its assertion may have a signature as a child.
#[test]
fn a_misplaced_signature_is_rejected() {
    let good = assertion_signed(&good_statements());
    let with = |from: &str, to: &str| {
        assert_eq!(good.matches(from).count(), 1, "{from}");
        good.replace(from, to)
    };
    let rows = [
        with("</samlp:Status>", &format!("{SIGNATURE}</samlp:Status>")),
        with(
            "<samlp:Status>",
            &format!("<samlp:Extensions>{SIGNATURE}</samlp:Extensions><samlp:Status>"),
        ),
        with("</saml:Subject>", &format!("{SIGNATURE}</saml:Subject>")),
        with(
            "<saml:AuthnStatement",
            &format!(
                "<saml:Advice><saml:Assertion>{SIGNATURE}</saml:Assertion></saml:Advice><saml:AuthnStatement"
            ),
        ),
        with(
            "<samlp:Status>",
            &format!(
                "<samlp:Extensions><saml:Advice><saml:Assertion>{SIGNATURE}</saml:Assertion></saml:Advice></samlp:Extensions><samlp:Status>"
            ),
        ),
    ];
    for text in rows {
        assert_eq!(code(&text), "signature-misplaced", "{text}");
    }
}

/// Each costs a decryption with each of our keys, in a message that anyone can send.
#[test]
fn more_than_32_encrypted_keys_are_rejected_before_any_is_tried() {
    let attribute = |count: usize| {
        let keys =
            "<xenc:EncryptedKey xmlns:xenc=\"http://www.w3.org/2001/04/xmlenc#\"/>".repeat(count);
        let attributes =
            format!("{ATTRIBUTES}<saml:EncryptedAttribute>{keys}</saml:EncryptedAttribute>");
        statements(&format!("{NAME_ID}{CONFIRMATION}"), &attributes)
    };
    for sign in [assertion_signed, response_signed] {
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
}

/// The list is searched for every element, so its length bounds the work.
#[test]
fn a_prefix_list_has_at_most_64_prefixes() {
    let good = assertion_signed(&good_statements());
    let with = |count: usize| {
        let list = format!(
            r#"<ec:InclusiveNamespaces xmlns:ec="http://www.w3.org/2001/10/xml-exc-c14n#" PrefixList="{}"/></ds:CanonicalizationMethod><ds:SignatureMethod"#,
            "a ".repeat(count)
        );
        let method = r#"<ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/><ds:SignatureMethod"#;
        assert_eq!(good.matches(method).count(), 1);
        let open = method.replace("/><ds:SignatureMethod", &format!(">{list}"));
        code(&good.replace(method, &open))
    };
    assert_eq!(with(64), "signature-mismatch");
    assert_eq!(with(65), "invalid-signature-structure");
    assert_eq!(with(6500), "invalid-signature-structure");
}

/// The name of the older RSA-OAEP says that its mask is made with SHA-1.
#[test]
fn the_older_oaep_takes_no_mask_function() {
    let wrapper = signer::encrypted_with_cbc(&response_signed(&good_statements()));
    let mask = r#"mgf1p"><xenc11:MGF xmlns:xenc11="http://www.w3.org/2009/xmlenc11#" Algorithm="http://www.w3.org/2009/xmlenc11#mgf1sha1"/></xenc:EncryptionMethod>"#;
    let with = wrapper.replace("mgf1p\"/>", mask);
    assert_ne!(with, wrapper);
    let code = |wrapper: &str| code(&response(wrapper).replace(&signer::mark("_response"), ""));
    assert_eq!(code(&wrapper), "decryption-failed");
    assert_eq!(code(&with), "encryption-algorithm-not-allowed");
}

/// A sender may encrypt the content key twice, once with an unsupported algorithm.
#[test]
fn unsupported_wrapped_keys_and_key_sizes_are_ignored() {
    let signed = assertion_signed(&good_statements());
    let assertion = signed
        .find("<saml:Assertion")
        .zip(signed.find("</samlp:Response>"))
        .and_then(|(start, end)| signed.get(start..end))
        .expect("the assertion");
    let method = "rsa-oaep-mgf1p\"/>";
    let good = signer::encrypted_key(&signer::wrapped_key());
    let old = good.replace("xmlenc#rsa-oaep-mgf1p", "xmlenc#rsa-1_5");
    let sized = good.replace(
        method,
        "rsa-oaep-mgf1p\"><xenc:KeySize>2048</xenc:KeySize></xenc:EncryptionMethod>",
    );
    assert_ne!(sized, good);
    let with = |keys: &str| {
        let data = signer::encrypted_data(&signer::cbc(assertion), keys);
        let wrapper = format!("<saml:EncryptedAssertion>{data}</saml:EncryptedAssertion>");
        code(&response(&wrapper).replace(&signer::mark("_response"), ""))
    };
    assert_eq!(with(&old), "encryption-algorithm-not-allowed");
    assert_eq!(with(&format!("{old}{good}")), "accepted");
    assert_eq!(with(&sized), "accepted");
}
