use std::fmt;

use url::Url;

/// A link or an email address for a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    text: String,
    href: String,
}

impl Contact {
    /// Parses `https://example.com/sales` or `sales@example.com`.
    pub fn parse(text: &str) -> Option<Self> {
        let href = match Url::parse(text) {
            Ok(url) if matches!(url.scheme(), "https" | "http" | "mailto") => url.to_string(),
            // Other schemes, such as `javascript`, can run code.
            Ok(_) => return None,
            Err(_) => {
                let address: lettre::Address = text.parse().ok()?;
                format!("mailto:{address}")
            }
        };
        Some(Self {
            text: text.to_owned(),
            href,
        })
    }

    /// The target of a link to the contact.
    pub fn href(&self) -> &str {
        &self.href
    }
}

impl fmt::Display for Contact {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

#[test]
fn a_contact_is_a_link_or_an_address_and_runs_no_code() {
    let href = |text| Contact::parse(text).map(|contact| contact.href().to_owned());
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
