//! `/organizations/{organization}/connections/{connection}/setup-links`

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::{Extension, Json};
use runtime::app::App;
use service::connection::Place;
use service::setup_link::{NewSetupLink, SetupLinkView};
use service::{Actor, Listing, setup_link};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{JsonBody, ProblemResponse};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(revoke))
}

/// List the setup links to a connection, newest first
#[utoipa::path(
    get, path = "/organizations/{organization}/connections/{connection}/setup-links",
    operation_id = "listSetupLinks", tag = "Setup links",
    params(("organization" = String, Path, description = "Its id or slug."), ("connection" = String, Path)),
    responses((status = 200, body = Listing<SetupLinkView>)),
)]
async fn list(
    State(app): State<App>,
    Path((named, id)): Path<(String, String)>,
) -> Result<Json<Listing<SetupLinkView>>, ProblemResponse> {
    Ok(Json(setup_link::list(&app, Place::In(&named, &id)).await?))
}

/// Make a link by which somebody without an account sets up a connection
///
/// Its address is in the answer once. Whoever has it may do nothing but set up this connection, and activate it only
/// when the organization has proved a domain by DNS.
#[utoipa::path(
    post, path = "/organizations/{organization}/connections/{connection}/setup-links",
    operation_id = "createSetupLink", tag = "Setup links",
    params(("organization" = String, Path, description = "Its id or slug."), ("connection" = String, Path)),
    request_body = NewSetupLink, responses((status = 201, body = SetupLinkView)),
)]
async fn create(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path((named, id)): Path<(String, String)>,
    JsonBody(new): JsonBody<NewSetupLink>,
) -> Result<(StatusCode, Json<SetupLinkView>), ProblemResponse> {
    let made = setup_link::create(&app, &actor, Place::In(&named, &id), new).await?;
    Ok((StatusCode::CREATED, Json(made)))
}

/// Withdraw a setup link
#[utoipa::path(
    post, path = "/organizations/{organization}/connections/{connection}/setup-links/{setup_link}/revoke",
    operation_id = "revokeSetupLink", tag = "Setup links",
    params(
        ("organization" = String, Path, description = "Its id or slug."), ("connection" = String, Path),
        ("setup_link" = String, Path),
    ),
    responses((status = 200, body = SetupLinkView)),
)]
async fn revoke(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path((named, id, link)): Path<(String, String, String)>,
) -> Result<Json<SetupLinkView>, ProblemResponse> {
    let place = Place::In(&named, &id);
    Ok(Json(setup_link::revoke(&app, &actor, place, &link).await?))
}
