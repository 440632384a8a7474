//! The checks of an attempt as pages show them.

use serde::Deserialize;

use super::{Diagnosis, Facts};
use crate::guide::{Guide, Words};

/// The checks of an attempt, for `templates/console/checks.html`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checks(pub Vec<CheckLine>);

/// One check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckLine {
    /// How it went.
    pub mark: Mark,
    /// What was asked, in the reader's language.
    pub title: String,
    /// What would have been right.
    pub expected: Option<String>,
    /// What came.
    pub received: Option<String>,
    /// Why it was not made, in the reader's language.
    pub why: Option<String>,
    /// What else is to be said of it, in English.
    pub detail: Option<String>,
    /// What is behind it, if it failed.
    pub diagnosis: Option<Diagnosis>,
}

/// How a check went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// It is right.
    Passed,
    /// It is wrong.
    Failed,
    /// It was not looked at.
    Unchecked,
}

/// A check as the store keeps it: `signin::record` writes it.
#[derive(Debug, Deserialize)]
struct Kept {
    name: String,
    title: String,
    outcome: Mark,
    expected: Option<String>,
    received: Option<String>,
    code: Option<String>,
    detail: Option<String>,
}

impl Mark {
    /// The key of its word.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Passed => "attempt-check-passed",
            Self::Failed => "attempt-check-failed",
            Self::Unchecked => "attempt-check-unchecked",
        }
    }

    /// The end of its class.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::Unchecked => "unchecked",
        }
    }

    /// The class of its badge.
    pub const fn badge(self) -> &'static str {
        match self {
            Self::Passed => "good",
            Self::Failed => "bad",
            Self::Unchecked => "",
        }
    }

    /// Its sign.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Passed => "✓",
            Self::Failed => "✗",
            Self::Unchecked => "–",
        }
    }
}

impl CheckLine {
    /// Whether there is something to compare; of what is right, both sides say the same.
    pub fn shows_sides(&self) -> bool {
        self.mark == Mark::Failed && (self.expected.is_some() || self.received.is_some())
    }
}

impl Checks {
    /// Reads what the store keeps of an attempt's checks; what cannot be read is not shown.
    pub fn of(kept: &str, guide: &'static Guide, words: &Words<'_>) -> Self {
        let kept: Vec<Kept> = serde_json::from_str(kept).unwrap_or_default();
        Self(
            kept.into_iter()
                .map(|one| line(one, guide, words))
                .collect(),
        )
    }

    /// The checks that failed.
    pub fn failed(&self) -> impl Iterator<Item = &CheckLine> {
        self.0.iter().filter(|line| line.mark == Mark::Failed)
    }

    /// What is behind the attempt's own code: the check that has it knows what came.
    pub fn diagnosis(&self, code: &str) -> Option<&Diagnosis> {
        self.0
            .iter()
            .filter_map(|line| line.diagnosis.as_ref())
            .find(|diagnosis| diagnosis.code == code)
    }
}

fn line(kept: Kept, guide: &'static Guide, words: &Words<'_>) -> CheckLine {
    let facts = Facts {
        received: kept.received.as_deref(),
        detail: kept.detail.as_deref(),
    };
    let diagnosis = kept
        .code
        .as_deref()
        .and_then(|code| Diagnosis::of(code, facts, guide, words));
    let key = format!("attempt-rule-{}", kept.name);
    let title = if words.text.has(&key) {
        words.text.get(&key)
    } else {
        // A check of another version of this server.
        kept.title
    };
    // For these there is one reason alone.
    let why = format!("attempt-unchecked-{}", kept.name);
    let is_explained = kept.outcome == Mark::Unchecked && words.text.has(&why);
    CheckLine {
        mark: kept.outcome,
        title,
        why: is_explained.then(|| words.text.get(&why)),
        expected: kept.expected,
        received: kept.received,
        detail: kept.detail.as_deref().map(i18n::sentence),
        diagnosis,
    }
}
