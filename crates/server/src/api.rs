//! The REST API.

use axum::Router;

use crate::app::App;

/// The routes below `/api/v1`.
pub fn routes() -> Router<App> {
    Router::new()
}
