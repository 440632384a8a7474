use std::borrow::Cow;
use std::ops::Range;

use super::span::{Span, to_index};
use super::{Limits, Namespace, Prefix, Profile, Source, XmlError, parser};

/// A parsed document, as a list of nodes in document order.
///
/// A node knows the end of its last descendant, so a subtree is one range of the list and traversal needs no
/// recursion.
#[derive(Debug)]
pub struct Document<'i> {
    pub(super) text: &'i str,
    pub(super) nodes: Vec<NodeData<'i>>,
    /// The names of the elements. A name may stand here several times.
    pub(super) names: Vec<ElementName<'i>>,
    /// The texts that are not written as they are: with references, or in several parts.
    pub(super) resolved: Vec<String>,
    pub(super) attributes: Vec<XmlAttribute<'i>>,
    pub(super) declarations: Vec<Declaration<'i>>,
    pub(super) namespaces: Vec<Cow<'i, str>>,
    /// The namespaces in scope around a document that was cut out of another one; a prefix occurs once.
    pub(super) context: Vec<Declaration<'i>>,
    pub(super) root: usize,
    /// Whether canonical XML writes the values and texts as they are written here.
    pub(super) is_verbatim: bool,
}

/// A node. Most of a parser's work is writing these, so they are small.
#[derive(Debug)]
pub(super) struct NodeData<'i> {
    pub(super) parent: u32,
    /// The index after the last descendant.
    pub(super) end: u32,
    pub(super) content: NodeContent<'i>,
}

#[derive(Debug)]
pub(super) enum NodeContent<'i> {
    Element(ElementData),
    Text(&'i str),
    /// An index into the document's `resolved` texts.
    Resolved(u32),
    Comment(&'i str),
    Instruction(Box<Instruction<'i>>),
}

#[derive(Debug)]
pub(super) struct Instruction<'i> {
    pub(super) target: &'i str,
    pub(super) data: &'i str,
}

#[derive(Debug)]
pub(super) struct ElementData {
    /// An index into the document's `names`.
    pub(super) name: u32,
    pub(super) attributes: Span,
    pub(super) declarations: Span,
    /// The range of the element in the text, from `<` to the last `>`.
    pub(super) span: Span,
    /// Where the start tag ends in the text.
    pub(super) tag_end: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ElementName<'i> {
    pub(super) prefix: Prefix<'i>,
    pub(super) local: &'i str,
    pub(super) namespace: Namespace,
}

/// An attribute that is not a namespace declaration.
#[derive(Debug)]
pub struct XmlAttribute<'i> {
    pub(super) prefix: Prefix<'i>,
    pub(super) local: &'i str,
    pub(super) namespace: Namespace,
    pub(super) value: Cow<'i, str>,
}

impl XmlAttribute<'_> {
    /// An attribute without a prefix has no namespace.
    #[must_use]
    pub fn namespace(&self) -> Namespace {
        self.namespace
    }

    #[must_use]
    pub fn local(&self) -> &str {
        self.local
    }

    /// The value after normalization (XML 1.0, 3.3.3).
    #[must_use]
    pub fn value(&self) -> &str {
        &self.value
    }

    pub(crate) fn prefix(&self) -> Prefix<'_> {
        self.prefix
    }
}

/// A namespace declaration; the empty prefix is the default namespace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Declaration<'i> {
    pub(crate) prefix: Prefix<'i>,
    pub(crate) namespace: Namespace,
}

impl<'i> Document<'i> {
    /// # Errors
    ///
    /// The document is not well-formed or namespace-well-formed, or violates `profile` or `limits`.
    pub fn parse(
        source: &'i Source<'_>,
        profile: Profile,
        limits: &Limits,
    ) -> Result<Self, XmlError> {
        parser::parse(source.text(), profile, limits)
    }

    /// Like [`Document::parse`], for a text that stands inside `place`, whose namespace declarations apply to it.
    ///
    /// # Errors
    ///
    /// As for [`Document::parse`].
    pub(crate) fn parse_in_place(
        source: &'i Source<'_>,
        profile: Profile,
        limits: &Limits,
        place: Element<'i>,
    ) -> Result<Self, XmlError> {
        parser::parse_in_place(source.text(), profile, limits, place)
    }

    /// The namespaces in scope around the document.
    pub(crate) fn context(&self) -> &[Declaration<'i>] {
        &self.context
    }

