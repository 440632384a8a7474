//! The response element itself: its header, its status, and the positions of its signature and assertion.

use jiff::Timestamp;

use crate::rejection::{Rejection, StructureProblem, WrongMessageKind, shorten};
use crate::xml::{Document, Element, Namespace, Node, is_message_id, trim};
use crate::xs_date_time::parse_xs_date_time;

/// A response with a valid structure, in which nothing has been verified.
#[derive(Debug)]
pub(crate) struct ResponseEnvelope<'d> {
    pub(crate) root: Element<'d>,
    pub(crate) issuer: Option<Element<'d>>,
    pub(crate) signature: Option<Element<'d>>,
    pub(crate) status: Element<'d>,
    assertions: Vec<Element<'d>>,
}

/// The assertion of a response, plain or encrypted.
#[derive(Clone, Copy, Debug)]
pub(crate) enum AssertionElement<'d> {
    Plain(Element<'d>),
    Encrypted(Element<'d>),
}

impl<'d> ResponseEnvelope<'d> {
    pub(crate) fn parse(document: &'d Document<'d>) -> Result<Self, Rejection> {
        let root = document.root();
        if !root.is(Namespace::SAMLP, "Response") {
            return Err(Rejection::NotAResponse {
                kind: wrong_message_kind(root),
                received: describe_message(root),
            });
        }
        check_identifiers(document)?;
        check_placement(document)?;
        check_header(root)?;
        let mut envelope = Self {
            root,
            issuer: None,
            signature: None,
            status: root,
            assertions: Vec::new(),
        };
        let mut status = None;
        for child in child_elements(root)? {
            let slot = match (child.namespace(), child.local()) {
                (Namespace::SAML, "Issuer") => &mut envelope.issuer,
                (Namespace::DS, "Signature") => &mut envelope.signature,
                (Namespace::SAMLP, "Status") => &mut status,
                (Namespace::SAMLP, "Extensions") => continue,
                (Namespace::SAML, "Assertion" | "EncryptedAssertion") => {
                    envelope.assertions.push(child);
                    continue;
                }
                _ => return Err(invalid_structure(StructureProblem::Unexpected, child, root)),
            };
            if slot.replace(child).is_some() {
                return Err(invalid_structure(StructureProblem::Repeated, child, root));
            }
        }
        envelope.status = status.ok_or_else(|| missing_element("samlp:Status", root))?;
        Ok(envelope)
    }

    pub(crate) fn assertion(&self) -> Result<AssertionElement<'d>, Rejection> {
        match self.assertions.as_slice() {
            [] => Err(Rejection::AssertionMissing),
            [plain] if plain.is(Namespace::SAML, "Assertion") => {
                Ok(AssertionElement::Plain(*plain))
            }
            [encrypted] => Ok(AssertionElement::Encrypted(*encrypted)),
            several => Err(Rejection::MultipleAssertions {
                received: several.len(),
            }),
        }
    }

    pub(crate) fn destination(&self) -> Option<&'d str> {
        self.root.attribute("Destination").map(trim)
    }

    pub(crate) fn in_response_to(&self) -> Option<&'d str> {
        self.root.attribute("InResponseTo")
    }
}

/// Checks that a decrypted document is one assertion, as strictly as for a plain one.
pub(crate) fn check_plaintext(document: &Document<'_>) -> Result<(), Rejection> {
    let root = document.root();
    if !root.is(Namespace::SAML, "Assertion") {
        return Err(invalid_structure(StructureProblem::Unexpected, root, root));
    }
    check_identifiers(document)?;
    check_placement(document)
}

