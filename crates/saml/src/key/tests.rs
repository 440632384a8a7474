use rstest::rstest;

use super::*;
use crate::certificate::KeyType;

macro_rules! fixture {
    ($name:literal) => {
        include_str!(concat!("../../tests/fixtures-keys/", $name))
    };
}

#[test]
fn pkcs8_and_pkcs1_give_the_same_key() {
    let pkcs8 = SigningKey::from_pem(fixture!("rsa-2048.key")).unwrap();
    let pkcs1 = SigningKey::from_pem(fixture!("rsa-2048.pkcs1.key")).unwrap();
    assert_eq!(pkcs8.public_key(), pkcs1.public_key());
    assert_eq!(pkcs1.secret_pem().unwrap(), fixture!("rsa-2048.key"));
}

#[test]
fn signatures_equal_those_of_another_program() {
    let key = SigningKey::from_pem(fixture!("rsa-2048.key")).unwrap();
    let message = fixture!("message").as_bytes();
    assert_eq!(
        key.sign(message).unwrap(),
        include_bytes!("../../tests/fixtures-keys/rsa-sha256.sig")
    );
}

#[rstest]
#[case::encrypted_pkcs8(fixture!("rsa-2048.encrypted.key"), KeyError::Passphrase)]
#[case::encrypted_pkcs1(
    "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END RSA PRIVATE KEY-----",
    KeyError::Passphrase
)]
#[case::elliptic_curve(fixture!("ec-p256.key"), KeyError::NotRsa)]
#[case::rsa_1024(fixture!("rsa-1024.key"), KeyError::PublicKey(PublicKeyError::RsaTooShort { bits: 1024 }))]
#[case::certificate(fixture!("rsa-2048.crt"), KeyError::NotAPrivateKey)]
#[case::public_key(fixture!("rsa-2048.pub"), KeyError::NotAPrivateKey)]
#[case::empty("", KeyError::NotAPrivateKey)]
fn unusable_private_keys_are_rejected(#[case] text: &str, #[case] error: KeyError) {
    assert_eq!(SigningKey::from_pem(text).unwrap_err(), error);
    assert_eq!(DecryptionKey::from_pem(text).unwrap_err(), error);
}

#[test]
fn a_key_must_not_sign_and_decrypt() {
    let signing = SigningKey::from_pem(fixture!("rsa-2048.key")).unwrap();
    let same = DecryptionKey::from_pem(fixture!("rsa-2048.pkcs1.key")).unwrap();
    let other = DecryptionKey::from_pem(fixture!("rsa-3072.key")).unwrap();
    assert_eq!(reject_shared_keys([&signing], &[other]), Ok(()));
    assert_eq!(
        reject_shared_keys([&signing], &[same]),
        Err(KeyError::SharedBetweenPurposes)
    );
}

#[test]
fn a_generated_key_comes_with_its_certificate() {
    const NOT_BEFORE: jiff::Timestamp = jiff::Timestamp::constant(1_700_000_000, 0);
    const NOT_AFTER: jiff::Timestamp = jiff::Timestamp::constant(2_000_000_000, 0);
    let validity = Validity {
        not_before: NOT_BEFORE,
        not_after: NOT_AFTER,
    };
    let generated = generate_rsa_key(KeySize::Rsa2048, "Vestibule", validity).unwrap();
    let key = SigningKey::from_pem(&generated.secret_pem).unwrap();
    let certificate = generated.certificate;
    assert_eq!(certificate.public_key(), key.public_key());
    assert_eq!(
        certificate.public_key().key_type(),
        KeyType::Rsa { bits: 2048 }
    );
    assert_eq!(certificate.subject(), "CN=Vestibule");
    assert_eq!(
        (certificate.not_before(), certificate.not_after()),
        (NOT_BEFORE, NOT_AFTER)
    );
}

#[test]
fn the_secret_stays_out_of_debug_output() {
    let key = SigningKey::from_pem(fixture!("rsa-2048.key")).unwrap();
    assert_eq!(format!("{key:?}"), "SigningKey(RSA 2048)");
}
