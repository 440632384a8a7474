//! The checks of a sign-in attempt as the pages show them.

use serde::Deserialize;
use service::sign_in::error::Code;

use super::{Diagnosis, ErrorFacts};
use crate::guide::{Guide, GuideContext};

/// Rendered by `templates/console/checks.html`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checks(pub Vec<CheckLine>);

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckLine {
    pub outcome: CheckOutcome,
    /// In the reader's language.
    pub title: String,
    pub expected: Option<String>,
    pub received: Option<String>,
    /// Why the server skipped the check, in the reader's language.
    pub reason: Option<String>,
    /// More details in English.
    pub detail: Option<String>,
    /// The explanation of a failure.
    pub diagnosis: Option<Diagnosis>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckOutcome {
    Passed,
    Failed,
    /// The server skipped the check.
    Unchecked,
}

/// A check as the federation crate stores it.
#[derive(Debug, Deserialize)]
struct StoredCheck {
    name: String,
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
        }
    }

    /// The suffix of its CSS class.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::Unchecked => "unchecked",
        }
    }

    /// The CSS class of its badge.
    pub const fn badge(self) -> &'static str {
        match self {
            Self::Passed => "good",
            Self::Failed => "bad",
            Self::Unchecked => "",
        }
    }

    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Passed => "✓",
            Self::Failed => "✗",
            Self::Unchecked => "–",
        }
    }
}

impl CheckLine {
    /// Whether to show the expected and the received value. A passed check has the same value twice.
    pub fn has_comparison(&self) -> bool {
        self.outcome == CheckOutcome::Failed && (self.expected.is_some() || self.received.is_some())
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
    // Some checks have only one possible reason.
    let reason = format!("attempt-unchecked-{}", stored.name);
    let is_explained = stored.outcome == CheckOutcome::Unchecked && context.text.has(&reason);
    CheckLine {
        outcome: stored.outcome,
        title: context.text.get(&format!("attempt-rule-{}", stored.name)),
        reason: is_explained.then(|| context.text.get(&reason)),
        expected: stored.expected,
        received: stored.received,
        detail: stored.detail.as_deref().map(i18n::sentence),
        diagnosis,
    }
}
