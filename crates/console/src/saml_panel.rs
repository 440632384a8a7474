//! The panel *SAML SSO* of an organization: the settings of one connection.
//!
//! An organization can have several connections. The address of the page names the one that it shows; the others are
//! listed. Changes to a connection that is in use are saved as a draft ([`super::draft`]). Activating and disabling need a
//! confirmation ([`super::activation`]).

mod connection_form;

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use config::Contact;
use runtime::app::App;
use runtime::problem::{Problem, ProblemCode};
use serde_json::Value;
use service::connection::{ConnectionView, ETag, WorkingCopyView, acs_address};
use service::json::Patch;
use service::{connection, plan, setup_link, sso_enforcement};
use store::{Connection, ConnectionState};
use web::page;

use self::connection_form::ConnectionForm;
use super::current_user::RequireOrgAdmin;
use super::diff::DifferenceRow;
use super::form::ConsoleForm;
use super::form_state::FormState;
use super::frame::ConsoleFrame;
use super::notice::{NoticeQuery, redirect_with_notice};
use super::page_error::PageError;
use service::actor_name;

#[derive(Debug, Template)]
#[template(path = "console/saml_panel.html")]
struct SamlPanel<'p> {
    frame: ConsoleFrame<'p>,
    slug: &'p str,
    /// The organization's name.
    organization: &'p str,
    /// The path of this panel.
    panel: String,
    /// All connections of the organization.
    connections: Vec<ConnectionLink>,
    /// The connection that the panel shows, when the organization has one.
    card: Option<ConnectionCard>,
    form: FormState<ConnectionForm>,
}

#[derive(Debug)]
struct ConnectionCard {
    working: WorkingCopyView,
    /// The URL of the service provider's certificate.
    certificate_url: String,
    /// What publishing the draft would change.
    differences: Vec<DifferenceRow>,
    /// The path at which a test sign-in starts.
    test_action: String,
    last_test: Option<PassedTest>,
    /// The version to go back to, when the live settings have not passed a test.
    previous_version: Option<i64>,
    confirmation: Option<Confirmation>,
    enforcement: Enforcement,
}

/// The last test sign-in that passed.
#[derive(Debug)]
struct PassedTest {
    /// Empty when the tester is not known.
    tested_by: String,
    tested_at: String,
}

/// What an administrator has to confirm.
#[derive(Debug)]
enum Confirmation {
    /// The recipient of a setup link has requested the activation.
    Requested {
        at: String,
        /// The email address for which the link was created.
        recipient: Option<String>,
        /// Who created the link.
        creator: String,
    },
    /// A setup link has activated the connection.
    Unconfirmed { since: String },
}

#[derive(Debug)]
struct ConnectionLink {
    name: String,
    state: ConnectionState,
    /// The path of its panel; `None` for the connection that the page shows.
    panel: Option<String>,
}

/// Whether the organization enforces SSO.
#[derive(Debug)]
enum Enforcement {
    /// No, and it cannot yet.
    Unavailable { reason: String },
    /// No.
    Off,
    /// Yes.
    On { since: String, enforced_by: String },
}

/// Describes SSO to an organization whose plan does not include it.
#[derive(Debug, Template)]
#[template(path = "console/plan.html")]
struct PlanPage<'p> {
    frame: ConsoleFrame<'p>,
    needed_plan: &'p str,
    sales: Option<&'p str>,
}

impl SamlPanel<'_> {
    /// Whether the fields are hidden until the switch is on: not while the administrator works on them.
    fn collapses(&self) -> bool {
        let is_in_progress = self.card.as_ref().is_some_and(|card| {
            !matches!(
                card.working.connection.state,
                ConnectionState::Active | ConnectionState::Disabled
            )
        });
        !is_in_progress && self.form.problem.is_none()
    }
}

/// `GET /console/organizations/{organization}/sso` and `…/sso/{connection}`
pub(super) async fn show(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    Query(query): Query<NoticeQuery>,
) -> Result<Response, PageError> {
    let frame = admin.frame(&app, "sso").with_notice(query.done.as_deref());
    if plan::check_sso(&app.config.plans, admin.organization()).is_err() {
        return Ok(plan_page(&app, frame));
    }
    let working = current_connection(&app, &admin).await?;
    let form = FormState::new(ConnectionForm::from_connection(working.as_ref()));
    panel_page(&app, &admin, frame, working, form).await
}

