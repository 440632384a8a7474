use std::path::Path;

use jiff::Timestamp;
use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::certificate::{Certificate, CertificateError, PublicKeyError};
use crate::certificate_text::CertificateTextError;
use crate::dsig::Trust;
use crate::location::LocationError;
use crate::pem;
use crate::xml::XmlFault;
use crate::xs_date_time::parse_xs_date_time;

const ADFS: &str = include_str!("../../tests/fixtures-metadata/adfs-shape.signed.xml");
const SIMPLESAMLPHP: &str =
    include_str!("../../tests/captured/simplesamlphp-1.19.7.idp-metadata.xml");
const PYSAML2: &str = include_str!("../../tests/captured/pysaml2-7.5.5.idp-metadata.xml");
const SAML_IDP: &str = include_str!("../../tests/captured/npm-saml-idp-1.2.1.metadata.xml");

/// 24 November 2026, when the certificates in the fixtures were made.
const NOW: Timestamp = Timestamp::constant(1_795_500_000, 0);
/// After the one-day certificate has expired.
const LATER: Timestamp = Timestamp::constant(1_800_000_000, 0);

fn parse(text: &str) -> Result<IdentityProvider, MetadataError> {
    IdentityProvider::parse(text.as_bytes(), &MetadataOptions::new(NOW))
}

fn parse_certificate(text: &str) -> Certificate {
    let block = pem::blocks(text).first().copied().unwrap();
    Certificate::from_der(&pem::decode(block.body).unwrap()).unwrap()
}

fn signer_certificate() -> Certificate {
    parse_certificate(include_str!("../../tests/fixtures-keys/rsa-2048.crt"))
}

/// Parses a valid document with one text replaced.
fn parse_changed(text: &str, from: &str, to: &str) -> Result<IdentityProvider, MetadataError> {
    assert!(text.contains(from), "{from}");
    parse(&text.replace(from, to))
}

fn entities_descriptor(entities: &[&str]) -> String {
    let bodies: String = entities
        .iter()
        .map(|text| text.split_once("?>").map_or(*text, |(_, body)| body))
        .collect();
    format!(
        "<md:EntitiesDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\">{bodies}</md:EntitiesDescriptor>"
    )
}

#[test]
fn the_identity_provider_is_found_among_the_roles_of_adfs() {
    let provider = parse(ADFS).unwrap();
    assert_eq!(
        provider.entity_id,
        "http://fs.example.com/adfs/services/trust"
    );
    let address = "https://fs.example.com/adfs/ls/";
    assert_eq!(
        provider
            .sign_on_location(Binding::Redirect)
            .unwrap()
            .as_str(),
        address
    );
    assert_eq!(
        provider.sign_on_location(Binding::Post).unwrap().as_str(),
        address
    );
    assert_eq!(provider.sign_out.len(), 1);
    assert_eq!(provider.name_id_formats.len(), 2);
    assert_eq!(provider.signing_certificates.len(), 2);
    assert!(!provider.wants_signed_requests);
    assert_eq!(provider.warnings, [MetadataWarning::SignatureNotChecked]);
}

#[test]
fn an_expired_certificate_yields_a_warning() {
    let provider = IdentityProvider::parse(ADFS.as_bytes(), &MetadataOptions::new(LATER)).unwrap();
    assert_eq!(provider.signing_certificates.len(), 2);
    assert!(matches!(
        provider.warnings[0],
        MetadataWarning::CertificateExpired { .. }
    ));
}

fn parse_signed(text: &str, signer: Certificate) -> Result<IdentityProvider, MetadataError> {
    let trust = Trust::new(vec![signer]).unwrap();
    let options = MetadataOptions::new(NOW).require_signature(&trust);
    IdentityProvider::parse(text.as_bytes(), &options)
}

#[test]
fn a_signature_is_verified_when_a_key_is_given() {
    let provider = parse_signed(ADFS, signer_certificate()).unwrap();
    assert_eq!(provider.warnings, []);
}

