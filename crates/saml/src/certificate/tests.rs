use proptest::prelude::*;

use super::*;

macro_rules! fixture {
    ($name:literal) => {
        include_bytes!(concat!("../../tests/fixtures-keys/", $name))
    };
}

const MESSAGE: &[u8] = fixture!("message");

fn certificate(pem: &[u8]) -> Result<Certificate, CertificateError> {
    let text = std::str::from_utf8(pem).unwrap();
    let block = pem::blocks(text).first().copied().unwrap();
    Certificate::from_der(&pem::decode(block.body).unwrap())
}

fn key(pem: &[u8]) -> PublicKey {
    certificate(pem).unwrap().public_key().clone()
}

fn algorithm(uri: &str) -> SignatureAlgorithm {
    SignatureAlgorithm::from_uri(uri, Some(Sha1Exception::danger_accept_sha1())).unwrap()
}

const MORE: &str = "http://www.w3.org/2001/04/xmldsig-more#";
const MORE_2007: &str = "http://www.w3.org/2007/05/xmldsig-more#";

#[test]
fn a_certificate_has_names_a_key_and_a_validity() {
    let certificate = certificate(fixture!("rsa-2048.crt")).unwrap();
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
    assert_eq!(certificate(pem).unwrap().pem().as_bytes(), pem);
}

#[test]
fn a_certificate_signed_with_sha1_is_recognized() {
    let modern = certificate(fixture!("rsa-2048.crt")).unwrap();
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
    assert!(odd.has_same_key(&certificate(fixture!("rsa-2048.crt")).unwrap()));
    assert_ne!(odd, certificate(fixture!("rsa-2048.crt")).unwrap());
}

#[test]
fn weak_and_unsupported_keys_are_rejected() {
    let rows: [(&[u8], PublicKeyError); 5] = [
        (
            fixture!("rsa-1024.crt"),
            PublicKeyError::RsaTooShort { bits: 1024 },
        ),
        (fixture!("ec-secp256k1.crt"), PublicKeyError::Curve),
        (fixture!("ed25519.crt"), PublicKeyError::Type),
        (fixture!("rsa-pss-only.crt"), PublicKeyError::Type),
        (fixture!("rsa-e1.crt"), PublicKeyError::RsaExponent),
    ];
    for (pem, error) in rows {
        assert_eq!(certificate(pem).unwrap_err(), CertificateError::Key(error));
    }
}

#[test]
fn an_exponent_of_three_is_accepted() {
    assert_eq!(
        key(fixture!("rsa-e3.crt")).key_type(),
        KeyType::Rsa { bits: 2048 }
    );
}

#[test]
fn rsa_signatures_of_another_program_verify() {
    let key = key(fixture!("rsa-2048.crt"));
    let rows: [(&str, &str, &[u8]); 7] = [
        (MORE, "rsa-sha256", fixture!("rsa-sha256.sig")),
        (MORE, "rsa-sha384", fixture!("rsa-sha384.sig")),
        (MORE, "rsa-sha512", fixture!("rsa-sha512.sig")),
        (MORE_2007, "sha256-rsa-MGF1", fixture!("rsa-pss-sha256.sig")),
        (MORE_2007, "sha384-rsa-MGF1", fixture!("rsa-pss-sha384.sig")),
        (MORE_2007, "sha512-rsa-MGF1", fixture!("rsa-pss-sha512.sig")),
        (
            "http://www.w3.org/2000/09/xmldsig#",
            "rsa-sha1",
            fixture!("rsa-sha1.sig"),
        ),
    ];
    for (space, name, signature) in rows {
        let this = algorithm(&format!("{space}{name}"));
        assert_eq!(key.verify(this, MESSAGE, signature), Ok(()), "{name}");
        assert_eq!(
            key.verify(this, b"other", signature),
            Err(VerifyError::Mismatch),
            "{name}"
        );
        for (space, other, _) in rows.iter().filter(|row| row.1 != name) {
            let other = algorithm(&format!("{space}{other}"));
            assert_eq!(
                key.verify(other, MESSAGE, signature),
                Err(VerifyError::Mismatch)
            );
        }
    }
}

#[test]
fn a_pss_signature_with_another_salt_length_is_rejected() {
    let signature = fixture!("rsa-pss-sha256-salt0.sig");
    let verdict =
        key(fixture!("rsa-2048.crt")).verify(SignatureAlgorithm::RsaPssSha256, MESSAGE, signature);
    assert_eq!(verdict, Err(VerifyError::Mismatch));
}

#[test]
fn every_digest_verifies_on_every_curve() {
    let rows: [(&[u8], [&[u8]; 3]); 3] = [
        (
            fixture!("ec-p256.crt"),
            [
                fixture!("ec-p256-sha256.sig"),
                fixture!("ec-p256-sha384.sig"),
                fixture!("ec-p256-sha512.sig"),
            ],
        ),
        (
            fixture!("ec-p384.crt"),
            [
                fixture!("ec-p384-sha256.sig"),
                fixture!("ec-p384-sha384.sig"),
                fixture!("ec-p384-sha512.sig"),
            ],
        ),
        (
            fixture!("ec-p521.crt"),
            [
                fixture!("ec-p521-sha256.sig"),
                fixture!("ec-p521-sha384.sig"),
                fixture!("ec-p521-sha512.sig"),
            ],
        ),
    ];
    for (pem, signatures) in rows {
        let key = key(pem);
        for (digest, signature) in [256, 384, 512].into_iter().zip(signatures) {
            let this = algorithm(&format!("{MORE}ecdsa-sha{digest}"));
            assert_eq!(
                key.verify(this, MESSAGE, signature),
                Ok(()),
                "{key:?} {digest}"
            );
            assert_eq!(
                key.verify(this, b"other", signature),
                Err(VerifyError::Mismatch)
            );
        }
    }
}

#[test]
fn an_ecdsa_signature_of_another_length_is_rejected() {
    let key = key(fixture!("ec-p256.crt"));
    let good = fixture!("ec-p256-sha256.sig");
    let (r, s) = good.split_at(32);
    let der = der::sequence_of_two_integers(r, s).unwrap();
    let zeros = vec![0; 64];
    let longer = [good.as_slice(), &[0]].concat();
    for bad in [
        &der[..],
        &good[..63],
        &longer,
        &zeros,
        &[r, &zeros[..32]].concat(),
        &[0xff; 64],
        &[],
    ] {
        let verdict = key.verify(SignatureAlgorithm::EcdsaSha256, MESSAGE, bad);
        assert_eq!(verdict, Err(VerifyError::Mismatch));
    }
}

#[test]
fn an_algorithm_of_another_key_type_is_rejected() {
    let rsa = key(fixture!("rsa-2048.crt"));
    let ec = key(fixture!("ec-p256.crt"));
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
    let der = certificate(fixture!("rsa-2048.crt"))
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
        let mut der = certificate(fixture!("rsa-2048.crt")).unwrap().der().to_vec();
        if let Some(byte) = der.get_mut(at) {
            *byte = to;
        }
        let _ = Certificate::from_der(&der);
    }
}
