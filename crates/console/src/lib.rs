//! The console: the pages of operators and of organizations' administrators.
//!
//! [`current_user`] authenticates and authorizes: a page for operators takes a [`current_user::RequireOperator`], a page
//! for an organization's administrators a [`current_user::RequireOrgAdmin`]. [`same_origin`] and [`csrf`] protect forms
//! against other sites. A handler that fails returns a [`page_error::PageError`], which [`error_page`] renders. The pages
//! call [`service`] for what they do, as the API and the command line do.

mod account;
mod account_moves;
mod activation;
mod audit_log;
mod browser;
mod confirmation_page;
mod connection_deletion;
mod connection_effects;
mod connection_name;
mod csrf;
mod current_user;
mod diff;
mod domains;
mod draft;
mod error_docs;
mod error_page;
mod form;
mod form_state;
mod frame;
mod health;
mod home;
mod list_query;
mod member;
mod notice;
mod operators;
mod organizations;
mod page_error;
mod passkey_sign_in;
mod passkeys;
mod rate_limit;
mod recovery;
mod role_mapping;
mod routing;
mod same_origin;
mod saml_panel;
mod setup;
mod sign_in;
mod sign_in_attempts;
mod sign_in_link;
mod sso_enforced;
mod sso_enforcement;
mod team;
mod test_sign_in;
mod user_agent;
mod versions;

pub use connection_effects::connection_deletion_effects;
pub use error_page::not_found;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::Redirect;
use runtime::app::App;
pub use same_origin::same_origin;
use web::routing::{get, get_post, post};

/// The routes of the console.
pub fn routes(app: &App) -> Router<App> {
    Router::new()
        .merge(sign_in_routes())
        .merge(account_routes())
        .merge(organization_routes())
        .merge(connection_routes())
        .merge(operator_routes())
        .merge(setup::routes())
        .route_layer(from_fn(same_origin))
        .route_layer(from_fn_with_state(app.clone(), rate_limit::limit_requests))
        .route_layer(from_fn_with_state(
            app.clone(),
            error_page::render_page_errors,
        ))
}

/// Pages that need no session.
fn sign_in_routes() -> Router<App> {
    Router::new()
        .route(
            "/console/sign-in",
            get_post(sign_in::show, sign_in::send_code),
        )
        .route(
            "/console/sign-in/code",
            get_post(sign_in::show_code, sign_in::check_code),
        )
        .route("/console/sign-in/passkey", post(passkey_sign_in::sign_in))
        .route(
            "/console/sign-in/passkey/challenge",
            post(passkey_sign_in::challenge),
        )
        .route(
            "/console/sign-in/recovery",
            get_post(recovery::show, recovery::sign_in),
        )
        .route(
            "/console/sign-in/link/{token}",
            get_post(sign_in_link::show, sign_in_link::sign_in),
        )
        .route("/console/language", post(home::choose_language))
        .route("/console/error-codes/{code}", get(error_docs::show))
}

/// Pages of every person who is signed in.
fn account_routes() -> Router<App> {
    Router::new()
        .route("/console", get(home::show))
        .route("/console/", get(async || Redirect::permanent("/console")))
        .route("/console/sign-out", post(account::sign_out))
        .route("/console/account", get(account::show))
        .route(
            "/console/account/sessions/{session}/end",
            post(account::end_session),
        )
        .route("/console/passkeys", get_post(passkeys::show, passkeys::add))
        .route("/console/passkeys/challenge", post(passkeys::challenge))
        .route("/console/passkeys/{passkey}/rename", post(passkeys::rename))
        .route(
            "/console/passkeys/{passkey}/remove",
            get_post(passkeys::confirm_remove, passkeys::remove),
        )
}

