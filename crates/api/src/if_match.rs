use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use service::connection::ETag;
use utoipa::IntoParams;
use web::ProblemResponse;

use super::query::QueryParameters;

/// The revision of what the client has read.
#[derive(Debug, Default, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the query in the OpenAPI document")]
pub(super) struct RevisionQuery {
    /// The `revision` of what you have read: the working copy, or the routing rules. If it has changed, the request fails
    /// with `edit-conflict`.
    #[param(value_type = Option<String>)]
    revision: Option<ETag>,
}

/// The expected revision in the query, if any.
#[derive(Debug)]
pub(super) struct IfMatch(pub(super) Option<ETag>);

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = ProblemResponse;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ProblemResponse> {
        let query = QueryParameters::read(parts, &["revision"])?;
        Ok(Self(query.get("revision").map(ETag::from_request)))
    }
}
