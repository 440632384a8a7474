//! Requests for other hosts are not ours to answer.
//!
//! Every address that this server gives out is made from its configuration and never from a request; refusing foreign
//! hosts keeps caches and proxies from mixing us up with somebody else.

use axum::extract::{Request, State};
use axum::http::header;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use runtime::app::App;
use runtime::problem::{Problem, ProblemCode};
use web::{ProblemResponse, probes};

/// Refuses a request that was not sent to the host of `public_url`.
pub(super) async fn check(State(app): State<App>, request: Request, next: Next) -> Response {
    // Whoever watches the server asks by the machine's own address.
    if probes::is_probe(request.uri().path()) || is_ours(&app, &request) {
        return next.run(request).await;
    }
    // Responses may still be posted to the address that a connection had at another product.
    if federation::is_assigned(&app, &federation::RequestAddress::from_request(&request)).await {
        return next.run(request).await;
    }
    let detail = format!(
        "this server answers for {} alone; public_url in its configuration says so",
        app.config.public_url
    );
    ProblemResponse::from(Problem::with_detail(ProblemCode::UnknownHost, detail)).into_response()
}

fn is_ours(app: &App, request: &Request) -> bool {
    let mut named = request.headers().get_all(header::HOST).iter();
    let (Some(host), None) = (named.next(), named.next()) else {
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