/// Pages of an organization.
fn organization_routes() -> Router<App> {
    let path = |rest: &str| format!("/console/organizations/{{organization}}/{rest}");
    Router::new()
        .merge(team::routes(&path("team")))
        .route(&path("team/{member}"), get(member::show))
        .route(
            &path("team/{member}/merge"),
            get_post(member::ask_to_merge, member::merge),
        )
        .route(
            &path("account-moves"),
            get_post(account_moves::show, account_moves::start),
        )
        .route(
            &path("account-moves/{move}/undo"),
            get_post(account_moves::confirm_undo, account_moves::undo),
        )
        .route(&path("domains"), get_post(domains::show, domains::add))
        .route(&path("routing"), get_post(routing::show, routing::save))
        .route(
            &path("domains/{domain}/subdomains"),
            post(domains::set_subdomains),
        )
        .route(&path("domains/{domain}/check"), post(domains::check))
        .route(
            &path("domains/{domain}/remove"),
            get_post(domains::confirm_remove, domains::remove),
        )
        .route(&path("sign-in-attempts"), get(sign_in_attempts::list))
        .route(
            &path("sign-in-attempts/{attempt}"),
            get(sign_in_attempts::show),
        )
        .route(
            &path("sign-in-attempts/{attempt}/reveal"),
            post(sign_in_attempts::reveal),
        )
        .route(
            &path("sign-in-attempts/{attempt}/find-certificate"),
            post(sign_in_attempts::find_certificate),
        )
        .route(
            &path("sign-in-attempts/{attempt}/trust-certificate"),
            post(sign_in_attempts::trust_certificate),
        )
        .route(&path("audit-log"), get(audit_log::show_organization))
}

/// Pages of an organization's connections.
fn connection_routes() -> Router<App> {
    let path = |rest: &str| format!("/console/organizations/{{organization}}/{rest}");
    let enforcement = |rest: &str| path(&format!("sso-enforcement{rest}"));
    Router::new()
        .merge(panel_routes(&path("sso")))
        .merge(panel_routes(&path("sso/{connection}")))
        .route(
            &enforcement(""),
            get_post(sso_enforcement::show, sso_enforcement::enforce),
        )
        .route(
            &enforcement("/disable"),
            get_post(sso_enforcement::confirm_disable, sso_enforcement::disable),
        )
        .route(&enforcement("/exempt"), post(sso_enforcement::exempt))
        .route(&enforcement("/sign-in"), post(sso_enforcement::sign_in))
        .route(
            &enforcement("/signed-in/{attempt}"),
            get(sso_enforcement::signed_in),
        )
        .route(
            &path("sso/recovery-codes/{member}"),
            get_post(recovery::confirm_issue, recovery::issue),
        )
        .route(
            &path("sso/recovery-codes/{member}/saved"),
            post(recovery::confirm_saved),
        )
        .route(
            &path("connections/{connection}/test"),
            post(test_sign_in::begin),
        )
        .route(&path("tests/{attempt}"), get(test_sign_in::show))
        .route(
            &path("tests/{attempt}/email"),
            post(test_sign_in::use_as_email),
        )
        .route(
            &path("tests/{attempt}/link"),
            post(test_sign_in::create_link),
        )
}

/// The SAML SSO panel and its pages, of the connection in the path or else of the current one.
fn panel_routes(base: &str) -> Router<App> {
    let path = |rest: &str| format!("{base}/{rest}");
    Router::new()
        .route(base, get_post(saml_panel::show, saml_panel::save))
        .route(
            &path("publish"),
            get_post(draft::confirm_publish, draft::publish),
        )
        .route(
            &path("discard"),
            get_post(draft::confirm_discard, draft::discard),
        )
        .route(
            &path("activate"),
            get_post(activation::confirm_activate, activation::activate),
        )
        .route(
            &path("confirm-activation"),
            post(activation::confirm_request),
        )
        .route(
            &path("decline-activation"),
            get_post(activation::confirm_decline, activation::decline_request),
        )
        .route(
            &path("disable"),
            get_post(activation::confirm_disable, activation::disable),
        )
        .route(
            &path("rename"),
            get_post(connection_name::ask_new_name, connection_name::rename),
        )
        .route(
            &path("duplicate"),
            get_post(connection_name::ask_copy_name, connection_name::duplicate),
        )
        .route(
            &path("delete"),
            get_post(connection_deletion::confirm, connection_deletion::delete),
        )
        .route(
            &path("role-mapping"),
            get_post(role_mapping::show, role_mapping::save),
        )
        .route(&path("versions"), get(versions::list))
        .route(
            &path("versions/{number}"),
            get_post(versions::show, versions::restore),
        )
}

/// Pages of operators.
fn operator_routes() -> Router<App> {
    Router::new()
        .route(
            "/console/organizations",
            get_post(organizations::list, organizations::create),
        )
        .route(
            "/console/organizations/{organization}/settings",
            get_post(organizations::settings, organizations::update),
        )
        .route(
            "/console/operators",
            get_post(operators::list, operators::invite),
        )
        .route(
            "/console/operators/{person}/remove",
            get_post(operators::confirm_remove, operators::remove),
        )
        .route("/console/health", get(health::show))
        .route("/console/audit-log", get(audit_log::show_deployment))
}
