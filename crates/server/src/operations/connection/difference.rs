//! What is different between two sets of settings, for somebody who is about to put one in the place of the other.

use base64_simd::STANDARD;
use saml::certificate::Certificate;
use serde_json::Value;
use store::{Connection, UnixTime};

use super::version::then;
use super::{ConnectionSettings, Place, find, working};
use crate::app::App;
use crate::operations::{instant, json};
use crate::problem::Problem;

/// A setting that is another in two sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Its name, as the API knows it.
    pub field: String,
    /// What it is now, line by line; nothing when it is not set.
    pub before: Vec<String>,
    /// What it would be.
    pub after: Vec<String>,
}

/// What publishing the draft would change; nothing when there is no draft.
///
/// # Errors
///
/// When there is no connection at that place.
pub async fn draft_differences(app: &App, place: Place<'_>) -> Result<Vec<Difference>, Problem> {
    let working = working(app, place).await?;
    Ok(between(&working.row, &working.connection))
}

/// What restoring a version would change.
///
/// # Errors
///
/// When there is no connection at that place, or no such version.
pub async fn version_differences(
    app: &App,
    place: Place<'_>,
    number: i64,
) -> Result<Vec<Difference>, Problem> {
    let (_, connection) = find(app, place).await?;
    let then = then(app, &connection, number).await?;
    Ok(between(&connection, &then))
}

fn between(before: &Connection, after: &Connection) -> Vec<Difference> {
    let settings = |connection| json(&ConnectionSettings::of(connection));
    let (Value::Object(before), Value::Object(after)) = (settings(before), settings(after)) else {
        return Vec::new();
    };
    let differs = |(name, value): (String, Value)| {
        let was = before.get(&name).unwrap_or(&Value::Null);
        (*was != value).then(|| Difference {
            before: lines(&name, was),
            after: lines(&name, &value),
            field: name,
        })
    };
    after.into_iter().filter_map(differs).collect()
}

/// A value as people read it.
fn lines(field: &str, value: &Value) -> Vec<String> {
    match value {
        Value::Null => Vec::new(),
        Value::Bool(_) | Value::Number(_) => vec![value.to_string()],
        Value::String(text) if field == "certificates" => vec![certificate(text)],
        Value::String(text) => vec![text.clone()],
        Value::Array(items) => items.iter().flat_map(|item| lines(field, item)).collect(),
        Value::Object(parts) if field == "role_rules" => {
            let part = |name: &str| parts.get(name).and_then(Value::as_str).unwrap_or_default();
            vec![format!("{} → {}", part("group"), part("role"))]
        }
        Value::Object(parts) => parts
            .iter()
            .filter_map(|(name, value)| value.as_str().map(|value| format!("{name}: {value}")))
            .collect(),
    }
}

/// A certificate by what people know it by.
fn certificate(base64: &str) -> String {
    let read = STANDARD
        .decode_to_vec(base64)
        .ok()
        .and_then(|der| Certificate::from_der(&der).ok());
    match read {
        Some(read) => format!(
            "{}, {}, SHA-256 {}",
            read.subject(),
            instant(UnixTime(read.not_after())),
            read.sha256()
        ),
        None => base64.to_owned(),
    }
}

#[test]
fn values_are_lines_that_people_read() {
    use serde_json::json;
    for (field, value, expected) in [
        ("issuer", json!(null), vec![]),
        (
            "issuer",
            json!("https://idp.example"),
            vec!["https://idp.example"],
        ),
        ("accept_cbc", json!(true), vec!["true"]),
        (
            "role_rules",
            json!([{"group": "it", "role": "admin"}]),
            vec!["it → admin"],
        ),
        (
            "attributes",
            json!({"email": "mail", "name": null}),
            vec!["email: mail"],
        ),
        ("certificates", json!(["nonsense"]), vec!["nonsense"]),
    ] {
        assert_eq!(lines(field, &value), expected, "{field}");
    }
}
