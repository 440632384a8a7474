//! Writes all XML output of this crate.
//!
//! A tree of [`ElementBuilder`]s is written in exclusive canonical form, so the signed octets are the written octets,
//! and every value is escaped.

/// A namespace of written XML, with its fixed prefix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Vocabulary {
    /// The algorithms that a SAML 2.0 entity supports (sstc-saml-metadata-algsupport).
    Alg,
    /// XML Signature.
    Ds,
    /// SAML 2.0 metadata.
    Md,
    /// What SAML 2.0 metadata tells users (sstc-saml-metadata-ui).
    Mdui,
    /// SAML 2.0 assertions.
    Saml,
    /// SAML 2.0 protocol.
    Samlp,
    /// The namespace of `xml:lang`; it needs no declaration.
    Xml,
}

/// An element to be written.
#[derive(Clone, Debug)]
pub struct ElementBuilder {
    vocabulary: Vocabulary,
    name: &'static str,
    attributes: Vec<OutputAttribute>,
    content: Vec<OutputNode>,
}

/// A value has a character that is not allowed in XML.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the character U+{:04X} cannot stand in XML", u32::from(*.0))]
pub struct ForbiddenCharacter(pub char);

#[derive(Clone, Debug)]
struct OutputAttribute {
    vocabulary: Option<Vocabulary>,
    name: &'static str,
    value: String,
}

#[derive(Clone, Debug)]
enum OutputNode {
    Element(ElementBuilder),
    Text(String),
}

impl Vocabulary {
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::Alg => "alg",
            Self::Ds => "ds",
            Self::Md => "md",
            Self::Mdui => "mdui",
            Self::Saml => "saml",
            Self::Samlp => "samlp",
            Self::Xml => "xml",
        }
    }

    pub const fn uri(self) -> &'static str {
        match self {
            Self::Alg => "urn:oasis:names:tc:SAML:metadata:algsupport",
            Self::Ds => "http://www.w3.org/2000/09/xmldsig#",
            Self::Md => "urn:oasis:names:tc:SAML:2.0:metadata",
            Self::Mdui => "urn:oasis:names:tc:SAML:metadata:ui",
            Self::Saml => "urn:oasis:names:tc:SAML:2.0:assertion",
            Self::Samlp => "urn:oasis:names:tc:SAML:2.0:protocol",
            Self::Xml => "http://www.w3.org/XML/1998/namespace",
        }
    }
}

impl ElementBuilder {
    /// The name is `'static` because it must never come from input.
    pub const fn new(vocabulary: Vocabulary, name: &'static str) -> Self {
        Self {
            vocabulary,
            name,
            attributes: Vec::new(),
            content: Vec::new(),
        }
    }

    /// Adds an attribute without a namespace.
    #[must_use]
    pub fn attribute(self, name: &'static str, value: impl Into<String>) -> Self {
        self.with(OutputAttribute {
            vocabulary: None,
            name,
            value: value.into(),
        })
    }

    /// Adds an attribute with a namespace, such as `xml:lang`.
    #[must_use]
    pub fn qualified(
        self,
        vocabulary: Vocabulary,
        name: &'static str,
        value: impl Into<String>,
    ) -> Self {
        self.with(OutputAttribute {
            vocabulary: Some(vocabulary),
            name,
            value: value.into(),
        })
    }

    /// Appends text.
    #[must_use]
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.content.push(OutputNode::Text(text.into()));
        self
    }

    /// Appends a child.
    #[must_use]
    pub fn child(mut self, child: Self) -> Self {
        self.content.push(OutputNode::Element(child));
        self
    }

    /// Appends several children.
    #[must_use]
    pub fn children(mut self, children: impl IntoIterator<Item = Self>) -> Self {
        self.content
            .extend(children.into_iter().map(OutputNode::Element));
        self
    }

    /// Inserts a child before the others.
    #[must_use]
    pub(crate) fn child_first(mut self, child: Self) -> Self {
        self.content.insert(0, OutputNode::Element(child));
        self
    }

    /// Inserts a child after the first one, where SAML's schema requires the signature.
    #[must_use]
    pub(crate) fn child_after_first(mut self, child: Self) -> Self {
        let position = self.content.len().min(1);
        self.content.insert(position, OutputNode::Element(child));
        self
    }

    /// Writes the element in exclusive canonical form.
    pub fn write(&self) -> Result<String, ForbiddenCharacter> {
        let mut writer = Writer {
            out: String::new(),
            declared: Vec::new(),
        };
        writer.write_element(self)?;
        Ok(writer.out)
    }

    /// Replaces an earlier attribute of the same name.
    fn with(mut self, attribute: OutputAttribute) -> Self {
        self.attributes
            .retain(|other| other.key() != attribute.key());
        self.attributes.push(attribute);
        self
    }

    /// The vocabularies that need a declaration here or at an ancestor.
    fn visibly_used(&self) -> Vec<Vocabulary> {
        let mut used: Vec<_> = self
            .attributes
            .iter()
            .filter_map(|attribute| attribute.vocabulary)
            .collect();
        used.push(self.vocabulary);
        used.retain(|vocabulary| *vocabulary != Vocabulary::Xml);
        used.sort_by_key(|vocabulary| vocabulary.prefix());
        used.dedup();
        used
    }
}

impl OutputAttribute {
    /// The sort key of canonical form: namespace name (none first), then local name.
    const fn key(&self) -> (&'static str, &'static str) {
        match self.vocabulary {
            None => ("", self.name),
            Some(vocabulary) => (vocabulary.uri(), self.name),
        }
    }
}

struct Writer {
    out: String,
    /// The declarations of the open elements.
    declared: Vec<Vocabulary>,
}

