//! Parses a [`Document`] in one pass and without recursion.

use std::borrow::Cow;

use super::cursor::Cursor;
use super::document::{Declaration, Document, Element, Instruction, NodeContent, NodeData};
use super::error::ParseResult;
use super::reference::parse_reference;
use super::scope::NamespaceScope;
use super::span::{to_index, to_position};
use super::tag::{PlainTag, intern};
use super::{Limits, Namespace, Profile, XmlError, XmlFault, chars};

pub(super) fn parse<'i>(
    text: &'i str,
    profile: Profile,
    limits: &Limits,
) -> Result<Document<'i>, XmlError> {
    let mut parser = Parser::new(text, profile, limits);
    match parser.document() {
        Ok(()) => Ok(parser.document),
        Err(fault) => Err(XmlError {
            fault,
            position: parser.cursor.position(),
        }),
    }
}

/// Parses a text as if it stood inside `place`.
pub(super) fn parse_in_place<'i>(
    text: &'i str,
    profile: Profile,
    limits: &Limits,
    place: Element<'i>,
) -> Result<Document<'i>, XmlError> {
    let mut parser = Parser::new(text, profile, limits);
    match parser.bind_context(place).and_then(|()| parser.document()) {
        Ok(()) => Ok(parser.document),
        Err(fault) => Err(XmlError {
            fault,
            position: parser.cursor.position(),
        }),
    }
}

pub(super) struct Parser<'i, 'l> {
    pub(super) cursor: Cursor<'i>,
    pub(super) document: Document<'i>,
    pub(super) open: Vec<OpenElement<'i>>,
    pub(super) scope: NamespaceScope<'i>,
    pub(super) elements: usize,
    /// The last start tag that has a name and nothing else.
    pub(super) plain_tag: Option<PlainTag<'i>>,
    /// No text and no value of the document needs a closer look.
    pub(super) is_plain: bool,
    profile: Profile,
    pub(super) limits: &'l Limits,
}

/// An element without its end tag so far.
pub(super) struct OpenElement<'i> {
    pub(super) index: usize,
    pub(super) name: &'i str,
    pub(super) mark: usize,
}

impl<'i, 'l> Parser<'i, 'l> {
    fn new(text: &'i str, profile: Profile, limits: &'l Limits) -> Self {
        let document = Document {
            text,
            // Real messages have one node per 40 to 60 octets.
            nodes: Vec::with_capacity(text.len() / 40),
            names: Vec::with_capacity(32),
            resolved: Vec::new(),
            attributes: Vec::with_capacity(text.len() / 100),
            declarations: Vec::with_capacity(16),
            namespaces: Namespace::KNOWN.map(Cow::Borrowed).into(),
            context: Vec::new(),
            root: 0,
            is_verbatim: true,
        };
        Self {
            cursor: Cursor::new(text),
            document,
            open: Vec::with_capacity(16),
            scope: NamespaceScope::new(limits),
            elements: 0,
            plain_tag: None,
            is_plain: chars::is_plain_document(text),
            profile,
            limits,
        }
    }

    fn bind_context(&mut self, place: Element<'i>) -> ParseResult {
        for (prefix, name) in place.namespaces_in_scope() {
            let namespace = intern(&mut self.document.namespaces, name, self.limits)?;
            self.scope.bind(prefix, namespace)?;
            let declaration = Declaration { prefix, namespace };
            self.document.context.push(declaration);
        }
        Ok(())
    }

    /// Production 1: prolog, document element, and miscellaneous markup.
    fn document(&mut self) -> ParseResult {
        if u32::try_from(self.cursor.rest_length()).is_err() {
            return Err(XmlFault::TooLarge);
        }
        self.declaration()?;
        self.misc()?;
        if self.cursor.peek() != Some(b'<') {
            return Err(XmlFault::Syntax(
                "text stands where the document element is expected",
            ));
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
            Err(XmlFault::Syntax(
                "there is content after the end of the document element",
            ))
        }
    }

