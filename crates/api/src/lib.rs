//! The REST API: its routes and its OpenAPI document.

mod account_moves;
mod api_key;
mod applications;
mod audit_log;
mod connection_keys;
mod connections;
mod domains;
mod drafts;
mod id_token_keys;
mod if_match;
mod members;
mod openapi;
mod organizations;
mod pagination;
mod path;
mod plans;
mod query;
mod routes_macro;
mod routing;
mod setup_links;
mod sign_in_attempts;
mod sso_enforcement;

use axum::Router;
use axum::body::Bytes;
use axum::http::header::CONTENT_TYPE;
use axum::middleware::from_fn_with_state;
use runtime::app::App;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use web::routing::get;

/// The routes below `/api/v1`. All except `/openapi.json` require an API key.
pub fn routes(app: &App) -> Router<App> {
    let (routes, document) = documented_routes().split_for_parts();
    let document = openapi::complete(document);
    // Serialized once: anyone may ask for it.
    let document = serde_json::to_vec(&document).expect("the document is JSON");
    let document = Bytes::from(document);
    routes
        .route_layer(from_fn_with_state(app.clone(), api_key::require_api_key))
        .route(
            "/openapi.json",
            get(async move || ([(CONTENT_TYPE, "application/json")], document)),
        )
}

pub fn openapi() -> OpenApi {
    openapi::complete(documented_routes().into_openapi())
}

fn documented_routes() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(openapi::document())
        .merge(plans::routes())
        .merge(organizations::routes())
        .merge(domains::routes())
        .merge(routing::routes())
        .merge(connections::routes())
        .merge(drafts::routes())
        .merge(connection_keys::routes())
        .merge(setup_links::routes())
        .merge(members::routes())
        .merge(account_moves::routes())
        .merge(sso_enforcement::routes())
        .merge(sign_in_attempts::routes())
        .merge(audit_log::routes())
        .merge(applications::routes())
        .merge(id_token_keys::routes())
}
