//! `/organizations/{organization}/sso-requirement`, exemptions and recovery codes

use axum::extract::{Path, State};
use axum::{Extension, Json};
use runtime::app::App;
use service::recovery::RecoveryCodes;
use service::sso_enforcement::{DryRun, Exemption};
use service::{Actor, recovery, sso_enforcement};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::ProblemResponse;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(show, undo))
        .routes(routes!(exempt, no_longer_exempt))
        .routes(routes!(recovery_codes))
}

/// Show who would be locked out if single sign-on were required, or is
///
/// Only somebody who has come through the identity provider a moment ago can require it, in the console.
#[utoipa::path(
    get, path = "/organizations/{organization}/sso-requirement", operation_id = "showSsoRequirement",
    tag = "Requiring single sign-on",
    params(("organization" = String, Path, description = "Its id or slug.")),
    responses((status = 200, body = DryRun)),
)]
async fn show(
    State(app): State<App>,
    Path(named): Path<String>,
) -> Result<Json<DryRun>, ProblemResponse> {
    Ok(Json(sso_enforcement::dry_run(&app, &named).await?))
}

/// Require single sign-on no longer
#[utoipa::path(
    delete, path = "/organizations/{organization}/sso-requirement", operation_id = "stopRequiringSso",
    tag = "Requiring single sign-on",
    params(("organization" = String, Path, description = "Its id or slug.")),
    responses((status = 200, body = DryRun)),
)]
async fn undo(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path(named): Path<String>,
) -> Result<Json<DryRun>, ProblemResponse> {
    Ok(Json(sso_enforcement::undo(&app, &actor, &named).await?))
}

/// Exempt a member from a requirement of single sign-on
#[utoipa::path(
    post, path = "/organizations/{organization}/members/{member}/sso-exemption", operation_id = "exemptMember",
    tag = "Requiring single sign-on",
    params(("organization" = String, Path, description = "Its id or slug."), ("member" = String, Path)),
    responses((status = 200, body = DryRun)),
)]
async fn exempt(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path((named, member)): Path<(String, String)>,
) -> Result<Json<DryRun>, ProblemResponse> {
    let place = (named.as_str(), member.as_str());
    let shown = sso_enforcement::exempt(&app, &actor, place, Exemption::Granted).await?;
    Ok(Json(shown))
}

/// Exempt a member no longer
#[utoipa::path(
    delete, path = "/organizations/{organization}/members/{member}/sso-exemption",
    operation_id = "exemptMemberNoLonger", tag = "Requiring single sign-on",
    params(("organization" = String, Path, description = "Its id or slug."), ("member" = String, Path)),
    responses((status = 200, body = DryRun)),
)]
async fn no_longer_exempt(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path((named, member)): Path<(String, String)>,
) -> Result<Json<DryRun>, ProblemResponse> {
    let place = (named.as_str(), member.as_str());
    let shown = sso_enforcement::exempt(&app, &actor, place, Exemption::Withdrawn).await?;
    Ok(Json(shown))
}

/// Give an administrator fresh recovery codes
///
/// They are in the answer once; those that the administrator had are worth nothing any more.
#[utoipa::path(
    post, path = "/organizations/{organization}/members/{member}/recovery-codes", operation_id = "issueRecoveryCodes",
    tag = "Requiring single sign-on",
    params(("organization" = String, Path, description = "Its id or slug."), ("member" = String, Path)),
    responses((status = 200, body = RecoveryCodes)),
)]
async fn recovery_codes(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path((named, member)): Path<(String, String)>,
) -> Result<Json<RecoveryCodes>, ProblemResponse> {
    let place = (named.as_str(), member.as_str());
    Ok(Json(recovery::issue(&app, &actor, place).await?))
}
