use proptest::prelude::*;
use rstest::rstest;

use super::*;

macro_rules! fixture {
    ($name:literal) => {
        include_bytes!(concat!("../../tests/fixtures-keys/", $name))
    };
}

const MESSAGE: &[u8] = fixture!("message");

fn parse_certificate(pem: &[u8]) -> Result<Certificate, CertificateError> {
    let text = std::str::from_utf8(pem).unwrap();
    let block = pem::blocks(text).first().copied().unwrap();
    Certificate::from_der(&pem::decode(block.body).unwrap())
}

fn parse_public_key(pem: &[u8]) -> PublicKey {
    parse_certificate(pem).unwrap().public_key().clone()
}

fn parse_algorithm(uri: &str) -> SignatureAlgorithm {
    SignatureAlgorithm::from_uri(uri, Some(Sha1Exception::danger_accept_sha1())).unwrap()
}

const ECDSA_SHA256: &str = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256";
const ECDSA_SHA384: &str = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384";
const ECDSA_SHA512: &str = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512";

#[test]
fn a_certificate_has_names_a_key_and_a_validity() {
    let certificate = parse_certificate(fixture!("rsa-2048.crt")).unwrap();
    assert_eq!(certificate.subject(), "C=DE, O=Test & Söhne, CN=rsa-2048");
    assert_eq!(certificate.issuer(), certificate.subject());
    assert_eq!(
        certificate.public_key().key_type(),
        KeyType::Rsa { bits: 2048 }
    );
    assert_eq!(
        certificate
            .not_after()
            .duration_since(certificate.not_before()),
        jiff::SignedDuration::from_hours(3650 * 24)
    );
    assert!(!certificate.is_expired_at(certificate.not_after()));
    assert!(
        certificate.is_expired_at(certificate.not_after() + jiff::SignedDuration::from_secs(1))
    );
    assert_eq!(certificate.sha256().len(), 64);
}

#[test]
fn the_pem_form_round_trips() {
    let pem = fixture!("rsa-2048.crt");
    assert_eq!(parse_certificate(pem).unwrap().pem().as_bytes(), pem);
}

#[test]
fn a_certificate_signed_with_sha1_is_recognized() {
    let modern = parse_certificate(fixture!("rsa-2048.crt")).unwrap();
    assert!(!modern.is_signed_with_sha1());
    let sha256 = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b];
    let mut der = modern.der().to_vec();
    let places: Vec<usize> = (0..der.len() - sha256.len())
        .filter(|at| der[*at..].starts_with(&sha256))
        .collect();
    assert_eq!(places.len(), 2);
    for at in places {
        der[at + 8] = 0x05;
    }
    assert!(Certificate::from_der(&der).unwrap().is_signed_with_sha1());
}

#[test]
fn an_invalid_extension_does_not_affect_the_key() {
    let odd = Certificate::from_der(fixture!("rsa-2048.odd-extensions.der")).unwrap();
    assert!(odd.has_same_key(&parse_certificate(fixture!("rsa-2048.crt")).unwrap()));
    assert_ne!(odd, parse_certificate(fixture!("rsa-2048.crt")).unwrap());
}

#[rstest]
#[case::rsa_1024(fixture!("rsa-1024.crt"), PublicKeyError::RsaTooShort { bits: 1024 })]
#[case::secp256k1(fixture!("ec-secp256k1.crt"), PublicKeyError::Curve)]
#[case::ed25519(fixture!("ed25519.crt"), PublicKeyError::Type)]
#[case::rsa_pss_only(fixture!("rsa-pss-only.crt"), PublicKeyError::Type)]
#[case::rsa_exponent_1(fixture!("rsa-e1.crt"), PublicKeyError::RsaExponent)]
fn weak_and_unsupported_keys_are_rejected(#[case] pem: &[u8], #[case] error: PublicKeyError) {
    assert_eq!(
        parse_certificate(pem).unwrap_err(),
        CertificateError::Key(error)
    );
}

#[test]
fn an_exponent_of_three_is_accepted() {
    assert_eq!(
        parse_public_key(fixture!("rsa-e3.crt")).key_type(),
        KeyType::Rsa { bits: 2048 }
    );
}

/// Signatures of the same message with the same RSA key, by algorithm.
const RSA_SIGNATURES: [(&str, &[u8]); 7] = [
    (RSA_SHA256, fixture!("rsa-sha256.sig")),
    (RSA_SHA384, fixture!("rsa-sha384.sig")),
    (RSA_SHA512, fixture!("rsa-sha512.sig")),
    (RSA_PSS_SHA256, fixture!("rsa-pss-sha256.sig")),
    (RSA_PSS_SHA384, fixture!("rsa-pss-sha384.sig")),
    (RSA_PSS_SHA512, fixture!("rsa-pss-sha512.sig")),
    (RSA_SHA1, fixture!("rsa-sha1.sig")),
];
const RSA_SHA1: &str = "http://www.w3.org/2000/09/xmldsig#rsa-sha1";
const RSA_SHA256: &str = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
const RSA_SHA384: &str = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384";
const RSA_SHA512: &str = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512";
const RSA_PSS_SHA256: &str = "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1";
const RSA_PSS_SHA384: &str = "http://www.w3.org/2007/05/xmldsig-more#sha384-rsa-MGF1";
const RSA_PSS_SHA512: &str = "http://www.w3.org/2007/05/xmldsig-more#sha512-rsa-MGF1";

