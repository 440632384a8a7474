//! A message as indented lines for display, one for each element.

use crate::response_envelope::is_quoted;
use crate::xml::{Document, Element, Limits, Namespace, Node, Profile, Source};

/// One line of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlineLine {
    /// The nesting depth.
    pub depth: usize,
    /// The part whose signature claims to cover this line. The signature is not verified.
    pub part: Option<SignedPart>,
    pub spans: Vec<OutlineSpan>,
}

/// The element that a signature claims to cover.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignedPart {
    Response,
    Assertion,
}

/// A part of a line, by how it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutlineSpan {
    /// Markup and values without personal data.
    Plain(String),
    /// Possibly personal data.
    Personal(String),
    /// Signatures, certificates and ciphertexts, which can be collapsed.
    Long(String),
}

/// The outline of a longer message is cut.
const MAX_LINES: usize = 4000;
/// In octets; a longer value is an [`OutlineSpan::Long`].
const MAX_SHORT_VALUE_LENGTH: usize = 400;

/// The lines of a message; none if it is not readable XML.
#[must_use]
pub fn outline(message: &str) -> Option<Vec<OutlineLine>> {
    let source = Source::from_text(message, &Limits::MESSAGE).ok()?;
    let document = Document::parse(&source, Profile::Message, &Limits::MESSAGE).ok()?;
    let mut lines = Vec::new();
    write_element(document.root(), 0, None, &mut lines);
    Some(lines)
}

/// Recursion is safe: the parser limits the depth.
fn write_element(
    element: Element<'_>,
    depth: usize,
    inherited: Option<SignedPart>,
    lines: &mut Vec<OutlineLine>,
) {
    if lines.len() >= MAX_LINES {
        return;
    }
    let part = if element.is(Namespace::DS, "Signature") {
        None
    } else {
        signed_part(element).or(inherited)
    };
    let start = start_tag(element.source());
    let tag = if element.local() == "SubjectLocality" {
        OutlineSpan::Personal(start.to_owned())
    } else {
        OutlineSpan::Plain(start.to_owned())
    };
    if start.ends_with("/>") {
        return push(lines, depth, part, vec![tag]);
    }
    let end = OutlineSpan::Plain(format!("</{}>", element.written_name()));
    if let Ok(value) = element.value() {
        let spans = if value.is_empty() {
            vec![tag, end]
        } else {
            vec![tag, value_of(element, value), end]
        };
        return push(lines, depth, part, spans);
    }
    push(lines, depth, part, vec![tag]);
    let below = depth.saturating_add(1);
    for node in element.nodes() {
        match node {
            Node::Element(child) => write_element(child, below, part, lines),
            Node::Text(text) if text.trim_ascii().is_empty() => {}
            Node::Text(text) => push(lines, below, part, vec![value_of(element, text)]),
            Node::Comment(_) => push(
                lines,
                below,
                part,
                vec![OutlineSpan::Plain("<!-- … -->".to_owned())],
            ),
            Node::Instruction { target, .. } => {
                push(
                    lines,
                    below,
                    part,
                    vec![OutlineSpan::Plain(format!("<?{target} …?>"))],
                );
            }
        }
    }
    push(lines, depth, part, vec![end]);
}

fn push(
    lines: &mut Vec<OutlineLine>,
    depth: usize,
    part: Option<SignedPart>,
    spans: Vec<OutlineSpan>,
) {
    if lines.len() < MAX_LINES {
        lines.push(OutlineLine { depth, part, spans });
    }
}

/// The part that a signature in the element claims to cover.
fn signed_part(element: Element<'_>) -> Option<SignedPart> {
    if is_quoted(element) {
        return None;
    }
    let part = if element.is(Namespace::SAMLP, "Response") {
        SignedPart::Response
    } else if element.is(Namespace::SAML, "Assertion") {
        SignedPart::Assertion
    } else {
        return None;
    };
    let signature = element
        .children()
        .find(|child| child.is(Namespace::DS, "Signature"))?;
    let info = signature
        .children()
        .find(|child| child.is(Namespace::DS, "SignedInfo"))?;
    let reference = info
        .children()
        .find(|child| child.is(Namespace::DS, "Reference"))?;
    let referenced_id = reference.attribute("URI")?.strip_prefix('#')?;
    (element.attribute("ID") == Some(referenced_id)).then_some(part)
}

