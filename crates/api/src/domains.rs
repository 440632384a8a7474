//! `/organizations/{organization}/domains`

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::{Extension, Json};
use runtime::app::App;
use service::domain::{DomainView, NewDomain};
use service::{Actor, Listing, domain};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{JsonBody, ProblemResponse};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, add))
        .routes(routes!(remove))
        .routes(routes!(check))
}

/// List the domains of an organization
#[utoipa::path(
    get, path = "/organizations/{organization}/domains", operation_id = "listDomains", tag = "Domains",
    params(("organization" = String, Path, description = "Its id or slug.")),
    responses((status = 200, body = Listing<DomainView>)),
)]
async fn list(
    State(app): State<App>,
    Path(named): Path<String>,
) -> Result<Json<Listing<DomainView>>, ProblemResponse> {
    Ok(Json(domain::list(&app, &named).await?))
}

/// Give a domain to an organization
///
/// The operator's word verifies it: people with its e-mail addresses are led to the organization's connection. With
/// `proof` set to `dns`, the answer holds the record that the organization is to publish, which is looked up when asked
/// for, and again every day.
#[utoipa::path(
    post, path = "/organizations/{organization}/domains", operation_id = "addDomain", tag = "Domains",
    params(("organization" = String, Path, description = "Its id or slug.")),
    request_body = NewDomain, responses((status = 201, body = DomainView)),
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

/// Take a domain from an organization
#[utoipa::path(
    delete, path = "/organizations/{organization}/domains/{domain}", operation_id = "removeDomain", tag = "Domains",
    params(("organization" = String, Path, description = "Its id or slug."), ("domain" = String, Path)),
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

/// Look up the record that proves a domain
///
/// The answer says what is published now. When the record is there, the domain counts from now on.
#[utoipa::path(
    post, path = "/organizations/{organization}/domains/{domain}/check", operation_id = "checkDomain", tag = "Domains",
    params(("organization" = String, Path, description = "Its id or slug."), ("domain" = String, Path)),
    responses((status = 200, body = DomainView)),
)]
async fn check(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path((named, domain)): Path<(String, String)>,
) -> Result<Json<DomainView>, ProblemResponse> {
    Ok(Json(domain::check(&app, &actor, &named, &domain).await?))
}
