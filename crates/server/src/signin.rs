//! The way of a person from the application to their identity provider and back.
//!
//! [`authorize`] takes the application's question, [`destination`] finds the connection, [`departure`] sends the person
//! off; [`acs`] takes them back through [`form`], [`arrival`], [`expect`], [`profile`], [`newcomer`], [`resolve`] and
//! [`commit`]; [`record`] writes down what was checked, and [`refine`] looks closer at what was refused. A
//! [`test_sign_in`] goes the same way and signs nobody in. [`token`] and [`userinfo`] tell the application who came.

mod acs;
mod arrival;
mod asked;
mod assigned;
mod authorize;
mod commit;
mod cors;
mod departure;
mod form;
mod grant;
mod member;
mod metadata;
mod onward;
mod page;
mod provider;
mod record;
mod redirect;
mod refine;
mod refused;
mod sign_in;
mod test_sign_in;
mod token;
mod userinfo;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};

pub(crate) use assigned::{Address, answer_assigned, is_assigned};
pub(crate) use page::nothing;
pub(crate) use sign_in::begin_console;
pub use test_sign_in::{TestSignIn, begin_test};

use crate::app::App;
use crate::web::{limit_sign_in, limit_token, serve_asset};

/// The routes of the sign-in.
pub(crate) fn routes(app: &App) -> Router<App> {
    Router::new()
        .merge(pages(app))
        .merge(endpoints(app))
        .merge(documents())
}

/// What people's browsers come to.
fn pages(app: &App) -> Router<App> {
    Router::new()
        .route("/", get(page::status))
        .route(
            "/authorize",
            get(authorize::by_query).post(authorize::by_form),
        )
        .route("/sign-in", get(sign_in::show).post(sign_in::submit))
        .route("/saml/{connection}/acs", post(acs::post).get(acs::opened))
        .route("/saml/{connection}/metadata", get(metadata::metadata))
        .route("/saml/{connection}/certificate", get(metadata::certificate))
        .route_layer(from_fn_with_state(app.clone(), limit_sign_in))
        .route("/assets/{file}", get(serve_asset))
}

/// What applications ask.
fn endpoints(app: &App) -> Router<App> {
    Router::new()
        .route("/token", post(token::token).options(cors::preflight))
        .route(
            "/userinfo",
            get(userinfo::userinfo)
                .post(userinfo::userinfo)
                .options(cors::preflight),
        )
        .route_layer(from_fn_with_state(app.clone(), limit_token))
        .route_layer(from_fn_with_state(
            app.clone(),
            cors::for_public_applications,
        ))
}

/// What everybody may read.
fn documents() -> Router<App> {
    Router::new()
        .route(
            "/.well-known/openid-configuration",
            get(provider::discovery).options(cors::preflight),
        )
        .route(
            "/.well-known/oauth-authorization-server",
            get(provider::discovery).options(cors::preflight),
        )
        .route("/jwks", get(provider::jwks).options(cors::preflight))
        .route_layer(from_fn(cors::for_everybody))
}
