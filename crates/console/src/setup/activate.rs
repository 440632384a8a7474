//! The last step: activates the connection, and says before what changes for whom.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use runtime::app::App;
use runtime::problem::{Problem, ProblemCode};
use service::connection::{ConnectionImpact, ETag};
use service::{connection, setup_link};
use store::ConnectionState;
use web::page;

use super::progress::SetupProgress;
use super::setup_user::SetupUser;
use super::step::Step;
use crate::form::ConsoleForm;
use crate::form_state::FormState;
use crate::frame::ConsoleFrame;
use crate::page_error::PageError;

#[derive(Debug, Template)]
#[template(path = "setup/activate.html")]
struct ActivatePage<'p> {
    frame: ConsoleFrame<'p>,
    progress: SetupProgress,
    state: ActivationState,
    is_complete: bool,
    is_tested: bool,
    /// Whether an administrator has to confirm the activation.
    needs_confirmation: bool,
    /// When the activation was requested that waits for a confirmation.
    requested_at: Option<String>,
    /// Whether the connection is active by a setup link alone.
    is_unconfirmed: bool,
    /// Whether the administrators were told of the request by email.
    has_mailed_admins: bool,
    has_plan: bool,
    /// Whether the user is allowed to activate the connection.
    can_activate: bool,
    /// Whom the activation affects.
    effect: ConnectionImpact,
    /// The page with the connection's settings.
    panel_url: String,
    /// The settings that the page is about.
    revision: ETag,
    /// The page on which members start, if there is one.
    start_url: Option<String>,
    problem: Option<String>,
}

/// Which settings members sign in with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ActivationState {
    /// None: the connection was never active.
    NeverActive,
    /// The current settings.
    Active,
    /// The published settings; the current ones are a draft.
    Draft,
    /// None: the connection was disabled.
    Disabled,
}

/// `GET …/setup/activate`
pub(super) async fn show(State(app): State<App>, user: SetupUser) -> Result<Response, PageError> {
    user.check_can_open(Step::Activate)?;
    render(&app, &user, FormState::new(())).await
}

/// `POST …/setup/activate`
pub(super) async fn activate(
    State(app): State<App>,
    user: SetupUser,
    form: ConsoleForm,
) -> Result<Response, PageError> {
    user.check_can_change(Step::Activate)?;
    if !can_activate(&app, &user).await? {
        return Err(Problem::new(ProblemCode::NotAllowedWithSetupLink).into());
    }
    if state(&user) == ActivationState::Draft && !user.has_tested() {
        return Ok(Redirect::to(&format!("{}/publish", panel_url(&user))).into_response());
    }
    let expected = Some(form.revision());
    let result = match user.setup_link() {
        Some(link) => setup_link::activate(&app, link, expected, user.text)
            .await
            .map(drop),
        None => activate_as_admin(&app, &user, expected).await,
    };
    match result {
        Ok(()) => Ok(Redirect::to(&format!("{}/activate", user.base())).into_response()),
        Err(problem) => render(&app, &user, FormState::rejected((), problem)?).await,
    }
}

async fn activate_as_admin(
    app: &App,
    user: &SetupUser,
    expected: Option<ETag>,
) -> Result<(), Problem> {
    let actor = user.actor();
    let connection = user.connection_ref();
    match state(user) {
        ActivationState::Draft => connection::publish(app, &actor, connection, expected).await,
        ActivationState::NeverActive | ActivationState::Active | ActivationState::Disabled => {
            user.check_can_confirm()?;
            connection::activate(app, &actor, connection, expected).await
        }
    }
    .map(drop)
}

/// A setup link allows only the first activation, and only if all domains of the organization were verified by DNS.
async fn can_activate(app: &App, user: &SetupUser) -> Result<bool, Problem> {
    if !user.uses_setup_link() {
        return Ok(true);
    }
    let is_first = state(user) == ActivationState::NeverActive;
    Ok(is_first && setup_link::can_activate_with_link(app, user.organization()).await?)
}

fn state(user: &SetupUser) -> ActivationState {
    match user.connection().state() {
        ConnectionState::Disabled => ActivationState::Disabled,
        ConnectionState::Active if user.working.draft.is_some() => ActivationState::Draft,
        ConnectionState::Active => ActivationState::Active,
        ConnectionState::Draft | ConnectionState::Tested => ActivationState::NeverActive,
    }
}

/// A setup link is about one connection, so its page does not name the others.
async fn impact(app: &App, user: &SetupUser) -> Result<ConnectionImpact, Problem> {
    let mut impact = connection::impact(app, user.connection_ref()).await?;
    if user.uses_setup_link() {
        impact.other_connections.clear();
    }
    Ok(impact)
}

/// The page with the connection's settings.
fn panel_url(user: &SetupUser) -> String {
    let slug = &user.organization().slug;
    format!("/console/organizations/{slug}/sso/{}", user.connection().id)
}

async fn render(app: &App, user: &SetupUser, form: FormState<()>) -> Result<Response, PageError> {
    let progress = SetupProgress::load(app, user, Step::Activate).await?;
    let connection = user.connection();
    let status = form.status();
    let organization = user.organization();
    let page = ActivatePage {
        frame: user.frame(app),
        state: state(user),
        is_complete: connection.is_complete(),
        is_tested: user.has_tested(),
        needs_confirmation: user.uses_setup_link()
            && setup_link::needs_confirmation(app, organization).await?,
        is_unconfirmed: connection.lifecycle.unconfirmed_since.is_some(),
        requested_at: user.activation_requested_at().map(service::instant),
        has_mailed_admins: setup_link::notifies_admins(app, organization).await?,
        has_plan: app.config.plans.includes_sso(&organization.plan),
        can_activate: can_activate(app, user).await?,
        effect: impact(app, user).await?,
        panel_url: panel_url(user),
        revision: user.working.etag(),
        start_url: user.sp_values(app).await?.start_url,
        problem: form.problem.map(|problem| problem.localize(user.text)),
        progress,
    };
    Ok(page::answer(status, &page))
}
