//! `/applications`

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::{Extension, Json};
use runtime::app::App;
use service::application::{ApplicationSettings, ApplicationView};
use service::{Actor, Listing, PageRequest, application};
use utoipa_axum::router::OpenApiRouter;
use web::{JsonBody, JsonPatch, ProblemResponse};

use super::pagination::Pagination;

use crate::routes_macro::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(show, update, delete))
        .routes(routes!(rotate_secret))
}

/// Create an application
///
/// The response contains the client secret, which cannot be shown again.
#[utoipa::path(
    post, path = "/applications", operation_id = "createApplication", tag = "Applications",
    request_body(
        content = ApplicationSettings,
        example = json!({"name": "Acme Portal", "redirect_uris": ["https://app.example.com/callback"]}),
    ),
    responses((status = 201, body = ApplicationView)),
)]
async fn create(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    JsonBody(settings): JsonBody<ApplicationSettings>,
) -> Result<(StatusCode, Json<ApplicationView>), ProblemResponse> {
    Ok((
        StatusCode::CREATED,
        Json(application::create(&app, &actor, settings).await?),
    ))
}

/// List applications, oldest first
#[utoipa::path(
    get, path = "/applications", operation_id = "listApplications", tag = "Applications",
    params(PageRequest), responses((status = 200, body = Listing<ApplicationView>)),
)]
async fn list(
    State(app): State<App>,
    Pagination(page): Pagination,
) -> Result<Json<Listing<ApplicationView>>, ProblemResponse> {
    Ok(Json(application::list(&app, &page).await?))
}

/// Show an application
#[utoipa::path(
    get, path = "/applications/{application}", operation_id = "showApplication", tag = "Applications",
    params(("application" = String, Path, description = "The application ID: the `client_id`.")),
    responses((status = 200, body = ApplicationView)),
)]
async fn show(
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Json<ApplicationView>, ProblemResponse> {
    Ok(Json(application::show(&app, &id).await?))
}

/// Update an application
///
/// Omitted fields stay as they are. `null` resets a field to its default.
#[utoipa::path(
    patch, path = "/applications/{application}", operation_id = "updateApplication", tag = "Applications",
    params(("application" = String, Path, description = "The application ID: the `client_id`.")),
    request_body(
        content = ApplicationSettings, description = "The fields to change.",
        example = json!({"redirect_uris": ["https://app.example.com/callback", "https://staging.example.com/callback"]}),
    ),
    responses((status = 200, body = ApplicationView)),
)]
async fn update(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path(id): Path<String>,
    JsonPatch(change): JsonPatch,
) -> Result<Json<ApplicationView>, ProblemResponse> {
    Ok(Json(application::update(&app, &actor, &id, change).await?))
}

/// Delete an application
#[utoipa::path(
    delete, path = "/applications/{application}", operation_id = "deleteApplication", tag = "Applications",
    params(("application" = String, Path, description = "The application ID: the `client_id`.")),
    responses((status = 204)),
)]
async fn delete(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path(id): Path<String>,
) -> Result<StatusCode, ProblemResponse> {
    application::delete(&app, &actor, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Rotate the client secret of an application
///
/// The response contains the new secret, which cannot be shown again. The previous secret stops working.
#[utoipa::path(
    post, path = "/applications/{application}/secret", operation_id = "rotateApplicationSecret", tag = "Applications",
    params(("application" = String, Path, description = "The application ID: the `client_id`.")),
    responses((status = 200, body = ApplicationView)),
)]
async fn rotate_secret(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path(id): Path<String>,
) -> Result<Json<ApplicationView>, ProblemResponse> {
    Ok(Json(application::rotate_secret(&app, &actor, &id).await?))
}
