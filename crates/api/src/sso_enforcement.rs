//! `/organizations/{organization}/sso-enforcement`, exemptions and recovery codes

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::{Extension, Json};
use i18n::{Language, Localizer};
use runtime::app::App;
use service::recovery::RecoveryCodes;
use service::sso_enforcement::{DryRun, Exemption};
use service::{Actor, recovery, sso_enforcement};
use utoipa_axum::router::OpenApiRouter;
use web::ProblemResponse;

use super::path::MemberPath;

use crate::routes_macro::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(show, disable))
        .routes(routes!(exempt, remove_exemption))
        .routes(routes!(recovery_codes))
        .routes(routes!(confirm_recovery_codes))
}

/// Show SSO enforcement, or preview it
///
/// The response has the impact on each member. Only an administrator who has just signed in through the identity
/// provider can enforce SSO, in the console.
#[utoipa::path(
    get, path = "/organizations/{organization}/sso-enforcement", operation_id = "showSsoEnforcement",
    tag = "SSO enforcement",
    params(("organization" = String, Path, description = "The organization ID or slug.")),
    responses((status = 200, body = DryRun)),
)]
async fn show(
    State(app): State<App>,
    Path(named): Path<String>,
) -> Result<Json<DryRun>, ProblemResponse> {
    Ok(Json(sso_enforcement::dry_run(&app, &named).await?))
}

/// Stop enforcing SSO
#[utoipa::path(
    delete, path = "/organizations/{organization}/sso-enforcement", operation_id = "disableSsoEnforcement",
    tag = "SSO enforcement",
    params(("organization" = String, Path, description = "The organization ID or slug.")),
    responses((status = 200, body = DryRun)),
)]
async fn disable(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path(named): Path<String>,
) -> Result<Json<DryRun>, ProblemResponse> {
    // Without a page there is no preferred language for the mail.
    let text = Localizer::new(Language::English);
    let report = sso_enforcement::stop_enforcing(&app, &actor, &named, text).await?;
    Ok(Json(report))
}

/// Exempt a member from SSO enforcement
#[utoipa::path(
    post, path = "/organizations/{organization}/members/{member}/sso-exemption", operation_id = "exemptMember",
    tag = "SSO enforcement",
    params(MemberPath),
    responses((status = 200, body = DryRun)),
)]
async fn exempt(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path(path): Path<MemberPath>,
) -> Result<Json<DryRun>, ProblemResponse> {
    let report =
        sso_enforcement::exempt(&app, &actor, path.member_ref(), Exemption::Granted).await?;
    Ok(Json(report))
}

/// Remove the exemption of a member
#[utoipa::path(
    delete, path = "/organizations/{organization}/members/{member}/sso-exemption",
    operation_id = "removeMemberExemption", tag = "SSO enforcement",
    params(MemberPath),
    responses((status = 200, body = DryRun)),
)]
async fn remove_exemption(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path(path): Path<MemberPath>,
) -> Result<Json<DryRun>, ProblemResponse> {
    let report =
        sso_enforcement::exempt(&app, &actor, path.member_ref(), Exemption::Withdrawn).await?;
    Ok(Json(report))
}

/// Generate recovery codes for an administrator
///
/// The response contains the codes, which cannot be shown again. The previous codes stop working. Confirm that the new ones
/// are saved: only then they count as a way to regain access.
#[utoipa::path(
    post, path = "/organizations/{organization}/members/{member}/recovery-codes", operation_id = "issueRecoveryCodes",
    tag = "SSO enforcement",
    params(MemberPath),
    responses((status = 200, body = RecoveryCodes)),
)]
async fn recovery_codes(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path(path): Path<MemberPath>,
) -> Result<Json<RecoveryCodes>, ProblemResponse> {
    Ok(Json(
        recovery::issue(&app, &actor, path.member_ref()).await?,
    ))
}

/// Confirm that recovery codes are saved
///
/// SSO can be enforced when an administrator has saved recovery codes, or another way to sign in without the identity
/// provider. `409` with `no-recovery-codes` if the member has no unused code.
#[utoipa::path(
    post, path = "/organizations/{organization}/members/{member}/recovery-codes/confirm",
    operation_id = "confirmRecoveryCodes", tag = "SSO enforcement",
    params(MemberPath),
    responses((status = 204)),
)]
async fn confirm_recovery_codes(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path(path): Path<MemberPath>,
) -> Result<StatusCode, ProblemResponse> {
    recovery::confirm_saved(&app, &actor, path.member_ref()).await?;
    Ok(StatusCode::NO_CONTENT)
}
