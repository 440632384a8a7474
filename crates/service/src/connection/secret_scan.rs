//! Secrets where none belongs: whatever a setting is for, nobody's private key is kept in it, shown in it, or written
//! down in the history.

use jiff::Timestamp;
use runtime::app::App;
use runtime::problem::{FieldProblem, LocalizedText, Problem};
use saml::paste::find_secret;
use serde_json::Value;

use super::ConnectionInput;
use crate::to_json;

/// These are read as what they are, and a secret in them is named by whoever reads them.
const READ_ELSEWHERE: &[&str] = &["certificates", "metadata_xml", "metadata_certificates"];

/// Refuses settings with a private key in them.
pub(super) fn check(app: &App, settings: &ConnectionInput) -> Result<(), Problem> {
    let now = app.clock.now();
    let Value::Object(settings) = to_json(settings) else {
        return Ok(());
    };
    let problems: Vec<_> = settings
        .iter()
        .filter(|(field, value)| {
            !READ_ELSEWHERE.contains(&field.as_str()) && has_secret(value, now)
        })
        .map(|(field, _)| {
            let expected = LocalizedText::key("problem-expected-no-secret");
            FieldProblem::new(
                field,
                expected,
                LocalizedText::key("problem-received-secret"),
            )
        })
        .collect();
    if problems.is_empty() {
        Ok(())
    } else {
        Err(Problem::fields(problems))
    }
}

fn has_secret(value: &Value, now: Timestamp) -> bool {
    match value {
        Value::String(text) => find_secret(text, now).is_some(),
        Value::Array(items) => items.iter().any(|item| has_secret(item, now)),
        Value::Object(parts) => parts.values().any(|part| has_secret(part, now)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}
