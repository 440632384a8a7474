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
