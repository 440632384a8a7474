//! Rejects forms that other sites send (security: WEB-4).

use axum::extract::Request;
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use runtime::problem::{Problem, ProblemCode};

use super::page_error::PageError;

/// Rejects a request that changes something and that a page of another site sent.
///
/// Browsers send `Sec-Fetch-Site` since 2023, and `Origin` with every POST before that. The token in each form
/// ([`super::csrf`]) is the second defense.
pub async fn same_origin(request: Request, next: Next) -> Response {
    if is_safe(request.method()) || is_same_origin(request.headers()) {
        return next.run(request).await;
    }
    PageError::from(Problem::new(ProblemCode::CrossSiteForm)).into_response()
}

fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD)
}

fn is_same_origin(headers: &HeaderMap) -> bool {
    let value = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match (value("sec-fetch-site"), value(header::ORIGIN.as_str())) {
        (Some(site), _) => site == "same-origin",
        // Every supported browser sends one of the two headers.
        (None, Some(origin)) => value(header::HOST.as_str()).is_some_and(|host| {
            origin
                .split_once("://")
                .is_some_and(|(_, authority)| authority.eq_ignore_ascii_case(host))
        }),
        (None, None) => false,
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderName;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::same_origin(&[("sec-fetch-site", "same-origin")], true)]
    #[case::origin_of_the_host(
        &[("origin", "https://auth.example.com"), ("host", "auth.example.com")],
        true
    )]
    #[case::cross_site(&[("sec-fetch-site", "cross-site")], false)]
    #[case::same_site(&[("sec-fetch-site", "same-site")], false)]
    #[case::no_site(&[("sec-fetch-site", "none")], false)]
    #[case::cross_site_with_origin_of_the_host(
        &[
            ("sec-fetch-site", "cross-site"),
            ("origin", "https://auth.example.com"),
            ("host", "auth.example.com"),
        ],
        false
    )]
    #[case::opaque_origin(&[("origin", "null"), ("host", "auth.example.com")], false)]
    #[case::other_origin(
        &[("origin", "https://evil.example"), ("host", "auth.example.com")],
        false
    )]
    #[case::no_origin(&[("host", "auth.example.com")], false)]
    fn only_pages_of_this_server_post_forms(
        #[case] headers: &[(&'static str, &str)],
        #[case] is_accepted: bool,
    ) {
        let headers = headers
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap()))
            .collect();
        assert_eq!(is_same_origin(&headers), is_accepted);
    }
}
