//! Email addresses in their normalized form.
//!
//! An address identifies one person in every organization and in the console. Members, accounts, codes and assertions
//! are compared in the normalized form, which only this file produces.

use std::fmt;

use url::Host;

use crate::problem::{LocalizedText, Problem};

/// RFC 5321 4.5.3.1.3.
pub const MAX_ADDRESS_BYTES: usize = 254;
/// RFC 1035 2.3.4.
const MAX_HOST_BYTES: usize = 253;
/// RFC 1035 2.3.4.
const MAX_LABEL_BYTES: usize = 63;
/// Characters with a meaning in mail headers.
const SPECIAL: &str = "<>\"(),:;\\[]";

/// A normalized email address: lower case, with the ASCII form of its domain.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EmailAddress {
    address: String,
    /// The position of the `@`.
    at: usize,
}

impl EmailAddress {
    pub fn parse(text: &str) -> Option<Self> {
        let (name, host) = text.trim().split_once('@')?;
        let is_plain = |one: char| {
            !one.is_whitespace()
                && !one.is_control()
                && !is_invisible(one)
                && one != '@'
                && !SPECIAL.contains(one)
        };
        if name.is_empty() || !name.chars().all(is_plain) {
            return None;
        }
        let name: String = name.chars().map(fold_case).collect();
        let address = Self {
            at: name.len(),
            address: format!("{name}@{}", normalize_host(host)?),
        };
        (address.address.len() <= MAX_ADDRESS_BYTES).then_some(address)
    }

    /// Parses the value of a field, with a problem that names the field.
    pub fn parse_field(field: &'static str, text: &str) -> Result<Self, Problem> {
        let invalid_field = |expected: LocalizedText| {
            Problem::field(field, expected, LocalizedText::quoted(text.trim()))
        };
        match Self::parse(text) {
            Some(address) => Ok(address),
            None if text.trim().len() > MAX_ADDRESS_BYTES => Err(invalid_field(
                LocalizedText::at_most_bytes(MAX_ADDRESS_BYTES),
            )),
            None => Err(invalid_field(LocalizedText::key("problem-expected-email"))),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.address
    }

    pub fn domain(&self) -> &str {
        &self.address[self.at + 1..]
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.address)
    }
}

/// Normalizes a host name: lower case, international names in their ASCII form. `None` when it is not a host name or
/// is a top-level domain.
pub fn normalize_host(name: &str) -> Option<String> {
    // `Host::parse` decodes percent signs.
    if name.contains('%') || name.contains(char::is_whitespace) {
        return None;
    }
    let Host::Domain(name) = Host::parse(name).ok()? else {
        return None;
    };
    let is_label = |label: &str| {
        (1..=MAX_LABEL_BYTES).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|one| one.is_ascii_alphanumeric() || one == b'-')
    };
    let is_whole =
        name.contains('.') && name.len() <= MAX_HOST_BYTES && name.split('.').all(is_label);
    is_whole.then_some(name)
}

/// Whether a character is not visible, so that two addresses could look alike.
fn is_invisible(one: char) -> bool {
    matches!(one, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// The character in lower case, unless another alphabet's character would become a letter of ASCII: `K` (U+212A) is not
/// the `k` of another person's address.
fn fold_case(one: char) -> char {
    let mut lower = one.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(folded), None) if one.is_ascii() || !folded.is_ascii() => folded,
        _ => one,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::uppercase(" Ada@ACME.example ", "ada@acme.example", "acme.example")]
    #[case::non_ascii_name("Ünal@Acme.Example", "ünal@acme.example", "acme.example")]
    #[case::kelvin_sign("\u{212a}im@acme.example", "\u{212a}im@acme.example", "acme.example")]
    #[case::non_ascii_domain(
        "ada@Bücher.example",
        "ada@xn--bcher-kva.example",
        "xn--bcher-kva.example"
    )]
    #[case::apostrophe_and_plus_sign(
        "o'neil+x@acme.example",
        "o'neil+x@acme.example",
        "acme.example"
    )]
    fn an_address_is_normalized(
        #[case] text: &str,
        #[case] normalized: &str,
        #[case] domain: &str,
    ) {
        let address = EmailAddress::parse_field("email", text).unwrap();
        assert_eq!((address.as_str(), address.domain()), (normalized, domain));
        assert_eq!(
            EmailAddress::parse(address.as_str()).as_ref(),
            Some(&address)
        );
    }

    #[rstest]
    #[case::empty("")]
    #[case::no_domain("ada")]
    #[case::no_local_part("@acme.example")]
    #[case::one_label("ada@acme")]
    #[case::empty_label("ada@acme.")]
    #[case::trailing_dot("ada@acme.example.")]
    #[case::space("a b@acme.example")]
    #[case::two_at_signs("a@b@acme.example")]
    #[case::nul("a\0b@acme.example")]
    #[case::nul_in_domain("ada@acme.exa\0mple")]
    #[case::zero_width_space("a\u{200b}da@acme.example")]
    #[case::second_header("ada@acme.example\r\nBcc: eve@evil.example")]
    #[case::display_name("Ada <ada@acme.example>")]
    #[case::ipv4("ada@10.0.0.1")]
    #[case::ipv6("ada@[::1]")]
    #[case::space_in_domain("ada@a b.c")]
    #[case::path("ada@acme.example/x")]
    #[case::percent_encoded_domain("ada@%61cme.example")]
    #[case::leading_hyphen("ada@-acme.example")]
    #[case::underscore_in_domain("ada@acme_x.example")]
    fn an_invalid_address_is_a_problem_of_its_field(#[case] text: &str) {
        let problem = EmailAddress::parse_field("email", text).unwrap_err();
        assert_eq!(problem.errors[0].field, "email");
    }

    fn address_of_length(length: usize) -> String {
        format!("{}@acme.example", "a".repeat(length - 13))
    }

    #[test]
    fn an_address_has_at_most_254_bytes() {
        assert!(EmailAddress::parse(&address_of_length(MAX_ADDRESS_BYTES)).is_some());
        let too_long = address_of_length(MAX_ADDRESS_BYTES + 1);
        let problem = EmailAddress::parse_field("email", &too_long).unwrap_err();
        assert_eq!(problem.errors[0].expected.to_string(), "at most 254 bytes");
    }

    #[test]
    fn a_long_value_is_not_repeated() {
        let problem = EmailAddress::parse_field("email", &address_of_length(3000)).unwrap_err();
        assert_eq!(
            problem.errors[0].received.to_string(),
            "a text of 3000 bytes"
        );
    }

    #[test]
    fn a_host_and_its_labels_have_a_maximum_length() {
        let label = "a".repeat(MAX_LABEL_BYTES);
        assert!(normalize_host(&format!("{label}.example")).is_some());
        assert_eq!(normalize_host(&format!("{label}a.example")), None);
        assert_eq!(
            normalize_host(&format!("{label}.{label}.{label}.{label}")),
            None
        );
    }
}
