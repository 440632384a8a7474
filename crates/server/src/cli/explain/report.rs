//! What was found, for people and for programs.

use std::collections::BTreeMap;

use saml::{Check, Claims, Explanation, NameId, Outcome, Rejection};
use serde::Serialize;

use crate::cli::finding;
use crate::cli::output::printable;

/// The verdict with every check.
#[derive(Debug, Serialize)]
pub(super) struct Opinion {
    verdict: &'static str,
    code: Option<&'static str>,
    checks: Vec<Finding>,
    subject: Option<String>,
    name_id: Option<Name>,
    attributes: Option<BTreeMap<String, Vec<String>>>,
    /// What should be known beside the verdict.
    notes: Vec<String>,
    #[serde(skip)]
    story: Option<String>,
}

/// One check.
#[derive(Debug, Serialize)]
struct Finding {
    name: &'static str,
    outcome: &'static str,
    expected: Option<String>,
    received: Option<String>,
    detail: Option<String>,
    #[serde(skip)]
    title: String,
}

/// A NameID with everything that makes it unique.
#[derive(Debug, Serialize)]
struct Name {
    value: String,
    format: Option<String>,
    name_qualifier: Option<String>,
    sp_name_qualifier: Option<String>,
}

impl Opinion {
    pub(super) fn of(explanation: Explanation, notes: Vec<String>) -> Self {
        let checks = explanation.checks.into_iter();
        let checks = checks.map(|check| finding(check, &notes)).collect();
        match explanation.verdict {
            Ok(claims) => Self {
                verdict: "accepted",
                code: None,
                checks,
                subject: claims.name_id.as_ref().map(|name| name.value.clone()),
                attributes: Some(attributes(&claims)),
                name_id: claims.name_id.map(name),
                notes,
                story: None,
            },
            Err(rejection) => Self {
                verdict: "refused",
                code: Some(rejection.code()),
                checks,
                subject: None,
                name_id: None,
                attributes: None,
                story: Some(story(&rejection, &notes)),
                notes,
            },
        }
    }

    pub(super) const fn is_accepted(&self) -> bool {
        self.code.is_none()
    }

    /// A line for each check, then the verdict.
    pub(super) fn text(&self) -> String {
        let mut text: String = self.checks.iter().map(Finding::text).collect();
        match (&self.code, &self.story) {
            (Some(code), Some(story)) => {
                text.push_str(&format!("\nrefused: {code}\n  {}\n", printable(story)));
            }
            _ => text.push_str("\naccepted\n"),
        }
        if let Some(subject) = &self.subject {
            text.push_str(&format!("  subject: {}\n", printable(subject)));
        }
        for (name, values) in self.attributes.iter().flatten() {
            let values: Vec<String> = values.iter().map(|value| printable(value)).collect();
            text.push_str(&format!("  {}: {}\n", printable(name), values.join(", ")));
        }
        for note in &self.notes {
            text.push_str(&format!("note: {}\n", printable(note)));
        }
        text
    }
}

/// Why the response is refused. A certificate that was given and cannot be used is not "no certificate".
fn story(rejection: &Rejection, notes: &[String]) -> String {
    let unused: Vec<&str> = notes
        .iter()
        .map(String::as_str)
        .filter(|note| note.starts_with("--cert"))
        .collect();
    match rejection {
        Rejection::NoTrustedKey if !unused.is_empty() => format!(
            "no certificate is left to verify a signature with; {}",
            unused.join("; ")
        ),
        rejection => rejection.to_string(),
    }
}

impl Finding {
    fn text(&self) -> String {
        let printed = finding::Finding {
            title: &self.title,
            outcome: self.outcome,
            expected: self.expected.as_deref(),
            received: self.received.as_deref(),
            detail: self.detail.as_deref(),
        };
        printed.text()
    }
}

fn finding(check: Check, notes: &[String]) -> Finding {
    let (outcome, detail) = match &check.outcome {
        Outcome::Passed => ("passed", None),
        Outcome::Failed(rejection) => ("failed", Some(story(rejection, notes))),
        Outcome::Unchecked(why) => ("unchecked", Some((*why).to_owned())),
    };
    Finding {
        name: check.rule.id(),
        outcome,
        expected: check.expected,
        received: check.received,
        detail,
        title: check.rule.to_string(),
    }
}

fn name(name: NameId) -> Name {
    let NameId {
        value,
        format,
        name_qualifier,
        sp_name_qualifier,
    } = name;
    Name {
        value,
        format,
        name_qualifier,
        sp_name_qualifier,
    }
}

/// The values by attribute; one that stands several times has the values of all.
fn attributes(claims: &Claims) -> BTreeMap<String, Vec<String>> {
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for attribute in &claims.attributes {
        all.entry(attribute.name.clone())
            .or_default()
            .extend(attribute.values.iter().cloned());
    }
    all
}
