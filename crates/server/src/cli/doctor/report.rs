//! The report of `vestibule doctor`.

use serde::Serialize;

use crate::cli::output::{self, Output, printable};

#[derive(Debug, Default, Serialize)]
pub(super) struct Report {
    findings: Vec<Finding>,
}

#[derive(Debug, Serialize)]
struct Finding {
    subject: String,
    outcome: Outcome,
    detail: String,
    next: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Outcome {
    Ok,
    Warning,
    Error,
}

impl Report {
    pub(super) fn ok(&mut self, subject: &str, detail: &str) {
        self.add(subject, Outcome::Ok, detail, None);
    }

    pub(super) fn warn(&mut self, subject: &str, detail: &str, next: &str) {
        self.add(subject, Outcome::Warning, detail, Some(next));
    }

    pub(super) fn error(&mut self, subject: &str, detail: &str, next: &str) {
        self.add(subject, Outcome::Error, detail, Some(next));
    }

    pub(super) fn has_errors(&self) -> bool {
        self.findings
            .iter()
            .any(|finding| finding.outcome == Outcome::Error)
    }

    pub(super) fn print(&self, output: Output) {
        match output {
            Output::Json => output.object(self),
            Output::Text => {
                output::write(&self.texts());
            }
        }
    }

    pub(super) fn texts(&self) -> String {
        self.findings.iter().map(Finding::text).collect()
    }

    fn add(&mut self, subject: &str, outcome: Outcome, detail: &str, next: Option<&str>) {
        self.findings.push(Finding {
            subject: subject.to_owned(),
            outcome,
            detail: detail.to_owned(),
            next: next.map(str::to_owned),
        });
    }
}

impl Finding {
    fn text(&self) -> String {
        let mark = match self.outcome {
            Outcome::Ok => "✓",
            Outcome::Warning => "–",
            Outcome::Error => "✗",
        };
        let mut text = format!(
            "{mark} {}: {}\n",
            printable(&self.subject),
            printable(&self.detail)
        );
        if let Some(next) = &self.next {
            text.push_str(&format!("    next: {}\n", printable(next)));
        }
        text
    }
}
