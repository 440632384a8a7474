//! `/organizations/{organization}/connections/{connection}/setup-links`

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::{Extension, Json};
use runtime::app::App;
use service::connection::ConnectionRef;
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

/// List the setup links of a connection, newest first
#[utoipa::path(
    get, path = "/organizations/{organization}/connections/{connection}/setup-links",
    operation_id = "listSetupLinks", tag = "Setup links",
    params(("organization" = String, Path, description = "The organization ID or slug."), ("connection" = String, Path, description = "The connection ID.")),
    responses((status = 200, body = Listing<SetupLinkView>)),
)]
async fn list(
    State(app): State<App>,
    Path((named, id)): Path<(String, String)>,
) -> Result<Json<Listing<SetupLinkView>>, ProblemResponse> {
    Ok(Json(
        setup_link::list(&app, ConnectionRef::InOrganization(&named, &id)).await?,
    ))
}

/// Create a setup link
///
/// With the link, a person without an account can set up this connection and do nothing else. The person can activate
/// the connection only if the organization has verified a domain by DNS. The response contains the link, which cannot be
/// shown again.
#[utoipa::path(
    post, path = "/organizations/{organization}/connections/{connection}/setup-links",
    operation_id = "createSetupLink", tag = "Setup links",
    params(("organization" = String, Path, description = "The organization ID or slug."), ("connection" = String, Path, description = "The connection ID.")),
    request_body(content = NewSetupLink, example = json!({"hours": 72, "email": "it@acme.example"})),
    responses((status = 201, body = SetupLinkView)),
)]
async fn create(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path((named, id)): Path<(String, String)>,
    JsonBody(new): JsonBody<NewSetupLink>,
) -> Result<(StatusCode, Json<SetupLinkView>), ProblemResponse> {
    let made = setup_link::create(
        &app,
        &actor,
        ConnectionRef::InOrganization(&named, &id),
        new,
    )
    .await?;
    Ok((StatusCode::CREATED, Json(made)))
}

/// Revoke a setup link
#[utoipa::path(
    post, path = "/organizations/{organization}/connections/{connection}/setup-links/{setup_link}/revoke",
    operation_id = "revokeSetupLink", tag = "Setup links",
    params(
        ("organization" = String, Path, description = "The organization ID or slug."), ("connection" = String, Path, description = "The connection ID."),
        ("setup_link" = String, Path, description = "The setup link ID."),
    ),
    responses((status = 200, body = SetupLinkView)),
)]
async fn revoke(
    State(app): State<App>,
    Extension(actor): Extension<Actor>,
    Path((named, id, link)): Path<(String, String, String)>,
) -> Result<Json<SetupLinkView>, ProblemResponse> {
    let place = ConnectionRef::InOrganization(&named, &id);
    Ok(Json(setup_link::revoke(&app, &actor, place, &link).await?))
}