/// Checks Version, ID and IssueInstant, which every message and every assertion has (saml-core 2.3.3 and 3.2.2).
/// Returns the IssueInstant.
pub(crate) fn check_header(element: Element<'_>) -> Result<Timestamp, Rejection> {
    let name = || element.written_name();
    let version = element.attribute("Version");
    if version != Some("2.0") {
        return Err(Rejection::UnsupportedVersion {
            element: name(),
            received: version.map(shorten),
        });
    }
    let id = element.attribute("ID");
    let is_short_enough =
        |id: &str| !element.is(Namespace::SAML, "Assertion") || id.chars().count() <= MAX_ID_LENGTH;
    if !id.is_some_and(|id| is_message_id(id) && is_short_enough(id)) {
        return Err(Rejection::InvalidId {
            element: name(),
            received: id.map(shorten),
        });
    }
    parse_timestamp(element.attribute("IssueInstant"), "IssueInstant")?.ok_or_else(|| {
        invalid_structure(
            StructureProblem::AttributeMissing("IssueInstant"),
            element,
            element,
        )
    })
}

/// In characters. Replay protection stores the ID of an assertion as a key; that of a response is not used.
const MAX_ID_LENGTH: usize = 256;

pub(crate) fn parse_timestamp(
    value: Option<&str>,
    field: &'static str,
) -> Result<Option<Timestamp>, Rejection> {
    let Some(text) = value else { return Ok(None) };
    match parse_xs_date_time(text) {
        Some(instant) => Ok(Some(instant)),
        None => Err(Rejection::InvalidTimestamp {
            field,
            received: shorten(text),
        }),
    }
}

