//! What is different between two sets of settings, for somebody who is about to put one in the place of the other.

use base64_simd::STANDARD;
use runtime::app::App;
use runtime::problem::Problem;
use saml::certificate::Certificate;
use serde_json::Value;
use store::Connection;

use super::version::then;
use super::working_copy::working;
use super::{ConnectionInput, Place, find};
use crate::{instant, to_json};

/// A setting that is another in two sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Its name, as the API knows it.
    pub field: String,
    /// What it is now, line by line; nothing when it is not set.
    pub before: Vec<Line>,
    /// What it would be.
    pub after: Vec<Line>,
}

/// A value of a setting, or one of its values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// Whether it is so.
    Flag(bool),
    /// A certificate by what people know it by.
    Certificate {
        /// Whose it is.
        subject: String,
        /// Its last valid instant, as the API writes it.
        ends: String,
        /// Its fingerprint in lower-case hexadecimal.
        sha256: String,
    },
    /// The role that a group gives.
    Rule {
        /// The group's name.
        group: String,
        /// The role's name.
        role: String,
    },
    /// Any other value, as it is kept.
    Text(String),
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
    let settings = |connection| to_json(&ConnectionInput::of(connection));
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

fn lines(field: &str, value: &Value) -> Vec<Line> {
    match value {
        Value::Null => Vec::new(),
        Value::Bool(flag) => vec![Line::Flag(*flag)],
        Value::Number(number) => vec![Line::Text(number.to_string())],
        Value::String(text) if field == "certificates" => vec![certificate(text)],
        Value::String(text) => vec![Line::Text(text.clone())],
        Value::Array(items) => items.iter().flat_map(|item| lines(field, item)).collect(),
        Value::Object(parts) if field == "role_rules" => {
            let part = |name: &str| parts.get(name).and_then(Value::as_str).unwrap_or_default();
            vec![Line::Rule {
                group: part("group").to_owned(),
                role: part("role").to_owned(),
            }]
        }
        Value::Object(parts) => parts
            .iter()
            .filter_map(|(name, value)| Some(Line::Text(format!("{name}: {}", value.as_str()?))))
            .collect(),
    }
}

fn certificate(base64: &str) -> Line {
    let read = STANDARD
        .decode_to_vec(base64)
        .ok()
        .and_then(|der| Certificate::from_der(&der).ok());
    match read {
        Some(read) => Line::Certificate {
            subject: read.subject().to_owned(),
            ends: instant(read.not_after()),
            sha256: read.sha256(),
        },
        None => Line::Text(base64.to_owned()),
    }
}

#[test]
fn values_are_lines_that_people_read() {
    use serde_json::json;
    let text = |text: &str| Line::Text(text.to_owned());
    let (group, role) = ("it".to_owned(), "admin".to_owned());
    for (field, value, expected) in [
        ("issuer", json!(null), vec![]),
        (
            "issuer",
            json!("https://idp.example"),
            vec![text("https://idp.example")],
        ),
        ("accept_cbc", json!(true), vec![Line::Flag(true)]),
        (
            "role_rules",
            json!([{"group": "it", "role": "admin"}]),
            vec![Line::Rule { group, role }],
        ),
        (
            "attributes",
            json!({"email": "mail", "name": null}),
            vec![text("email: mail")],
        ),
        ("certificates", json!(["nonsense"]), vec![text("nonsense")]),
    ] {
        assert_eq!(lines(field, &value), expected, "{field}");
    }
}