#[test]
fn changed_metadata_is_rejected() {
    let forged = ADFS.replace(
        "https://fs.example.com/adfs/ls/",
        "https://fs.evil.example/adfs/ls/",
    );
    let error = parse_signed(&forged, signer_certificate()).unwrap_err();
    assert_eq!(error.code(), "metadata-signature");
}

#[test]
fn metadata_that_another_key_signed_is_rejected() {
    let other = parse_certificate(include_str!("../../tests/fixtures-keys/rsa-3072.crt"));
    let error = parse_signed(ADFS, other).unwrap_err();
    assert_eq!(error.code(), "metadata-signature");
}

#[test]
fn unsigned_metadata_is_rejected_when_a_key_is_given() {
    let error = parse_signed(SIMPLESAMLPHP, signer_certificate()).unwrap_err();
    assert_eq!(error, MetadataError::Unsigned);
}

#[test]
fn a_signed_sibling_entity_does_not_count() {
    let trust = Trust::new(vec![signer_certificate()]).unwrap();
    let both = entities_descriptor(&[ADFS, SIMPLESAMLPHP]);
    let reading = MetadataOptions::new(NOW).require_signature(&trust);
    let signed = reading.for_entity("http://fs.example.com/adfs/services/trust");
    assert!(IdentityProvider::parse(both.as_bytes(), &signed).is_ok());
    let unsigned = reading.for_entity("http://127.0.0.1:9801/saml2/idp/metadata.php");
    assert_eq!(
        IdentityProvider::parse(both.as_bytes(), &unsigned),
        Err(MetadataError::Unsigned)
    );
}

/// A signature covers its parent element, but not its own content.
#[test]
fn an_entity_hidden_inside_a_signature_is_not_found() {
    let trust = Trust::new(vec![signer_certificate()]).unwrap();
    let reading = MetadataOptions::new(NOW).require_signature(&trust);
    let hidden = SIMPLESAMLPHP.split_once("?>").map(|(_, entity)| entity);
    let document = ADFS.replace(
        "</KeyInfo></ds:Signature>",
        &format!("{}</KeyInfo></ds:Signature>", hidden.unwrap()),
    );
    assert_ne!(document, ADFS);
    let genuine = IdentityProvider::parse(document.as_bytes(), &reading).unwrap();
    assert_eq!(
        genuine.entity_id,
        "http://fs.example.com/adfs/services/trust"
    );
    let reading = reading.for_entity("http://127.0.0.1:9801/saml2/idp/metadata.php");
    let error = IdentityProvider::parse(document.as_bytes(), &reading).unwrap_err();
    assert_eq!(error.code(), "metadata-entity-missing");
}

#[rstest]
#[case::simplesamlphp(
    SIMPLESAMLPHP,
    "http://127.0.0.1:9801/saml2/idp/metadata.php",
    Binding::Redirect
)]
#[case::pysaml2(PYSAML2, "http://127.0.0.1:9809/metadata", Binding::Redirect)]
#[case::saml_idp(SAML_IDP, "urn:example:idp", Binding::Post)]
fn metadata_of_other_programs_is_parsed(
    #[case] text: &str,
    #[case] entity_id: &str,
    #[case] binding: Binding,
) {
    let provider = parse(text).unwrap();
    assert_eq!(provider.entity_id, entity_id);
    assert!(provider.sign_on_location(binding).is_some());
    assert!(!provider.signing_certificates.is_empty());
}

#[rstest]
#[case::other_computer("http://idp.example/", true)]
#[case::this_computer("http://localhost:9801/", false)]
#[case::encrypted("https://idp.example/", false)]
fn only_an_address_that_others_can_read_is_warned_about(
    #[case] address: &str,
    #[case] expected: bool,
) {
    let text = SIMPLESAMLPHP.replace("http://127.0.0.1:9801/", address);
    let warnings = parse(&text).unwrap().warnings;
    let is_plain_http =
        |warning: &MetadataWarning| matches!(warning, MetadataWarning::PlainHttp { .. });
    assert_eq!(warnings.iter().any(is_plain_http), expected, "{warnings:?}");
}

