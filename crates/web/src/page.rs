//! How a page becomes an answer.

use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use runtime::app::App;
use runtime::problem::Problem;

use crate::CONTENT_SECURITY_POLICY;

/// The answer that a page is.
pub fn answer(status: StatusCode, page: &impl Template) -> Response {
    match page.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(error) => {
            tracing::error!(%error, "a page cannot be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// The status of a page that shows a form, and what is wrong with it.
pub fn status(problem: Option<&Problem>) -> StatusCode {
    problem.map_or(StatusCode::OK, |problem| problem.status)
}

/// The answer that a page is whose form leads away from here.
///
/// Browsers hold a page's `form-action` against every redirect that follows its form, and where an identity provider or
/// an application sends the person next is not for us to know: any encrypted address will do, and where this server
/// itself is without encryption, any address.
pub fn answer_with_external_form(app: &App, status: StatusCode, page: &impl Template) -> Response {
    let home = &app.config.public_url;
    let plain = if home.is_https() { "" } else { " http:" };
    let policy = format!(
        "default-src 'none'; style-src 'self' {home}; script-src 'self' {home}; img-src 'self' {home}; \
         form-action 'self' https:{plain}; base-uri 'none'; frame-ancestors 'none'"
    );
    let mut response = answer(status, page);
    if let Ok(policy) = HeaderValue::try_from(policy) {
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

/// The same answer, of a page whose script asks this server something.
pub fn let_ask(mut response: Response) -> Response {
    let before = response
        .headers()
        .get(header::CONTENT_SECURITY_POLICY)
        .and_then(|policy| policy.to_str().ok())
        .unwrap_or(CONTENT_SECURITY_POLICY);
    let policy = format!("{before}; connect-src 'self'");
    if let Ok(policy) = HeaderValue::try_from(policy) {
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}