    /// Production 23, the optional XML declaration.
    fn declaration(&mut self) -> ParseResult {
        const BROKEN: XmlFault =
            XmlFault::Syntax("the XML declaration is not of the form that XML 1.0 demands");
        let mut ahead = self.cursor.clone();
        if !ahead.eat("<?xml") || !ahead.eat_space() {
            return Ok(());
        }
        self.cursor = ahead;
        if self.pseudo_attribute("version").ok_or(BROKEN)? != "1.0" {
            return Err(XmlFault::Syntax(
                "the XML declaration names another version than 1.0",
            ));
        }
        let mut spaced = self.cursor.eat_space();
        if spaced && self.cursor.is_at("encoding") {
            // The text is decoded already.
            let encoding = self.pseudo_attribute("encoding").ok_or(BROKEN)?;
            if !is_encoding_name(encoding) {
                return Err(BROKEN);
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
        if self.cursor.eat("?>") {
            Ok(())
        } else {
            Err(BROKEN)
        }
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
    fn misc(&mut self) -> ParseResult {
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

    /// One item of production 43, the content of an element.
    fn content(&mut self) -> ParseResult {
        if self.cursor.peek() == Some(b'<') {
            return self.markup();
        }
        let run = if self.is_plain {
            self.cursor.take_plain_text()
        } else {
            self.cursor.take_text()
        };
        match self.cursor.peek() {
            Some(b'<') => {
                self.push_text(run);
                Ok(())
            }
            // Also for `>`, which is allowed, and which canonical XML writes as a reference.
            Some(_) => self.rest_of_text(run),
            None => Err(XmlFault::Syntax(
                "the document ends before its elements are closed",
            )),
        }
    }

    /// Text with a reference or an octet that needs a closer look.
    fn rest_of_text(&mut self, first: &'i str) -> ParseResult {
        let start = self.cursor.position().saturating_sub(first.len());
        let mut resolved = None;
        loop {
            match self.cursor.peek() {
                None | Some(b'<') => break,
                Some(b'&') => {
                    let text = resolved.get_or_insert_with(|| self.cursor.since(start).to_owned());
                    text.push(parse_reference(&mut self.cursor)?);
                    self.document.is_verbatim = false;
                }
                Some(b']') if self.cursor.is_at("]]>") => {
                    return Err(XmlFault::Syntax("text contains ']]>'"));
                }
                Some(byte) => {
                    self.document.is_verbatim &= byte != b'>';
                    let octets = self.allowed_char()?;
                    extend(&mut resolved, octets);
                }
            }
            let run = self.cursor.take_until(chars::stops_text);
            extend(&mut resolved, run);
        }
        match resolved {
            None => self.push_text(self.cursor.since(start)),
            Some(text) => self.push_resolved(text),
        }
        Ok(())
    }

    /// The next character, if XML allows it.
    pub(super) fn allowed_char(&mut self) -> ParseResult<&'i str> {
        match self.cursor.peek_char() {
            Some(c) if chars::is_char(c) => Ok(self.cursor.take(c.len_utf8())),
            _ => Err(XmlFault::Syntax(
                "the document contains a character that XML does not allow",
            )),
        }
    }

    fn markup(&mut self) -> ParseResult {
        match self.cursor.peek_second() {
            Some(b'/') => self.end_tag(),
            Some(b'!' | b'?') => self.rare_markup(),
            Some(_) | None => self.start_tag(),
        }
    }

    fn rare_markup(&mut self) -> ParseResult {
        if self.cursor.eat("<!--") {
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
    fn comment(&mut self) -> ParseResult {
        let text = self
            .cursor
            .take_through("--")
            .ok_or(XmlFault::Syntax("a comment is not closed"))?;
        check_chars(text)?;
        if !self.cursor.eat_byte(b'>') {
            return Err(XmlFault::Syntax("a comment contains '--'"));
        }
        self.push_leaf(NodeContent::Comment(text));
        Ok(())
    }

    /// Production 16; the target is a name without a colon other than `xml`.
    fn instruction(&mut self) -> ParseResult {
        if self.profile == Profile::Message {
            return Err(XmlFault::ProcessingInstruction);
        }
        let target = self.cursor.take_ncname();
        if target.is_empty() || target.eq_ignore_ascii_case("xml") {
            return Err(XmlFault::Syntax(
                "a processing instruction has no allowed target",
            ));
        }
        let spaced = self.cursor.eat_space();
        let data = self.cursor.take_through("?>");
        let data = data.ok_or(XmlFault::Syntax("a processing instruction is not closed"))?;
        if !spaced && !data.is_empty() {
            return Err(XmlFault::Syntax(
                "a processing instruction has no allowed target",
            ));
        }
        check_chars(data)?;
        let instruction = Instruction { target, data };
        self.push_leaf(NodeContent::Instruction(Box::new(instruction)));
        Ok(())
    }

    /// Production 18.
    fn cdata(&mut self) -> ParseResult {
        if self.profile == Profile::Message {
            return Err(XmlFault::Cdata);
        }
        let text = self
            .cursor
            .take_through("]]>")
            .ok_or(XmlFault::Syntax("a CDATA section is not closed"))?;
        check_chars(text)?;
        self.document.is_verbatim = false;
        self.push_text(text);
        Ok(())
    }

    /// Production 42; it must close the innermost open element.
    fn end_tag(&mut self) -> ParseResult {
        const MISMATCH: XmlFault =
            XmlFault::Syntax("an end tag does not close the element that is open");
        let open = self.open.pop().ok_or(MISMATCH)?;
        if !self.cursor.eat("</") || !self.cursor.eat(open.name) {
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

    fn push_text(&mut self, text: &'i str) {
        match self.text_before() {
            Some(before) => before.push_str(text),
            None => self.push_leaf(NodeContent::Text(text)),
        }
    }

    fn push_resolved(&mut self, text: String) {
        if let Some(before) = self.text_before() {
            before.push_str(&text);
        } else {
            let index = self.document.resolved.len();
            self.document.resolved.push(text);
            self.push_leaf(NodeContent::Resolved(to_position(index)));
        }
    }

    /// The text directly before, which ends with a CDATA section, or a CDATA section follows it.
    fn text_before(&mut self) -> Option<&mut String> {
        let parent = self.parent();
        let node = self.document.nodes.last_mut()?;
        if node.parent != parent {
            return None;
        }
        let resolved = &mut self.document.resolved;
        if let NodeContent::Text(text) = node.content {
            node.content = NodeContent::Resolved(to_position(resolved.len()));
            resolved.push(text.to_owned());
        }
        let NodeContent::Resolved(index) = node.content else {
            return None;
        };
        resolved.get_mut(to_index(index))
    }

    fn push_leaf(&mut self, content: NodeContent<'i>) {
        let parent = self.parent();
        let end = to_position(self.document.nodes.len().saturating_add(1));
        self.document.nodes.push(NodeData {
            parent,
            end,
            content,
        });
    }

    fn parent(&self) -> u32 {
        let parent = self.open.last().map(|open| open.index);
        to_position(parent.unwrap_or(self.document.root))
    }

    /// Sets the end of the element at `index`, in the list and in the text.
    pub(super) fn finish(&mut self, index: usize) {
        let end = to_position(self.document.nodes.len());
        let position = to_position(self.cursor.position());
        if let Some(node) = self.document.nodes.get_mut(index) {
            node.end = end;
            if let NodeContent::Element(data) = &mut node.content {
                data.span.end = position;
            }
        }
    }
}

/// Production 81.
fn is_encoding_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'))
}

/// Rejects text with a character that XML forbids.
fn check_chars(text: &str) -> ParseResult {
    if text.chars().all(chars::is_char) {
        Ok(())
    } else {
        Err(XmlFault::Syntax(
            "the document contains a character that XML does not allow",
        ))
    }
}

pub(super) fn extend(resolved: &mut Option<String>, text: &str) {
    if let Some(resolved) = resolved {
        resolved.push_str(text);
    }
}
