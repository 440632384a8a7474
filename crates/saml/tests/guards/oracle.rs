//! With AES-CBC and no outer signature, every changed ciphertext gets the same answer (ENC-3).

use saml::{Check, Rejection};

use crate::message::{assertion, good_statements, judged, response, verdict};
use crate::signer::{self, cbc, encrypted_assertion, encrypted_with_cbc, mark, wrapped_key};

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
    let report = judged(&unsigned_response(wrapper));
    let rejection = report.verdict.expect_err("a changed ciphertext is refused");
    (rejection, report.checks)
}

#[test]
fn the_control_is_accepted() {
    let document = unsigned_response(&encrypted_with_cbc(&signed_assertion()));
    assert!(verdict(&document).is_ok());
}

#[test]
fn every_value_of_an_octet_of_the_ciphertext_gets_the_same_answer() {
    let wrapped = wrapped_key();
    let genuine = cbc(&signed_assertion());
    let (_, expected) = answer(&encrypted_assertion(&[0; 32], &wrapped));
    let last_of_block_before_last = genuine.len() - 17;
    // The vector, the first block, the middle, the octet that moves the length of the padding, the last octet.
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
            let report = judged(&document);
            let refused = Err(Rejection::DecryptionFailed);
            assert_eq!(report.verdict, refused, "octet {place}, {change}");
            assert_eq!(report.checks, expected, "octet {place}, {change}");
        }
    }
}

/// The answer does not depend on the plaintext, unless a configured key has signed it.
#[test]
fn every_unsigned_plaintext_gets_the_same_answer_as_none() {
    let wrapped = wrapped_key();
    let expected = answer(&encrypted_assertion(&[0; 32], &wrapped));
    let unsigned = assertion(&good_statements()).replace(&mark("_assertion"), "");
    let signed = signed_assertion();
    let texts = [
        "",
        "x",
        "<a/>",
        "<a>",
        "<!DOCTYPE a><a/>",
        &unsigned,
        &signed.replace("ada@", "eve@"),
        &signed.replace("<ds:SignatureValue>", "<ds:SignatureValue>AAAA"),
        &signed.replace(
            "</ds:Signature>",
            "</ds:Signature><ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"/>",
        ),
        &signed.replace("saml:Assertion", "saml:EncryptedAssertion"),
    ];
    for text in texts {
        assert_eq!(
            answer(&encrypted_assertion(&cbc(text), &wrapped)),
            expected,
            "{text}"
        );
    }
    let lengths = [0, 1, 15, 16, 17, 31, 33, 48];
    for length in lengths {
        let ciphertext = vec![1; length];
        let (rejection, checks) = answer(&encrypted_assertion(&ciphertext, &wrapped));
        if length == 0 {
            continue;
        }
        assert_eq!((rejection, checks), expected, "{length} octets");
    }
    for length in [1, 255, 256, 257] {
        let answer = answer(&encrypted_assertion(&cbc(&signed), &vec![1; length]));
        assert_eq!(answer, expected, "a wrapped key of {length} octets");
    }
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
        text.replace_range(start..end, &encrypted_assertion(ciphertext, &wrapped_key()));
        judged(&text)
    };
    let expected = encrypted(&[0; 32]);
    assert_eq!(encrypted(&cbc(&plain)), expected);
    assert_eq!(
        expected.verdict.expect_err("a refusal").code(),
        "digest-mismatch"
    );
}
