//! The last step: letting members in, once it is said who will notice what.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use runtime::app::App;
use runtime::problem::{Problem, ProblemCode};
use service::connection::{ConnectionImpact, ETag};
use service::{connection, setup_link};
use store::ConnectionState;
use web::page;

use super::progress;
use super::progress::Walk;
use super::setup_user::SetupVisitor;
use super::step::Step;
use crate::form::ConsoleForm;
use crate::frame::ConsoleFrame;
use crate::page_error::PageError;

/// Waits for the button.
#[derive(Debug, Template)]
#[template(path = "setup/activate.html")]
struct ActivatePage<'p> {
    frame: ConsoleFrame<'p>,
    walk: Walk,
    state: Standing,
    is_complete: bool,
    is_tested: bool,
    has_plan: bool,
    /// Whether whoever is there may do it.
    may: bool,
    /// Who notices when it is activated.
    effect: ConnectionImpact,
    /// Where an administrator finds the panel of the connection.
    panel: String,
    /// Which settings are activated or published.
    revision: ETag,
    /// Where members begin, when there is one such place.
    start_url: Option<String>,
    problem: Option<String>,
}

/// What members sign in with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    /// Nothing of this connection.
    Never,
    /// These settings.
    Active,
    /// Older settings than these.
    Draft,
    /// Nothing any more.
    Disabled,
}

/// `GET …/setup/activate`
pub(super) async fn show(
    State(app): State<App>,
    visitor: SetupVisitor,
) -> Result<Response, PageError> {
    visitor.check(Step::Activate)?;
    answer(&app, &visitor, None).await
}

/// `POST …/setup/activate`
pub(super) async fn activate(
    State(app): State<App>,
    visitor: SetupVisitor,
    form: ConsoleForm,
) -> Result<Response, PageError> {
    visitor.check_open(Step::Activate)?;
    if !may(&app, &visitor).await? {
        return Err(Problem::new(ProblemCode::NotAllowedWithSetupLink).into());
    }
    let (actor, place) = (visitor.actor(), visitor.place());
    let seen = Some(form.revision());
    let done = match state(&visitor) {
        Standing::Draft => connection::publish(&app, &actor, place, seen).await,
        Standing::Never | Standing::Active | Standing::Disabled => {
            connection::activate(&app, &actor, place, seen).await
        }
    };
    match done {
        Ok(_) => Ok(Redirect::to(&format!("{}/activate", visitor.base())).into_response()),
        Err(problem) if problem.status.is_server_error() => Err(problem.into()),
        Err(problem) => answer(&app, &visitor, Some(problem)).await,
    }
}

/// Whoever came by a link lets nobody in but the people of a proved domain, and changes nothing under their hands.
async fn may(app: &App, visitor: &SetupVisitor) -> Result<bool, Problem> {
    if !visitor.is_guest() {
        return Ok(true);
    }
    let is_first = state(visitor) == Standing::Never;
    Ok(is_first && setup_link::can_activate_with_link(app, visitor.organization()).await?)
}

fn state(visitor: &SetupVisitor) -> Standing {
    match visitor.connection().state() {
        ConnectionState::Disabled => Standing::Disabled,
        ConnectionState::Active if visitor.working.draft.is_some() => Standing::Draft,
        ConnectionState::Active => Standing::Active,
        ConnectionState::Draft | ConnectionState::Tested => Standing::Never,
    }
}

/// Who notices. A link is about one connection, so whoever came by it learns no other's name.
async fn effect(app: &App, visitor: &SetupVisitor) -> Result<ConnectionImpact, Problem> {
    let mut effect = connection::impact(app, visitor.place()).await?;
    if visitor.is_guest() {
        effect.other_connections.clear();
    }
    Ok(effect)
}

async fn answer(
    app: &App,
    visitor: &SetupVisitor,
    problem: Option<Problem>,
) -> Result<Response, PageError> {
    let walk = Walk::read(app, visitor, Step::Activate).await?;
    let connection = visitor.connection();
    let status = problem.as_ref().map_or(StatusCode::OK, |one| one.status);
    let organization = visitor.organization();
    let page = ActivatePage {
        frame: visitor.frame(app),
        state: state(visitor),
        is_complete: connection.is_complete(),
        is_tested: connection.lifecycle.tested_at.is_some(),
        has_plan: app.config.plans.includes_sso(&organization.plan),
        may: may(app, visitor).await?,
        effect: effect(app, visitor).await?,
        panel: format!(
            "/console/organizations/{}/sso/{}",
            organization.slug,
            visitor.connection().id
        ),
        revision: visitor.working.etag(),
        start_url: progress::values(app, visitor).await?.start_url,
        problem: problem.map(|problem| problem.localize(visitor.text)),
        walk,
    };
    Ok(page::answer(status, &page))
}
