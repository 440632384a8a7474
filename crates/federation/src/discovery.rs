//! The documents by which client libraries find their way: discovery and keys.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use oidc::ProviderMetadata;
use runtime::app::App;
use service::sign_in::error::Refusal;
use web::ProblemResponse;

use super::redirect::issuer;

/// A key is published a day before it signs, so nobody has to ask more often than this.
const KEPT_FOR: HeaderValue = HeaderValue::from_static("public, max-age=300");

/// `GET /.well-known/openid-configuration`, and the same as RFC 8414 calls it.
pub(super) async fn discovery(State(app): State<App>) -> Response {
    match issuer(&app) {
        Ok(issuer) => document(Json(ProviderMetadata::new(&issuer)).into_response()),
        Err(refusal) => failed(&refusal),
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
        .insert(header::CACHE_CONTROL, KEPT_FOR);
    response
}

/// What a program is told of a refusal, whose story is in the log already.
pub(super) fn failed(refusal: &Refusal) -> Response {
    let body =
        serde_json::json!({ "error": "server_error", "error_description": refusal.to_string() });
    (refusal.status(), Json(body)).into_response()
}
