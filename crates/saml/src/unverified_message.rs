//! Parts of a posted message that has not been verified, to explain why it was rejected.

use jiff::Timestamp;

use crate::attribute::{AttributeValue, DefaultQualifiers};
use crate::certificate::Certificate;
use crate::claims::Attribute;
use crate::decryption::Decryption;
use crate::plaintext::parse_plaintext;
use crate::rejection::{Rejection, shorten};
use crate::response_envelope::{describe_message, is_quoted, wrong_message_kind};
use crate::xml::{Document, Element, Limits, Namespace, Profile, Source, trim};
use crate::xs_date_time::parse_xs_date_time;
use crate::{pem, post};

/// Parts of a message that has not been verified.
///
/// Show them to an administrator who looks for the cause of a rejection. Never base a decision on them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnverifiedMessage {
    /// By the sender's clock.
    pub issued: Option<Timestamp>,
    /// The first readable NameID.
    pub name_id: Option<String>,
    /// The readable attributes.
    pub attributes: Vec<Attribute>,
    /// The SHA-256 fingerprints of the encryption certificates that the message names.
    pub encrypted_for: Vec<String>,
    /// The encryption algorithms that the message names.
    pub encrypted_with: Vec<String>,
}

/// The number of attributes, of values of each attribute, and of encrypted keys that are read.
const MAX_ITEMS: usize = 100;

impl UnverifiedMessage {
    /// Parses the value of the form field; none if it is not readable XML.
    #[must_use]
    pub fn parse(posted: &str) -> Option<Self> {
        let octets = post::decode(posted).ok()?;
        let source = Source::new(&octets, &Limits::MESSAGE).ok()?;
        let document = Document::parse(&source, Profile::Message, &Limits::MESSAGE).ok()?;
        Some(Self {
            issued: document
                .root()
                .attribute("IssueInstant")
                .and_then(parse_xs_date_time),
            name_id: document
                .elements()
                .find(|element| is_subject_name_id(*element))
                .and_then(|element| element.value().ok())
                .map(|value| shorten(trim(value))),
            attributes: document
                .elements()
                .filter(|element| element.is(Namespace::SAML, "Attribute") && !is_quoted(*element))
                .take(MAX_ITEMS)
                .filter_map(attribute)
                .collect(),
            encrypted_for: document
                .elements()
                .filter(|element| element.is(Namespace::XENC, "EncryptedKey"))
                .take(MAX_ITEMS)
                .filter_map(encryption_certificate)
                .collect(),
            encrypted_with: document
                .elements()
                .filter(|element| element.is(Namespace::XENC, "EncryptedData"))
                .take(MAX_ITEMS)
                .filter_map(encryption_algorithm)
                .collect(),
        })
    }
}

fn is_subject_name_id(element: Element<'_>) -> bool {
    element.is(Namespace::SAML, "NameID")
        && element
            .parent()
            .is_some_and(|parent| !parent.is(Namespace::SAML, "AttributeValue"))
        && !is_quoted(element)
}

fn attribute(element: Element<'_>) -> Option<Attribute> {
    let values = element
        .children()
        .take(MAX_ITEMS)
        .filter_map(AttributeValue::parse)
        .map(|value| value.to_text(DefaultQualifiers::default()));
    Some(Attribute {
        name: element.attribute("Name")?.to_owned(),
        name_format: element.attribute("NameFormat").map(str::to_owned),
        values: values.collect(),
    })
}

fn encryption_algorithm(encrypted_data: Element<'_>) -> Option<String> {
    let method = encrypted_data
        .children()
        .find(|child| child.is(Namespace::XENC, "EncryptionMethod"))?;
    method.attribute("Algorithm").map(shorten)
}

/// The SHA-256 fingerprint of the certificate in an `EncryptedKey`.
fn encryption_certificate(encrypted_key: Element<'_>) -> Option<String> {
    let info = encrypted_key
        .children()
        .find(|child| child.is(Namespace::DS, "KeyInfo"))?;
    let data = info
        .children()
        .find(|child| child.is(Namespace::DS, "X509Data"))?;
    let certificate = data
        .children()
        .find(|child| child.is(Namespace::DS, "X509Certificate"))?;
    let der = pem::decode(certificate.value().ok()?)?;
    Certificate::from_der(&der)
        .ok()
        .map(|certificate| certificate.sha256())
}

/// Decodes the value of the form field `SAMLResponse`.
pub fn decode_message(posted: &str) -> Result<Vec<u8>, Rejection> {
    post::decode(posted)
}

/// The text of the form field `SAMLResponse`, decoded by the encoding that the message states.
#[must_use]
pub fn message_text(posted: &str) -> Option<String> {
    let octets = post::decode(posted).ok()?;
    let source = Source::new(&octets, &Limits::MESSAGE).ok()?;
    Some(source.text().to_owned())
}

