//! The error of a handler. [`super::error_page`] turns it into a page.

use axum::response::{IntoResponse, Response};
use runtime::problem::Problem;

/// The problem that a handler returns instead of a page.
#[derive(Debug)]
pub(crate) struct PageError(Box<Problem>);

/// The problem on its way to the middleware that renders it: a handler's error does not know the reader's language.
#[derive(Clone, Debug)]
pub(super) struct PendingPageError(pub(super) Box<Problem>);

impl<P: Into<Problem>> From<P> for PageError {
    fn from(problem: P) -> Self {
        Self(Box::new(problem.into()))
    }
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let mut response = self.0.status.into_response();
        response.extensions_mut().insert(PendingPageError(self.0));
        response
    }
}
