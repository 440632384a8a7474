use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::key::{OaepHash, OaepHashes};
use crate::xml::{Document, Limits, Profile, Source};

macro_rules! fixture {
    ($name:literal) => {
        include_str!(concat!("../../tests/fixtures-encryption/", $name))
    };
}

const PLAINTEXT: &str = r#"<saml:NameID xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">ada@example.com</saml:NameID>"#;
const ACCEPTED: Option<CbcException> = Some(CbcException::accept_cbc());

fn decryption_key() -> DecryptionKey {
    DecryptionKey::from_pem(include_str!("../../tests/fixtures-keys/rsa-2048.key")).unwrap()
}

fn other_decryption_key() -> DecryptionKey {
    DecryptionKey::from_pem(include_str!("../../tests/fixtures-keys/rsa-3072.key")).unwrap()
}

fn open(xml: &str, keys: &[DecryptionKey], cbc: Option<CbcException>) -> Result<String, Rejection> {
    let source = Source::new(xml.as_bytes(), &Limits::MESSAGE).unwrap();
    let document = Document::parse(&source, Profile::Message, &Limits::MESSAGE).unwrap();
    decrypt(document.root(), keys, cbc).map(|octets| String::from_utf8_lossy(&octets).into_owned())
}

/// Decrypts a valid document with one text replaced.
fn open_changed(xml: &str, from: &str, to: &str) -> Result<String, Rejection> {
    assert!(xml.contains(from), "{from}");
    open(&xml.replace(from, to), &[decryption_key()], ACCEPTED)
}

fn expect_structure_error(verdict: Result<String, Rejection>) -> &'static str {
    match verdict {
        Err(Rejection::InvalidEncryptionStructure { detail }) => detail,
        other => panic!("{other:?}"),
    }
}

fn expect_algorithm_error(verdict: Result<String, Rejection>) -> String {
    match verdict {
        Err(Rejection::EncryptionAlgorithmNotAllowed { received }) => received,
        other => panic!("{other:?}"),
    }
}

#[rstest]
#[case::aes128_gcm(fixture!("aes128-gcm.xml"))]
#[case::aes192_gcm(fixture!("aes192-gcm.xml"))]
#[case::aes256_gcm(fixture!("aes256-gcm.xml"))]
#[case::aes128_cbc(fixture!("aes128-cbc.xml"))]
#[case::aes192_cbc(fixture!("aes192-cbc.xml"))]
#[case::aes256_cbc(fixture!("aes256-cbc.xml"))]
#[case::oaep11_sha1(fixture!("oaep11-sha1.xml"))]
#[case::oaep11_sha256(fixture!("oaep11-sha256.xml"))]
#[case::oaep11_mixed(fixture!("oaep11-mixed.xml"))]
#[case::mgf1p_mixed(fixture!("mgf1p-mixed.xml"))]
#[case::sibling(fixture!("sibling.xml"))]
#[case::sibling_without_reference(fixture!("sibling-without-reference.xml"))]
#[case::two_recipients(fixture!("two-recipients.xml"))]
fn elements_encrypted_by_another_program_are_decrypted(#[case] xml: &str) {
    assert_eq!(open(xml, &[decryption_key()], ACCEPTED).unwrap(), PLAINTEXT);
    assert_eq!(
        open(xml, &[other_decryption_key(), decryption_key()], ACCEPTED).unwrap(),
        PLAINTEXT
    );
}

#[test]
fn cbc_needs_the_exception() {
    let received = "http://www.w3.org/2001/04/xmlenc#aes256-cbc".to_owned();
    assert_eq!(
        open(fixture!("sibling.xml"), &[decryption_key()], None),
        Err(Rejection::CbcNotAllowed { received })
    );
    assert_eq!(
        open(fixture!("aes256-gcm.xml"), &[decryption_key()], None).unwrap(),
        PLAINTEXT
    );
}

#[rstest]
#[case::triple_des(
    "xmlenc#aes128-cbc",
    "xmlenc#tripledes-cbc",
    "http://www.w3.org/2001/04/xmlenc#tripledes-cbc"
)]
#[case::rsa_1_5(
    "xmlenc#rsa-oaep-mgf1p",
    "xmlenc#rsa-1_5",
    "http://www.w3.org/2001/04/xmlenc#rsa-1_5"
)]
#[case::aes_key_wrap(
    "xmlenc#rsa-oaep-mgf1p",
    "xmlenc#kw-aes128",
    "http://www.w3.org/2001/04/xmlenc#kw-aes128"
)]
fn an_algorithm_is_rejected_before_any_key_is_used(
    #[case] from: &str,
    #[case] to: &str,
    #[case] received: &str,
) {
    let xml = fixture!("aes128-cbc.xml");
    assert_eq!(
        expect_algorithm_error(open(&xml.replace(from, to), &[], ACCEPTED)),
        received
    );
}

