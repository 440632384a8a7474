//! The octets that a text encodes, read one at a time: a text has many places where a key could begin, and most of them
//! are excluded by the first octets.

use std::iter::Peekable;
use std::str::Chars;

use super::is_invisible;

/// The octets of the base64 or base64url at the beginning of a text, with white space in it.
pub(super) struct Base64Octets<'t> {
    characters: Chars<'t>,
    /// The last digit that was read. Its lower bits belong to the next octet.
    last: u8,
    /// The position of the next octet in its group of three.
    position: u8,
}

impl<'t> Base64Octets<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            characters: text.chars(),
            last: 0,
            position: 0,
        }
    }

    fn next_digit(&mut self) -> Option<u8> {
        let is_ignored = |one: &char| one.is_whitespace() || is_invisible(*one);
        let digit = self.characters.find(|one| !is_ignored(one))?;
        let digit = u8::try_from(digit).ok()?;
        match digit {
            b'A'..=b'Z' => digit.checked_sub(b'A'),
            b'a'..=b'z' => digit.checked_sub(b'a' - 26),
            b'0'..=b'9' => digit.checked_add(52 - b'0'),
            b'+' | b'-' => Some(62),
            b'/' | b'_' => Some(63),
            _ => None,
        }
    }
}

impl Iterator for Base64Octets<'_> {
    type Item = u8;

    fn next(&mut self) -> Option<u8> {
        if self.position == 0 {
            self.last = self.next_digit()?;
        }
        let digit = self.next_digit()?;
        let (octet, position) = match self.position {
            0 => (self.last << 2 | digit >> 4, 1),
            1 => (self.last << 4 | digit >> 2, 2),
            _ => (self.last << 6 | digit, 0),
        };
        self.last = digit;
        self.position = position;
        Some(octet)
    }
}

/// The octets of the hexadecimal digits at the beginning of a text, with the usual separators.
pub(super) struct HexadecimalOctets<'t>(Peekable<Chars<'t>>);

impl<'t> HexadecimalOctets<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self(text.chars().peekable())
    }

    fn skip_separator(&mut self) {
        const SEPARATORS: &str = ":-,;|\\x%";
        let is_separator =
            |character: &char| character.is_whitespace() || SEPARATORS.contains(*character);
        while self.0.next_if(is_separator).is_some() {}
        // `0x`
        let mut ahead = self.0.clone();
        if ahead.next() == Some('0') && ahead.next() == Some('x') {
            self.0 = ahead;
        }
    }

    fn next_digit(&mut self) -> Option<u8> {
        u8::try_from(self.0.next()?.to_digit(16)?).ok()
    }
}

impl Iterator for HexadecimalOctets<'_> {
    type Item = u8;

    fn next(&mut self) -> Option<u8> {
        let octet = self.next_digit()? << 4 | self.next_digit()?;
        self.skip_separator();
        Some(octet)
    }
}
