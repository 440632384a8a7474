//! The documents that client libraries read: provider metadata and keys.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use oidc::ProviderMetadata;
use runtime::app::App;
use web::ProblemResponse;

use super::responses::{issuer, json_error};

/// Five minutes: a key is published a day before it signs.
const CACHE_CONTROL: HeaderValue = HeaderValue::from_static("public, max-age=300");

/// `GET /.well-known/openid-configuration` and `GET /.well-known/oauth-authorization-server` (RFC 8414)
pub(super) async fn discovery(State(app): State<App>) -> Response {
    match issuer(&app) {
        Ok(issuer) => document(Json(ProviderMetadata::new(&issuer)).into_response()),
        Err(error) => json_error(&error),
    }
}

/// `GET /jwks`
pub(super) async fn jwks(State(app): State<App>) -> Response {
    match app.keys.provider().await {
        Ok(keys) => document(Json(keys.jwks(app.clock.now())).into_response()),
        Err(problem) => ProblemResponse::from(problem).into_response(),
    }
}

fn document(mut response: Response) -> Response {
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, CACHE_CONTROL);
    response
}
