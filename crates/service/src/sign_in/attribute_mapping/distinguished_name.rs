//! Distinguished names as text (RFC 4514), which directories use as the names of groups.

/// A relative distinguished name, such as `OU=Groups`, in a longer text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rdn<'t> {
    pub text: &'t str,
    /// The attribute type, such as `OU`.
    kind: &'t str,
    value: &'t str,
}

impl<'t> Rdn<'t> {
    /// Reads the relative distinguished name at the start of a text, up to the next comma that is not escaped.
    ///
    /// Space around the parts is accepted, as RFC 2253 requires of readers, and so is a value in quotation marks. A plus
    /// sign may be one that joins two values, so nothing is split there.
    pub(super) fn read(text: &'t str) -> Option<Self> {
        let kind = leading_type(text)?;
        let value = text.get(kind.len() + 1..)?;
        let blanks = value.len() - value.trim_start().len();
        let length = value_length(value.get(blanks..)?)?;
        let end = kind.len() + 1 + blanks + length;
        let value = value.get(blanks..blanks + length)?;
        Some(Self {
            text: text.get(..end)?,
            kind: kind.trim(),
            value: value.trim(),
        })
    }

    pub(super) fn is_domain_component(self) -> bool {
        self.kind.eq_ignore_ascii_case("DC")
    }

    pub(super) fn has_same_kind(self, other: Self) -> bool {
        self.kind.eq_ignore_ascii_case(other.kind)
    }

    pub(super) fn is_same(self, other: Self) -> bool {
        self.has_same_kind(other) && self.value.eq_ignore_ascii_case(other.value)
    }
}

/// Whether the whole text is a distinguished name of one part or more.
pub(super) fn is_distinguished_name(text: &str) -> bool {
    let mut rest = text;
    loop {
        let Some(rdn) = Rdn::read(rest) else {
            return false;
        };
        match rest[rdn.text.len()..].strip_prefix(',') {
            Some(next) => rest = next,
            None => return true,
        }
    }
}

/// Whether the text begins with an attribute type and an equals sign.
pub(super) fn begins_with_type(text: &str) -> bool {
    leading_type(text).is_some()
}

/// The attribute type before the equals sign, with the space around it. It never looks past the characters of a type, so
/// that reading a long list takes linear time.
fn leading_type(text: &str) -> Option<&str> {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"-. ".contains(&byte);
    let end = text.bytes().position(|byte| !is_part(byte))?;
    let kind = text.get(..end)?;
    (text.as_bytes().get(end) == Some(&b'=') && is_attribute_type(kind.trim())).then_some(kind)
}

/// A short name such as `CN`, or an object identifier.
fn is_attribute_type(kind: &str) -> bool {
    let is_name = kind.starts_with(|first: char| first.is_ascii_alphabetic())
        && kind
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let number = kind.strip_prefix("OID.").unwrap_or(kind);
    is_name || (number.contains('.') && number.split('.').all(is_number))
}

/// The length of the value at the start of a text, which a comma or the end of the text ends. `None` when it is not a
/// value: a character that must be escaped is not.
fn value_length(text: &str) -> Option<usize> {
    if text.starts_with('"') {
        return quoted_length(text);
    }
    let mut characters = text.char_indices();
    while let Some((index, character)) = characters.next() {
        match character {
            ',' => return Some(index),
            '\\' => skip_escaped(&mut characters)?,
            '"' | ';' | '<' | '>' | '\0' => return None,
            _ => {}
        }
    }
    Some(text.len())
}

/// After a backslash: a special character, or the two hexadecimal digits of an octet.
fn skip_escaped(characters: &mut std::str::CharIndices<'_>) -> Option<()> {
    let (_, first) = characters.next()?;
    if first.is_ascii_hexdigit() {
        let (_, second) = characters.next()?;
        return second.is_ascii_hexdigit().then_some(());
    }
    " \"#+,;<=>\\".contains(first).then_some(())
}

fn quoted_length(text: &str) -> Option<usize> {
    let mut characters = text.char_indices().skip(1);
    loop {
        match characters.next()? {
            (_, '\\') => drop(characters.next()?),
            (index, '"') => {
                let rest = &text[index + 1..];
                let blanks = rest.len() - rest.trim_start().len();
                let is_over = rest.trim_start().is_empty() || rest.trim_start().starts_with(',');
                return is_over.then_some(index + 1 + blanks);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::active_directory("CN=App Admins,OU=Groups,DC=acme,DC=example", true)]
    #[case::one_part("CN=App Admins", true)]
    #[case::object_identifier("2.5.4.3=admins,OID.2.5.4.11=groups", true)]
    #[case::blanks("cn = App Admins , ou = Groups", true)]
    #[case::escaped_comma(r"CN=Sales\, EMEA,DC=acme", true)]
    #[case::escaped_octet(r"CN=Sales\2C EMEA,DC=acme", true)]
    #[case::quoted(r#"CN="Sales, EMEA",DC=acme"#, true)]
    #[case::two_values("CN=Ada+UID=42,DC=acme", true)]
    #[case::hexadecimal("1.3.6.1=#04024869,DC=acme", true)]
    #[case::other_alphabet("CN=Führung,DC=acme", true)]
    #[case::empty_value("CN=,DC=acme", true)]
    #[case::no_type("admins,staff", false)]
    #[case::last_part_without_type("CN=admins,staff", false)]
    #[case::final_comma("CN=admins,", false)]
    #[case::semicolon("CN=a,DC=acme;CN=b,DC=acme", false)]
    #[case::unknown_escape(r"CN=a\qb", false)]
    #[case::final_backslash(r"CN=a\", false)]
    #[case::half_an_octet(r"CN=a\4", false)]
    #[case::open_quotation("CN=\"a,DC=acme", false)]
    #[case::text_after_quotation("CN=\"a\"b,DC=acme", false)]
    #[case::empty("", false)]
    #[case::no_kind("=a", false)]
    fn a_distinguished_name_is_recognized(#[case] text: &str, #[case] expected: bool) {
        assert_eq!(is_distinguished_name(text), expected);
    }
}
