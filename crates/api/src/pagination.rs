use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use service::PageRequest;
use web::ProblemResponse;

use super::query::QueryParameters;

/// The [`PageRequest`] in the query.
#[derive(Debug)]
pub(super) struct Pagination(pub(super) PageRequest);

impl<S: Send + Sync> FromRequestParts<S> for Pagination {
    type Rejection = ProblemResponse;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ProblemResponse> {
        let query = QueryParameters::read(parts, &["cursor", "limit"])?;
        let limit = query.get("limit").map(PageRequest::parse_limit);
        Ok(Self(PageRequest {
            cursor: query.get("cursor").map(str::to_owned),
            limit: limit.transpose()?,
        }))
    }
}
