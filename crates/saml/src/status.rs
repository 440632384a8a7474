//! The status of a response (saml-core 3.2.2).

use crate::rejection::{Rejection, StructureProblem, shorten, shorten_all};
use crate::response_envelope::{ResponseEnvelope, invalid_structure, missing_element};
use crate::xml::{Element, Namespace, Node, trim};

impl ResponseEnvelope<'_> {
    /// Rejects a response in which the identity provider reports an error.
    pub(crate) fn check_status(&self) -> Result<(), Rejection> {
        const SUCCESS: &str = "urn:oasis:names:tc:SAML:2.0:status:Success";
        let codes = status_codes(self.status)?;
        if codes.first().is_some_and(|code| *code == SUCCESS) && codes.len() == 1 {
            return Ok(());
        }
        Err(Rejection::IdpErrorStatus {
            codes: shorten_all(codes),
            message: status_text(self.status, "StatusMessage"),
            detail: status_text(self.status, "StatusDetail"),
        })
    }
}

/// The chain of status codes, outermost first (saml-core 3.2.2.2).
fn status_codes(status: Element<'_>) -> Result<Vec<&str>, Rejection> {
    let mut codes = Vec::with_capacity(2);
    let mut parent = status;
    loop {
        let mut nested = parent
            .children()
            .filter(|child| child.is(Namespace::SAMLP, "StatusCode"));
        let Some(code) = nested.next() else { break };
        if nested.next().is_some() {
            return Err(invalid_structure(StructureProblem::Repeated, code, parent));
        }
        let value = code.attribute("Value").map(trim);
        codes.push(value.ok_or_else(|| {
            invalid_structure(StructureProblem::AttributeMissing("Value"), code, parent)
        })?);
        parent = code;
    }
    if codes.is_empty() {
        Err(missing_element("samlp:StatusCode", status))
    } else {
        Ok(codes)
    }
}

/// What the elements of a status with this name say, wherever in the status they stand: their text and the values of
/// their attributes.
fn status_text(status: Element<'_>, local: &str) -> Option<String> {
    let mut parts = Vec::new();
    collect_status_text(status, local, Quote::Searched, &mut parts);
    parts.dedup();
    let text = parts.join(" ");
    (!text.is_empty()).then(|| shorten(&text))
}

/// Whether the texts of an element belong to the one that is searched for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Quote {
    Searched,
    Found,
}

/// Recursion is safe: the parser limits the depth.
fn collect_status_text<'d>(
    element: Element<'d>,
    local: &str,
    quote: Quote,
    parts: &mut Vec<&'d str>,
) {
    for node in element.nodes() {
        match node {
            Node::Element(child) => {
                let inside = if child.local() == local {
                    Quote::Found
                } else {
                    quote
                };
                if inside == Quote::Found {
                    let values = child.attributes().iter().map(|a| trim(a.value()));
                    parts.extend(values.filter(|value| !value.is_empty()));
                }
                collect_status_text(child, local, inside, parts);
            }
            Node::Text(text) if quote == Quote::Found => {
                parts.extend(Some(trim(text)).filter(|text| !text.is_empty()));
            }
            Node::Text(_) | Node::Comment(_) | Node::Instruction { .. } => {}
        }
    }
}
