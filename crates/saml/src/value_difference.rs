//! How two values differ that look alike, such as two entity IDs.

mod pieces;

use std::fmt;

pub use self::pieces::ValuePiece;
use self::pieces::pieces;
use crate::paste::is_invisible;

/// The difference between an expected and a received value that people take for the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueDifference {
    /// In the order of [`DifferenceKind::ALL`]; never empty.
    pub kinds: Vec<DifferenceKind>,
    /// The expected value, in pieces that are equal or different.
    pub expected: Vec<ValuePiece>,
    /// The received value, in pieces that are equal or different.
    pub received: Vec<ValuePiece>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DifferenceKind {
    /// White space.
    Blank,
    /// A character without a width.
    Invisible,
    /// `http:` and `https:`.
    Scheme,
    /// A port, which may be the default one of the scheme.
    Port,
    PercentEncoding,
    /// Letters that look alike, such as Latin and Cyrillic ones, or `0` and `O`.
    LookAlike,
    /// Capital and small letters.
    Case,
    /// A slash at the end.
    Slash,
}

/// In characters. Longer values are not compared.
const MAX_LENGTH: usize = 2048;
impl DifferenceKind {
    pub const ALL: [Self; 8] = [
        Self::Blank,
        Self::Invisible,
        Self::Scheme,
        Self::Port,
        Self::PercentEncoding,
        // Before letters that look alike, which are compared in small letters.
        Self::Case,
        Self::LookAlike,
        Self::Slash,
    ];

    /// The identifier that texts and the API share. Never changes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Blank => "blank",
            Self::Invisible => "invisible",
            Self::Scheme => "scheme",
            Self::Port => "port",
            Self::PercentEncoding => "percent-encoding",
            Self::LookAlike => "look-alike",
            Self::Case => "case",
            Self::Slash => "slash",
        }
    }

    /// The value without what this kind is about.
    fn fold(self, value: &str) -> String {
        match self {
            Self::Blank => value.chars().filter(|one| !one.is_whitespace()).collect(),
            Self::Invisible => value
                .chars()
                .filter(|one| !is_invisible(*one) && (!one.is_control() || one.is_whitespace()))
                .collect(),
            Self::Scheme => without_scheme(value),
            Self::Port => without_port(value),
            Self::PercentEncoding => percent_encoding::percent_decode_str(value)
                .decode_utf8_lossy()
                .into_owned(),
            Self::LookAlike => value.chars().map(look_alike).collect(),
            Self::Case => value.to_lowercase(),
            Self::Slash => value.strip_suffix('/').unwrap_or(value).to_owned(),
        }
    }
}

impl fmt::Display for DifferenceKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Blank => "white space",
            Self::Invisible => "an invisible character",
            Self::Scheme => "http and https",
            Self::Port => "the port",
            Self::PercentEncoding => "percent-encoding",
            Self::LookAlike => "letters that look alike",
            Self::Case => "capital and small letters",
            Self::Slash => "a slash at the end",
        })
    }
}

impl ValueDifference {
    /// None when the values are equal, or differ in more than what is easily overlooked.
    pub fn between(expected: &str, received: &str) -> Option<Self> {
        let is_long = |value: &str| value.chars().count() > MAX_LENGTH;
        if expected == received || is_long(expected) || is_long(received) {
            return None;
        }
        let all = &DifferenceKind::ALL;
        if folded(expected, all) != folded(received, all) || folded(expected, all).is_empty() {
            return None;
        }
        let mut kinds: Vec<_> = all
            .iter()
            .copied()
            .filter(|kind| {
                let others: Vec<_> = all.iter().copied().filter(|other| other != kind).collect();
                folded(expected, &others) != folded(received, &others)
            })
            .collect();
        if kinds.is_empty() {
            // Each of several kinds explains the difference alone.
            kinds = all
                .iter()
                .copied()
                .filter(|kind| kind.fold(expected) == kind.fold(received))
                .take(1)
                .collect();
        }
        if kinds.is_empty() {
            return None;
        }
        let (expected, received) = pieces(expected, received);
        Some(Self {
            kinds,
            expected,
            received,
        })
    }
}

impl ValueDifference {
    /// The difference from the received value, or from the one of several (`, ` between them) that looks like the
    /// expected one.
    pub fn with_one_of(expected: &str, received: &str) -> Option<Self> {
        if received.split(", ").any(|one| one == expected) {
            return None;
        }
        Self::between(expected, received).or_else(|| {
            received
                .split(", ")
                .find_map(|one| Self::between(expected, one))
        })
    }
}

impl fmt::Display for ValueDifference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kinds: Vec<_> = self.kinds.iter().map(ToString::to_string).collect();
        write!(
            formatter,
            "the values differ only in {}",
            kinds.join(", and in ")
        )
    }
}

fn folded(value: &str, kinds: &[DifferenceKind]) -> String {
    let fold = |value: String, kind: &DifferenceKind| kind.fold(&value);
    kinds.iter().fold(value.to_owned(), fold)
}

fn without_scheme(value: &str) -> String {
    match value.split_once("://") {
        Some((scheme, rest))
            if ["http", "https"]
                .iter()
                .any(|one| scheme.eq_ignore_ascii_case(one)) =>
        {
            format!("://{rest}")
        }
        _ => value.to_owned(),
    }
}

fn without_port(value: &str) -> String {
    let Some((scheme, rest)) = value.split_once("://") else {
        return value.to_owned();
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at_checked(end).unwrap_or((rest, ""));
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    };
    format!("{scheme}://{host}{path}")
}

