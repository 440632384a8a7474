use super::chars;

/// A place in the text that only moves forward, and never past the end.
#[derive(Clone, Debug)]
pub(super) struct Cursor<'i> {
    whole: &'i str,
    rest: &'i str,
}

impl<'i> Cursor<'i> {
    pub(super) fn new(whole: &'i str) -> Self {
        Self { whole, rest: whole }
    }

    /// Octets before this place.
    pub(super) fn position(&self) -> usize {
        self.whole.len().saturating_sub(self.rest.len())
    }

    /// The text between an earlier place and this one.
    pub(super) fn since(&self, earlier: usize) -> &'i str {
        self.whole.get(earlier..self.position()).unwrap_or_default()
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

    /// Moves past `text` if it stands here.
    pub(super) fn eat(&mut self, text: &str) -> bool {
        match self.rest.strip_prefix(text) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// Moves past `byte`, which is below 128, if it stands here.
    pub(super) fn eat_byte(&mut self, byte: u8) -> bool {
        let here = self.peek() == Some(byte);
        if here {
            self.take(1);
        }
        here
    }

    /// Moves past white space, and tells whether there was any.
    pub(super) fn eat_space(&mut self) -> bool {
        let here = self.peek().is_some_and(chars::is_space);
        if here {
            self.take_until(|byte| !chars::is_space(byte));
        }
        here
    }

    /// Takes everything before the first octet that `stops`, which must be the first octet of a character.
    #[inline]
    pub(super) fn take_until(&mut self, stops: impl Fn(u8) -> bool) -> &'i str {
        let end = self.rest.bytes().position(stops).unwrap_or(self.rest.len());
        self.take(end)
    }

    /// Takes the text that stands here as far as it needs no second look.
    ///
    /// Most runs end at markup and hold nothing doubtful, which is seen for many octets at once.
    pub(super) fn take_text(&mut self) -> &'i str {
        let bytes = self.rest.as_bytes();
        let end = memchr::memchr2(b'<', b'&', bytes).unwrap_or(bytes.len());
        if bytes.get(..end).is_some_and(chars::is_plain_text) {
            self.take(end)
        } else {
            self.take_until(chars::stops_text)
        }
    }

    /// Takes the text before the next markup, of a document in which no text needs a second look.
    pub(super) fn take_plain_text(&mut self) -> &'i str {
        let bytes = self.rest.as_bytes();
        self.take(memchr::memchr(b'<', bytes).unwrap_or(bytes.len()))
    }

    /// Takes an attribute's value and moves past the quote that ends it, if all of it needs no second look.
    pub(super) fn take_value(&mut self, quote: u8) -> Option<&'i str> {
        let end = memchr::memchr(quote, self.rest.as_bytes())?;
        let (value, after) = self.rest.split_at_checked(end)?;
        if !chars::is_plain_value(value.as_bytes()) {
            return None;
        }
        self.rest = after.get(1..)?;
        Some(value)
    }

    /// The same in a document in which no value needs a second look, unless markup comes before the quote.
    pub(super) fn take_plain_value(&mut self, quote: u8) -> Option<&'i str> {
        let end = memchr::memchr2(quote, b'<', self.rest.as_bytes())?;
        let (value, after) = self.rest.split_at_checked(end)?;
        self.rest = after.strip_prefix(char::from(quote))?;
        Some(value)
    }

    /// Takes everything before `end` and moves past `end`; `None` when it does not follow.
    pub(super) fn take_through(&mut self, end: &str) -> Option<&'i str> {
        let (taken, rest) = self.rest.split_once(end)?;
        self.rest = rest;
        Some(taken)
    }

    /// Takes the name without a colon that stands here, which may be empty.
    pub(super) fn take_ncname(&mut self) -> &'i str {
        self.take(chars::ncname_length(self.rest))
    }

    /// Takes `length` octets; fewer when the text ends or a character would be cut.
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
