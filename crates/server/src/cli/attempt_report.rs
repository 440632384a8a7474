//! The text of `vestibule organization sign-in-attempts ORGANIZATION ATTEMPT`.

use guide::diagnosis::{Checks, DiagnosedAttemptView, DiagnosisView};
use serde_json::{Value, json};

use super::check_result::CheckResult;
use super::output::printable;

/// The fields of the attempt without its checks, which [`checks`] prints.
pub(super) fn fields(view: &DiagnosedAttemptView) -> Value {
    let mut fields = json!(view.attempt);
    fields["checks"] = Value::Null;
    fields
}

/// One line per check, with its values unless it passed.
pub(super) fn checks(checks: &Checks) -> String {
    let lines = checks.0.iter().map(|check| {
        let reason = check.reason.as_deref().or(check.detail.as_deref());
        let result = CheckResult {
            title: &check.fact,
            outcome: check.outcome.class(),
            expected: check.expected.as_deref(),
            received: check.received.as_deref(),
            detail: reason,
        };
        result.text()
    });
    lines.collect()
}

/// Why the attempt failed, then what else is wrong: the causes with their fixes, as the console shows them.
pub(super) fn diagnoses(view: &DiagnosedAttemptView) -> String {
    let mut shown: Vec<&DiagnosisView> = Vec::new();
    let failed = view.failed_checks.iter();
    let others = failed.filter_map(|check| check.diagnosis.as_ref());
    for diagnosis in view.diagnosis.iter().chain(others) {
        if shown.iter().all(|other| other.code != diagnosis.code) {
            shown.push(diagnosis);
        }
    }
    let differences = view.failed_checks.iter().filter_map(|check| {
        let text = check.difference.as_ref()?.text.as_ref()?;
        Some(format!("\n{}: {}\n", check.title, printable(text)))
    });
    differences
        .chain(shown.into_iter().map(diagnosis_text))
        .collect()
}

fn diagnosis_text(diagnosis: &DiagnosisView) -> String {
    let mut text = format!("\n{}\n", printable(&diagnosis.summary));
    for cause in &diagnosis.causes {
        text.push_str(&format!("  - {}\n", printable(&cause.cause)));
        if let Some(fix) = &cause.fix {
            text.push_str(&format!("    How to fix: {}\n", printable(fix)));
        }
    }
    if let Some(url) = &diagnosis.settings_url {
        text.push_str(&format!("  Setting: {}\n", printable(url)));
    }
    text.push_str(&format!(
        "  Learn more: {}\n",
        printable(&diagnosis.documentation_url)
    ));
    text
}
