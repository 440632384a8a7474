//! Signatures of SAML messages: one Reference to the element around the signature, listed algorithms, and the
//! configured keys alone (saml-core 5.4). Nothing else of XML Signature exists here.

mod digest;
mod structure;
mod trust;

use digest::Digesting;
use structure::Structure;
pub use trust::{Expiry, Trust};

use crate::c14n::{RelativeNamespace, canonicalize};
use crate::certificate::Certificate;
use crate::rejection::{Rejection, Suspicion, shorten};
use crate::xml::{Attribute, Element, Namespace, Node};

/// An element that a trusted key has signed, whole.
///
/// [`verify`] makes one, and going down to a child keeps it. Whatever reads meaning out of a message asks for a
/// `Signed`, so an unsigned element that somebody planted beside the signed one is out of reach.
///
/// ```compile_fail
/// fn forge(element: saml::xml::Element<'_>) -> saml::dsig::Signed<'_> {
///     saml::dsig::Signed { element }
/// }
/// ```
///
/// ```compile_fail
/// fn believe(element: saml::xml::Element<'_>) {
///     saml::assertion::Assertion::read(element);
/// }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Signed<'d> {
    element: Element<'d>,
}

/// What a verified signature gives.
#[derive(Clone, Copy, Debug)]
pub struct Verified<'d, 't> {
    /// The element that was signed.
    pub signed: Signed<'d>,
    /// The configured certificate whose key made the signature.
    pub signer: &'t Certificate,
}

/// Verifies the signature that stands in `parent`, which has to cover all of `parent`.
///
/// The signature over `SignedInfo` is checked before the digest that `SignedInfo` states is looked at.
///
/// # Errors
///
/// The signature's form, its algorithms, the keys, or the octets are not right.
pub fn verify<'d, 't>(
    signature: Element<'d>,
    parent: Element<'d>,
    trust: &'t Trust,
) -> Result<Verified<'d, 't>, Rejection> {
    let structure = Structure::read(signature, parent, trust)?;
    let mut octets = Vec::with_capacity(1024);
    canonicalize(
        structure.signed_info,
        None,
        &structure.signed_info_method,
        &mut octets,
    )
    .map_err(|error| not_canonical(&error))?;
    let signer = trust
        .certificates()
        .iter()
        .find(|one| {
            one.public_key()
                .verify(structure.algorithm, &octets, &structure.value)
                .is_ok()
        })
        .ok_or_else(|| mismatch(parent, &structure, trust))?;

    let mut digesting = Digesting::new(structure.digest);
    canonicalize(parent, Some(signature), &structure.method, &mut digesting)
        .map_err(|error| not_canonical(&error))?;
    if digesting.is(&structure.digest_value) {
        Ok(Verified {
            signed: Signed { element: parent },
            signer,
        })
    } else {
        Err(Rejection::DigestMismatch {
            suspicion: Suspicion::Change,
            element: parent.written_name(),
        })
    }
}

fn not_canonical(error: &RelativeNamespace) -> Rejection {
    Rejection::Canonicalization {
        namespace: shorten(&error.0),
    }
}

fn mismatch(parent: Element<'_>, structure: &Structure<'_>, trust: &Trust) -> Rejection {
    Rejection::SignatureMismatch {
        element: parent.written_name(),
        expected: trust
            .certificates()
            .iter()
            .map(Certificate::sha256)
            .collect(),
        received: structure
            .key_info
            .and_then(claimed_certificate)
            .map(|one| one.sha256()),
    }
}

/// The certificate that the message carries: never a source of keys, only a hint for whoever repairs the connection.
fn claimed_certificate(key_info: Element<'_>) -> Option<Certificate> {
    let data = key_info
        .children()
        .find(|child| child.is(Namespace::DS, "X509Data"))?;
    let certificate = data
        .children()
        .find(|child| child.is(Namespace::DS, "X509Certificate"))?;
    Certificate::from_der(&structure::octets(certificate, "").ok()?).ok()
}

impl<'d> Signed<'d> {
    /// Vouches for an element that was decrypted from `ciphertext`, whose octets were signed.
    pub(crate) fn decrypted<'p>(_ciphertext: Self, plaintext: Element<'p>) -> Signed<'p> {
        Signed { element: plaintext }
    }

    /// Whether the element has this expanded name.
    #[must_use]
    pub fn is(self, namespace: Namespace, local: &str) -> bool {
        self.element.is(namespace, local)
    }

    /// The element's name as it is written, for messages to people.
    #[must_use]
    pub fn written_name(self) -> String {
        self.element.written_name()
    }

    /// The value of an attribute that has no namespace.
    #[must_use]
    pub fn attribute(self, local: &str) -> Option<&'d str> {
        self.element.attribute(local)
    }

    /// The attributes, namespace declarations left out.
    #[must_use]
    pub fn attributes(self) -> &'d [Attribute<'d>] {
        self.element.attributes()
    }

    /// The elements directly below, all covered by the same signature.
    ///
    /// The signature itself, which no signature covers, is left out.
    pub fn children(self) -> impl Iterator<Item = Self> {
        let covered = |child: &Element<'_>| !child.is(Namespace::DS, "Signature");
        self.element
            .children()
            .filter(covered)
            .map(|element| Self { element })
    }

    /// Whether text other than white space stands between the child elements.
    #[must_use]
    pub fn has_text_between(self) -> bool {
        self.element
            .nodes()
            .any(|node| matches!(node, Node::Text(text) if !text.trim_ascii().is_empty()))
    }

    /// The element's content as one value.
    ///
    /// # Errors
    ///
    /// A comment or an element stands inside the value.
    pub fn value(self) -> Result<&'d str, Rejection> {
        self.element
            .value()
            .map_err(|error| Rejection::value(&self.element.written_name(), error))
    }

    /// The element itself, for those who look and do not believe.
    pub(crate) fn element(self) -> Element<'d> {
        self.element
    }
}
