use proptest::prelude::*;

use super::*;
use crate::key::OaepHash;
use crate::xml::{Document, Limits, Profile, Source};

macro_rules! fixture {
    ($name:literal) => {
        include_str!(concat!("../../tests/fixtures-encryption/", $name))
    };
}

const PLAINTEXT: &str = r#"<saml:NameID xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">ada@example.com</saml:NameID>"#;
const ACCEPTED: Option<CbcException> = Some(CbcException::accept_cbc());

fn key() -> DecryptionKey {
    DecryptionKey::from_pem(include_str!("../../tests/fixtures-keys/rsa-2048.key")).unwrap()
}

fn other_key() -> DecryptionKey {
    DecryptionKey::from_pem(include_str!("../../tests/fixtures-keys/rsa-3072.key")).unwrap()
}

fn open(xml: &str, keys: &[DecryptionKey], cbc: Option<CbcException>) -> Result<String, Rejection> {
    let source = Source::new(xml.as_bytes(), &Limits::MESSAGE).unwrap();
    let document = Document::parse(&source, Profile::Message, &Limits::MESSAGE).unwrap();
    decrypt(document.root(), keys, cbc).map(|octets| String::from_utf8_lossy(&octets).into_owned())
}

/// What a change to a document that opens makes of it.
fn changed(xml: &str, from: &str, to: &str) -> Result<String, Rejection> {
    assert!(xml.contains(from), "{from}");
    open(&xml.replace(from, to), &[key()], ACCEPTED)
}

fn structure(verdict: Result<String, Rejection>) -> &'static str {
    match verdict {
        Err(Rejection::InvalidEncryptionStructure { detail }) => detail,
        other => panic!("{other:?}"),
    }
}

fn algorithm(verdict: Result<String, Rejection>) -> String {
    match verdict {
        Err(Rejection::EncryptionAlgorithmNotAllowed { received }) => received,
        other => panic!("{other:?}"),
    }
}

#[test]
fn elements_encrypted_by_another_program_are_decrypted() {
    for xml in [
        fixture!("aes128-gcm.xml"),
        fixture!("aes192-gcm.xml"),
        fixture!("aes256-gcm.xml"),
        fixture!("aes128-cbc.xml"),
        fixture!("aes192-cbc.xml"),
        fixture!("aes256-cbc.xml"),
        fixture!("oaep11-sha1.xml"),
        fixture!("oaep11-sha256.xml"),
        fixture!("sibling.xml"),
        fixture!("sibling-without-reference.xml"),
        fixture!("two-recipients.xml"),
    ] {
        assert_eq!(open(xml, &[key()], ACCEPTED).unwrap(), PLAINTEXT);
        assert_eq!(
            open(xml, &[other_key(), key()], ACCEPTED).unwrap(),
            PLAINTEXT
        );
    }
}

#[test]
fn cbc_needs_the_exception() {
    let received = "http://www.w3.org/2001/04/xmlenc#aes256-cbc".to_owned();
    assert_eq!(
        open(fixture!("sibling.xml"), &[key()], None),
        Err(Rejection::CbcNotAllowed { received })
    );
    assert_eq!(
        open(fixture!("aes256-gcm.xml"), &[key()], None).unwrap(),
        PLAINTEXT
    );
}

#[test]
fn an_algorithm_is_rejected_before_any_key_is_used() {
    let xml = fixture!("aes128-cbc.xml");
    let rows = [
        (
            "xmlenc#aes128-cbc",
            "xmlenc#tripledes-cbc",
            "http://www.w3.org/2001/04/xmlenc#tripledes-cbc",
        ),
        (
            "xmlenc#rsa-oaep-mgf1p",
            "xmlenc#rsa-1_5",
            "http://www.w3.org/2001/04/xmlenc#rsa-1_5",
        ),
        (
            "xmlenc#rsa-oaep-mgf1p",
            "xmlenc#kw-aes128",
            "http://www.w3.org/2001/04/xmlenc#kw-aes128",
        ),
    ];
    for (from, to, received) in rows {
        assert_eq!(
            algorithm(open(&xml.replace(from, to), &[], ACCEPTED)),
            received
        );
    }
    assert_eq!(
        open(xml, &[], ACCEPTED),
        Err(Rejection::DecryptionKeyMissing)
    );
}

#[test]
fn oaep_with_two_hashes_is_rejected() {
    for xml in [fixture!("oaep11-mixed.xml"), fixture!("mgf1p-mixed.xml")] {
        let received = algorithm(open(xml, &[key()], None));
        assert!(
            received.ends_with("xmlenc#sha256 and http://www.w3.org/2009/xmlenc11#mgf1sha1"),
            "{received}"
        );
    }
}

