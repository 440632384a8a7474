//! `/organizations/{organization}/connections/{connection}/draft` and `…/versions`

use axum::extract::{Path, State};
use axum::{Extension, Json};
use runtime::app::App;
use runtime::problem::Problem;
use service::connection::{ConnectionInput, ConnectionView, Place, VersionView, WorkingView};
use service::{Actor, Listing, connection};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{JsonPatch, ProblemResponse};

use super::if_match::{Seen, SeenQuery};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(show, revise, discard))
        .routes(routes!(publish))
        .routes(routes!(versions))
        .routes(routes!(restore))
}

/// Show a connection as it is being worked on
///
/// With the settings of its draft, if it has one beside those with which members sign in.
#[utoipa::path(
    get, path = "/organizations/{organization}/connections/{connection}/draft", operation_id = "showDraft",
    tag = "Connections",
    params(("organization" = String, Path, description = "Its id or slug."), ("connection" = String, Path)),
    responses((status = 200, body = WorkingView)),
)]
async fn show(
    State(app): State<App>,
    Path((named, id)): Path<(String, String)>,
) -> Result<Json<WorkingView>, ProblemResponse> {
    let shown = connection::show_working(&app, Place::In(&named, &id)).await?;
    Ok(Json(shown))
}

/// Change a connection without members noticing
///
/// A connection that has been active gets a draft beside it, which takes effect when it is published. Any other is
/// changed itself. What is left out stays as it is; `null` puts back what holds by default.
#[utoipa::path(
    patch, path = "/organizations/{organization}/connections/{connection}/draft", operation_id = "updateDraft",
    tag = "Connections",
    params(("organization" = String, Path, description = "Its id or slug."), ("connection" = String, Path)),
    request_body(content = ConnectionInput, description = "Any of these fields."),
    responses((status = 200, body = WorkingView)),
)]
async fn revise(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path((named, id)): Path<(String, String)>,
    JsonPatch(change): JsonPatch,
) -> Result<Json<WorkingView>, ProblemResponse> {
    let place = Place::In(&named, &id);
    Ok(Json(connection::revise(&app, &actor, place, change).await?))
}

/// Throw a draft away
#[utoipa::path(
    delete, path = "/organizations/{organization}/connections/{connection}/draft", operation_id = "discardDraft",
    tag = "Connections",
    params(
        ("organization" = String, Path, description = "Its id or slug."), ("connection" = String, Path), SeenQuery,
    ),
    responses((status = 200, body = ConnectionView)),
)]
async fn discard(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path((named, id)): Path<(String, String)>,
    Seen(seen): Seen,
) -> Result<Json<ConnectionView>, ProblemResponse> {
    let place = Place::In(&named, &id);
    Ok(Json(
        connection::discard_draft(&app, &actor, place, seen).await?,
    ))
}

/// Let members sign in with the settings of a draft
#[utoipa::path(
    post, path = "/organizations/{organization}/connections/{connection}/draft/publish", operation_id = "publishDraft",
    tag = "Connections",
    params(
        ("organization" = String, Path, description = "Its id or slug."), ("connection" = String, Path), SeenQuery,
    ),
    responses((status = 200, body = ConnectionView)),
)]
async fn publish(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path((named, id)): Path<(String, String)>,
    Seen(seen): Seen,
) -> Result<Json<ConnectionView>, ProblemResponse> {
    let place = Place::In(&named, &id);
    Ok(Json(connection::publish(&app, &actor, place, seen).await?))
}

/// List the settings with which members have signed in, newest first
#[utoipa::path(
    get, path = "/organizations/{organization}/connections/{connection}/versions", operation_id = "listVersions",
    tag = "Connections",
    params(("organization" = String, Path, description = "Its id or slug."), ("connection" = String, Path)),
    responses((status = 200, body = Listing<VersionView>)),
)]
async fn versions(
    State(app): State<App>,
    Path((named, id)): Path<(String, String)>,
) -> Result<Json<Listing<VersionView>>, ProblemResponse> {
    let listed = connection::versions(&app, Place::In(&named, &id)).await?;
    Ok(Json(listed))
}

/// Let members sign in with the settings of a version again
#[utoipa::path(
    post, path = "/organizations/{organization}/connections/{connection}/versions/{version}/restore",
    operation_id = "restoreVersion", tag = "Connections",
    params(
        ("organization" = String, Path, description = "Its id or slug."), ("connection" = String, Path),
        ("version" = String, Path, description = "Its number."), SeenQuery,
    ),
    responses((status = 200, body = ConnectionView)),
)]
async fn restore(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path((named, id, number)): Path<(String, String, String)>,
    Seen(seen): Seen,
) -> Result<Json<ConnectionView>, ProblemResponse> {
    let place = Place::In(&named, &id);
    let number = number
        .parse()
        .map_err(|_| Problem::not_found("version", &number))?;
    Ok(Json(
        connection::restore(&app, &actor, place, (number, seen)).await?,
    ))
}
