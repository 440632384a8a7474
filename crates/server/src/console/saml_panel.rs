//! The panel *SAML single sign-on* of an organization: its oldest connection, in the words that administrators know.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::json;
use store::ConnectionState;

use super::account::Done;
use super::form::ConsoleForm;
use super::guard::Refusal;
use super::page::ConsoleFrame;
use super::visitor::AdminVisit;
use crate::app::App;
use crate::json::Patch;
use crate::operations::connection::{self, ConnectionSettings, ConnectionView, Place};
use crate::page;
use crate::problem::{FieldProblem, Problem};

/// The panel.
#[derive(Debug, Template)]
#[template(path = "console/saml_panel.html")]
struct SamlPanel<'p> {
    frame: ConsoleFrame<'p>,
    slug: &'p str,
    connection: Option<ConnectionView>,
    typed: Typed,
    problem: Option<Problem>,
    has_plan: bool,
    needed_plan: &'p str,
}

/// What stands in the form.
#[derive(Clone, Debug, Default)]
struct Typed {
    is_enabled: bool,
    sign_on_url: String,
    issuer: String,
    certificate: String,
}

impl Typed {
    fn of_form(form: &ConsoleForm) -> Self {
        Self {
            is_enabled: form.has("enabled"),
            sign_on_url: form.text("sign_on_url").to_owned(),
            issuer: form.text("issuer").to_owned(),
            certificate: form.text("certificate").to_owned(),
        }
    }

    /// What is there. The certificate's field stays empty: what is trusted stands above it, and a new one replaces it.
    fn of_connection(connection: &ConnectionView) -> Self {
        Self {
            is_enabled: connection.state == ConnectionState::Active,
            sign_on_url: connection.sign_on_url.clone(),
            issuer: connection.issuer.clone(),
            certificate: String::new(),
        }
    }
}

impl SamlPanel<'_> {
    /// What is wrong with a field.
    fn fault(&self, field: &str) -> Option<&FieldProblem> {
        let errors = self.problem.as_ref().map(|problem| &problem.errors)?;
        errors
            .iter()
            .find(|one| one.field.split('[').next() == Some(field))
    }
}

/// `GET /console/organizations/{organization}/sso`
pub(super) async fn show(
    State(app): State<App>,
    visit: AdminVisit,
    Query(done): Query<Done>,
) -> Result<Response, Refusal> {
    let connection = oldest(&app, &visit).await?;
    let typed = connection
        .as_ref()
        .map_or_else(Typed::default, Typed::of_connection);
    Ok(panel(
        &app,
        &visit,
        done.done.as_deref(),
        (connection, typed, None),
    ))
}

/// `POST /console/organizations/{organization}/sso`
///
/// Certificates that are already trusted stay when the field is left empty.
pub(super) async fn save(
    State(app): State<App>,
    visit: AdminVisit,
    form: ConsoleForm,
) -> Result<Response, Refusal> {
    let mut typed = Typed::of_form(&form);
    let connection = oldest(&app, &visit).await?;
    match keep(&app, &visit, connection.as_ref(), &typed).await {
        Ok(()) => {
            let slug = &visit.organization().slug;
            let address = format!("/console/organizations/{slug}/sso?done=saved");
            Ok(Redirect::to(&address).into_response())
        }
        Err(problem) if problem.status.is_server_error() => Err(problem.into()),
        Err(problem) => {
            // A secret that was pasted by mistake must not travel once more.
            if connection::is_private_key(&app, &typed.certificate) {
                typed.certificate.clear();
            }
            let shown = (connection, typed, Some(problem));
            Ok(panel(&app, &visit, None, shown))
        }
    }
}

async fn oldest(app: &App, visit: &AdminVisit) -> Result<Option<ConnectionView>, Problem> {
    let connections = connection::list(app, visit.organization().id.as_str()).await?;
    Ok(connections.items.into_iter().next())
}

/// Writes down what the form says, then switches the connection on or off.
async fn keep(
    app: &App,
    visit: &AdminVisit,
    there: Option<&ConnectionView>,
    typed: &Typed,
) -> Result<(), Problem> {
    let (actor, organization) = (visit.visitor().actor(), visit.organization().id.as_str());
    let kept = match there {
        None => connection::create(app, &actor, organization, new(typed)).await?,
        Some(there) => {
            let mut change = json!({ "sign_on_url": typed.sign_on_url, "issuer": typed.issuer });
            if !typed.certificate.is_empty() {
                change["certificates"] = json!([typed.certificate]);
            }
            let place = Place::In(organization, &there.id);
            connection::update(app, &actor, place, Patch::new(change)).await?
        }
    };
    let place = Place::In(organization, &kept.id);
    match (typed.is_enabled, kept.state == ConnectionState::Active) {
        (true, false) => connection::activate(app, &actor, place).await.map(drop),
        (false, true) => connection::disable(app, &actor, place).await.map(drop),
        (true, true) | (false, false) => Ok(()),
    }
}

/// What is left empty is still to come: our side's addresses are shown as soon as there is a connection.
fn new(typed: &Typed) -> ConnectionSettings {
    let filled = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    ConnectionSettings {
        name: "SAML single sign-on".to_owned(),
        issuer: filled(&typed.issuer),
        sign_on_url: filled(&typed.sign_on_url),
        certificates: filled(&typed.certificate).map(|text| vec![text]),
        ..ConnectionSettings::default()
    }
}

fn panel(
    app: &App,
    visit: &AdminVisit,
    done: Option<&str>,
    (connection, typed, problem): (Option<ConnectionView>, Typed, Option<Problem>),
) -> Response {
    let status = problem
        .as_ref()
        .map_or(StatusCode::OK, |problem| problem.status);
    let organization = visit.organization();
    let page = SamlPanel {
        frame: visit.frame(app, "sso").noting(done),
        slug: &organization.slug,
        connection,
        typed,
        problem,
        has_plan: app.config.plans.includes_sso(&organization.plan),
        needed_plan: app.config.plans.first_with_sso(),
    };
    page::answer(status, &page)
}
