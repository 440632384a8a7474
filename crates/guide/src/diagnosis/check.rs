//! The checks of a sign-in attempt as the pages show them.

use i18n::Localizer;
use saml::ValueDifference;
use serde::Deserialize;
use service::sign_in::error::Code;

use super::{Diagnosis, ErrorFacts};
use crate::guide::{Guide, GuideContext};

/// Rendered by `templates/console/checks.html`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checks(pub Vec<CheckLine>);

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckLine {
    /// The identifier of the check, which never changes.
    pub name: String,
    pub outcome: CheckOutcome,
    /// In the reader's language.
    pub title: String,
    /// What a passed check states, in English.
    pub fact: String,
    pub expected: Option<String>,
    pub received: Option<String>,
    /// Why the server skipped the check, or what a warning means, in the reader's language.
    pub reason: Option<String>,
    /// More details in English.
    pub detail: Option<String>,
    /// The explanation of a failure.
    pub diagnosis: Option<Diagnosis>,
    /// How the expected and the received value differ, if they look alike.
    pub difference: Option<ValueDifference>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckOutcome {
    Passed,
    Failed,
    /// The server skipped the check.
    Unchecked,
    /// The sign-in is allowed, and the administrator must know something.
    Warning,
}

/// A check as the sign-in attempt stores it.
#[derive(Debug, Deserialize)]
struct StoredCheck {
    name: String,
    #[serde(default)]
    title: String,
    outcome: CheckOutcome,
    expected: Option<String>,
    received: Option<String>,
    code: Option<String>,
    detail: Option<String>,
}

impl CheckOutcome {
    /// The key of its label.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Passed => "attempt-check-passed",
            Self::Failed => "attempt-check-failed",
            Self::Unchecked => "attempt-check-unchecked",
            Self::Warning => "attempt-check-warning",
        }
    }

    /// The suffix of its CSS class.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::Unchecked => "unchecked",
            Self::Warning => "warning",
        }
    }

    /// The CSS class of its badge.
    pub const fn badge(self) -> &'static str {
        match self {
            Self::Passed => "good",
            Self::Failed => "bad",
            Self::Unchecked => "",
            Self::Warning => "warn",
        }
    }

    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Passed => "✓",
            Self::Failed => "✗",
            Self::Unchecked => "–",
            Self::Warning => "!",
        }
    }
}

impl CheckLine {
    /// In which ways the two values differ, in the reader's language.
    pub fn difference_sentence(&self, text: &Localizer) -> Option<String> {
        let kinds = &self.difference.as_ref()?.kinds;
        let names: Vec<_> = kinds
            .iter()
            .map(|kind| text.get(&format!("attempt-difference-{}", kind.code())))
            .collect();
        let names = names.join(", ");
        Some(text.format("attempt-difference", &[("kinds", names.as_str().into())]))
    }

    /// Whether to show the expected and the received value. A passed check has the same value twice.
    pub fn has_comparison(&self) -> bool {
        matches!(self.outcome, CheckOutcome::Failed | CheckOutcome::Warning)
            && (self.expected.is_some() || self.received.is_some())
    }
}

impl Checks {
    /// Parses the stored checks of a sign-in attempt. Invalid JSON results in no checks.
    pub fn parse(stored: &str, guide: &'static Guide, context: &GuideContext<'_>) -> Self {
        let stored: Vec<StoredCheck> = serde_json::from_str(stored).unwrap_or_default();
        Self(
            stored
                .into_iter()
                .map(|one| line(one, guide, context))
                .collect(),
        )
    }

    /// The checks that failed.
    pub fn failed(&self) -> impl Iterator<Item = &CheckLine> {
        self.0
            .iter()
            .filter(|line| line.outcome == CheckOutcome::Failed)
    }

    /// The explanation of the attempt's error code, from the failed check with that code.
    pub fn diagnosis(&self, code: Code) -> Option<&Diagnosis> {
        self.0
            .iter()
            .filter_map(|line| line.diagnosis.as_ref())
            .find(|diagnosis| diagnosis.code == code)
    }
}

/// An expected value that is described in English, in the reader's language. Every other value is an exact one.
fn localize_expected(text: Localizer, expected: String) -> String {
    let bounds = [
        ("not before ", "attempt-expected-not-before", "time"),
        ("before ", "attempt-expected-before", "time"),
        ("not after ", "attempt-expected-not-after", "time"),
        ("at most ", "attempt-expected-at-most", "limit"),
    ];
    for (english, key, variable) in bounds {
        if let Some(value) = expected.strip_prefix(english) {
            return text.format(key, &[(variable, value.into())]);
        }
    }
    match expected.as_str() {
        "a SAML 2.0 Response" => text.get("attempt-expected-response"),
        "a UTC time such as 2026-01-31T12:00:00Z" => text.get("attempt-expected-time"),
        _ => expected,
    }
}

fn line(stored: StoredCheck, guide: &'static Guide, context: &GuideContext<'_>) -> CheckLine {
    let facts = ErrorFacts {
        received: stored.received.as_deref(),
        detail: stored.detail.as_deref(),
    };
    let diagnosis = stored
        .code
        .as_deref()
        .and_then(|code| code.parse().ok())
        .map(|code: Code| Diagnosis::for_code(code, facts, guide, context));
    // Warnings, and some checks that were skipped, have only one possible reason.
    let reason = match stored.outcome {
        CheckOutcome::Warning => format!("attempt-warning-{}", stored.name),
        CheckOutcome::Passed | CheckOutcome::Failed | CheckOutcome::Unchecked => {
            format!("attempt-unchecked-{}", stored.name)
        }
    };
    let can_be_explained = matches!(
        stored.outcome,
        CheckOutcome::Unchecked | CheckOutcome::Warning
    );
    let is_explained = can_be_explained && context.text.has(&reason);
    let difference = match (&stored.expected, &stored.received) {
        (Some(expected), Some(received)) if stored.outcome == CheckOutcome::Failed => {
            ValueDifference::with_one_of(expected, received)
        }
        _ => None,
    };
    CheckLine {
        outcome: stored.outcome,
        title: context.text.get(&format!("attempt-rule-{}", stored.name)),
        name: stored.name,
        fact: stored.title,
        reason: is_explained.then(|| context.text.get(&reason)),
        expected: stored
            .expected
            .map(|expected| localize_expected(context.text, expected)),
        received: stored.received,
        detail: stored.detail.as_deref().map(i18n::sentence),
        diagnosis,
        difference,
    }
}

#[cfg(test)]
mod tests {
    use i18n::Language;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::start("not before 2026-11-24T09:00:00Z", "nicht vor 2026-11-24T09:00:00Z")]
    #[case::end("before 2026-11-24T09:00:00Z", "vor 2026-11-24T09:00:00Z")]
    #[case::certificate("not after 2026-11-24T09:00:00Z", "nicht nach 2026-11-24T09:00:00Z")]
    #[case::size("at most 1048576", "höchstens 1048576")]
    #[case::message("a SAML 2.0 Response", "eine SAML-2.0-Antwort")]
    #[case::exact("https://sp.example", "https://sp.example")]
    fn a_described_value_is_in_the_readers_language(#[case] stored: &str, #[case] shown: &str) {
        let text = Localizer::new(Language::German);
        assert_eq!(localize_expected(text, stored.to_owned()), shown);
    }
}
