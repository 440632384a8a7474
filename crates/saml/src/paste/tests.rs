mod field;
mod forms;

use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::certificate::{CertificateError, PublicKeyError};
use crate::pem;

macro_rules! fixture {
    ($name:literal) => {
        include_str!(concat!("../../tests/fixtures-keys/", $name))
    };
}

const NOW: Timestamp = Timestamp::constant(1_795_500_000, 0);
const PEM: &str = fixture!("rsa-2048.crt");

fn parse_certificates(input: impl AsRef<[u8]>) -> Result<Vec<String>, PasteError> {
    let pasted = PastedInput::parse(input.as_ref(), NOW)?;
    Ok(pasted.certificates().iter().map(Certificate::pem).collect())
}

fn parse_error(input: impl AsRef<[u8]>) -> PasteError {
    parse_certificates(input).unwrap_err()
}

fn strip_pem(pem: &str) -> String {
    pem.lines().filter(|line| !line.starts_with('-')).collect()
}

fn decode_pem(text: &str) -> Vec<u8> {
    pem::decode(&strip_pem(text)).unwrap()
}

fn encode_utf16(text: &str) -> Vec<u8> {
    std::iter::once(0xfeff)
        .chain(text.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect()
}

fn bare_base64_in_lines(length: usize, line_end: &str) -> String {
    let bare = strip_pem(PEM);
    let lines: Vec<_> = bare
        .as_bytes()
        .chunks(length)
        .map(|line| std::str::from_utf8(line).unwrap())
        .collect();
    lines.join(line_end)
}

#[rstest]
#[case::pem(PEM)]
#[case::crlf(&PEM.replace('\n', "\r\n"))]
#[case::cr(&PEM.replace('\n', "\r"))]
#[case::one_line(&PEM.replace('\n', " "))]
#[case::escaped_line_ends(&PEM.replace('\n', "\\n"))]
#[case::line_ends_as_xml_references(&PEM.replace('\n', "&#xA;"))]
#[case::dashes_of_a_word_processor(&PEM.replace("-----", "\u{2014}\u{2013}"))]
#[case::one_hyphen(&PEM.replace("-----", "-"))]
#[case::x509_certificate_label(&PEM.replace("CERTIFICATE", "X509 CERTIFICATE"))]
#[case::no_break_spaces(&PEM.replace('\n', "\u{a0}\n"))]
#[case::byte_order_mark(&format!("\u{feff}{PEM}"))]
#[case::json_string(&format!("\"{}\",", PEM.replace('\n', "\\r\\n")))]
#[case::other_text_around(
    &format!("Bag Attributes\n  localKeyID: 01\nsubject=CN = a\n{PEM}\nbest regards\n")
)]
#[case::no_end_line(PEM.split_once("-----END").unwrap().0)]
#[case::bare_base64(&strip_pem(PEM))]
#[case::bare_base64_in_crlf_lines(&bare_base64_in_lines(20, "\r\n"))]
#[case::bare_base64_with_empty_lines(&bare_base64_in_lines(20, "\n\n"))]
#[case::bare_base64_without_padding(&strip_pem(PEM).trim_end_matches('=').to_owned())]
#[case::bare_base64_with_spaces(&format!("  {}\n", strip_pem(PEM)))]
#[case::bare_base64_in_quotes(&format!("'{}'", strip_pem(PEM)))]
#[case::xml_element(
    &format!("<ds:X509Certificate>\n{}\n</ds:X509Certificate>", strip_pem(PEM))
)]
#[case::xml_element_with_namespace(&format!(
    "<X509Certificate xmlns=\"http://www.w3.org/2000/09/xmldsig#\">{}</X509Certificate>",
    strip_pem(PEM)
))]
#[case::escaped_xml_element(
    &format!("&lt;ds:X509Certificate&gt;{}&lt;/ds:X509Certificate&gt;", strip_pem(PEM))
)]
#[case::base64_of_pem(&base64_simd::STANDARD.encode_to_string(PEM))]
fn a_certificate_is_parsed_in_every_form(#[case] input: &str) {
    assert_eq!(parse_certificates(input), Ok(vec![PEM.to_owned()]));
}

#[rstest]
#[case::der(&decode_pem(PEM))]
#[case::utf16(&encode_utf16(PEM))]
fn a_certificate_is_parsed_in_every_encoding(#[case] input: &[u8]) {
    assert_eq!(parse_certificates(input).unwrap(), [PEM]);
}

