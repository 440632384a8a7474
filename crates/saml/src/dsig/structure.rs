//! The form of a signature, as narrow as SAML's profile of it (saml-core 5.4).

use super::digest::Algorithm;
use super::trust::Trust;
use crate::base64;
use crate::c14n::Method;
use crate::certificate::{AlgorithmError, SignatureAlgorithm};
use crate::rejection::{Rejection, shorten, shorten_all};
use crate::xml::{Element, Namespace, Node, is_ncname};

const ENVELOPED: &str = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
const EXCLUSIVE: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";
const INCLUSIVE: &str = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";

/// How many prefixes an `InclusiveNamespaces` may list.
const MAX_PREFIXES: usize = 64;

/// A signature whose parts are all there, each once, and whose algorithms are all accepted.
///
/// Nothing in it has been verified.
#[derive(Debug)]
pub(super) struct Structure<'d> {
    pub(super) signed_info: Element<'d>,
    pub(super) signed_info_method: Method<'d>,
    pub(super) algorithm: SignatureAlgorithm,
    pub(super) value: Vec<u8>,
    pub(super) method: Method<'d>,
    pub(super) digest: Algorithm,
    pub(super) digest_value: Vec<u8>,
    pub(super) key_info: Option<Element<'d>>,
}

impl<'d> Structure<'d> {
    /// Reads the signature that stands in `parent`, to which it has to refer.
    pub(super) fn read(
        signature: Element<'d>,
        parent: Element<'d>,
        trust: &Trust,
    ) -> Result<Self, Rejection> {
        let mut parts = Parts::of(signature)?;
        let signed_info = parts.next("SignedInfo", "Signature must begin with SignedInfo")?;
        let value = parts.next(
            "SignatureValue",
            "SignedInfo must be followed by SignatureValue",
        )?;
        let key_info = parts.optional("KeyInfo");
        parts.end("Signature holds more than SignedInfo, SignatureValue and KeyInfo")?;

        let mut parts = Parts::of(signed_info)?;
        let canonicalization = parts.next(
            "CanonicalizationMethod",
            "SignedInfo must begin with CanonicalizationMethod",
        )?;
        let method = parts.next(
            "SignatureMethod",
            "CanonicalizationMethod must be followed by SignatureMethod",
        )?;
        let reference = parts.next("Reference", "SignatureMethod must be followed by Reference")?;
        parts.end("SignedInfo holds more than one Reference")?;
        let reference = Reference::read(reference, parent, trust)?;

        Ok(Self {
            signed_info,
            signed_info_method: canonicalization_method(canonicalization)?,
            algorithm: signature_algorithm(method, trust)?,
            value: octets(value, "SignatureValue is not base64")?,
            method: reference.method,
            digest: reference.digest,
            digest_value: reference.digest_value,
            key_info,
        })
    }
}

struct Reference<'d> {
    method: Method<'d>,
    digest: Algorithm,
    digest_value: Vec<u8>,
}

impl<'d> Reference<'d> {
    fn read(reference: Element<'d>, parent: Element<'d>, trust: &Trust) -> Result<Self, Rejection> {
        let id = parent.attribute("ID").unwrap_or_default();
        if !is_ncname(id) {
            let received = parent.attribute("ID").map(shorten);
            return Err(Rejection::IdInvalid {
                element: parent.written_name(),
                received,
            });
        }
        let expected = format!("#{id}");
        let received = reference.attribute("URI");
        if received != Some(expected.as_str()) {
            if let Some(received) = received.filter(|uri| is_the_other(parent, uri)) {
                return Err(Rejection::ReferenceToOther {
                    expected: shorten(&expected),
                    received: shorten(received),
                });
            }
            return Err(Rejection::Reference {
                expected: shorten(&expected),
                received: received.map(shorten),
            });
        }
        let mut parts = Parts::of(reference)?;
        let transforms = parts.next("Transforms", "Reference must begin with Transforms")?;
        let digest_method = parts.next(
            "DigestMethod",
            "Transforms must be followed by DigestMethod",
        )?;
        let digest_value = parts.next(
            "DigestValue",
            "DigestMethod must be followed by DigestValue",
        )?;
        parts.end("Reference holds more than Transforms, DigestMethod and DigestValue")?;
        Parts::of(digest_method)?.end("DigestMethod holds parameters")?;
        Ok(Self {
            method: transform_method(transforms)?,
            digest: Algorithm::from_uri(algorithm(digest_method)?, trust)?,
            digest_value: octets(digest_value, "DigestValue is not base64")?,
        })
    }
}

/// Whether a reference means the assertion where the response stands, or the response where the assertion does.
fn is_the_other(parent: Element<'_>, uri: &str) -> bool {
    let has_id = |one: Element<'_>| {
        one.attribute("ID")
            .is_some_and(|id| uri.strip_prefix('#') == Some(id))
    };
    if parent.is(Namespace::SAML, "Assertion") {
        return parent
            .parent()
            .is_some_and(|around| around.is(Namespace::SAMLP, "Response") && has_id(around));
    }
    parent
        .children()
        .any(|child| child.is(Namespace::SAML, "Assertion") && has_id(child))
}

