//! E-mail addresses: read once where they come in, and from there on the same everywhere.
//!
//! An address is one person in every organization and in the console, so members, accounts, codes and what an identity
//! provider says have to be compared in one form. Only this file makes one.

use std::fmt;

use url::Host;

use crate::problem::{LocalizedText, Problem};

/// The longest address that mail can be sent to (RFC 5321 4.5.3.1.3), in bytes.
pub const LONGEST: usize = 254;
/// The longest name of a host, and the longest part of one between two dots (RFC 1035 2.3.4).
const LONGEST_HOST: usize = 253;
const LONGEST_LABEL: usize = 63;
/// What has a meaning of its own in the header of a mail.
const SPECIAL: &str = "<>\"(),:;\\[]";

/// An e-mail address in the one form in which addresses are compared: in lower case, its domain as the domain name
/// system knows it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EmailAddress {
    written: String,
    /// Where the `@` is.
    at: usize,
}

impl EmailAddress {
    /// Reads what somebody wrote; nothing when it is no address.
    pub fn read(written: &str) -> Option<Self> {
        let (name, host) = written.trim().split_once('@')?;
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
            written: format!("{name}@{}", host_name(host)?),
        };
        (address.written.len() <= LONGEST).then_some(address)
    }

    /// Reads what came in a field.
    ///
    /// # Errors
    ///
    /// When it is no address.
    pub fn of_field(field: &'static str, written: &str) -> Result<Self, Problem> {
        let refuse = |expected: LocalizedText| {
            let written = written.trim();
            let received = if written.is_empty() {
                LocalizedText::key("problem-received-nothing")
            } else {
                format!("{written:?}").into()
            };
            Problem::field(field, expected, received)
        };
        match Self::read(written) {
            Some(address) => Ok(address),
            None if written.trim().len() > LONGEST => {
                Err(refuse(LocalizedText::at_most_bytes(LONGEST)))
            }
            None => Err(refuse(LocalizedText::key("problem-expected-email"))),
        }
    }

    /// The whole address.
    pub fn as_str(&self) -> &str {
        &self.written
    }

    /// What stands behind the `@`, in the form in which domains are compared.
    pub fn domain(&self) -> &str {
        &self.written[self.at + 1..]
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.written)
    }
}

/// The name of a host in the one form in which names are compared: lower case, international names in their ASCII form;
/// nothing when it is none, or only a top-level domain.
pub fn host_name(written: &str) -> Option<String> {
    // What percent signs hide would be read below.
    if written.contains('%') || written.contains(char::is_whitespace) {
        return None;
    }
    let Host::Domain(name) = Host::parse(written).ok()? else {
        return None;
    };
    let is_label = |label: &str| {
        (1..=LONGEST_LABEL).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|one| one.is_ascii_alphanumeric() || one == b'-')
    };
    let is_whole =
        name.contains('.') && name.len() <= LONGEST_HOST && name.split('.').all(is_label);
    is_whole.then_some(name)
}

/// Whether a character shows nothing, so that two addresses could look alike.
fn is_invisible(one: char) -> bool {
    matches!(one, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[test]
fn an_address_has_one_form() {
    for (written, form, domain) in [
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
        let address = EmailAddress::parse_field("email", written).expect(written);
        assert_eq!((address.as_str(), address.domain()), (form, domain));
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
fn an_address_is_no_longer_than_mail_goes() {
    let of = |length: usize| format!("{}@acme.example", "a".repeat(length - 13));
    assert!(EmailAddress::parse(&of(LONGEST)).is_some());
    let problem = EmailAddress::parse_field("email", &of(LONGEST + 1)).unwrap_err();
    assert_eq!(problem.errors[0].expected.to_string(), "at most 254 bytes");
    let long = EmailAddress::parse_field("email", &of(3000)).unwrap_err();
    assert_eq!(
        long.errors[0].received.to_string(),
        "a text of 3002 bytes",
        "what is long is not sent back"
    );
    let label = "a".repeat(LONGEST_LABEL);
    assert!(host_name(&format!("{label}.example")).is_some());
    assert_eq!(host_name(&format!("{label}a.example")), None);
    assert_eq!(host_name(&format!("{label}.{label}.{label}.{label}")), None);
}
