use std::fmt;
use std::io::Read as _;

use flate2::read::DeflateDecoder;
use saml::xml::{Document, Element, Limits, Namespace, Profile, Source};

/// More than any request needs, and little enough for a bomb to be harmless.
const MOST_BYTES: u64 = 64 * 1024;

/// What a service provider asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct AuthnRequest {
    pub(super) id: String,
    pub(super) issuer: String,
    pub(super) acs_url: Option<String>,
    pub(super) force_authn: bool,
    pub(super) is_passive: bool,
}

/// Why a request cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Unreadable {
    Base64,
    Deflate,
    Xml(String),
    Missing(&'static str),
}

impl AuthnRequest {
    /// Reads what came in the query of an address (HTTP-Redirect).
    pub(super) fn from_redirect(saml_request: &str) -> Result<Self, Unreadable> {
        let mut document = Vec::new();
        DeflateDecoder::new(base64(saml_request)?.as_slice())
            .take(MOST_BYTES)
            .read_to_end(&mut document)
            .map_err(|_| Unreadable::Deflate)?;
        Self::read(&document)
    }

    /// Reads what came in a form (HTTP-POST).
    pub(super) fn from_post(saml_request: &str) -> Result<Self, Unreadable> {
        Self::read(&base64(saml_request)?)
    }

    fn read(document: &[u8]) -> Result<Self, Unreadable> {
        let xml = |error: saml::xml::XmlError| Unreadable::Xml(error.to_string());
        let source = Source::new(document, &Limits::MESSAGE).map_err(xml)?;
        let document = Document::read(&source, Profile::Message, &Limits::MESSAGE).map_err(xml)?;
        let root = document.root();
        if !root.is(Namespace::SAMLP, "AuthnRequest") {
            return Err(Unreadable::Missing("an AuthnRequest"));
        }
        let issuer = root
            .children()
            .find(|child| child.is(Namespace::SAML, "Issuer"))
            .and_then(|issuer| issuer.value().ok())
            .ok_or(Unreadable::Missing("an Issuer"))?;
        let id = root.attribute("ID").ok_or(Unreadable::Missing("an ID"))?;
        Ok(Self {
            id: id.to_owned(),
            issuer: issuer.to_owned(),
            acs_url: root
                .attribute("AssertionConsumerServiceURL")
                .map(str::to_owned),
            force_authn: is_true(root, "ForceAuthn"),
            is_passive: is_true(root, "IsPassive"),
        })
    }
}

fn base64(text: &str) -> Result<Vec<u8>, Unreadable> {
    base64_simd::forgiving_decode_to_vec(text.as_bytes()).map_err(|_| Unreadable::Base64)
}

fn is_true(element: Element<'_>, attribute: &str) -> bool {
    matches!(element.attribute(attribute), Some("true" | "1"))
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Base64 => f.write_str("SAMLRequest is not base64"),
            Self::Deflate => {
                f.write_str("SAMLRequest is not compressed as the HTTP-Redirect binding wants it")
            }
            Self::Xml(error) => write!(f, "SAMLRequest is not XML: {error}"),
            Self::Missing(what) => write!(f, "SAMLRequest has not {what}"),
        }
    }
}
