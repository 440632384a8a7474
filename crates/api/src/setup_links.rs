//! `/organizations/{organization}/connections/{connection}/setup-links`

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::{Extension, Json};
use runtime::app::App;
use service::setup_link::{NewSetupLink, SetupLinkView};
use service::{Actor, Listing, setup_link};
use utoipa_axum::router::OpenApiRouter;
use web::{JsonBody, ProblemResponse};

use super::path::{ConnectionPath, SetupLinkPath};

use crate::routes_macro::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(revoke))
}

/// List the setup links of a connection, newest first
#[utoipa::path(
    get, path = "/organizations/{organization}/connections/{connection}/setup-links",
    operation_id = "listSetupLinks", tag = "Setup links",
    params(ConnectionPath),
    responses((status = 200, body = Listing<SetupLinkView>)),
)]
async fn list(
    State(app): State<App>,
    Path(path): Path<ConnectionPath>,
) -> Result<Json<Listing<SetupLinkView>>, ProblemResponse> {
    Ok(Json(setup_link::list(&app, path.connection_ref()).await?))
}

/// Create a setup link
///
/// The recipient of the link can set up this connection without an account, and do nothing else. The recipient can
/// activate the connection only if the organization has verified a domain by DNS. The response contains the link, which
/// cannot be shown again.
#[utoipa::path(
    post, path = "/organizations/{organization}/connections/{connection}/setup-links",
    operation_id = "createSetupLink", tag = "Setup links",
    params(ConnectionPath),
    request_body(content = NewSetupLink, example = json!({"hours": 72, "email": "it@acme.example"})),
    responses((status = 201, body = SetupLinkView)),
)]
async fn create(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path(path): Path<ConnectionPath>,
    JsonBody(new): JsonBody<NewSetupLink>,
) -> Result<(StatusCode, Json<SetupLinkView>), ProblemResponse> {
    let created = setup_link::create(&app, &actor, path.connection_ref(), new).await?;
    Ok((StatusCode::CREATED, Json(created)))
}

/// Revoke a setup link
#[utoipa::path(
    post, path = "/organizations/{organization}/connections/{connection}/setup-links/{setup_link}/revoke",
    operation_id = "revokeSetupLink", tag = "Setup links",
    params(ConnectionPath, SetupLinkPath),
    responses((status = 200, body = SetupLinkView)),
)]
async fn revoke(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path(path): Path<ConnectionPath>,
    Path(link): Path<SetupLinkPath>,
) -> Result<Json<SetupLinkView>, ProblemResponse> {
    Ok(Json(
        setup_link::revoke(&app, &actor, path.connection_ref(), &link.setup_link).await?,
    ))
}
