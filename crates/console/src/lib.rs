//! The console: where operators and organizations' administrators see and change things in a browser.
//!
//! [`current_user`] says who is there: a page that needs an operator takes an [`current_user::OperatorVisit`], one that needs an
//! organization's administrator an [`current_user::AdminVisit`], and there is no other way to have one. [`guard`] keeps
//! foreign pages from posting forms here, and turns what goes wrong into a page. What the pages do is done by
//! [`service`], as for the API and the command line.

mod account;
mod activation;
mod actor_name;
mod audit_log;
mod current_user;
pub mod diagnosis;
mod diff;
mod domains;
mod draft;
mod error_docs;
mod form;
mod frame;
#[cfg(test)]
mod generated_docs;
mod guard;
pub mod guide;
mod health;
mod home;
mod operators;
mod organizations;
mod passkey_sign_in;
mod passkeys;
mod recovery;
mod role_rules;
mod saml_panel;
mod setup;
mod sign_in;
mod sign_in_attempts;
mod sign_in_link;
mod sso_enforced;
mod sso_enforcement;
mod team;
mod test_sign_in;
mod versions;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};
pub use guard::same_origin;
use runtime::app::App;
use web::limit_sign_in;

/// The routes of the console.
pub fn routes(app: &App) -> Router<App> {
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
        .route(
            "/console/link/{token}",
            get(sign_in_link::show).post(sign_in_link::use_up),
        )
        .route("/console/language", post(home::choose_language))
        .route("/console/refusals/{code}", get(error_docs::show))
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
        .route(&path("attempts"), get(sign_in_attempts::list))
        .route(&path("attempts/{attempt}"), get(sign_in_attempts::show))
        .route(
            &path("attempts/{attempt}/reveal"),
            post(sign_in_attempts::reveal),
        )
        .route(
            &path("attempts/{attempt}/look"),
            post(sign_in_attempts::look),
        )
        .route(
            &path("attempts/{attempt}/trust"),
            post(sign_in_attempts::trust),
        )
        .route(&path("history"), get(audit_log::of_organization))
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
            get(sso_enforcement::show).post(sso_enforcement::require),
        )
        .route(&required("/undo"), post(sso_enforcement::undo))
        .route(&required("/exempt"), post(sso_enforcement::exempt))
        .route(&required("/sign-in"), post(sso_enforcement::sign_in))
        .route(
            &required("/signed-in/{attempt}"),
            get(sso_enforcement::signed_in),
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
        .route(&at("roles"), get(role_rules::show).post(role_rules::save))
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
        .route("/console/trail", get(audit_log::of_everything))
}
