//! The signatures of Project Wycheproof, verified by the code that verifies the signatures of messages.

#![expect(
    clippy::unwrap_used,
    reason = "a vector that cannot be read fails the test"
)]

use std::path::Path;

use rstest::rstest;
use saml::certificate::{PublicKey, SignatureAlgorithm, VerifyError};

fn decode_hex(hexadecimal: &str) -> Vec<u8> {
    let digits = hexadecimal.trim_matches('-').as_bytes();
    digits
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

fn parse_algorithm(name: &str) -> SignatureAlgorithm {
    [
        "http://www.w3.org/2001/04/xmldsig-more#",
        "http://www.w3.org/2007/05/xmldsig-more#",
    ]
    .iter()
    .find_map(|space| SignatureAlgorithm::from_uri(&format!("{space}{name}"), None).ok())
    .unwrap_or_else(|| panic!("{name}"))
}

/// Verifies every vector of a file, and returns their number.
fn verify_vectors(file: &str) -> usize {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/wycheproof")
        .join(file)
        .with_extension("txt");
    let text = std::fs::read_to_string(path).unwrap();
    let (head, vectors) = text.split_once('\n').unwrap();
    let algorithm = parse_algorithm(head.strip_prefix("algorithm ").unwrap());
    let mut key = None;
    let mut verified = 0;
    for line in vectors.lines() {
        let fields: Vec<_> = line.split(' ').collect();
        match fields.as_slice() {
            ["key", spki] => key = Some(PublicKey::from_spki(&decode_hex(spki)).unwrap()),
            [expected, message, signature] => {
                let verdict = key.as_ref().unwrap().verify(
                    algorithm,
                    &decode_hex(message),
                    &decode_hex(signature),
                );
                // Some implementations accept a digest without its NULL; this one rejects it.
                let expected = if *expected == "valid" {
                    Ok(())
                } else {
                    Err(VerifyError::Mismatch)
                };
                assert_eq!(verdict, expected, "{file}: {line}");
                verified += 1;
            }
            _ => panic!("{line}"),
        }
    }
    verified
}

#[rstest]
#[case::p256_sha256("ecdsa_secp256r1_sha256_p1363")]
#[case::p256_sha512("ecdsa_secp256r1_sha512_p1363")]
#[case::p384_sha384("ecdsa_secp384r1_sha384_p1363")]
#[case::p384_sha512("ecdsa_secp384r1_sha512_p1363")]
#[case::p521_sha512("ecdsa_secp521r1_sha512_p1363")]
fn ecdsa_with_concatenated_numbers(#[case] file: &str) {
    assert!(verify_vectors(file) > 250);
}

#[rstest]
#[case::sha256("rsa_signature_2048_sha256")]
#[case::sha384("rsa_signature_2048_sha384")]
#[case::sha512("rsa_signature_2048_sha512")]
fn rsa_with_pkcs1_padding(#[case] file: &str) {
    assert!(verify_vectors(file) > 250);
}

#[rstest]
#[case::sha256("rsa_pss_2048_sha256_mgf1_32")]
#[case::sha384("rsa_pss_2048_sha384_mgf1_48")]
#[case::sha512("rsa_pss_4096_sha512_mgf1_64")]
fn rsa_with_pss_padding(#[case] file: &str) {
    assert!(verify_vectors(file) > 100);
}
