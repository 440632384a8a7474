//! What a page of another site sends here is not answered: these servers sign for anybody who asks, and a name that
//! leads to this machine is quickly made.

use axum::extract::Request;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use url::{Host, Url};

/// Where requests to sign in are posted, from whatever site the service provider has.
const FROM_ANYWHERE: &str = "/sso";

/// Refuses a request for another host than this machine, and a form of another site.
pub(crate) async fn guard(request: Request, next: Next) -> Response {
    if !is_for_this_machine(request.headers()) {
        let words = "this server answers for localhost alone";
        return (StatusCode::MISDIRECTED_REQUEST, words).into_response();
    }
    let is_form = request.method() == Method::POST && request.uri().path() != FROM_ANYWHERE;
    if is_form && is_of_another_site(request.headers()) {
        let words = "this form was sent from a page of another site";
        return (StatusCode::FORBIDDEN, words).into_response();
    }
    next.run(request).await
}

fn is_for_this_machine(headers: &HeaderMap) -> bool {
    let named = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .and_then(|host| Url::parse(&format!("http://{host}/")).ok());
    named.is_some_and(|url| match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    })
}

fn is_of_another_site(headers: &HeaderMap) -> bool {
    headers
        .get("sec-fetch-site")
        .is_some_and(|site| site == "cross-site")
}

#[test]
fn names_that_lead_here_are_not_this_machine() {
    let named = |host: &str| {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, host.parse().unwrap());
        is_for_this_machine(&headers)
    };
    for here in ["localhost", "localhost:8081", "127.0.0.1:1", "[::1]:8081"] {
        assert!(named(here), "{here}");
    }
    for elsewhere in [
        "rebind.example:8081",
        "localhost.example",
        "10.0.0.1",
        "user@",
    ] {
        assert!(!named(elsewhere), "{elsewhere}");
    }
    assert!(!is_for_this_machine(&HeaderMap::new()));
}
