//! The grammar of the patterns: `acme.example`, `*.acme.example`, `ada@acme.example`.

use std::fmt;

use runtime::email_address::{EmailAddress, normalize_host};
use saml::trim_edges;

/// Whom a rule sends to its connection. It is stored in its normal form, which a sign-in looks up without reading it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Pattern {
    /// `*.acme.example`: the subdomains of a domain at any depth, without the domain itself.
    Subdomains(String),
    /// `acme.example`, also written `*@acme.example`.
    Domain(String),
    /// `ada@acme.example`
    Address(EmailAddress),
}

impl Pattern {
    /// `None` when the text is no pattern. An asterisk stands for a whole local part or for the labels of subdomains,
    /// and for nothing else.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = trim_edges(text);
        let host = text.strip_prefix("*@").unwrap_or(text);
        if let Some(parent) = host.strip_prefix("*.") {
            return normalize_host(parent).map(Self::Subdomains);
        }
        if host.contains('*') {
            return None;
        }
        if host.len() == text.len() && host.contains('@') {
            return EmailAddress::parse(host).map(Self::Address);
        }
        normalize_host(host).map(Self::Domain)
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Subdomains(parent) => write!(formatter, "*.{parent}"),
            Self::Domain(domain) => formatter.write_str(domain),
            Self::Address(address) => address.fmt(formatter),
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::domain(" ACME.example ", "acme.example")]
    #[case::every_address("*@eu.acme.example", "eu.acme.example")]
    #[case::subdomains("*.Acme.example", "*.acme.example")]
    #[case::every_address_of_subdomains("*@*.acme.example", "*.acme.example")]
    #[case::address("Ada@ACME.example", "ada@acme.example")]
    #[case::international("*@bücher.example", "xn--bcher-kva.example")]
    fn a_pattern_has_one_normal_form(#[case] text: &str, #[case] normalized: &str) {
        let pattern = Pattern::parse(text).unwrap();
        assert_eq!(pattern.to_string(), normalized);
        assert_eq!(Pattern::parse(normalized), Some(pattern));
    }

    #[rstest]
    fn other_text_is_no_pattern(
        #[values(
            "",
            "*",
            "*@",
            "*.",
            "*.example",
            "@acme.example",
            "acme",
            "a*@acme.example",
            "*.*.acme.example",
            "acme.*",
            "*@ada@acme.example",
            "*acme.example",
            "ada@*.acme.example",
            "10.0.0.1",
            "acme.example/x"
        )]
        text: &str,
    ) {
        assert_eq!(Pattern::parse(text), None);
    }
}
