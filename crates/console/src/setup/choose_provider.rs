//! The first step: which product it is.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use i18n::Localizer;
use runtime::app::App;
use runtime::problem::Problem;
use serde_json::json;
use service::connection;
use service::connection::SetupStep;
use service::json::Patch;
use store::Provider;
use web::page;

use super::progress::Walk;
use super::setup_user::SetupVisitor;
use super::step::Step;
use crate::form::ConsoleForm;
use crate::frame::ConsoleFrame;
use crate::guide::{Guide, Imports};
use crate::page_error::PageError;

/// Offers the products.
#[derive(Debug, Template)]
#[template(path = "setup/choice.html")]
struct ChoicePage<'p> {
    frame: ConsoleFrame<'p>,
    walk: Walk,
    products: Vec<Product>,
}

/// A product as the pages offer it.
#[derive(Debug)]
pub(super) struct Product {
    /// Which one.
    pub provider: Provider,
    /// Its name.
    pub name: String,
    /// Whether it takes our metadata, which spares most of the typing.
    pub takes_metadata: bool,
    /// Whether it was chosen before.
    pub is_chosen: bool,
}

/// The products, in the order in which they are offered.
pub(super) fn products(text: Localizer, chosen: Option<Provider>) -> Vec<Product> {
    let product = |guide: &'static Guide| Product {
        provider: guide.provider,
        name: guide.title(text),
        takes_metadata: guide.imports_metadata != Imports::Nothing,
        is_chosen: chosen == Some(guide.provider),
    };
    Guide::all().iter().map(product).collect()
}

/// The product that a form names.
///
/// # Errors
///
/// When it names none.
pub(super) fn named(form: &ConsoleForm) -> Result<Provider, Problem> {
    let written = form.text("provider");
    Provider::parse(written)
        .map_err(|error| Problem::field("provider", error.to_string(), format!("{written:?}")))
}

/// `GET …/setup/provider`
pub(super) async fn show(
    State(app): State<App>,
    visitor: SetupVisitor,
) -> Result<Response, PageError> {
    visitor.check(Step::Provider)?;
    let walk = Walk::read(&app, &visitor, Step::Provider).await?;
    let is_chosen = walk
        .setup
        .completed_steps
        .iter()
        .any(|one| one == Step::Provider.path());
    let chosen = is_chosen.then_some(visitor.connection().settings.provider);
    let page = ChoicePage {
        frame: visitor.frame(&app),
        products: products(visitor.text, chosen),
        walk,
    };
    Ok(page::answer(StatusCode::OK, &page))
}

/// `POST …/setup/provider`
pub(super) async fn choose(
    State(app): State<App>,
    visitor: SetupVisitor,
    form: ConsoleForm,
) -> Result<Response, PageError> {
    visitor.check_open(Step::Provider)?;
    let provider = named(&form)?;
    let settings = &visitor.connection().settings;
    if settings.provider != provider {
        let mut change = json!({ "provider": provider.as_str() });
        // A product's own usage goes with it, and so does its name unless somebody has given another.
        change["reject_expired_signing_certificate"] = json!(null);
        let name = |provider| Guide::of(provider).connection_name();
        if settings.name == name(settings.provider) {
            change["name"] = json!(name(provider));
        }
        connection::update_draft(&app, &visitor.actor(), visitor.place(), Patch::new(change))
            .await?;
    }
    connection::mark_step(
        &app,
        visitor.place(),
        SetupStep::Done(Step::Provider.path()),
    )
    .await?;
    Ok(Redirect::to(&format!("{}/cards", visitor.base())).into_response())
}
