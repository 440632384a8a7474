//! What holds for every request, whichever route answers it.

mod address;
mod assets;
mod brand;
mod client;
mod cookie;
mod headers;
mod host;
mod limit;
mod log;
mod metrics;
mod probes;
mod serve;

pub(crate) use assets::{
    CONSOLE_SCRIPT, CONSOLE_STYLE, PASSKEY_SCRIPT, SCRIPT, STYLE, serve_asset,
};
pub(crate) use brand::Brand;
pub(crate) use client::ClientAddress;
pub(crate) use cookie::{Cookie, Fresh};
pub(crate) use headers::CONTENT_SECURITY_POLICY;
pub(crate) use limit::{Limits, limit_sign_in, limit_token};
pub(crate) use metrics::Metrics;
pub(crate) use serve::serve;

use std::any::Any;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::StatusCode;
use axum::http::header::ACCEPT;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;

use crate::app::App;
use crate::problem::Problem;
use crate::signin;
use crate::text::Reader;

/// The most bytes that a body may have.
const BODY_LIMIT: usize = 1024 * 1024;
/// The longest that an answer may take, its request's body included.
const ANSWER_WITHIN: Duration = Duration::from_secs(30);

/// Adds the routes by which machines watch the server, and wraps all routes in what holds for every request.
///
/// The last layer is the outermost: a request is counted and named before anything can refuse it, and a refusal
/// carries the same headers as an answer.
pub(crate) fn wrap(routes: Router<App>, app: App) -> Router {
    routes
        .merge(probes::routes())
        .fallback(elsewhere)
        .method_not_allowed_fallback(no_such_method)
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            ANSWER_WITHIN,
        ))
        .layer(from_fn(address::check))
        .layer(from_fn_with_state(app.clone(), host::check))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(app.clone(), headers::add))
        .layer(from_fn_with_state(app.clone(), log::request))
        .layer(from_fn_with_state(app.clone(), client::name))
        .layer(from_fn(log::number))
        .with_state(app)
}

/// An address that no route has may be one that the operator has assigned to a connection.
async fn elsewhere(State(app): State<App>, request: Request) -> Response {
    match signin::answer_assigned(&app, request).await {
        Ok(response) => response,
        Err(request) if is_a_persons(&request) => {
            signin::nothing(&app, Reader::of(request.headers()))
        }
        Err(_) => Problem::no_route(StatusCode::NOT_FOUND, "there is nothing at this address")
            .into_response(),
    }
}

/// Whether somebody looks at the answer: programs do not ask for a page.
fn is_a_persons(request: &Request) -> bool {
    let mut accepted = request.headers().get_all(ACCEPT).iter();
    accepted.any(|value| {
        value
            .to_str()
            .is_ok_and(|kinds| kinds.contains("text/html"))
    })
}

/// A fault of ours that nobody foresaw. The runtime has written its story to the log already.
fn panicked(_: Box<dyn Any + Send>) -> Response {
    Problem::unforeseen().into_response()
}

async fn no_such_method() -> Problem {
    Problem::no_route(
        StatusCode::METHOD_NOT_ALLOWED,
        "this address does not take this method; Allow says which",
    )
}
