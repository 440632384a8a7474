//! `/organizations/{organization}/account-moves`

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::{Extension, Json};
use runtime::app::App;
use service::account_move::{AccountMovePreview, AccountMoveView, NewAccountMove};
use service::{Actor, Listing, account_move};
use utoipa_axum::router::OpenApiRouter;
use web::{JsonBody, ProblemResponse};

use crate::routes_macro::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, start))
        .routes(routes!(preview))
        .routes(routes!(undo))
}

/// List the moves of members between connections, newest first
#[utoipa::path(
    get, path = "/organizations/{organization}/account-moves", operation_id = "listAccountMoves", tag = "Members",
    params(("organization" = String, Path, description = "The organization ID or slug.")),
    responses((status = 200, body = Listing<AccountMoveView>)),
)]
async fn list(
    State(app): State<App>,
    Path(organization): Path<String>,
) -> Result<Json<Listing<AccountMoveView>>, ProblemResponse> {
    Ok(Json(account_move::list(&app, &organization).await?))
}

/// Preview a move of members between connections
///
/// Changes nothing. The members who would not be moved are listed with the reason.
#[utoipa::path(
    post, path = "/organizations/{organization}/account-moves/preview", operation_id = "previewAccountMove",
    tag = "Members",
    params(("organization" = String, Path, description = "The organization ID or slug.")),
    request_body(content = NewAccountMove, example = json!({"from": "con_4xk6t7yq2m5c3w6lz4ys2n7pba", "to": "con_7pqxk5zr3ms2n6tq4yw7lb5cwe"})),
    responses((status = 200, body = AccountMovePreview)),
)]
async fn preview(
    State(app): State<App>,
    Path(organization): Path<String>,
    JsonBody(new): JsonBody<NewAccountMove>,
) -> Result<Json<AccountMovePreview>, ProblemResponse> {
    Ok(Json(
        account_move::preview(&app, &organization, &new).await?,
    ))
}

/// Move members to another connection
///
/// A member with an account at the first connection keeps the member ID when they first sign in through the second one
/// with the same verified email address. The account at the first connection stays.
#[utoipa::path(
    post, path = "/organizations/{organization}/account-moves", operation_id = "startAccountMove", tag = "Members",
    params(("organization" = String, Path, description = "The organization ID or slug.")),
    request_body(content = NewAccountMove, example = json!({"from": "con_4xk6t7yq2m5c3w6lz4ys2n7pba", "to": "con_7pqxk5zr3ms2n6tq4yw7lb5cwe"})),
    responses((status = 201, body = AccountMoveView)),
)]
async fn start(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path(organization): Path<String>,
    JsonBody(new): JsonBody<NewAccountMove>,
) -> Result<(StatusCode, Json<AccountMoveView>), ProblemResponse> {
    let started = account_move::start(&app, &actor, &organization, &new).await?;
    Ok((StatusCode::CREATED, Json(started)))
}

/// Undo a move of members
///
/// Members who have moved lose the account at the second connection, and their sessions end.
#[utoipa::path(
    post, path = "/organizations/{organization}/account-moves/{move}/undo", operation_id = "undoAccountMove",
    tag = "Members",
    params(
        ("organization" = String, Path, description = "The organization ID or slug."),
        ("move" = String, Path, description = "The move ID."),
    ),
    responses((status = 200, body = AccountMoveView)),
)]
async fn undo(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path((organization, id)): Path<(String, String)>,
) -> Result<Json<AccountMoveView>, ProblemResponse> {
    Ok(Json(
        account_move::undo(&app, &actor, &organization, &id).await?,
    ))
}
