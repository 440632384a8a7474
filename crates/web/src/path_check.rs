use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use runtime::problem::Problem;

use super::ProblemResponse;

/// Middleware that rejects a URL with a NUL character, which PostgreSQL reports as an error.
pub async fn reject_nul(request: Request, next: Next) -> Response {
    if request.uri().to_string().contains("%00") {
        return ProblemResponse::from(Problem::malformed("the URL contains a NUL character (%00)"))
            .into_response();
    }
    next.run(request).await
}
