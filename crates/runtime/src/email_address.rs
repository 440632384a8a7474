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
        let name = name.to_lowercase();
        let address = Self {
            at: name.len(),
            address: format!("{name}@{}", normalize_host(host)?),
        };
        (address.address.len() <= MAX_ADDRESS_BYTES).then_some(address)
    }

    /// Parses the value of a field, with a problem that names the field.
    pub fn parse_field(field: &'static str, text: &str) -> Result<Self, Problem> {
        let refuse = |expected: LocalizedText| {
            let text = text.trim();
            let received = if text.is_empty() {
                LocalizedText::key("problem-received-nothing")
            } else {
                format!("{text:?}").into()
            };
            Problem::field(field, expected, received)
        };
        match Self::parse(text) {
            Some(address) => Ok(address),
            None if text.trim().len() > MAX_ADDRESS_BYTES => {
                Err(refuse(LocalizedText::at_most_bytes(MAX_ADDRESS_BYTES)))
            }
            None => Err(refuse(LocalizedText::key("problem-expected-email"))),
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

#[test]
fn an_address_is_normalized() {
    for (text, normalized, domain) in [
        (" Ada@ACME.example ", "ada@acme.example", "acme.example"),
        ("Ünal@Acme.Example", "ünal@acme.example", "acme.example"),
        (
            "ada@Bücher.example",
            "ada@xn--bcher-kva.example",
            "xn--bcher-kva.example",
        ),
        (
            "o'neil+x@acme.example",
            "o'neil+x@acme.example",
            "acme.example",
        ),
    ] {
        let address = EmailAddress::parse_field("email", text).expect(text);
        assert_eq!((address.as_str(), address.domain()), (normalized, domain));
        assert_eq!(
            EmailAddress::parse(address.as_str()).as_ref(),
            Some(&address)
        );
    }
    for bad in [
        "",
        "ada",
        "@acme.example",
        "ada@acme",
        "ada@acme.",
        "ada@acme.example.",
        "a b@acme.example",
        "a@b@acme.example",
        "a\0b@acme.example",
        "ada@acme.exa\0mple",
        "a\u{200b}da@acme.example",
        "ada@acme.example\r\nBcc: eve@evil.example",
        "Ada <ada@acme.example>",
        "ada@10.0.0.1",
        "ada@[::1]",
        "ada@a b.c",
        "ada@acme.example/x",
        "ada@%61cme.example",
        "ada@-acme.example",
        "ada@acme_x.example",
    ] {
        let problem = EmailAddress::parse_field("email", bad).expect_err(bad);
        assert_eq!(problem.errors[0].field, "email");
    }
}

#[test]
fn an_address_has_at_most_254_bytes() {
    let address = |length: usize| format!("{}@acme.example", "a".repeat(length - 13));
    assert!(EmailAddress::parse(&address(MAX_ADDRESS_BYTES)).is_some());
    let problem = EmailAddress::parse_field("email", &address(MAX_ADDRESS_BYTES + 1)).unwrap_err();
    assert_eq!(problem.errors[0].expected.to_string(), "at most 254 bytes");
    let long = EmailAddress::parse_field("email", &address(3000)).unwrap_err();
    assert_eq!(
        long.errors[0].received.to_string(),
        "a text of 3002 bytes",
        "a long value is not repeated"
    );
    let label = "a".repeat(MAX_LABEL_BYTES);
    assert!(normalize_host(&format!("{label}.example")).is_some());
    assert_eq!(normalize_host(&format!("{label}a.example")), None);
    assert_eq!(
        normalize_host(&format!("{label}.{label}.{label}.{label}")),
        None
    );
}
