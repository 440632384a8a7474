//! How a check is printed, wherever its result comes from.

use super::output::printable;

/// What came of one check.
#[derive(Clone, Copy, Debug)]
pub(super) struct Finding<'f> {
    /// What was to be true.
    pub title: &'f str,
    /// `passed`, `failed` or `unchecked`.
    pub outcome: &'f str,
    /// What was expected.
    pub expected: Option<&'f str>,
    /// What was received.
    pub received: Option<&'f str>,
    /// Why it failed or was not made.
    pub detail: Option<&'f str>,
}

impl Finding<'_> {
    /// A line with its mark; both sides and the reason below unless it passed.
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
            ("because", self.detail),
        ];
        for (name, value) in rows.into_iter().filter(|_| !is_short) {
            if let Some(value) = value {
                text.push_str(&format!("    {name}: {}\n", printable(value)));
            }
        }
        text
    }
}
