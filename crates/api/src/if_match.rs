use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use runtime::problem::Problem;
use serde::Deserialize;
use service::connection::ETag;
use utoipa::IntoParams;
use web::ProblemResponse;

/// The revision of a connection that the client has read.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(super) struct RevisionQuery {
    /// The `revision` of the working copy that you have read. If it has changed, the request fails with `edit-conflict`.
    #[param(value_type = Option<String>)]
    revision: Option<ETag>,
}

/// The expected revision in the query, if any.
#[derive(Debug)]
pub(super) struct IfMatch(pub(super) Option<ETag>);

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = ProblemResponse;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ProblemResponse> {
        match Query::<RevisionQuery>::from_request_parts(parts, state).await {
            Ok(Query(query)) => Ok(Self(query.revision)),
            Err(rejection) => {
                Err(
                    Problem::field("the query", "revision, at most once", rejection.body_text())
                        .into(),
                )
            }
        }
    }
}
