//! One log line for each request, with an ID that it shares with all other log lines of the request.
//!
//! The line has the route, but neither path nor query, which contain codes, states and assertions, nor the client's
//! address.

use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;
use runtime::app::App;
use runtime::random;
use tracing::Instrument;

use super::probes;

/// Middleware that adds a request ID to the log lines and to the response as `X-Request-Id`. An ID that the client sends
/// is ignored: it would be logged.
pub async fn assign_request_id(request: Request, next: Next) -> Response {
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

/// Middleware that logs and counts the request.
pub async fn log_request(State(app): State<App>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let method = method_label(request.method());
    let is_probe = probes::is_probe(request.uri().path());
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "none".to_owned(), |path| path.as_str().to_owned());
    let response = next.run(request).await;
    let duration = started.elapsed();
    let status = response.status().as_u16();
    app.metrics.count_request(method, &route, status, duration);
    let milliseconds = u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
    if is_probe {
        tracing::debug!(method, route, status, milliseconds, "answered");
    } else {
        tracing::info!(method, route, status, milliseconds, "answered");
    }
    response
}

/// A client can send any text as the method; only known ones are logged and counted.
fn method_label(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        Method::PUT => "PUT",
        _ => "other",
    }
}
