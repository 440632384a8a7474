use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{StatusCode, header};
use runtime::problem::{FieldProblem, Problem, ProblemCode};
use serde::de::DeserializeOwned;
use serde_json::Value;
use service::json::{self, Patch, strict};
use utoipa::PartialSchema;

use super::ProblemResponse;

/// The JSON body of a request, validated against the schema of its type.
#[derive(Debug)]
pub struct JsonBody<T>(pub T);

impl<T: DeserializeOwned + PartialSchema + 'static, S: Send + Sync> FromRequest<S> for JsonBody<T> {
    type Rejection = ProblemResponse;

    async fn from_request(request: Request, state: &S) -> Result<Self, ProblemResponse> {
        Ok(Self(json::from_value(parse(request, state).await?)?))
    }
}

/// The body of a PATCH request (RFC 7396).
#[derive(Debug)]
pub struct JsonPatch(pub Patch);

impl<S: Send + Sync> FromRequest<S> for JsonPatch {
    type Rejection = ProblemResponse;

    async fn from_request(request: Request, state: &S) -> Result<Self, ProblemResponse> {
        Ok(Self(Patch::new(parse(request, state).await?)))
    }
}

async fn parse<S: Send + Sync>(request: Request, state: &S) -> Result<Value, Problem> {
    let kind = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case("application/json") {
        let received = if kind.is_empty() { "nothing" } else { kind };
        let error = FieldProblem::new("Content-Type", "application/json", received);
        return Err(Problem {
            errors: vec![error.clone()],
            ..Problem::with_detail(ProblemCode::UnsupportedMediaType, error.to_string())
        });
    }
    let bytes = Bytes::from_request(request, state)
        .await
        .map_err(|rejection| match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Problem::new(ProblemCode::RequestTooLarge),
            _ => Problem::malformed("the body could not be read to its end"),
        })?;
    strict::parse(&bytes)
        .map_err(|error| Problem::malformed(format!("the body is not valid JSON: {error}")))
}
