use std::io::Read as _;

use flate2::read::DeflateDecoder;
use saml::xml::{Document, Element, Limits, Namespace, Profile, Source, XmlError};

/// The limit for a decompressed request, against decompression bombs.
const MAX_REQUEST_BYTES: u64 = 64 * 1024;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct AuthnRequest {
    pub(super) id: String,
    pub(super) issuer: String,
    pub(super) acs_url: Option<String>,
    pub(super) force_authn: bool,
    pub(super) is_passive: bool,
}

#[derive(Debug, thiserror::Error)]
pub(super) enum AuthnRequestError {
    #[error("SAMLRequest is not base64")]
    Base64,
    #[error("SAMLRequest is not compressed with DEFLATE, as the HTTP-Redirect binding requires")]
    Deflate,
    #[error("SAMLRequest is not XML: {0}")]
    Xml(#[from] XmlError),
    #[error("SAMLRequest has no {0}")]
    Missing(&'static str),
}

impl AuthnRequest {
    /// Parses the `SAMLRequest` of a query (HTTP-Redirect binding).
    pub(super) fn from_redirect(saml_request: &str) -> Result<Self, AuthnRequestError> {
        let mut document = Vec::new();
        DeflateDecoder::new(decode_base64(saml_request)?.as_slice())
            .take(MAX_REQUEST_BYTES)
            .read_to_end(&mut document)
            .map_err(|_| AuthnRequestError::Deflate)?;
        Self::parse(&document)
    }

    /// Parses the `SAMLRequest` of a form (HTTP-POST binding).
    pub(super) fn from_post(saml_request: &str) -> Result<Self, AuthnRequestError> {
        Self::parse(&decode_base64(saml_request)?)
    }

    fn parse(document: &[u8]) -> Result<Self, AuthnRequestError> {
        let source = Source::new(document, &Limits::MESSAGE)?;
        let document = Document::parse(&source, Profile::Message, &Limits::MESSAGE)?;
        let root = document.root();
        if !root.is(Namespace::SAMLP, "AuthnRequest") {
            return Err(AuthnRequestError::Missing("AuthnRequest"));
        }
        let issuer = root
            .children()
            .find(|child| child.is(Namespace::SAML, "Issuer"))
            .and_then(|issuer| issuer.value().ok())
            .ok_or(AuthnRequestError::Missing("Issuer"))?;
        let id = root
            .attribute("ID")
            .ok_or(AuthnRequestError::Missing("ID"))?;
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

fn decode_base64(text: &str) -> Result<Vec<u8>, AuthnRequestError> {
    base64_simd::forgiving_decode_to_vec(text.as_bytes()).map_err(|_| AuthnRequestError::Base64)
}

fn is_true(element: Element<'_>, attribute: &str) -> bool {
    matches!(element.attribute(attribute), Some("true" | "1"))
}
