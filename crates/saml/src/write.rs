//! The only way in which XML leaves this crate.
//!
//! A tree of [`Element`]s is written in the form that exclusive canonicalisation would give it: what we
//! sign is what we write, octet for octet, and no template ever meets a foreign value.

/// A namespace that we write, bound to the same prefix everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Vocabulary {
    /// XML Signature.
    Ds,
    /// SAML 2.0 metadata.
    Md,
    /// SAML 2.0 assertions.
    Saml,
    /// SAML 2.0 protocol.
    Samlp,
    /// What `xml:lang` belongs to; it needs no declaration.
    Xml,
}

/// An element on its way out.
#[derive(Clone, Debug)]
pub struct Element {
    vocabulary: Vocabulary,
    name: &'static str,
    attributes: Vec<Attribute>,
    content: Vec<Content>,
}

/// A value holds a character that no XML document can.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the character U+{:04X} cannot stand in XML", u32::from(*.0))]
pub struct ForbiddenCharacter(pub char);

#[derive(Clone, Debug)]
struct Attribute {
    vocabulary: Option<Vocabulary>,
    name: &'static str,
    value: String,
}

#[derive(Clone, Debug)]
enum Content {
    Element(Element),
    Text(String),
}

impl Vocabulary {
    /// The prefix that we bind it to.
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::Ds => "ds",
            Self::Md => "md",
            Self::Saml => "saml",
            Self::Samlp => "samlp",
            Self::Xml => "xml",
        }
    }

    /// The namespace name.
    pub const fn uri(self) -> &'static str {
        match self {
            Self::Ds => "http://www.w3.org/2000/09/xmldsig#",
            Self::Md => "urn:oasis:names:tc:SAML:2.0:metadata",
            Self::Saml => "urn:oasis:names:tc:SAML:2.0:assertion",
            Self::Samlp => "urn:oasis:names:tc:SAML:2.0:protocol",
            Self::Xml => "http://www.w3.org/XML/1998/namespace",
        }
    }
}

impl Element {
    /// An empty element. The name is ours, never a foreign value: hence `'static`.
    pub const fn new(vocabulary: Vocabulary, name: &'static str) -> Self {
        Self {
            vocabulary,
            name,
            attributes: Vec::new(),
            content: Vec::new(),
        }
    }

    /// With an attribute that has no namespace.
    #[must_use]
    pub fn attribute(self, name: &'static str, value: impl Into<String>) -> Self {
        self.with(Attribute {
            vocabulary: None,
            name,
            value: value.into(),
        })
    }

    /// With an attribute of a vocabulary, such as `xml:lang`.
    #[must_use]
    pub fn qualified(
        self,
        vocabulary: Vocabulary,
        name: &'static str,
        value: impl Into<String>,
    ) -> Self {
        self.with(Attribute {
            vocabulary: Some(vocabulary),
            name,
            value: value.into(),
        })
    }

    /// With text after what it holds already.
    #[must_use]
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.content.push(Content::Text(text.into()));
        self
    }

    /// With a child after what it holds already.
    #[must_use]
    pub fn child(mut self, child: Self) -> Self {
        self.content.push(Content::Element(child));
        self
    }

    /// With several children, in their order.
    #[must_use]
    pub fn children(mut self, children: impl IntoIterator<Item = Self>) -> Self {
        self.content
            .extend(children.into_iter().map(Content::Element));
        self
    }

    /// With a child that stands directly after the first one: where SAML's schema wants a signature.
    #[must_use]
    pub(crate) fn child_after_first(mut self, child: Self) -> Self {
        let place = self.content.len().min(1);
        self.content.insert(place, Content::Element(child));
        self
    }

    /// Writes the element in exclusive canonical form.
    pub fn write(&self) -> Result<String, ForbiddenCharacter> {
        let mut writer = Writer {
            out: String::new(),
            declared: Vec::new(),
        };
        writer.element(self)?;
        Ok(writer.out)
    }

    /// A later attribute of the same name takes the place of the earlier: written XML names each once.
    fn with(mut self, attribute: Attribute) -> Self {
        self.attributes
            .retain(|other| other.key() != attribute.key());
        self.attributes.push(attribute);
        self
    }

    /// The vocabularies that need a declaration here or further out.
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

impl Attribute {
    /// What canonical form sorts by: attributes without a namespace first, then namespace name, then local name.
    const fn key(&self) -> (&'static str, &'static str) {
        match self.vocabulary {
            None => ("", self.name),
            Some(vocabulary) => (vocabulary.uri(), self.name),
        }
    }
}

