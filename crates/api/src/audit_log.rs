//! `/organizations/{organization}/audit-log`

use axum::Json;
use axum::extract::{Path, State};
use runtime::app::App;
use service::audit_log::{AuditEntryView, AuditQuery};
use service::{Listing, PageRequest, audit_log};
use utoipa_axum::router::OpenApiRouter;
use web::ProblemResponse;

use super::pagination::Filtered;

use crate::routes_macro::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list))
}

/// List the audit log of an organization, newest first
#[utoipa::path(
    get, path = "/organizations/{organization}/audit-log", operation_id = "listAuditLog", tag = "Audit log",
    params(("organization" = String, Path, description = "The organization ID or slug."), AuditQuery, PageRequest),
    responses((status = 200, body = Listing<AuditEntryView>)),
)]
async fn list(
    State(app): State<App>,
    Path(org_id_or_slug): Path<String>,
    Filtered { filter, page }: Filtered<AuditQuery>,
) -> Result<Json<Listing<AuditEntryView>>, ProblemResponse> {
    let entries = audit_log::list(&app, &org_id_or_slug, &filter, &page).await?;
    Ok(Json(entries))
}
