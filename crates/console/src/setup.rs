//! SetupLinkTarget setup: an administrator, or a person with a setup link, connects an identity provider step by step.
//!
//! Both use the same pages. [`SetupUser`] says who the user is and which connection they set up. A person with a setup link
//! uses `/setup` and can open no other page of the console.

mod activate;
mod attributes;
mod choose_provider;
mod domain_step;
mod idp_details;
mod instructions;
mod link_expired;
mod link_landing;
mod links;
mod progress;
mod setup_user;
mod start;
mod step;
mod test_step;

use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use link_expired::UnusableLink;
use progress::SetupProgress;
use runtime::app::App;
use setup_user::SetupUser;
use step::Step;

use super::page_error::PageError;

/// The path of a person with a setup link.
const LINK_PATH: &str = "/setup";
/// The path of an administrator.
const ADMIN_PATH: &str = "/console/organizations/{organization}/sso/{connection}/setup";

pub(super) fn routes() -> Router<App> {
    let connection_path =
        |rest: &str| format!("/console/organizations/{{organization}}/sso/{{connection}}/{rest}");
    Router::new()
        .merge(step_routes(LINK_PATH))
        .merge(step_routes(ADMIN_PATH))
        .route(
            "/setup/{token}",
            get(link_landing::show).post(link_landing::redeem),
        )
        .route(
            "/console/organizations/{organization}/sso/setup",
            get(start::show).post(start::create),
        )
        .route(
            &connection_path("setup-links"),
            get(links::show).post(links::create),
        )
        .route(
            &connection_path("setup-links/{link}/revoke"),
            post(links::revoke),
        )
}

fn step_routes(base: &str) -> Router<App> {
    let path = |rest: &str| format!("{base}/{rest}");
    Router::new()
        .route(base, get(first_open_step))
        .route(
            &path("provider"),
            get(choose_provider::show).post(choose_provider::choose),
        )
        .route(&path("instructions"), get(instructions::first_open))
        .route(
            &path("instructions/{number}"),
            get(instructions::show).post(instructions::mark),
        )
        .route(
            &path("idp-details"),
            get(idp_details::show).post(idp_details::submit),
        )
        .route(
            &path("attributes"),
            get(attributes::show).post(attributes::save),
        )
        .route(&path("test"), get(test_step::show).post(test_step::begin))
        .route(&path("tests/{attempt}"), get(test_step::result))
        .route(
            &path("domain"),
            get(domain_step::show).post(domain_step::add),
        )
        .route(&path("domain/{domain}/check"), post(domain_step::check))
        .route(&path("domain/{domain}/remove"), post(domain_step::remove))
        .route(
            &path("activate"),
            get(activate::show).post(activate::activate),
        )
}

/// `GET …/setup`: redirects to the first step that is not done.
async fn first_open_step(
    State(app): State<App>,
    user: SetupUser,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    if user.is_setup_complete() {
        return Ok(link_expired::page(
            &app,
            &headers,
            UnusableLink::SetupComplete,
        ));
    }
    let first = user.steps().first().copied().unwrap_or(Step::Provider);
    let progress = SetupProgress::load(&app, &user, first).await?;
    Ok(Redirect::to(progress.first_open()).into_response())
}
