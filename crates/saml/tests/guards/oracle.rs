//! With AES-CBC and no outer signature, every changed ciphertext gets the same answer (ENC-3).

use rstest::rstest;
use saml::{Check, Rejection};

use crate::message::{assertion, good_statements, response, validate_document, verdict};
use crate::signer::{self, encrypt_cbc, encrypted_assertion, encrypted_with_cbc, mark, wrap_key};

/// The assertion that is encrypted, signed by the identity provider; its last block is half full.
fn signed_assertion() -> String {
    let text = signer::sign(&assertion(&good_statements()), "_assertion");
    let blanks = 16 + 7 - text.len() % 16;
    text.replacen(
        "<saml:NameID",
        &format!("<saml:NameID{}", " ".repeat(blanks)),
        1,
    )
}

fn unsigned_response(wrapper: &str) -> String {
    response(wrapper).replace(&mark("_response"), "")
}

fn answer(wrapper: &str) -> (Rejection, Vec<Check>) {
    let report = validate_document(&unsigned_response(wrapper));
    let rejection = report
        .verdict
        .expect_err("a changed ciphertext is rejected");
    (rejection, report.checks)
}

#[test]
fn the_control_is_accepted() {
    let document = unsigned_response(&encrypted_with_cbc(&signed_assertion()));
    assert!(verdict(&document).is_ok());
}

#[test]
fn every_value_of_an_octet_of_the_ciphertext_gets_the_same_answer() {
    let wrapped = wrap_key();
    let genuine = encrypt_cbc(&signed_assertion());
    let (_, expected) = answer(&encrypted_assertion(&[0; 32], &wrapped));
    let last_of_block_before_last = genuine.len() - 17;
    // The initialization vector, the first block, the middle, the octet that changes the length of the padding, the last octet.
    for place in [
        0,
        14,
        16,
        genuine.len() / 2,
        last_of_block_before_last,
        genuine.len() - 1,
    ] {
        for change in 1..=255 {
            let mut ciphertext = genuine.clone();
            ciphertext[place] ^= change;
            let document = unsigned_response(&encrypted_assertion(&ciphertext, &wrapped));
            let report = validate_document(&document);
            let rejected = Err(Rejection::DecryptionFailed);
            assert_eq!(report.verdict, rejected, "octet {place}, {change}");
            assert_eq!(report.checks, expected, "octet {place}, {change}");
        }
    }
}

/// The answer to a ciphertext that contains no plaintext.
fn answer_without_plaintext() -> (Rejection, Vec<Check>) {
    answer(&encrypted_assertion(&[0; 32], &wrap_key()))
}

/// The answer does not depend on the plaintext, unless a configured key has signed it.
#[rstest]
#[case::empty("")]
#[case::text("x")]
#[case::element("<a/>")]
#[case::unclosed_element("<a>")]
#[case::doctype("<!DOCTYPE a><a/>")]
#[case::unsigned_assertion(&assertion(&good_statements()).replace(&mark("_assertion"), ""))]
#[case::changed_assertion(&signed_assertion().replace("ada@", "eve@"))]
#[case::changed_signature(
    &signed_assertion().replace("<ds:SignatureValue>", "<ds:SignatureValue>AAAA")
)]
#[case::two_signatures(&signed_assertion().replace(
    "</ds:Signature>",
    "</ds:Signature><ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"/>",
))]
#[case::encrypted_assertion(
    &signed_assertion().replace("saml:Assertion", "saml:EncryptedAssertion")
)]
fn every_unsigned_plaintext_gets_the_same_answer_as_none(#[case] plaintext: &str) {
    assert_eq!(
        answer(&encrypted_assertion(&encrypt_cbc(plaintext), &wrap_key())),
        answer_without_plaintext()
    );
}

#[rstest]
fn a_ciphertext_of_another_length_gets_the_same_answer(
    #[values(1, 15, 16, 17, 31, 33, 48)] octets: usize,
) {
    assert_eq!(
        answer(&encrypted_assertion(&vec![1; octets], &wrap_key())),
        answer_without_plaintext()
    );
}

#[test]
fn an_empty_ciphertext_is_rejected() {
    answer(&encrypted_assertion(&[], &wrap_key()));
}

#[rstest]
fn a_wrapped_key_of_another_length_gets_the_same_answer(#[values(1, 255, 256, 257)] octets: usize) {
    assert_eq!(
        answer(&encrypted_assertion(
            &encrypt_cbc(&signed_assertion()),
            &vec![1; octets]
        )),
        answer_without_plaintext()
    );
}

/// A valid response signature over other content must not enable decryption of chosen ciphertexts.
#[test]
fn a_changed_ciphertext_is_not_decrypted_under_an_invalid_response_signature() {
    let signed_before = signer::sign(
        &response(&assertion(&good_statements())).replace(&mark("_assertion"), ""),
        "_response",
    );
    let start = signed_before
        .find("<saml:Assertion")
        .expect("the assertion");
    let end = signed_before.find("</samlp:Response>").expect("the end");
    let plain = assertion(&good_statements()).replace(&mark("_assertion"), "");
    let encrypted = |ciphertext: &[u8]| {
        let mut text = signed_before.clone();
        text.replace_range(start..end, &encrypted_assertion(ciphertext, &wrap_key()));
        validate_document(&text)
    };
    let expected = encrypted(&[0; 32]);
    assert_eq!(encrypted(&encrypt_cbc(&plain)), expected);
    assert_eq!(
        expected.verdict.expect_err("a rejection").code(),
        "digest-mismatch"
    );
}