#[test]
fn without_a_key_decryption_is_rejected() {
    assert_eq!(
        open(fixture!("aes128-cbc.xml"), &[], ACCEPTED),
        Err(Rejection::DecryptionKeyMissing)
    );
}

/// The document with this name.
fn oaep_document(name: &str) -> &'static str {
    fixture!("oaep-hashes.txt")
        .lines()
        .filter_map(|line| line.split_once(' '))
        .find_map(|(found, xml)| (found == name).then_some(xml))
        .unwrap()
}

#[rstest]
fn oaep_accepts_every_pair_of_hashes(
    #[values("sha1", "sha256", "sha384", "sha512")] digest: &str,
    #[values("sha1", "sha256", "sha384", "sha512")] mask: &str,
) {
    let xml = oaep_document(&format!("oaep11-{digest}-{mask}"));
    assert_eq!(open(xml, &[decryption_key()], None).unwrap(), PLAINTEXT);
    let keys = [other_decryption_key(), decryption_key()];
    assert_eq!(open(xml, &keys, None).unwrap(), PLAINTEXT);
}

#[rstest]
fn the_older_oaep_accepts_every_digest(
    #[values("sha1", "sha256", "sha384", "sha512")] digest: &str,
) {
    let xml = oaep_document(&format!("mgf1p-{digest}"));
    assert_eq!(open(xml, &[decryption_key()], None).unwrap(), PLAINTEXT);
}

/// What is wrong must not be visible to the sender, and neither which program decrypts.
#[rstest]
fn every_failure_of_oaep_is_the_same(
    #[values(
        "other-recipient",
        "label",
        "other-digest",
        "other-mask",
        "random",
        "too-big",
        "short",
        "long",
        "empty"
    )]
    fault: &str,
    #[values("sha256-sha256", "sha256-sha1", "sha1-sha512")] pair: &str,
) {
    let xml = oaep_document(&format!("{fault}-{pair}"));
    assert_eq!(
        open(xml, &[decryption_key()], None),
        Err(Rejection::DecryptionFailed)
    );
}

#[test]
fn both_names_of_sha384_are_accepted() {
    let xml = oaep_document("oaep11-sha384-sha1");
    let [of_signature, of_encryption] = [
        "http://www.w3.org/2001/04/xmldsig-more#sha384",
        "http://www.w3.org/2001/04/xmlenc#sha384",
    ];
    assert!(xml.contains(of_signature));
    let renamed = xml.replace(of_signature, of_encryption);
    assert_eq!(
        open(&renamed, &[decryption_key()], None).unwrap(),
        PLAINTEXT
    );
}

#[rstest]
#[case::digest("2001/04/xmlenc#sha256", "2001/04/xmldsig-more#md5")]
#[case::digest_sha224("2001/04/xmlenc#sha256", "2001/04/xmldsig-more#sha224")]
#[case::mask("xmlenc11#mgf1sha1", "xmlenc11#mgf1sha224")]
fn other_hashes_are_rejected(#[case] from: &str, #[case] to: &str) {
    let xml = oaep_document("oaep11-sha256-sha1");
    assert!(expect_algorithm_error(open_changed(xml, from, to)).contains(to));
}

#[test]
fn an_oaep_label_is_rejected() {
    let end = "</xenc:EncryptionMethod>";
    let with =
        |params: &str| open_changed(fixture!("aes128-gcm.xml"), end, &format!("{params}{end}"));
    assert!(
        expect_algorithm_error(with("<xenc:OAEPparams>AAAA</xenc:OAEPparams>"))
            .ends_with(" with OAEPparams")
    );
    assert_eq!(
        with("<xenc:OAEPparams></xenc:OAEPparams>").unwrap(),
        PLAINTEXT
    );
}

#[test]
fn the_type_may_be_absent_and_is_otherwise_that_of_an_element() {
    let xml = fixture!("aes128-gcm.xml");
    let stated = " Type=\"http://www.w3.org/2001/04/xmlenc#Element\"";
    assert_eq!(open_changed(xml, stated, "").unwrap(), PLAINTEXT);
    expect_structure_error(open_changed(xml, "xmlenc#Element\"", "xmlenc#Content\""));
}

#[test]
fn a_cipher_reference_is_never_followed() {
    let xml = fixture!("aes128-gcm.xml").replace("CipherValue>", "CipherReference>");
    expect_structure_error(open(&xml, &[decryption_key()], ACCEPTED));
}