    #[must_use]
    pub fn root(&self) -> Element<'_> {
        Element {
            document: self,
            index: self.root,
        }
    }

    /// All elements in document order.
    pub fn elements(&self) -> impl Iterator<Item = Element<'_>> {
        self.nodes
            .iter()
            .enumerate()
            .filter_map(|(index, node)| match node.content {
                NodeContent::Element(_) => Some(Element {
                    document: self,
                    index,
                }),
                NodeContent::Text(_)
                | NodeContent::Resolved(_)
                | NodeContent::Comment(_)
                | NodeContent::Instruction(_) => None,
            })
    }

    #[must_use]
    pub fn namespace_name(&self, namespace: Namespace) -> &str {
        self.namespaces
            .get(usize::from(namespace.0))
            .map_or("", |name| name)
    }

    /// Whether canonical XML needs no references in the values and texts of this document. The names of namespaces may be those
    /// of another one.
    pub(crate) fn is_verbatim(&self) -> bool {
        self.is_verbatim
    }

    /// Has canonical XML write every part, so that tests can compare that with what is copied.
    #[cfg(test)]
    pub(crate) fn forbid_copies(&mut self) {
        self.is_verbatim = false;
    }

    /// A part of the text.
    pub(crate) fn slice(&self, range: Range<usize>) -> &str {
        self.text.get(range).unwrap_or_default()
    }

    /// The node at an index, and the index after its last descendant.
    pub(crate) fn node(&self, index: usize) -> Option<(Node<'_>, usize)> {
        let node = self.nodes.get(index)?;
        Some((node_at(self, index, node), to_index(node.end)))
    }

    /// The text of the document with the element replaced.
    pub(crate) fn text_with(&self, element: Element<'_>, replacement: &str) -> String {
        let span = element.span();
        let before = self.text.get(..span.start).unwrap_or_default();
        let after = self.text.get(span.end..).unwrap_or_default();
        [before, replacement, after].concat()
    }
}

/// An element of a [`Document`].
///
/// It is not verified; see `dsig::SignedElement` for verified content.
#[derive(Clone, Copy)]
pub struct Element<'d> {
    document: &'d Document<'d>,
    index: usize,
}

