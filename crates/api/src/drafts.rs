//! `/organizations/{organization}/connections/{connection}/draft` and `…/versions`

use axum::extract::{Path, State};
use axum::{Extension, Json};
use runtime::app::App;
use runtime::problem::Problem;
use service::connection::{
    ConnectionInput, ConnectionRef, ConnectionView, VersionView, WorkingCopyView,
};
use service::{Actor, Listing, connection};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{JsonPatch, ProblemResponse};

use super::if_match::{IfMatch, RevisionQuery};

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
    params(("organization" = String, Path, description = "The organization ID or slug."), ("connection" = String, Path, description = "The connection ID.")),
    responses((status = 200, body = WorkingCopyView)),
)]
async fn show(
    State(app): State<App>,
    Path((named, id)): Path<(String, String)>,
) -> Result<Json<WorkingCopyView>, ProblemResponse> {
    let shown =
        connection::show_working_copy(&app, ConnectionRef::InOrganization(&named, &id)).await?;
    Ok(Json(shown))
}

/// Update the draft of a connection
///
/// A connection that has been active gets a draft, which applies to sign-ins when it is published. A connection that was
/// never active is updated directly. Omitted fields stay as they are. `null` resets a field to its default.
#[utoipa::path(
    patch, path = "/organizations/{organization}/connections/{connection}/draft", operation_id = "updateDraft",
    tag = "Connections",
    params(("organization" = String, Path, description = "The organization ID or slug."), ("connection" = String, Path, description = "The connection ID.")),
    request_body(
        content = ConnectionInput, description = "The fields to change.",
        example = json!({"sign_on_url": "https://idp.acme.example/sso"}),
    ),
    responses((status = 200, body = WorkingCopyView)),
)]
async fn update(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path((named, id)): Path<(String, String)>,
    JsonPatch(change): JsonPatch,
) -> Result<Json<WorkingCopyView>, ProblemResponse> {
    let place = ConnectionRef::InOrganization(&named, &id);
    Ok(Json(
        connection::update_working_copy(&app, &actor, place, change).await?,
    ))
}

/// Discard the draft of a connection
#[utoipa::path(
    delete, path = "/organizations/{organization}/connections/{connection}/draft", operation_id = "discardDraft",
    tag = "Connections",
    params(
        ("organization" = String, Path, description = "The organization ID or slug."), ("connection" = String, Path, description = "The connection ID."), RevisionQuery,
    ),
    responses((status = 200, body = ConnectionView)),
)]
async fn discard(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path((named, id)): Path<(String, String)>,
    IfMatch(revision): IfMatch,
) -> Result<Json<ConnectionView>, ProblemResponse> {
    let place = ConnectionRef::InOrganization(&named, &id);
    Ok(Json(
        connection::discard_draft(&app, &actor, place, revision).await?,
    ))
}

/// Publish the draft of a connection
///
/// Members then sign in with its settings. The plan of the organization must include SAML SSO.
#[utoipa::path(
    post, path = "/organizations/{organization}/connections/{connection}/draft/publish", operation_id = "publishDraft",
    tag = "Connections",
    params(
        ("organization" = String, Path, description = "The organization ID or slug."), ("connection" = String, Path, description = "The connection ID."), RevisionQuery,
    ),
    responses((status = 200, body = ConnectionView)),
)]
async fn publish(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path((named, id)): Path<(String, String)>,
    IfMatch(revision): IfMatch,
) -> Result<Json<ConnectionView>, ProblemResponse> {
    let place = ConnectionRef::InOrganization(&named, &id);
    Ok(Json(
        connection::publish(&app, &actor, place, revision).await?,
    ))
}

/// List the published versions of a connection, newest first
#[utoipa::path(
    get, path = "/organizations/{organization}/connections/{connection}/versions", operation_id = "listVersions",
    tag = "Connections",
    params(("organization" = String, Path, description = "The organization ID or slug."), ("connection" = String, Path, description = "The connection ID.")),
    responses((status = 200, body = Listing<VersionView>)),
)]
async fn versions(
    State(app): State<App>,
    Path((named, id)): Path<(String, String)>,
) -> Result<Json<Listing<VersionView>>, ProblemResponse> {
    let listed = connection::versions(&app, ConnectionRef::InOrganization(&named, &id)).await?;
    Ok(Json(listed))
}

/// Restore a version of a connection
///
/// Publishes the settings of the version again, as a new version.
#[utoipa::path(
    post, path = "/organizations/{organization}/connections/{connection}/versions/{version}/restore",
    operation_id = "restoreVersion", tag = "Connections",
    params(
        ("organization" = String, Path, description = "The organization ID or slug."), ("connection" = String, Path, description = "The connection ID."),
        ("version" = String, Path, description = "The version number."), RevisionQuery,
    ),
    responses((status = 200, body = ConnectionView)),
)]
async fn restore(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path((named, id, number)): Path<(String, String, String)>,
    IfMatch(revision): IfMatch,
) -> Result<Json<ConnectionView>, ProblemResponse> {
    let place = ConnectionRef::InOrganization(&named, &id);
    let number = number
        .parse()
        .map_err(|_| Problem::not_found("version", &number))?;
    Ok(Json(
        connection::restore(&app, &actor, place, number, revision).await?,
    ))
}
