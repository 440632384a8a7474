//! The style sheet, the icon and the response headers that the practice identity provider and the sample application
//! share.

use axum::Router;
use axum::extract::Request;
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;

const STYLE_SHEET: &str = include_str!("../assets/theme.css");
const ICON: &str = include_str!("../assets/icon.svg");
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Why a server cannot answer a request, when no handler says it: the page does not exist, or fields are missing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PlainError {
    pub(crate) status: StatusCode,
    pub(crate) title: &'static str,
    pub(crate) message: &'static str,
}

impl PlainError {
    /// The error of a response that has no page.
    pub(crate) fn of(response: &Response) -> Option<Self> {
        let status = response.status();
        let content_type = response.headers().get(header::CONTENT_TYPE);
        let is_page = content_type.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
        let (title, message) = match status {
            _ if is_page => return None,
            StatusCode::NOT_FOUND => ("Page not found", "There is no page at this URL."),
            StatusCode::METHOD_NOT_ALLOWED => (
                "Page not found",
                "This URL accepts a form of another page. It can't be opened in a browser.",
            ),
            StatusCode::BAD_REQUEST
            | StatusCode::UNSUPPORTED_MEDIA_TYPE
            | StatusCode::UNPROCESSABLE_ENTITY => (
                "Invalid request",
                "The request is incomplete or malformed. Go back and try again.",
            ),
            _ => return None,
        };
        Some(Self {
            status,
            title,
            message,
        })
    }
}

/// Adds the shared assets, and the security headers to every response.
pub(crate) fn apply(routes: Router) -> Router {
    routes
        .route(
            "/theme.css",
            get(|| asset("text/css; charset=utf-8", STYLE_SHEET)),
        )
        .route("/icon.svg", get(|| asset("image/svg+xml", ICON)))
        .layer(from_fn(add_headers))
}

pub(crate) fn render(status: StatusCode, template: &impl askama::Template) -> Response {
    match template.render() {
        Ok(page) => (status, Html(page)).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

pub(crate) async fn asset(content_type: &'static str, content: &'static str) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, content_type)], content)
}

async fn add_headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    add_default(
        headers,
        header::CONTENT_SECURITY_POLICY,
        CONTENT_SECURITY_POLICY,
    );
    add_default(headers, header::CACHE_CONTROL, "no-store");
    add_default(headers, header::REFERRER_POLICY, "no-referrer");
    add_default(headers, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    response
}

fn add_default(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers
        .entry(name)
        .or_insert(HeaderValue::from_static(value));
}
