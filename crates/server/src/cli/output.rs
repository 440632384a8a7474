//! Output of commands.

use std::io::{ErrorKind, Write};
use std::sync::OnceLock;

use config::single_line;
use runtime::problem::Problem;
use serde::Serialize;
use serde_json::Value;
use service::{Listing, PageRequest};

use super::CliError;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Output {
    /// For people.
    Text,
    /// For programs: the object of the API.
    Json,
}

/// Fetches all pages of a list.
pub(super) async fn all_pages<T>(
    mut page: impl AsyncFnMut(PageRequest) -> Result<Listing<T>, Problem>,
) -> Result<Listing<T>, Problem> {
    let mut all = Listing {
        items: Vec::new(),
        next: None,
    };
    loop {
        let part = page(PageRequest {
            cursor: all.next.take(),
            limit: Some(200),
        })
        .await?;
        all.items.extend(part.items);
        if part.next.is_none() {
            return Ok(all);
        }
        all.next = part.next;
    }
}

/// Fields that are printed first; the others follow in alphabetical order.
const LEADING_FIELDS: [&str; 9] = [
    "id",
    "slug",
    "name",
    "state",
    "plan",
    "email",
    "role",
    "key",
    "client_secret",
];

impl Output {
    /// Prints one object.
    pub(super) fn object(self, view: &impl Serialize) {
        let value = value(view);
        match self {
            Self::Json => write(&format!("{value:#}\n")),
            Self::Text => write(&lines(&value, 0)),
        }
    }

    /// Prints a list. As text, only `columns`; an empty list is the sentence `empty` on standard error.
    pub(super) fn list(self, view: &impl Serialize, columns: &[&str], empty: &str) {
        let value = value(view);
        match self {
            Self::Json => write(&format!("{value:#}\n")),
            Self::Text => {
                let items = value["items"].as_array().map(Vec::as_slice);
                match items.unwrap_or_default() {
                    [] => eprintln!("{empty}"),
                    items => write(&table(items, columns)),
                }
            }
        }
    }

    /// Prints a message for people; nothing in JSON output.
    pub(super) fn message(self, message: &str) {
        match self {
            Self::Json => {}
            Self::Text => write(&format!("{message}\n")),
        }
    }
}

/// The first failure to write to standard output.
static WRITE_ERROR: OnceLock<std::io::Error> = OnceLock::new();

/// Writes to standard output. A closed pipe is no failure: `head` closes it, for example.
pub(super) fn write(text: &str) {
    let mut out = std::io::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    if let Err(error) = written
        && error.kind() != ErrorKind::BrokenPipe
    {
        // Only the first error is reported.
        drop(WRITE_ERROR.set(error));
    }
}

/// Fails if any output could not be written: a command whose secret or verdict is lost did not succeed.
pub(super) fn check_written() -> Result<(), CliError> {
    match WRITE_ERROR.get() {
        None => Ok(()),
        Some(error) => Err(CliError::Failed(format!(
            "could not write to standard output: {error}"
        ))),
    }
}

fn value(view: &impl Serialize) -> Value {
    serde_json::to_value(view).expect("every view can be serialized as JSON")
}

/// One line per field that has a value.
fn lines(value: &Value, indent: usize) -> String {
    let Value::Object(fields) = value else {
        return format!("{:indent$}{}\n", "", plain(value));
    };
    let mut names: Vec<&String> = fields.keys().collect();
    names.sort_by_key(|name| {
        LEADING_FIELDS
            .iter()
            .position(|first| first == name)
            .unwrap_or(LEADING_FIELDS.len())
    });
    let width = names
        .iter()
        .map(|name| name.len())
        .max()
        .unwrap_or_default();
    let mut text = String::new();
    for name in names {
        match &fields[name] {
            Value::Null => {}
            Value::Object(inner) if inner.values().all(Value::is_null) => {}
            Value::Array(items) if items.is_empty() => {}
            Value::Array(items) if items.iter().any(Value::is_object) => {
                for item in items {
                    text.push_str(&format!(
                        "{:indent$}{name}:\n{}",
                        "",
                        lines(item, indent + 2)
                    ));
                }
            }
            inner @ Value::Object(_) => text.push_str(&format!(
                "{:indent$}{name}:\n{}",
                "",
                lines(inner, indent + 2)
            )),
            other => text.push_str(&format!(
                "{:indent$}{:width$}  {}\n",
                "",
                format!("{name}:"),
                plain(other),
                width = width + 1
            )),
        }
    }
    text
}

/// One line per item, in aligned columns.
fn table(items: &[Value], columns: &[&str]) -> String {
    let rows: Vec<Vec<String>> = items
        .iter()
        .map(|item| columns.iter().map(|column| plain(&item[*column])).collect())
        .collect();
    let width = |column: usize| {
        rows.iter()
            .map(|row| row[column].chars().count())
            .max()
            .unwrap_or_default()
    };
    let widths: Vec<usize> = (0..columns.len()).map(width).collect();
    let line = |row: &Vec<String>| {
        let cells = row
            .iter()
            .zip(&widths)
            .map(|(cell, width)| format!("{cell:width$}", width = *width));
        format!("{}\n", cells.collect::<Vec<_>>().join("  ").trim_end())
    };
    rows.iter().map(line).collect()
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => "-".to_owned(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::String(text) => printable(text),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        Value::Number(_) | Value::Object(_) => value.to_string(),
    }
}

/// Replaces control characters, which a terminal would interpret, and bidirectional controls, which would show the text
/// in another order.
pub(super) fn printable(text: &str) -> String {
    text.chars()
        .map(|character| {
            if single_line::is_control(character) {
                '\u{fffd}'
            } else {
                character
            }
        })
        .collect()
}

#[test]
fn leading_fields_come_first_and_control_characters_are_replaced() {
    let text = lines(
        &serde_json::json!({"slug": "acme", "created_at": "now", "id": "org_a", "gone": null, "warnings": [{"code": "x"}]}),
        0,
    );
    assert_eq!(
        text,
        "id:          org_a\nslug:        acme\ncreated_at:  now\nwarnings:\n  code:  x\n"
    );
    let items = [
        serde_json::json!({"id": "a", "name": "Long \u{1b}[31m\u{202e}"}),
        serde_json::json!({"id": "bcd", "name": "B"}),
    ];
    assert_eq!(
        table(&items, &["id", "name"]),
        "a    Long \u{fffd}[31m\u{fffd}\nbcd  B\n"
    );
}