impl Writer {
    fn write_element(&mut self, element: &ElementBuilder) -> Result<(), ForbiddenCharacter> {
        let outer = self.declared.len();
        self.out.push('<');
        self.write_name(Some(element.vocabulary), element.name);
        for vocabulary in element.visibly_used() {
            self.declare(vocabulary);
        }
        let mut attributes: Vec<_> = element.attributes.iter().collect();
        attributes.sort_by_key(|attribute| attribute.key());
        for attribute in attributes {
            self.out.push(' ');
            self.write_name(attribute.vocabulary, attribute.name);
            self.out.push_str("=\"");
            self.write_escaped(&attribute.value, escape_in_attribute)?;
            self.out.push('"');
        }
        self.out.push('>');
        for content in &element.content {
            match content {
                OutputNode::Element(child) => self.write_element(child)?,
                OutputNode::Text(text) => self.write_escaped(text, escape_in_text)?,
            }
        }
        self.out.push_str("</");
        self.write_name(Some(element.vocabulary), element.name);
        self.out.push('>');
        self.declared.truncate(outer);
        Ok(())
    }

    fn write_name(&mut self, vocabulary: Option<Vocabulary>, name: &str) {
        if let Some(vocabulary) = vocabulary {
            self.out.push_str(vocabulary.prefix());
            self.out.push(':');
        }
        self.out.push_str(name);
    }

    fn declare(&mut self, vocabulary: Vocabulary) {
        if self.declared.contains(&vocabulary) {
            return;
        }
        self.declared.push(vocabulary);
        for part in [
            " xmlns:",
            vocabulary.prefix(),
            "=\"",
            vocabulary.uri(),
            "\"",
        ] {
            self.out.push_str(part);
        }
    }

    fn write_escaped(
        &mut self,
        text: &str,
        replacement: fn(char) -> Option<&'static str>,
    ) -> Result<(), ForbiddenCharacter> {
        for character in text.chars() {
            if !is_xml_char(character) {
                return Err(ForbiddenCharacter(character));
            }
            match replacement(character) {
                Some(reference) => self.out.push_str(reference),
                None => self.out.push(character),
            }
        }
        Ok(())
    }
}

/// Canonical XML 1.0, 2.3, on text nodes.
const fn escape_in_text(character: char) -> Option<&'static str> {
    match character {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '\r' => Some("&#xD;"),
        _ => None,
    }
}

/// Canonical XML 1.0, 2.3, on attribute nodes.
const fn escape_in_attribute(character: char) -> Option<&'static str> {
    match character {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '"' => Some("&quot;"),
        '\t' => Some("&#x9;"),
        '\n' => Some("&#xA;"),
        '\r' => Some("&#xD;"),
        _ => None,
    }
}

/// Production 2 of XML 1.0.
const fn is_xml_char(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;
    use crate::c14n::{Method, canonicalize};
    use crate::xml::{Document, Limits, Profile, Source};

    fn to_canonical(text: &str) -> String {
        let source = Source::new(text.as_bytes(), &Limits::MESSAGE).unwrap();
        let document = Document::parse(&source, Profile::Message, &Limits::MESSAGE).unwrap();
        let mut out = Vec::new();
        canonicalize(
            document.root(),
            None,
            &Method::Exclusive(Vec::new()),
            &mut out,
        )
        .unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_namespace_is_declared_where_it_is_first_used() {
        let issuer = || ElementBuilder::new(Vocabulary::Saml, "Issuer").text("us");
        let request = ElementBuilder::new(Vocabulary::Samlp, "AuthnRequest")
            .attribute("Version", "2.0")
            .attribute("ID", "_1")
            .child(issuer())
            .child(issuer())
            .child(ElementBuilder::new(Vocabulary::Samlp, "NameIDPolicy"));
        assert_eq!(
            request.write().unwrap(),
            "<samlp:AuthnRequest xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\" ID=\"_1\" Version=\"2.0\">\
             <saml:Issuer xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\">us</saml:Issuer>\
             <saml:Issuer xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\">us</saml:Issuer>\
             <samlp:NameIDPolicy></samlp:NameIDPolicy></samlp:AuthnRequest>",
        );
    }

    #[rstest]
    fn a_character_that_xml_forbids_is_an_error(
        #[values('\0', '\u{b}', '\u{1f}', '\u{fffe}', '\u{ffff}')] character: char,
    ) {
        let element = ElementBuilder::new(Vocabulary::Saml, "Issuer").text(format!("a{character}"));
        assert_eq!(element.write(), Err(ForbiddenCharacter(character)));
    }

    #[test]
    fn an_attribute_given_twice_is_written_once() {
        let element = ElementBuilder::new(Vocabulary::Saml, "Issuer")
            .attribute("Format", "a")
            .attribute("Format", "b");
        assert!(
            element
                .write()
                .unwrap()
                .ends_with(" Format=\"b\"></saml:Issuer>")
        );
    }

    proptest! {
        #[test]
        fn the_output_is_its_own_canonical_form(
            text in "[ -~\t\n\r\u{e4}\u{10000}\u{d7ff}]{0,40}",
            value in "[ -~\t\n\r\u{e4}\u{2028}]{0,40}",
        ) {
            let element = ElementBuilder::new(Vocabulary::Md, "Organization")
                .qualified(Vocabulary::Xml, "lang", value.clone())
                .qualified(Vocabulary::Ds, "b", value.clone())
                .attribute("z", value.clone())
                .attribute("a", value)
                .text(text.clone())
                .child(ElementBuilder::new(Vocabulary::Ds, "X").text(text));
            let written = element.write().unwrap();
            prop_assert_eq!(to_canonical(&written), written);
        }
    }
}
