//! All routes of the server, and the layers around them.

mod host;

use std::any::Any;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use runtime::app::App;
use runtime::problem::{Problem, ProblemCode};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;
use web::{
    ProblemResponse, RequestLanguage, accepts_html, client_address, headers, path_check, probes,
    request_log,
};

const MAX_BODY_BYTES: usize = 1024 * 1024;
/// The time limit of a response, including the time in which the request's body arrives.
const RESPONSE_TIMEOUT: Duration = Duration::from_secs(30);

/// All routes of the server.
pub fn router(app: App) -> Router {
    router_with(app, Router::new())
}

/// All routes of the server, and additional ones.
///
/// The outermost layer is last: a request is counted and gets its ID before any layer can reject it, and an error
/// response carries the same headers as any other response.
pub(crate) fn router_with(app: App, additional: Router<App>) -> Router {
    let shared = app.with_shared_store();
    Router::new()
        .nest("/api/v1", api::routes(&shared).with_state(shared.clone()))
        .merge(federation::routes(&app))
        .merge(console::routes(&shared).with_state(shared))
        .merge(additional)
        .merge(probes::routes())
        .fallback(fallback)
        .method_not_allowed_fallback(method_not_allowed)
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            RESPONSE_TIMEOUT,
        ))
        .layer(from_fn_with_state(app.clone(), reject_nul))
        .layer(from_fn_with_state(app.clone(), host::check))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(
            app.clone(),
            headers::add_security_headers,
        ))
        .layer(from_fn_with_state(app.clone(), request_log::log_request))
        .layer(from_fn_with_state(
            app.clone(),
            client_address::add_client_address,
        ))
        .layer(from_fn_with_state(
            app.clone(),
            request_log::assign_request_id,
        ))
        .with_state(app)
}

/// A path without a route may be this deployment's entity ID, or an ACS URL that the operator has assigned to a
/// connection.
async fn fallback(State(app): State<App>, request: Request) -> Response {
    if let Some(page) = federation::entity_id_page(&app, &request) {
        return page;
    }
    match federation::answer_assigned(&app, request).await {
        Ok(response) => response,
        Err(request)
            if accepts_html(request.headers()) && request.uri().path().starts_with("/console/") =>
        {
            console::not_found(&app, &request)
        }
        Err(request) if accepts_html(request.headers()) => {
            federation::not_found(&app, RequestLanguage::from_headers(request.headers()))
        }
        Err(_) => ProblemResponse::from(Problem::new(ProblemCode::RouteNotFound)).into_response(),
    }
}

/// Rejects a URL with a NUL character. An authorization request has its own error for control characters.
async fn reject_nul(State(app): State<App>, request: Request, next: Next) -> Response {
    if !path_check::has_nul(&request) || request.uri().path() == "/authorize" {
        return next.run(request).await;
    }
    let problem = Problem::malformed("the URL contains a NUL character (%00)");
    answer_problem(&app, &request, problem)
}

/// A problem outside a route: a page for a browser, JSON for a program.
fn answer_problem(app: &App, request: &Request, problem: Problem) -> Response {
    if !accepts_html(request.headers()) {
        return ProblemResponse::from(problem).into_response();
    }
    let language = RequestLanguage::from_headers(request.headers());
    federation::problem_page(app, language, &problem)
}

/// A panic in a handler. The panic hook has logged it.
fn panicked(_: Box<dyn Any + Send>) -> Response {
    ProblemResponse::from(Problem::new(ProblemCode::InternalError)).into_response()
}

async fn method_not_allowed(State(app): State<App>, request: Request) -> Response {
    answer_problem(&app, &request, Problem::new(ProblemCode::MethodNotAllowed))
}
