//! `/organizations/{organization}/domains`

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::{Extension, Json};
use runtime::app::App;
use service::domain::{DomainSettings, DomainView, NewDomain};
use service::{Actor, Listing, domain};
use utoipa_axum::router::OpenApiRouter;
use web::{JsonBody, JsonPatch, ProblemResponse};

use crate::routes_macro::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, add))
        .routes(routes!(update, remove))
        .routes(routes!(check))
}

/// List the domains of an organization
#[utoipa::path(
    get, path = "/organizations/{organization}/domains", operation_id = "listDomains", tag = "Domains",
    params(("organization" = String, Path, description = "The organization ID or slug.")),
    responses((status = 200, body = Listing<DomainView>)),
)]
async fn list(
    State(app): State<App>,
    Path(named): Path<String>,
) -> Result<Json<Listing<DomainView>>, ProblemResponse> {
    Ok(Json(domain::list(&app, &named).await?))
}

/// Add a domain to an organization
///
/// Members with an email address in a verified domain sign in through the connection of the organization. The domain is
/// verified immediately. With `verification` set to `dns`, the response contains a DNS record, and the domain is verified when the
/// record is published. The record is checked on request and every day.
#[utoipa::path(
    post, path = "/organizations/{organization}/domains", operation_id = "addDomain", tag = "Domains",
    params(("organization" = String, Path, description = "The organization ID or slug.")),
    request_body(content = NewDomain, example = json!({"domain": "acme.example", "verification": "dns"})),
    responses((status = 201, body = DomainView)),
)]
async fn add(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path(named): Path<String>,
    JsonBody(new): JsonBody<NewDomain>,
) -> Result<(StatusCode, Json<DomainView>), ProblemResponse> {
    Ok((
        StatusCode::CREATED,
        Json(domain::add(&app, &actor, &named, new).await?),
    ))
}

/// Update a domain of an organization
#[utoipa::path(
    patch, path = "/organizations/{organization}/domains/{domain}", operation_id = "updateDomain", tag = "Domains",
    params(("organization" = String, Path, description = "The organization ID or slug."), ("domain" = String, Path, description = "The domain name.")),
    request_body(
        content = DomainSettings, description = "The fields to change.", example = json!({"include_subdomains": true}),
    ),
    responses((status = 200, body = DomainView)),
)]
async fn update(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path((named, domain)): Path<(String, String)>,
    JsonPatch(change): JsonPatch,
) -> Result<Json<DomainView>, ProblemResponse> {
    Ok(Json(
        domain::update(&app, &actor, &named, &domain, change).await?,
    ))
}

/// Remove a domain from an organization
#[utoipa::path(
    delete, path = "/organizations/{organization}/domains/{domain}", operation_id = "removeDomain", tag = "Domains",
    params(("organization" = String, Path, description = "The organization ID or slug."), ("domain" = String, Path, description = "The domain name.")),
    responses((status = 204)),
)]
async fn remove(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path((named, domain)): Path<(String, String)>,
) -> Result<StatusCode, ProblemResponse> {
    domain::remove(&app, &actor, &named, &domain).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Check the DNS record of a domain
///
/// The response contains the records that are published now. If the expected record is among them, the domain is
/// verified.
#[utoipa::path(
    post, path = "/organizations/{organization}/domains/{domain}/check", operation_id = "checkDomain", tag = "Domains",
    params(("organization" = String, Path, description = "The organization ID or slug."), ("domain" = String, Path, description = "The domain name.")),
    responses((status = 200, body = DomainView)),
)]
async fn check(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path((named, domain)): Path<(String, String)>,
) -> Result<Json<DomainView>, ProblemResponse> {
    Ok(Json(domain::check(&app, &actor, &named, &domain).await?))
}
