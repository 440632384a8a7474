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

    /// As the operator wrote it.
    pub fn as_str(&self) -> &str {
        &self.text
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

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::link("https://example.com/sales", "https://example.com/sales")]
    #[case::address("sales@example.com", "mailto:sales@example.com")]
    #[case::mailto("mailto:sales@example.com", "mailto:sales@example.com")]
    fn a_contact_is_a_link_or_an_address(#[case] text: &str, #[case] href: &str) {
        assert_eq!(Contact::parse(text).unwrap().href(), href);
    }

    #[rstest]
    fn a_contact_runs_no_code(
        #[values("javascript:alert(1)", "ask for Ada", "data:text/html,x", "")] text: &str,
    ) {
        assert!(Contact::parse(text).is_none());
    }
}
