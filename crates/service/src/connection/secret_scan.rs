//! Keeps private keys out of settings, where they would be stored, shown, and logged.

use jiff::Timestamp;
use runtime::app::App;
use runtime::problem::{FieldProblem, LocalizedText, Problem};
use saml::paste::find_secret;
use serde_json::Value;

use super::ConnectionInput;
use crate::to_json;

/// The code that parses these settings reports secrets in them itself.
const CHECKED_BY_PARSER: &[&str] = &["certificates", "metadata_xml", "metadata_certificates"];

/// Fails when a setting has a private key.
pub(super) fn check(app: &App, settings: &ConnectionInput) -> Result<(), Problem> {
    let now = app.clock.now();
    let Value::Object(settings) = to_json(settings) else {
        return Ok(());
    };
    let problems: Vec<_> = settings
        .iter()
        .filter(|(field, value)| {
            !CHECKED_BY_PARSER.contains(&field.as_str()) && has_secret(value, now)
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