#[test]
fn several_certificates_are_parsed_without_duplicates() {
    let other = fixture!("rsa-3072.crt");
    assert_eq!(
        parse_certificates(format!("old:\n{PEM}new:\n{other}{PEM}")).unwrap(),
        [PEM, other]
    );
    assert_eq!(
        parse_certificates(format!("{}\n\n{}\n", strip_pem(PEM), strip_pem(other))).unwrap(),
        [PEM, other]
    );
}

const METADATA: &str = include_str!("../../tests/captured/simplesamlphp-1.19.7.idp-metadata.xml");

fn escape_html(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[rstest]
#[case::as_published(METADATA.as_bytes())]
#[case::crlf(&METADATA.replace('\n', "\r\n").into_bytes())]
#[case::html_escaped(&escape_html(METADATA).into_bytes())]
#[case::base64(&base64_simd::STANDARD.encode_to_string(METADATA).into_bytes())]
#[case::utf16(&encode_utf16(METADATA))]
fn metadata_is_parsed_in_every_form(#[case] input: &[u8]) {
    let Ok(PastedInput::Metadata(provider)) = PastedInput::parse(input, NOW) else {
        panic!()
    };
    assert_eq!(
        provider.entity_id,
        "http://127.0.0.1:9801/saml2/idp/metadata.php"
    );
}

const PRIVATE_KEY: &str = fixture!("rsa-2048.key");

#[rstest]
#[case::pkcs8(PRIVATE_KEY)]
#[case::pkcs1(fixture!("rsa-2048.pkcs1.key"))]
#[case::encrypted(fixture!("rsa-2048.encrypted.key"))]
#[case::elliptic_curve(fixture!("ec-p256.key"))]
#[case::bare_pkcs8(&strip_pem(PRIVATE_KEY))]
#[case::bare_pkcs1(&strip_pem(fixture!("rsa-2048.pkcs1.key")))]
#[case::bare_elliptic_curve(&strip_pem(fixture!("ec-p256.key")))]
#[case::bare_sec1(&strip_pem(fixture!("ec-p256.sec1.key")))]
#[case::bare_ed25519(&strip_pem(fixture!("ed25519.key")))]
#[case::after_other_text(&format!("damaged\n\n{}", strip_pem(fixture!("ed25519.key"))))]
#[case::after_a_certificate(&format!("{PEM}{PRIVATE_KEY}"))]
#[case::before_a_certificate(&format!("{PRIVATE_KEY}{PEM}"))]
#[case::dashes_of_a_word_processor(&PRIVATE_KEY.replace("-----", "\u{2014}"))]
#[case::labeled_as_certificate(&PRIVATE_KEY.replace("PRIVATE KEY", "CERTIFICATE"))]
#[case::base64_of_pem(&base64_simd::STANDARD.encode_to_string(PRIVATE_KEY))]
fn a_private_key_is_rejected_with_any_other_content(#[case] input: &str) {
    assert_eq!(parse_error(input), PasteError::PrivateKey);
}

#[test]
fn a_private_key_in_der_is_rejected() {
    assert_eq!(parse_error(decode_pem(PRIVATE_KEY)), PasteError::PrivateKey);
}

#[test]
fn the_error_does_not_contain_the_private_key() {
    let shown = format!(
        "{} {:?}",
        parse_error(PRIVATE_KEY),
        parse_error(PRIVATE_KEY)
    );
    assert!(!shown.contains(&strip_pem(PRIVATE_KEY)[..20]));
}

#[rstest]
#[case::xml(&format!("<md>{PRIVATE_KEY}</md>"))]
#[case::after_a_label(&format!("key: {PRIVATE_KEY}"))]
#[case::percent_encoded(&PRIVATE_KEY.replace(' ', "%20"))]
#[case::bare_sec1(&strip_pem(fixture!("ec-p256.sec1.key")))]
#[case::jwk(r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS","d":"nWGxne_9WmC6hE"}"#)]
#[case::xml_key_value("<RSAKeyValue><Modulus>AQAB</Modulus><D>AQAB</D></RSAKeyValue>")]
fn a_private_key_is_detected_in_any_text(#[case] text: &str) {
    assert_eq!(find_secret(text, NOW), Some(PasteError::PrivateKey));
}

fn hexadecimal(octets: &[u8], separator: &str) -> String {
    let octets: Vec<_> = octets.iter().map(|octet| format!("{octet:02x}")).collect();
    octets.join(separator)
}

/// Each form is searched for alone, in quotation marks, in a sentence, and cut in the middle.
#[rstest]
fn an_encoded_private_key_is_detected_in_any_text(
    #[values(
        fixture!("rsa-2048.key"),
        fixture!("rsa-2048.pkcs1.key"),
        fixture!("rsa-2048.encrypted.key"),
        fixture!("ec-p256.key"),
        fixture!("ec-p256.sec1.key"),
        fixture!("ed25519.key")
    )]
    key: &str,
    #[values(
        "base64",
        "lines",
        "base64url",
        "hex",
        "HEX",
        "colons",
        "spaces",
        "array"
    )]
    form: &str,
) {
    let octets = decode_pem(key);
    let base64 = base64_simd::STANDARD.encode_to_string(&octets);
    let encoded = match form {
        "base64" => base64,
        "lines" => key
            .lines()
            .filter(|line| !line.starts_with('-'))
            .collect::<Vec<_>>()
            .join("\n"),
        "base64url" => base64_simd::URL_SAFE_NO_PAD.encode_to_string(&octets),
        "hex" => hexadecimal(&octets, ""),
        "HEX" => hexadecimal(&octets, "").to_uppercase(),
        "colons" => hexadecimal(&octets, ":"),
        "spaces" => hexadecimal(&octets, " "),
        _ => format!("0x{}", hexadecimal(&octets, ", 0x")),
    };
    for text in [
        encoded.clone(),
        format!("\"{encoded}\""),
        format!("My key, Mr Miller: {encoded}, and more"),
        format!("https://idp.example/{{{encoded}}}"),
        format!("<a>{encoded}</a>"),
        format!("key={encoded}"),
        format!("key/{encoded}"),
        format!("x_{encoded}"),
        format!("my-{encoded}"),
        format!("https://idp.example/sso?x={encoded}"),
        format!("https://idp.example/sso?x%3D{encoded}"),
    ] {
        assert_eq!(
            find_secret(&text, NOW),
            Some(PasteError::PrivateKey),
            "{text}"
        );
    }
    if !key.contains("ENCRYPTED") {
        let joined = format!("key{encoded}");
        assert_eq!(
            find_secret(&joined, NOW),
            Some(PasteError::PrivateKey),
            "{joined}"
        );
    }
    if octets.len() > 1000 && !key.contains("ENCRYPTED") {
        let cut = &encoded[..encoded.len() / 2];
        assert_eq!(find_secret(cut, NOW), Some(PasteError::PrivateKey), "{cut}");
    }
    assert!(is_secret_file(encoded.as_bytes()));
    assert!(is_secret_file(&octets));
}

