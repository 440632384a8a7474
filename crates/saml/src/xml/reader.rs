//! From text to a [`Document`], in one pass and without recursion.

use std::borrow::Cow;

use super::chars;
use super::cursor::Cursor;
use super::document::{Attribute, Content, Declaration, Document, ElementData, NodeData};
use super::scope::Scope;
use super::{Limits, Namespace, Profile, XmlError, XmlFault};

pub(super) fn read<'i>(text: &'i str, profile: Profile, limits: &Limits) -> Result<Document<'i>, XmlError> {
    let mut reader = Reader::new(text, profile, limits);
    match reader.document() {
        Ok(()) => Ok(reader.document),
        Err(fault) => Err(XmlError { fault, position: reader.cursor.position() }),
    }
}

type Step<T = ()> = Result<T, XmlFault>;

struct Reader<'i, 'l> {
    cursor: Cursor<'i>,
    document: Document<'i>,
    open: Vec<Open<'i>>,
    scope: Scope<'i>,
    /// The attributes of the start tag that is being read.
    tag: Vec<Written<'i>>,
    elements: usize,
    profile: Profile,
    limits: &'l Limits,
}

/// An element whose end tag has not come yet.
struct Open<'i> {
    index: usize,
    name: &'i str,
    mark: usize,
}

/// A qualified name as it is written.
#[derive(Clone, Copy)]
struct Name<'i> {
    whole: &'i str,
    prefix: &'i str,
    local: &'i str,
}

/// An attribute as it is written, before prefixes are resolved.
struct Written<'i> {
    name: Name<'i>,
    value: Cow<'i, str>,
}

impl<'i, 'l> Reader<'i, 'l> {
    fn new(text: &'i str, profile: Profile, limits: &'l Limits) -> Self {
        let document = Document {
            text,
            // Real messages have a node for every 40 to 60 octets.
            nodes: Vec::with_capacity(text.len() / 40),
            attributes: Vec::with_capacity(text.len() / 100),
            declarations: Vec::with_capacity(16),
            namespaces: Namespace::KNOWN.map(Cow::Borrowed).into(),
            root: 0,
        };
        Self {
            cursor: Cursor::new(text),
            document,
            open: Vec::with_capacity(16),
            scope: Scope::new(limits),
            tag: Vec::with_capacity(16),
            elements: 0,
            profile,
            limits,
        }
    }

    /// Production 1: prolog, one element, and nothing that matters after it.
    fn document(&mut self) -> Step {
        self.declaration()?;
        self.misc()?;
        if self.cursor.peek() != Some(b'<') {
            return Err(XmlFault::Syntax("text stands where the document element is expected"));
        }
        self.document.root = self.document.nodes.len();
        self.start_tag()?;
        while !self.open.is_empty() {
            self.content()?;
        }
        self.misc()?;
        if self.cursor.is_at_end() {
            Ok(())
        } else {
            Err(XmlFault::Syntax("something stands after the end of the document element"))
        }
    }

    /// Production 23, the XML declaration, when there is one.
    fn declaration(&mut self) -> Step {
        const BROKEN: XmlFault = XmlFault::Syntax("the XML declaration is not of the form that XML 1.0 demands");
        let mut ahead = self.cursor.clone();
        if !ahead.eat("<?xml") || !ahead.eat_space() {
            return Ok(());
        }
        self.cursor = ahead;
        if self.pseudo_attribute("version").ok_or(BROKEN)? != "1.0" {
            return Err(XmlFault::Syntax("the XML declaration names another version than 1.0"));
        }
        let mut spaced = self.cursor.eat_space();
        if spaced && self.cursor.is_at("encoding") {
            let encoding = self.pseudo_attribute("encoding").ok_or(BROKEN)?;
            if !encoding.eq_ignore_ascii_case("UTF-8") {
                return Err(XmlFault::NotUtf8);
            }
            spaced = self.cursor.eat_space();
        }
        if spaced && self.cursor.is_at("standalone") {
            let standalone = self.pseudo_attribute("standalone").ok_or(BROKEN)?;
            if !matches!(standalone, "yes" | "no") {
                return Err(BROKEN);
            }
            self.cursor.eat_space();
        }
        if self.cursor.eat("?>") { Ok(()) } else { Err(BROKEN) }
    }

