//! How the result of a SAML check is printed.

use super::output::printable;

/// The result of one check.
#[derive(Clone, Copy, Debug)]
pub(super) struct CheckResult<'a> {
    pub title: &'a str,
    /// `passed`, `failed` or `unchecked`.
    pub outcome: &'a str,
    pub expected: Option<&'a str>,
    pub received: Option<&'a str>,
    /// Why the check failed or was not made.
    pub detail: Option<&'a str>,
}

impl CheckResult<'_> {
    /// One line with a mark. Unless the check passed, the values and the reason follow.
    pub(super) fn text(&self) -> String {
        let mark = match self.outcome {
            "passed" => "✓",
            "failed" => "✗",
            _ => "–",
        };
        let mut text = format!("{mark} {}\n", printable(self.title));
        let is_short = self.outcome == "passed";
        let rows = [
            ("expected", self.expected),
            ("received", self.received),
            ("reason", self.detail),
        ];
        for (name, value) in rows.into_iter().filter(|_| !is_short) {
            if let Some(value) = value {
                text.push_str(&format!("    {name}: {}\n", printable(value)));
            }
        }
        text
    }
}
