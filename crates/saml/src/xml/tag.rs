//! Start tags: names, attributes and their namespaces.

use std::borrow::Cow;
use std::ops::Range;

use super::document::{Declaration, ElementData, ElementName, NodeContent, NodeData, XmlAttribute};
use super::error::ParseResult;
use super::parser::{OpenElement, Parser, extend};
use super::reference::parse_reference;
use super::span::{Span, sum, to_position};
use super::{Limits, Namespace, Prefix, XmlFault, chars};

/// A qualified name (Namespaces in XML 1.0, production 7).
#[derive(Clone, Copy)]
pub(super) struct QualifiedName<'i> {
    whole: &'i str,
    prefix: Prefix<'i>,
    local: &'i str,
}

/// A start tag that has a name and nothing else, such as `<AttributeValue>`, which many elements begin with.
#[derive(Clone, Copy)]
pub(super) struct PlainTag<'i> {
    /// With the angle brackets.
    tag: &'i str,
    qualified_name: &'i str,
    /// The index of its name.
    name: u32,
    /// The bindings with which its namespace was resolved.
    scope: u32,
}

/// How many of the last names are compared, so that a document with many names takes no longer.
const COMPARED_NAMES: usize = 8;

impl<'i> Parser<'i, '_> {
    /// Production 40 or 44, with resolved namespaces.
    pub(super) fn start_tag(&mut self) -> ParseResult {
        self.elements = self.elements.saturating_add(1);
        if self.elements > self.limits.elements {
            return Err(XmlFault::TooManyElements);
        }
        if self.open.len() >= self.limits.depth {
            return Err(XmlFault::TooDeep);
        }
        let start = self.cursor.position();
        if let Some(plain) = self.plain_tag
            && plain.scope == self.scope.revision()
            && self.cursor.eat(plain.tag)
        {
            let data = ElementData {
                name: plain.name,
                attributes: Span::new(0..0),
                declarations: Span::new(0..0),
                span: Span::new(start..self.cursor.position()),
                tag_end: to_position(self.cursor.position()),
            };
            let index = self.push_element(data);
            self.open.push(OpenElement {
                index,
                name: plain.qualified_name,
                mark: self.scope.mark(),
            });
            return Ok(());
        }
        self.new_start_tag(start)
    }

    fn new_start_tag(&mut self, start: usize) -> ParseResult {
        self.cursor.eat_byte(b'<');
        let qualified = self.name("'<' is followed by neither a name nor other markup")?;
        let mark = self.scope.mark();
        let attributes = self.document.attributes.len();
        let declarations = self.document.declarations.len();
        let empty = self.rest_of_start_tag()?;
        let name = self.intern_name(ElementName {
            prefix: qualified.prefix,
            local: qualified.local,
            namespace: self.scope.resolve(qualified.prefix).ok_or(UNBOUND)?,
        });
        let data = ElementData {
            name,
            attributes: Span::new(self.resolve_attributes(attributes)?),
            declarations: Span::new(declarations..self.document.declarations.len()),
            span: Span::new(start..self.cursor.position()),
            tag_end: to_position(self.cursor.position()),
        };
        let index = self.push_element(data);
        if empty {
            self.scope.close(mark);
            self.finish(index);
            return Ok(());
        }
        self.open.push(OpenElement {
            index,
            name: qualified.whole,
            mark,
        });
        let tag = self.cursor.since(start);
        if tag.len() == sum(["<>".len(), qualified.whole.len()]) {
            self.plain_tag = Some(PlainTag {
                tag,
                qualified_name: qualified.whole,
                name,
                scope: self.scope.revision(),
            });
        }
        Ok(())
    }

    /// The index of a name in the document's list.
    fn intern_name(&mut self, name: ElementName<'i>) -> u32 {
        let names = &mut self.document.names;
        let first = names.len().saturating_sub(COMPARED_NAMES);
        let known = names.iter().skip(first).rposition(|other| *other == name);
        let index = known.map_or(names.len(), |known| first.saturating_add(known));
        if index == names.len() {
            names.push(name);
        }
        to_position(index)
    }

    fn push_element(&mut self, data: ElementData) -> usize {
        let index = self.document.nodes.len();
        self.document.nodes.push(NodeData {
            parent: to_position(self.open.last().map_or(index, |open| open.index)),
            end: to_position(index),
            content: NodeContent::Element(data),
        });
        index
    }

    /// Collects the attributes and binds the declared prefixes; the attributes' prefixes are resolved later. Returns
    /// whether the element is empty.
    fn rest_of_start_tag(&mut self) -> ParseResult<bool> {
        let declarations = self.document.declarations.len();
        for _ in 0..=self.limits.attributes {
            let spaced = self.cursor.eat_space();
            if self.cursor.eat_byte(b'>') {
                return Ok(false);
            }
            if self.cursor.eat("/>") {
                return Ok(true);
            }
            if !spaced {
                return Err(XmlFault::Syntax(
                    "a start tag goes on without white space or is not closed",
                ));
            }
            let name = self.name("a start tag contains something other than attributes")?;
            self.equals()?;
            let value = self.attribute_value()?;
            match declared_prefix(&name) {
                Some(prefix) => self.declare(prefix, &value, declarations)?,
                None => self.document.attributes.push(XmlAttribute {
                    prefix: name.prefix,
                    local: name.local,
                    namespace: Namespace::NONE,
                    value,
                }),
            }
        }
        Err(XmlFault::TooManyAttributes)
    }

    pub(super) fn equals(&mut self) -> ParseResult {
        self.cursor.eat_space();
        if !self.cursor.eat_byte(b'=') {
            return Err(XmlFault::Syntax("an attribute has no '='"));
        }
        self.cursor.eat_space();
        Ok(())
    }

    /// Production 10, normalized as in 3.3.3 for an undeclared attribute.
    fn attribute_value(&mut self) -> ParseResult<Cow<'i, str>> {
        let Some(quote @ (b'"' | b'\'')) = self.cursor.peek() else {
            return Err(XmlFault::Syntax("an attribute's value is not quoted"));
        };
        self.cursor.take(1);
        if quote == b'\'' {
            self.document.is_verbatim = false;
        }
        let plain = if self.is_plain {
            self.cursor.take_plain_value(quote)
        } else {
            self.cursor.take_value(quote)
        };
        if let Some(value) = plain {
            return Ok(Cow::Borrowed(value));
        }
        let start = self.cursor.position();
        let mut resolved = None;
        loop {
            let run = self.cursor.take_until(chars::stops_value);
            extend(&mut resolved, run);
            match self.cursor.peek() {
                Some(byte) if byte == quote => break,
                Some(b'&') => {
                    let value = resolved.get_or_insert_with(|| self.cursor.since(start).to_owned());
                    value.push(parse_reference(&mut self.cursor)?);
                    self.document.is_verbatim = false;
                }
                Some(b'\t' | b'\n') => {
                    resolved
                        .get_or_insert_with(|| self.cursor.since(start).to_owned())
                        .push(' ');
                    self.cursor.take(1);
                }
                Some(b'<') => return Err(XmlFault::Syntax("an attribute value contains '<'")),
                Some(_) => {
                    let octets = self.allowed_char()?;
                    extend(&mut resolved, octets);
                }
                None => return Err(XmlFault::Syntax("an attribute's value is not closed")),
            }
        }
        let plain = self.cursor.since(start);
        self.cursor.take(1);
        Ok(resolved.map_or(Cow::Borrowed(plain), Cow::Owned))
    }

    fn name(&mut self, missing: &'static str) -> ParseResult<QualifiedName<'i>> {
        let start = self.cursor.position();
        let first = self.cursor.take_ncname();
        if first.is_empty() {
            return Err(XmlFault::Syntax(missing));
        }
        if !self.cursor.eat_byte(b':') {
            return Ok(QualifiedName {
                whole: first,
                prefix: Prefix::NONE,
                local: first,
            });
        }
        let local = self.cursor.take_ncname();
        if local.is_empty() || self.cursor.peek() == Some(b':') {
            return Err(XmlFault::Namespace("a name has a misplaced colon"));
        }
        Ok(QualifiedName {
            whole: self.cursor.since(start),
            prefix: Prefix::new(first),
            local,
        })
    }

    /// Binds a declared prefix; the start tag's declarations begin at index `first`.
    fn declare(&mut self, prefix: Prefix<'i>, name: &str, first: usize) -> ParseResult {
        let earlier = self.document.declarations.get(first..).unwrap_or_default();
        if earlier.iter().any(|other| other.prefix == prefix) {
            return Err(REPEATED);
        }
        let namespace = intern(&mut self.document.namespaces, name, self.limits)?;
        check_declaration(&prefix, namespace)?;
        self.scope.bind(prefix, namespace)?;
        self.document
            .declarations
            .push(Declaration { prefix, namespace });
        Ok(())
    }

    /// Resolves the namespaces of the start tag's attributes, which begin at index `first`.
    fn resolve_attributes(&mut self, first: usize) -> ParseResult<Range<usize>> {
        let end = self.document.attributes.len();
        for index in first..end {
            let Some((attribute, before)) = self
                .document
                .attributes
                .get_mut(first..=index)
                .and_then(<[_]>::split_last_mut)
            else {
                break;
            };
            // The default namespace does not apply to attributes (Namespaces in XML 1.0, 6.2).
            if !attribute.prefix.is_empty() {
                attribute.namespace = self.scope.resolve(attribute.prefix).ok_or(UNBOUND)?;
            }
            let is_same = |other: &XmlAttribute<'_>| {
                other.namespace == attribute.namespace && other.local == attribute.local
            };
            if before.iter().any(is_same) {
                return Err(REPEATED);
            }
        }
        Ok(first..end)
    }
}

