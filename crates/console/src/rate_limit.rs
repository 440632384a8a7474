//! Turns away clients that send too many requests.

use axum::extract::{Extension, Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use runtime::app::App;
use runtime::problem::{Problem, ProblemCode};
use web::ClientAddress;
use web::rate_limit::repeat_later;

use super::page_error::PageError;

/// Middleware for all pages of the console.
pub(super) async fn limit_requests(
    State(app): State<App>,
    Extension(client): Extension<ClientAddress>,
    request: Request,
    next: Next,
) -> Response {
    if app.limits.may_start_sign_in(client.0) {
        return next.run(request).await;
    }
    let page = PageError::from(Problem::new(ProblemCode::TooManyRequests)).into_response();
    match *request.method() {
        Method::GET => repeat_later(page),
        _ => page,
    }
}