#[rstest]
fn an_rsa_signature_of_another_program_verifies_with_its_algorithm_only(
    #[values(
        RSA_SHA256,
        RSA_SHA384,
        RSA_SHA512,
        RSA_PSS_SHA256,
        RSA_PSS_SHA384,
        RSA_PSS_SHA512,
        RSA_SHA1
    )]
    uri: &str,
) {
    let key = parse_public_key(fixture!("rsa-2048.crt"));
    for (signed_with, signature) in RSA_SIGNATURES {
        let expected = if signed_with == uri {
            Ok(())
        } else {
            Err(VerifyError::Mismatch)
        };
        assert_eq!(
            key.verify(parse_algorithm(uri), MESSAGE, signature),
            expected,
            "{signed_with}"
        );
        assert_eq!(
            key.verify(parse_algorithm(uri), b"other", signature),
            Err(VerifyError::Mismatch),
            "{signed_with}"
        );
    }
}

#[test]
fn a_pss_signature_with_another_salt_length_is_rejected() {
    let signature = fixture!("rsa-pss-sha256-salt0.sig");
    let verdict = parse_public_key(fixture!("rsa-2048.crt")).verify(
        SignatureAlgorithm::RsaPssSha256,
        MESSAGE,
        signature,
    );
    assert_eq!(verdict, Err(VerifyError::Mismatch));
}

#[rstest]
#[case::p256_sha256(fixture!("ec-p256.crt"), ECDSA_SHA256, fixture!("ec-p256-sha256.sig"))]
#[case::p256_sha384(fixture!("ec-p256.crt"), ECDSA_SHA384, fixture!("ec-p256-sha384.sig"))]
#[case::p256_sha512(fixture!("ec-p256.crt"), ECDSA_SHA512, fixture!("ec-p256-sha512.sig"))]
#[case::p384_sha256(fixture!("ec-p384.crt"), ECDSA_SHA256, fixture!("ec-p384-sha256.sig"))]
#[case::p384_sha384(fixture!("ec-p384.crt"), ECDSA_SHA384, fixture!("ec-p384-sha384.sig"))]
#[case::p384_sha512(fixture!("ec-p384.crt"), ECDSA_SHA512, fixture!("ec-p384-sha512.sig"))]
#[case::p521_sha256(fixture!("ec-p521.crt"), ECDSA_SHA256, fixture!("ec-p521-sha256.sig"))]
#[case::p521_sha384(fixture!("ec-p521.crt"), ECDSA_SHA384, fixture!("ec-p521-sha384.sig"))]
#[case::p521_sha512(fixture!("ec-p521.crt"), ECDSA_SHA512, fixture!("ec-p521-sha512.sig"))]
fn every_digest_verifies_on_every_curve(
    #[case] pem: &[u8],
    #[case] uri: &str,
    #[case] signature: &[u8],
) {
    let key = parse_public_key(pem);
    assert_eq!(key.verify(parse_algorithm(uri), MESSAGE, signature), Ok(()));
    assert_eq!(
        key.verify(parse_algorithm(uri), b"other", signature),
        Err(VerifyError::Mismatch)
    );
}

const P256_SIGNATURE: &[u8; 64] = fixture!("ec-p256-sha256.sig");

fn p256_signature_as_der() -> Vec<u8> {
    let (r, s) = P256_SIGNATURE.split_at(32);
    der::sequence_of_two_integers(r, s).unwrap()
}

#[rstest]
#[case::der(&p256_signature_as_der())]
#[case::too_short(&P256_SIGNATURE[..63])]
#[case::too_long(&[&P256_SIGNATURE[..], &[0]].concat())]
#[case::zeros(&[0; 64])]
#[case::s_is_zero(&[&P256_SIGNATURE[..32], &[0; 32]].concat())]
#[case::too_large(&[0xff; 64])]
#[case::empty(&[])]
fn a_malformed_ecdsa_signature_is_rejected(#[case] signature: &[u8]) {
    let key = parse_public_key(fixture!("ec-p256.crt"));
    let verdict = key.verify(SignatureAlgorithm::EcdsaSha256, MESSAGE, signature);
    assert_eq!(verdict, Err(VerifyError::Mismatch));
}

#[test]
fn an_algorithm_of_another_key_type_is_rejected() {
    let rsa = parse_public_key(fixture!("rsa-2048.crt"));
    let ec = parse_public_key(fixture!("ec-p256.crt"));
    let verdict = rsa.verify(
        SignatureAlgorithm::EcdsaSha256,
        MESSAGE,
        fixture!("ec-p256-sha256.sig"),
    );
    assert_eq!(verdict, Err(VerifyError::WrongKeyType));
    let verdict = ec.verify(
        SignatureAlgorithm::RsaSha256,
        MESSAGE,
        fixture!("rsa-sha256.sig"),
    );
    assert_eq!(verdict, Err(VerifyError::WrongKeyType));
}

#[test]
fn a_truncated_or_extended_certificate_is_malformed() {
    let der = parse_certificate(fixture!("rsa-2048.crt"))
        .unwrap()
        .der()
        .to_vec();
    for length in 0..der.len() {
        assert_eq!(
            Certificate::from_der(&der[..length]).unwrap_err(),
            CertificateError::Malformed
        );
    }
    let longer = [&der[..], &[0]].concat();
    assert_eq!(
        Certificate::from_der(&longer).unwrap_err(),
        CertificateError::Malformed
    );
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = Certificate::from_der(&bytes);
        let _ = PublicKey::from_spki(&bytes);
    }

    #[test]
    fn a_changed_byte_never_panics(at in 0_usize..800, to in any::<u8>()) {
        let mut der = parse_certificate(fixture!("rsa-2048.crt")).unwrap().der().to_vec();
        if let Some(byte) = der.get_mut(at) {
            *byte = to;
        }
        let _ = Certificate::from_der(&der);
    }
}