/// However much precedes the key.
#[test]
fn a_private_key_is_detected_after_many_certificates() {
    let key = strip_pem(PRIVATE_KEY);
    let certificates = format!("{} ", strip_pem(PEM)).repeat(100);
    assert!(!has_private_key(&certificates));
    assert!(has_private_key(&format!("{certificates}{key}")));
    let many = format!("{} ", "MIIEpAIBADANMIIEpAIBAQ=".repeat(10_000));
    assert!(!has_private_key(&many));
    assert!(has_private_key(&format!("{many}{key}")));
}

#[test]
fn a_private_key_of_openssh_is_detected_without_its_labels() {
    let text = "b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW";
    assert_eq!(find_secret(text, NOW), Some(PasteError::PrivateKey));
}

proptest::proptest! {
    #[test]
    fn no_text_makes_the_search_for_secrets_panic(text in "(M|3|0|0x|I|[A-Za-z0-9+/=:ä \n-]){0,200}") {
        let _ = find_secret(&text, NOW);
    }
}

#[rstest]
#[case::url("https://idp.example")]
#[case::fingerprint(
    "30:82:04:BE:02:01:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99"
)]
#[case::public_key(fixture!("rsa-2048.pub"))]
#[case::request(fixture!("request.csr"))]
#[case::certificate_in_hexadecimal(&hexadecimal(&decode_pem(PEM), ""))]
#[case::metadata(include_str!("../../tests/captured/simplesamlphp-1.19.7.idp-metadata.xml"))]
#[case::word("it")]
#[case::empty("")]
#[case::certificate(PEM)]
#[case::empty_xml_key_value("<RSAKeyValue/>")]
#[case::digit("0")]
fn text_without_a_private_key_has_no_secret(#[case] text: &str) {
    assert_eq!(find_secret(text, NOW), None);
}

