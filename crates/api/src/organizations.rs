//! `/organizations`

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::{Extension, Json};
use runtime::app::App;
use service::organization::{
    NewOrganization, OrganizationQuery, OrganizationSettings, OrganizationView,
};
use service::{Actor, Listing, PageRequest, organization};
use utoipa_axum::router::OpenApiRouter;
use web::{JsonBody, JsonPatch, ProblemResponse};

use super::pagination::Filtered;

use crate::routes_macro::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(show, update, delete))
}

/// Create an organization
#[utoipa::path(
    post, path = "/organizations", operation_id = "createOrganization", tag = "Organizations",
    request_body(content = NewOrganization, example = json!({"name": "Acme", "slug": "acme", "plan": "enterprise"})),
    responses((status = 201, body = OrganizationView)),
)]
async fn create(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    JsonBody(new): JsonBody<NewOrganization>,
) -> Result<(StatusCode, Json<OrganizationView>), ProblemResponse> {
    Ok((
        StatusCode::CREATED,
        Json(organization::create(&app, &actor, new).await?),
    ))
}

/// List organizations, oldest first
#[utoipa::path(
    get, path = "/organizations", operation_id = "listOrganizations", tag = "Organizations",
    params(OrganizationQuery, PageRequest), responses((status = 200, body = Listing<OrganizationView>)),
)]
async fn list(
    State(app): State<App>,
    Filtered { filter, page }: Filtered<OrganizationQuery>,
) -> Result<Json<Listing<OrganizationView>>, ProblemResponse> {
    Ok(Json(organization::list(&app, &filter, &page).await?))
}

/// Show an organization
#[utoipa::path(
    get, path = "/organizations/{organization}", operation_id = "showOrganization", tag = "Organizations",
    params(("organization" = String, Path, description = "The organization ID or slug.")),
    responses((status = 200, body = OrganizationView)),
)]
async fn show(
    State(app): State<App>,
    Path(org_id_or_slug): Path<String>,
) -> Result<Json<OrganizationView>, ProblemResponse> {
    Ok(Json(organization::show(&app, &org_id_or_slug).await?))
}

/// Update an organization
///
/// Omitted fields stay as they are. A plan without SAML SSO stops sign-ins through the connections of the organization
/// immediately.
#[utoipa::path(
    patch, path = "/organizations/{organization}", operation_id = "updateOrganization", tag = "Organizations",
    params(("organization" = String, Path, description = "The organization ID or slug.")),
    request_body(
        content = OrganizationSettings, description = "The fields to change.", example = json!({"plan": "enterprise"}),
    ),
    responses((status = 200, body = OrganizationView)),
)]
async fn update(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path(org_id_or_slug): Path<String>,
    JsonPatch(change): JsonPatch,
) -> Result<Json<OrganizationView>, ProblemResponse> {
    Ok(Json(
        organization::update(&app, &actor, &org_id_or_slug, change).await?,
    ))
}

/// Delete an organization
///
/// Its members, connections and domains are deleted too.
#[utoipa::path(
    delete, path = "/organizations/{organization}", operation_id = "deleteOrganization", tag = "Organizations",
    params(("organization" = String, Path, description = "The organization ID or slug.")),
    responses((status = 204)),
)]
async fn delete(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path(org_id_or_slug): Path<String>,
) -> Result<StatusCode, ProblemResponse> {
    organization::delete(&app, &actor, &org_id_or_slug).await?;
    Ok(StatusCode::NO_CONTENT)
}
