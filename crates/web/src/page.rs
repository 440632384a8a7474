use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use runtime::app::App;
use runtime::problem::Problem;

use crate::CONTENT_SECURITY_POLICY;

pub fn answer(status: StatusCode, page: &impl Template) -> Response {
    match page.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(error) => {
            tracing::error!(%error, "a page cannot be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// The status of a page with a form and its problem, if any.
pub fn status(problem: Option<&Problem>) -> StatusCode {
    problem.map_or(StatusCode::OK, |problem| problem.status)
}

/// A page whose form leads to other sites.
///
/// Browsers apply `form-action` to every redirect after the form too, and the next hops of identity providers and
/// applications are unknown. So the policy allows every https URL, and http as well when this server itself uses http.
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

/// Allows the page's scripts to send requests to this server.
pub fn allow_fetch(mut response: Response) -> Response {
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
