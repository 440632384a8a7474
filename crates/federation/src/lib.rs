//! The way of a person from the application to their identity provider and back.
//!
//! [`authorize`] takes the application's question, [`destination`] finds the connection, [`authn_request`] sends the person
//! off; [`acs`] takes them back through [`posted_form`], [`pending_sign_in`], [`expect`], [`profile`], [`newcomer`], [`resolve`] and
//! [`persist`]; [`attempt_log`] writes down what was checked, and [`diagnose`] looks closer at what was refused. A
//! [`test_sign_in`] goes the same way and signs nobody in. [`token`] and [`userinfo`] tell the application who came.

mod acs;
mod app_picker;
mod assigned_acs;
mod attempt_log;
mod authn_request;
mod authorize;
mod cors;
mod diagnose;
mod discovery;
mod email_page;
mod failed_sign_in;
mod issued_code;
mod pages;
mod pending_sign_in;
mod persist;
mod posted_form;
mod redirect;
mod sign_in_flow;
mod sp_metadata;
mod test_sign_in;
mod token;
mod token_subject;
mod userinfo;

pub use assigned_acs::{Address, answer_assigned, is_assigned};
use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};
pub use email_page::begin_console;
pub use pages::nothing;
use runtime::app::App;
pub use test_sign_in::{TestSignIn, begin_test};
use web::{limit_sign_in, limit_token, serve_asset};

/// The routes of the sign-in.
pub fn routes(app: &App) -> Router<App> {
    Router::new()
        .merge(pages(app))
        .merge(endpoints(app))
        .merge(documents())
}

/// What people's browsers come to.
fn pages(app: &App) -> Router<App> {
    Router::new()
        .route("/", get(pages::status))
        .route(
            "/authorize",
            get(authorize::by_query).post(authorize::by_form),
        )
        .route("/sign-in", get(email_page::show).post(email_page::submit))
        .route("/saml/{connection}/acs", post(acs::post).get(acs::opened))
        .route("/saml/{connection}/metadata", get(sp_metadata::metadata))
        .route(
            "/saml/{connection}/certificate",
            get(sp_metadata::certificate),
        )
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
            get(discovery::discovery).options(cors::preflight),
        )
        .route(
            "/.well-known/oauth-authorization-server",
            get(discovery::discovery).options(cors::preflight),
        )
        .route("/jwks", get(discovery::jwks).options(cors::preflight))
        .route_layer(from_fn(cors::for_everybody))
}
