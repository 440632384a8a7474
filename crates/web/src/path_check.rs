//! What no address of ours has in it.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use runtime::problem::Problem;

use super::ProblemResponse;

/// Refuses an address with a NUL in it: whatever it was meant to name, nothing of ours is called so, and PostgreSQL would
/// take it for a fault.
pub async fn check(request: Request, next: Next) -> Response {
    if request.uri().to_string().contains("%00") {
        return ProblemResponse::from(Problem::malformed("the address has a NUL (%00) in it"))
            .into_response();
    }
    next.run(request).await
}
