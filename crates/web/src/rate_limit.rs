//! Middleware that rejects requests above the rate limit of their client.

use axum::extract::{Extension, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use runtime::app::App;
use runtime::problem::{Problem, ProblemCode};

use super::{ClientAddress, ProblemResponse};

/// For the pages of a sign-in.
pub async fn limit_sign_in(
    State(app): State<App>,
    Extension(client): Extension<ClientAddress>,
    request: Request,
    next: Next,
) -> Response {
    let is_allowed = app.limits.may_sign_in(client.0);
    run_if(is_allowed, request, next).await
}

/// Whether the client of a request that is not routed may go on with a sign-in.
pub fn may_sign_in(app: &App, request: &Request) -> bool {
    let client = request.extensions().get::<ClientAddress>();
    client.is_some_and(|client| app.limits.may_sign_in(client.0))
}

/// For the token and userinfo endpoints.
pub async fn limit_token(
    State(app): State<App>,
    Extension(client): Extension<ClientAddress>,
    request: Request,
    next: Next,
) -> Response {
    let is_allowed = app.limits.may_request_token(client.0);
    run_if(is_allowed, request, next).await
}

async fn run_if(is_allowed: bool, request: Request, next: Next) -> Response {
    if is_allowed {
        next.run(request).await
    } else {
        too_many_requests()
    }
}

/// The response to a request above the rate limit.
pub fn too_many_requests() -> Response {
    ProblemResponse::from(Problem::new(ProblemCode::TooManyRequests)).into_response()
}
