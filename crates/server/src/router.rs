//! Which address leads where.

use axum::Router;
use axum::routing::get;

use crate::app::App;
use crate::{api, signin, web};

/// Everything that the server answers.
pub fn router(app: App) -> Router {
    let routes = Router::new()
        .route("/", get(status))
        .nest("/api/v1", api::routes(&app))
        .merge(signin::routes());
    web::wrap(routes, app)
}

/// For whoever opens the server's own address.
async fn status() -> &'static str {
    "Vestibule is running. People sign in from the application; there is nothing to see here.\n"
}
