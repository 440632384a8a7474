//! One log line for each request, and a number that joins it to what else was said about it.
//!
//! The line has the route, never the path or the query: codes, states and assertions travel there. It has no address.

use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use runtime::app::App;
use runtime::random;
use tracing::Instrument;

/// Gives the request a number: in its log lines, and in its answer as `X-Request-Id`.
///
/// One that came with it is not believed: it would end up in our log.
pub async fn number(request: Request, next: Next) -> Response {
    let id = format!("{:016x}", u64::from_be_bytes(random::bytes()));
    let span = tracing::info_span!("request", id);
    let mut response = next.run(request).instrument(span).await;
    if let Ok(value) = HeaderValue::from_str(&id) {
        response
            .headers_mut()
            .insert(HeaderName::from_static("x-request-id"), value);
    }
    response
}

/// Writes the line and counts the request.
pub async fn request(State(app): State<App>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let method = request.method().clone();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "none".to_owned(), |path| path.as_str().to_owned());
    let response = next.run(request).await;
    let took = began.elapsed();
    let status = response.status().as_u16();
    app.metrics
        .count_request(method.as_str(), &route, status, took);
    let milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    tracing::info!(method = %method, route, status, milliseconds, "answered");
    response
}
