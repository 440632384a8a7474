use super::encoded_octets::{Base64Octets, HexadecimalOctets};
use super::key_beginning::KeyBeginning;

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

/// Whether a text has a private key anywhere: by its marks, or DER in base64, base64url or hexadecimal.
///
/// It looks at the text as it is; [`super::TidyText`] undoes the encodings around it.
#[must_use]
pub fn has_private_key(text: &str) -> bool {
    let has_marks = |marks: &&[&str]| marks.iter().all(|mark| text.contains(mark));
    MARKS.iter().any(has_marks) || has_encoded_key(text)
}

/// DER begins with the octet 0x30, which is `M` in base64 and `30` in hexadecimal.
///
/// Every such place is read, because what precedes a key may consist of the same characters: `key/`, `x_`, `%3D`. It
/// takes linear time: the beginning of a key is short.
fn has_encoded_key(text: &str) -> bool {
    memchr::memchr2_iter(b'M', b'3', text.as_bytes()).any(|position| {
        let Some((before, candidate)) = text.split_at_checked(position) else {
            return false;
        };
        let detected = if candidate.starts_with('M') {
            KeyBeginning::detect(Base64Octets::new(candidate))
        } else if candidate.starts_with("30") {
            KeyBeginning::detect(HexadecimalOctets::new(candidate))
        } else {
            None
        };
        match detected {
            Some(KeyBeginning::Plain) => true,
            // In the middle of base64 it is a part of a PKCS#12 file, which has an error of its own.
            Some(KeyBeginning::Encrypted) => !ends_with_word(before),
            None => false,
        }
    })
}

/// Whether a letter or digit is before a key, and not a separator in an encoding: `%3D`, `0x` or `\n`.
fn ends_with_word(before: &str) -> bool {
    match before.as_bytes() {
        [.., b'%', _, _] | [.., b'\\', _] | [.., b'x'] => false,
        [.., last] => last.is_ascii_alphanumeric(),
        [] => false,
    }
}
