//! Whom somebody can turn to.

use std::fmt;

use url::Url;

/// A link or an e-mail address that can stand in a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    written: String,
    href: String,
}

impl Contact {
    /// Reads `https://example.com/sales` or `sales@example.com`; nothing when it is neither.
    pub fn read(written: &str) -> Option<Self> {
        let href = match Url::parse(written) {
            Ok(url) if matches!(url.scheme(), "https" | "http" | "mailto") => url.to_string(),
            // No other scheme: a link must not run anything.
            Ok(_) => return None,
            Err(_) => {
                let address: lettre::Address = written.parse().ok()?;
                format!("mailto:{address}")
            }
        };
        Some(Self {
            written: written.to_owned(),
            href,
        })
    }

    /// Where a link to it leads.
    pub fn href(&self) -> &str {
        &self.href
    }
}

impl fmt::Display for Contact {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.written)
    }
}

#[test]
fn a_contact_is_a_link_or_an_address_and_runs_nothing() {
    let href = |written| Contact::read(written).map(|contact| contact.href().to_owned());
    assert_eq!(
        href("https://example.com/sales").as_deref(),
        Some("https://example.com/sales")
    );
    assert_eq!(
        href("sales@example.com").as_deref(),
        Some("mailto:sales@example.com")
    );
    assert_eq!(
        href("mailto:sales@example.com").as_deref(),
        Some("mailto:sales@example.com")
    );
    for bad in ["javascript:alert(1)", "ask for Ada", "data:text/html,x", ""] {
        assert_eq!(href(bad), None, "{bad}");
    }
}