/// Enveloped-signature and then one canonicalisation: the two transforms of saml-core 5.4.4, in this order.
fn transform_method(transforms: Element<'_>) -> Result<Method<'_>, Rejection> {
    let refused = || Rejection::Transform {
        received: shorten_all(
            transforms
                .children()
                .map(|one| one.attribute("Algorithm").unwrap_or_default()),
        ),
    };
    let mut parts = Parts::of(transforms)?;
    let enveloped = parts.next("Transform", "Transforms must hold Transform elements")?;
    let Some(canonicalization) = parts.optional("Transform") else {
        return Err(refused());
    };
    if algorithm(enveloped)? != ENVELOPED
        || !matches!(algorithm(canonicalization)?, EXCLUSIVE | INCLUSIVE)
    {
        return Err(refused());
    }
    if parts.end("").is_err() {
        return Err(refused());
    }
    Parts::of(enveloped)?.end("the enveloped-signature transform has parameters")?;
    canonicalization_method(canonicalization)
}

fn canonicalization_method(element: Element<'_>) -> Result<Method<'_>, Rejection> {
    let mut parts = Parts::of(element)?;
    match algorithm(element)? {
        EXCLUSIVE => {
            let prefixes = match parts.optional_in(Namespace::EXC_C14N, "InclusiveNamespaces") {
                Some(list) => prefix_list(list)?,
                None => Vec::new(),
            };
            parts.end("a canonicalisation has unknown parameters")?;
            Ok(Method::Exclusive(prefixes))
        }
        INCLUSIVE => {
            parts.end("a canonicalisation has unknown parameters")?;
            Ok(Method::Inclusive)
        }
        other => Err(Rejection::CanonicalizationAlgorithm {
            received: shorten(other),
        }),
    }
}

fn prefix_list(list: Element<'_>) -> Result<Vec<&str>, Rejection> {
    Parts::of(list)?.end("InclusiveNamespaces holds something")?;
    let list = list
        .attribute("PrefixList")
        .ok_or(malformed("InclusiveNamespaces has no PrefixList"))?;
    let prefixes: Vec<_> = list
        .split_ascii_whitespace()
        .map(|prefix| if prefix == "#default" { "" } else { prefix })
        .collect();
    if prefixes.len() > MAX_PREFIXES {
        return Err(malformed(
            "PrefixList has more prefixes than any real message",
        ));
    }
    Ok(prefixes)
}

fn signature_algorithm(
    method: Element<'_>,
    trust: &Trust,
) -> Result<SignatureAlgorithm, Rejection> {
    Parts::of(method)?.end("SignatureMethod holds parameters")?;
    let uri = algorithm(method)?;
    SignatureAlgorithm::from_uri(uri, trust.sha1_exception()).map_err(|error| match error {
        AlgorithmError::Sha1 => Rejection::Sha1 {
            received: shorten(uri),
        },
        AlgorithmError::Unknown => Rejection::SignatureAlgorithm {
            received: shorten(uri),
        },
    })
}

fn algorithm(element: Element<'_>) -> Result<&str, Rejection> {
    element
        .attribute("Algorithm")
        .ok_or(malformed("a method or transform has no Algorithm"))
}

/// Reads base64 with white space in it, as XML Schema's `base64Binary` allows.
pub(super) fn octets(element: Element<'_>, detail: &'static str) -> Result<Vec<u8>, Rejection> {
    let text = element
        .value()
        .map_err(|error| Rejection::value(&element.written_name(), error))?;
    let octets = base64::decode(text).ok_or_else(|| malformed(detail))?;
    if octets.is_empty() {
        Err(malformed(detail))
    } else {
        Ok(octets)
    }
}

const fn malformed(detail: &'static str) -> Rejection {
    Rejection::SignatureStructure { detail }
}

/// The children of an element of a signature, taken one after the other.
struct Parts<'d> {
    rest: std::iter::Peekable<std::vec::IntoIter<Element<'d>>>,
}

impl<'d> Parts<'d> {
    /// Takes the child elements; anything between them but white space and comments is refused.
    fn of(element: Element<'d>) -> Result<Self, Rejection> {
        let mut children = Vec::new();
        for node in element.nodes() {
            match node {
                Node::Element(child) => children.push(child),
                Node::Text(text) if text.trim_ascii().is_empty() => {}
                Node::Comment => {}
                Node::Text(_) | Node::Instruction { .. } => {
                    return Err(malformed("text stands where only elements may"));
                }
            }
        }
        Ok(Self {
            rest: children.into_iter().peekable(),
        })
    }

    fn next(&mut self, local: &str, missing: &'static str) -> Result<Element<'d>, Rejection> {
        self.optional(local).ok_or_else(|| malformed(missing))
    }

    fn optional(&mut self, local: &str) -> Option<Element<'d>> {
        self.optional_in(Namespace::DS, local)
    }

    fn optional_in(&mut self, namespace: Namespace, local: &str) -> Option<Element<'d>> {
        self.rest.next_if(|element| element.is(namespace, local))
    }

    fn end(mut self, more: &'static str) -> Result<(), Rejection> {
        if self.rest.next().is_none() {
            Ok(())
        } else {
            Err(malformed(more))
        }
    }
}
