//! The outside of a response: what it is, what it claims, and where its signatures and its assertion stand.

use crate::rejection::{Misdirected, Problem, Rejection, shorten, shorten_all};
use crate::timestamp::Timestamp;
use crate::xml::{Document, Element, Namespace, Node, is_ncname};

/// A response whose form is right and in which nothing has been verified.
#[derive(Debug)]
pub(crate) struct Claimed<'d> {
    pub(crate) root: Element<'d>,
    pub(crate) issuer: Option<Element<'d>>,
    pub(crate) signature: Option<Element<'d>>,
    pub(crate) status: Element<'d>,
    contents: Vec<Element<'d>>,
}

/// How a response carries its assertion.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Content<'d> {
    Plain(Element<'d>),
    Encrypted(Element<'d>),
}

impl<'d> Claimed<'d> {
    /// Reads the outside of the document.
    pub(crate) fn read(document: &'d Document<'d>) -> Result<Self, Rejection> {
        let root = document.root();
        if !root.is(Namespace::SAMLP, "Response") {
            return Err(Rejection::NotAResponse {
                what: misdirected(root),
                received: describe(root),
            });
        }
        check_identifiers(document)?;
        check_places(document)?;
        check_header(root)?;
        let mut claimed = Self {
            root,
            issuer: None,
            signature: None,
            status: root,
            contents: Vec::new(),
        };
        let mut status = None;
        for child in elements_of(root)? {
            let place = match (child.namespace(), child.local()) {
                (Namespace::SAML, "Issuer") => &mut claimed.issuer,
                (Namespace::DS, "Signature") => &mut claimed.signature,
                (Namespace::SAMLP, "Status") => &mut status,
                (Namespace::SAMLP, "Extensions") => continue,
                (Namespace::SAML, "Assertion" | "EncryptedAssertion") => {
                    claimed.contents.push(child);
                    continue;
                }
                _ => return Err(structure(Problem::Unexpected, child, root)),
            };
            if place.replace(child).is_some() {
                return Err(structure(Problem::Repeated, child, root));
            }
        }
        claimed.status = status.ok_or_else(|| missing("samlp:Status", root))?;
        Ok(claimed)
    }

    /// Refuses a response in which the identity provider reports an error.
    pub(crate) fn check_status(&self) -> Result<(), Rejection> {
        const SUCCESS: &str = "urn:oasis:names:tc:SAML:2.0:status:Success";
        let codes = status_codes(self.status)?;
        if codes.first().is_some_and(|code| *code == SUCCESS) && codes.len() == 1 {
            return Ok(());
        }
        let message = self
            .status
            .children()
            .find(|child| child.is(Namespace::SAMLP, "StatusMessage"));
        let message = message
            .and_then(|element| element.value().ok())
            .map(shorten);
        Err(Rejection::Status {
            codes: shorten_all(codes),
            message,
        })
    }

    /// The one assertion.
    pub(crate) fn content(&self) -> Result<Content<'d>, Rejection> {
        match self.contents.as_slice() {
            [] => Err(Rejection::AssertionMissing),
            [one] if one.is(Namespace::SAML, "Assertion") => Ok(Content::Plain(*one)),
            [one] => Ok(Content::Encrypted(*one)),
            several => Err(Rejection::AssertionMultiple {
                received: several.len(),
            }),
        }
    }

    pub(crate) fn destination(&self) -> Option<&'d str> {
        self.root.attribute("Destination")
    }

    pub(crate) fn in_response_to(&self) -> Option<&'d str> {
        self.root.attribute("InResponseTo")
    }
}

/// Reads a decrypted document as what it must be: one assertion, as strictly as if it had come in the open.
pub(crate) fn check_plaintext(document: &Document<'_>) -> Result<(), Rejection> {
    let root = document.root();
    if !root.is(Namespace::SAML, "Assertion") {
        return Err(structure(Problem::Unexpected, root, root));
    }
    check_identifiers(document)?;
    check_places(document)
}

/// Version, ID and IssueInstant, which every message and every assertion has (saml-core 2.3.3 and 3.2.2); gives the
/// last of them.
pub(crate) fn check_header(element: Element<'_>) -> Result<Timestamp, Rejection> {
    let name = || element.written_name();
    let version = element.attribute("Version");
    if version != Some("2.0") {
        return Err(Rejection::Version {
            element: name(),
            received: version.map(shorten),
        });
    }
    let id = element.attribute("ID");
    if !id.is_some_and(|id| is_ncname(id) && id.len() <= MAX_ID) {
        return Err(Rejection::IdInvalid {
            element: name(),
            received: id.map(shorten),
        });
    }
    timestamp(element.attribute("IssueInstant"), "IssueInstant")?
        .ok_or_else(|| structure(Problem::AttributeMissing("IssueInstant"), element, element))
}

/// The longest ID that is taken: it becomes a key of the memory against replay.
const MAX_ID: usize = 256;

pub(crate) fn timestamp(
    value: Option<&str>,
    field: &'static str,
) -> Result<Option<Timestamp>, Rejection> {
    let Some(text) = value else { return Ok(None) };
    match Timestamp::parse(text) {
        Some(instant) => Ok(Some(instant)),
        None => Err(Rejection::Timestamp {
            field,
            received: shorten(text),
        }),
    }
}

