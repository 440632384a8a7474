//! The normal form of domains.

use runtime::email_address::normalize_host;
use runtime::problem::Problem;

/// Parses a domain to its normal form: lower case, internationalized names in ASCII form.
///
/// # Errors
///
/// When the text is not a domain, or a public suffix, under which different organizations have domains.
pub(super) fn parse_domain(text: &str) -> Result<String, Problem> {
    let expected = "a domain such as acme.example, without @ and without a path";
    let invalid = || Problem::field("domain", expected, format!("{text:?}"));
    // Rejects top-level domains, and a dot at the end, which would be a second spelling.
    let name = normalize_host(text).ok_or_else(invalid)?;
    // A public suffix, such as co.uk.
    if psl::domain_str(&name).is_none() {
        let expected = "a domain of one organization";
        let received = format!("{name}, which is a public suffix");
        return Err(Problem::field("domain", expected, received));
    }
    Ok(name)
}

/// The normal form of a domain, for a lookup. An invalid domain is not found.
pub(super) fn normalize_domain(text: &str) -> String {
    normalize_host(text).unwrap_or_else(|| text.to_ascii_lowercase())
}

#[test]
fn a_domain_has_one_normal_form() {
    assert_eq!(parse_domain("ACME.Example").unwrap(), "acme.example");
    assert_eq!(
        parse_domain("bücher.example").unwrap(),
        "xn--bcher-kva.example"
    );
    for bad in [
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
        "acme.example/x",
    ] {
        parse_domain(bad).expect_err(bad);
    }
}

#[test]
fn public_suffixes_are_rejected() {
    for shared in ["co.uk", "CO.UK", "github.io", "s3.amazonaws.com", "公司.cn"] {
        parse_domain(shared).expect_err(shared);
    }
    for own in [
        "acme.co.uk",
        "acme.github.io",
        "corp.acme.com",
        "acme.internal",
    ] {
        assert_eq!(parse_domain(own).unwrap(), own);
    }
}
