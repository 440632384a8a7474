//! What a page with a form shows after a submission that was rejected.

use axum::http::StatusCode;
use i18n::Localizer;
use runtime::problem::{FieldProblem, Problem};
use web::page;

use super::page_error::PageError;

/// The values in the fields of a form, and why the server rejected them.
#[derive(Clone, Debug, Default)]
pub(crate) struct FormState<V> {
    pub values: V,
    pub problem: Option<Problem>,
}

impl<V> FormState<V> {
    /// A form that was not submitted, or was submitted successfully.
    pub(crate) fn new(values: V) -> Self {
        Self {
            values,
            problem: None,
        }
    }

    /// A form whose values were rejected.
    ///
    /// # Errors
    ///
    /// A server error: the values did not cause it, so the form cannot explain it.
    pub(crate) fn rejected(values: V, problem: Problem) -> Result<Self, PageError> {
        if problem.status.is_server_error() {
            return Err(problem.into());
        }
        Ok(Self {
            values,
            problem: Some(problem),
        })
    }

    /// A form that shows problems of its fields only.
    ///
    /// # Errors
    ///
    /// Every problem that names no field.
    pub(crate) fn invalid(values: V, problem: Problem) -> Result<Self, PageError> {
        if problem.errors.is_empty() {
            return Err(problem.into());
        }
        Ok(Self {
            values,
            problem: Some(problem),
        })
    }

    pub(crate) fn status(&self) -> StatusCode {
        page::status(self.problem.as_ref())
    }

    /// The status of a page that answers every rejected form alike.
    pub(crate) fn unprocessable_status(&self) -> StatusCode {
        match self.problem {
            Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
            None => StatusCode::OK,
        }
    }

    /// What is wrong with a field. An error of one item of a list belongs to the list's field.
    pub(crate) fn field_error(&self, field: &str) -> Option<&FieldProblem> {
        let errors = &self.problem.as_ref()?.errors;
        errors
            .iter()
            .find(|error| error.field.split('[').next() == Some(field))
    }

    /// What is wrong with a field or an item of a list, with this exact path, in the reader's language.
    pub(crate) fn path_message(&self, text: Localizer, path: &str) -> Option<String> {
        let errors = &self.problem.as_ref()?.errors;
        let error = errors.iter().find(|error| error.field == path);
        error.map(|error| error.localize(text))
    }

    /// What is wrong with a field, in the reader's language.
    pub(crate) fn field_message(&self, text: Localizer, field: &str) -> Option<String> {
        self.field_error(field).map(|error| error.localize(text))
    }

    /// The problem in the reader's language.
    pub(crate) fn message(&self, text: Localizer, prefix: &str) -> Option<String> {
        self.problem
            .as_ref()
            .map(|problem| message(text, prefix, problem))
    }
}

/// A problem in the reader's language: the page's own text with the key `{prefix}-{code}`, else the general one.
pub(crate) fn message(text: Localizer, prefix: &str, problem: &Problem) -> String {
    let key = format!("{prefix}-{}", problem.code);
    if text.has(&key) {
        text.get(&key)
    } else {
        problem.localize(text)
    }
}
