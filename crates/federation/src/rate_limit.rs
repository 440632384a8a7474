//! Turns away clients that start too many sign-ins, or fail too often.

use std::net::IpAddr;

use axum::extract::{Extension, Request, State};
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::Response;
use runtime::app::App;
use service::sign_in::error::SignInError;
use web::rate_limit::{repeat_later, too_many_requests};
use web::{ClientAddress, RequestLanguage, accepts_html};

use super::navigation::is_navigation;
use super::responses::FailedSignIn;
use super::sign_in_outcome::is_failed;
use super::unsolicited::CONFIRMATION_PATH;

/// Middleware for the pages of a sign-in.
pub(crate) async fn limit_sign_in(
    State(app): State<App>,
    Extension(client): Extension<ClientAddress>,
    request: Request,
    next: Next,
) -> Response {
    // The response of an identity provider finishes a sign-in that was counted when it started.
    let path = request.uri().path();
    let is_posted = request.method() == Method::POST;
    let is_acs = path.ends_with("/acs");
    // The handler answers it without any work, and a foreign website could shut out its readers.
    if is_acs && !is_posted && !is_navigation(&request) {
        return next.run(request).await;
    }
    let finishes = is_posted && is_acs || path == CONFIRMATION_PATH;
    let is_allowed = match finishes {
        true => app.limits.may_finish_sign_in(client.0),
        false => app.limits.may_start_sign_in(client.0),
    };
    if !is_allowed {
        return turn_away(&app, request.method(), request.headers());
    }
    let response = next.run(request).await;
    count_failure(&app, client.0, &response);
    response
}

/// Counts a request that was rejected, and a sign-in whose failure only the application learns.
pub(crate) fn count_failure(app: &App, client: IpAddr, response: &Response) {
    if is_failed(response) {
        app.limits.count_failed_sign_in(client);
    }
}

/// A page for people, which tries again by itself where that is possible, and a problem for programs.
pub(crate) fn turn_away(app: &App, method: &Method, headers: &HeaderMap) -> Response {
    if !accepts_html(headers) {
        return too_many_requests();
    }
    let failed = FailedSignIn::from(SignInError::TooManyRequests);
    let page = failed.response(app, RequestLanguage::from_headers(headers));
    match *method {
        Method::GET => repeat_later(page),
        _ => page,
    }
}
