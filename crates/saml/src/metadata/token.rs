//! The tags of a document that is read in pieces. What is kept is parsed again by the strict parser.

/// One piece of markup, or text up to the next.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token {
    Tag(Tag),
    Doctype,
    /// Text, a comment, a processing instruction or a CDATA section.
    Other,
}

/// A start tag or end tag.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tag {
    /// The local name, if it is one that matters.
    pub(super) local: &'static [u8],
    pub(super) is_end: bool,
    /// Whether it is a start tag and an end tag.
    pub(super) is_empty: bool,
}

/// The first token and its length. None when the token is not complete.
pub(super) fn next_token(octets: Option<&[u8]>) -> Option<(Token, usize)> {
    let octets = octets.filter(|octets| !octets.is_empty())?;
    if octets.first() != Some(&b'<') {
        let end = memchr::memchr(b'<', octets).unwrap_or(octets.len());
        return Some((Token::Other, end));
    }
    for (start, end) in [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")] {
        if octets.starts_with(start.as_bytes()) {
            return through(octets, start.len(), end).map(|length| (Token::Other, length));
        }
        if start.as_bytes().starts_with(octets) {
            return None;
        }
    }
    if octets.starts_with(b"<!") {
        return Some((Token::Doctype, 2));
    }
    let length = tag_length(octets)?;
    let tag = octets.get(..length)?;
    Some((Token::Tag(Tag::parse(tag)), length))
}

fn through(octets: &[u8], start: usize, end: &str) -> Option<usize> {
    let found = memchr::memmem::find(octets.get(start..)?, end.as_bytes())?;
    found.checked_add(start)?.checked_add(end.len())
}

/// The length of a tag: `>` inside of a value does not end it.
fn tag_length(octets: &[u8]) -> Option<usize> {
    let mut quote = None;
    for (position, octet) in octets.iter().enumerate() {
        match (quote, octet) {
            (None, b'>') => return position.checked_add(1),
            (None, b'"' | b'\'') => quote = Some(*octet),
            (Some(open), octet) if open == *octet => quote = None,
            _ => {}
        }
    }
    None
}

impl Tag {
    fn parse(tag: &[u8]) -> Self {
        const NAMES: [&[u8]; 3] = [
            b"EntitiesDescriptor",
            b"EntityDescriptor",
            b"IDPSSODescriptor",
        ];
        let name = Self::written_name(tag);
        let local = name.rsplit(|octet| *octet == b':').next();
        Self {
            local: NAMES
                .into_iter()
                .find(|known| Some(*known) == local)
                .unwrap_or_default(),
            is_end: tag.starts_with(b"</"),
            is_empty: tag.ends_with(b"/>"),
        }
    }

    /// The name in a tag, with its prefix.
    pub(super) fn written_name(tag: &[u8]) -> Vec<u8> {
        tag.iter()
            .skip(1)
            .skip_while(|octet| **octet == b'/')
            .take_while(|octet| !octet.is_ascii_whitespace() && !b"/>".contains(octet))
            .copied()
            .collect()
    }

    /// The value of an attribute without a prefix.
    pub(super) fn attribute(tag: &[u8], name: &str) -> Option<String> {
        let text = String::from_utf8_lossy(tag);
        let mut rest = text.as_ref();
        while let Some((before, after)) = rest.split_once('=') {
            let after = after.trim_start();
            let quote = after
                .chars()
                .next()
                .filter(|first| "\"'".contains(*first))?;
            let (value, next) = after.strip_prefix(quote)?.split_once(quote)?;
            if before.split_whitespace().next_back() == Some(name) {
                return Some(html_escape::decode_html_entities(value).into_owned());
            }
            rest = next;
        }
        None
    }
}
