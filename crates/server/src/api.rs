//! The REST API: routes, and the document that describes them.

mod applications;
mod attempts;
mod connections;
mod document;
mod domains;
mod drafts;
mod events;
mod key;
mod members;
mod organizations;
mod page;
mod plans;
mod seen;
mod setup_links;
mod sso_requirement;

use axum::middleware::from_fn_with_state;
use axum::routing::get;
use axum::{Json, Router};
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use crate::app::App;

/// The routes below `/api/v1`. All of them want an API key, but for the document.
pub fn routes(app: &App) -> Router<App> {
    let (routes, document) = described().split_for_parts();
    let document = document::finish(document);
    routes
        .route_layer(from_fn_with_state(app.clone(), key::require))
        .route("/openapi.json", get(async move || Json(document)))
}

/// The OpenAPI document of these routes.
pub fn openapi() -> OpenApi {
    document::finish(described().into_openapi())
}

fn described() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(document::begin())
        .merge(plans::routes())
        .merge(organizations::routes())
        .merge(domains::routes())
        .merge(connections::routes())
        .merge(drafts::routes())
        .merge(setup_links::routes())
        .merge(members::routes())
        .merge(sso_requirement::routes())
        .merge(attempts::routes())
        .merge(events::routes())
        .merge(applications::routes())
}
