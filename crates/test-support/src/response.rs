//! What the server answered.

use std::fmt;

use axum::http::{HeaderMap, StatusCode, header};
use serde_json::Value;
use testkit::browser::Page;
use url::Url;

use crate::deployment::{ORIGIN, SUPPORT_CONTACT};
use crate::redaction::redact;

/// How the pages escape characters. The ampersand is last, so that it is resolved once.
const CHARACTER_REFERENCES: [(&str, &str); 9] = [
    ("&#39;", "'"),
    ("&#34;", "\""),
    ("&quot;", "\""),
    ("&#60;", "<"),
    ("&#62;", ">"),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&#38;", "&"),
    ("&amp;", "&"),
];

/// The response to one request. Its methods panic when the response is not of the kind that they read.
#[derive(Clone, Debug)]
pub struct TestResponse {
    pub status: StatusCode,
    pub headers: HeaderMap,
    /// The body.
    pub text: String,
}

/// A problem document of the API (RFC 9457).
#[derive(Debug, Eq, PartialEq)]
pub struct Problem {
    pub code: String,
    pub errors: Vec<FieldError>,
}

/// What is wrong with one field of a request.
#[derive(Debug, Eq, PartialEq)]
pub struct FieldError {
    pub field: String,
    pub expected: String,
    pub received: String,
}

impl TestResponse {
    /// The value of a header. Empty when the header is missing.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map(|value| value.to_str().unwrap())
            .unwrap_or_default()
    }

    /// The target of a redirect. Panics unless the status is 303.
    pub fn location(&self) -> &str {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.text);
        self.header("location")
    }

    /// A query parameter of the redirect's target.
    pub fn location_parameter(&self, name: &str) -> Option<String> {
        let base = Url::parse(ORIGIN).unwrap();
        let target = base.join(self.location()).unwrap();
        target
            .query_pairs()
            .find(|(parameter, _)| parameter == name)
            .map(|(_, value)| value.into_owned())
    }

    /// The value of the first hidden field with this name.
    pub fn hidden_field(&self, name: &str) -> Option<&str> {
        let (_, rest) = self.text.split_once(&format!("name=\"{name}\" value=\""))?;
        Some(rest.split_once('"')?.0)
    }

    /// The text of the page without its markup.
    pub fn visible_text(&self) -> String {
        let mut text = String::new();
        for part in self.text.split('<') {
            text.push_str(part.split_once('>').map_or(part, |(_, after)| after));
        }
        for (reference, character) in CHARACTER_REFERENCES {
            text = text.replace(reference, character);
        }
        text
    }

    /// The content of the page's `<main>` for a snapshot: without indentation, and with random values replaced.
    pub fn main_html(&self) -> String {
        let (_, rest) = self.text.split_once("<main").expect("a page with <main>");
        let (_, content) = rest.split_once('>').unwrap();
        let (content, _) = content.split_once("</main>").unwrap();
        let lines: Vec<&str> = content
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .collect();
        redact(&lines.join("\n"))
    }

    /// The JSON of the body for a snapshot: indented, and with random values replaced.
    pub fn redacted_json(&self) -> String {
        redact(&serde_json::to_string_pretty(&self.json()).unwrap())
    }

    /// The code that the error page of a sign-in shows, in any language.
    pub fn error_code(&self) -> &str {
        let labels = ["Error code", "Code d’erreur", "Foutcode", "Fehlercode"];
        let (_, rest) = labels
            .iter()
            .find_map(|label| self.text.split_once(&format!("<dt>{label}</dt><dd>")))
            .unwrap_or_else(|| panic!("no error page: {self:?}"));
        assert!(self.text.contains(SUPPORT_CONTACT), "{}", self.text);
        assert_eq!(self.header("cache-control"), "no-store");
        rest.split_once('<').unwrap().0
    }

    /// The body as JSON. `null` if it is empty.
    pub fn json(&self) -> Value {
        if self.text.is_empty() {
            return Value::Null;
        }
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("not JSON: {self:?}"))
    }

    /// The problem document.
    pub fn problem(&self) -> Problem {
        assert_eq!(
            self.headers[header::CONTENT_TYPE],
            "application/problem+json",
            "{}",
            self.text
        );
        let body = self.json();
        assert_eq!(body["status"], self.status.as_u16());
        let errors = body["errors"].as_array().cloned().unwrap_or_default();
        Problem {
            code: string(&body["code"]),
            errors: errors.iter().map(FieldError::from_json).collect(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.code)?;
        self.errors
            .iter()
            .try_for_each(|error| write!(f, "\n{error}"))
    }
}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            field,
            expected,
            received,
        } = self;
        write!(f, "{field}: expected {expected}, received {received}")
    }
}

impl FieldError {
    fn from_json(error: &Value) -> Self {
        Self {
            field: string(&error["field"]),
            expected: string(&error["expected"]),
            received: string(&error["received"]),
        }
    }
}

impl From<Page> for TestResponse {
    fn from(page: Page) -> Self {
        Self {
            status: page.status,
            headers: page.headers,
            text: page.text,
        }
    }
}

fn string(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}
