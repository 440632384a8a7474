//! `/organizations/{organization}/sign-in-attempts`

use axum::Json;
use axum::extract::{Path, State};
use axum::http::header::CONTENT_LANGUAGE;
use axum::response::IntoResponse;
use guide::diagnosis::{DiagnosedAttempt, DiagnosedAttemptView};
use runtime::app::App;
use service::sign_in_attempt::{AttemptListing, AttemptQuery};
use service::{PageRequest, sign_in_attempt};
use utoipa_axum::router::OpenApiRouter;
use web::{ProblemResponse, RequestLanguage};

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

/// Show a sign-in attempt with all checks, and why it failed
#[utoipa::path(
    get, path = "/organizations/{organization}/sign-in-attempts/{attempt}", operation_id = "showSignInAttempt",
    tag = "Sign-in attempts",
    params(("organization" = String, Path, description = "The organization ID or slug."), ("attempt" = String, Path, description = "The attempt ID."),
        ("Accept-Language" = Option<String>, Header, description = "The language of the explanations: `en`, `fr`, `nl` or `de`. Default: `en`.", example = "de")),
    responses((status = 200, body = DiagnosedAttemptView)),
)]
async fn show(
    State(app): State<App>,
    language: RequestLanguage,
    Path((org_id_or_slug, id)): Path<(String, String)>,
) -> Result<impl IntoResponse, ProblemResponse> {
    let text = language.localizer(&[]);
    let attempt = DiagnosedAttempt::load(&app, text, &org_id_or_slug, &id).await?;
    let view = DiagnosedAttemptView::new(&app, text, attempt);
    Ok(([(CONTENT_LANGUAGE, text.tag())], Json(view)))
}
