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

/// Finds tokens in octets that come in pieces. It remembers how far it has read a token that is not complete, so that
/// the work is proportional to the octets, however small the pieces are.
#[derive(Debug, Default)]
pub(super) struct Scanner {
    /// The octets of the incomplete token that were read.
    read: usize,
    /// The quotation mark around the value that was read last, in a tag.
    quote: Option<u8>,
}

impl Scanner {
    /// The first token and its length. None when the token is not complete; then the next call must be for the same
    /// octets with more behind them.
    pub(super) fn next_token(&mut self, octets: &[u8]) -> Option<(Token, usize)> {
        let found = self.find(octets);
        if found.is_some() {
            *self = Self::default();
        }
        found
    }

    fn find(&mut self, octets: &[u8]) -> Option<(Token, usize)> {
        if octets.is_empty() {
            return None;
        }
        if octets.first() != Some(&b'<') {
            let end = memchr::memchr(b'<', octets).unwrap_or(octets.len());
            return Some((Token::Other, end));
        }
        for (start, end) in [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")] {
            if octets.starts_with(start.as_bytes()) {
                let length = self.through(octets, start.len(), end)?;
                return Some((Token::Other, length));
            }
            if start.as_bytes().starts_with(octets) {
                return None;
            }
        }
        if octets.starts_with(b"<!") {
            return Some((Token::Doctype, 2));
        }
        let length = self.tag_length(octets)?;
        let tag = octets.get(..length)?;
        Some((Token::Tag(Tag::parse(tag)), length))
    }

    /// The length of a comment or the like, which `end` ends.
    fn through(&mut self, octets: &[u8], start: usize, end: &str) -> Option<usize> {
        let from = self.read.max(start);
        match memchr::memmem::find(octets.get(from..)?, end.as_bytes()) {
            Some(found) => found.checked_add(from)?.checked_add(end.len()),
            None => {
                // The last octets may be the first ones of the end.
                self.read = octets.len().saturating_sub(end.len().saturating_sub(1));
                None
            }
        }
    }

    /// The length of a tag: `>` inside of a value does not end it.
    fn tag_length(&mut self, octets: &[u8]) -> Option<usize> {
        let rest = octets.get(self.read..)?;
        for (position, octet) in rest.iter().enumerate() {
            match (self.quote, octet) {
                (None, b'>') => return self.read.checked_add(position)?.checked_add(1),
                (None, b'"' | b'\'') => self.quote = Some(*octet),
                (Some(open), octet) if open == *octet => self.quote = None,
                _ => {}
            }
        }
        self.read = octets.len();
        None
    }
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

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    /// The first part is replaced before the rest comes: its octets would end the token if they were read again.
    #[rstest]
    #[case::tag("<a b='1' ", "<a b='1'>", " c='>'>", 16)]
    #[case::value_with_an_end("<a b='>> ", "<a b='1'>", " '>", 12)]
    #[case::comment("<!-- a b c -", "<!-- a --> -", "->", 14)]
    #[case::cdata("<![CDATA[ a b c ", "<![CDATA[ a ]]> ", "]]>", 19)]
    #[case::instruction("<?a b c ", "<?a b ?>", "?>", 10)]
    fn no_octet_is_read_twice(
        #[case] first: &str,
        #[case] replaced: &str,
        #[case] rest: &str,
        #[case] length: usize,
    ) {
        let mut scanner = Scanner::default();
        assert_eq!(scanner.next_token(first.as_bytes()), None);
        let octets = format!("{replaced}{rest}");
        let (_, found) = scanner.next_token(octets.as_bytes()).unwrap();
        assert_eq!(found, length);
        assert_eq!((scanner.read, scanner.quote), (0, None));
    }

    #[test]
    fn tokens_in_single_octets_are_those_of_the_whole() {
        let text = b"<a b='>' c=\"'\">text<!-- > --><![CDATA[ ]] ]]><?x ? ?></a><b/>";
        let mut whole = Vec::new();
        let mut rest = &text[..];
        while let Some((token, length)) = Scanner::default().next_token(rest) {
            whole.push((token, length));
            rest = &rest[length..];
        }
        assert_eq!(rest, b"");
        let mut scanner = Scanner::default();
        let (mut pieces, mut start) = (Vec::new(), 0);
        for end in 1..=text.len() {
            if let Some((token, length)) = scanner.next_token(&text[start..end]) {
                start += length;
                pieces.push((token, length));
            }
        }
        // Text is given as it comes.
        let is_markup = |(token, length): &(Token, usize)| *token != Token::Other || *length > 1;
        whole.retain(|found| *found != (Token::Other, 4));
        pieces.retain(is_markup);
        assert_eq!(pieces, whole);
    }
}
