use std::borrow::Cow;
use std::ops::Range;

use super::{Limits, Namespace, Prefix, Profile, Source, XmlError, reader};

/// A document that has been read whole, as a list of nodes in document order.
///
/// A node knows where its last descendant ends, so that a subtree is one range of the list and nothing that walks
/// it needs the call stack.
#[derive(Debug)]
pub struct Document<'i> {
    pub(super) text: &'i str,
    pub(super) nodes: Vec<NodeData<'i>>,
    pub(super) attributes: Vec<Attribute<'i>>,
    pub(super) declarations: Vec<Declaration<'i>>,
    pub(super) namespaces: Vec<Cow<'i, str>>,
    pub(super) root: usize,
    /// Whether every value and every text stands here as canonical XML writes it, `>` in text aside: nothing was
    /// resolved that would have to be a reference again, and no value can hold a `"`.
    pub(super) is_verbatim: bool,
}

#[derive(Debug)]
pub(super) struct NodeData<'i> {
    pub(super) parent: usize,
    /// The place in the list after the last descendant.
    pub(super) end: usize,
    pub(super) content: Content<'i>,
}

#[derive(Debug)]
pub(super) enum Content<'i> {
    Element(ElementData<'i>),
    Text(Cow<'i, str>),
    Comment,
    Instruction { target: &'i str, data: &'i str },
}

#[derive(Debug)]
pub(super) struct ElementData<'i> {
    pub(super) prefix: Prefix<'i>,
    pub(super) local: &'i str,
    pub(super) namespace: Namespace,
    pub(super) attributes: Range<usize>,
    pub(super) declarations: Range<usize>,
    /// Where the element stands in the text, from `<` to the last `>`.
    pub(super) span: Range<usize>,
}

/// An attribute that is not a namespace declaration.
#[derive(Debug)]
pub struct Attribute<'i> {
    pub(super) prefix: Prefix<'i>,
    pub(super) local: &'i str,
    pub(super) namespace: Namespace,
    pub(super) value: Cow<'i, str>,
}

impl Attribute<'_> {
    /// The namespace of the name; an attribute without a prefix has none.
    #[must_use]
    pub fn namespace(&self) -> Namespace {
        self.namespace
    }

    /// The name without its prefix.
    #[must_use]
    pub fn local(&self) -> &str {
        self.local
    }

    /// The value after normalisation (XML 1.0, 3.3.3).
    #[must_use]
    pub fn value(&self) -> &str {
        &self.value
    }

    pub(crate) fn prefix(&self) -> Prefix<'_> {
        self.prefix
    }
}

/// What an element binds a prefix to; the empty prefix is the default namespace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Declaration<'i> {
    pub(crate) prefix: Prefix<'i>,
    pub(crate) namespace: Namespace,
}

impl<'i> Document<'i> {
    /// Reads a document.
    ///
    /// # Errors
    ///
    /// Anything that is not well-formed, not namespace-well-formed, forbidden by `profile` or beyond `limits`.
    pub fn read(
        source: &'i Source<'_>,
        profile: Profile,
        limits: &Limits,
    ) -> Result<Self, XmlError> {
        reader::read(source.text(), profile, limits)
    }

    /// The document element.
    #[must_use]
    pub fn root(&self) -> Element<'_> {
        Element {
            document: self,
            index: self.root,
        }
    }

    /// Every element, in document order.
    pub fn elements(&self) -> impl Iterator<Item = Element<'_>> {
        self.nodes
            .iter()
            .enumerate()
            .filter_map(|(index, node)| match node.content {
                Content::Element(_) => Some(Element {
                    document: self,
                    index,
                }),
                Content::Text(_) | Content::Comment | Content::Instruction { .. } => None,
            })
    }

    /// The namespace name that stands at a place of the document's list.
    #[must_use]
    pub fn namespace_name(&self, namespace: Namespace) -> &str {
        self.namespaces
            .get(usize::from(namespace.0))
            .map_or("", |name| name)
    }

    /// Whether no value holds anything, and no text anything but `>`, for which canonical XML has a reference.
    pub(crate) fn is_verbatim(&self) -> bool {
        self.is_verbatim
    }

    /// The node at a place of the document's list, and the place after its last descendant.
    pub(crate) fn node(&self, index: usize) -> Option<(Node<'_>, usize)> {
        let node = self.nodes.get(index)?;
        Some((node_at(self, index, node), node.end))
    }

    /// The text of the document with that element's octets replaced.
    pub(crate) fn text_with(&self, element: Element<'_>, replacement: &str) -> String {
        let span = element.span();
        let before = self.text.get(..span.start).unwrap_or_default();
        let after = self.text.get(span.end..).unwrap_or_default();
        [before, replacement, after].concat()
    }
}

/// An element of a [`Document`].
///
/// Nobody has vouched for it: what may be believed is asked of `dsig::Signed` instead.
#[derive(Clone, Copy)]
pub struct Element<'d> {
    document: &'d Document<'d>,
    index: usize,
}