/// Detects a readable message that is not a response; returns its rejection.
#[must_use]
pub fn reject_wrong_message_kind(posted: &str) -> Option<Rejection> {
    let octets = post::decode(posted).ok()?;
    let source = Source::new(&octets, &Limits::MESSAGE).ok()?;
    let document = Document::parse(&source, Profile::Message, &Limits::MESSAGE).ok()?;
    let root = document.root();
    let is_response = root.is(Namespace::SAMLP, "Response");
    (!is_response).then(|| Rejection::NotAResponse {
        kind: wrong_message_kind(root),
        received: describe_message(root),
    })
}

/// Decrypts the assertion of a message without verifying it.
///
/// Show the result only to the owner of the keys. The sender of the message must learn neither the plaintext nor
/// whether decryption succeeded.
#[must_use]
pub fn decrypt_unverified_assertion(message: &str, decryption: &Decryption) -> Option<String> {
    let source = Source::from_text(message, &Limits::MESSAGE).ok()?;
    let document = Document::parse(&source, Profile::Message, &Limits::MESSAGE).ok()?;
    let wrapper = document
        .root()
        .children()
        .find(|child| child.is(Namespace::SAML, "EncryptedAssertion"))?;
    let plaintext = String::from_utf8(decryption.decrypt(wrapper).ok()?.octets).ok()?;
    Some(with_declarations(&plaintext, wrapper).unwrap_or(plaintext))
}

/// The plaintext with the namespace declarations of its place, if it cannot be read without them.
fn with_declarations(plaintext: &str, wrapper: Element<'_>) -> Option<String> {
    let source = Source::from_text(plaintext, &Limits::MESSAGE).ok()?;
    let document = parse_plaintext(&source, wrapper).ok()?;
    let root = document.root();
    let own = root.declarations();
    let needed: String = document
        .context()
        .iter()
        .filter(|outer| own.iter().all(|declared| declared.prefix != outer.prefix))
        .map(|outer| {
            let name = document.namespace_name(outer.namespace);
            let colon = if outer.prefix.is_empty() { "" } else { ":" };
            let name = name.replace('&', "&amp;").replace('"', "&quot;");
            format!(" xmlns{colon}{}=\"{name}\"", &*outer.prefix)
        })
        .collect();
    let start = root.source().get(1..)?;
    let end = start.find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/'))?;
    let (name, rest) = start.split_at_checked(end)?;
    (!needed.is_empty()).then(|| format!("<{name}{needed}{rest}"))
}

#[cfg(test)]
mod tests {
    use base64_simd::STANDARD;
    use rstest::rstest;

    use super::*;

    const RESPONSE: &str = r#"<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" IssueInstant="2026-11-24T09:00:00Z"><saml:Assertion><saml:Subject><saml:NameID>ada</saml:NameID></saml:Subject><saml:AttributeStatement><saml:Attribute Name="mail"><saml:AttributeValue>ada@acme.example</saml:AttributeValue><saml:AttributeValue><b/></saml:AttributeValue></saml:Attribute><saml:Attribute/></saml:AttributeStatement></saml:Assertion></samlp:Response>"#;

    #[test]
    fn an_unverified_message_is_read_without_a_key() {
        let message = UnverifiedMessage::parse(&STANDARD.encode_to_string(RESPONSE)).unwrap();
        assert_eq!(
            message,
            UnverifiedMessage {
                issued: parse_xs_date_time("2026-11-24T09:00:00Z"),
                name_id: Some("ada".to_owned()),
                attributes: vec![Attribute::new("mail", None, &["ada@acme.example"])],
                encrypted_for: Vec::new(),
                encrypted_with: Vec::new(),
            }
        );
    }

    #[rstest]
    fn unreadable_messages_yield_nothing(#[values("", "%", "PGE", "YQ==")] posted: &str) {
        assert_eq!(UnverifiedMessage::parse(posted), None);
    }

    #[test]
    fn an_unreadable_assertion_is_not_decrypted() {
        assert_eq!(
            decrypt_unverified_assertion(RESPONSE, &Decryption::default()),
            None
        );
        assert_eq!(
            decrypt_unverified_assertion("<a", &Decryption::default()),
            None
        );
    }

    #[test]
    fn only_a_message_that_is_not_a_response_is_a_wrong_kind() {
        assert_eq!(
            reject_wrong_message_kind(&STANDARD.encode_to_string(RESPONSE)),
            None
        );
        let request = r#"<AuthnRequest xmlns="urn:oasis:names:tc:SAML:2.0:protocol"/>"#;
        let found = reject_wrong_message_kind(&STANDARD.encode_to_string(request)).unwrap();
        assert_eq!(found.code(), "unexpected-authn-request");
        assert_eq!(reject_wrong_message_kind("YQ=="), None);
    }
}