    fn pseudo_attribute(&mut self, name: &str) -> Option<&'i str> {
        if !self.cursor.eat(name) {
            return None;
        }
        self.equals().ok()?;
        if self.cursor.eat_byte(b'"') {
            self.cursor.take_through("\"")
        } else if self.cursor.eat_byte(b'\'') {
            self.cursor.take_through("'")
        } else {
            None
        }
    }

    /// Production 27: comments, processing instructions and white space outside the document element.
    fn misc(&mut self) -> Step {
        loop {
            self.cursor.eat_space();
            if self.cursor.eat("<!--") {
                self.comment()?;
            } else if self.cursor.eat("<?") {
                self.instruction()?;
            } else if self.cursor.is_at("<!DOCTYPE") {
                return Err(XmlFault::Doctype);
            } else {
                return Ok(());
            }
        }
    }

    /// One piece of production 43: what may stand inside an element.
    fn content(&mut self) -> Step {
        let run = self.cursor.take_until(chars::stops_text);
        match self.cursor.peek() {
            Some(b'<') => {
                if !run.is_empty() {
                    self.push_text(Cow::Borrowed(run));
                }
                self.markup()
            }
            Some(_) => self.rest_of_text(run),
            None => Err(XmlFault::Syntax("the document ends before its elements are closed")),
        }
    }

    /// Text that holds a reference or an octet that needs a second look.
    fn rest_of_text(&mut self, first: &'i str) -> Step {
        let start = self.cursor.position().saturating_sub(first.len());
        let mut resolved = None;
        loop {
            match self.cursor.peek() {
                None | Some(b'<') => break,
                Some(b'&') => {
                    let text = resolved.get_or_insert_with(|| self.cursor.since(start).to_owned());
                    text.push(reference(&mut self.cursor)?);
                }
                Some(b']') if self.cursor.is_at("]]>") => {
                    return Err(XmlFault::Syntax("']]>' stands in text"));
                }
                Some(_) => {
                    let octets = self.allowed_char()?;
                    extend(&mut resolved, octets);
                }
            }
            let run = self.cursor.take_until(chars::stops_text);
            extend(&mut resolved, run);
        }
        self.push_text(resolved.map_or_else(|| Cow::Borrowed(self.cursor.since(start)), Cow::Owned));
        Ok(())
    }

    /// The character that stands here, if XML may hold it.
    fn allowed_char(&mut self) -> Step<&'i str> {
        match self.cursor.peek_char() {
            Some(c) if chars::is_char(c) => Ok(self.cursor.take(c.len_utf8())),
            _ => Err(XmlFault::Syntax("a character stands in the document that XML cannot hold")),
        }
    }

    fn markup(&mut self) -> Step {
        if self.cursor.eat("</") {
            self.end_tag()
        } else if self.cursor.eat("<!--") {
            self.comment()
        } else if self.cursor.eat("<![CDATA[") {
            self.cdata()
        } else if self.cursor.eat("<?") {
            self.instruction()
        } else if self.cursor.is_at("<!DOCTYPE") {
            Err(XmlFault::Doctype)
        } else {
            self.start_tag()
        }
    }

    /// Production 15.
    fn comment(&mut self) -> Step {
        let text = self.cursor.take_through("--").ok_or(XmlFault::Syntax("a comment is not closed"))?;
        allowed(text)?;
        if !self.cursor.eat_byte(b'>') {
            return Err(XmlFault::Syntax("'--' stands inside a comment"));
        }
        self.push_leaf(Content::Comment);
        Ok(())
    }

    /// Production 16; the target is a name without a colon, and not `xml`.
    fn instruction(&mut self) -> Step {
        if self.profile == Profile::Message {
            return Err(XmlFault::ProcessingInstruction);
        }
        let target = self.cursor.take_ncname();
        if target.is_empty() || target.eq_ignore_ascii_case("xml") {
            return Err(XmlFault::Syntax("a processing instruction has no allowed target"));
        }
        let spaced = self.cursor.eat_space();
        let data = self.cursor.take_through("?>");
        let data = data.ok_or(XmlFault::Syntax("a processing instruction is not closed"))?;
        if !spaced && !data.is_empty() {
            return Err(XmlFault::Syntax("a processing instruction has no allowed target"));
        }
        allowed(data)?;
        self.push_leaf(Content::Instruction { target, data });
        Ok(())
    }

    /// Production 18.
    fn cdata(&mut self) -> Step {
        if self.profile == Profile::Message {
            return Err(XmlFault::Cdata);
        }
        let text = self.cursor.take_through("]]>").ok_or(XmlFault::Syntax("a CDATA section is not closed"))?;
        allowed(text)?;
        self.push_text(Cow::Borrowed(text));
        Ok(())
    }

    /// Production 40 or 44, with its namespaces resolved.
    fn start_tag(&mut self) -> Step {
        let start = self.cursor.position();
        self.cursor.eat_byte(b'<');
        self.elements = self.elements.saturating_add(1);
        if self.elements > self.limits.elements {
            return Err(XmlFault::TooManyElements);
        }
        if self.open.len() >= self.limits.depth {
            return Err(XmlFault::TooDeep);
        }
        let name = self.name("'<' is followed by neither a name nor other markup")?;
        let empty = self.rest_of_start_tag()?;
        let mark = self.scope.mark();
        let index = self.push_element(name, start)?;
        if empty {
            self.scope.close(mark);
            self.finish(index);
        } else {
            self.open.push(Open { index, name: name.whole, mark });
        }
        Ok(())
    }

    /// Gathers the attributes in `self.tag`; says whether the element is empty.
    fn rest_of_start_tag(&mut self) -> Step<bool> {
        self.tag.clear();
        loop {
            let spaced = self.cursor.eat_space();
            if self.cursor.eat_byte(b'>') {
                return Ok(false);
            }
            if self.cursor.eat("/>") {
                return Ok(true);
            }
            if !spaced {
                return Err(XmlFault::Syntax("a start tag goes on without white space or is not closed"));
            }
            if self.tag.len() >= self.limits.attributes {
                return Err(XmlFault::TooManyAttributes);
            }
            let name = self.name("a start tag holds something that is not an attribute")?;
            self.equals()?;
            let value = self.attribute_value()?;
            self.tag.push(Written { name, value });
        }
    }

    fn equals(&mut self) -> Step {
        self.cursor.eat_space();
        if !self.cursor.eat_byte(b'=') {
            return Err(XmlFault::Syntax("an attribute has no '='"));
        }
        self.cursor.eat_space();
        Ok(())
    }

    /// Production 10, normalised as 3.3.3 says for a value that no DTD has declared.
    fn attribute_value(&mut self) -> Step<Cow<'i, str>> {
        let quote = match self.cursor.peek() {
            Some(quote @ (b'"' | b'\'')) => quote,
            _ => return Err(XmlFault::Syntax("an attribute's value is not quoted")),
        };
        self.cursor.take(1);
        let start = self.cursor.position();
        let mut resolved = None;
        loop {
            let run = self.cursor.take_until(chars::stops_value);
            extend(&mut resolved, run);
            match self.cursor.peek() {
                Some(byte) if byte == quote => break,
                Some(b'&') => {
                    let value = resolved.get_or_insert_with(|| self.cursor.since(start).to_owned());
                    value.push(reference(&mut self.cursor)?);
                }
                Some(b'\t' | b'\n') => {
                    resolved.get_or_insert_with(|| self.cursor.since(start).to_owned()).push(' ');
                    self.cursor.take(1);
                }
                Some(b'<') => return Err(XmlFault::Syntax("'<' stands in an attribute's value")),
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

    /// Production 42, which must close the innermost open element.
    fn end_tag(&mut self) -> Step {
        const MISMATCH: XmlFault = XmlFault::Syntax("an end tag does not close the element that is open");
        let open = self.open.pop().ok_or(MISMATCH)?;
        if !self.cursor.eat(open.name) {
            return Err(MISMATCH);
        }
        self.cursor.eat_space();
        if !self.cursor.eat_byte(b'>') {
            return Err(MISMATCH);
        }
        self.scope.close(open.mark);
        self.finish(open.index);
        Ok(())
    }

    /// A qualified name (Namespaces in XML 1.0, production 7).
    fn name(&mut self, missing: &'static str) -> Step<Name<'i>> {
        let start = self.cursor.position();
        let first = self.cursor.take_ncname();
        if first.is_empty() {
            return Err(XmlFault::Syntax(missing));
        }
        if !self.cursor.eat_byte(b':') {
            return Ok(Name { whole: first, prefix: "", local: first });
        }
        let local = self.cursor.take_ncname();
        if local.is_empty() || self.cursor.peek() == Some(b':') {
            return Err(XmlFault::Namespace("a name has a colon in a place where none may be"));
        }
        Ok(Name { whole: self.cursor.since(start), prefix: first, local })
    }

    /// Resolves the gathered start tag and appends its element.
    fn push_element(&mut self, name: Name<'i>, start: usize) -> Step<usize> {
        let declarations = self.declare()?;
        let attributes = self.resolve_attributes()?;
        let data = ElementData {
            prefix: name.prefix,
            local: name.local,
            namespace: self.resolve(name.prefix)?,
            attributes,
            declarations,
            span: start..self.cursor.position(),
        };
        let index = self.document.nodes.len();
        let parent = self.open.last().map_or(index, |open| open.index);
        self.document.nodes.push(NodeData { parent, end: index, content: Content::Element(data) });
        Ok(index)
    }

    /// Binds the prefixes that the start tag declares.
    fn declare(&mut self) -> Step<std::ops::Range<usize>> {
        let first = self.document.declarations.len();
        for written in &self.tag {
            let Some(prefix) = declared_prefix(&written.name) else { continue };
            let repeated = self.document.declarations.iter().skip(first).any(|other| other.prefix == prefix);
            if repeated {
                return Err(XmlFault::Syntax("an element has the same attribute twice"));
            }
            let namespace = intern(&mut self.document.namespaces, &written.value, self.limits)?;
            check_declaration(prefix, namespace)?;
            self.scope.bind(prefix, namespace)?;
            self.document.declarations.push(Declaration { prefix, namespace });
        }
        Ok(first..self.document.declarations.len())
    }

    /// Moves the start tag's attributes into the document.
    fn resolve_attributes(&mut self) -> Step<std::ops::Range<usize>> {
        let first = self.document.attributes.len();
        for written in self.tag.drain(..) {
            if declared_prefix(&written.name).is_some() {
                continue;
            }
            let Name { prefix, local, .. } = written.name;
            // The default namespace does not reach attributes (Namespaces in XML 1.0, 6.2).
            let namespace = if prefix.is_empty() { Some(Namespace::NONE) } else { self.scope.resolve(prefix) };
            let namespace = namespace.ok_or(UNBOUND)?;
            let earlier = self.document.attributes.get(first..).unwrap_or_default();
            if earlier.iter().any(|other| other.namespace == namespace && other.local == local) {
                return Err(XmlFault::Syntax("an element has the same attribute twice"));
            }
            self.document.attributes.push(Attribute { prefix, local, namespace, value: written.value });
        }
        Ok(first..self.document.attributes.len())
    }

    fn resolve(&self, prefix: &str) -> Step<Namespace> {
        self.scope.resolve(prefix).ok_or(UNBOUND)
    }

    fn push_text(&mut self, text: Cow<'i, str>) {
        let parent = self.parent();
        if let Some(NodeData { parent: before, content: Content::Text(earlier), .. }) = self.document.nodes.last_mut()
            && *before == parent
        {
            earlier.to_mut().push_str(&text);
        } else {
            self.push_leaf(Content::Text(text));
        }
    }

    fn push_leaf(&mut self, content: Content<'i>) {
        let parent = self.parent();
        let end = self.document.nodes.len().saturating_add(1);
        self.document.nodes.push(NodeData { parent, end, content });
    }

    fn parent(&self) -> usize {
        self.open.last().map_or(self.document.root, |open| open.index)
    }

    /// Notes where the element at `index` ends, in the list and in the text.
    fn finish(&mut self, index: usize) {
        let end = self.document.nodes.len();
        let position = self.cursor.position();
        if let Some(node) = self.document.nodes.get_mut(index) {
            node.end = end;
            if let Content::Element(data) = &mut node.content {
                data.span.end = position;
            }
        }
    }
}

const UNBOUND: XmlFault = XmlFault::Namespace("a prefix is not bound to a namespace");

/// The prefix that an attribute declares; `None` for an ordinary attribute.
fn declared_prefix<'i>(name: &Name<'i>) -> Option<&'i str> {
    match (name.prefix, name.local) {
        ("", "xmlns") => Some(""),
        ("xmlns", prefix) => Some(prefix),
        _ => None,
    }
}

