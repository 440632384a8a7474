//! The start page of guided setup: lists the connections, and creates a new one.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use runtime::app::App;
use service::connection::{self, ConnectionInput, ConnectionRef, ConnectionView, SetupStep};
use store::Provider;
use web::page;

use super::choose_provider::{self, ProviderOption};
use super::step::Step;
use crate::current_user::RequireOrgAdmin;
use crate::form::ConsoleForm;
use crate::frame::ConsoleFrame;
use crate::guide::Guide;
use crate::page_error::PageError;

#[derive(Debug, Template)]
#[template(path = "setup/start.html")]
struct StartPage<'p> {
    frame: ConsoleFrame<'p>,
    slug: &'p str,
    connections: Vec<ConnectionView>,
    provider_options: Vec<ProviderOption>,
}

/// `GET /console/organizations/{organization}/sso/setup`
pub(super) async fn show(
    State(app): State<App>,
    admin: RequireOrgAdmin,
) -> Result<Response, PageError> {
    let organization = admin.organization();
    if !app.config.plans.includes_sso(&organization.plan) {
        let panel = format!("/console/organizations/{}/sso", organization.slug);
        return Ok(Redirect::to(&panel).into_response());
    }
    let page = StartPage {
        frame: admin.frame(&app, "sso"),
        slug: &organization.slug,
        connections: connection::list(&app, organization.id.as_str())
            .await?
            .items,
        provider_options: choose_provider::provider_options(admin.user().text, None),
    };
    Ok(page::answer(StatusCode::OK, &page))
}

/// `POST /console/organizations/{organization}/sso/setup`
///
/// Creates a connection with the chosen provider. For another user, who chooses the provider, continues with a setup
/// link.
pub(super) async fn create(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    form: ConsoleForm,
) -> Result<Response, PageError> {
    let creates_link = form.has("create_link");
    let provider = if creates_link {
        Provider::Other
    } else {
        choose_provider::parse_provider(&form)?
    };
    let settings = ConnectionInput {
        name: Guide::for_provider(provider).connection_name().to_owned(),
        provider: Some(provider),
        ..ConnectionInput::default()
    };
    let organization = admin.organization();
    let id = organization.id.as_str();
    let created = connection::create(&app, &admin.actor(), id, settings).await?;
    let next = if creates_link {
        "setup-links"
    } else {
        let step = SetupStep::Done(Step::Provider.path());
        connection::mark_step(&app, ConnectionRef::InOrganization(id, &created.id), step).await?;
        "setup/instructions"
    };
    let slug = &organization.slug;
    let address = format!("/console/organizations/{slug}/sso/{}/{next}", created.id);
    Ok(Redirect::to(&address).into_response())
}