#[test]
fn the_requested_identity_provider_is_selected() {
    let both = entities_descriptor(&[ADFS, SIMPLESAMLPHP]);
    let ids = || {
        vec![
            "http://fs.example.com/adfs/services/trust".to_owned(),
            "http://127.0.0.1:9801/saml2/idp/metadata.php".to_owned(),
        ]
    };
    assert_eq!(
        parse(&both),
        Err(MetadataError::SeveralIdentityProviders { entity_ids: ids() })
    );
    let meant =
        MetadataOptions::new(NOW).for_entity("http://127.0.0.1:9801/saml2/idp/metadata.php");
    let provider = IdentityProvider::parse(both.as_bytes(), &meant).unwrap();
    assert_eq!(
        provider.entity_id,
        "http://127.0.0.1:9801/saml2/idp/metadata.php"
    );
    let missing = MetadataOptions::new(NOW).for_entity("urn:other");
    let error = IdentityProvider::parse(both.as_bytes(), &missing);
    assert_eq!(
        error,
        Err(MetadataError::EntityMissing {
            expected: "urn:other".into(),
            received: ids()
        })
    );
}

#[test]
fn one_identity_provider_in_a_group_needs_no_choice() {
    assert_eq!(
        parse(&entities_descriptor(&[SIMPLESAMLPHP])),
        parse(SIMPLESAMLPHP)
    );
}

#[test]
fn a_duplicate_entity_is_rejected() {
    let entity_id = "http://127.0.0.1:9801/saml2/idp/metadata.php".to_owned();
    assert_eq!(
        parse(&entities_descriptor(&[SIMPLESAMLPHP, SIMPLESAMLPHP])),
        Err(MetadataError::DuplicateEntity { entity_id })
    );
}

#[rstest]
#[case::entity_descriptor("<md:EntityDescriptor")]
#[case::idp_descriptor("<md:IDPSSODescriptor")]
fn expired_metadata_is_rejected_by_the_earliest_end(#[case] place: &str) {
    let until = |text: &str, stated: &str| {
        parse_changed(
            SIMPLESAMLPHP,
            text,
            &format!("{text} validUntil=\"{stated}\""),
        )
    };
    let end = parse_xs_date_time("2026-11-23T00:00:00Z").unwrap();
    assert_eq!(
        until(place, "2026-11-23T00:00:00Z"),
        Err(MetadataError::Expired {
            until: end,
            now: NOW
        })
    );
    let received = "tomorrow".to_owned();
    assert_eq!(
        until(place, "tomorrow"),
        Err(MetadataError::ValidUntil { received })
    );
    let provider = until(place, "2027-01-01T00:00:00.000Z").unwrap();
    assert_eq!(
        provider.valid_until,
        parse_xs_date_time("2027-01-01T00:00:00Z")
    );
}

#[test]
fn metadata_may_have_no_end() {
    assert_eq!(parse(SIMPLESAMLPHP).unwrap().valid_until, None);
}

#[rstest]
#[case::javascript("javascript:alert(document.domain)", LocationError::Scheme)]
#[case::data("data:text/html,x", LocationError::Scheme)]
#[case::path_only("/saml2/idp/SSOService.php", LocationError::Scheme)]
#[case::empty("", LocationError::Scheme)]
#[case::html(
    "https://idp.example/&quot;&gt;&lt;script&gt;",
    LocationError::Character
)]
#[case::user_name("https://user@idp.example/", LocationError::UserInfo)]
#[case::fragment("https://idp.example/#a", LocationError::Fragment)]
fn invalid_addresses_are_rejected(#[case] to: &str, #[case] expected: LocationError) {
    let from = "http://127.0.0.1:9801/saml2/idp/SSOService.php";
    match parse_changed(SIMPLESAMLPHP, from, to) {
        Err(MetadataError::Location { error, .. }) => assert_eq!(error, expected),
        other => panic!("{other:?}"),
    }
}