/// The version before the current one, when the live settings have not passed a test.
async fn previous_version(
    app: &App,
    admin: &RequireOrgAdmin,
    working: &WorkingCopyView,
) -> Result<Option<i64>, Problem> {
    let connection = &working.connection;
    let is_live = connection.state == ConnectionState::Active && !working.is_draft;
    if !is_live || connection.tested_at.is_some() {
        return Ok(None);
    }
    let versions = connection::versions(app, admin.connection_ref(&connection.id)).await?;
    Ok(versions.items.get(1).map(|previous| previous.number))
}

/// `POST /console/organizations/{organization}/sso` and `…/sso/{connection}`
///
/// Trusted certificates stay when the field is left empty.
pub(super) async fn save(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    form: ConsoleForm,
) -> Result<Response, PageError> {
    let mut values = ConnectionForm::from_form(&form);
    let secrets = values.remove_secrets(app.clock.now());
    let saved = if secrets.is_empty() {
        save_form(&app, &admin, &values, &form.revision()).await
    } else {
        Err(Problem::fields(secrets))
    };
    match saved {
        Ok(suffix) => {
            let panel = admin.panel_path(admin.connection());
            Ok(Redirect::to(&format!("{panel}{suffix}")).into_response())
        }
        Err(problem) => {
            let form = FormState::rejected(values, problem)?;
            let working = current_connection(&app, &admin).await?;
            panel_page(&app, &admin, admin.frame(&app, "sso"), working, form).await
        }
    }
}

/// The panel with the saved settings, after an action of another page was rejected.
pub(super) async fn rerender(
    app: &App,
    admin: &RequireOrgAdmin,
    problem: Problem,
) -> Result<Response, PageError> {
    let working = current_connection(app, admin).await?;
    let values = ConnectionForm::from_connection(working.as_ref());
    let form = FormState::rejected(values, problem)?;
    panel_page(app, admin, admin.frame(app, "sso"), working, form).await
}

/// Back to the panel, after an action of another page.
pub(super) fn redirect(admin: &RequireOrgAdmin, done: &str) -> Response {
    redirect_with_notice(&admin.panel_path(admin.connection()), done)
}

/// The connection that the page shows, with the settings of its draft: the one in the address, else an active one, else
/// the oldest.
async fn current_connection(
    app: &App,
    admin: &RequireOrgAdmin,
) -> Result<Option<WorkingCopyView>, Problem> {
    let connections = connection::list(app, admin.organization_id()).await?.items;
    let is_active = |connection: &&ConnectionView| connection.state == ConnectionState::Active;
    let default = connections
        .iter()
        .find(is_active)
        .or_else(|| connections.first());
    let id = admin
        .connection()
        .or_else(|| default.map(|connection| connection.id.as_str()));
    match id {
        Some(id) => connection::show_working_copy(app, admin.connection_ref(id))
            .await
            .map(Some),
        None => Ok(None),
    }
}

/// The connection that the page is about.
///
/// # Errors
///
/// The problem `no-connection` when the organization has none, and `not-found` when it has none with the ID in the address.
pub(super) async fn require_connection(
    app: &App,
    admin: &RequireOrgAdmin,
) -> Result<WorkingCopyView, Problem> {
    current_connection(app, admin)
        .await?
        .ok_or_else(|| Problem::new(ProblemCode::NoConnection))
}

/// Saves the form. Returns the rest of the address of the page that comes next.
async fn save_form(
    app: &App,
    admin: &RequireOrgAdmin,
    form: &ConnectionForm,
    revision: &ETag,
) -> Result<&'static str, Problem> {
    let actor = admin.actor();
    let (saved, is_changed) = match current_connection(app, admin).await? {
        None => {
            let organization = admin.organization_id();
            let created = connection::create(app, &actor, organization, form.to_settings()).await?;
            let target = admin.connection_ref(&created.id);
            (connection::show_working_copy(app, target).await?, true)
        }
        Some(working) if working.revision != *revision => {
            return Err(connection::edit_conflict());
        }
        Some(working) => {
            let changes = form.changes(&working.connection);
            if changes.is_empty() {
                (working, false)
            } else {
                let target = admin.connection_ref(&working.connection.id);
                let patch = Patch::new(Value::Object(changes));
                (
                    connection::update_working_copy(app, &actor, target, patch).await?,
                    true,
                )
            }
        }
    };
    let is_active = saved.connection.state == ConnectionState::Active;
    Ok(match (form.is_enabled, is_active) {
        (true, false) => {
            check_can_activate(app, admin, &saved).await?;
            "/activate"
        }
        (false, true) => "/disable",
        (true, true) | (false, false) if saved.is_draft && is_changed => "?done=draft-saved",
        (true, true) | (false, false) => "?done=saved",
    })
}

