//! Validation against a schema of the OpenAPI document.

use std::any::TypeId;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use config::single_line::{self, LineDefect};
use config::suggestion;
use runtime::problem::{FieldProblem, LocalizedText, Problem};
use saml::paste::has_private_key;
use serde_json::{Map, Value};
use utoipa::PartialSchema;

pub(super) fn validate<T: PartialSchema + 'static>(value: &Value) -> Result<(), Problem> {
    let mut problems = Vec::new();
    check_value(value, &schema_of::<T>(), "", &mut problems);
    result(problems)
}

/// Validates the fields of a change: all are optional, and `null` is valid for each.
pub(super) fn validate_fields<T: PartialSchema + 'static>(
    fields: &Map<String, Value>,
) -> Result<(), Problem> {
    let mut problems = Vec::new();
    check_fields(fields, &schema_of::<T>(), "", &mut problems);
    result(problems)
}

/// The schema of a type, built once.
fn schema_of<T: PartialSchema + 'static>() -> Arc<Value> {
    static SCHEMAS: Mutex<Option<HashMap<TypeId, Arc<Value>>>> = Mutex::new(None);
    let mut schemas = SCHEMAS.lock().unwrap_or_else(PoisonError::into_inner);
    let schema = schemas
        .get_or_insert_default()
        .entry(TypeId::of::<T>())
        .or_insert_with(|| Arc::new(serde_json::to_value(T::schema()).expect("a schema is JSON")));
    Arc::clone(schema)
}

fn result(problems: Vec<FieldProblem>) -> Result<(), Problem> {
    if problems.is_empty() {
        Ok(())
    } else {
        Err(Problem::fields(problems))
    }
}

/// Whether enough is reported. A list may have thousands of wrong items.
fn is_full(problems: &[FieldProblem]) -> bool {
    const MAX_PROBLEMS: usize = 100;
    problems.len() >= MAX_PROBLEMS
}

