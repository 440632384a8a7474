//! Random values in snapshots.

use std::sync::LazyLock;

use regex::Regex;

/// A pattern of random values, and what a snapshot shows instead.
struct Redaction {
    pattern: Regex,
    replacement: &'static str,
}

impl Redaction {
    fn new(pattern: &str, replacement: &'static str) -> Self {
        Self {
            pattern: Regex::new(pattern).unwrap(),
            replacement,
        }
    }
}

static REDACTIONS: LazyLock<[Redaction; 6]> = LazyLock::new(|| {
    [
        Redaction::new(
            r#"name="(csrf|revision)" value="[^"]*""#,
            r#"name="$1" value="[$1]""#,
        ),
        Redaction::new(r"\b([a-z]{3})[_-][0-9a-z]{26}\b", "[$1]"),
        // Secrets: API keys, client secrets and setup links.
        Redaction::new(r"\b(vs[a-z])_[0-9A-Za-z_-]{20,}", "[$1]"),
        // The IDs of SAML requests.
        Redaction::new(r"\b_[0-9a-f]{40}\b", "_[request]"),
        Redaction::new(r"(vestibule-verification=)[0-9A-Za-z_-]+", "$1[token]"),
        Redaction::new(r"(/assets/[a-z-]+)-[0-9a-f]{16}\.", "$1-[hash]."),
    ]
});

/// Replaces random values, so that a snapshot is the same after each run.
pub fn redact(text: &str) -> String {
    REDACTIONS.iter().fold(text.to_owned(), |text, redaction| {
        redaction
            .pattern
            .replace_all(&text, redaction.replacement)
            .into_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_tokens_and_secrets_are_replaced_and_nothing_else() {
        let id = "con_0123456789abcdefghjkmnpqrs";
        let acs = "/saml/con-0123456789abcdefghjkmnpqrs/acs";
        let csrf = "<input name=\"csrf\" value=\"Zm9v\"> /assets/app-0123456789abcdef.css";
        assert_eq!(redact(id), "[con]");
        assert_eq!(redact(acs), "/saml/[con]/acs");
        assert_eq!(
            redact(csrf),
            "<input name=\"csrf\" value=\"[csrf]\"> /assets/app-[hash].css"
        );
        assert_eq!(redact("vst_abcdefghijklmnopqrstuv"), "[vst]");
        assert_eq!(
            redact("name=\"issuer\" value=\"x\""),
            "name=\"issuer\" value=\"x\""
        );
    }
}
