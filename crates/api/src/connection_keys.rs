//! `/organizations/{organization}/connections/{connection}/keys`

use axum::extract::{Path, State};
use axum::{Extension, Json};
use runtime::app::App;
use service::connection::{ConnectionKeyRotation, ConnectionKeyView};
use service::{Actor, Listing, connection};
use utoipa_axum::router::OpenApiRouter;
use web::{JsonBody, ProblemResponse};

use super::path::ConnectionPath;

use crate::routes_macro::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(rotate))
}

/// List the key pairs of a connection by purpose, oldest first
#[utoipa::path(
    get, path = "/organizations/{organization}/connections/{connection}/keys",
    operation_id = "listConnectionKeys", tag = "Keys",
    params(ConnectionPath),
    responses((status = 200, body = Listing<ConnectionKeyView>)),
)]
async fn list(
    State(app): State<App>,
    Path(path): Path<ConnectionPath>,
) -> Result<Json<Listing<ConnectionKeyView>>, ProblemResponse> {
    Ok(Json(connection::keys(&app, path.connection_ref()).await?))
}

/// Replace the key pairs of a connection
///
/// The next key pairs are in the connection's metadata from now on, and are used after the given number of days. The
/// previous ones stay in the metadata, and decrypt, for 30 days more. When there are next key pairs already, the request
/// only changes when they are used.
#[utoipa::path(
    post, path = "/organizations/{organization}/connections/{connection}/keys/rotate",
    operation_id = "rotateConnectionKeys", tag = "Keys",
    params(ConnectionPath),
    request_body(content = ConnectionKeyRotation, example = json!({"days": 14})),
    responses((status = 200, body = Listing<ConnectionKeyView>)),
)]
async fn rotate(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path(path): Path<ConnectionPath>,
    JsonBody(rotation): JsonBody<ConnectionKeyRotation>,
) -> Result<Json<Listing<ConnectionKeyView>>, ProblemResponse> {
    let target = path.connection_ref();
    Ok(Json(
        connection::rotate_keys(&app, &actor, target, rotation).await?,
    ))
}