/// The reserved prefixes and names (Namespaces in XML 1.0, 3).
fn check_declaration(prefix: &str, namespace: Namespace) -> Step {
    match (prefix, namespace) {
        ("xml", Namespace::XML) => Ok(()),
        ("xml", _) | (_, Namespace::XML) => {
            Err(XmlFault::Namespace("the prefix 'xml' and its namespace may only be bound to each other"))
        }
        ("xmlns", _) | (_, Namespace::XMLNS) => {
            Err(XmlFault::Namespace("the prefix 'xmlns' and its namespace may not be declared"))
        }
        ("", _) => Ok(()),
        (_, Namespace::NONE) => Err(XmlFault::Namespace("a prefix is bound to the empty namespace")),
        _ => Ok(()),
    }
}

/// The place of a namespace name in the document's list, where it is added when new.
fn intern<'i>(names: &mut Vec<Cow<'i, str>>, name: &Cow<'i, str>, limits: &Limits) -> Step<Namespace> {
    let place = names.iter().position(|known| known == name).unwrap_or(names.len());
    if place == names.len() {
        if place >= limits.namespaces {
            return Err(XmlFault::TooManyNamespaces);
        }
        names.push(name.clone());
    }
    u16::try_from(place).map(Namespace).map_err(|_| XmlFault::TooManyNamespaces)
}