fn value_of(element: Element<'_>, value: &str) -> OutlineSpan {
    let text = value.trim_ascii().to_owned();
    let is_personal = element.namespace() == Namespace::SAML
        && matches!(element.local(), "NameID" | "BaseID" | "AttributeValue");
    let is_inside_a_value = || {
        let mut next = element.parent();
        while let Some(ancestor) = next {
            if ancestor.is(Namespace::SAML, "AttributeValue") {
                return true;
            }
            next = ancestor.parent();
        }
        false
    };
    if is_personal || is_inside_a_value() {
        OutlineSpan::Personal(text)
    } else if text.len() > MAX_SHORT_VALUE_LENGTH
        || element.namespace() == Namespace::DS && text.len() > 64
    {
        OutlineSpan::Long(text)
    } else {
        OutlineSpan::Plain(text)
    }
}

/// The start tag of an element's source text.
fn start_tag(source: &str) -> &str {
    let mut quote = None;
    for (at, byte) in source.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return source.get(..=at).unwrap_or(source),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    source
}

#[cfg(test)]
mod tests {
    use super::*;

    const MESSAGE: &str = r##"<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" ID="_r"><saml:Issuer a="1>2">https://idp.example</saml:Issuer><saml:Assertion ID="_a"><ds:Signature><ds:SignedInfo><ds:Reference URI="#_a"/></ds:SignedInfo></ds:Signature><saml:NameID>ada</saml:NameID> tail</saml:Assertion></samlp:Response>"##;

    fn text(line: &OutlineLine) -> String {
        line.spans
            .iter()
            .map(|span| match span {
                OutlineSpan::Plain(text) => text.clone(),
                OutlineSpan::Personal(text) => format!("({text})"),
                OutlineSpan::Long(text) => format!("[{text}]"),
            })
            .collect()
    }

    #[test]
    fn each_element_has_a_line_and_personal_data_is_marked() {
        let lines = outline(MESSAGE).unwrap();
        let written: Vec<_> = lines.iter().skip(1).map(text).collect();
        assert_eq!(
            written,
            [
                "<saml:Issuer a=\"1>2\">https://idp.example</saml:Issuer>",
                "<saml:Assertion ID=\"_a\">",
                "<ds:Signature>",
                "<ds:SignedInfo>",
                "<ds:Reference URI=\"#_a\"/>",
                "</ds:SignedInfo>",
                "</ds:Signature>",
                "<saml:NameID>(ada)</saml:NameID>",
                "tail",
                "</saml:Assertion>",
                "</samlp:Response>",
            ]
        );
        let depths: Vec<_> = lines.iter().map(|line| line.depth).collect();
        assert_eq!(depths, [0, 1, 1, 2, 3, 4, 3, 2, 2, 2, 1, 0]);
    }

    #[test]
    fn the_signed_part_is_marked_without_its_signature() {
        let lines = outline(MESSAGE).unwrap();
        let marked: Vec<_> = lines
            .iter()
            .filter(|line| line.part == Some(SignedPart::Assertion))
            .map(text)
            .collect();
        assert_eq!(
            marked,
            [
                "<saml:Assertion ID=\"_a\">",
                "<saml:NameID>(ada)</saml:NameID>",
                "tail",
                "</saml:Assertion>"
            ]
        );
        assert!(
            lines
                .iter()
                .all(|line| line.part != Some(SignedPart::Response))
        );
    }

    #[test]
    fn a_text_that_is_not_xml_has_no_outline() {
        assert_eq!(outline("hello"), None);
        assert_eq!(outline("<!DOCTYPE a><a/>"), None);
    }
}
