//! Signatures of SAML messages: one Reference to the parent element, listed algorithms, and only the configured keys
//! (saml-core 5.4). The rest of XML Signature is not implemented.

mod digest;
mod structure;
mod trust;

use digest::DigestSink;
use structure::ParsedSignature;
pub(crate) use trust::CertificateValidity;
pub use trust::{ExpiryPolicy, Trust};

use crate::c14n::{RelativeNamespace, canonicalize, canonicalize_whole};
use crate::certificate::Certificate;
use crate::rejection::{Hint, Rejection, shorten};
use crate::xml::{Element, Namespace, Node, XmlAttribute, trim};

/// An element that a trusted key has signed as a whole.
///
/// Only [`verify`] creates one, and the children of a `SignedElement` are signed too. Functions that interpret a
/// message take a `SignedElement`, so they cannot reach an unsigned element that an attacker added.
///
/// ```compile_fail
/// fn forge(element: saml::xml::Element<'_>) -> saml::dsig::SignedElement<'_> {
///     saml::dsig::SignedElement { element }
/// }
/// ```
///
/// ```compile_fail
/// fn parse(element: saml::xml::Element<'_>) {
///     saml::assertion::Assertion::parse(element);
/// }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct SignedElement<'d> {
    element: Element<'d>,
}

/// The result of [`verify`].
#[derive(Clone, Copy, Debug)]
pub struct VerifiedSignature<'d, 't> {
    pub signed: SignedElement<'d>,
    /// The configured certificate whose key made the signature.
    pub signer: &'t Certificate,
}

/// Verifies a signature that is a child of `parent` and has to cover all of `parent`.
///
/// The signature over `SignedInfo` is verified before the digest in `SignedInfo` is used.
pub fn verify<'d, 't>(
    signature: Element<'d>,
    parent: Element<'d>,
    trust: &'t Trust,
) -> Result<VerifiedSignature<'d, 't>, Rejection> {
    let parsed = ParsedSignature::parse(signature, parent, trust)?;
    let mut octets = Vec::with_capacity(1024);
    canonicalize_whole(
        parsed.signed_info,
        parsed.signed_info_comments,
        &parsed.signed_info_method,
        &mut octets,
    )
    .map_err(|error| invalid_canonicalization(&error))?;
    let signer = trust
        .certificates()
        .iter()
        .find(|certificate| {
            certificate
                .public_key()
                .verify(parsed.algorithm, &octets, &parsed.value)
                .is_ok()
        })
        .ok_or_else(|| signature_mismatch(parent, &parsed, trust))?;

    let mut digest = DigestSink::new(parsed.digest);
    canonicalize(parent, Some(signature), &parsed.method, &mut digest)
        .map_err(|error| invalid_canonicalization(&error))?;
    if digest.matches(&parsed.digest_value) {
        Ok(VerifiedSignature {
            signed: SignedElement { element: parent },
            signer,
        })
    } else {
        Err(Rejection::DigestMismatch {
            hint: Hint::ChangedInTransit,
            element: parent.written_name(),
        })
    }
}

fn invalid_canonicalization(error: &RelativeNamespace) -> Rejection {
    Rejection::InvalidCanonicalization {
        namespace: shorten(&error.0),
    }
}

fn signature_mismatch(
    parent: Element<'_>,
    parsed: &ParsedSignature<'_>,
    trust: &Trust,
) -> Rejection {
    Rejection::SignatureMismatch {
        element: parent.written_name(),
        expected: trust
            .certificates()
            .iter()
            .map(Certificate::sha256)
            .collect(),
        received: parsed
            .key_info
            .and_then(carried_certificate)
            .map(|certificate| certificate.sha256()),
    }
}

/// The certificate in the message: a hint for the administrator, never a trusted key.
fn carried_certificate(key_info: Element<'_>) -> Option<Certificate> {
    let data = key_info
        .children()
        .find(|child| child.is(Namespace::DS, "X509Data"))?;
    let certificate = data
        .children()
        .find(|child| child.is(Namespace::DS, "X509Certificate"))?;
    Certificate::from_der(&structure::decode_octets(certificate, "").ok()?).ok()
}

impl<'d> SignedElement<'d> {
    /// The plaintext counts as signed because the octets of `ciphertext` were signed.
    pub(crate) fn decrypted<'p>(_ciphertext: Self, plaintext: Element<'p>) -> SignedElement<'p> {
        SignedElement { element: plaintext }
    }

    /// Whether the element has this expanded name.
    #[must_use]
    pub fn is(self, namespace: Namespace, local: &str) -> bool {
        self.element.is(namespace, local)
    }

    /// The element's name as it is written, for error messages.
    #[must_use]
    pub fn written_name(self) -> String {
        self.element.written_name()
    }

    /// The value of an attribute that has no namespace.
    #[must_use]
    pub fn attribute(self, local: &str) -> Option<&'d str> {
        self.element.attribute(local)
    }

    /// The attributes without the namespace declarations.
    #[must_use]
    pub fn attributes(self) -> &'d [XmlAttribute<'d>] {
        self.element.attributes()
    }

    /// The child elements, all covered by the same signature, without the signature itself.
    pub fn children(self) -> impl Iterator<Item = Self> {
        let is_covered = |child: &Element<'_>| !child.is(Namespace::DS, "Signature");
        self.element
            .children()
            .filter(is_covered)
            .map(|element| Self { element })
    }

    /// Whether text other than white space stands between the child elements.
    #[must_use]
    pub fn has_text_between(self) -> bool {
        self.element
            .nodes()
            .any(|node| matches!(node, Node::Text(text) if !text.trim_ascii().is_empty()))
    }

    /// The element's content as one value, without white space around it.
    ///
    /// # Errors
    ///
    /// A comment or an element stands inside the value.
    pub fn value(self) -> Result<&'d str, Rejection> {
        self.element
            .value()
            .map(trim)
            .map_err(|error| Rejection::from_value_error(&self.element.written_name(), error))
    }

    /// The element without the guarantee that it is signed.
    pub(crate) fn element(self) -> Element<'d> {
        self.element
    }
}
