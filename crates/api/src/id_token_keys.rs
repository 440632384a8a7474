//! `/id-token-keys`

use axum::extract::State;
use axum::{Extension, Json};
use runtime::app::App;
use service::id_token_key::{IdTokenKeyRotation, IdTokenKeyView};
use service::{Actor, Listing, id_token_key};
use utoipa_axum::router::OpenApiRouter;
use web::{JsonBody, ProblemResponse};

use crate::routes_macro::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(rotate))
}

/// List the keys that sign ID tokens
#[utoipa::path(
    get, path = "/id-token-keys", operation_id = "listIdTokenKeys", tag = "Keys",
    responses((status = 200, body = Listing<IdTokenKeyView>)),
)]
async fn list(State(app): State<App>) -> Result<Json<Listing<IdTokenKeyView>>, ProblemResponse> {
    Ok(Json(id_token_key::list(&app).await?))
}

/// Replace the keys that sign ID tokens
///
/// The next key is in the JWK set for 24 hours before it signs, and its predecessor until its last ID token has expired.
/// An algorithm that has a next key already keeps it.
#[utoipa::path(
    post, path = "/id-token-keys/rotate", operation_id = "rotateIdTokenKeys", tag = "Keys",
    request_body(content = IdTokenKeyRotation, example = json!({"algorithm": "RS256"})),
    responses((status = 200, body = Listing<IdTokenKeyView>)),
)]
async fn rotate(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    JsonBody(rotation): JsonBody<IdTokenKeyRotation>,
) -> Result<Json<Listing<IdTokenKeyView>>, ProblemResponse> {
    Ok(Json(id_token_key::rotate(&app, &actor, rotation).await?))
}
