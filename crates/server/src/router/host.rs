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

/// The length of the longest host name with a port.
const MAX_SHOWN_HOST_BYTES: usize = 260;

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
    let received = received_host(&request);
    tracing::warn!(received, public_url = %app.config.public_url, "request for another host");
    let detail = format!(
        "the request is for {received}, but this server only answers requests for {}, its configured public_url; \
         let the proxy forward the Host header of the browser, or set public_url (VESTIBULE_PUBLIC_URL) to the address \
         that browsers open",
        app.config.public_url
    );
    ProblemResponse::from(Problem::with_detail(ProblemCode::UnknownHost, detail)).into_response()
}

/// The host that the request names, where it can be shown: the answer is read by the operator of a new deployment.
fn received_host(request: &Request) -> String {
    let mut hosts = request.headers().get_all(header::HOST).iter();
    let host = match (request.uri().authority(), hosts.next(), hosts.next()) {
        (Some(authority), _, _) => authority.as_str(),
        (None, Some(host), None) => host.to_str().unwrap_or_default(),
        (None, None, _) => return "no host (the Host header is missing)".to_owned(),
        (None, Some(_), Some(_)) => return "several hosts (Host headers)".to_owned(),
    };
    let is_shown = |byte: u8| byte.is_ascii_alphanumeric() || b".-_:[]".contains(&byte);
    if !host.is_empty() && host.len() <= MAX_SHOWN_HOST_BYTES && host.bytes().all(is_shown) {
        host.to_owned()
    } else {
        "a text that is no host name".to_owned()
    }
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
