//! Guided set-up: an administrator, or whoever has a setup link, connects an identity provider step by step.
//!
//! Both walk the same pages. A [`visitor::SetupVisitor`] says who is there and which connection is theirs; whoever came
//! by a link has `/setup`, and reaches no other page of the console.

mod activate;
mod attributes;
mod begin;
mod cards;
mod choice;
mod door;
mod links;
mod other_side;
mod over;
mod proof;
mod step;
mod trial;
mod visitor;
mod walk;

use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};

use super::guard::Refusal;
use crate::app::App;
use step::Step;
use visitor::SetupVisitor;
use walk::Walk;

/// Where guests walk.
const GUESTS: &str = "/setup";
/// Where administrators walk.
const ADMINS: &str = "/console/organizations/{organization}/sso/{connection}/setup";

/// The routes of guided set-up.
pub(super) fn routes() -> Router<App> {
    let of_connection =
        |rest: &str| format!("/console/organizations/{{organization}}/sso/{{connection}}/{rest}");
    Router::new()
        .merge(walk(GUESTS))
        .merge(walk(ADMINS))
        .route("/setup/{token}", get(door::show).post(door::open))
        .route(
            "/console/organizations/{organization}/sso/setup",
            get(begin::show).post(begin::create),
        )
        .route(
            &of_connection("links"),
            get(links::show).post(links::create),
        )
        .route(&of_connection("links/{link}/revoke"), post(links::revoke))
}

/// The same pages under either address.
fn walk(base: &str) -> Router<App> {
    let at = |rest: &str| format!("{base}/{rest}");
    Router::new()
        .route(base, get(go_on))
        .route(&at("provider"), get(choice::show).post(choice::choose))
        .route(&at("cards"), get(cards::go_on))
        .route(&at("cards/{number}"), get(cards::show).post(cards::mark))
        .route(
            &at("other-side"),
            get(other_side::show).post(other_side::take),
        )
        .route(
            &at("attributes"),
            get(attributes::show).post(attributes::save),
        )
        .route(&at("test"), get(trial::show).post(trial::begin))
        .route(&at("tests/{attempt}"), get(trial::result))
        .route(&at("domain"), get(proof::show).post(proof::add))
        .route(&at("domain/{domain}/check"), post(proof::check))
        .route(&at("domain/{domain}/remove"), post(proof::remove))
        .route(
            &at("activate"),
            get(activate::show).post(activate::activate),
        )
}

/// `GET …/setup`: to the first step that is not done.
async fn go_on(
    State(app): State<App>,
    visitor: SetupVisitor,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    if visitor.is_finished() {
        return Ok(over::page(&app, &headers, over::Why::Finished));
    }
    let first = visitor.steps().first().copied().unwrap_or(Step::Provider);
    let walk = Walk::read(&app, &visitor, first).await?;
    Ok(Redirect::to(walk.first_open()).into_response())
}
