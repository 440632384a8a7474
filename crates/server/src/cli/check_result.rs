//! How the result of a SAML check is printed.

use super::output::printable;

/// The result of one check.
#[derive(Clone, Copy, Debug)]
pub(super) struct CheckResult<'a> {
    pub title: &'a str,
    /// `passed`, `failed`, `warning` or `unchecked`.
    pub outcome: &'a str,
    pub expected: Option<&'a str>,
    pub received: Option<&'a str>,
    /// Why the check failed or was not made.
    pub detail: Option<&'a str>,
}

impl CheckResult<'_> {
    /// One line with a mark: the fact that holds, or the reason why it does not. Unless the check passed, the values
    /// follow.
    pub(super) fn text(&self) -> String {
        let (mark, title, reason) = match (self.outcome, self.detail) {
            ("passed", _) => ("✓", self.title.to_owned(), None),
            ("failed", Some(detail)) => ("✗", capitalized(detail), None),
            ("failed", None) => ("✗", self.title.to_owned(), None),
            ("warning", detail) => ("!", self.title.to_owned(), detail),
            (_, detail) => ("–", self.title.to_owned(), detail),
        };
        let mut text = format!("{mark} {}\n", printable(&title));
        let is_short = self.outcome == "passed";
        let rows = [
            ("expected", self.expected),
            ("received", self.received),
            ("reason", reason),
        ];
        for (name, value) in rows.into_iter().filter(|_| !is_short) {
            if let Some(value) = value {
                text.push_str(&format!("    {name}: {}\n", printable(value)));
            }
        }
        text
    }
}

/// The text with its first letter in upper case.
fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(characters).collect()
}
