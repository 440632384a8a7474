use proptest::prelude::*;

use super::*;
use crate::certificate::{CertificateError, PublicKeyError};

macro_rules! fixture {
    ($name:literal) => {
        include_str!(concat!("../../tests/fixtures-keys/", $name))
    };
}

const NOW: Timestamp = Timestamp::constant(1_795_500_000, 0);
const PEM: &str = fixture!("rsa-2048.crt");

fn read(input: impl AsRef<[u8]>) -> Result<Vec<String>, PasteError> {
    let pasted = PastedInput::parse(input.as_ref(), NOW)?;
    Ok(pasted.certificates().iter().map(Certificate::pem).collect())
}

fn refused(input: impl AsRef<[u8]>) -> PasteError {
    read(input).unwrap_err()
}

fn base64(pem: &str) -> String {
    pem.lines().filter(|line| !line.starts_with('-')).collect()
}

fn der(text: &str) -> Vec<u8> {
    pem::decode(&base64(text)).unwrap()
}

fn utf16(text: &str) -> Vec<u8> {
    std::iter::once(0xfeff)
        .chain(text.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect()
}

#[test]
fn a_certificate_is_parsed_in_every_form() {
    let bare = base64(PEM);
    let lines_of_20: Vec<_> = bare
        .as_bytes()
        .chunks(20)
        .map(|line| std::str::from_utf8(line).unwrap())
        .collect();
    for input in [
        PEM.to_owned(),
        PEM.replace('\n', "\r\n"),
        PEM.replace('\n', "\r"),
        PEM.replace('\n', " "),
        PEM.replace('\n', "\\n"),
        PEM.replace('\n', "&#xA;"),
        PEM.replace("-----", "\u{2014}\u{2013}"),
        PEM.replace("-----", "-"),
        PEM.replace("CERTIFICATE", "X509 CERTIFICATE"),
        PEM.replace('\n', "\u{a0}\n"),
        format!("\u{feff}{PEM}"),
        format!("\"{}\",", PEM.replace('\n', "\\r\\n")),
        format!("Bag Attributes\n  localKeyID: 01\nsubject=CN = a\n{PEM}\nbest regards\n"),
        PEM.split_once("-----END").unwrap().0.to_owned(),
        bare.clone(),
        lines_of_20.join("\r\n"),
        lines_of_20.join("\n\n"),
        bare.trim_end_matches('=').to_owned(),
        format!("  {bare}\n"),
        format!("'{bare}'"),
        format!("<ds:X509Certificate>\n{bare}\n</ds:X509Certificate>"),
        format!(
            "<X509Certificate xmlns=\"http://www.w3.org/2000/09/xmldsig#\">{bare}</X509Certificate>"
        ),
        format!("&lt;ds:X509Certificate&gt;{bare}&lt;/ds:X509Certificate&gt;"),
        base64_simd::STANDARD.encode_to_string(PEM),
    ] {
        assert_eq!(read(&input), Ok(vec![PEM.to_owned()]), "{input}");
    }
    assert_eq!(read(der(PEM)).unwrap(), [PEM]);
    assert_eq!(read(utf16(PEM)).unwrap(), [PEM]);
}

#[test]
fn several_certificates_are_parsed_without_duplicates() {
    let other = fixture!("rsa-3072.crt");
    assert_eq!(
        read(format!("old:\n{PEM}new:\n{other}{PEM}")).unwrap(),
        [PEM, other]
    );
    assert_eq!(
        read(format!("{}\n\n{}\n", base64(PEM), base64(other))).unwrap(),
        [PEM, other]
    );
}

#[test]
fn all_parts_of_metadata_are_parsed() {
    let metadata = include_str!("../../tests/captured/simplesamlphp-1.19.7.idp-metadata.xml");
    for input in [
        metadata.as_bytes().to_vec(),
        metadata.replace('\n', "\r\n").into_bytes(),
        metadata
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
            .into_bytes(),
        base64_simd::STANDARD
            .encode_to_string(metadata)
            .into_bytes(),
        utf16(metadata),
    ] {
        let Ok(PastedInput::Metadata(provider)) = PastedInput::parse(&input, NOW) else {
            panic!()
        };
        assert_eq!(
            provider.entity_id,
            "http://127.0.0.1:9801/saml2/idp/metadata.php"
        );
    }
}

#[test]
fn a_private_key_is_rejected_with_any_other_content() {
    let key = fixture!("rsa-2048.key");
    for input in [
        key.to_owned(),
        fixture!("rsa-2048.pkcs1.key").to_owned(),
        fixture!("rsa-2048.encrypted.key").to_owned(),
        fixture!("ec-p256.key").to_owned(),
        base64(key),
        base64(fixture!("rsa-2048.pkcs1.key")),
        base64(fixture!("ec-p256.key")),
        base64(fixture!("ec-p256.sec1.key")),
        base64(fixture!("ed25519.key")),
        format!("damaged\n\n{}", base64(fixture!("ed25519.key"))),
        format!("{PEM}{key}"),
        format!("{key}{PEM}"),
        key.replace("-----", "\u{2014}"),
        key.replace("PRIVATE KEY", "CERTIFICATE"),
        base64_simd::STANDARD.encode_to_string(key),
    ] {
        assert_eq!(refused(&input), PasteError::PrivateKey, "{input}");
    }
    assert_eq!(refused(der(key)), PasteError::PrivateKey);
    let shown = format!("{} {:?}", refused(key), refused(key));
    assert!(!shown.contains(&base64(key)[..20]));
}

#[test]
fn a_private_key_is_detected_in_any_text() {
    let key = fixture!("rsa-2048.key");
    let jwk = r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS","d":"nWGxne_9WmC6hE"}"#;
    for text in [
        format!("<md>{key}</md>"),
        format!("key: {key}"),
        key.replace(' ', "%20"),
        base64(fixture!("ec-p256.sec1.key")),
        jwk.to_owned(),
        "<RSAKeyValue><Modulus>AQAB</Modulus><D>AQAB</D></RSAKeyValue>".to_owned(),
    ] {
        assert_eq!(
            find_secret(&text, NOW),
            Some(PasteError::PrivateKey),
            "{text}"
        );
    }
    for text in ["https://idp.example", "it", "", PEM, "<RSAKeyValue/>", "0"] {
        assert_eq!(find_secret(text, NOW), None, "{text}");
    }
}

#[test]
fn the_error_names_other_content() {
    let request = fixture!("request.csr");
    let public = fixture!("rsa-2048.pub");
    let bundle = fixture!("rsa-2048.p7b");
    let container = include_bytes!("../../tests/fixtures-keys/rsa-2048.p12");
    let service_provider =
        include_str!("../../tests/fixtures-metadata/foreign-service-provider.xml");
    let entity_id = "http://127.0.0.1:9800/metadata".to_owned();
    for (input, error) in [
        (b"".to_vec(), PasteError::Empty),
        (b" \r\n\t ".to_vec(), PasteError::Empty),
        (vec![b'a'; (1 << 20) + 1], PasteError::TooLarge),
        (request.as_bytes().to_vec(), PasteError::CertificateRequest),
        (base64(request).into_bytes(), PasteError::CertificateRequest),
        (public.as_bytes().to_vec(), PasteError::PublicKey),
        (der(public), PasteError::PublicKey),
        (bundle.as_bytes().to_vec(), PasteError::Pkcs7),
        (base64(bundle).into_bytes(), PasteError::Pkcs7),
        (container.to_vec(), PasteError::Pkcs12),
        (
            base64_simd::STANDARD
                .encode_to_string(container)
                .into_bytes(),
            PasteError::Pkcs12,
        ),
        (
            b"https://idp.example/metadata.xml\n".to_vec(),
            PasteError::Url,
        ),
        (
            b"AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01".to_vec(),
            PasteError::Fingerprint,
        ),
        (
            service_provider.as_bytes().to_vec(),
            PasteError::ServiceProvider { entity_id },
        ),
        (
            b"the certificate is attached".to_vec(),
            PasteError::Unrecognized,
        ),
        (b"AAAA".to_vec(), PasteError::Unrecognized),
        (vec![0xff; 100], PasteError::Unrecognized),
        (
            b"-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----".to_vec(),
            PasteError::Damaged,
        ),
        (
            PEM.as_bytes()[..PEM.len() / 2].to_vec(),
            PasteError::Damaged,
        ),
        (base64(PEM).as_bytes()[..400].to_vec(), PasteError::Damaged),
        (der(PEM)[..400].to_vec(), PasteError::Damaged),
    ] {
        assert_eq!(
            refused(&input),
            error,
            "{}",
            String::from_utf8_lossy(&input)
        );
    }
}

#[test]
fn a_web_page_or_a_response_is_not_metadata() {
    for input in [
        "<!DOCTYPE html><html></html>",
        "<html><body/></html>",
        " <!doctype HTML PUBLIC \"-//W3C//DTD\">\n<p>Sign in<br>here",
    ] {
        assert_eq!(refused(input), PasteError::WebPage, "{input}");
    }
    // Whatever it shows, unless that must not be kept.
    for (shown, error) in [
        (PEM, PasteError::WebPage),
        (
            "<ds:X509Certificate>AAAA</ds:X509Certificate>",
            PasteError::WebPage,
        ),
        (fixture!("rsa-2048.key"), PasteError::PrivateKey),
    ] {
        let page = format!("<!doctype html>\n<html><body><pre>{shown}</pre></body></html>");
        assert_eq!(refused(&page), error, "{page}");
    }
    for input in [
        "<samlp:Response xmlns:samlp=\"urn:a\"/>",
        "<!DOCTYPE a><a/>",
    ] {
        assert!(matches!(refused(input), PasteError::Metadata(_)), "{input}");
    }
}

#[test]
fn the_error_names_why_a_certificate_is_rejected() {
    let too_short = CertificateError::Key(PublicKeyError::RsaTooShort { bits: 1024 });
    assert_eq!(
        refused(fixture!("rsa-1024.crt")),
        PasteError::Certificate(too_short)
    );
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,200}") {
        let _ = PastedInput::parse(text.as_bytes(), NOW);
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = PastedInput::parse(&bytes, NOW);
    }

    #[test]
    fn no_changed_pem_makes_it_panic(at in 0_usize..1200, to in "[ -~\n]{0,3}", length in 0_usize..80) {
        let mut text = format!("{PEM}{PEM}");
        text.replace_range(at..at + length, &to);
        let _ = PastedInput::parse(text.as_bytes(), NOW);
    }
}