#[test]
fn a_retrieval_method_refers_to_a_sibling_key() {
    assert_eq!(
        expect_structure_error(open_changed(
            fixture!("sibling.xml"),
            "Id=\"_key\"",
            "Id=\"_other\""
        )),
        "it contains no EncryptedKey"
    );
}

#[rstest]
fn a_retrieval_method_refers_to_nothing_else(
    #[values("https://idp.example/key", "#", "", "#xpointer(/)")] uri: &str,
) {
    expect_structure_error(open_changed(
        fixture!("sibling.xml"),
        "\"#_key\"",
        &format!("\"{uri}\""),
    ));
}

#[test]
fn a_retrieval_method_has_no_transforms() {
    expect_structure_error(open_changed(
        fixture!("sibling.xml"),
        "URI=\"#_key\"/>",
        "URI=\"#_key\"><ds:Transforms/></ds:RetrievalMethod>",
    ));
}

const ENCRYPTION_METHOD: &str =
    "<xenc:EncryptionMethod Algorithm=\"http://www.w3.org/2009/xmlenc11#aes128-gcm\"/>";

#[rstest]
#[case::no_method(ENCRYPTION_METHOD, "")]
#[case::two_methods(ENCRYPTION_METHOD, &ENCRYPTION_METHOD.repeat(2))]
#[case::unknown_element(ENCRYPTION_METHOD, &format!("{ENCRYPTION_METHOD}<xenc:Other/>"))]
#[case::plain_name_id("</saml:EncryptedID>", "<saml:NameID/></saml:EncryptedID>")]
#[case::two_key_infos("<ds:KeyInfo>", "<ds:KeyInfo/><ds:KeyInfo>")]
#[case::not_base64("</xenc:CipherValue>", "!</xenc:CipherValue>")]
#[case::comment("</xenc:CipherValue>", "<!-- --></xenc:CipherValue>")]
fn missing_repeated_or_unknown_parts_are_malformed(#[case] from: &str, #[case] to: &str) {
    expect_structure_error(open_changed(fixture!("aes128-gcm.xml"), from, to));
}

#[test]
fn an_empty_encrypted_id_is_malformed() {
    expect_structure_error(open(
        "<saml:EncryptedID xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\"/>",
        &[decryption_key()],
        ACCEPTED,
    ));
}

#[test]
fn more_than_eight_encrypted_keys_are_rejected() {
    let xml = fixture!("sibling-without-reference.xml");
    let start = xml.find("<xenc:EncryptedKey").unwrap();
    let end = xml.find("</saml:EncryptedID>").unwrap();
    let one = &xml[start..end];
    let with = |count: usize| {
        open(
            &xml.replace(one, &one.repeat(count)),
            &[decryption_key()],
            None,
        )
    };
    assert_eq!(with(8).unwrap(), PLAINTEXT);
    assert_eq!(
        expect_structure_error(with(9)),
        "it contains more than eight EncryptedKeys"
    );
}

#[test]
fn another_key_fails_to_decrypt() {
    assert_eq!(
        open(fixture!("aes128-gcm.xml"), &[other_decryption_key()], None),
        Err(Rejection::DecryptionFailed)
    );
}

#[rstest]
// The content key has 16 octets, and its cipher is bound to that.
#[case::shorter_key(fixture!("aes128-gcm.xml"), "#aes128-gcm", "#aes256-gcm")]
#[case::longer_key(fixture!("aes256-cbc.xml"), "#aes256-cbc", "#aes128-cbc")]
// The same ciphertext under another mode.
#[case::another_mode(
    fixture!("aes128-gcm.xml"),
    "2009/xmlenc11#aes128-gcm",
    "2001/04/xmlenc#aes128-cbc"
)]
fn another_cipher_fails_to_decrypt(#[case] xml: &str, #[case] from: &str, #[case] to: &str) {
    assert_eq!(
        open_changed(xml, from, to),
        Err(Rejection::DecryptionFailed)
    );
}

#[rstest]
#[case::gcm(fixture!("aes128-gcm.xml"))]
#[case::cbc(fixture!("aes128-cbc.xml"))]
fn a_truncated_ciphertext_fails_to_decrypt(#[case] xml: &str) {
    let start = xml.rfind("<xenc:CipherValue>").unwrap();
    let end = xml.rfind("</xenc:CipherValue>").unwrap();
    for length in (0..128).step_by(4) {
        let short = &xml[start..start + 18 + length];
        assert_eq!(
            open(
                &xml.replace(&xml[start..end], short),
                &[decryption_key()],
                ACCEPTED
            ),
            Err(Rejection::DecryptionFailed),
            "{length} characters"
        );
    }
}

