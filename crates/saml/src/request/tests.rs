use std::io::Read as _;

use rstest::rstest;

use super::*;
use crate::certificate::{Certificate, SignatureAlgorithm};
use crate::key::SigningKey;
use crate::location::Location;
use crate::pem;

macro_rules! fixture {
    ($name:literal) => {
        include_str!(concat!("../../tests/fixtures-keys/", $name))
    };
}

fn signer() -> Signer {
    let block = pem::blocks(fixture!("rsa-2048.crt"))
        .first()
        .copied()
        .unwrap();
    let certificate = Certificate::from_der(&pem::decode(block.body).unwrap()).unwrap();
    Signer::new(
        SigningKey::from_pem(fixture!("rsa-2048.key")).unwrap(),
        certificate,
    )
    .unwrap()
}

struct Parts {
    id: RequestId,
    destination: Location,
    acs_url: Location,
}

fn parts(destination: &str) -> Parts {
    Parts {
        id: RequestId::parse("_1f8b").unwrap(),
        destination: Location::parse(destination).unwrap(),
        acs_url: Location::parse("https://auth.example.com/saml/con_a/acs").unwrap(),
    }
}

fn request(parts: &Parts) -> AuthnRequest<'_> {
    AuthnRequest {
        id: &parts.id,
        issue_instant: Timestamp::constant(1_795_478_323, 0),
        destination: &parts.destination,
        acs_url: &parts.acs_url,
        issuer: "https://auth.example.com/saml?a=1&b=<2>",
        force_authn: false,
        is_passive: false,
        name_id_format: None,
        allow_create: false,
        authn_context: &[],
        authn_context_comparison: AuthnContextComparison::Exact,
    }
}

fn relay_state() -> RelayState {
    RelayState::new("req_2t5").unwrap()
}

fn decode_request(form: &PostForm) -> String {
    String::from_utf8(
        base64_simd::STANDARD
            .decode_to_vec(&form.saml_request)
            .unwrap(),
    )
    .unwrap()
}

fn find_parameter<'u>(address: &'u str, name: &str) -> Option<&'u str> {
    let (_, query) = address.split_once('?')?;
    query
        .split('&')
        .find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
}

fn percent_decode(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        out.push_str(before);
        out.push(char::from(u8::from_str_radix(&after[..2], 16).unwrap()));
        rest = &after[2..];
    }
    out + rest
}

#[test]
fn unset_request_options_are_left_out() {
    let parts = parts("https://idp.example/sso");
    let form = request(&parts).post_form(&relay_state(), None).unwrap();
    assert_eq!(form.action.as_str(), "https://idp.example/sso");
    assert_eq!(form.relay_state.as_str(), "req_2t5");
    assert_eq!(
        decode_request(&form),
        "<samlp:AuthnRequest xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\" \
         AssertionConsumerServiceURL=\"https://auth.example.com/saml/con_a/acs\" \
         Destination=\"https://idp.example/sso\" ID=\"_1f8b\" IssueInstant=\"2026-11-23T23:58:43Z\" \
         ProtocolBinding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST\" Version=\"2.0\">\
         <saml:Issuer xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\">\
         https://auth.example.com/saml?a=1&amp;b=&lt;2&gt;</saml:Issuer></samlp:AuthnRequest>",
    );
}

#[test]
fn all_request_options_are_written() {
    let parts = parts("https://idp.example/sso");
    let classes = ["urn:oasis:names:tc:SAML:2.0:ac:classes:X509".to_owned()];
    let request = AuthnRequest {
        force_authn: true,
        is_passive: true,
        name_id_format: Some("urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"),
        authn_context: &classes,
        authn_context_comparison: AuthnContextComparison::Minimum,
        ..request(&parts)
    };
    let form = request.post_form(&relay_state(), None).unwrap();
    assert_eq!(
        decode_request(&form),
        "<samlp:AuthnRequest xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\" \
         AssertionConsumerServiceURL=\"https://auth.example.com/saml/con_a/acs\" \
         Destination=\"https://idp.example/sso\" ForceAuthn=\"true\" ID=\"_1f8b\" IsPassive=\"true\" \
         IssueInstant=\"2026-11-23T23:58:43Z\" \
         ProtocolBinding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST\" Version=\"2.0\">\
         <saml:Issuer xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\">\
         https://auth.example.com/saml?a=1&amp;b=&lt;2&gt;</saml:Issuer>\
         <samlp:NameIDPolicy AllowCreate=\"true\" \
         Format=\"urn:oasis:names:tc:SAML:2.0:nameid-format:persistent\"></samlp:NameIDPolicy>\
         <samlp:RequestedAuthnContext Comparison=\"minimum\">\
         <saml:AuthnContextClassRef xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\">\
         urn:oasis:names:tc:SAML:2.0:ac:classes:X509</saml:AuthnContextClassRef>\
         </samlp:RequestedAuthnContext></samlp:AuthnRequest>",
    );
}

