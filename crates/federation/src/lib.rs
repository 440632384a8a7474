//! SAML sign-ins, from the application to the identity provider and back.
//!
//! The main path, in the order in which it is taken: [`authorize`] parses the application's request and finds the
//! connection, [`authn_request`] sends the browser to the identity provider, [`acs`] takes the response and validates it,
//! [`persist`] signs the user in, and [`token`] gives the application its tokens. [`pending_sign_in`] connects the two
//! halves. A [`test_sign_in`] takes the same path and starts no session. An [`unsolicited`] response has no first half, so
//! the user is asked in its place.

mod acs;
mod app_picker;
mod application_return;
mod assigned_acs;
mod authn_request;
mod authorize;
mod connection_chooser;
mod cors;
mod discovery;
mod email_page;
mod entity_id;
mod navigation;
mod pages;
mod pending_sign_in;
mod persist;
mod posted_form;
mod rate_limit;
mod repost;
mod responses;
mod sign_in_outcome;
mod sp_metadata;
mod test_sign_in;
mod token;
mod unrouted_sign_in;
mod unsolicited;
mod userinfo;

pub use assigned_acs::{RequestAddress, answer_assigned, is_assigned};
use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
pub use email_page::start_console_sign_in;
pub use entity_id::entity_id_page;
pub use pages::{not_found, problem_page};

use runtime::app::App;
pub use test_sign_in::{TestSignIn, start_test};
use web::routing::{erase, get, get_post, post};
use web::{limit_token, serve_asset};

pub fn routes(app: &App) -> Router<App> {
    Router::new()
        .merge(pages(app))
        .merge(endpoints(app))
        .merge(documents())
}

/// What browsers open.
fn pages(app: &App) -> Router<App> {
    Router::new()
        .route("/", get(pages::home))
        .route(
            "/authorize",
            get_post(authorize::authorize_get, authorize::authorize_post),
        )
        .route("/sign-in", get_post(email_page::show, email_page::submit))
        .route("/sign-in/connection", post(connection_chooser::submit))
        .route(
            unsolicited::CONFIRMATION_PATH,
            get_post(unsolicited::show, unsolicited::confirm),
        )
        .route(
            "/saml/{connection}/acs",
            get_post(acs::acs_get, acs::acs_post),
        )
        .route("/saml/{connection}/metadata", get(sp_metadata::metadata))
        .route(
            "/saml/{connection}/certificate",
            get(sp_metadata::certificate),
        )
        .route_layer(from_fn_with_state(app.clone(), rate_limit::limit_sign_in))
        .route("/assets/{file}", get(serve_asset))
}

/// What applications call.
fn endpoints(app: &App) -> Router<App> {
    Router::new()
        .route("/token", post(token::token).options(erase(cors::preflight)))
        .route(
            "/userinfo",
            get(userinfo::userinfo_get)
                .post(erase(userinfo::userinfo_post))
                .options(erase(cors::preflight)),
        )
        .route_layer(from_fn_with_state(app.clone(), limit_token))
        .route_layer(from_fn_with_state(
            app.clone(),
            cors::allow_public_applications,
        ))
}

/// What any site may read.
fn documents() -> Router<App> {
    Router::new()
        .route(
            "/.well-known/openid-configuration",
            get(discovery::discovery).options(erase(cors::preflight)),
        )
        .route(
            "/.well-known/oauth-authorization-server",
            get(discovery::discovery).options(erase(cors::preflight)),
        )
        .route(
            "/jwks",
            get(discovery::jwks).options(erase(cors::preflight)),
        )
        .route_layer(from_fn(cors::allow_any_origin))
}
