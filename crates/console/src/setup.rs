//! Guided set-up: an administrator, or whoever has a setup link, connects an identity provider step by step.
//!
//! Both walk the same pages. A [`setup_user::SetupVisitor`] says who is there and which connection is theirs; whoever came
//! by a link has `/setup`, and reaches no other page of the console.

mod activate;
mod attributes;
mod begin;
mod choose_provider;
mod domain_step;
mod idp_details;
mod link_expired;
mod link_landing;
mod links;
mod progress;
mod provider_steps;
mod setup_user;
mod step;
mod test_step;

use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use progress::Walk;
use runtime::app::App;
use setup_user::SetupVisitor;
use step::Step;

use super::page_error::PageError;

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
        .route(
            "/setup/{token}",
            get(link_landing::show).post(link_landing::open),
        )
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
        .route(
            &at("provider"),
            get(choose_provider::show).post(choose_provider::choose),
        )
        .route(&at("cards"), get(provider_steps::go_on))
        .route(
            &at("cards/{number}"),
            get(provider_steps::show).post(provider_steps::mark),
        )
        .route(
            &at("other-side"),
            get(idp_details::show).post(idp_details::take),
        )
        .route(
            &at("attributes"),
            get(attributes::show).post(attributes::save),
        )
        .route(&at("test"), get(test_step::show).post(test_step::begin))
        .route(&at("tests/{attempt}"), get(test_step::result))
        .route(&at("domain"), get(domain_step::show).post(domain_step::add))
        .route(&at("domain/{domain}/check"), post(domain_step::check))
        .route(&at("domain/{domain}/remove"), post(domain_step::remove))
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
) -> Result<Response, PageError> {
    if visitor.is_finished() {
        return Ok(link_expired::page(
            &app,
            &headers,
            link_expired::Why::Finished,
        ));
    }
    let first = visitor.steps().first().copied().unwrap_or(Step::Provider);
    let walk = Walk::read(&app, &visitor, first).await?;
    Ok(Redirect::to(walk.first_open()).into_response())
}
