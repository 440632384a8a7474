//! What the API and the command line say when something cannot be: RFC 9457 problem details.

mod localize;
mod localized_text;

use std::fmt;

use http::StatusCode;
pub use localized_text::LocalizedText;
use serde::Serialize;
use store::{Conflict, StoreError};
use utoipa::ToSchema;

/// One field of a request that is not as it must be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FieldProblem {
    /// The field, with a path such as `attributes.email` for one inside another.
    pub field: String,
    /// What was expected there.
    #[schema(value_type = String)]
    pub expected: LocalizedText,
    /// What came. A secret is described, never repeated.
    #[schema(value_type = String)]
    pub received: LocalizedText,
}

impl FieldProblem {
    /// Says that this field is not as it must be.
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
}

/// Why a request was not carried out. Nothing has been changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The status of the answer.
    pub status: StatusCode,
    /// The name that programs and documentation share. Never changes.
    pub code: &'static str,
    /// What to know and to do, in a sentence for whoever sent the request.
    pub detail: String,
    /// The fields that are not as they must be.
    pub errors: Vec<FieldProblem>,
}

impl Problem {
    fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        Self {
            status,
            code,
            detail: detail.into(),
            errors: Vec::new(),
        }
    }

    /// The fields of a request are not as they must be.
    pub fn fields(errors: Vec<FieldProblem>) -> Self {
        let detail = match errors.as_slice() {
            [
                FieldProblem {
                    field,
                    expected,
                    received,
                },
            ] => format!("{field}: expected {expected}, received {received}"),
            several => format!("{} fields are not as they must be", several.len()),
        };
        Self {
            errors,
            ..Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid-fields", detail)
        }
    }

    /// One field of a request is not as it must be.
    pub fn field(
        field: impl Into<String>,
        expected: impl Into<LocalizedText>,
        received: impl Into<LocalizedText>,
    ) -> Self {
        Self::fields(vec![FieldProblem::new(field, expected, received)])
    }

    /// The request is not one that can be understood.
    pub fn malformed(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "malformed", detail)
    }

    /// No key, or not one of ours.
    pub fn unauthorized(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "unauthorized", detail)
    }

    /// There is no such thing, as far as the asker may know.
    pub fn not_found(what: &str, name: &str) -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "not-found",
            format!("there is no {what} {name}"),
        )
    }

    /// It was there, and is no more.
    pub fn gone(code: &'static str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::GONE, code, detail)
    }

    /// What is there already stands in the way.
    pub fn conflict(code: &'static str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, code, detail)
    }

    /// The plan of the organization does not include it.
    pub fn plan(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, "plan-without-sso", detail)
    }

    /// It may not be done, or not by whoever asks.
    pub fn forbidden(code: &'static str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, code, detail)
    }

    /// There is nothing at this address, or not for this method.
    pub fn no_route(status: StatusCode, detail: impl Into<String>) -> Self {
        Self::new(status, "no-such-route", detail)
    }

    /// The request was sent to a host that is not this server's.
    pub fn misdirected(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::MISDIRECTED_REQUEST, "unknown-host", detail)
    }

    /// The client asks more often than it may.
    pub fn too_many_requests() -> Self {
        Self::new(
            StatusCode::TOO_MANY_REQUESTS,
            "too-many-requests",
            "wait a little, then try again",
        )
    }

    /// The database has too much to do, and the log has the story already.
    pub fn overloaded() -> Self {
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "overloaded",
            "the database is busy; try again",
        )
    }

    /// Something of ours does not work. The story is for the log alone, and this writes it there.
    pub fn broken(doing: &str, error: &dyn std::error::Error) -> Self {
        tracing::error!(doing, error = chain(error), "broken");
        Self::unforeseen()
    }

    /// Something of ours does not work, and the log has the story already.
    pub fn unforeseen() -> Self {
        let detail = "something does not work at this end; the log says what, beside the number of this request";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "broken", detail)
    }

    fn title(&self) -> &'static str {
        self.status.canonical_reason().unwrap_or("Problem")
    }

    /// The answer of the API.
    pub fn body(&self) -> ProblemBody<'_> {
        ProblemBody {
            kind: format!("urn:vestibule:problem:{}", self.code),
            title: self.title(),
            status: self.status.as_u16(),
            detail: &self.detail,
            code: self.code,
            errors: &self.errors,
        }
    }
}

/// Problem details as RFC 9457 writes them, with `code` and `errors` beside.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemBody<'p> {
    /// Names the kind of problem.
    #[serde(rename = "type")]
    kind: String,
    /// The status in words.
    title: &'p str,
    /// The status.
    status: u16,
    /// What to know and to do.
    detail: &'p str,
    /// The name that programs and documentation share. Never changes.
    code: &'p str,
    /// The fields that are not as they must be.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'p [FieldProblem],
}

/// An error with everything behind it, for the log.
pub fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(": ")
}

impl fmt::Display for Problem {
    /// One line for each thing to repair, as the command line prints it.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.errors.len() < 2 {
            return formatter.write_str(&self.detail);
        }
        let lines: Vec<String> = self
            .errors
            .iter()
            .map(|error| {
                format!(
                    "{}: expected {}, received {}",
                    error.field, error.expected, error.received
                )
            })
            .collect();
        formatter.write_str(&lines.join("\n"))
    }
}

impl std::error::Error for Problem {}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::QueueFull | StoreError::Timeout => {
                tracing::error!(error = chain(&error), "overloaded");
                Self::overloaded()
            }
            error => Self::broken("using the database", &error),
        }
    }
}

impl From<Conflict> for Problem {
    fn from(conflict: Conflict) -> Self {
        let code = match conflict {
            Conflict::SlugInUse => "slug-taken",
            Conflict::DomainInUse => "domain-taken",
            Conflict::AlreadyMember => "already-member",
            Conflict::AccountInUse => "identity-taken",
            Conflict::AcsUrlInUse => "acs-url-taken",
            _ => "conflict",
        };
        Self::conflict(code, conflict.to_string())
    }
}
