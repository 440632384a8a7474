//! The way of a person from the application to their identity provider and back.

use axum::Router;

use crate::app::App;

/// The routes of the sign-in.
pub fn routes() -> Router<App> {
    Router::new()
}