const UNBOUND: XmlFault = XmlFault::Namespace("a prefix is not bound to a namespace");
const REPEATED: XmlFault = XmlFault::Syntax("an element has the same attribute twice");

/// The prefix that an attribute declares; none for an ordinary attribute.
fn declared_prefix<'i>(name: &QualifiedName<'i>) -> Option<Prefix<'i>> {
    match (&*name.prefix, name.local) {
        ("", "xmlns") => Some(Prefix::NONE),
        ("xmlns", prefix) => Some(Prefix::new(prefix)),
        _ => None,
    }
}

/// The reserved prefixes and names (Namespaces in XML 1.0, 3).
fn check_declaration(prefix: &str, namespace: Namespace) -> ParseResult {
    match (prefix, namespace) {
        ("xml", Namespace::XML) => Ok(()),
        ("xml", _) | (_, Namespace::XML) => Err(XmlFault::Namespace(
            "the prefix 'xml' and its namespace may only be bound to each other",
        )),
        ("xmlns", _) | (_, Namespace::XMLNS) => Err(XmlFault::Namespace(
            "the prefix 'xmlns' and its namespace may not be declared",
        )),
        ("", _) => Ok(()),
        (_, Namespace::NONE) => Err(XmlFault::Namespace(
            "a prefix is bound to the empty namespace",
        )),
        _ => Ok(()),
    }
}

/// The index of a namespace name in the document's list; a new name is added.
pub(super) fn intern<'i>(
    names: &mut Vec<Cow<'i, str>>,
    name: &str,
    limits: &Limits,
) -> ParseResult<Namespace> {
    let index = names
        .iter()
        .position(|known| known == name)
        .unwrap_or(names.len());
    if index == names.len() {
        if index >= limits.namespaces {
            return Err(XmlFault::TooManyNamespaces);
        }
        names.push(Cow::Owned(name.to_owned()));
    }
    u16::try_from(index)
        .map(Namespace)
        .map_err(|_| XmlFault::TooManyNamespaces)
}
