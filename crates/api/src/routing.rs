//! `/organizations/{organization}/routing`

use axum::extract::{Path, State};
use axum::{Extension, Json};
use runtime::app::App;
use service::routing::{NewRouting, RoutingView};
use service::{Actor, routing};
use utoipa_axum::router::OpenApiRouter;
use web::{JsonBody, ProblemResponse};

use crate::if_match::{IfMatch, RevisionQuery};
use crate::routes_macro::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(show, replace))
}

/// Show the routing rules of an organization
///
/// With several active connections, the rules choose one by the email address of the user. Without a rule that applies,
/// the user chooses.
#[utoipa::path(
    get, path = "/organizations/{organization}/routing", operation_id = "showRouting", tag = "Routing",
    params(("organization" = String, Path, description = "The organization ID or slug.")),
    responses((status = 200, body = RoutingView)),
)]
async fn show(
    State(app): State<App>,
    Path(named): Path<String>,
) -> Result<Json<RoutingView>, ProblemResponse> {
    Ok(Json(routing::list(&app, &named).await?))
}

/// Replace the routing rules of an organization
///
/// The most specific pattern decides, whatever the order of the rules: an address before a domain, a domain before the
/// subdomains of its parents. A rule whose connection is deleted or not active is skipped.
#[utoipa::path(
    put, path = "/organizations/{organization}/routing", operation_id = "replaceRouting", tag = "Routing",
    params(("organization" = String, Path, description = "The organization ID or slug."), RevisionQuery),
    request_body(
        content = NewRouting,
        example = json!({"rules": [{"patterns": ["eu.acme.example", "*.eu.acme.example", "ada@acme.example"], "connection": "con_4xk6t7yq2m5c3w6lz4ys2n7pba"}]}),
    ),
    responses((status = 200, body = RoutingView)),
)]
async fn replace(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path(named): Path<String>,
    IfMatch(revision): IfMatch,
    JsonBody(new): JsonBody<NewRouting>,
) -> Result<Json<RoutingView>, ProblemResponse> {
    let replaced = routing::replace(&app, &actor, &named, new, revision);
    Ok(Json(replaced.await?))
}
