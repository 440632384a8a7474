//! Which address leads where.

use axum::Router;

use crate::app::App;
use crate::{api, console, signin, web};

/// Everything that the server answers.
pub fn router(app: App) -> Router {
    router_with(app, Router::new())
}

/// The same, and some routes more.
pub(crate) fn router_with(app: App, more: Router<App>) -> Router {
    let routes = Router::new()
        .nest("/api/v1", api::routes(&app))
        .merge(signin::routes(&app))
        .merge(console::routes(&app))
        .merge(more);
    web::wrap(routes, app)
}