/// The ASCII character that looks like this one.
const fn look_alike(character: char) -> char {
    match character {
        'а' | 'Α' | 'А' | 'α' => 'a',
        'В' | 'Β' => 'b',
        'с' | 'С' | 'ϲ' => 'c',
        'ԁ' => 'd',
        'е' | 'Е' | 'Ε' => 'e',
        'һ' | 'Н' | 'Η' => 'h',
        'і' | 'І' | 'Ι' | 'ı' | 'l' | '1' | 'I' | '|' => 'i',
        'ј' | 'Ј' => 'j',
        'К' | 'Κ' | 'κ' => 'k',
        'М' | 'Μ' => 'm',
        'Ν' => 'n',
        'о' | 'О' | 'ο' | 'Ο' | '0' | 'O' => 'o',
        'р' | 'Р' | 'ρ' | 'Ρ' => 'p',
        'ԛ' => 'q',
        'ѕ' | 'Ѕ' => 's',
        'Т' | 'Τ' | 'т' => 't',
        'υ' => 'u',
        'ν' => 'v',
        'ԝ' => 'w',
        'х' | 'Х' | 'Χ' => 'x',
        'у' | 'У' | 'Υ' => 'y',
        'Ζ' => 'z',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\u{2044}' | '\u{2215}' | '\u{ff0f}' => '/',
        '\u{ff1a}' | '\u{2236}' => ':',
        '\u{ff0e}' | '\u{3002}' => '.',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    const ISSUER: &str = "https://idp.example/Realm/a";

    #[rstest]
    #[case::blank_at_the_end("https://idp.example/Realm/a ", &[DifferenceKind::Blank])]
    #[case::line_break("\nhttps://idp.example/Realm/a", &[DifferenceKind::Blank])]
    #[case::zero_width("https://idp.example/Realm/\u{200b}a", &[DifferenceKind::Invisible])]
    #[case::scheme("http://idp.example/Realm/a", &[DifferenceKind::Scheme])]
    #[case::port("https://idp.example:443/Realm/a", &[DifferenceKind::Port])]
    #[case::percent("https://idp.example/%52ealm/a", &[DifferenceKind::PercentEncoding])]
    #[case::cyrillic("https://idp.example/Realm/\u{430}", &[DifferenceKind::LookAlike])]
    #[case::case("https://idp.example/realm/a", &[DifferenceKind::Case])]
    #[case::slash("https://idp.example/Realm/a/", &[DifferenceKind::Slash])]
    #[case::two("http://idp.example/Realm/a/", &[DifferenceKind::Scheme, DifferenceKind::Slash])]
    fn the_kind_of_difference_is_named(#[case] received: &str, #[case] kinds: &[DifferenceKind]) {
        let difference = ValueDifference::between(ISSUER, received).unwrap();
        assert_eq!(difference.kinds, kinds);
        let reversed = ValueDifference::between(received, ISSUER).unwrap();
        assert_eq!(reversed.kinds, kinds);
    }

    #[rstest]
    #[case::equal(ISSUER)]
    #[case::other_path("https://idp.example/Realm/b")]
    #[case::other_host("https://other.example/Realm/a")]
    #[case::empty("")]
    fn values_that_do_not_look_alike_have_no_difference(#[case] received: &str) {
        assert_eq!(ValueDifference::between(ISSUER, received), None);
    }

    fn shown(pieces: &[ValuePiece]) -> String {
        let show = |piece: &ValuePiece| match piece.is_different {
            true => format!("«{}»", piece.text),
            false => piece.text.clone(),
        };
        pieces.iter().map(show).collect()
    }

    #[rstest]
    #[case::blank("https://a.example ", "https://a.example«␠»")]
    #[case::inside("https://a.exam\u{200b}ple", "https://a.exam«[U+200B]»ple")]
    #[case::scheme("http://a.example", "http://a.example")]
    #[case::letter("https://\u{430}.example", "https://«а[U+0430]».example")]
    #[case::two("https://A.exampLe", "https://«A».examp«L»e")]
    fn the_different_characters_are_marked(#[case] received: &str, #[case] expected: &str) {
        let difference = ValueDifference::between("https://a.example", received).unwrap();
        assert_eq!(shown(&difference.received), expected);
    }

    #[test]
    fn a_missing_character_is_marked_in_the_other_value() {
        let difference = ValueDifference::between("https://a.example", "http://a.example").unwrap();
        assert_eq!(shown(&difference.expected), "http«s»://a.example");
    }

    proptest! {
        #[test]
        fn equal_pieces_are_the_same_on_both_sides(one in "\\PC{0,40}", other in "\\PC{0,40}") {
            if let Some(difference) = ValueDifference::between(&one, &other) {
                let equal = |pieces: &[ValuePiece]| -> String {
                    pieces.iter().filter(|piece| !piece.is_different).map(|piece| piece.text.as_str()).collect()
                };
                prop_assert_eq!(equal(&difference.expected), equal(&difference.received));
                prop_assert!(!difference.kinds.is_empty());
            }
        }

        #[test]
        fn one_change_is_found(at in 0_usize..27, change in 0_usize..3) {
            let inserted = [" ", "\u{200b}", "\u{feff}"][change];
            let mut received = ISSUER.to_owned();
            received.insert_str(at, inserted);
            let difference = ValueDifference::between(ISSUER, &received).unwrap();
            let expected = if change == 0 { DifferenceKind::Blank } else { DifferenceKind::Invisible };
            prop_assert_eq!(difference.kinds, vec![expected]);
            let marked: Vec<_> = difference.received.iter().filter(|piece| piece.is_different).collect();
            prop_assert_eq!(marked.len(), 1);
            prop_assert!(difference.expected.iter().all(|piece| !piece.is_different));
        }

        #[test]
        fn long_values_take_no_time(one in "[ab]{250,300}", other in "[ab]{250,300}") {
            let _ = pieces(&one, &other);
        }
    }
}
