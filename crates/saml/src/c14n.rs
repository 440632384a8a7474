//! Canonical XML: the octets that a signature covers.
//!
//! Three methods: Exclusive XML Canonicalization 1.0 with `InclusiveNamespaces`, Canonical XML 1.0 and Canonical XML 1.1.
//! The input is one element with its descendants, without at most one element (the signature itself), and with or
//! without comments.

#[cfg(test)]
mod tests;
mod writer;

use std::ops::Range;

use writer::Writer;

use crate::xml::{Declaration, Document, Element, Namespace, Node, Prefix, XmlAttribute};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Method<'d> {
    /// Exclusive XML Canonicalization 1.0; the prefixes are those of `InclusiveNamespaces`, `""` for `#default`.
    Exclusive(Vec<&'d str>),
    /// Canonical XML 1.0.
    Inclusive,
    /// Canonical XML 1.1, which inherits no `xml:id`. No element around the canonicalized one may have an `xml:base`.
    Inclusive11,
}

/// Whether comments are part of the canonical form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Comments {
    LeftOut,
    Kept,
}

/// Receives canonical octets.
pub trait Sink {
    fn write(&mut self, octets: &[u8]);
}

impl Sink for Vec<u8> {
    #[inline]
    fn write(&mut self, octets: &[u8]) {
        self.extend_from_slice(octets);
    }
}

/// A namespace whose name is not an absolute URI, for which no canonical form exists (Canonical XML 1.0, 1.3).
///
/// Libraries that continued with an empty octet string in this case accepted forged messages.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the namespace name {0:?} is not an absolute URI, so the element has no canonical form")]
pub struct RelativeNamespace(pub String);

/// The part of a document that is canonicalized.
struct Part<'d> {
    apex: Element<'d>,
    without: Option<Element<'d>>,
    comments: Comments,
}

/// Writes the canonical form of `apex` without the element `without`, and without comments.
pub fn canonicalize(
    apex: Element<'_>,
    without: Option<Element<'_>>,
    method: &Method<'_>,
    sink: &mut impl Sink,
) -> Result<(), RelativeNamespace> {
    let comments = Comments::LeftOut;
    let part = Part {
        apex,
        without,
        comments,
    };
    write_part(&part, method, sink)
}

/// Writes the canonical form of all of `apex`.
pub(crate) fn canonicalize_whole(
    apex: Element<'_>,
    comments: Comments,
    method: &Method<'_>,
    sink: &mut impl Sink,
) -> Result<(), RelativeNamespace> {
    let without = None;
    let part = Part {
        apex,
        without,
        comments,
    };
    write_part(&part, method, sink)
}

fn write_part(
    part: &Part<'_>,
    method: &Method<'_>,
    sink: &mut impl Sink,
) -> Result<(), RelativeNamespace> {
    let Part { apex, without, .. } = *part;
    let document = apex.document();
    let mut canonicalizer = Canonicalizer {
        document,
        method,
        writer: Writer::new(document, sink),
        rendered: Vec::with_capacity(16),
        open: Vec::with_capacity(16),
        namespaces: Vec::with_capacity(8),
        attributes: Vec::with_capacity(8),
    };
    let mut index = apex.subtree().start;
    while index < apex.subtree().end {
        let Some((node, end)) = document.node(index) else {
            break;
        };
        canonicalizer.close_until(index);
        if let Node::Element(element) = node
            && (without.is_some_and(|out| out.is_same(element)) || canonicalizer.copy_leaf(element))
        {
            index = end;
            continue;
        }
        match node {
            Node::Element(element) => canonicalizer.open(element, apex)?,
            Node::Text(text) => canonicalizer.writer.text(text),
            Node::Comment(text) if part.comments == Comments::Kept => canonicalizer.comment(text),
            Node::Comment(_) => {}
            Node::Instruction { target, data } => canonicalizer.instruction(target, data),
        }
        index = index.saturating_add(1);
    }
    canonicalizer.close_until(usize::MAX);
    canonicalizer.writer.finish();
    Ok(())
}

struct Canonicalizer<'d, 'w, S> {
    document: &'d Document<'d>,
    method: &'w Method<'w>,
    writer: Writer<'d, 'w, S>,
    /// The declarations written by the open elements, innermost last.
    rendered: Vec<Declaration<'d>>,
    open: Vec<OpenElement<'d>>,
    namespaces: Vec<Declaration<'d>>,
    attributes: Vec<&'d XmlAttribute<'d>>,
}