struct Writer {
    out: String,
    /// What the open elements have declared.
    declared: Vec<Vocabulary>,
}

impl Writer {
    fn element(&mut self, element: &Element) -> Result<(), ForbiddenCharacter> {
        let outer = self.declared.len();
        self.out.push('<');
        self.name(Some(element.vocabulary), element.name);
        for vocabulary in element.visibly_used() {
            self.declare(vocabulary);
        }
        let mut attributes: Vec<_> = element.attributes.iter().collect();
        attributes.sort_by_key(|attribute| attribute.key());
        for attribute in attributes {
            self.out.push(' ');
            self.name(attribute.vocabulary, attribute.name);
            self.out.push_str("=\"");
            self.escaped(&attribute.value, in_attribute)?;
            self.out.push('"');
        }
        self.out.push('>');
        for content in &element.content {
            match content {
                Content::Element(child) => self.element(child)?,
                Content::Text(text) => self.escaped(text, in_text)?,
            }
        }
        self.out.push_str("</");
        self.name(Some(element.vocabulary), element.name);
        self.out.push('>');
        self.declared.truncate(outer);
        Ok(())
    }

    fn name(&mut self, vocabulary: Option<Vocabulary>, name: &str) {
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

    fn escaped(
        &mut self,
        text: &str,
        replacement: fn(char) -> Option<&'static str>,
    ) -> Result<(), ForbiddenCharacter> {
        for character in text.chars() {
            if !is_xml(character) {
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
const fn in_text(character: char) -> Option<&'static str> {
    match character {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '\r' => Some("&#xD;"),
        _ => None,
    }
}

/// Canonical XML 1.0, 2.3, on attribute nodes.
const fn in_attribute(character: char) -> Option<&'static str> {
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

/// Production 2 of XML 1.0; surrogates are no `char` to begin with.
const fn is_xml(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::c14n::{Method, canonicalize};
    use crate::xml::{Document, Limits, Profile, Source};

    fn canonical(text: &str) -> String {
        let source = Source::new(text.as_bytes(), &Limits::MESSAGE).unwrap();
        let document = Document::read(&source, Profile::Message, &Limits::MESSAGE).unwrap();
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
    fn a_namespace_is_declared_where_it_is_first_used_and_only_there() {
        let issuer = || Element::new(Vocabulary::Saml, "Issuer").text("us");
        let request = Element::new(Vocabulary::Samlp, "AuthnRequest")
            .attribute("Version", "2.0")
            .attribute("ID", "_1")
            .child(issuer())
            .child(issuer())
            .child(Element::new(Vocabulary::Samlp, "NameIDPolicy"));
        assert_eq!(
            request.write().unwrap(),
            "<samlp:AuthnRequest xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\" ID=\"_1\" Version=\"2.0\">\
             <saml:Issuer xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\">us</saml:Issuer>\
             <saml:Issuer xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\">us</saml:Issuer>\
             <samlp:NameIDPolicy></samlp:NameIDPolicy></samlp:AuthnRequest>",
        );
    }

    #[test]
    fn a_character_that_xml_cannot_hold_stops_the_writing() {
        for character in ['\0', '\u{b}', '\u{1f}', '\u{fffe}', '\u{ffff}'] {
            let element = Element::new(Vocabulary::Saml, "Issuer").text(format!("a{character}"));
            assert_eq!(element.write(), Err(ForbiddenCharacter(character)));
        }
    }

    #[test]
    fn an_attribute_given_twice_is_written_once() {
        let element = Element::new(Vocabulary::Saml, "Issuer")
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
        fn what_is_written_is_its_own_canonical_form(
            text in "[ -~\t\n\r\u{e4}\u{10000}\u{d7ff}]{0,40}",
            value in "[ -~\t\n\r\u{e4}\u{2028}]{0,40}",
        ) {
            let element = Element::new(Vocabulary::Md, "Organization")
                .qualified(Vocabulary::Xml, "lang", value.clone())
                .qualified(Vocabulary::Ds, "b", value.clone())
                .attribute("z", value.clone())
                .attribute("a", value)
                .text(text.clone())
                .child(Element::new(Vocabulary::Ds, "X").text(text));
            let written = element.write().unwrap();
            prop_assert_eq!(canonical(&written), written);
        }
    }
}
