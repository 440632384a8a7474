//! The structure of a signature, as restricted by SAML's signature profile (saml-core 5.4).

use super::digest::DigestAlgorithm;
use super::trust::Trust;
use crate::base64;
use crate::c14n::{Comments, Method};
use crate::certificate::{AlgorithmError, SignatureAlgorithm};
use crate::rejection::{Rejection, shorten, shorten_all};
use crate::xml::{Element, Namespace, Node, is_message_id};

const ENVELOPED: &str = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
const EXCLUSIVE: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";
const EXCLUSIVE_WITH_COMMENTS: &str = "http://www.w3.org/2001/10/xml-exc-c14n#WithComments";
const INCLUSIVE: &str = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
const INCLUSIVE_WITH_COMMENTS: &str =
    "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments";
const INCLUSIVE_1_1: &str = "http://www.w3.org/2006/12/xml-c14n11";
const INCLUSIVE_1_1_WITH_COMMENTS: &str = "http://www.w3.org/2006/12/xml-c14n11#WithComments";

/// The canonicalizations that are accepted.
const CANONICALIZATIONS: [&str; 6] = [
    EXCLUSIVE,
    EXCLUSIVE_WITH_COMMENTS,
    INCLUSIVE,
    INCLUSIVE_WITH_COMMENTS,
    INCLUSIVE_1_1,
    INCLUSIVE_1_1_WITH_COMMENTS,
];

/// The prefixes that an `InclusiveNamespaces` may list.
const MAX_PREFIXES: usize = 64;

/// A signature with a valid structure and accepted algorithms, not verified yet.
#[derive(Debug)]
pub(super) struct ParsedSignature<'d> {
    pub(super) signed_info: Element<'d>,
    pub(super) signed_info_method: Method<'d>,
    pub(super) signed_info_comments: Comments,
    pub(super) algorithm: SignatureAlgorithm,
    pub(super) value: Vec<u8>,
    /// The method for the signed element, always without comments: a reference to an ID selects none (XML Signature,
    /// 4.4.3.3), whatever the transform says.
    pub(super) method: Method<'d>,
    pub(super) digest: DigestAlgorithm,
    pub(super) digest_value: Vec<u8>,
    pub(super) key_info: Option<Element<'d>>,
}

impl<'d> ParsedSignature<'d> {
    /// Parses a signature that has to refer to its parent.
    pub(super) fn parse(
        signature: Element<'d>,
        parent: Element<'d>,
        trust: &Trust,
    ) -> Result<Self, Rejection> {
        let mut children = Children::new(signature)?;
        let signed_info = children.next("SignedInfo", "Signature must begin with SignedInfo")?;
        let value = children.next(
            "SignatureValue",
            "SignedInfo must be followed by SignatureValue",
        )?;
        let key_info = children.optional("KeyInfo");
        children.end("Signature contains more than SignedInfo, SignatureValue and KeyInfo")?;

        let mut children = Children::new(signed_info)?;
        let canonicalization = children.next(
            "CanonicalizationMethod",
            "SignedInfo must begin with CanonicalizationMethod",
        )?;
        let method = children.next(
            "SignatureMethod",
            "CanonicalizationMethod must be followed by SignatureMethod",
        )?;
        let reference =
            children.next("Reference", "SignatureMethod must be followed by Reference")?;
        children.end("SignedInfo contains more than one Reference")?;
        let reference = Reference::parse(reference, parent, trust)?;
        let (signed_info_method, signed_info_comments) = canonicalization_method(canonicalization)?;
        check_xml_base(parent, &signed_info_method)?;
        check_xml_base(parent, &reference.method)?;

        Ok(Self {
            signed_info,
            signed_info_method,
            signed_info_comments,
            algorithm: signature_algorithm(method, trust)?,
            value: decode_octets(value, "SignatureValue is not base64")?,
            method: reference.method,
            digest: reference.digest,
            digest_value: reference.digest_value,
            key_info,
        })
    }
}

struct Reference<'d> {
    method: Method<'d>,
    digest: DigestAlgorithm,
    digest_value: Vec<u8>,
}

impl<'d> Reference<'d> {
    fn parse(
        reference: Element<'d>,
        parent: Element<'d>,
        trust: &Trust,
    ) -> Result<Self, Rejection> {
        let id = parent.attribute("ID").unwrap_or_default();
        if !is_message_id(id) {
            let received = parent.attribute("ID").map(shorten);
            return Err(Rejection::InvalidId {
                element: parent.written_name(),
                received,
            });
        }
        let expected = format!("#{id}");
        let received = reference.attribute("URI");
        if received != Some(expected.as_str()) {
            if let Some(received) = received.filter(|uri| is_response_assertion_swap(parent, uri)) {
                return Err(Rejection::ReferenceMismatch {
                    expected: shorten(&expected),
                    received: shorten(received),
                });
            }
            return Err(Rejection::InvalidReference {
                expected: shorten(&expected),
                received: received.map(shorten),
            });
        }
        let mut children = Children::new(reference)?;
        let transforms = children.next("Transforms", "Reference must begin with Transforms")?;
        let digest_method = children.next(
            "DigestMethod",
            "Transforms must be followed by DigestMethod",
        )?;
        let digest_value = children.next(
            "DigestValue",
            "DigestMethod must be followed by DigestValue",
        )?;
        children.end("Reference contains more than Transforms, DigestMethod and DigestValue")?;
        Children::new(digest_method)?.end("DigestMethod contains parameters")?;
        Ok(Self {
            method: transform_method(transforms)?,
            digest: DigestAlgorithm::from_uri(algorithm(digest_method)?, trust)?,
            digest_value: decode_octets(digest_value, "DigestValue is not base64")?,
        })
    }
}

