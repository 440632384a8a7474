//! What a posted message says of itself before anybody has verified it: for the story of a refusal, never for a
//! decision.

use crate::certificate::Certificate;
use crate::claims::Attribute;
use crate::decryption::Decryption;
use crate::rejection::{Misdirected, Rejection, shorten};
use crate::response::{describe, misdirected};
use crate::timestamp::Timestamp;
use crate::xml::{Document, Element, Limits, Namespace, Profile, Source};
use crate::{pem, post};

/// What a message says of itself, verified by nobody.
///
/// An administrator who looks for the reason of a refusal wants to know it; nothing else may rest on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unverified {
    /// When the response was written, by its sender's clock.
    pub issued: Option<Timestamp>,
    /// The first NameID that can be read.
    pub name_id: Option<String>,
    /// The attributes that can be read.
    pub attributes: Vec<Attribute>,
    /// The SHA-256 fingerprints of the certificates for which something was encrypted, where they are named.
    pub encrypted_for: Vec<String>,
    /// The algorithms with which something was encrypted, as they are named.
    pub encrypted_with: Vec<String>,
}

/// So many attributes are looked at, and so many values of each.
const MOST: usize = 100;

impl Unverified {
    /// Reads the value of a posted field; nothing when it is no XML that is read here.
    #[must_use]
    pub fn read(posted: &str) -> Option<Self> {
        let octets = post::decode(posted).ok()?;
        let source = Source::new(&octets, &Limits::MESSAGE).ok()?;
        let document = Document::read(&source, Profile::Message, &Limits::MESSAGE).ok()?;
        Some(Self {
            issued: document
                .root()
                .attribute("IssueInstant")
                .and_then(Timestamp::parse),
            name_id: document
                .elements()
                .find(|element| element.is(Namespace::SAML, "NameID"))
                .and_then(|element| element.value().ok())
                .map(shorten),
            attributes: document
                .elements()
                .filter(|element| element.is(Namespace::SAML, "Attribute"))
                .take(MOST)
                .filter_map(attribute)
                .collect(),
            encrypted_for: document
                .elements()
                .filter(|element| element.is(Namespace::XENC, "EncryptedKey"))
                .take(MOST)
                .filter_map(recipient)
                .collect(),
            encrypted_with: document
                .elements()
                .filter(|element| element.is(Namespace::XENC, "EncryptedData"))
                .take(MOST)
                .filter_map(algorithm)
                .collect(),
        })
    }
}

fn attribute(element: Element<'_>) -> Option<Attribute> {
    let values: Vec<&str> = element
        .children()
        .take(MOST)
        .filter_map(|value| value.value().ok())
        .collect();
    Some(Attribute::copy(
        element.attribute("Name")?,
        element.attribute("NameFormat"),
        &values,
    ))
}

fn algorithm(encrypted_data: Element<'_>) -> Option<String> {
    let method = encrypted_data
        .children()
        .find(|one| one.is(Namespace::XENC, "EncryptionMethod"))?;
    method.attribute("Algorithm").map(shorten)
}

/// The fingerprint of the certificate that an `EncryptedKey` names.
fn recipient(encrypted_key: Element<'_>) -> Option<String> {
    let info = encrypted_key
        .children()
        .find(|one| one.is(Namespace::DS, "KeyInfo"))?;
    let data = info
        .children()
        .find(|one| one.is(Namespace::DS, "X509Data"))?;
    let certificate = data
        .children()
        .find(|one| one.is(Namespace::DS, "X509Certificate"))?;
    let der = pem::decode(certificate.value().ok()?)?;
    Certificate::from_der(&der).ok().map(|one| one.sha256())
}

/// The octets that a posted field carries.
///
/// # Errors
///
/// When the field is not base64.
pub fn message(posted: &str) -> Result<Vec<u8>, Rejection> {
    post::decode(posted)
}

impl Misdirected {
    /// Which message a posted field carries, when it is none that this address is for.
    ///
    /// Gives what the refusal says; nothing when the field cannot be read, or carries a response.
    #[must_use]
    pub fn find(posted: &str) -> Option<Rejection> {
        let octets = post::decode(posted).ok()?;
        let source = Source::new(&octets, &Limits::MESSAGE).ok()?;
        let document = Document::read(&source, Profile::Message, &Limits::MESSAGE).ok()?;
        let root = document.root();
        let is_response = root.is(Namespace::SAMLP, "Response");
        (!is_response).then(|| Rejection::NotAResponse {
            what: misdirected(root),
            received: describe(root),
        })
    }
}

/// The assertion that a message holds encrypted, for whoever may read what was encrypted for these keys.
///
/// Nothing vouches for it. It is never given, in whole or by a difference of answers, to whoever sent the message.
#[must_use]
pub fn opened(message: &str, decryption: &Decryption) -> Option<String> {
    let source = Source::new(message.as_bytes(), &Limits::MESSAGE).ok()?;
    let document = Document::read(&source, Profile::Message, &Limits::MESSAGE).ok()?;
    let wrapper = document
        .root()
        .children()
        .find(|child| child.is(Namespace::SAML, "EncryptedAssertion"))?;
    String::from_utf8(decryption.open(wrapper).ok()?.octets).ok()
}

#[cfg(test)]
mod tests {
    use base64_simd::STANDARD;

    use super::*;

    const RESPONSE: &str = r#"<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" IssueInstant="2026-11-24T09:00:00Z"><saml:Assertion><saml:Subject><saml:NameID>ada</saml:NameID></saml:Subject><saml:AttributeStatement><saml:Attribute Name="mail"><saml:AttributeValue>ada@acme.example</saml:AttributeValue><saml:AttributeValue><b/></saml:AttributeValue></saml:Attribute><saml:Attribute/></saml:AttributeStatement></saml:Assertion></samlp:Response>"#;

    #[test]
    fn what_a_message_says_of_itself_can_be_had_without_a_key() {
        let read = Unverified::read(&STANDARD.encode_to_string(RESPONSE)).unwrap();
        assert_eq!(read.issued, Timestamp::parse("2026-11-24T09:00:00Z"));
        assert_eq!(read.name_id.as_deref(), Some("ada"));
        assert_eq!(
            read.attributes,
            [Attribute::copy("mail", None, &["ada@acme.example"])]
        );
        assert!(read.encrypted_for.is_empty() && read.encrypted_with.is_empty());
    }

    #[test]
    fn what_cannot_be_read_says_nothing() {
        for posted in ["", "%", "PGE", "YQ=="] {
            assert_eq!(Unverified::read(posted), None, "{posted}");
        }
        assert_eq!(opened(RESPONSE, &Decryption::default()), None);
        assert_eq!(opened("<a", &Decryption::default()), None);
    }

    #[test]
    fn a_response_is_not_misdirected_and_a_request_is() {
        assert_eq!(
            Misdirected::find(&STANDARD.encode_to_string(RESPONSE)),
            None
        );
        let request = r#"<AuthnRequest xmlns="urn:oasis:names:tc:SAML:2.0:protocol"/>"#;
        let found = Misdirected::find(&STANDARD.encode_to_string(request)).unwrap();
        assert_eq!(found.code(), "authn-request");
        assert_eq!(Misdirected::find("YQ=="), None);
    }
}
