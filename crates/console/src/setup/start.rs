//! The start page of guided setup: lists the connections, and creates a new one.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use guide::Guide;
use runtime::app::App;
use runtime::problem::Problem;
use serde_json::json;
use service::connection::{self, ConnectionInput, ConnectionRef, ConnectionView, SetupStep};
use service::json::Patch;
use store::Provider;
use web::page;

use super::choose_provider::{self, ProviderOption};
use super::step::Step;
use crate::current_user::RequireOrgAdmin;
use crate::form::ConsoleForm;
use crate::frame::ConsoleFrame;
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
    let organization = admin.organization();
    let id = organization.id.as_str();
    let connection = empty_connection(&app, &admin, provider).await?;
    let next = if creates_link {
        "setup-links"
    } else {
        let step = SetupStep::Done(Step::Provider.path());
        connection::mark_step(&app, ConnectionRef::InOrganization(id, &connection), step).await?;
        "setup/instructions"
    };
    let slug = &organization.slug;
    let address = format!("/console/organizations/{slug}/sso/{connection}/{next}");
    Ok(Redirect::to(&address).into_response())
}

/// The ID of a connection for the product in which nothing is set: a draft that an earlier choice has left behind, else a
/// new one.
async fn empty_connection(
    app: &App,
    admin: &RequireOrgAdmin,
    provider: Provider,
) -> Result<String, Problem> {
    let name = |provider| Guide::for_provider(provider).connection_name();
    let steps = [Step::Provider.path()];
    let left_behind = connection::find_untouched(app, admin.organization(), &steps)
        .await?
        .filter(|found| found.settings.name == name(found.settings.provider));
    if let Some(found) = left_behind {
        let id = found.id.to_string();
        let change = json!({
            "provider": provider.as_str(), "name": name(provider),
            "reject_expired_signing_certificate": null,
        });
        let (actor, target) = (admin.actor(), admin.connection_ref(&id));
        connection::update_working_copy(app, &actor, target, Patch::new(change)).await?;
        return Ok(id);
    }
    let settings = ConnectionInput {
        name: name(provider).to_owned(),
        provider: Some(provider),
        ..ConnectionInput::default()
    };
    let organization = admin.organization_id();
    Ok(
        connection::create(app, &admin.actor(), organization, settings)
            .await?
            .id,
    )
}
