//! `/organizations/{organization}/attempts`

use axum::Json;
use axum::extract::{Path, State};
use runtime::app::App;
use service::sign_in_attempt::AttemptView;
use service::{Listing, PageRequest, sign_in_attempt};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::ProblemResponse;

use super::pagination::Wanted;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(show))
}

/// List attempts to sign in, newest first
#[utoipa::path(
    get, path = "/organizations/{organization}/attempts", operation_id = "listAttempts", tag = "Attempts",
    params(("organization" = String, Path, description = "Its id or slug."), PageRequest),
    responses((status = 200, body = Listing<AttemptView>)),
)]
async fn list(
    State(app): State<App>,
    Path(named): Path<String>,
    Wanted(page): Wanted,
) -> Result<Json<Listing<AttemptView>>, ProblemResponse> {
    Ok(Json(sign_in_attempt::list(&app, &named, &page).await?))
}

/// Show an attempt with every check
#[utoipa::path(
    get, path = "/organizations/{organization}/attempts/{attempt}", operation_id = "showAttempt", tag = "Attempts",
    params(("organization" = String, Path, description = "Its id or slug."), ("attempt" = String, Path)),
    responses((status = 200, body = AttemptView)),
)]
async fn show(
    State(app): State<App>,
    Path((named, id)): Path<(String, String)>,
) -> Result<Json<AttemptView>, ProblemResponse> {
    Ok(Json(sign_in_attempt::show(&app, &named, &id).await?))
}
