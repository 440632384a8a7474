use std::iter::Peekable;

use crate::der::{self, DerReader};
use crate::key::PrivateKeyKind;
use crate::pem;

/// The marks of a private key: PEM, also percent-encoded; OpenSSH without PEM; OpenPGP; PuTTY; age; XML Signature's
/// `RSAKeyValue` with its private part; a private JSON Web Key (RFC 7517).
const MARKS: &[&[&str]] = &[
    &["PRIVATE KEY-"],
    &["PRIVATE%20KEY-"],
    &["PRIVATE+KEY-"],
    &["b3BlbnNzaC1rZXktdjE"],
    &["PRIVATE KEY BLOCK-"],
    &["Private-Lines:"],
    &["AGE-SECRET-KEY-1"],
    &["RSAKeyValue", "<D>"],
    &["\"kty\"", "\"d\""],
];

/// How many octets are decoded for each octet of the text: candidates may overlap in a hostile text.
const MAX_WORK: usize = 4;
/// In octets of the text: an RSA key of 16384 bits in hexadecimal with separators is shorter.
const MAX_CANDIDATE_LENGTH: usize = 64 * 1024;

/// Whether a text has a private key anywhere: by its marks, or DER in base64, base64url or hexadecimal.
///
/// It looks at the text as it is; [`super::TidyText`] undoes the encodings around it.
#[must_use]
pub fn has_private_key(text: &str) -> bool {
    let has_marks = |marks: &&[&str]| marks.iter().all(|mark| text.contains(mark));
    MARKS.iter().any(has_marks) || has_encoded_key(text)
}

/// DER begins with the octet 0x30, which is `M` in base64 and `30` in hexadecimal.
fn has_encoded_key(text: &str) -> bool {
    let mut budget = text.len().saturating_mul(MAX_WORK);
    let mut previous = ' ';
    for (position, character) in text.char_indices() {
        // In hexadecimal, `x` is the end of `0x` or `\\x`.
        let is_beginning = !is_base64(previous) || previous == 'x';
        previous = character;
        if !is_beginning {
            continue;
        }
        let decode: fn(&str) -> Vec<u8> = match character {
            'M' => decode_base64,
            '3' => decode_hexadecimal,
            _ => continue,
        };
        let candidate = beginning(text.get(position..).unwrap_or_default());
        if !begins_like_key(&decode(first_octets(candidate))) {
            continue;
        }
        let Some(rest) = budget.checked_sub(candidate.len()) else {
            return false;
        };
        budget = rest;
        if is_private_key(&decode(candidate)) {
            return true;
        }
    }
    false
}

/// Enough for two octets in hexadecimal with separators.
fn first_octets(candidate: &str) -> &str {
    let end = candidate.floor_char_boundary(8);
    candidate.get(..end).unwrap_or(candidate)
}

fn beginning(text: &str) -> &str {
    let end = text.floor_char_boundary(MAX_CANDIDATE_LENGTH);
    text.get(..end).unwrap_or(text)
}
/// Tag and length of the smallest key and of larger ones. It saves decoding the rest of most words.
fn begins_like_key(octets: &[u8]) -> bool {
    matches!(octets, [der::SEQUENCE, 0x20..=0x83, ..])
}

/// Whether these octets are a private key, or the beginning of one: a key that was not copied whole is a secret too.
fn is_private_key(octets: &[u8]) -> bool {
    PrivateKeyKind::detect(octets) != PrivateKeyKind::None || is_beginning_of_key(octets)
}

/// `PrivateKeyInfo` and `RSAPrivateKey` begin with the version 0 (RFC 5208, RFC 8017), `ECPrivateKey` and
/// `OneAsymmetricKey` with 1 (RFC 5915, RFC 5958). No public structure begins so.
fn is_beginning_of_key(octets: &[u8]) -> bool {
    let ([der::SEQUENCE, 0x82, _, _, content @ ..] | [der::SEQUENCE, 0x81, _, content @ ..]) =
        octets
    else {
        return false;
    };
    let mut fields = DerReader::new(content);
    let version = fields.expect(der::INTEGER).map(|version| version.value);
    // Version, and the tag of what follows.
    match (version, content.get(3)) {
        (Some([0]), Some(&next)) => next == der::SEQUENCE || next == der::INTEGER,
        (Some([1]), Some(&next)) => next == der::SEQUENCE || next == der::OCTET_STRING,
        _ => false,
    }
}

/// The octets of the base64 or base64url at the beginning of a text, with white space in it.
fn decode_base64(text: &str) -> Vec<u8> {
    let mut digits: String = text
        .chars()
        .filter(|character| !character.is_whitespace())
        .take_while(|character| is_base64(*character) && *character != '=')
        .map(|character| match character {
            '-' => '+',
            '_' => '/',
            digit => digit,
        })
        .collect();
    // Words may follow.
    if digits.len() % 4 == 1 {
        digits.pop();
    }
    pem::decode(&digits).unwrap_or_default()
}

/// The octets of the hexadecimal digits at the beginning of a text, with the usual separators.
fn decode_hexadecimal(text: &str) -> Vec<u8> {
    let mut characters = text.chars().peekable();
    let mut octets = Vec::new();
    while let Some(octet) = next_octet(&mut characters) {
        octets.push(octet);
        skip_separator(&mut characters);
    }
    octets
}

fn next_octet(characters: &mut Peekable<impl Iterator<Item = char>>) -> Option<u8> {
    let mut digit = || u8::try_from(characters.next()?.to_digit(16)?).ok();
    Some(digit()? << 4 | digit()?)
}

fn skip_separator(characters: &mut Peekable<impl Iterator<Item = char> + Clone>) {
    const SEPARATORS: &str = ":-,;|\\x";
    let is_separator =
        |character: &char| character.is_whitespace() || SEPARATORS.contains(*character);
    while characters.next_if(is_separator).is_some() {}
    // `0x`
    let mut ahead = characters.clone();
    if ahead.next() == Some('0') && ahead.next() == Some('x') {
        *characters = ahead;
    }
}

fn is_base64(character: char) -> bool {
    character.is_ascii_alphanumeric() || "+/-_=".contains(character)
}