/// Whether the response's signature refers to the assertion, or the assertion's signature to the response.
fn is_response_assertion_swap(parent: Element<'_>, uri: &str) -> bool {
    let has_id = |element: Element<'_>| {
        element
            .attribute("ID")
            .is_some_and(|id| uri.strip_prefix('#') == Some(id))
    };
    if parent.is(Namespace::SAML, "Assertion") {
        return parent
            .parent()
            .is_some_and(|response| response.is(Namespace::SAMLP, "Response") && has_id(response));
    }
    parent
        .children()
        .any(|child| child.is(Namespace::SAML, "Assertion") && has_id(child))
}

/// Accepts enveloped-signature followed by one canonicalization (saml-core 5.4.4).
fn transform_method(transforms: Element<'_>) -> Result<Method<'_>, Rejection> {
    let not_allowed = || Rejection::TransformNotAllowed {
        received: shorten_all(
            transforms
                .children()
                .map(|transform| transform.attribute("Algorithm").unwrap_or_default()),
        ),
    };
    let mut children = Children::new(transforms)?;
    let enveloped = children.next("Transform", "Transforms must hold Transform elements")?;
    let Some(canonicalization) = children.optional("Transform") else {
        return Err(not_allowed());
    };
    if algorithm(enveloped)? != ENVELOPED
        || !CANONICALIZATIONS.contains(&algorithm(canonicalization)?)
    {
        return Err(not_allowed());
    }
    if children.end("").is_err() {
        return Err(not_allowed());
    }
    Children::new(enveloped)?.end("the enveloped-signature transform has parameters")?;
    canonicalization_method(canonicalization).map(|(method, _)| method)
}

fn canonicalization_method(element: Element<'_>) -> Result<(Method<'_>, Comments), Rejection> {
    let mut children = Children::new(element)?;
    let algorithm = algorithm(element)?;
    let comments = if algorithm.ends_with("WithComments") {
        Comments::Kept
    } else {
        Comments::LeftOut
    };
    match algorithm {
        EXCLUSIVE | EXCLUSIVE_WITH_COMMENTS => {
            let prefixes = match children.optional_in(Namespace::EXC_C14N, "InclusiveNamespaces") {
                Some(list) => prefix_list(list)?,
                None => Vec::new(),
            };
            children.end("a canonicalization has unknown parameters")?;
            Ok((Method::Exclusive(prefixes), comments))
        }
        INCLUSIVE | INCLUSIVE_WITH_COMMENTS => {
            children.end("a canonicalization has unknown parameters")?;
            Ok((Method::Inclusive, comments))
        }
        INCLUSIVE_1_1 | INCLUSIVE_1_1_WITH_COMMENTS => {
            children.end("a canonicalization has unknown parameters")?;
            Ok((Method::Inclusive11, comments))
        }
        other => Err(Rejection::CanonicalizationAlgorithmNotAllowed {
            received: shorten(other),
        }),
    }
}

/// Canonical XML 1.1 combines the `xml:base` attributes around the canonicalized element, which is not implemented.
///
/// `SignedInfo` stands inside `parent`, so an `xml:base` of `parent` is around it.
fn check_xml_base(parent: Element<'_>, method: &Method<'_>) -> Result<(), Rejection> {
    let mut next = (*method == Method::Inclusive11).then_some(parent);
    while let Some(element) = next {
        let has_base = element.attributes().iter().any(|attribute| {
            attribute.namespace() == Namespace::XML && attribute.local() == "base"
        });
        if has_base {
            return Err(malformed(
                "Canonical XML 1.1 is used where an element has an xml:base, which is not supported",
            ));
        }
        next = element.parent();
    }
    Ok(())
}

fn prefix_list(list: Element<'_>) -> Result<Vec<&str>, Rejection> {
    Children::new(list)?.end("InclusiveNamespaces is not empty")?;
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
    Children::new(method)?.end("SignatureMethod contains parameters")?;
    let uri = algorithm(method)?;
    SignatureAlgorithm::from_uri(uri, trust.sha1_exception()).map_err(|error| match error {
        AlgorithmError::Sha1 => Rejection::Sha1NotAllowed {
            received: shorten(uri),
        },
        AlgorithmError::Unknown => Rejection::SignatureAlgorithmNotAllowed {
            received: shorten(uri),
        },
    })
}

fn algorithm(element: Element<'_>) -> Result<&str, Rejection> {
    element
        .attribute("Algorithm")
        .ok_or(malformed("a method or transform has no Algorithm"))
}

/// Decodes base64 that may contain white space (`base64Binary` of XML Schema).
pub(super) fn decode_octets(
    element: Element<'_>,
    detail: &'static str,
) -> Result<Vec<u8>, Rejection> {
    let text = element
        .value()
        .map_err(|error| Rejection::from_value_error(&element.written_name(), error))?;
    let octets = base64::decode(text).ok_or_else(|| malformed(detail))?;
    if octets.is_empty() {
        Err(malformed(detail))
    } else {
        Ok(octets)
    }
}

const fn malformed(detail: &'static str) -> Rejection {
    Rejection::InvalidSignatureStructure { detail }
}

/// The child elements of an element, consumed in document order.
struct Children<'d> {
    rest: std::iter::Peekable<std::vec::IntoIter<Element<'d>>>,
}

impl<'d> Children<'d> {
    /// Rejects anything between the child elements but white space and comments.
    fn new(element: Element<'d>) -> Result<Self, Rejection> {
        let mut children = Vec::new();
        for node in element.nodes() {
            match node {
                Node::Element(child) => children.push(child),
                Node::Text(text) if text.trim_ascii().is_empty() => {}
                Node::Comment(_) => {}
                Node::Text(_) | Node::Instruction { .. } => {
                    return Err(malformed("text where only elements are allowed"));
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