/// The position of an element in the output.
#[derive(Clone, Copy, PartialEq, Eq)]
enum NodePosition {
    /// The canonicalized element itself, which inherits from its ancestors.
    Apex,
    Descendant,
}

/// An element whose end tag has not been written.
struct OpenElement<'d> {
    element: Element<'d>,
    prefix: Prefix<'d>,
    end: usize,
    rendered: usize,
}

impl<'d, S: Sink> Canonicalizer<'d, '_, S> {
    fn open(&mut self, element: Element<'d>, apex: Element<'_>) -> Result<(), RelativeNamespace> {
        let position = if element.is_same(apex) {
            NodePosition::Apex
        } else {
            NodePosition::Descendant
        };
        let (prefix, local) = (element.prefix(), element.local());
        self.open.push(OpenElement {
            element,
            prefix,
            end: element.subtree().end,
            rendered: self.rendered.len(),
        });
        if let Some(source) = self.verbatim_start_tag(element, position) {
            self.writer.copy(source);
            return Ok(());
        }
        self.writer.write(b"<");
        self.writer.write_name(&prefix, local);
        self.collect_attributes(element, position);
        self.collect_namespaces(element, position);
        self.write_namespaces()?;
        self.write_attributes();
        self.writer.write(b">");
        Ok(())
    }

    /// The start tag in the source, if the canonical form writes it so here.
    fn verbatim_start_tag(
        &self,
        element: Element<'d>,
        position: NodePosition,
    ) -> Option<Range<usize>> {
        // What the apex inherits is not written in its tag.
        if position == NodePosition::Apex {
            return None;
        }
        let source = element.canonical_start_tag()?;
        let is_declared = |prefix: Prefix<'_>, namespace| {
            namespace == Namespace::XML || self.declared(prefix) == namespace
        };
        let attributes = element.attributes().iter();
        let mut prefixed = attributes.filter(|attribute| !attribute.prefix().is_empty());
        let is_copied = is_declared(element.prefix(), element.namespace())
            && prefixed.all(|attribute| is_declared(attribute.prefix(), attribute.namespace()));
        is_copied.then_some(source)
    }

    /// Writes an element as it stands in the source, if that is its canonical form; returns whether it is.
    fn copy_leaf(&mut self, element: Element<'d>) -> bool {
        // The parent has declared its prefix, and a leaf declares nothing itself.
        let is_declared = |parent: &OpenElement<'_>| parent.prefix == element.prefix();
        if !self.open.last().is_some_and(is_declared) {
            return false;
        }
        let Some(source) = element.canonical_leaf() else {
            return false;
        };
        self.writer.copy(source);
        true
    }

    /// Writes the end tags of the elements that end before the node at `index`.
    fn close_until(&mut self, index: usize) {
        while let Some(open) = self.open.pop_if(|open| open.end <= index) {
            let copied = self.writer.copied_until();
            if let Some(tag) = copied.and_then(|end| open.element.canonical_end_tag(end)) {
                self.writer.copy(tag);
            } else {
                self.writer.write(b"</");
                self.writer.write_name(&open.prefix, open.element.local());
                self.writer.write(b">");
            }
            self.rendered.truncate(open.rendered);
        }
    }

    fn comment(&mut self, text: &str) {
        self.writer.write(b"<!--");
        self.writer.write(text.as_bytes());
        self.writer.write(b"-->");
    }

    fn instruction(&mut self, target: &str, data: &str) {
        self.writer.write(b"<?");
        self.writer.write(target.as_bytes());
        if !data.is_empty() {
            self.writer.write(b" ");
            self.writer.write(data.as_bytes());
        }
        self.writer.write(b"?>");
    }

    /// Collects the attributes, sorted by namespace name and then local name.
    fn collect_attributes(&mut self, element: Element<'d>, position: NodePosition) {
        self.attributes.clear();
        self.attributes.extend(element.attributes());
        if position == NodePosition::Apex && !matches!(self.method, Method::Exclusive(_)) {
            // Canonical XML, 2.4: the apex inherits the nearest xml: attributes of its ancestors.
            let is_inherited = |attribute: &&XmlAttribute<'_>| {
                attribute.namespace() == Namespace::XML
                    && (*self.method == Method::Inclusive || attribute.local() != "id")
            };
            let mut next = element.parent();
            while let Some(ancestor) = next {
                let inherited = ancestor.attributes().iter().filter(is_inherited);
                for attribute in inherited {
                    let nearer = |own: &&XmlAttribute<'_>| {
                        own.namespace() == Namespace::XML && own.local() == attribute.local()
                    };
                    if !self.attributes.iter().any(nearer) {
                        self.attributes.push(attribute);
                    }
                }
                next = ancestor.parent();
            }
        }
        let document = self.document;
        self.attributes.sort_by(|a, b| {
            let by_namespace = || {
                document
                    .namespace_name(a.namespace())
                    .cmp(document.namespace_name(b.namespace()))
            };
            let namespaces = if a.namespace() == b.namespace() {
                std::cmp::Ordering::Equal
            } else {
                by_namespace()
            };
            namespaces.then_with(|| a.local().cmp(b.local()))
        });
    }

    /// Collects the declarations that this element has to write, sorted by prefix.
    fn collect_namespaces(&mut self, element: Element<'d>, position: NodePosition) {
        self.namespaces.clear();
        let method = self.method;
        match method {
            Method::Exclusive(prefixes) => {
                self.declare(element.prefix(), element.namespace());
                for index in 0..self.attributes.len() {
                    if let Some(attribute) = self
                        .attributes
                        .get(index)
                        .filter(|attribute| !attribute.prefix().is_empty())
                    {
                        self.declare(attribute.prefix(), attribute.namespace());
                    }
                }
                if !prefixes.is_empty() {
                    self.declare_in_scope(element, position, |prefix| prefixes.contains(&prefix));
                }
            }
            Method::Inclusive | Method::Inclusive11 => {
                self.declare_in_scope(element, position, |_| true);
            }
        }
        self.namespaces
            .sort_unstable_by(|a, b| a.prefix.cmp(&*b.prefix));
    }

    /// Declares the bindings of the element, and for the apex those of its ancestors and around its document.
    fn declare_in_scope(
        &mut self,
        element: Element<'d>,
        position: NodePosition,
        is_included: impl Fn(&str) -> bool,
    ) {
        let mut seen = Vec::new();
        let mut next = Some(element);
        while let Some(current) = next {
            for &Declaration { prefix, namespace } in current.declarations() {
                if is_included(&prefix) && !seen.contains(&prefix) {
                    seen.push(prefix);
                    self.declare(prefix, namespace);
                }
            }
            next = match position {
                NodePosition::Apex => current.parent(),
                NodePosition::Descendant => None,
            };
        }
        if position == NodePosition::Apex {
            for &Declaration { prefix, namespace } in self.document.context() {
                if is_included(&prefix) && !seen.contains(&prefix) {
                    self.declare(prefix, namespace);
                }
            }
        }
    }

    /// The namespace that the open elements have bound a prefix to.
    fn declared(&self, prefix: Prefix<'_>) -> Namespace {
        let mut declarations = self.rendered.iter().rev();
        let innermost = declarations.find(|declaration| declaration.prefix == prefix);
        innermost.map_or(Namespace::NONE, |declaration| declaration.namespace)
    }

    /// Adds a declaration, unless an open element has already written it.
    fn declare(&mut self, prefix: Prefix<'d>, namespace: Namespace) {
        if namespace == Namespace::XML {
            return;
        }
        let declaration = Declaration { prefix, namespace };
        if self.declared(prefix) != namespace && !self.namespaces.contains(&declaration) {
            self.namespaces.push(declaration);
        }
    }

    fn write_namespaces(&mut self) -> Result<(), RelativeNamespace> {
        for index in 0..self.namespaces.len() {
            let Some(&Declaration { prefix, namespace }) = self.namespaces.get(index) else {
                break;
            };
            let name = self.document.namespace_name(namespace);
            if !name.is_empty() && !is_absolute(name) {
                return Err(RelativeNamespace(name.to_owned()));
            }
            self.writer.write(if prefix.is_empty() {
                b" xmlns"
            } else {
                b" xmlns:"
            });
            self.writer.write(prefix.as_bytes());
            self.writer.write_namespace_name(name);
        }
        self.rendered.append(&mut self.namespaces);
        Ok(())
    }

    fn write_attributes(&mut self) {
        for index in 0..self.attributes.len() {
            let Some(attribute) = self.attributes.get(index).copied() else {
                return;
            };
            self.writer.write(b" ");
            self.writer
                .write_name(&attribute.prefix(), attribute.local());
            self.writer.write_value(attribute.value());
        }
    }
}

/// Whether a namespace name begins with a scheme (RFC 3986, 3.1).
fn is_absolute(name: &str) -> bool {
    name.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
    })
}
