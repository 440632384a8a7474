use super::chars;

/// A position in the text that only moves forward.
#[derive(Clone, Debug)]
pub(super) struct Cursor<'i> {
    text: &'i str,
    rest: &'i str,
}

impl<'i> Cursor<'i> {
    pub(super) fn new(text: &'i str) -> Self {
        Self { text, rest: text }
    }

    pub(super) fn position(&self) -> usize {
        self.text.len().saturating_sub(self.rest.len())
    }

    pub(super) fn rest_length(&self) -> usize {
        self.rest.len()
    }

    /// The text from an earlier position to this one.
    pub(super) fn since(&self, earlier: usize) -> &'i str {
        self.text.get(earlier..self.position()).unwrap_or_default()
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.rest.as_bytes().first().copied()
    }

    pub(super) fn peek_second(&self) -> Option<u8> {
        self.rest.as_bytes().get(1).copied()
    }

    pub(super) fn peek_char(&self) -> Option<char> {
        self.rest.chars().next()
    }

    pub(super) fn is_at(&self, text: &str) -> bool {
        self.rest.starts_with(text)
    }

    /// Skips `text`, if it is next.
    pub(super) fn eat(&mut self, text: &str) -> bool {
        match self.rest.strip_prefix(text) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// Skips `byte`, which must be ASCII, if it is next.
    pub(super) fn eat_byte(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        if is_next {
            self.take(1);
        }
        is_next
    }

    /// Skips white space; returns whether there was any.
    pub(super) fn eat_space(&mut self) -> bool {
        let is_next = self.peek().is_some_and(chars::is_space);
        if is_next {
            self.take_until(|byte| !chars::is_space(byte));
        }
        is_next
    }

    /// Takes everything before the first octet for which `stops` holds, which must be the first octet of a character.
    #[inline]
    pub(super) fn take_until(&mut self, stops: impl Fn(u8) -> bool) -> &'i str {
        let end = self.rest.bytes().position(stops).unwrap_or(self.rest.len());
        self.take(end)
    }

    /// Takes a run of plain text.
    ///
    /// Most runs are plain up to the next markup, which is checked with vector instructions.
    pub(super) fn take_text(&mut self) -> &'i str {
        let bytes = self.rest.as_bytes();
        let end = memchr::memchr2(b'<', b'&', bytes).unwrap_or(bytes.len());
        if bytes.get(..end).is_some_and(chars::is_plain_text) {
            self.take(end)
        } else {
            self.take_until(chars::stops_text)
        }
    }

    /// Takes the text before the next markup or `>`, in a document with only plain text.
    pub(super) fn take_plain_text(&mut self) -> &'i str {
        let bytes = self.rest.as_bytes();
        self.take(memchr::memchr2(b'<', b'>', bytes).unwrap_or(bytes.len()))
    }

    /// Takes a plain attribute value and skips its closing quote; none if the value is not plain.
    pub(super) fn take_value(&mut self, quote: u8) -> Option<&'i str> {
        let end = memchr::memchr(quote, self.rest.as_bytes())?;
        let (value, after) = self.rest.split_at_checked(end)?;
        if !chars::is_plain_value(value.as_bytes()) {
            return None;
        }
        self.rest = after.get(1..)?;
        Some(value)
    }

    /// Like [`Cursor::take_value`], in a document with only plain values; none if markup comes before the quote.
    pub(super) fn take_plain_value(&mut self, quote: u8) -> Option<&'i str> {
        let end = memchr::memchr2(quote, b'<', self.rest.as_bytes())?;
        let (value, after) = self.rest.split_at_checked(end)?;
        self.rest = after.strip_prefix(char::from(quote))?;
        Some(value)
    }

    /// Takes everything before `end` and skips `end`; none if `end` is missing.
    pub(super) fn take_through(&mut self, end: &str) -> Option<&'i str> {
        let (taken, rest) = self.rest.split_once(end)?;
        self.rest = rest;
        Some(taken)
    }

    /// Takes a possibly empty name without a colon.
    pub(super) fn take_ncname(&mut self) -> &'i str {
        self.take(chars::ncname_length(self.rest))
    }

    /// Takes `length` octets; none if the text ends or a character would be cut.
    #[inline]
    pub(super) fn take(&mut self, length: usize) -> &'i str {
        match self.rest.split_at_checked(length) {
            Some((taken, rest)) => {
                self.rest = rest;
                taken
            }
            None => "",
        }
    }
}