#[test]
fn keys_are_for_signing_unless_they_say_otherwise() {
    let without = parse_changed(SIMPLESAMLPHP, " use=\"signing\"", "").unwrap();
    assert_eq!(
        without.signing_certificates,
        parse(SIMPLESAMLPHP).unwrap().signing_certificates
    );
    let none = parse_changed(SIMPLESAMLPHP, "use=\"signing\"", "use=\"encryption\"");
    assert_eq!(none, Err(MetadataError::NoSigningKey { rejected: vec![] }));
}

#[test]
fn a_weak_key_is_skipped_unless_it_is_the_only_one() {
    let weak = certificate_base64(include_str!("../../tests/fixtures-keys/rsa-1024.crt"));
    let error =
        CertificateTextError::Certificate(CertificateError::Key(PublicKeyError::RsaTooShort {
            bits: 1024,
        }));
    let strong = signer_certificate().base64();
    let provider = parse_changed(
        ADFS,
        &certificate_base64(include_str!("../../tests/fixtures-keys/expired.crt")),
        &weak,
    );
    assert!(
        provider
            .unwrap()
            .warnings
            .contains(&MetadataWarning::CertificateRejected {
                error: error.clone()
            })
    );
    let both = ADFS.replace(&strong, &weak);
    let result = parse_changed(
        &both,
        &certificate_base64(include_str!("../../tests/fixtures-keys/expired.crt")),
        "AAAA",
    );
    let rejected_keys = vec![error, CertificateTextError::Unrecognized];
    assert_eq!(
        result,
        Err(MetadataError::NoSigningKey {
            rejected: rejected_keys
        })
    );
}

fn certificate_base64(pem: &str) -> String {
    pem::blocks(pem)
        .first()
        .unwrap()
        .body
        .split_ascii_whitespace()
        .collect()
}

#[rstest]
#[case::service_provider(include_str!("../../tests/fixtures-metadata/foreign-service-provider.xml"), "service-provider-metadata")]
#[case::unknown_element("<a/>", "not-metadata")]
#[case::html("<html><body>Sign in</body></html>", "not-metadata")]
#[case::entity_without_namespace("<EntityDescriptor/>", "metadata-namespace")]
#[case::empty("", "xml-syntax")]
#[case::not_xml("not XML", "xml-syntax")]
#[case::doctype("<!DOCTYPE a><a/>", "xml-doctype")]
#[case::entity_without_id(
    "<EntityDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\"/>",
    "metadata-entity-id"
)]
#[case::entity_without_role(
    "<EntityDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"a\"/>",
    "metadata-without-identity-provider"
)]
fn documents_without_an_identity_provider_are_rejected(#[case] text: &str, #[case] code: &str) {
    assert_eq!(parse(text).unwrap_err().code(), code);
}

#[test]
fn an_unclosed_element_is_an_xml_error() {
    assert!(
        matches!(parse("<a>").unwrap_err(), MetadataError::Xml(error) if error.fault != XmlFault::Doctype)
    );
}

#[test]
fn an_identity_provider_for_another_protocol_is_ignored() {
    let other = parse_changed(SIMPLESAMLPHP, "SAML:2.0:protocol\"", "SAML:1.1:protocol\"");
    assert_eq!(other, Err(MetadataError::NoIdentityProvider));
}

#[test]
fn only_bindings_that_a_browser_can_use_count() {
    let soap = parse_changed(SIMPLESAMLPHP, "bindings:HTTP-Redirect", "bindings:SOAP");
    assert_eq!(soap, Err(MetadataError::NoSignOnEndpoint));
}

