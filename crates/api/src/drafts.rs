//! `/organizations/{organization}/connections/{connection}/draft` and `…/versions`

use axum::extract::{Path, State};
use axum::{Extension, Json};
use runtime::app::App;
use runtime::problem::Problem;
use service::connection::{ConnectionInput, ConnectionView, VersionView, WorkingCopyView};
use service::{Actor, Listing, connection};
use utoipa_axum::router::OpenApiRouter;
use web::{JsonPatch, ProblemResponse};

use super::if_match::{IfMatch, RevisionQuery};
use super::path::{ConnectionPath, VersionPath};

use crate::routes_macro::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(show, update, discard))
        .routes(routes!(publish))
        .routes(routes!(versions))
        .routes(routes!(restore))
}

/// Show the working copy of a connection
///
/// The connection with the settings of its draft, if it has one.
#[utoipa::path(
    get, path = "/organizations/{organization}/connections/{connection}/draft", operation_id = "showDraft",
    tag = "Connections",
    params(ConnectionPath),
    responses((status = 200, body = WorkingCopyView)),
)]
async fn show(
    State(app): State<App>,
    Path(path): Path<ConnectionPath>,
) -> Result<Json<WorkingCopyView>, ProblemResponse> {
    let draft = connection::show_working_copy(&app, path.connection_ref()).await?;
    Ok(Json(draft))
}

/// Update the draft of a connection
///
/// A connection that has been active gets a draft, which applies to sign-ins when it is published. A connection that was
/// never active is updated directly. Omitted fields stay as they are. `null` resets a field to its default.
#[utoipa::path(
    patch, path = "/organizations/{organization}/connections/{connection}/draft", operation_id = "updateDraft",
    tag = "Connections",
    params(ConnectionPath),
    request_body(
        content = ConnectionInput, description = "The fields to change.",
        example = json!({"sign_on_url": "https://idp.acme.example/sso"}),
    ),
    responses((status = 200, body = WorkingCopyView)),
)]
async fn update(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path(path): Path<ConnectionPath>,
    JsonPatch(change): JsonPatch,
) -> Result<Json<WorkingCopyView>, ProblemResponse> {
    Ok(Json(
        connection::update_working_copy(&app, &actor, path.connection_ref(), change).await?,
    ))
}

/// Discard the draft of a connection
#[utoipa::path(
    delete, path = "/organizations/{organization}/connections/{connection}/draft", operation_id = "discardDraft",
    tag = "Connections",
    params(ConnectionPath, RevisionQuery),
    responses((status = 200, body = ConnectionView)),
)]
async fn discard(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path(path): Path<ConnectionPath>,
    IfMatch(revision): IfMatch,
) -> Result<Json<ConnectionView>, ProblemResponse> {
    Ok(Json(
        connection::discard_draft(&app, &actor, path.connection_ref(), revision).await?,
    ))
}

/// Publish the draft of a connection
///
/// Members then sign in with its settings. The plan of the organization must include SAML SSO.
#[utoipa::path(
    post, path = "/organizations/{organization}/connections/{connection}/draft/publish", operation_id = "publishDraft",
    tag = "Connections",
    params(ConnectionPath, RevisionQuery),
    responses((status = 200, body = ConnectionView)),
)]
async fn publish(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path(path): Path<ConnectionPath>,
    IfMatch(revision): IfMatch,
) -> Result<Json<ConnectionView>, ProblemResponse> {
    Ok(Json(
        connection::publish(&app, &actor, path.connection_ref(), revision).await?,
    ))
}

/// List the published versions of a connection, newest first
#[utoipa::path(
    get, path = "/organizations/{organization}/connections/{connection}/versions", operation_id = "listVersions",
    tag = "Connections",
    params(ConnectionPath),
    responses((status = 200, body = Listing<VersionView>)),
)]
async fn versions(
    State(app): State<App>,
    Path(path): Path<ConnectionPath>,
) -> Result<Json<Listing<VersionView>>, ProblemResponse> {
    let listed = connection::versions(&app, path.connection_ref()).await?;
    Ok(Json(listed))
}

/// Restore a version of a connection
///
/// Publishes the settings of the version again, as a new version.
#[utoipa::path(
    post, path = "/organizations/{organization}/connections/{connection}/versions/{version}/restore",
    operation_id = "restoreVersion", tag = "Connections",
    params(ConnectionPath, VersionPath, RevisionQuery),
    responses((status = 200, body = ConnectionView)),
)]
async fn restore(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path(path): Path<ConnectionPath>,
    Path(version): Path<VersionPath>,
    IfMatch(revision): IfMatch,
) -> Result<Json<ConnectionView>, ProblemResponse> {
    let number = version
        .version
        .parse()
        .map_err(|_| Problem::not_found("version", &version.version))?;
    Ok(Json(
        connection::restore(&app, &actor, path.connection_ref(), number, revision).await?,
    ))
}