async fn check_can_activate(
    app: &App,
    admin: &RequireOrgAdmin,
    saved: &WorkingCopyView,
) -> Result<(), Problem> {
    plan::check_sso(&app.config.plans, admin.organization())?;
    let target = admin.connection_ref(&saved.connection.id);
    let working = connection::load_working_copy(app, target).await?;
    connection::check_complete(&working.connection)
}

async fn panel_page(
    app: &App,
    admin: &RequireOrgAdmin,
    frame: ConsoleFrame<'_>,
    working: Option<WorkingCopyView>,
    form: FormState<ConnectionForm>,
) -> Result<Response, PageError> {
    let status = form.status();
    let card = match working {
        Some(working) => Some(connection_card(app, admin, working).await?),
        None => None,
    };
    let current = card
        .as_ref()
        .map(|card| card.working.connection.id.as_str());
    let connections = connection::list(app, admin.organization_id()).await?.items;
    let link = |connection: ConnectionView| ConnectionLink {
        panel: (current != Some(connection.id.as_str()))
            .then(|| admin.panel_path(Some(&connection.id))),
        name: connection.name,
        state: connection.state,
    };
    let page = SamlPanel {
        frame,
        slug: &admin.organization().slug,
        organization: &admin.organization().name,
        connections: connections.into_iter().map(link).collect(),
        panel: admin.panel_path(current),
        card,
        form,
    };
    Ok(page::answer_with_external_form(app, status, &page))
}

async fn connection_card(
    app: &App,
    admin: &RequireOrgAdmin,
    working: WorkingCopyView,
) -> Result<ConnectionCard, Problem> {
    let text = admin.text();
    let id = &working.connection.id;
    let target = admin.connection_ref(id);
    let differences = connection::draft_differences(app, target).await?;
    let setup = connection::setup_progress(app, target).await?;
    let last_test = match &working.connection.tested_at {
        Some(at) => Some(PassedTest {
            tested_by: match setup.tested_by {
                Some(by) => actor_name(app, text, &by).await?,
                None => String::new(),
            },
            tested_at: at.clone(),
        }),
        None => None,
    };
    let (_, connection) = connection::find(app, target).await?;
    Ok(ConnectionCard {
        certificate_url: acs_address::certificate_url(app, &connection),
        differences: DifferenceRow::list(text, &differences),
        test_action: admin.path(&format!("connections/{id}/test")),
        last_test,
        previous_version: previous_version(app, admin, &working).await?,
        confirmation: confirmation(app, admin, &connection).await?,
        enforcement: enforcement(app, admin, &connection).await?,
        working,
    })
}

async fn confirmation(
    app: &App,
    admin: &RequireOrgAdmin,
    connection: &Connection,
) -> Result<Option<Confirmation>, Problem> {
    if let Some(request) = &connection.activation_request {
        let link = setup_link::show(app, admin.organization(), &request.link).await?;
        let created_by = link.as_ref().map(|link| link.created_by.as_str());
        return Ok(Some(Confirmation::Requested {
            at: service::instant(request.at),
            creator: match created_by {
                Some(by) => actor_name(app, admin.text(), by).await?,
                None => String::new(),
            },
            recipient: link.and_then(|link| link.email),
        }));
    }
    let since = connection.lifecycle.unconfirmed_since;
    let since = since.filter(|_| connection.state() == ConnectionState::Active);
    Ok(since.map(|since| Confirmation::Unconfirmed {
        since: service::instant(since),
    }))
}

async fn enforcement(
    app: &App,
    admin: &RequireOrgAdmin,
    connection: &Connection,
) -> Result<Enforcement, Problem> {
    let text = admin.text();
    let requirement = sso_enforcement::find(app, admin.organization()).await?;
    if let Some(requirement) = requirement {
        let by = requirement.by.unwrap_or_default();
        return Ok(Enforcement::On {
            since: service::instant(requirement.since),
            enforced_by: actor_name(app, text, &by).await?,
        });
    }
    let obstacle = if connection.state() != ConnectionState::Active {
        Some("sso-enforcement-not-active")
    } else if connection.lifecycle.tested_at.is_none() {
        Some("sso-enforcement-not-tested")
    } else {
        None
    };
    Ok(match obstacle {
        Some(key) => Enforcement::Unavailable {
            reason: text.get(key),
        },
        None => Enforcement::Off,
    })
}

fn plan_page(app: &App, frame: ConsoleFrame<'_>) -> Response {
    let page = PlanPage {
        frame,
        needed_plan: app.config.plans.first_with_sso(),
        sales: app.config.sales_contact.as_ref().map(Contact::href),
    };
    page::answer(StatusCode::OK, &page)
}
