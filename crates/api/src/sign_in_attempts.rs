//! `/organizations/{organization}/sign-in-attempts`

use axum::Json;
use axum::extract::{Path, State};
use runtime::app::App;
use service::sign_in_attempt::{AttemptListing, AttemptQuery, AttemptView};
use service::{PageRequest, sign_in_attempt};
use utoipa_axum::router::OpenApiRouter;
use web::ProblemResponse;

use super::pagination::Filtered;

use crate::routes_macro::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(show))
}

/// List sign-in attempts, newest first
#[utoipa::path(
    get, path = "/organizations/{organization}/sign-in-attempts", operation_id = "listSignInAttempts",
    tag = "Sign-in attempts",
    params(("organization" = String, Path, description = "The organization ID or slug."), AttemptQuery, PageRequest),
    responses((status = 200, body = AttemptListing)),
)]
async fn list(
    State(app): State<App>,
    Path(org_id_or_slug): Path<String>,
    Filtered { filter, page }: Filtered<AttemptQuery>,
) -> Result<Json<AttemptListing>, ProblemResponse> {
    let attempts = sign_in_attempt::list(&app, &org_id_or_slug, &filter, &page).await?;
    Ok(Json(attempts))
}

/// Show a sign-in attempt with all checks
#[utoipa::path(
    get, path = "/organizations/{organization}/sign-in-attempts/{attempt}", operation_id = "showSignInAttempt",
    tag = "Sign-in attempts",
    params(("organization" = String, Path, description = "The organization ID or slug."), ("attempt" = String, Path, description = "The attempt ID.")),
    responses((status = 200, body = AttemptView)),
)]
async fn show(
    State(app): State<App>,
    Path((org_id_or_slug, id)): Path<(String, String)>,
) -> Result<Json<AttemptView>, ProblemResponse> {
    Ok(Json(
        sign_in_attempt::show(&app, &org_id_or_slug, &id).await?,
    ))
}