#[test]
fn optional_metadata_is_parsed() {
    let from =
        "<md:IDPSSODescriptor protocolSupportEnumeration=\"urn:oasis:names:tc:SAML:2.0:protocol\">";
    let to = "<md:IDPSSODescriptor WantAuthnRequestsSigned=\"1\" \
              protocolSupportEnumeration=\"urn:oasis:names:tc:SAML:2.0:protocol\"><md:Extensions>\
              <mdui:UIInfo xmlns:mdui=\"urn:oasis:names:tc:SAML:metadata:ui\">\
              <mdui:DisplayName xml:lang=\"en\"> Acme &lt;b&gt; </mdui:DisplayName></mdui:UIInfo></md:Extensions>";
    let text = SIMPLESAMLPHP.replace(
        "<md:EntityDescriptor",
        "<md:EntityDescriptor cacheDuration=\"PT1H\"",
    );
    let provider = parse_changed(&text, from, to).unwrap();
    assert!(provider.wants_signed_requests);
    assert_eq!(provider.display_name.as_deref(), Some("Acme <b>"));
    assert_eq!(
        provider.cache_duration,
        Some(jiff::SignedDuration::from_hours(1))
    );
}

/// The rejected documents of the collection: the prefix of the name, the reason, and the code.
const REJECTED: [(&str, &str, &str); 15] = [
    (
        "Saml2--ReadEntityDescriptor_ValidateSignature",
        "RSA 1024",
        NO_KEY,
    ),
    ("Saml2--ReadIDPSSODescriptor_Mandatory", "no key", NO_KEY),
    ("Saml2--WriteEntityDescriptor", "no key", NO_KEY),
    ("pysaml2--idp-77cebc", "RSA 1024", NO_KEY),
    ("pysaml2--idp-afb845", "RSA 1024", NO_KEY),
    ("pysaml2--idp_example", "RSA 1024", NO_KEY),
    (
        "python3-saml--idp_multiple_descriptors",
        "two identity providers",
        SEVERAL,
    ),
    ("ruby-saml--idp_descriptor-5cecb5", "RSA 1024", NO_KEY),
    ("ruby-saml--idp_descriptor_3", "RSA 1024", NO_KEY),
    (
        "ruby-saml--idp_multiple_descriptors",
        "two identity providers",
        SEVERAL,
    ),
    (
        "saml--TestServiceProviderCanHandleSignedAssertionsResponse",
        "RSA 1024",
        NO_KEY,
    ),
    ("samael--tests", "RSA 1024", NO_KEY),
    (
        "samlify--idpmeta-",
        "its KeyInfo is in the namespace of metadata",
        NO_KEY,
    ),
    (
        "samlify--idpmeta_",
        "its KeyInfo is in the namespace of metadata",
        NO_KEY,
    ),
    (
        "samlify--multiple_entitydescriptor",
        "its KeyInfo is in the namespace of metadata",
        NO_KEY,
    ),
];
const NO_KEY: &str = "metadata-without-signing-key";
const SEVERAL: &str = "metadata-multiple-identity-providers";

/// Real documents that are not part of this repository, if their folder exists.
#[test]
fn real_documents_of_vendors_are_read() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    let long_ago = MetadataOptions::new(Timestamp::constant(1_300_000_000, 0));
    let vendors = [
        "adfs",
        "auth0",
        "entra",
        "generic",
        "google",
        "onelogin",
        "shibboleth",
    ];
    let folders = vendors
        .iter()
        .filter_map(|vendor| std::fs::read_dir(corpus.join(vendor).join("metadata")).ok());
    for file in folders.flatten() {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let read = IdentityProvider::parse(&std::fs::read(&path).unwrap(), &long_ago);
        let expected = REJECTED
            .iter()
            .find(|(prefix, _, _)| name.starts_with(prefix))
            .map(|(_, _, code)| *code);
        assert_eq!(
            read.as_ref().err().map(MetadataError::code),
            expected,
            "{name}: {read:?}"
        );
    }
}

proptest! {
    #[test]
    fn no_document_makes_it_panic(at in 0_usize..12_000, to in "[ -~]{0,3}", length in 0_usize..20) {
        let mut text = ADFS.to_owned();
        if at.saturating_add(length) < text.len() {
            text.replace_range(at..at + length, &to);
        }
        let _ = parse(&text);
    }
}