/// The child elements, when nothing but white space and comments stands between them.
pub(crate) fn elements_of(parent: Element<'_>) -> Result<Vec<Element<'_>>, Rejection> {
    let mut elements = Vec::with_capacity(8);
    for node in parent.nodes() {
        match node {
            Node::Element(element) => elements.push(element),
            Node::Text(text) if text.trim_ascii().is_empty() => {}
            Node::Comment => {}
            Node::Text(_) | Node::Instruction { .. } => {
                return Err(structure(Problem::Text, parent, parent));
            }
        }
    }
    Ok(elements)
}

pub(crate) fn structure(problem: Problem, element: Element<'_>, parent: Element<'_>) -> Rejection {
    Rejection::Structure {
        problem,
        element: element.written_name(),
        parent: parent.written_name(),
    }
}

pub(crate) fn missing(element: &str, parent: Element<'_>) -> Rejection {
    Rejection::Structure {
        problem: Problem::Missing,
        element: element.to_owned(),
        parent: parent.written_name(),
    }
}

/// Refuses two elements with one ID, and attributes that other programs might take for an ID or another of SAML's.
///
/// Programs disagree about which attributes are IDs, so every attribute that any of them might mean counts.
fn check_identifiers(document: &Document<'_>) -> Result<(), Rejection> {
    let mut ids = Vec::with_capacity(8);
    for element in document.elements() {
        for attribute in element.attributes() {
            let core = matches!(
                element.namespace(),
                Namespace::SAML | Namespace::SAMLP | Namespace::DS
            );
            if core
                && attribute.namespace() != Namespace::NONE
                && is_core_attribute(attribute.local())
            {
                return Err(Rejection::AttributeAmbiguous {
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
    let twice = ids.windows(2).find_map(|pair| match pair {
        [a, b] if a == b => Some(*a),
        _ => None,
    });
    twice.map_or(Ok(()), |id| Err(Rejection::DuplicateId { id: shorten(id) }))
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

/// How many content keys a document may carry: each costs us a decryption with each of our keys.
const MAX_ENCRYPTED_KEYS: usize = 32;

/// Refuses signatures and assertions in places where SAML has none, and more encrypted keys than any real message.
///
/// Advice may quote other assertions (saml-core 2.6.1); they are never read, and may not be signed here.
fn check_places(document: &Document<'_>) -> Result<(), Rejection> {
    let root = document.root();
    let mut assertions: usize = 0;
    let mut encrypted_keys: usize = 0;
    for element in document.elements() {
        let Some(parent) = element.parent() else {
            continue;
        };
        let below_root = parent.is_same(root) && root.is(Namespace::SAMLP, "Response");
        match (element.namespace(), element.local()) {
            (Namespace::DS, "Signature") => {
                let of_assertion = parent.is(Namespace::SAML, "Assertion")
                    && parent.parent().is_none_or(|around| around.is_same(root));
                if !below_root && !of_assertion {
                    return Err(Rejection::SignatureMisplaced {
                        parent: parent.written_name(),
                    });
                }
            }
            (Namespace::SAML, "Assertion" | "EncryptedAssertion") => {
                assertions = assertions.saturating_add(1);
                if !below_root && !parent.is(Namespace::SAML, "Advice") {
                    return Err(Rejection::AssertionMultiple {
                        received: assertions.max(2),
                    });
                }
            }
            (Namespace::SAMLP, "Response") => {
                return Err(structure(Problem::Unexpected, element, parent));
            }
            (Namespace::XENC, "EncryptedKey") => {
                encrypted_keys = encrypted_keys.saturating_add(1);
                if encrypted_keys > MAX_ENCRYPTED_KEYS {
                    return Err(Rejection::EncryptionStructure {
                        detail: "the document holds more than 32 EncryptedKeys",
                    });
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// The chain of status codes, outermost first (saml-core 3.2.2.2).
fn status_codes(status: Element<'_>) -> Result<Vec<&str>, Rejection> {
    let mut codes = Vec::with_capacity(2);
    let mut around = status;
    loop {
        let mut inside = around
            .children()
            .filter(|child| child.is(Namespace::SAMLP, "StatusCode"));
        let Some(code) = inside.next() else { break };
        if inside.next().is_some() {
            return Err(structure(Problem::Repeated, code, around));
        }
        let value = code.attribute("Value");
        codes.push(
            value.ok_or_else(|| structure(Problem::AttributeMissing("Value"), code, around))?,
        );
        around = code;
    }
    if codes.is_empty() {
        Err(missing("samlp:StatusCode", status))
    } else {
        Ok(codes)
    }
}

/// Which of the messages that come here by mistake a document is.
pub(crate) fn misdirected(root: Element<'_>) -> Misdirected {
    match (root.namespace(), root.local()) {
        (Namespace::SAMLP, "LogoutResponse") => Misdirected::LogoutResponse,
        (Namespace::SAMLP, "LogoutRequest") => Misdirected::LogoutRequest,
        (Namespace::SAMLP, "AuthnRequest") => Misdirected::AuthnRequest,
        (Namespace::MD, _) => Misdirected::Metadata,
        _ => Misdirected::Other,
    }
}

/// What a document is, in words for whoever sent the wrong one.
pub(crate) fn describe(root: Element<'_>) -> String {
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