/// Production 66 and the five predefined entities of 4.6.
fn reference(cursor: &mut Cursor<'_>) -> Step<char> {
    // The longest reference that means anything is `&#x10FFFF;`; a few leading zeros are common enough.
    const LONGEST: usize = 16;
    const BROKEN: XmlFault = XmlFault::Syntax("'&' begins no reference that XML defines without a DTD");
    cursor.eat_byte(b'&');
    let name = cursor.take_until(|byte| byte == b';' || !(byte.is_ascii_alphanumeric() || byte == b'#'));
    if name.len() > LONGEST || !cursor.eat_byte(b';') {
        return Err(BROKEN);
    }
    let number = match name {
        "amp" => return Ok('&'),
        "lt" => return Ok('<'),
        "gt" => return Ok('>'),
        "quot" => return Ok('"'),
        "apos" => return Ok('\''),
        _ => name.strip_prefix('#').ok_or(BROKEN)?,
    };
    let number = match number.strip_prefix('x') {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16),
        None => number.parse(),
    };
    let c = number.ok().and_then(char::from_u32).ok_or(BROKEN)?;
    if chars::is_char(c) { Ok(c) } else { Err(XmlFault::Syntax("a reference names a character that XML cannot hold")) }
}

/// Refuses text that holds a character which XML cannot.
fn allowed(text: &str) -> Step {
    if text.chars().all(chars::is_char) {
        Ok(())
    } else {
        Err(XmlFault::Syntax("a character stands in the document that XML cannot hold"))
    }
}

fn extend(resolved: &mut Option<String>, text: &str) {
    if let Some(resolved) = resolved {
        resolved.push_str(text);
    }
}