/// A node of a document's content.
#[derive(Clone, Copy, Debug)]
pub enum Node<'d> {
    Element(Element<'d>),
    /// A run of text, with references and CDATA sections resolved.
    Text(&'d str),
    /// A comment. Its text matters only to canonical forms with comments.
    Comment(&'d str),
    Instruction {
        target: &'d str,
        /// Without the white space after the target.
        data: &'d str,
    },
}

/// Why the content of an element is not a plain value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueError {
    /// A comment or processing instruction stands inside the value; programs disagree about such values.
    Comment,
    /// An element stands where text is expected.
    Element,
}

impl<'d> Element<'d> {
    /// Whether the element has this expanded name.
    #[must_use]
    pub fn is(self, namespace: Namespace, local: &str) -> bool {
        self.name()
            .is_some_and(|name| name.namespace == namespace && name.local == local)
    }

    /// The namespace of the element's name.
    #[must_use]
    pub fn namespace(self) -> Namespace {
        self.name().map_or(Namespace::NONE, |name| name.namespace)
    }

    /// The element's name without its prefix.
    #[must_use]
    pub fn local(self) -> &'d str {
        self.name().map_or("", |name| name.local)
    }

    /// The name as it is written, for error messages, cut to 200 characters.
    #[must_use]
    pub fn written_name(self) -> String {
        const MAX_NAME_LENGTH: usize = 200;
        let prefix = self.prefix();
        let colon = if prefix.is_empty() { "" } else { ":" };
        [&*prefix, colon, self.local()]
            .into_iter()
            .flat_map(str::chars)
            .take(MAX_NAME_LENGTH)
            .collect()
    }

    /// The value of an attribute that has no namespace.
    #[must_use]
    pub fn attribute(self, local: &str) -> Option<&'d str> {
        self.attributes()
            .iter()
            .find(|attribute| attribute.namespace == Namespace::NONE && attribute.local == local)
            .map(XmlAttribute::value)
    }

    /// The attributes in document order, without namespace declarations.
    #[must_use]
    pub fn attributes(self) -> &'d [XmlAttribute<'d>] {
        self.data()
            .and_then(|data| self.document.attributes.get(data.attributes.range()))
            .unwrap_or_default()
    }

    /// The child elements.
    pub fn children(self) -> impl Iterator<Item = Self> {
        self.nodes().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) | Node::Comment(_) | Node::Instruction { .. } => None,
        })
    }

    /// The child nodes.
    pub fn nodes(self) -> impl Iterator<Item = Node<'d>> {
        let mut next = self.index.saturating_add(1);
        let end = self.subtree().end;
        std::iter::from_fn(move || {
            if next >= end {
                return None;
            }
            let node = self.document.nodes.get(next)?;
            let index = next;
            next = to_index(node.end);
            Some(node_at(self.document, index, node))
        })
    }

    /// None for the document element.
    #[must_use]
    pub fn parent(self) -> Option<Self> {
        let index = to_index(self.document.nodes.get(self.index)?.parent);
        (index != self.index).then_some(Self {
            document: self.document,
            index,
        })
    }

    /// The text of the element, including white space. An error if it holds anything but text.
    pub fn value(self) -> Result<&'d str, ValueError> {
        let mut value = "";
        for node in self.nodes() {
            match node {
                Node::Text(text) => value = text,
                Node::Element(_) => return Err(ValueError::Element),
                Node::Comment(_) | Node::Instruction { .. } => return Err(ValueError::Comment),
            }
        }
        Ok(value)
    }

    /// Whether both are the same element of the same document.
    #[must_use]
    pub fn is_same(self, other: Self) -> bool {
        std::ptr::eq(self.document, other.document) && self.index == other.index
    }

    #[must_use]
    pub fn document(self) -> &'d Document<'d> {
        self.document
    }

    pub(crate) fn prefix(self) -> Prefix<'d> {
        self.name().map_or(Prefix::NONE, |name| name.prefix)
    }

    /// The bindings in scope inside the element, each prefix once, and the name of each namespace.
    pub(super) fn namespaces_in_scope(self) -> Vec<(Prefix<'d>, &'d str)> {
        let mut found: Vec<(Prefix<'d>, &'d str)> = Vec::new();
        let mut next = Some(self);
        while let Some(element) = next {
            for declaration in element.declarations() {
                if !found
                    .iter()
                    .any(|(prefix, _)| *prefix == declaration.prefix)
                {
                    let name = self.document.namespace_name(declaration.namespace);
                    found.push((declaration.prefix, name));
                }
            }
            next = element.parent();
        }
        found
    }

    pub(crate) fn declarations(self) -> &'d [Declaration<'d>] {
        self.data()
            .and_then(|data| self.document.declarations.get(data.declarations.range()))
            .unwrap_or_default()
    }

    /// The node indexes of the element and its descendants.
    pub(crate) fn subtree(self) -> Range<usize> {
        self.index
            ..self
                .document
                .nodes
                .get(self.index)
                .map_or(self.index, |node| to_index(node.end))
    }

    /// The source text of the element.
    #[must_use]
    pub fn source(self) -> &'d str {
        self.document.text.get(self.span()).unwrap_or_default()
    }

    pub(super) fn span(self) -> Range<usize> {
        self.data().map_or(0..0, |data| data.span.range())
    }

    pub(super) fn name(self) -> Option<&'d ElementName<'d>> {
        self.document.names.get(to_index(self.data()?.name))
    }

    pub(super) fn data(self) -> Option<&'d ElementData> {
        match &self.document.nodes.get(self.index)?.content {
            NodeContent::Element(data) => Some(data),
            NodeContent::Text(_)
            | NodeContent::Resolved(_)
            | NodeContent::Comment(_)
            | NodeContent::Instruction(_) => None,
        }
    }
}

fn node_at<'d>(document: &'d Document<'d>, index: usize, node: &'d NodeData<'d>) -> Node<'d> {
    match &node.content {
        NodeContent::Element(_) => Node::Element(Element { document, index }),
        NodeContent::Text(text) => Node::Text(text),
        NodeContent::Resolved(text) => {
            let text = document.resolved.get(to_index(*text));
            Node::Text(text.map_or("", String::as_str))
        }
        NodeContent::Comment(text) => Node::Comment(text),
        NodeContent::Instruction(instruction) => {
            let Instruction { target, data } = **instruction;
            Node::Instruction { target, data }
        }
    }
}

impl std::fmt::Debug for Element<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "<{}>", self.written_name())
    }
}
