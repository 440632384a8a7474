//! What administrators gave to other products, and what became of it there: `tests/field/connecting`.

use rstest::rstest;

use super::*;
use crate::metadata::MetadataWarning;

macro_rules! field {
    ($name:literal) => {
        include_bytes!(concat!("../../../tests/field/connecting/", $name))
    };
}

const ENTITY_ID: &str = "https://idp.acme.example/metadata";
const SIGN_ON_URL: &str = "https://idp.acme.example/sso";

fn read(input: &[u8]) -> Result<PastedInput, PasteError> {
    PastedInput::parse(input, NOW)
}

fn read_metadata(input: &[u8]) -> IdentityProvider {
    match read(input) {
        Ok(PastedInput::Metadata(provider)) => *provider,
        other => panic!("{other:?}"),
    }
}

#[rstest]
#[case::pem_in_x509_certificate(field!("m07-pem-in-x509.xml"))]
#[case::zero_width_character(field!("m16-zwsp.xml"))]
#[case::html_escaped(field!("m31-html-escaped-once.txt"))]
#[case::utf16(field!("m11-real-utf16.xml"))]
#[case::utf16_declared_in_utf8(field!("m10-decl-utf16-in-utf8.xml"))]
#[case::blank_after_an_address(field!("m01-location-space.xml"))]
#[case::blank_after_the_entity_id(field!("m03-entityid-space.xml"))]
#[case::notice_of_a_browser(field!("m13-browser-notice.txt"))]
fn metadata_is_understood(#[case] input: &[u8]) {
    let provider = read_metadata(input);
    assert_eq!(provider.entity_id, ENTITY_ID);
    assert_eq!(provider.sign_on.len(), 1);
    let address = provider.sign_on[0].location.as_str();
    assert_eq!(address.split('?').next(), Some(SIGN_ON_URL));
    let subjects: Vec<_> = provider
        .signing_certificates
        .iter()
        .map(Certificate::subject)
        .collect();
    assert_eq!(subjects, ["CN=idp-a.example"]);
    assert_eq!(provider.warnings, []);
}

/// The next reader gets the same text.
#[rstest]
#[case::utf16(field!("m11-real-utf16.xml"))]
#[case::html_escaped(field!("m31-html-escaped-once.txt"))]
#[case::notice_of_a_browser(field!("m13-browser-notice.txt"))]
fn the_tidy_text_is_metadata_for_every_reader(#[case] input: &[u8]) {
    let tidy = TidyText::new(input, None).unwrap();
    let provider =
        IdentityProvider::parse(tidy.as_str().as_bytes(), &MetadataOptions::new(NOW)).unwrap();
    assert_eq!(provider, read_metadata(input));
    assert_eq!(TidyText::new(tidy.as_str().as_bytes(), None), Ok(tidy));
}

#[test]
fn an_empty_logout_address_is_skipped() {
    let provider = read_metadata(field!("m04-slo-empty.xml"));
    assert_eq!(provider.sign_out, []);
    assert!(matches!(
        &provider.warnings[..],
        [MetadataWarning::EndpointSkipped { kind: "SingleLogoutService", received, .. }] if received.is_empty()
    ));
}

#[test]
fn the_end_of_a_chain_is_trusted() {
    let provider = read_metadata(field!("m20-chain-root-first.xml"));
    let trusted: Vec<_> = provider
        .signing_certificates
        .iter()
        .map(Certificate::subject)
        .collect();
    assert_eq!(trusted.len(), 1);
    assert_ne!(trusted, ["CN=Example CA"]);
    let subject = "CN=Example CA".to_owned();
    assert_eq!(
        provider.warnings,
        [MetadataWarning::IssuerSkipped { subject }]
    );
}

#[rstest]
#[case::trust_settings(field!("c01-trusted.pem"))]
#[case::no_first_line(field!("c02-no-header.pem"))]
fn a_certificate_is_understood(#[case] input: &[u8]) {
    let read = read(input).unwrap();
    let subjects: Vec<_> = read
        .certificates()
        .iter()
        .map(Certificate::subject)
        .collect();
    assert_eq!(subjects, ["CN=idp-a.example"]);
}

#[test]
fn a_second_role_is_reported() {
    let provider = read_metadata(field!("m35-two-idp-roles.xml"));
    let expected = MetadataWarning::SeveralRoles { count: 2 };
    assert!(
        provider.warnings.contains(&expected),
        "{:?}",
        provider.warnings
    );
}

#[rstest]
#[case::bare_key(field!("m09-rsakeyvalue-only.xml"), "metadata-key-without-certificate")]
#[case::no_namespace(field!("m17-no-namespace.xml"), "metadata-namespace")]
fn the_true_cause_is_named(#[case] input: &[u8], #[case] code: &str) {
    assert_eq!(read(input).unwrap_err().code(), code);
}
