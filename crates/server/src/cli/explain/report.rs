//! The report of `vestibule explain`.

use std::collections::BTreeMap;

use saml::{Check, Claims, Explanation, NameId, Outcome, Rejection};
use serde::Serialize;

use crate::cli::check_result::CheckResult;
use crate::cli::output::printable;

#[derive(Debug, Serialize)]
pub(super) struct ExplainReport {
    verdict: &'static str,
    code: Option<&'static str>,
    checks: Vec<CheckReport>,
    subject: Option<String>,
    name_id: Option<NameIdReport>,
    attributes: Option<BTreeMap<String, Vec<String>>>,
    /// Warnings that do not change the verdict.
    notes: Vec<String>,
    /// Why the response was rejected.
    #[serde(skip)]
    reason: Option<String>,
}

#[derive(Debug, Serialize)]
struct CheckReport {
    name: &'static str,
    outcome: &'static str,
    expected: Option<String>,
    received: Option<String>,
    detail: Option<String>,
    #[serde(skip)]
    title: String,
}

/// A NameID with its qualifiers.
#[derive(Debug, Serialize)]
struct NameIdReport {
    value: String,
    format: Option<String>,
    name_qualifier: Option<String>,
    sp_name_qualifier: Option<String>,
}

impl ExplainReport {
    pub(super) fn new(explanation: Explanation, mut notes: Vec<String>) -> Self {
        let found = explanation.checks.iter().flat_map(|check| &check.notes);
        notes.extend(found.map(ToString::to_string));
        let checks = explanation.checks.into_iter();
        let checks = checks.map(|check| check_report(check, &notes)).collect();
        match explanation.verdict {
            Ok(claims) => Self {
                verdict: "accepted",
                code: None,
                checks,
                subject: claims.name_id.as_ref().map(|name| name.value.clone()),
                attributes: Some(attributes(&claims)),
                name_id: claims.name_id.map(name_id_report),
                notes,
                reason: None,
            },
            Err(rejection) => Self {
                verdict: "rejected",
                code: Some(rejection.code()),
                checks,
                subject: None,
                name_id: None,
                attributes: None,
                reason: Some(rejection_reason(&rejection, &notes)),
                notes,
            },
        }
    }

    /// Replaces the subject of an accepted response by the value of this attribute.
    pub(super) fn take_subject_from(&mut self, name: &str) {
        let Some(attributes) = &self.attributes else {
            return;
        };
        let values = attributes.get(name).map_or(&[][..], Vec::as_slice);
        self.subject = match values {
            [value] => Some(value.clone()),
            _ => None,
        };
        if self.subject.is_none() {
            let count = values.len();
            self.notes.push(format!(
                "--subject-attribute: the attribute {name} identifies a user with exactly one value; received {count}"
            ));
        }
    }

    pub(super) const fn is_accepted(&self) -> bool {
        self.code.is_none()
    }

    /// One line per check, then the verdict.
    pub(super) fn text(&self) -> String {
        let mut text: String = self.checks.iter().map(CheckReport::text).collect();
        match (&self.code, &self.reason) {
            (Some(code), Some(reason)) => {
                text.push_str(&format!("\nrejected: {code}\n  {}\n", printable(reason)));
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

/// Why the response was rejected. Says which certificates could not be used, if none is left.
fn rejection_reason(rejection: &Rejection, notes: &[String]) -> String {
    let unused: Vec<&str> = notes
        .iter()
        .map(String::as_str)
        .filter(|note| note.starts_with("--certificate"))
        .collect();
    match rejection {
        Rejection::NoTrustedKey if !unused.is_empty() => format!(
            "no usable certificate to verify the signature with; {}",
            unused.join("; ")
        ),
        rejection => rejection.to_string(),
    }
}

impl CheckReport {
    fn text(&self) -> String {
        let result = CheckResult {
            title: &self.title,
            outcome: self.outcome,
            expected: self.expected.as_deref(),
            received: self.received.as_deref(),
            detail: self.detail.as_deref(),
        };
        result.text()
    }
}

fn check_report(check: Check, notes: &[String]) -> CheckReport {
    let (outcome, detail) = match &check.outcome {
        Outcome::Passed => ("passed", None),
        Outcome::Failed(rejection) => {
            let reason = rejection_reason(rejection, notes);
            let difference = check.difference();
            let detail = difference.map_or_else(
                || reason.clone(),
                |difference| format!("{reason}; {difference}"),
            );
            ("failed", Some(detail))
        }
        Outcome::Unchecked(reason) => ("unchecked", Some((*reason).to_owned())),
    };
    CheckReport {
        name: check.rule.id(),
        outcome,
        expected: check.expected,
        received: check.received,
        detail,
        title: check.rule.to_string(),
    }
}

fn name_id_report(name_id: NameId) -> NameIdReport {
    let NameId {
        value,
        format,
        name_qualifier,
        sp_name_qualifier,
    } = name_id;
    NameIdReport {
        value,
        format,
        name_qualifier,
        sp_name_qualifier,
    }
}

/// The values by attribute name. Attributes with the same name are merged.
fn attributes(claims: &Claims) -> BTreeMap<String, Vec<String>> {
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for attribute in &claims.attributes {
        all.entry(attribute.name.clone())
            .or_default()
            .extend(attribute.values.iter().map(str::to_owned));
    }
    all
}
