//! The normal form of domains.

use runtime::email_address::normalize_host;
use runtime::problem::{LocalizedText, Problem};
use saml::trim_edges;

/// Parses a domain to its normal form: lower case, internationalized names in ASCII form.
///
/// # Errors
///
/// When the text is not a domain, or a public suffix, under which different organizations have domains.
pub(super) fn parse_domain(text: &str) -> Result<String, Problem> {
    let expected = "a domain such as acme.example, without @ and without a path";
    let invalid = || Problem::field("domain", expected, LocalizedText::quoted(text));
    // Rejects top-level domains, and a dot at the end, which would be a second spelling.
    let name = normalize_host(trim_edges(text)).ok_or_else(invalid)?;
    // A public suffix, such as co.uk.
    if psl::domain_str(&name).is_none() {
        let expected = "a domain of one organization";
        let received = format!("{name}, which is a public suffix");
        return Err(Problem::field("domain", expected, received));
    }
    Ok(name)
}

/// The normal form of a domain, for a lookup. An invalid domain is not found.
pub fn normalize_domain(text: &str) -> String {
    let text = trim_edges(text);
    normalize_host(text).unwrap_or_else(|| text.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::uppercase("ACME.Example", "acme.example")]
    #[case::copied(" acme.example\u{200b}\n", "acme.example")]
    #[case::non_ascii("bücher.example", "xn--bcher-kva.example")]
    fn a_domain_has_one_normal_form(#[case] text: &str, #[case] normalized: &str) {
        assert_eq!(parse_domain(text).unwrap(), normalized);
    }

    #[rstest]
    fn text_that_is_not_a_domain_is_rejected(
        #[values(
            "",
            "acme",
            "@acme.example",
            "ada@acme.example",
            "https://acme.example",
            "10.0.0.1",
            "[::1]",
            "acme.example.",
            "*.acme.example",
            "a b.example",
            "acme.example/x"
        )]
        text: &str,
    ) {
        parse_domain(text).unwrap_err();
    }

    #[rstest]
    #[case::second_level("co.uk")]
    #[case::uppercase("CO.UK")]
    #[case::hosting("github.io")]
    #[case::storage("s3.amazonaws.com")]
    #[case::chinese("公司.cn")]
    fn public_suffixes_are_rejected(#[case] suffix: &str) {
        parse_domain(suffix).unwrap_err();
    }

    #[rstest]
    fn domains_below_a_public_suffix_are_accepted(
        #[values("acme.co.uk", "acme.github.io", "corp.acme.com", "acme.internal")] domain: &str,
    ) {
        assert_eq!(parse_domain(domain).unwrap(), domain);
    }
}
