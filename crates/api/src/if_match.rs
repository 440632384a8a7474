//! The query of what publishes or activates.

use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use runtime::problem::Problem;
use serde::Deserialize;
use service::connection::Revision;
use utoipa::IntoParams;
use web::ProblemResponse;

/// What somebody has seen of a connection, if they say so.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(super) struct SeenQuery {
    /// The `revision` of the working copy. When it is another by now, nothing is done: `changed-meanwhile`.
    #[param(value_type = Option<String>)]
    revision: Option<Revision>,
}

/// What somebody has seen of a connection, from the query.
#[derive(Debug)]
pub(super) struct Seen(pub(super) Option<Revision>);

impl<S: Send + Sync> FromRequestParts<S> for Seen {
    type Rejection = ProblemResponse;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ProblemResponse> {
        match Query::<SeenQuery>::from_request_parts(parts, state).await {
            Ok(Query(query)) => Ok(Self(query.revision)),
            Err(refused) => {
                Err(
                    Problem::field("the query", "revision, at most once", refused.body_text())
                        .into(),
                )
            }
        }
    }
}
