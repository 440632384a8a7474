//! The differences between two sets of settings of a connection, for a confirmation page.

use base64_simd::STANDARD;
use runtime::app::App;
use runtime::problem::Problem;
use saml::certificate::Certificate;
use serde_json::{Map, Value};
use store::Connection;

use super::version::load_version;
use super::working_copy::load_working_copy;
use super::{ConnectionInput, ConnectionRef, find};
use crate::{instant, to_json};

/// A setting with two different values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The name of the setting in the API.
    pub field: String,
    /// The current values; empty when the setting is not set.
    pub before: Vec<DiffValue>,
    /// The new values.
    pub after: Vec<DiffValue>,
}

/// A value of a setting, or one of its values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DiffValue {
    Flag(bool),
    Certificate {
        subject: String,
        /// The end of the validity period, as the API writes it.
        not_after: String,
        /// The SHA-256 fingerprint in lower-case hexadecimal.
        sha256: String,
    },
    /// A role rule.
    Rule {
        group: String,
        role: String,
    },
    /// Any other value, as stored.
    Text(String),
}

/// What publishing the draft would change; empty without a draft.
pub async fn draft_differences(
    app: &App,
    connection_ref: ConnectionRef<'_>,
) -> Result<Vec<Difference>, Problem> {
    let working_copy = load_working_copy(app, connection_ref).await?;
    Ok(diff(&working_copy.stored, &working_copy.connection))
}

/// What restoring a version would change.
pub async fn version_differences(
    app: &App,
    connection_ref: ConnectionRef<'_>,
    number: i64,
) -> Result<Vec<Difference>, Problem> {
    let (_, connection) = find(app, connection_ref).await?;
    let version = load_version(app, &connection, number).await?;
    Ok(diff(&connection, &version))
}

fn diff(before: &Connection, after: &Connection) -> Vec<Difference> {
    let settings = |connection| to_json(&ConnectionInput::from_connection(connection));
    let (Value::Object(before), Value::Object(after)) = (settings(before), settings(after)) else {
        return Vec::new();
    };
    let differs = |(name, value): (String, Value)| {
        let old_value = before.get(&name).unwrap_or(&Value::Null);
        (*old_value != value).then(|| Difference {
            before: diff_values(&name, old_value),
            after: diff_values(&name, &value),
            field: name,
        })
    };
    after.into_iter().filter_map(differs).collect()
}

fn diff_values(field: &str, value: &Value) -> Vec<DiffValue> {
    match value {
        Value::Null => Vec::new(),
        Value::Bool(flag) => vec![DiffValue::Flag(*flag)],
        Value::Number(number) => vec![DiffValue::Text(number.to_string())],
        Value::String(text) if field == "certificates" => vec![certificate(text)],
        Value::String(text) => vec![DiffValue::Text(text.clone())],
        Value::Array(items) => items
            .iter()
            .flat_map(|item| diff_values(field, item))
            .collect(),
        Value::Object(parts) if field == "role_rules" => {
            let part = |name: &str| parts.get(name).and_then(Value::as_str).unwrap_or_default();
            vec![DiffValue::Rule {
                group: part("group").to_owned(),
                role: part("role").to_owned(),
            }]
        }
        Value::Object(parts) if field == "custom_claims" => vec![custom_claim(parts)],
        Value::Object(parts) => parts
            .iter()
            .filter_map(|(name, value)| {
                Some(DiffValue::Text(format!("{name}: {}", value.as_str()?)))
            })
            .collect(),
    }
}

/// As the command line writes it.
fn custom_claim(parts: &Map<String, Value>) -> DiffValue {
    let part = |name: &str| parts.get(name).and_then(Value::as_str).unwrap_or_default();
    let is_list = parts.get("multiple").and_then(Value::as_bool) == Some(true);
    let list = if is_list { "[]" } else { "" };
    DiffValue::Text(format!("{}{list}={}", part("name"), part("attribute")))
}

fn certificate(base64: &str) -> DiffValue {
    let certificate = STANDARD
        .decode_to_vec(base64)
        .ok()
        .and_then(|der| Certificate::from_der(&der).ok());
    match certificate {
        Some(certificate) => DiffValue::Certificate {
            subject: certificate.subject().to_owned(),
            not_after: instant(certificate.not_after()),
            sha256: certificate.sha256(),
        },
        None => DiffValue::Text(base64.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use serde_json::json;

    use super::*;

    fn text(text: &str) -> DiffValue {
        DiffValue::Text(text.to_owned())
    }

    #[rstest]
    #[case::null("issuer", json!(null), &[])]
    #[case::text("issuer", json!("https://idp.example"), &[text("https://idp.example")])]
    #[case::flag("accept_cbc", json!(true), &[DiffValue::Flag(true)])]
    #[case::rule(
        "role_rules",
        json!([{"group": "it", "role": "admin"}]),
        &[DiffValue::Rule { group: "it".to_owned(), role: "admin".to_owned() }]
    )]
    #[case::object(
        "attributes",
        json!({"email": "mail", "name": null}),
        &[text("email: mail")]
    )]
    #[case::custom_claim(
        "custom_claims",
        json!([{"name": "teams", "attribute": "team", "multiple": true}]),
        &[text("teams[]=team")]
    )]
    #[case::unreadable_certificate("certificates", json!(["nonsense"]), &[text("nonsense")])]
    fn each_json_value_becomes_readable_values(
        #[case] field: &str,
        #[case] value: Value,
        #[case] expected: &[DiffValue],
    ) {
        assert_eq!(diff_values(field, &value), expected);
    }
}
