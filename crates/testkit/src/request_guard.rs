//! Rejects requests that pages of other sites send: these servers sign in anyone, and any domain name can resolve to
//! 127.0.0.1 (DNS rebinding).

use axum::extract::Request;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use url::{Host, Url};

/// Service providers on any site post authentication requests here.
const CROSS_SITE_PATH: &str = "/sso";

/// Rejects a request whose `Host` is not this machine, and a form submitted from another site.
pub(crate) async fn reject_foreign_requests(request: Request, next: Next) -> Response {
    if !is_for_localhost(request.headers()) {
        let message = "this server only answers requests for localhost";
        return (StatusCode::MISDIRECTED_REQUEST, message).into_response();
    }
    let is_form = request.method() == Method::POST && request.uri().path() != CROSS_SITE_PATH;
    if is_form && is_cross_site(request.headers()) {
        let message = "this form was submitted from another site";
        return (StatusCode::FORBIDDEN, message).into_response();
    }
    next.run(request).await
}

fn is_for_localhost(headers: &HeaderMap) -> bool {
    let url = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .and_then(|host| Url::parse(&format!("http://{host}/")).ok());
    url.is_some_and(|url| match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    })
}

fn is_cross_site(headers: &HeaderMap) -> bool {
    headers
        .get("sec-fetch-site")
        .is_some_and(|site| site == "cross-site")
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::localhost("localhost", true)]
    #[case::localhost_with_port("localhost:8081", true)]
    #[case::ipv4("127.0.0.1:1", true)]
    #[case::ipv6("[::1]:8081", true)]
    #[case::other_host("rebind.example:8081", false)]
    #[case::localhost_subdomain("localhost.example", false)]
    #[case::private_address("10.0.0.1", false)]
    #[case::user_without_host("user@", false)]
    fn only_loopback_hosts_are_accepted(#[case] host: &str, #[case] is_accepted: bool) {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, host.parse().unwrap());
        assert_eq!(is_for_localhost(&headers), is_accepted);
    }

    #[test]
    fn a_request_without_a_host_is_rejected() {
        assert!(!is_for_localhost(&HeaderMap::new()));
    }
}
