//! Rejects requests for other hosts.
//!
//! The server builds its URLs from the configuration, never from a request. Rejecting other hosts prevents caches and
//! proxies from serving its responses under another name.

use axum::extract::{Request, State};
use axum::http::header;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use runtime::app::App;
use runtime::problem::{Problem, ProblemCode};
use web::{ProblemResponse, probes};

/// Rejects a request that was not sent to the host of `public_url`.
pub(super) async fn check(State(app): State<App>, request: Request, next: Next) -> Response {
    // Monitoring uses the address of the machine.
    if probes::is_probe(request.uri().path()) || is_for_public_host(&app, &request) {
        return next.run(request).await;
    }
    // Identity providers may post responses to an ACS URL that was migrated from another product.
    if federation::is_assigned(&app, &federation::RequestAddress::from_request(&request)).await {
        return next.run(request).await;
    }
    let detail = format!(
        "this server only answers requests for {}, its configured public_url",
        app.config.public_url
    );
    ProblemResponse::from(Problem::with_detail(ProblemCode::UnknownHost, detail)).into_response()
}

fn is_for_public_host(app: &App, request: &Request) -> bool {
    let mut hosts = request.headers().get_all(header::HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else {
        return false;
    };
    let public = &app.config.public_url;
    // An absolute request target names the host a second time.
    let target = request
        .uri()
        .authority()
        .is_none_or(|authority| public.is_host(authority.as_str()));
    target && host.to_str().is_ok_and(|host| public.is_host(host))
}