/// The file was verified with xmlsec1 and against the OASIS schema when it was made.
#[test]
fn a_signed_request_equals_the_verified_fixture() {
    let parts = parts("https://idp.example/sso");
    let form = request(&parts)
        .post_form(&relay_state(), Some(&signer()))
        .unwrap();
    assert_eq!(decode_request(&form), fixture!("authn-request.signed.xml"));
}

#[test]
fn a_redirect_carries_the_same_request_deflated() {
    let parts = parts("https://accounts.google.com/o/saml2/idp?idpid=C01abc");
    let address = request(&parts).redirect_url(&relay_state(), None).unwrap();
    assert!(
        address.starts_with("https://accounts.google.com/o/saml2/idp?idpid=C01abc&SAMLRequest=")
    );
    assert_eq!(find_parameter(&address, "RelayState"), Some("req_2t5"));
    assert_eq!(find_parameter(&address, "Signature"), None);

    let base64 = percent_decode(find_parameter(&address, "SAMLRequest").unwrap());
    let deflated = base64_simd::STANDARD.decode_to_vec(base64).unwrap();
    let mut inflated = String::new();
    flate2::read::DeflateDecoder::new(&deflated[..])
        .read_to_string(&mut inflated)
        .unwrap();
    assert_eq!(
        inflated,
        decode_request(&request(&parts).post_form(&relay_state(), None).unwrap())
    );
}

#[test]
fn a_redirect_signature_covers_the_encoded_query() {
    let parts = parts("https://idp.example/sso");
    let signer = signer();
    let address = request(&parts)
        .redirect_url(&relay_state(), Some(&signer))
        .unwrap();
    let (_, query) = address.split_once('?').unwrap();
    let (signed, signature) = query.split_once("&Signature=").unwrap();
    assert!(
        signed.ends_with("&SigAlg=http%3A%2F%2Fwww.w3.org%2F2001%2F04%2Fxmldsig-more%23rsa-sha256")
    );
    let signature = base64_simd::STANDARD
        .decode_to_vec(percent_decode(signature))
        .unwrap();
    let key = signer.certificate().public_key();
    assert_eq!(
        key.verify(SignatureAlgorithm::RsaSha256, signed.as_bytes(), &signature),
        Ok(())
    );
}

#[rstest]
fn an_identifier_starts_with_an_underscore_and_is_an_xml_name(
    #[values("", "a1", "1a", "_a:b", "_a b", "_a\"b")] text: &str,
) {
    assert_eq!(RequestId::parse(text), Err(RequestError::Id));
}

#[test]
fn an_identifier_has_a_maximum_length() {
    assert_eq!(
        RequestId::parse(&format!("_{}", "a".repeat(128))),
        Err(RequestError::Id)
    );
}

#[test]
fn a_random_identifier_is_valid() {
    let id = RequestId::from_random([0xab; 20]);
    assert_eq!(id.as_str(), format!("_{}", "ab".repeat(20)));
    assert_eq!(RequestId::parse(id.as_str()), Ok(id));
}

#[test]
fn an_issuer_that_xml_forbids_is_an_error() {
    let parts = parts("https://idp.example/sso");
    let request = AuthnRequest {
        issuer: "a\u{0}",
        ..request(&parts)
    };
    let error = request.post_form(&relay_state(), None).unwrap_err();
    assert_eq!(error, RequestError::Character(ForbiddenCharacter('\0')));
}

#[test]
fn a_signer_needs_the_certificate_of_its_key() {
    let block = pem::blocks(fixture!("rsa-3072.crt"))
        .first()
        .copied()
        .unwrap();
    let certificate = Certificate::from_der(&pem::decode(block.body).unwrap()).unwrap();
    let key = SigningKey::from_pem(fixture!("rsa-2048.key")).unwrap();
    assert_eq!(
        Signer::new(key, certificate).unwrap_err(),
        SignError::CertificateMismatch
    );
}
