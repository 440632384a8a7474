//! The first step: the administrator chooses the identity provider.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use guide::{Guide, MetadataImport};
use i18n::Localizer;
use runtime::app::App;
use runtime::problem::{LocalizedText, Problem};
use serde_json::json;
use service::connection::{self, SetupStep};
use service::json::Patch;
use store::Provider;
use web::page;

use super::progress::{self, SetupProgress};
use super::setup_user::SetupUser;
use super::step::Step;
use crate::form::ConsoleForm;
use crate::frame::ConsoleFrame;
use crate::page_error::PageError;

#[derive(Debug, Template)]
#[template(path = "setup/choose_provider.html")]
struct ChooseProviderPage<'p> {
    frame: ConsoleFrame<'p>,
    progress: SetupProgress,
    provider_options: Vec<ProviderOption>,
}

/// A product that the pages offer.
#[derive(Debug)]
pub(super) struct ProviderOption {
    pub provider: Provider,
    pub name: String,
    pub imports_metadata: bool,
    /// Whether the connection already uses it.
    pub is_chosen: bool,
}

pub(super) fn provider_options(text: Localizer, chosen: Option<Provider>) -> Vec<ProviderOption> {
    let option = |guide: &'static Guide| ProviderOption {
        provider: guide.provider,
        name: guide.title(text),
        imports_metadata: guide.imports_metadata != MetadataImport::None,
        is_chosen: chosen == Some(guide.provider),
    };
    Guide::all().iter().map(option).collect()
}

pub(super) fn parse_provider(form: &ConsoleForm) -> Result<Provider, Problem> {
    let value = form.text("provider");
    Provider::parse(value).map_err(|error| {
        let expected = LocalizedText::one_of(error.expected);
        Problem::field("provider", expected, LocalizedText::quoted(value))
    })
}

/// `GET …/setup/provider`
pub(super) async fn show(State(app): State<App>, user: SetupUser) -> Result<Response, PageError> {
    user.check_can_open(Step::Provider)?;
    let progress = SetupProgress::load(&app, &user, Step::Provider).await?;
    let is_chosen = progress.is_marked(Step::Provider.path());
    let chosen = is_chosen.then_some(user.connection().settings.provider);
    let page = ChooseProviderPage {
        frame: user.frame(&app),
        provider_options: provider_options(user.text, chosen),
        progress,
    };
    Ok(page::answer(StatusCode::OK, &page))
}

/// `POST …/setup/provider`
pub(super) async fn choose(
    State(app): State<App>,
    user: SetupUser,
    form: ConsoleForm,
) -> Result<Response, PageError> {
    user.check_can_change(Step::Provider)?;
    let provider = parse_provider(&form)?;
    let settings = &user.connection().settings;
    if settings.provider != provider {
        progress::start_other_product(&app, &user).await?;
        let mut change = json!({ "provider": provider.as_str() });
        // Reset what depends on the product: the certificate policy, and the name unless the administrator changed it.
        change["reject_expired_signing_certificate"] = json!(null);
        let name = |provider| Guide::for_provider(provider).connection_name();
        if settings.name == name(settings.provider) {
            change["name"] = json!(name(provider));
        }
        connection::update_working_copy(
            &app,
            &user.actor(),
            user.connection_ref(),
            Patch::new(change),
        )
        .await?;
    }
    connection::mark_step(
        &app,
        user.connection_ref(),
        SetupStep::Done(Step::Provider.path()),
    )
    .await?;
    Ok(Redirect::to(&format!("{}/instructions", user.base())).into_response())
}
