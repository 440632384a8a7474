//! Middleware that rejects requests above the rate limit of their client.

use axum::extract::{Extension, Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use runtime::app::App;
use runtime::problem::{Problem, ProblemCode};

use super::headers::RETRY_AFTER_SECONDS;
use super::{ClientAddress, ProblemResponse};

/// For the token and userinfo endpoints.
pub async fn limit_token(
    State(app): State<App>,
    Extension(client): Extension<ClientAddress>,
    request: Request,
    next: Next,
) -> Response {
    let is_allowed = app.limits.may_request_token(client.0);
    if is_allowed {
        next.run(request).await
    } else {
        too_many_requests()
    }
}

/// The response to the request of a program above the rate limit.
pub fn too_many_requests() -> Response {
    ProblemResponse::from(Problem::new(ProblemCode::TooManyRequests)).into_response()
}

/// Lets the browser repeat a GET by itself at the time of `Retry-After`.
pub fn repeat_later(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(
        header::REFRESH,
        HeaderValue::from_static(RETRY_AFTER_SECONDS),
    );
    response
}
