//! What the server answered.

use axum::http::{HeaderMap, StatusCode, header};
use serde_json::Value;
use testkit::browser::Page;
use url::Url;

use crate::server::{ORIGIN, SUPPORT_CONTACT};

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

    /// The target of a redirect with status 303, which no cache may store.
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
