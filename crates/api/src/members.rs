//! `/organizations/{organization}/members`

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::{Extension, Json};
use i18n::{Language, Localizer};
use runtime::app::App;
use service::invitation::{Inviter, InviterKind};
use service::member::{
    AccountView, MemberMerge, MemberQuery, MemberSettings, MemberView, MergePreview, NewMember,
};
use service::{Actor, Listing, PageRequest, invitation, member};
use utoipa_axum::router::OpenApiRouter;
use web::{JsonBody, JsonPatch, ProblemResponse};

use super::pagination::Filtered;
use super::path::MemberPath;

use crate::routes_macro::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, add))
        .routes(routes!(show, update, delete))
        .routes(routes!(list_accounts))
        .routes(routes!(list_duplicates))
        .routes(routes!(preview_merge))
        .routes(routes!(merge))
        .routes(routes!(resend_invitation))
        .routes(routes!(withdraw_invitation))
}

/// List members, oldest first
#[utoipa::path(
    get, path = "/organizations/{organization}/members", operation_id = "listMembers", tag = "Members",
    params(("organization" = String, Path, description = "The organization ID or slug."), MemberQuery, PageRequest),
    responses((status = 200, body = Listing<MemberView>)),
)]
async fn list(
    State(app): State<App>,
    Path(organization): Path<String>,
    Filtered { filter, page }: Filtered<MemberQuery>,
) -> Result<Json<Listing<MemberView>>, ProblemResponse> {
    let members = member::list(&app, &organization, &filter, &page).await?;
    Ok(Json(members))
}

/// Invite a member
///
/// The invitation is mailed to the address, unless `send_email` is false or the server sends no email. Members sign in
/// through the identity provider; the email to an administrator has a link that signs in to the console.
#[utoipa::path(
    post, path = "/organizations/{organization}/members", operation_id = "addMember", tag = "Members",
    params(("organization" = String, Path, description = "The organization ID or slug.")),
    request_body(content = NewMember, example = json!({"email": "ada@acme.example", "role": "admin"})),
    responses((status = 201, body = MemberView)),
)]
async fn add(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path(organization): Path<String>,
    JsonBody(new): JsonBody<NewMember>,
) -> Result<(StatusCode, Json<MemberView>), ProblemResponse> {
    let invited = invitation::invite(&app, &inviter(actor), &organization, new).await?;
    Ok((StatusCode::CREATED, Json(invited.member)))
}

/// A program never sees the link of the invited person. Without a page there is no preferred language.
const fn inviter(actor: Actor) -> Inviter {
    Inviter {
        actor,
        text: Localizer::new(Language::English),
        kind: InviterKind::OrgAdmin,
    }
}

/// Show a member
#[utoipa::path(
    get, path = "/organizations/{organization}/members/{member}", operation_id = "showMember", tag = "Members",
    params(MemberPath),
    responses((status = 200, body = MemberView)),
)]
async fn show(
    State(app): State<App>,
    Path(path): Path<MemberPath>,
) -> Result<Json<MemberView>, ProblemResponse> {
    Ok(Json(member::show(&app, path.member_ref()).await?))
}

/// Update a member
///
/// Omitted fields stay as they are. A deactivated member is signed out immediately.
#[utoipa::path(
    patch, path = "/organizations/{organization}/members/{member}", operation_id = "updateMember", tag = "Members",
    params(MemberPath),
    request_body(
        content = MemberSettings, description = "The fields to change.", example = json!({"role": "admin"}),
    ),
    responses((status = 200, body = MemberView)),
)]
async fn update(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path(path): Path<MemberPath>,
    JsonPatch(change): JsonPatch,
) -> Result<Json<MemberView>, ProblemResponse> {
    Ok(Json(
        member::update(&app, &actor, path.member_ref(), change).await?,
    ))
}

