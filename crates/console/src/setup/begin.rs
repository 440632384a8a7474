//! Where a set-up begins: with a connection that is there, or with a new one.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use runtime::app::App;
use service::connection;
use service::connection::{ConnectionInput, ConnectionRef, ConnectionView, SetupStep};
use store::Provider;
use web::page;

use super::choose_provider;
use super::choose_provider::Product;
use super::step::Step;
use crate::current_user::RequireOrgAdmin;
use crate::form::ConsoleForm;
use crate::frame::ConsoleFrame;
use crate::guide::Guide;
use crate::page_error::PageError;

/// Offers the connections that are there, and the products for a new one.
#[derive(Debug, Template)]
#[template(path = "setup/begin.html")]
struct BeginPage<'p> {
    frame: ConsoleFrame<'p>,
    slug: &'p str,
    connections: Vec<ConnectionView>,
    products: Vec<Product>,
}

/// `GET /console/organizations/{organization}/sso/setup`
pub(super) async fn show(
    State(app): State<App>,
    visit: RequireOrgAdmin,
) -> Result<Response, PageError> {
    let organization = visit.organization();
    if !app.config.plans.includes_sso(&organization.plan) {
        let panel = format!("/console/organizations/{}/sso", organization.slug);
        return Ok(Redirect::to(&panel).into_response());
    }
    let page = BeginPage {
        frame: visit.frame(&app, "sso"),
        slug: &organization.slug,
        connections: connection::list(&app, organization.id.as_str())
            .await?
            .items,
        products: choose_provider::products(visit.user().text, None),
    };
    Ok(page::answer(StatusCode::OK, &page))
}

/// `POST /console/organizations/{organization}/sso/setup`
///
/// Makes a connection: of a product, or for somebody else who will choose one.
pub(super) async fn create(
    State(app): State<App>,
    visit: RequireOrgAdmin,
    form: ConsoleForm,
) -> Result<Response, PageError> {
    let for_somebody_else = form.has("for-somebody-else");
    let provider = if for_somebody_else {
        Provider::Other
    } else {
        choose_provider::named(&form)?
    };
    let settings = ConnectionInput {
        name: Guide::of(provider).connection_name().to_owned(),
        provider: Some(provider),
        ..ConnectionInput::default()
    };
    let organization = visit.organization();
    let id = organization.id.as_str();
    let made = connection::create(&app, &visit.actor(), id, settings).await?;
    let next = if for_somebody_else {
        "links"
    } else {
        let card = SetupStep::Done(Step::Provider.path());
        connection::mark_step(&app, ConnectionRef::InOrganization(id, &made.id), card).await?;
        "setup/cards"
    };
    let slug = &organization.slug;
    let address = format!("/console/organizations/{slug}/sso/{}/{next}", made.id);
    Ok(Redirect::to(&address).into_response())
}
