//! What commands print.

use std::io::{ErrorKind, Write};
use std::sync::OnceLock;

use runtime::problem::Problem;
use serde::Serialize;
use serde_json::Value;
use service::{Listing, PageRequest};

use super::Ending;

/// For whom a command prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Output {
    /// For people.
    Text,
    /// For programs: the API's object.
    Json,
}

/// Every item of a list, page after page.
pub(super) async fn every<T>(
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

/// What a person looks for first; the rest follows by its name.
const FIRST: [&str; 9] = [
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
    /// Prints one thing.
    pub(super) fn object(self, view: &impl Serialize) {
        let value = value(view);
        match self {
            Self::Json => write(&format!("{value:#}\n")),
            Self::Text => write(&lines(&value, 0)),
        }
    }

    /// Prints a list, with the columns that people need.
    pub(super) fn list(self, view: &impl Serialize, columns: &[&str]) {
        let value = value(view);
        match self {
            Self::Json => write(&format!("{value:#}\n")),
            Self::Text => {
                let items = value["items"].as_array().map(Vec::as_slice);
                write(&table(items.unwrap_or_default(), columns));
            }
        }
    }

    /// Prints a sentence for people.
    pub(super) fn say(self, sentence: &str) {
        match self {
            Self::Json => {}
            Self::Text => write(&format!("{sentence}\n")),
        }
    }
}

/// Why something that was to be printed is lost. There is one standard output, and so one of this, in a process.
static LOST: OnceLock<std::io::Error> = OnceLock::new();

/// Writes to standard output. A reader who has seen enough and gone away, as `head` does, is no failure.
pub(super) fn write(text: &str) {
    let mut out = std::io::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    if let Err(error) = written
        && error.kind() != ErrorKind::BrokenPipe
    {
        // The first reason is the one that is told.
        drop(LOST.set(error));
    }
}

/// Whether everything that was to be printed could be: a secret that nobody saw, or half a verdict, is no success.
pub(super) fn check_written() -> Result<(), Ending> {
    match LOST.get() {
        None => Ok(()),
        Some(error) => Err(Ending::Failed(format!(
            "standard output: expected to write to it: {error}"
        ))),
    }
}

fn value(view: &impl Serialize) -> Value {
    serde_json::to_value(view).expect("what is printed is JSON")
}

/// A line for each field that is there.
fn lines(value: &Value, indent: usize) -> String {
    let Value::Object(fields) = value else {
        return format!("{:indent$}{}\n", "", plain(value));
    };
    let mut names: Vec<&String> = fields.keys().collect();
    names.sort_by_key(|name| {
        FIRST
            .iter()
            .position(|first| first == name)
            .unwrap_or(FIRST.len())
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

/// One line for each item, in columns.
fn table(items: &[Value], columns: &[&str]) -> String {
    let rows: Vec<Vec<String>> = items
        .iter()
        .map(|item| columns.iter().map(|column| plain(&item[*column])).collect())
        .collect();
    let width = |place: usize| {
        rows.iter()
            .map(|row| row[place].chars().count())
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

/// Foreign text without what a terminal would obey.
pub(super) fn printable(text: &str) -> String {
    text.chars()
        .map(|one| if one.is_control() { '\u{fffd}' } else { one })
        .collect()
}

#[test]
fn people_see_what_they_look_for_first() {
    let text = lines(
        &serde_json::json!({"slug": "acme", "created_at": "now", "id": "org_a", "gone": null, "warnings": [{"code": "x"}]}),
        0,
    );
    assert_eq!(
        text,
        "id:          org_a\nslug:        acme\ncreated_at:  now\nwarnings:\n  code:  x\n"
    );
    let items = [
        serde_json::json!({"id": "a", "name": "Long \u{1b}[31m"}),
        serde_json::json!({"id": "bcd", "name": "B"}),
    ];
    assert_eq!(
        table(&items, &["id", "name"]),
        "a    Long \u{fffd}[31m\nbcd  B\n"
    );
}
