//! Why a request was not carried out, as problem details (RFC 9457).

mod code;
mod localize;
mod localized_text;

use std::fmt;

pub use code::{ProblemCode, Reader};
use http::StatusCode;
pub use localized_text::LocalizedText;
use serde::Serialize;
use store::{Conflict, StoreError};
use utoipa::ToSchema;

/// A field of a request with an invalid value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema, thiserror::Error)]
#[error("{field}: {}", self.message())]
pub struct FieldProblem {
    /// The path of the field, such as `attributes.email` or `certificates[0]`.
    pub field: String,
    /// A description of valid values.
    #[schema(value_type = String)]
    pub expected: LocalizedText,
    /// What was sent, or a sentence that says what is wrong with it. A secret or a long value is described, not
    /// repeated.
    #[schema(value_type = String)]
    pub received: LocalizedText,
}

impl FieldProblem {
    pub fn new(
        field: impl Into<String>,
        expected: impl Into<LocalizedText>,
        received: impl Into<LocalizedText>,
    ) -> Self {
        Self {
            field: field.into(),
            expected: expected.into(),
            received: received.into().shortened(),
        }
    }

    /// The problem without the field: what was expected and received, or the sentence that explains it.
    pub fn message(&self) -> String {
        if self.received.is_sentence() {
            return self.received.to_string();
        }
        format!("expected {}, received {}", self.expected, self.received)
    }
}

/// Why a request was not carried out. Nothing has been changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Problem {
    pub code: ProblemCode,
    /// The status of the code.
    pub status: StatusCode,
    /// What happened and what to do next, in English.
    pub detail: String,
    /// The fields with an invalid value.
    pub errors: Vec<FieldProblem>,
}

impl Problem {
    /// A problem with the detail of its code.
    pub fn new(code: ProblemCode) -> Self {
        Self::with_detail(code, code.detail())
    }

    pub fn with_detail(code: ProblemCode, detail: impl Into<String>) -> Self {
        Self {
            code,
            status: code.status(),
            detail: detail.into(),
            errors: Vec::new(),
        }
    }

    pub fn fields(errors: Vec<FieldProblem>) -> Self {
        let detail = match errors.as_slice() {
            [error] => error.to_string(),
            several => format!("{} fields have an invalid value", several.len()),
        };
        Self {
            errors,
            ..Self::with_detail(ProblemCode::InvalidFields, detail)
        }
    }

    pub fn field(
        field: impl Into<String>,
        expected: impl Into<LocalizedText>,
        received: impl Into<LocalizedText>,
    ) -> Self {
        Self::fields(vec![FieldProblem::new(field, expected, received)])
    }

    pub fn malformed(detail: impl Into<String>) -> Self {
        Self::with_detail(ProblemCode::Malformed, detail)
    }

    /// A resource that does not exist or that the requester has no access to; the answer is the same for both.
    pub fn not_found(kind: &str, name: &str) -> Self {
        Self::with_detail(ProblemCode::NotFound, format!("there is no {kind} {name}"))
    }

    /// Logs an error of this server. The requester does not learn its cause.
    pub fn internal_error(action: &str, error: &dyn std::error::Error) -> Self {
        tracing::error!(action, error = chain(error), "internal error");
        Self::new(ProblemCode::InternalError)
    }

    /// The body of an API response.
    pub fn body(&self) -> ProblemBody<'_> {
        ProblemBody {
            kind: format!("urn:vestibule:problem:{}", self.code),
            title: self.code.title(),
            status: self.status.as_u16(),
            detail: &self.detail,
            code: self.code,
            errors: &self.errors,
        }
    }
}

/// Problem details (RFC 9457) with the additional members `code` and `errors`.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemBody<'p> {
    /// A URN that identifies the kind of problem: `urn:vestibule:problem:` and the code.
    #[serde(rename = "type")]
    kind: String,
    /// A short English summary, the same for every problem with this code.
    title: &'p str,
    /// The HTTP status of the response.
    status: u16,
    /// What happened and what to do next, in English.
    detail: &'p str,
    /// The kind of problem, for programs. A code never changes its meaning.
    code: ProblemCode,
    /// Every field with an invalid value.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'p [FieldProblem],
}

/// An error and its causes in one line, for the log. A cause that the error itself repeats is left out.
pub fn chain(error: &dyn std::error::Error) -> String {
    let mut line = error.to_string();
    let causes = std::iter::successors(error.source(), |error| error.source());
    for cause in causes.map(ToString::to_string) {
        if !line.ends_with(&cause) {
            line = format!("{line}: {cause}");
        }
    }
    line
}

impl fmt::Display for Problem {
    /// One line for each field to correct, as the command line prints it.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.errors.len() < 2 {
            return formatter.write_str(&self.detail);
        }
        let lines: Vec<String> = self.errors.iter().map(ToString::to_string).collect();
        formatter.write_str(&lines.join("\n"))
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::QueueFull | StoreError::ShareExhausted | StoreError::Timeout => {
                tracing::error!(error = chain(&error), "overloaded");
                Self::new(ProblemCode::Overloaded)
            }
            StoreError::Unavailable(_) => {
                tracing::error!(error = chain(&error), "the database is not available");
                Self::new(ProblemCode::Unavailable)
            }
            error => Self::internal_error("using the database", &error),
        }
    }
}

impl From<Conflict> for Problem {
    fn from(conflict: Conflict) -> Self {
        let code = match conflict {
            Conflict::SlugInUse => ProblemCode::SlugInUse,
            Conflict::DomainInUse => ProblemCode::DomainInUse,
            Conflict::AlreadyMember => ProblemCode::AlreadyMember,
            Conflict::AccountInUse => ProblemCode::AccountInUse,
            Conflict::AcsUrlInUse => ProblemCode::AcsUrlTaken,
            _ => ProblemCode::Conflict,
        };
        Self::with_detail(code, conflict.to_string())
    }
}

#[test]
fn a_cause_that_its_error_repeats_is_printed_once() {
    #[derive(Debug, thiserror::Error)]
    #[error("the file is no database")]
    struct Cause;
    #[derive(Debug, thiserror::Error)]
    #[error("error returned from database: {0}")]
    struct Driver(#[source] Cause);
    #[derive(Debug, thiserror::Error)]
    #[error("the database failed")]
    struct Failure(#[source] Driver);
    assert_eq!(
        chain(&Failure(Driver(Cause))),
        "the database failed: error returned from database: the file is no database"
    );
}
