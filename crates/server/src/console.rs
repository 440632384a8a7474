//! The console: where operators and organizations' administrators see and change things in a browser.
//!
//! [`visitor`] says who is there: a page that needs an operator takes an [`visitor::OperatorVisit`], one that needs an
//! organization's administrator an [`visitor::AdminVisit`], and there is no other way to have one. [`guard`] keeps
//! foreign pages from posting forms here, and turns what goes wrong into a page. What the pages do is done by
//! [`crate::operations`], as for the API and the command line.

mod account;
mod domains;
mod form;
mod guard;
mod home;
mod link;
mod operators;
mod organizations;
mod page;
mod passkey_sign_in;
mod passkeys;
mod saml_panel;
mod sign_in;
mod team;
mod trail;
mod visitor;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};

pub(crate) use guard::same_origin;
pub(crate) use visitor::{ComingIn, begin_session};

use crate::app::App;
use crate::web::limit_sign_in;

/// The routes of the console.
pub(crate) fn routes(app: &App) -> Router<App> {
    Router::new()
        .merge(coming_in())
        .merge(own())
        .merge(administering())
        .merge(operating())
        .route_layer(from_fn(same_origin))
        .route_layer(from_fn_with_state(app.clone(), guard::show_problems))
        .route_layer(from_fn_with_state(app.clone(), limit_sign_in))
}

/// Where nobody is signed in yet.
fn coming_in() -> Router<App> {
    Router::new()
        .route(
            "/console/sign-in",
            get(sign_in::show).post(sign_in::send_code),
        )
        .route(
            "/console/sign-in/code",
            get(sign_in::ask_code).post(sign_in::take_code),
        )
        .route("/console/sign-in/passkey", post(passkey_sign_in::take))
        .route(
            "/console/sign-in/passkey/question",
            post(passkey_sign_in::question),
        )
        .route("/console/link/{token}", get(link::show).post(link::use_up))
        .route("/console/language", post(home::choose_language))
}

/// What belongs to whoever is signed in.
fn own() -> Router<App> {
    Router::new()
        .route("/console", get(home::home))
        .route("/console/sign-out", post(account::sign_out))
        .route("/console/account", get(account::show))
        .route(
            "/console/account/sessions/{session}/end",
            post(account::end_session),
        )
        .route("/console/passkeys", get(passkeys::show).post(passkeys::add))
        .route("/console/passkeys/question", post(passkeys::question))
        .route("/console/passkeys/{passkey}/rename", post(passkeys::rename))
        .route("/console/passkeys/{passkey}/remove", post(passkeys::remove))
}

/// What an organization's administrators do.
fn administering() -> Router<App> {
    let path = |rest: &str| format!("/console/organizations/{{organization}}/{rest}");
    Router::new()
        .route(&path("team"), get(team::show).post(team::invite))
        .route(&path("team/{member}/role"), post(team::change_role))
        .route(&path("team/{member}/deactivate"), post(team::deactivate))
        .route(&path("team/{member}/reactivate"), post(team::reactivate))
        .route(&path("team/{member}/remove"), post(team::remove))
        .route(&path("domains"), get(domains::show).post(domains::add))
        .route(&path("domains/{domain}/check"), post(domains::check))
        .route(&path("domains/{domain}/remove"), post(domains::remove))
        .route(&path("sso"), get(saml_panel::show).post(saml_panel::save))
        .route(&path("history"), get(trail::of_organization))
}

/// What operators do.
fn operating() -> Router<App> {
    Router::new()
        .route(
            "/console/organizations",
            get(organizations::list).post(organizations::create),
        )
        .route(
            "/console/organizations/{organization}/settings",
            get(organizations::settings).post(organizations::change),
        )
        .route(
            "/console/operators",
            get(operators::list).post(operators::invite),
        )
        .route(
            "/console/operators/{person}/remove",
            post(operators::remove),
        )
        .route("/console/trail", get(trail::of_everything))
}
