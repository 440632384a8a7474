//! One log line for each request, with an ID that it shares with all other log lines of the request.
//!
//! The line has the route, but neither path nor query, which contain codes, states and assertions, nor the client's
//! address.

use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;
use runtime::app::App;
use runtime::random;
use store::{AttemptId, ConnectionId, OrganizationId};
use tracing::field::Empty;
use tracing::{Instrument, Span};

use super::client_address::is_from_trusted_proxy;
use super::probes;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// The fields of log lines.
const ORGANIZATION: &str = "organization";
const CONNECTION: &str = "connection";
const ATTEMPT: &str = "attempt";

/// Proxies send UUIDs or similar; a longer ID is replaced.
const MAX_FORWARDED_ID_BYTES: usize = 128;

/// Middleware that adds a request ID to the log lines and to the response as `X-Request-ID`. The ID of a trusted proxy is
/// kept. One that a client sends is ignored: it would be logged.
pub async fn assign_request_id(State(app): State<App>, request: Request, next: Next) -> Response {
    let id = match is_from_trusted_proxy(&app, &request) {
        true => forwarded_id(request.headers()),
        false => None,
    };
    let id = id.unwrap_or_else(|| format!("{:016x}", u64::from_be_bytes(random::bytes())));
    // The level of the span is that of the most urgent line, so that no line is without the ID.
    let span = tracing::error_span!(
        "request",
        id,
        { ORGANIZATION } = Empty,
        { CONNECTION } = Empty,
        { ATTEMPT } = Empty
    );
    let mut response = next.run(request).instrument(span).await;
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response
}

/// The ID that a proxy gave the request: one header of visible ASCII characters.
fn forwarded_id(headers: &HeaderMap) -> Option<String> {
    let mut values = headers.get_all(REQUEST_ID).iter();
    let (Some(value), None) = (values.next(), values.next()) else {
        return None;
    };
    let id = value.to_str().ok()?;
    let is_valid = (1..=MAX_FORWARDED_ID_BYTES).contains(&id.len())
        && id.bytes().all(|byte| byte.is_ascii_graphic());
    is_valid.then(|| id.to_owned())
}

/// Adds the connection of a sign-in to the log lines of this request.
pub fn record_connection(organization: &OrganizationId, connection: &ConnectionId) {
    let span = Span::current();
    span.record(ORGANIZATION, organization.as_str());
    span.record(CONNECTION, connection.as_str());
}

/// Adds the reference ID of a sign-in attempt to the log lines of this request.
pub fn record_attempt(attempt: &AttemptId) {
    Span::current().record(ATTEMPT, attempt.as_str());
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

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::uuid(&["0d7c5b8e-6f1c-4b7a-9d3e-2f1a0c9b8e7d"], true)]
    #[case::base64(&["Root=1-67891233-abcdef012345678912345678;x=a/b+c=="], true)]
    #[case::empty(&[""], false)]
    #[case::space(&["a b"], false)]
    #[case::tab(&["a\tb"], false)]
    #[case::not_ascii(&["\u{e9}"], false)]
    #[case::two_headers(&["a", "b"], false)]
    #[case::no_header(&[], false)]
    fn the_id_of_a_proxy_is_one_header_of_visible_ascii(
        #[case] values: &[&str],
        #[case] is_kept: bool,
    ) {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(
                REQUEST_ID,
                HeaderValue::from_bytes(value.as_bytes()).unwrap(),
            );
        }
        let expected = is_kept.then(|| values[0].to_owned());
        assert_eq!(forwarded_id(&headers), expected);
    }

    #[rstest]
    #[case::longest(128, true)]
    #[case::too_long(129, false)]
    fn a_long_id_of_a_proxy_is_not_kept(#[case] bytes: usize, #[case] is_kept: bool) {
        let id = "a".repeat(bytes);
        let mut headers = HeaderMap::new();
        headers.append(REQUEST_ID, HeaderValue::from_str(&id).unwrap());
        assert_eq!(forwarded_id(&headers).is_some(), is_kept);
    }
}
