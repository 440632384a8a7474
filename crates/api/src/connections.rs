//! `/organizations/{organization}/connections`

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::{Extension, Json};
use runtime::app::App;
use service::connection::{ConnectionInput, ConnectionView};
use service::{Actor, Listing, connection};
use utoipa_axum::router::OpenApiRouter;
use web::{JsonBody, JsonPatch, ProblemResponse};

use super::if_match::{IfMatch, RevisionQuery};
use super::path::ConnectionPath;

use crate::routes_macro::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(show, update, delete))
        .routes(routes!(activate))
        .routes(routes!(decline_activation))
        .routes(routes!(disable))
}

/// Create a connection
///
/// Members can sign in through it after it is activated.
#[utoipa::path(
    post, path = "/organizations/{organization}/connections", operation_id = "createConnection", tag = "Connections",
    params(("organization" = String, Path, description = "The organization ID or slug.")),
    request_body(content = ConnectionInput, example = json!({
        "name": "Acme Okta",
        "provider": "okta",
        "issuer": "http://www.okta.com/exk1fxp8rfw9S3mR0357",
        "sign_on_url": "https://acme.okta.com/app/exk1fxp8rfw9S3mR0357/sso/saml",
        "certificates": ["-----BEGIN CERTIFICATE-----\nMIIDqDCCApCgAwIBAgIGAY…\n-----END CERTIFICATE-----"],
    })),
    responses((status = 201, body = ConnectionView)),
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
    params(("organization" = String, Path, description = "The organization ID or slug.")),
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
    params(ConnectionPath),
    responses((status = 200, body = ConnectionView)),
)]
async fn show(
    State(app): State<App>,
    Path(path): Path<ConnectionPath>,
) -> Result<Json<ConnectionView>, ProblemResponse> {
    Ok(Json(connection::show(&app, path.connection_ref()).await?))
}

/// Update a connection
///
/// The change applies to sign-ins immediately; use a draft to prepare it. Omitted fields stay as they are. `null` resets
/// a field to its default. `metadata_xml` replaces all settings of the identity provider.
#[utoipa::path(
    patch, path = "/organizations/{organization}/connections/{connection}", operation_id = "updateConnection",
    tag = "Connections",
    params(ConnectionPath),
    request_body(
        content = ConnectionInput, description = "The fields to change.",
        example = json!({"clock_tolerance_seconds": 120, "sign_requests": true}),
    ),
    responses((status = 200, body = ConnectionView)),
)]
async fn update(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path(path): Path<ConnectionPath>,
    JsonPatch(change): JsonPatch,
) -> Result<Json<ConnectionView>, ProblemResponse> {
    Ok(Json(
        connection::update(&app, &actor, path.connection_ref(), change).await?,
    ))
}

/// Delete a connection
#[utoipa::path(
    delete, path = "/organizations/{organization}/connections/{connection}", operation_id = "deleteConnection",
    tag = "Connections",
    params(ConnectionPath),
    responses((status = 204)),
)]
async fn delete(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path(path): Path<ConnectionPath>,
) -> Result<StatusCode, ProblemResponse> {
    connection::delete(&app, &actor, path.connection_ref()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Activate a connection
///
/// Members can then sign in through it. The plan of the organization must include SAML SSO. This also confirms a
/// connection whose activation a setup link has requested or made.
#[utoipa::path(
    post, path = "/organizations/{organization}/connections/{connection}/activate", operation_id = "activateConnection",
    tag = "Connections",
    params(ConnectionPath, RevisionQuery),
    responses((status = 200, body = ConnectionView)),
)]
async fn activate(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path(path): Path<ConnectionPath>,
    IfMatch(revision): IfMatch,
) -> Result<Json<ConnectionView>, ProblemResponse> {
    Ok(Json(
        connection::activate(&app, &actor, path.connection_ref(), revision).await?,
    ))
}

/// Decline the activation of a connection
///
/// The recipient of a setup link has requested it. The connection stays inactive, and the setup link is revoked.
#[utoipa::path(
    post, path = "/organizations/{organization}/connections/{connection}/decline-activation",
    operation_id = "declineConnectionActivation", tag = "Connections",
    params(ConnectionPath),
    responses((status = 200, body = ConnectionView)),
)]
async fn decline_activation(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path(path): Path<ConnectionPath>,
) -> Result<Json<ConnectionView>, ProblemResponse> {
    Ok(Json(
        connection::decline_activation(&app, &actor, path.connection_ref()).await?,
    ))
}

/// Disable a connection
///
/// Members can no longer sign in through it.
#[utoipa::path(
    post, path = "/organizations/{organization}/connections/{connection}/disable", operation_id = "disableConnection",
    tag = "Connections",
    params(ConnectionPath),
    responses((status = 200, body = ConnectionView)),
)]
async fn disable(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path(path): Path<ConnectionPath>,
) -> Result<Json<ConnectionView>, ProblemResponse> {
    Ok(Json(
        connection::disable(&app, &actor, path.connection_ref()).await?,
    ))
}
