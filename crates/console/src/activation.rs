//! Switching a connection on and off: first the page says who will notice what.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use runtime::app::App;
use service::connection;
use service::connection::{Effect, WorkingView};
use web::page;

use super::current_user::AdminVisit;
use super::draft::back;
use super::form::ConsoleForm;
use super::frame::ConsoleFrame;
use super::guard::Refusal;
use super::saml_panel;

/// Asks whether a connection is to be switched on.
#[derive(Debug, Template)]
#[template(path = "console/activate.html")]
struct ActivatePage<'p> {
    frame: ConsoleFrame<'p>,
    /// Where the panel is.
    panel: String,
    effect: Effect,
    there: WorkingView,
}

/// Asks whether a connection is to be switched off.
#[derive(Debug, Template)]
#[template(path = "console/disable.html")]
struct DisablePage<'p> {
    frame: ConsoleFrame<'p>,
    slug: &'p str,
    /// Where the panel is.
    panel: String,
    effect: Effect,
}

/// `GET /console/organizations/{organization}/sso/{connection}/activate`
pub(super) async fn ask_activate(
    State(app): State<App>,
    visit: AdminVisit,
) -> Result<Response, Refusal> {
    let there = saml_panel::expected(&app, &visit).await?;
    let place = visit.place_of(&there.connection.id);
    let page = ActivatePage {
        frame: visit.frame(&app, "sso"),
        panel: visit.panel_of(Some(&there.connection.id)),
        effect: connection::effect(&app, place).await?,
        there,
    };
    Ok(page::answer(StatusCode::OK, &page))
}

/// `POST /console/organizations/{organization}/sso/{connection}/activate`
pub(super) async fn activate(
    State(app): State<App>,
    visit: AdminVisit,
    form: ConsoleForm,
) -> Result<Response, Refusal> {
    let there = saml_panel::expected(&app, &visit).await?;
    let place = visit.place_of(&there.connection.id);
    let actor = visit.visitor().actor();
    let mut seen = Some(form.revision());
    if there.is_draft
        && form.has("publish")
        && let Err(problem) = connection::publish(&app, &actor, place, seen.take()).await
    {
        return saml_panel::again(&app, &visit, problem).await;
    }
    // After publishing it has what was seen, and a draft that somebody begins now takes no part in it.
    match connection::activate(&app, &actor, place, seen).await {
        Ok(_) => Ok(back(&visit, "activated")),
        Err(problem) => saml_panel::again(&app, &visit, problem).await,
    }
}

/// `GET /console/organizations/{organization}/sso/{connection}/disable`
pub(super) async fn ask_disable(
    State(app): State<App>,
    visit: AdminVisit,
) -> Result<Response, Refusal> {
    let there = saml_panel::expected(&app, &visit).await?;
    let place = visit.place_of(&there.connection.id);
    let page = DisablePage {
        frame: visit.frame(&app, "sso"),
        slug: &visit.organization().slug,
        panel: visit.panel_of(Some(&there.connection.id)),
        effect: connection::effect(&app, place).await?,
    };
    Ok(page::answer(StatusCode::OK, &page))
}

/// `POST /console/organizations/{organization}/sso/{connection}/disable`
pub(super) async fn disable(
    State(app): State<App>,
    visit: AdminVisit,
    _form: ConsoleForm,
) -> Result<Response, Refusal> {
    let there = saml_panel::expected(&app, &visit).await?;
    let place = visit.place_of(&there.connection.id);
    connection::disable(&app, &visit.visitor().actor(), place).await?;
    Ok(back(&visit, "disabled"))
}
