//! `/organizations/{organization}/events`

use axum::Json;
use axum::extract::{Path, State};
use runtime::app::App;
use service::audit_log::EventView;
use service::{Listing, PageRequest, audit_log};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::ProblemResponse;

use super::pagination::Wanted;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list))
}

/// List changes of an organization's configuration, newest first
#[utoipa::path(
    get, path = "/organizations/{organization}/events", operation_id = "listEvents", tag = "Events",
    params(("organization" = String, Path, description = "Its id or slug."), PageRequest),
    responses((status = 200, body = Listing<EventView>)),
)]
async fn list(
    State(app): State<App>,
    Path(named): Path<String>,
    Wanted(page): Wanted,
) -> Result<Json<Listing<EventView>>, ProblemResponse> {
    Ok(Json(audit_log::list(&app, &named, &page).await?))
}
