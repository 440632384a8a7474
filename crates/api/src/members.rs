//! `/organizations/{organization}/members`

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::{Extension, Json};
use runtime::app::App;
use service::member::{MemberSettings, MemberView, NewMember};
use service::{Actor, Listing, PageRequest, member};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{JsonBody, JsonPatch, ProblemResponse};

use super::pagination::Wanted;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, add))
        .routes(routes!(show, update, delete))
}

/// List members, oldest first
#[utoipa::path(
    get, path = "/organizations/{organization}/members", operation_id = "listMembers", tag = "Members",
    params(("organization" = String, Path, description = "Its id or slug."), PageRequest),
    responses((status = 200, body = Listing<MemberView>)),
)]
async fn list(
    State(app): State<App>,
    Path(named): Path<String>,
    Wanted(page): Wanted,
) -> Result<Json<Listing<MemberView>>, ProblemResponse> {
    Ok(Json(member::list(&app, &named, &page).await?))
}

/// Invite a member
#[utoipa::path(
    post, path = "/organizations/{organization}/members", operation_id = "addMember", tag = "Members",
    params(("organization" = String, Path, description = "Its id or slug.")),
    request_body = NewMember, responses((status = 201, body = MemberView)),
)]
async fn add(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path(named): Path<String>,
    JsonBody(new): JsonBody<NewMember>,
) -> Result<(StatusCode, Json<MemberView>), ProblemResponse> {
    Ok((
        StatusCode::CREATED,
        Json(member::add(&app, &actor, &named, new).await?),
    ))
}

/// Show a member
#[utoipa::path(
    get, path = "/organizations/{organization}/members/{member}", operation_id = "showMember", tag = "Members",
    params(("organization" = String, Path, description = "Its id or slug."), ("member" = String, Path)),
    responses((status = 200, body = MemberView)),
)]
async fn show(
    State(app): State<App>,
    Path((named, id)): Path<(String, String)>,
) -> Result<Json<MemberView>, ProblemResponse> {
    Ok(Json(member::show(&app, &named, &id).await?))
}

/// Change a member
///
/// What is left out stays as it is. Deactivating a member ends their sessions at once.
#[utoipa::path(
    patch, path = "/organizations/{organization}/members/{member}", operation_id = "updateMember", tag = "Members",
    params(("organization" = String, Path, description = "Its id or slug."), ("member" = String, Path)),
    request_body(content = MemberSettings, description = "Any of these fields."),
    responses((status = 200, body = MemberView)),
)]
async fn update(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path((named, id)): Path<(String, String)>,
    JsonPatch(change): JsonPatch,
) -> Result<Json<MemberView>, ProblemResponse> {
    Ok(Json(
        member::update(&app, &actor, (&named, &id), change).await?,
    ))
}

/// End a membership
#[utoipa::path(
    delete, path = "/organizations/{organization}/members/{member}", operation_id = "deleteMember", tag = "Members",
    params(("organization" = String, Path, description = "Its id or slug."), ("member" = String, Path)),
    responses((status = 204)),
)]
async fn delete(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path((named, id)): Path<(String, String)>,
) -> Result<StatusCode, ProblemResponse> {
    member::delete(&app, &actor, &named, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}