const REQUEST: &str = fixture!("request.csr");
const PUBLIC_KEY: &str = fixture!("rsa-2048.pub");
#[test]
fn the_certificate_of_a_pkcs7_bundle_is_read() {
    let expected = vec![PEM.to_owned()];
    assert_eq!(parse_certificates(PKCS7), Ok(expected.clone()));
    assert_eq!(parse_certificates(strip_pem(PKCS7)), Ok(expected.clone()));
    assert_eq!(parse_certificates(decode_pem(PKCS7)), Ok(expected));
}

const PKCS7: &str = fixture!("rsa-2048.p7b");
const PKCS12: &[u8] = include_bytes!("../../tests/fixtures-keys/rsa-2048.p12");

#[rstest]
#[case::empty(b"", PasteError::Empty)]
#[case::spaces(b" \r\n\t ", PasteError::Empty)]
#[case::too_large(&[b'a'; (1 << 20) + 1], PasteError::TooLarge)]
#[case::request(REQUEST.as_bytes(), PasteError::CertificateRequest)]
#[case::bare_request(&strip_pem(REQUEST).into_bytes(), PasteError::CertificateRequest)]
#[case::public_key(PUBLIC_KEY.as_bytes(), PasteError::PublicKey)]
#[case::public_key_in_der(&decode_pem(PUBLIC_KEY), PasteError::PublicKey)]
#[case::pkcs12(PKCS12, PasteError::Pkcs12)]
#[case::base64_of_pkcs12(
    &base64_simd::STANDARD.encode_to_string(PKCS12).into_bytes(),
    PasteError::Pkcs12
)]
#[case::url(b"https://idp.example/metadata.xml\n", PasteError::Url)]
#[case::fingerprint(
    b"AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01",
    PasteError::Fingerprint
)]
#[case::service_provider(
    include_bytes!("../../tests/fixtures-metadata/foreign-service-provider.xml"),
    PasteError::ServiceProvider { entity_id: "http://127.0.0.1:9800/metadata".to_owned() }
)]
#[case::words(b"the certificate is attached", PasteError::Unrecognized)]
#[case::short_base64(b"AAAA", PasteError::Unrecognized)]
#[case::binary(&[0xff; 100], PasteError::Unrecognized)]
#[case::pem_without_base64(
    b"-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----",
    PasteError::Damaged
)]
#[case::half_pem(&PEM.as_bytes()[..PEM.len() / 2], PasteError::Damaged)]
#[case::half_base64(&strip_pem(PEM).into_bytes()[..400], PasteError::Damaged)]
#[case::half_der(&decode_pem(PEM)[..400], PasteError::Damaged)]
fn the_error_names_other_content(#[case] input: &[u8], #[case] error: PasteError) {
    assert_eq!(parse_error(input), error);
}

#[rstest]
#[case::html5("<!DOCTYPE html><html></html>")]
#[case::without_doctype("<html><body/></html>")]
#[case::old_doctype(" <!doctype HTML PUBLIC \"-//W3C//DTD\">\n<p>Sign in<br>here")]
fn a_web_page_is_not_metadata(#[case] input: &str) {
    assert_eq!(parse_error(input), PasteError::WebPage);
}

/// The content of the page does not matter, except a private key, which must not be stored.
#[rstest]
#[case::certificate(PEM, PasteError::WebPage)]
#[case::xml_element("<ds:X509Certificate>AAAA</ds:X509Certificate>", PasteError::WebPage)]
#[case::private_key(PRIVATE_KEY, PasteError::PrivateKey)]
fn a_web_page_that_shows_something_is_not_metadata(#[case] shown: &str, #[case] error: PasteError) {
    let page = format!("<!doctype html>\n<html><body><pre>{shown}</pre></body></html>");
    assert_eq!(parse_error(&page), error);
}

#[rstest]
#[case::response("<samlp:Response xmlns:samlp=\"urn:a\"/>")]
#[case::doctype("<!DOCTYPE a><a/>")]
fn another_xml_document_is_not_metadata(#[case] input: &str) {
    assert!(matches!(parse_error(input), PasteError::Metadata(_)));
}

#[test]
fn the_error_names_why_a_certificate_is_rejected() {
    let too_short = CertificateError::Key(PublicKeyError::RsaTooShort { bits: 1024 });
    assert_eq!(
        parse_error(fixture!("rsa-1024.crt")),
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
