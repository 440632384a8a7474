use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use runtime::problem::Problem;
use service::PageRequest;
use web::ProblemResponse;

/// The [`PageRequest`] in the query.
#[derive(Debug)]
pub(super) struct Pagination(pub(super) PageRequest);

impl<S: Send + Sync> FromRequestParts<S> for Pagination {
    type Rejection = ProblemResponse;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ProblemResponse> {
        match Query::from_request_parts(parts, state).await {
            Ok(Query(request)) => Ok(Self(request)),
            Err(rejection) => Err(Problem::field(
                "the query",
                "cursor and limit, each at most once",
                rejection.body_text(),
            )
            .into()),
        }
    }
}
