//! `/plans`

use axum::Json;
use axum::extract::State;
use runtime::app::App;
use service::Listing;
use service::plan::{self, PlanView};
use utoipa_axum::router::OpenApiRouter;

use crate::routes_macro::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list))
}

/// List plans, from the smallest to the largest
#[utoipa::path(get, path = "/plans", operation_id = "listPlans", tag = "Plans", responses((status = 200, body = Listing<PlanView>)))]
async fn list(State(app): State<App>) -> Json<Listing<PlanView>> {
    Json(plan::list(&app.config.plans))
}