#[test]
fn an_oaep_label_is_rejected() {
    let end = "</xenc:EncryptionMethod>";
    let with = |params: &str| changed(fixture!("aes128-gcm.xml"), end, &format!("{params}{end}"));
    assert!(
        algorithm(with("<xenc:OAEPparams>AAAA</xenc:OAEPparams>")).ends_with(" with OAEPparams")
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
    assert_eq!(changed(xml, stated, "").unwrap(), PLAINTEXT);
    structure(changed(xml, "xmlenc#Element\"", "xmlenc#Content\""));
}

#[test]
fn a_cipher_reference_is_never_followed() {
    let xml = fixture!("aes128-gcm.xml").replace("CipherValue>", "CipherReference>");
    structure(open(&xml, &[key()], ACCEPTED));
}

#[test]
fn a_retrieval_method_refers_to_a_sibling_key_only() {
    let xml = fixture!("sibling.xml");
    assert_eq!(
        structure(changed(xml, "Id=\"_key\"", "Id=\"_other\"")),
        "it contains no EncryptedKey"
    );
    for uri in ["https://idp.example/key", "#", "", "#xpointer(/)"] {
        structure(changed(xml, "\"#_key\"", &format!("\"{uri}\"")));
    }
    structure(changed(
        xml,
        "URI=\"#_key\"/>",
        "URI=\"#_key\"><ds:Transforms/></ds:RetrievalMethod>",
    ));
}

#[test]
fn missing_repeated_or_unknown_parts_are_malformed() {
    let xml = fixture!("aes128-gcm.xml");
    let method =
        "<xenc:EncryptionMethod Algorithm=\"http://www.w3.org/2009/xmlenc11#aes128-gcm\"/>";
    structure(changed(xml, method, ""));
    structure(changed(xml, method, &method.repeat(2)));
    structure(changed(xml, method, &format!("{method}<xenc:Other/>")));
    structure(changed(
        xml,
        "</saml:EncryptedID>",
        "<saml:NameID/></saml:EncryptedID>",
    ));
    structure(changed(xml, "<ds:KeyInfo>", "<ds:KeyInfo/><ds:KeyInfo>"));
    structure(changed(xml, "</xenc:CipherValue>", "!</xenc:CipherValue>"));
    structure(changed(
        xml,
        "</xenc:CipherValue>",
        "<!-- --></xenc:CipherValue>",
    ));
    structure(open(
        "<saml:EncryptedID xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\"/>",
        &[key()],
        ACCEPTED,
    ));
}

#[test]
fn more_than_eight_encrypted_keys_are_rejected() {
    let xml = fixture!("sibling-without-reference.xml");
    let start = xml.find("<xenc:EncryptedKey").unwrap();
    let end = xml.find("</saml:EncryptedID>").unwrap();
    let one = &xml[start..end];
    let with = |count: usize| open(&xml.replace(one, &one.repeat(count)), &[key()], None);
    assert_eq!(with(8).unwrap(), PLAINTEXT);
    assert_eq!(
        structure(with(9)),
        "it contains more than eight EncryptedKeys"
    );
}

#[test]
fn all_decryption_failures_have_the_same_error() {
    let fails = |verdict| assert_eq!(verdict, Err(Rejection::DecryptionFailed));
    fails(open(fixture!("aes128-gcm.xml"), &[other_key()], None));
    // The content key has 16 octets, and its cipher is bound to that.
    fails(changed(
        fixture!("aes128-gcm.xml"),
        "#aes128-gcm",
        "#aes256-gcm",
    ));
    fails(changed(
        fixture!("aes256-cbc.xml"),
        "#aes256-cbc",
        "#aes128-cbc",
    ));
    // The same ciphertext under another mode.
    fails(changed(
        fixture!("aes128-gcm.xml"),
        "2009/xmlenc11#aes128-gcm",
        "2001/04/xmlenc#aes128-cbc",
    ));
    for name in [fixture!("aes128-gcm.xml"), fixture!("aes128-cbc.xml")] {
        let start = name.rfind("<xenc:CipherValue>").unwrap();
        let end = name.rfind("</xenc:CipherValue>").unwrap();
        for length in (0..128).step_by(4) {
            let short = &name[start..start + 18 + length];
            fails(open(
                &name.replace(&name[start..end], short),
                &[key()],
                ACCEPTED,
            ));
        }
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

fn octets(hexadecimal: &str) -> Vec<u8> {
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
        let opened = cipher.decrypt(&octets(key), &octets(sealed));
        assert_eq!(
            opened,
            (expected == "valid").then(|| octets(plaintext)),
            "{line}"
        );
    }
}

#[test]
fn oaep_agrees_with_wycheproof() {
    for (oaep, text) in [
        (
            OaepHash::Sha1,
            include_str!("../../tests/wycheproof/rsa_oaep_2048_sha1_mgf1sha1.txt"),
        ),
        (
            OaepHash::Sha256,
            include_str!("../../tests/wycheproof/rsa_oaep_2048_sha256_mgf1sha256.txt"),
        ),
    ] {
        let mut key = None;
        for line in text.lines() {
            let fields: Vec<_> = line.split(' ').collect();
            match fields[..] {
                ["key", pkcs8] => key = Some(DecryptionKey::from_der(&octets(pkcs8)).unwrap()),
                [expected, plaintext, wrapped] => {
                    let opened = key.as_ref().unwrap().unwrap_key(oaep, &octets(wrapped));
                    assert_eq!(
                        opened,
                        (expected == "valid").then(|| octets(plaintext)),
                        "{line}"
                    );
                }
                _ => panic!("{line}"),
            }
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
            let _ = decrypt(document.root(), &[key()], None);
        }
    }
}