/// The child elements. Rejects anything between them but white space and comments.
pub(crate) fn child_elements(parent: Element<'_>) -> Result<Vec<Element<'_>>, Rejection> {
    let mut elements = Vec::with_capacity(8);
    for node in parent.nodes() {
        match node {
            Node::Element(element) => elements.push(element),
            Node::Text(text) if text.trim_ascii().is_empty() => {}
            Node::Comment(_) => {}
            Node::Text(_) | Node::Instruction { .. } => {
                return Err(invalid_structure(StructureProblem::Text, parent, parent));
            }
        }
    }
    Ok(elements)
}

pub(crate) fn invalid_structure(
    problem: StructureProblem,
    element: Element<'_>,
    parent: Element<'_>,
) -> Rejection {
    Rejection::InvalidStructure {
        problem,
        element: element.written_name(),
        parent: parent.written_name(),
    }
}

pub(crate) fn missing_element(element: &str, parent: Element<'_>) -> Rejection {
    Rejection::InvalidStructure {
        problem: StructureProblem::Missing,
        element: element.to_owned(),
        parent: parent.written_name(),
    }
}

/// Rejects duplicate IDs, and attributes that other programs might mistake for an ID or another SAML attribute.
///
/// Programs disagree about which attributes are IDs, so every candidate counts.
fn check_identifiers(document: &Document<'_>) -> Result<(), Rejection> {
    let mut ids = Vec::with_capacity(8);
    for element in document.elements() {
        for attribute in element.attributes() {
            let is_saml_element = matches!(
                element.namespace(),
                Namespace::SAML | Namespace::SAMLP | Namespace::DS
            );
            if is_saml_element
                && attribute.namespace() != Namespace::NONE
                && is_core_attribute(attribute.local())
            {
                return Err(Rejection::AmbiguousAttribute {
                    element: element.written_name(),
                    attribute: attribute.local().to_owned(),
                });
            }
            if is_id_like(attribute.local()) {
                ids.push(attribute.value());
            }
        }
    }
    ids.sort_unstable();
    let duplicate = ids.windows(2).find_map(|pair| match pair {
        [a, b] if a == b => Some(*a),
        _ => None,
    });
    duplicate.map_or(Ok(()), |id| Err(Rejection::DuplicateId { id: shorten(id) }))
}

fn is_id_like(local: &str) -> bool {
    local.eq_ignore_ascii_case("ID") || matches!(local, "AssertionID" | "RequestID" | "ResponseID")
}

fn is_core_attribute(local: &str) -> bool {
    matches!(
        local,
        "ID" | "Version"
            | "IssueInstant"
            | "Destination"
            | "InResponseTo"
            | "Recipient"
            | "NotBefore"
            | "NotOnOrAfter"
            | "Name"
            | "Value"
            | "Method"
            | "Algorithm"
            | "URI"
    )
}

/// Each encrypted key costs a decryption with each of our keys.
const MAX_ENCRYPTED_KEYS: usize = 32;

/// Rejects signatures and assertions in places where SAML has none, and too many encrypted keys.
///
/// Advice may quote other assertions with their signatures (saml-core 2.6.1). They are never read.
fn check_placement(document: &Document<'_>) -> Result<(), Rejection> {
    let root = document.root();
    let mut assertions: usize = 0;
    let mut encrypted_keys: usize = 0;
    for element in document.elements() {
        let Some(parent) = element.parent() else {
            continue;
        };
        let below_root = parent.is_same(root) && root.is(Namespace::SAMLP, "Response");
        match (element.namespace(), element.local()) {
            (Namespace::DS, "Signature")
                if !below_root && !is_assertion_in_its_place(parent, root) =>
            {
                return Err(Rejection::SignatureMisplaced {
                    parent: parent.written_name(),
                });
            }
            (Namespace::SAML, "Assertion" | "EncryptedAssertion") => {
                assertions = assertions.saturating_add(1);
                if !below_root && !parent.is(Namespace::SAML, "Advice") {
                    return Err(Rejection::MultipleAssertions {
                        received: assertions.max(2),
                    });
                }
            }
            (Namespace::SAMLP, "Response") => {
                return Err(invalid_structure(
                    StructureProblem::Unexpected,
                    element,
                    parent,
                ));
            }
            (Namespace::XENC, "EncryptedKey") => {
                encrypted_keys = encrypted_keys.saturating_add(1);
                if encrypted_keys > MAX_ENCRYPTED_KEYS {
                    return Err(Rejection::InvalidEncryptionStructure {
                        detail: "the document contains more than 32 EncryptedKeys",
                    });
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// Whether an element is the assertion of the document, or one that its Advice quotes.
fn is_assertion_in_its_place(element: Element<'_>, root: Element<'_>) -> bool {
    let mut assertion = element;
    loop {
        if !assertion.is(Namespace::SAML, "Assertion") {
            return false;
        }
        let Some(parent) = assertion.parent().filter(|parent| !parent.is_same(root)) else {
            return true;
        };
        match parent.parent() {
            Some(quoting) if parent.is(Namespace::SAML, "Advice") => assertion = quoting,
            Some(_) | None => return false,
        }
    }
}

/// Whether the element stands inside Advice, which only quotes and is never believed.
pub(crate) fn is_quoted(element: Element<'_>) -> bool {
    let mut next = Some(element);
    while let Some(ancestor) = next {
        if ancestor.is(Namespace::SAML, "Advice") {
            return true;
        }
        next = ancestor.parent();
    }
    false
}

pub(crate) fn wrong_message_kind(root: Element<'_>) -> WrongMessageKind {
    match (root.namespace(), root.local()) {
        (Namespace::SAMLP, "LogoutResponse") => WrongMessageKind::LogoutResponse,
        (Namespace::SAMLP, "LogoutRequest") => WrongMessageKind::LogoutRequest,
        (Namespace::SAMLP, "AuthnRequest") => WrongMessageKind::AuthnRequest,
        (Namespace::MD, _) => WrongMessageKind::Metadata,
        _ => WrongMessageKind::Other,
    }
}

/// Describes a document that is not a response, for the administrator.
pub(crate) fn describe_message(root: Element<'_>) -> String {
    let what = match (root.namespace(), root.local()) {
        (Namespace::SAMLP, "LogoutResponse") => {
            "a LogoutResponse, which belongs to the single logout service"
        }
        (Namespace::SAMLP, "LogoutRequest") => {
            "a LogoutRequest, which belongs to the single logout service"
        }
        (Namespace::SAMLP, "AuthnRequest") => "an AuthnRequest, which service providers send",
        (Namespace::SAMLP, "ArtifactResponse") => {
            "an ArtifactResponse, whose binding is not supported"
        }
        (Namespace::SAML, "Assertion") => "an Assertion without a Response around it",
        (Namespace::MD, _) => "SAML metadata",
        _ => return format!("the document element {:?}", root.written_name()),
    };
    what.to_owned()
}
