//! The console: where operators and organizations' administrators see and change things in a browser.
//!
//! [`visitor`] says who is there: a page that needs an operator takes an [`visitor::OperatorVisit`], one that needs an
//! organization's administrator an [`visitor::AdminVisit`], and there is no other way to have one. [`guard`] keeps
//! foreign pages from posting forms here, and turns what goes wrong into a page. What the pages do is done by
//! [`crate::operations`], as for the API and the command line.

mod account;
mod activation;
mod attempts;
mod difference;
mod doer;
mod domains;
mod draft;
mod form;
mod guard;
mod health;
mod home;
mod link;
mod operators;
mod organizations;
mod page;
mod passkey_sign_in;
mod passkeys;
mod recovery;
mod refusals;
mod required;
mod requirement;
mod roles;
mod saml_panel;
mod setup;
mod sign_in;
mod team;
mod test_sign_in;
mod trail;
mod versions;
mod visitor;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};

pub(crate) use guard::same_origin;

use crate::app::App;
use crate::web::limit_sign_in;

/// The routes of the console.
pub(crate) fn routes(app: &App) -> Router<App> {
    Router::new()
        .merge(coming_in())
        .merge(own())
        .merge(administering())
        .merge(connecting())
        .merge(operating())
        .merge(setup::routes())
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
        .route(
            "/console/sign-in/recovery",
            get(recovery::show).post(recovery::take),
        )
        .route("/console/link/{token}", get(link::show).post(link::use_up))
        .route("/console/language", post(home::choose_language))
        .route("/console/refusals/{code}", get(refusals::show))
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
        .route(&path("attempts"), get(attempts::list))
        .route(&path("attempts/{attempt}"), get(attempts::show))
        .route(&path("attempts/{attempt}/reveal"), post(attempts::reveal))
        .route(&path("attempts/{attempt}/look"), post(attempts::look))
        .route(&path("attempts/{attempt}/trust"), post(attempts::trust))
        .route(&path("history"), get(trail::of_organization))
}

/// What they do about their connection.
fn connecting() -> Router<App> {
    let path = |rest: &str| format!("/console/organizations/{{organization}}/{rest}");
    let required = |rest: &str| path(&format!("sso/require{rest}"));
    Router::new()
        .merge(panel(&path("sso")))
        .merge(panel(&path("sso/{connection}")))
        .route(
            &required(""),
            get(requirement::show).post(requirement::require),
        )
        .route(&required("/undo"), post(requirement::undo))
        .route(&required("/exempt"), post(requirement::exempt))
        .route(&required("/sign-in"), post(requirement::sign_in))
        .route(
            &required("/signed-in/{attempt}"),
            get(requirement::signed_in),
        )
        .route(&path("sso/recovery-codes/{member}"), post(recovery::issue))
        .route(
            &path("connections/{connection}/test"),
            post(test_sign_in::begin),
        )
        .route(&path("tests/{attempt}"), get(test_sign_in::show))
        .route(&path("tests/{attempt}/link"), post(test_sign_in::make_link))
}

/// The panel of single sign-on, and what it leads to: of the connection that the address names, or of the one that
/// an organization has.
fn panel(base: &str) -> Router<App> {
    let at = |rest: &str| format!("{base}/{rest}");
    Router::new()
        .route(base, get(saml_panel::show).post(saml_panel::save))
        .route(&at("publish"), post(draft::publish))
        .route(&at("discard"), post(draft::discard))
        .route(
            &at("activate"),
            get(activation::ask_activate).post(activation::activate),
        )
        .route(
            &at("disable"),
            get(activation::ask_disable).post(activation::disable),
        )
        .route(&at("roles"), get(roles::show).post(roles::save))
        .route(&at("versions"), get(versions::list))
        .route(
            &at("versions/{number}"),
            get(versions::show).post(versions::restore),
        )
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
        .route("/console/health", get(health::show))
        .route("/console/trail", get(trail::of_everything))
}