/// Delete a member
#[utoipa::path(
    delete, path = "/organizations/{organization}/members/{member}", operation_id = "deleteMember", tag = "Members",
    params(MemberPath),
    responses((status = 204)),
)]
async fn delete(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path(path): Path<MemberPath>,
) -> Result<StatusCode, ProblemResponse> {
    member::delete(&app, &actor, path.member_ref()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// List the accounts of a member at identity providers
#[utoipa::path(
    get, path = "/organizations/{organization}/members/{member}/accounts", operation_id = "listMemberAccounts",
    tag = "Members",
    params(MemberPath),
    responses((status = 200, body = Listing<AccountView>)),
)]
async fn list_accounts(
    State(app): State<App>,
    Path(path): Path<MemberPath>,
) -> Result<Json<Listing<AccountView>>, ProblemResponse> {
    Ok(Json(member::list_accounts(&app, path.member_ref()).await?))
}

/// List the other members with the same verified email address
///
/// They may be the same person with another account. Merge them if they are.
#[utoipa::path(
    get, path = "/organizations/{organization}/members/{member}/duplicates", operation_id = "listMemberDuplicates",
    tag = "Members",
    params(MemberPath),
    responses((status = 200, body = Listing<MemberView>)),
)]
async fn list_duplicates(
    State(app): State<App>,
    Path(path): Path<MemberPath>,
) -> Result<Json<Listing<MemberView>>, ProblemResponse> {
    Ok(Json(
        member::list_duplicates(&app, path.member_ref()).await?,
    ))
}

/// Tell what merging another member into a member would do
///
/// Changes nothing. The role and the recovery codes of the deleted member are lost.
#[utoipa::path(
    post, path = "/organizations/{organization}/members/{member}/merge/preview", operation_id = "previewMemberMerge",
    tag = "Members",
    params(MemberPath),
    request_body(content = MemberMerge, example = json!({"from": "mem_4xk6t7yq2m5c3w6lz4ys2n7pba"})),
    responses((status = 200, body = MergePreview)),
)]
async fn preview_merge(
    State(app): State<App>,
    Path(path): Path<MemberPath>,
    JsonBody(merge): JsonBody<MemberMerge>,
) -> Result<Json<MergePreview>, ProblemResponse> {
    let preview = member::preview_merge(&app, path.member_ref(), &merge).await?;
    Ok(Json(preview))
}

/// Merge another member into a member
///
/// The member of the path keeps ID, profile and role, and receives the accounts of the other one, who is deleted and
/// signed out. Both must be active and have the same verified email address. It cannot be undone. `409` with `last-admin` if
/// the organization would have no active administrator any more.
#[utoipa::path(
    post, path = "/organizations/{organization}/members/{member}/merge", operation_id = "mergeMembers", tag = "Members",
    params(MemberPath),
    request_body(content = MemberMerge, example = json!({"from": "mem_4xk6t7yq2m5c3w6lz4ys2n7pba"})),
    responses((status = 200, body = MemberView)),
)]
async fn merge(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path(path): Path<MemberPath>,
    JsonBody(merge): JsonBody<MemberMerge>,
) -> Result<Json<MemberView>, ProblemResponse> {
    let merged = member::merge(&app, &actor, path.member_ref(), merge).await?;
    Ok(Json(merged))
}

/// Send an invitation again
///
/// The email to an administrator has a new link. `409` with `not-invited` if the member has signed in already.
#[utoipa::path(
    post, path = "/organizations/{organization}/members/{member}/resend-invitation", operation_id = "resendInvitation",
    tag = "Members",
    params(MemberPath),
    responses((status = 200, body = MemberView)),
)]
async fn resend_invitation(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path(path): Path<MemberPath>,
) -> Result<Json<MemberView>, ProblemResponse> {
    let sent = invitation::resend(&app, &inviter(actor), path.member_ref()).await?;
    Ok(Json(sent.member))
}

/// Withdraw an invitation
///
/// The member is deleted, and the link of the email stops working. `409` with `not-invited` if the member has signed in
/// already.
#[utoipa::path(
    post, path = "/organizations/{organization}/members/{member}/withdraw-invitation",
    operation_id = "withdrawInvitation", tag = "Members",
    params(MemberPath),
    responses((status = 204)),
)]
async fn withdraw_invitation(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path(path): Path<MemberPath>,
) -> Result<StatusCode, ProblemResponse> {
    invitation::withdraw(&app, &actor, path.member_ref()).await?;
    Ok(StatusCode::NO_CONTENT)
}
