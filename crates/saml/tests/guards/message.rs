//! A valid response, which each test changes in one place.

use saml::{
    AcceptedAssertion, ClockTolerance, Decryption, Expectation, InResponseTo, NameIdUse, Rejection,
    Trust, ValidationReport, parse_xs_date_time, validate_response,
};

use crate::keys;
use crate::signer::{self, mark};

pub(crate) const IDP: &str = "https://idp.example.com/metadata";
pub(crate) const ACS: &str = "https://sso.example.net/saml/con_example/acs";
pub(crate) const BEARER: &str = "urn:oasis:names:tc:SAML:2.0:cm:bearer";

/// A valid bearer confirmation.
pub(crate) const CONFIRMATION: &str = r#"<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData NotOnOrAfter="2026-11-24T12:05:00Z" Recipient="https://sso.example.net/saml/con_example/acs" InResponseTo="_request"/></saml:SubjectConfirmation>"#;

pub(crate) const NAME_ID: &str = "<saml:NameID>ada@example.com</saml:NameID>";

/// The content of the assertion after its signature.
pub(crate) fn statements(subject: &str, attributes: &str) -> String {
    format!(
        r#"<saml:Subject>{subject}</saml:Subject><saml:Conditions NotBefore="2026-11-24T11:55:00Z" NotOnOrAfter="2026-11-24T12:05:00Z"><saml:AudienceRestriction><saml:Audience>https://sso.example.net/saml</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant="2026-11-24T12:00:00Z" SessionIndex="_session"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement>{attributes}</saml:AttributeStatement>"#
    )
}

pub(crate) const ATTRIBUTES: &str = r#"<saml:Attribute Name="email"><saml:AttributeValue>ada@example.com</saml:AttributeValue></saml:Attribute>"#;

/// The statements of the valid response.
pub(crate) fn good_statements() -> String {
    statements(&format!("{NAME_ID}{CONFIRMATION}"), ATTRIBUTES)
}

/// An assertion with a placeholder for its signature.
pub(crate) fn assertion(statements: &str) -> String {
    format!(
        r#"<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_assertion" Version="2.0" IssueInstant="2026-11-24T12:00:00Z"><saml:Issuer>{IDP}</saml:Issuer>{}{statements}</saml:Assertion>"#,
        mark("_assertion"),
    )
}

/// A response around an assertion.
pub(crate) fn response(assertion: &str) -> String {
    format!(
        r#"<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_response" Version="2.0" IssueInstant="2026-11-24T12:00:00Z" Destination="{ACS}" InResponseTo="_request"><saml:Issuer>{IDP}</saml:Issuer>@@sign:_response@@<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>{assertion}</samlp:Response>"#
    )
}

/// A response in which only the assertion is signed.
pub(crate) fn sign_assertion(statements: &str) -> String {
    let text = response(&assertion(statements)).replace(&mark("_response"), "");
    signer::sign(&text, "_assertion")
}

/// A response that is signed as a whole.
pub(crate) fn sign_response(statements: &str) -> String {
    let text = response(&assertion(statements)).replace(&mark("_assertion"), "");
    signer::sign(&text, "_response")
}

pub(crate) fn trust() -> Trust {
    Trust::new(vec![keys::certificate("keys/idp.crt")]).expect("one certificate")
}

pub(crate) fn expectation() -> Expectation {
    Expectation {
        issuer: IDP.to_owned(),
        audience: "https://sso.example.net/saml".to_owned(),
        recipient: ACS.to_owned(),
        in_response_to: InResponseTo::Request("_request".to_owned()),
        name_id: NameIdUse::Subject,
        now: parse_xs_date_time("2026-11-24T12:00:30Z").expect("an instant"),
        tolerance: ClockTolerance::default(),
        requirements: saml::Requirements::default(),
    }
}

/// Judges a document as the test connection would, which accepts AES-CBC.
pub(crate) fn validate_document(document: &str) -> ValidationReport {
    validate_with(document, &expectation())
}

pub(crate) fn validate_with(document: &str, expectation: &Expectation) -> ValidationReport {
    let decryption = Decryption::new(vec![keys::service_provider()]).accept_cbc();
    validate_response(
        &signer::base64(document.as_bytes()),
        &trust(),
        &decryption,
        expectation,
    )
}

pub(crate) fn verdict(document: &str) -> Result<AcceptedAssertion, Rejection> {
    validate_document(document).verdict
}

/// The code of the rejection, or `accepted`.
pub(crate) fn result_code(document: &str) -> &'static str {
    verdict(document).map_or_else(|rejection| rejection.code(), |_| "accepted")
}
