//! Guided setup: an administrator, or the recipient of a setup link, connects an identity provider step by step.
//!
//! Both use the same pages. [`SetupUser`] says who the user is and which connection they set up. The recipient of a
//! setup link uses `/setup` and can open no other page of the console.

mod activate;
mod advanced;
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
use link_expired::UnusableLink;
use progress::SetupProgress;
use runtime::app::App;
use setup_user::SetupUser;
use step::Step;
use web::routing::{get, get_post, post};

use super::page_error::PageError;

/// The path of the recipient of a setup link.
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
            get_post(link_landing::show, link_landing::redeem),
        )
        .route(
            "/console/organizations/{organization}/sso/setup",
            get_post(start::show, start::create),
        )
        .route(
            &connection_path("advanced"),
            get_post(advanced::show, advanced::save),
        )
        .route("/setup/advanced", get_post(advanced::show, advanced::save))
        .route(
            &connection_path("setup-links"),
            get_post(links::show, links::create),
        )
        .route(
            &connection_path("setup-links/{link}/revoke"),
            get_post(links::confirm_revoke, links::revoke),
        )
}

fn step_routes(base: &str) -> Router<App> {
    let path = |rest: &str| format!("{base}/{rest}");
    Router::new()
        .route(base, get(first_open_step))
        .route(
            &path("provider"),
            get_post(choose_provider::show, choose_provider::choose),
        )
        .route(&path("instructions"), get(instructions::first_open))
        .route(
            &path("instructions/{number}"),
            get_post(instructions::show, instructions::mark),
        )
        .route(&path("own-entity-id"), post(advanced::use_own_entity_id))
        .route(
            &path("idp-details"),
            get_post(idp_details::show, idp_details::submit),
        )
        .route(
            &path("attributes"),
            get_post(attributes::show, attributes::save),
        )
        .route(&path("test"), get_post(test_step::show, test_step::begin))
        .route(&path("tests/{attempt}"), get(test_step::result))
        .route(
            &path("tests/{attempt}/email"),
            post(test_step::use_as_email),
        )
        .route(
            &path("domain"),
            get_post(domain_step::show, domain_step::add),
        )
        .route(&path("domain/{domain}/check"), post(domain_step::check))
        .route(&path("domain/{domain}/remove"), post(domain_step::remove))
        .route(
            &path("activate"),
            get_post(activate::show, activate::activate),
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
    if user.activation_requested_at().is_some() {
        let activation = format!("{}/{}", user.base(), Step::Activate.path());
        return Ok(Redirect::to(&activation).into_response());
    }
    let first = user.steps().first().copied().unwrap_or(Step::Provider);
    let progress = SetupProgress::load(&app, &user, first).await?;
    Ok(Redirect::to(progress.first_open()).into_response())
}
