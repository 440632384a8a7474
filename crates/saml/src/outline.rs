//! A message written out for people, a line for each element.

use crate::xml::{Document, Element, Limits, Namespace, Node, Profile, Source};

/// One line of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// How deep it stands.
    pub depth: usize,
    /// The signed part that it belongs to, as the message has it; whether the signature is right is another question.
    pub part: Option<Part>,
    /// What stands on it.
    pub pieces: Vec<Piece>,
}

/// What a signature of the message says that it covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The whole response.
    Response,
    /// The assertion.
    Assertion,
}

/// A part of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Markup and values that name nobody.
    Plain(String),
    /// What may say something about a person.
    Personal(String),
    /// Signatures, certificates and ciphertexts, which nobody reads.
    Long(String),
}

/// A message with more lines is not written out to its end.
const MOST_LINES: usize = 4000;
/// A value that is longer is one that nobody reads.
const LONGEST: usize = 400;

/// Writes a message out; nothing when it is no XML that is read here.
#[must_use]
pub fn outline(message: &str) -> Option<Vec<Line>> {
    let source = Source::new(message.as_bytes(), &Limits::MESSAGE).ok()?;
    let document = Document::read(&source, Profile::Message, &Limits::MESSAGE).ok()?;
    let mut lines = Vec::new();
    write(document.root(), 0, None, &mut lines);
    Some(lines)
}

/// The parser has bounded the depth.
fn write(element: Element<'_>, depth: usize, around: Option<Part>, lines: &mut Vec<Line>) {
    if lines.len() >= MOST_LINES {
        return;
    }
    let part = if element.is(Namespace::DS, "Signature") {
        None
    } else {
        signed_part(element).or(around)
    };
    let start = start_tag(element.source());
    let tag = if element.local() == "SubjectLocality" {
        Piece::Personal(start.to_owned())
    } else {
        Piece::Plain(start.to_owned())
    };
    if start.ends_with("/>") {
        return push(lines, depth, part, vec![tag]);
    }
    let end = Piece::Plain(format!("</{}>", element.written_name()));
    if let Ok(value) = element.value() {
        let pieces = if value.is_empty() {
            vec![tag, end]
        } else {
            vec![tag, value_of(element, value), end]
        };
        return push(lines, depth, part, pieces);
    }
    push(lines, depth, part, vec![tag]);
    let below = depth.saturating_add(1);
    for node in element.nodes() {
        match node {
            Node::Element(child) => write(child, below, part, lines),
            Node::Text(text) if text.trim_ascii().is_empty() => {}
            Node::Text(text) => push(lines, below, part, vec![value_of(element, text)]),
            Node::Comment => push(
                lines,
                below,
                part,
                vec![Piece::Plain("<!-- … -->".to_owned())],
            ),
            Node::Instruction { target, .. } => {
                push(
                    lines,
                    below,
                    part,
                    vec![Piece::Plain(format!("<?{target} …?>"))],
                );
            }
        }
    }
    push(lines, depth, part, vec![end]);
}

fn push(lines: &mut Vec<Line>, depth: usize, part: Option<Part>, pieces: Vec<Piece>) {
    if lines.len() < MOST_LINES {
        lines.push(Line {
            depth,
            part,
            pieces,
        });
    }
}

/// The part that a signature directly in the element says that it covers.
fn signed_part(element: Element<'_>) -> Option<Part> {
    let part = if element.is(Namespace::SAMLP, "Response") {
        Part::Response
    } else if element.is(Namespace::SAML, "Assertion") {
        Part::Assertion
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
    let referred = reference.attribute("URI")?.strip_prefix('#')?;
    (element.attribute("ID") == Some(referred)).then_some(part)
}

fn value_of(element: Element<'_>, value: &str) -> Piece {
    let text = value.trim_ascii().to_owned();
    let names_a_person = element.namespace() == Namespace::SAML
        && matches!(element.local(), "NameID" | "BaseID" | "AttributeValue");
    let is_inside_a_value = || {
        let mut around = element.parent();
        while let Some(one) = around {
            if one.is(Namespace::SAML, "AttributeValue") {
                return true;
            }
            around = one.parent();
        }
        false
    };
    if names_a_person || is_inside_a_value() {
        Piece::Personal(text)
    } else if text.len() > LONGEST || element.namespace() == Namespace::DS && text.len() > 64 {
        Piece::Long(text)
    } else {
        Piece::Plain(text)
    }
}

/// The start tag with which an element's text begins.
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

    fn text(line: &Line) -> String {
        line.pieces
            .iter()
            .map(|piece| match piece {
                Piece::Plain(text) => text.clone(),
                Piece::Personal(text) => format!("({text})"),
                Piece::Long(text) => format!("[{text}]"),
            })
            .collect()
    }

    #[test]
    fn every_element_has_its_line_and_every_person_is_marked() {
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
    fn what_a_signature_refers_to_is_marked_but_for_the_signature() {
        let lines = outline(MESSAGE).unwrap();
        let marked: Vec<_> = lines
            .iter()
            .filter(|line| line.part == Some(Part::Assertion))
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
        assert!(lines.iter().all(|line| line.part != Some(Part::Response)));
    }

    #[test]
    fn what_is_not_xml_has_no_lines() {
        assert_eq!(outline("hello"), None);
        assert_eq!(outline("<!DOCTYPE a><a/>"), None);
    }
}
