//! `/organizations/{organization}/sign-in-attempts`

use axum::Json;
use axum::extract::{Path, State};
use runtime::app::App;
use service::sign_in_attempt::AttemptView;
use service::{Listing, PageRequest, sign_in_attempt};
use utoipa_axum::router::OpenApiRouter;
use web::ProblemResponse;

use super::pagination::Pagination;

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
    params(("organization" = String, Path, description = "The organization ID or slug."), PageRequest),
    responses((status = 200, body = Listing<AttemptView>)),
)]
async fn list(
    State(app): State<App>,
    Path(org_id_or_slug): Path<String>,
    Pagination(page): Pagination,
) -> Result<Json<Listing<AttemptView>>, ProblemResponse> {
    Ok(Json(
        sign_in_attempt::list(&app, &org_id_or_slug, &page).await?,
    ))
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
