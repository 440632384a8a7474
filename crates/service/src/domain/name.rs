//! How a domain is written.

use runtime::email_address::normalize_host;
use runtime::problem::Problem;

/// The domain in the one form in which it is compared: lower case, international names in their ASCII form.
///
/// # Errors
///
/// When it is none, or one that cannot be anybody's own.
pub(super) fn domain_name(written: &str) -> Result<String, Problem> {
    let expected = "a domain such as acme.example, without @ and without a path";
    let refuse = || Problem::field("domain", expected, format!("{written:?}"));
    // A top-level domain belongs to nobody, and with a dot at its end a name has a second spelling.
    let name = normalize_host(written).ok_or_else(refuse)?;
    // Under a public suffix, such as co.uk, everybody can have a domain.
    if psl::domain_str(&name).is_none() {
        let expected = "a domain of one organization";
        let received = format!("{name}, under which anybody can have one");
        return Err(Problem::field("domain", expected, received));
    }
    Ok(name)
}

/// The form in which a domain is kept, of a name under which somebody looks for it; what is none is found nowhere.
pub(super) fn as_kept(written: &str) -> String {
    normalize_host(written).unwrap_or_else(|| written.to_ascii_lowercase())
}

#[test]
fn a_domain_has_one_form() {
    assert_eq!(domain_name("ACME.Example").unwrap(), "acme.example");
    assert_eq!(
        domain_name("bücher.example").unwrap(),
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
        domain_name(bad).expect_err(bad);
    }
}

#[test]
fn what_everybody_shares_is_nobodys_domain() {
    for shared in ["co.uk", "CO.UK", "github.io", "s3.amazonaws.com", "公司.cn"] {
        domain_name(shared).expect_err(shared);
    }
    for own in [
        "acme.co.uk",
        "acme.github.io",
        "corp.acme.com",
        "acme.internal",
    ] {
        assert_eq!(domain_name(own).unwrap(), own);
    }
}
