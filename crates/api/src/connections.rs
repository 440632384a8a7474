//! `/organizations/{organization}/connections`

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::{Extension, Json};
use runtime::app::App;
use service::connection::{ConnectionInput, ConnectionView, Place};
use service::{Actor, Listing, connection};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{JsonBody, JsonPatch, ProblemResponse};

use super::if_match::{Seen, SeenQuery};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(show, update, delete))
        .routes(routes!(activate))
        .routes(routes!(disable))
}

/// Make a connection
///
/// It is a draft until it is activated.
#[utoipa::path(
    post, path = "/organizations/{organization}/connections", operation_id = "createConnection", tag = "Connections",
    params(("organization" = String, Path, description = "Its id or slug.")),
    request_body = ConnectionInput, responses((status = 201, body = ConnectionView)),
)]
async fn create(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path(named): Path<String>,
    JsonBody(settings): JsonBody<ConnectionInput>,
) -> Result<(StatusCode, Json<ConnectionView>), ProblemResponse> {
    Ok((
        StatusCode::CREATED,
        Json(connection::create(&app, &actor, &named, settings).await?),
    ))
}

/// List connections, oldest first
#[utoipa::path(
    get, path = "/organizations/{organization}/connections", operation_id = "listConnections", tag = "Connections",
    params(("organization" = String, Path, description = "Its id or slug.")),
    responses((status = 200, body = Listing<ConnectionView>)),
)]
async fn list(
    State(app): State<App>,
    Path(named): Path<String>,
) -> Result<Json<Listing<ConnectionView>>, ProblemResponse> {
    Ok(Json(connection::list(&app, &named).await?))
}

/// Show a connection
#[utoipa::path(
    get, path = "/organizations/{organization}/connections/{connection}", operation_id = "showConnection",
    tag = "Connections",
    params(("organization" = String, Path, description = "Its id or slug."), ("connection" = String, Path)),
    responses((status = 200, body = ConnectionView)),
)]
async fn show(
    State(app): State<App>,
    Path((named, id)): Path<(String, String)>,
) -> Result<Json<ConnectionView>, ProblemResponse> {
    Ok(Json(connection::show(&app, Place::In(&named, &id)).await?))
}

/// Change a connection
///
/// What is left out stays as it is; `null` puts back what holds by default. `metadata_xml` replaces the identity
/// provider's whole side.
#[utoipa::path(
    patch, path = "/organizations/{organization}/connections/{connection}", operation_id = "updateConnection",
    tag = "Connections",
    params(("organization" = String, Path, description = "Its id or slug."), ("connection" = String, Path)),
    request_body(content = ConnectionInput, description = "Any of these fields."),
    responses((status = 200, body = ConnectionView)),
)]
async fn update(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path((named, id)): Path<(String, String)>,
    JsonPatch(change): JsonPatch,
) -> Result<Json<ConnectionView>, ProblemResponse> {
    Ok(Json(
        connection::update(&app, &actor, Place::In(&named, &id), change).await?,
    ))
}

/// Delete a connection
#[utoipa::path(
    delete, path = "/organizations/{organization}/connections/{connection}", operation_id = "deleteConnection",
    tag = "Connections",
    params(("organization" = String, Path, description = "Its id or slug."), ("connection" = String, Path)),
    responses((status = 204)),
)]
async fn delete(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path((named, id)): Path<(String, String)>,
) -> Result<StatusCode, ProblemResponse> {
    connection::delete(&app, &actor, Place::In(&named, &id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Let members sign in through a connection
///
/// Refused when the organization's plan does not include SAML single sign-on.
#[utoipa::path(
    post, path = "/organizations/{organization}/connections/{connection}/activate", operation_id = "activateConnection",
    tag = "Connections",
    params(
        ("organization" = String, Path, description = "Its id or slug."), ("connection" = String, Path), SeenQuery,
    ),
    responses((status = 200, body = ConnectionView)),
)]
async fn activate(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path((named, id)): Path<(String, String)>,
    Seen(seen): Seen,
) -> Result<Json<ConnectionView>, ProblemResponse> {
    Ok(Json(
        connection::activate(&app, &actor, Place::In(&named, &id), seen).await?,
    ))
}

/// Stop a connection
#[utoipa::path(
    post, path = "/organizations/{organization}/connections/{connection}/disable", operation_id = "disableConnection",
    tag = "Connections",
    params(("organization" = String, Path, description = "Its id or slug."), ("connection" = String, Path)),
    responses((status = 200, body = ConnectionView)),
)]
async fn disable(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path((named, id)): Path<(String, String)>,
) -> Result<Json<ConnectionView>, ProblemResponse> {
    Ok(Json(
        connection::disable(&app, &actor, Place::In(&named, &id)).await?,
    ))
}