#[test]
fn cbc_padding_is_one_to_sixteen_octets() {
    use aws_lc_rs::cipher::{AES_128, EncryptingKey, EncryptionContext, UnboundCipherKey};
    use aws_lc_rs::iv::FixedLength;

    let uri = "http://www.w3.org/2001/04/xmlenc#aes128-cbc";
    let cipher = algorithm::Cipher::from_uri(uri, ACCEPTED).unwrap();
    for last in 0..=255_u8 {
        let mut blocks = [7; 32];
        blocks[31] = last;
        let encrypting =
            EncryptingKey::cbc(UnboundCipherKey::new(&AES_128, &[1; 16]).unwrap()).unwrap();
        encrypting
            .less_safe_encrypt(
                &mut blocks,
                EncryptionContext::Iv128(FixedLength::from([2; 16])),
            )
            .unwrap();
        let octets = [&[2; 16], &blocks[..]].concat();
        let expected = (1..=16)
            .contains(&last)
            .then(|| vec![7; 32 - usize::from(last)]);
        assert_eq!(cipher.decrypt(&[1; 16], &octets), expected);
    }
}

fn decode_hex(hexadecimal: &str) -> Vec<u8> {
    let digits = hexadecimal.trim_matches('-').as_bytes();
    digits
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

#[test]
fn gcm_agrees_with_wycheproof() {
    for line in include_str!("../../tests/wycheproof/aes_gcm.txt").lines() {
        let fields: Vec<_> = line.split(' ').collect();
        let [expected, key, plaintext, sealed] = fields[..] else {
            panic!("{line}")
        };
        let size = key.len() * 4;
        let uri = format!("http://www.w3.org/2009/xmlenc11#aes{size}-gcm");
        let cipher = algorithm::Cipher::from_uri(&uri, None).unwrap();
        let opened = cipher.decrypt(&decode_hex(key), &decode_hex(sealed));
        assert_eq!(
            opened,
            (expected == "valid").then(|| decode_hex(plaintext)),
            "{line}"
        );
    }
}

#[rstest]
#[case::sha1(OaepHash::Sha1, include_str!("../../tests/wycheproof/rsa_oaep_2048_sha1_mgf1sha1.txt"))]
#[case::sha256(OaepHash::Sha256, include_str!("../../tests/wycheproof/rsa_oaep_2048_sha256_mgf1sha256.txt"))]
fn oaep_agrees_with_wycheproof(#[case] hash: OaepHash, #[case] text: &str) {
    let hashes = OaepHashes {
        digest: hash,
        mask: hash,
    };
    let mut key = None;
    for line in text.lines() {
        let fields: Vec<_> = line.split(' ').collect();
        match fields[..] {
            ["key", pkcs8] => key = Some(DecryptionKey::from_der(&decode_hex(pkcs8)).unwrap()),
            [expected, plaintext, wrapped] => {
                let opened = key
                    .as_ref()
                    .unwrap()
                    .unwrap_key(hashes, &decode_hex(wrapped));
                assert_eq!(
                    opened,
                    (expected == "valid").then(|| decode_hex(plaintext)),
                    "{line}"
                );
            }
            _ => panic!("{line}"),
        }
    }
}

proptest! {
    #[test]
    fn no_ciphertext_makes_it_panic(octets in proptest::collection::vec(any::<u8>(), 0..80), which in 0_usize..6) {
        let uri = [
            "http://www.w3.org/2009/xmlenc11#aes128-gcm",
            "http://www.w3.org/2009/xmlenc11#aes192-gcm",
            "http://www.w3.org/2009/xmlenc11#aes256-gcm",
            "http://www.w3.org/2001/04/xmlenc#aes128-cbc",
            "http://www.w3.org/2001/04/xmlenc#aes192-cbc",
            "http://www.w3.org/2001/04/xmlenc#aes256-cbc",
        ][which];
        let cipher = algorithm::Cipher::from_uri(uri, ACCEPTED).unwrap();
        for length in [0, 15, 16, 24, 32] {
            let _ = cipher.decrypt(&vec![0; length], &octets);
        }
    }

    #[test]
    fn no_changed_character_makes_it_panic(at in 0_usize..3000, to in "[ -~]") {
        let mut xml = fixture!("oaep11-sha256.xml").to_owned();
        if at < xml.len() {
            xml.replace_range(at..=at, &to);
        }
        let source = Source::new(xml.as_bytes(), &Limits::MESSAGE).unwrap();
        if let Ok(document) = Document::parse(&source, Profile::Message, &Limits::MESSAGE) {
            let _ = decrypt(document.root(), &[decryption_key()], None);
        }
    }
}
