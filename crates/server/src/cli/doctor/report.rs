//! What doctor found.

use serde::Serialize;

use crate::cli::output;
use crate::cli::output::{Output, printable};

/// Findings in the order in which they were made.
#[derive(Debug, Default, Serialize)]
pub(super) struct Report {
    findings: Vec<Finding>,
}

#[derive(Debug, Serialize)]
struct Finding {
    about: String,
    outcome: Outcome,
    detail: String,
    next: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Outcome {
    Well,
    Note,
    Wrong,
}

impl Report {
    /// Something is as it should be.
    pub(super) fn well(&mut self, about: &str, detail: &str) {
        self.add(about, Outcome::Well, detail, None);
    }

    /// Something is worth knowing.
    pub(super) fn note(&mut self, about: &str, detail: &str, next: &str) {
        self.add(about, Outcome::Note, detail, Some(next));
    }

    /// Something is wrong.
    pub(super) fn wrong(&mut self, about: &str, detail: &str, next: &str) {
        self.add(about, Outcome::Wrong, detail, Some(next));
    }

    /// Whether nothing is wrong.
    pub(super) fn is_well(&self) -> bool {
        self.findings
            .iter()
            .all(|finding| finding.outcome != Outcome::Wrong)
    }

    pub(super) fn print(&self, output: Output) {
        match output {
            Output::Json => output.object(self),
            Output::Text => {
                output::write(&self.findings.iter().map(Finding::text).collect::<String>());
            }
        }
    }

    fn add(&mut self, about: &str, outcome: Outcome, detail: &str, next: Option<&str>) {
        let (about, detail, next) = (about.to_owned(), detail.to_owned(), next.map(str::to_owned));
        self.findings.push(Finding {
            about,
            outcome,
            detail,
            next,
        });
    }
}

impl Finding {
    fn text(&self) -> String {
        let mark = match self.outcome {
            Outcome::Well => "✓",
            Outcome::Note => "–",
            Outcome::Wrong => "✗",
        };
        let mut text = format!(
            "{mark} {}: {}\n",
            printable(&self.about),
            printable(&self.detail)
        );
        if let Some(next) = &self.next {
            text.push_str(&format!("    next: {}\n", printable(next)));
        }
        text
    }
}