fn check_value(value: &Value, schema: &Value, path: &str, problems: &mut Vec<FieldProblem>) {
    let schema = without_null(schema);
    let field = if path.is_empty() { "the body" } else { path };
    if value.as_str().is_some_and(str::is_empty) && schema["minLength"].as_u64() > Some(0) {
        // The same answer as for an absent field: that is what an empty field of a form means.
        problems.push(FieldProblem::new(
            field,
            expected_type(path, schema),
            nothing(),
        ));
        return;
    }
    // Whatever else is wrong with it, a secret is not repeated.
    if value.as_str().is_some_and(has_private_key) {
        let expected = LocalizedText::key("problem-expected-no-secret");
        let received = LocalizedText::key("problem-received-secret");
        problems.push(FieldProblem::new(field, expected, received));
        return;
    }
    let mut report = |expected: LocalizedText| {
        problems.push(FieldProblem::new(field, expected, describe(value)));
    };
    if !has_type(value, schema) {
        return report(type_name(schema).into());
    }
    if let Some(words) = schema["enum"].as_array() {
        let words: Vec<&str> = words.iter().filter_map(Value::as_str).collect();
        let known = value.as_str().is_none_or(|word| words.contains(&word));
        if !known {
            report(LocalizedText::one_of(&words));
        }
    }
    if let Some(limit) = violated_limit(value, schema) {
        report(limit);
    } else if let Some(defect) = value.as_str().and_then(|text| text_defect(text, schema)) {
        report(defect);
    }
    match value {
        Value::Object(fields) => {
            check_fields(fields, schema, path, problems);
            check_required(fields, schema, path, problems);
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                if is_full(problems) {
                    break;
                }
                check_value(
                    item,
                    &schema["items"],
                    &format!("{path}[{index}]"),
                    problems,
                );
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn check_fields(
    fields: &Map<String, Value>,
    schema: &Value,
    parent: &str,
    problems: &mut Vec<FieldProblem>,
) {
    let Some(known) = schema["properties"].as_object() else {
        return;
    };
    for (name, value) in fields {
        if is_full(problems) {
            break;
        }
        let path = join(parent, name);
        match known.get(name) {
            Some(_) if value.is_null() => {}
            Some(schema) => check_value(value, schema, &path, problems),
            None => {
                let expected = match suggestion::nearest(name, known.keys().map(String::as_str)) {
                    Some(meant) => format!("{} (there is no field {name})", join(parent, meant)),
                    None => format!(
                        "one of the fields {}",
                        known.keys().cloned().collect::<Vec<_>>().join(", ")
                    ),
                };
                problems.push(FieldProblem::new(path, expected, "an unknown field"));
            }
        }
    }
}

fn check_required(
    fields: &Map<String, Value>,
    schema: &Value,
    parent: &str,
    problems: &mut Vec<FieldProblem>,
) {
    for name in schema["required"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
    {
        if fields.get(name).is_none_or(Value::is_null) {
            let expected = expected_type(name, &schema["properties"][name]);
            problems.push(FieldProblem::new(join(parent, name), expected, nothing()));
        }
    }
}

/// The schema of an optional object is a choice between `null` and the object.
fn without_null(schema: &Value) -> &Value {
    let choices = schema["oneOf"].as_array();
    choices
        .and_then(|choices| choices.iter().find(|choice| choice["type"] != "null"))
        .unwrap_or(schema)
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}

fn has_type(value: &Value, schema: &Value) -> bool {
    let is = |kind: &Value| match kind.as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("integer") => value.is_i64() || value.is_u64(),
        Some("number") => value.is_number(),
        Some("boolean") => value.is_boolean(),
        Some("null") => value.is_null(),
        _ => false,
    };
    match &schema["type"] {
        Value::Array(kinds) => kinds.iter().any(is),
        Value::Null => true,
        kind => is(kind),
    }
}

/// The characters that a text must not have, in words. A text with a limit is a name or another single line; other texts
/// are documents, and their parsers check them.
fn text_defect(text: &str, schema: &Value) -> Option<LocalizedText> {
    if text.contains('\0') {
        // PostgreSQL cannot store it.
        return Some(LocalizedText::key("problem-expected-no-nul"));
    }
    if !schema["maxLength"].is_number() || text.is_empty() {
        return None;
    }
    match single_line::check(text) {
        Ok(()) => None,
        Err(LineDefect::Control) => Some(LocalizedText::key("problem-expected-one-line")),
        Err(LineDefect::Blank) => Some(LocalizedText::key("problem-expected-visible")),
    }
}

/// The first limit of the schema that the value violates, in words.
fn violated_limit(value: &Value, schema: &Value) -> Option<LocalizedText> {
    let limit = |name: &str| schema[name].as_f64();
    let shortest = limit("minLength").or_else(|| limit("minItems"));
    let longest = limit("maxLength").or_else(|| limit("maxItems"));
    let (size, least, most, unit) = match value {
        Value::Number(number) => (number.as_f64()?, limit("minimum"), limit("maximum"), ""),
        // Bytes, not characters: the limits are about storage.
        Value::String(text) => (length(text.len()), shortest, longest, "byte"),
        Value::Array(items) => (length(items.len()), shortest, longest, "item"),
        Value::Null | Value::Bool(_) | Value::Object(_) => return None,
    };
    match (least, most) {
        (Some(least), _) if size < least => Some(bound("least", least, unit)),
        (_, Some(most)) if size > most => Some(bound("most", most, unit)),
        _ => None,
    }
}

/// `side` is `least` or `most`.
fn bound(side: &str, limit: f64, unit: &str) -> LocalizedText {
    let variables = [("limit", limit.to_string())];
    let variables = variables
        .each_ref()
        .map(|(name, limit)| (*name, limit.as_str()));
    match (side, unit) {
        ("most", "byte") if limit > 1.0 => {
            LocalizedText::with("problem-expected-bytes", &variables)
        }
        ("least", "byte") if limit > 1.0 => {
            LocalizedText::with("problem-expected-at-least-bytes", &variables)
        }
        ("most", "item") if limit > 1.0 => {
            LocalizedText::with("problem-expected-items", &variables)
        }
        (_, "") => format!("at {side} {limit}").into(),
        _ if limit > 1.0 => format!("at {side} {limit} {unit}s").into(),
        _ => format!("at {side} {limit} {unit}").into(),
    }
}

fn length(length: usize) -> f64 {
    u32::try_from(length).map_or(f64::INFINITY, f64::from)
}

fn type_name(schema: &Value) -> String {
    let kind = match &schema["type"] {
        Value::Array(kinds) => kinds
            .iter()
            .find(|kind| *kind != "null")
            .unwrap_or(&Value::Null),
        kind => kind,
    };
    match kind.as_str() {
        Some("object") => "an object",
        Some("array") => "a list",
        Some("string") => "a text",
        Some("integer") => "a whole number",
        Some("number") => "a number",
        Some("boolean") => "true or false",
        _ => "a value",
    }
    .to_owned()
}

/// What a required field must be.
fn expected_type(path: &str, schema: &Value) -> LocalizedText {
    let name = path.rsplit('.').next().unwrap_or(path);
    match name {
        "name" => LocalizedText::key("problem-expected-name"),
        "email" => LocalizedText::key("problem-expected-email"),
        _ => type_name(schema).into(),
    }
}

fn nothing() -> LocalizedText {
    LocalizedText::key("problem-received-nothing")
}

/// A short description of the value. A long text is not repeated: it may be a private key in the wrong field.
fn describe(value: &Value) -> LocalizedText {
    let counted =
        |key, name, count: usize| LocalizedText::with(key, &[(name, count.to_string().as_str())]);
    match value {
        Value::String(text) if text.is_empty() => LocalizedText::key("problem-received-empty"),
        Value::String(text) if text.len() > 64 => {
            counted("problem-received-long", "bytes", text.len())
        }
        Value::String(text) => LocalizedText::with(
            "problem-received-text",
            &[("value", format!("{text:?}").as_str())],
        ),
        Value::Array(items) => counted("problem-received-list", "count", items.len()),
        other => describe_short(other).into(),
    }
}

fn describe_short(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(number) => format!("the number {number}"),
        Value::String(_) => "a text".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}