/// A node of a document's content.
#[derive(Clone, Copy, Debug)]
pub enum Node<'d> {
    /// An element.
    Element(Element<'d>),
    /// A run of text, with references and CDATA sections resolved.
    Text(&'d str),
    /// A comment, whose text nobody needs.
    Comment,
    /// A processing instruction.
    Instruction {
        /// Whom it is for.
        target: &'d str,
        /// What it says, without the white space after the target.
        data: &'d str,
    },
}

/// Why an element's content is not one plain value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueError {
    /// A comment or processing instruction stands inside the value, so that two readers may see two values.
    Comment,
    /// An element stands where text is expected.
    Element,
}

impl<'d> Element<'d> {
    /// Whether the element has this expanded name.
    #[must_use]
    pub fn is(self, namespace: Namespace, local: &str) -> bool {
        self.namespace() == namespace && self.local() == local
    }

    /// The namespace of the element's name.
    #[must_use]
    pub fn namespace(self) -> Namespace {
        self.data().map_or(Namespace::NONE, |data| data.namespace)
    }

    /// The element's name without its prefix.
    #[must_use]
    pub fn local(self) -> &'d str {
        self.data().map_or("", |data| data.local)
    }

    /// The name as it is written, for messages to people; a name of more than 200 characters is cut.
    #[must_use]
    pub fn written_name(self) -> String {
        const LONGEST: usize = 200;
        let prefix = self.prefix();
        let colon = if prefix.is_empty() { "" } else { ":" };
        [&*prefix, colon, self.local()]
            .into_iter()
            .flat_map(str::chars)
            .take(LONGEST)
            .collect()
    }

    /// The value of an attribute that has no namespace.
    #[must_use]
    pub fn attribute(self, local: &str) -> Option<&'d str> {
        self.attributes()
            .iter()
            .find(|attribute| attribute.namespace == Namespace::NONE && attribute.local == local)
            .map(Attribute::value)
    }

    /// The attributes in the order in which they are written, namespace declarations left out.
    #[must_use]
    pub fn attributes(self) -> &'d [Attribute<'d>] {
        self.data()
            .and_then(|data| self.document.attributes.get(data.attributes.clone()))
            .unwrap_or_default()
    }

    /// The elements directly below.
    pub fn children(self) -> impl Iterator<Item = Self> {
        self.nodes().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) | Node::Comment | Node::Instruction { .. } => None,
        })
    }

    /// The nodes directly below.
    pub fn nodes(self) -> impl Iterator<Item = Node<'d>> {
        let mut next = self.index.saturating_add(1);
        let end = self.subtree().end;
        std::iter::from_fn(move || {
            if next >= end {
                return None;
            }
            let node = self.document.nodes.get(next)?;
            let index = next;
            next = node.end;
            Some(node_at(self.document, index, node))
        })
    }

    /// The element around this one, unless it is the document element.
    #[must_use]
    pub fn parent(self) -> Option<Self> {
        let index = self.document.nodes.get(self.index)?.parent;
        (index != self.index).then_some(Self {
            document: self.document,
            index,
        })
    }

    /// The element's content as one value, white space kept; an empty element has the empty value.
    ///
    /// # Errors
    ///
    /// Anything but one run of text stands inside.
    pub fn value(self) -> Result<&'d str, ValueError> {
        let mut value = "";
        for node in self.nodes() {
            match node {
                Node::Text(text) => value = text,
                Node::Element(_) => return Err(ValueError::Element),
                Node::Comment | Node::Instruction { .. } => return Err(ValueError::Comment),
            }
        }
        Ok(value)
    }

    /// Whether two handles name the same element of the same document.
    #[must_use]
    pub fn is_same(self, other: Self) -> bool {
        std::ptr::eq(self.document, other.document) && self.index == other.index
    }

    /// The document that the element belongs to.
    #[must_use]
    pub fn document(self) -> &'d Document<'d> {
        self.document
    }

    pub(crate) fn prefix(self) -> Prefix<'d> {
        self.data().map_or(Prefix::NONE, |data| data.prefix)
    }

    pub(crate) fn declarations(self) -> &'d [Declaration<'d>] {
        self.data()
            .and_then(|data| self.document.declarations.get(data.declarations.clone()))
            .unwrap_or_default()
    }

    /// The places in the document's list that the element and its descendants take.
    pub(crate) fn subtree(self) -> Range<usize> {
        self.index
            ..self
                .document
                .nodes
                .get(self.index)
                .map_or(self.index, |node| node.end)
    }

    /// The element's octets as they stand in the text.
    #[must_use]
    pub fn source(self) -> &'d str {
        self.document.text.get(self.span()).unwrap_or_default()
    }

    fn span(self) -> Range<usize> {
        self.data().map_or(0..0, |data| data.span.clone())
    }

    fn data(self) -> Option<&'d ElementData<'d>> {
        match &self.document.nodes.get(self.index)?.content {
            Content::Element(data) => Some(data),
            Content::Text(_) | Content::Comment | Content::Instruction { .. } => None,
        }
    }
}

fn node_at<'d>(document: &'d Document<'d>, index: usize, node: &'d NodeData<'d>) -> Node<'d> {
    match &node.content {
        Content::Element(_) => Node::Element(Element { document, index }),
        Content::Text(text) => Node::Text(text),
        Content::Comment => Node::Comment,
        Content::Instruction { target, data } => Node::Instruction { target, data },
    }
}

impl std::fmt::Debug for Element<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "<{}>", self.written_name())
    }
}
