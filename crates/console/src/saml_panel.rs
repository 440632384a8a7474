//! The panel *SAML single sign-on* of an organization: a connection, in the words that administrators know.
//!
//! An organization may have several; the page's address names the one that it is about, and the others are listed.
//! What is changed about a connection through which members sign in becomes a draft beside it ([`super::draft`]);
//! switching it on and off asks first ([`super::activation`]).

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use config::Contact;
use jiff::Timestamp;
use runtime::app::App;
use runtime::problem::{FieldProblem, LocalizedText, Problem, ProblemCode};
use saml::paste::find_secret;
use serde_json::{Map, Value, json};
use service::connection::{ConnectionInput, ConnectionView, Revision, WorkingView, acs_address};
use service::json::Patch;
use service::{connection, plan, sso_enforcement};
use store::ConnectionState;
use web::page;

use super::account::Done;
use super::actor_name;
use super::current_user::AdminVisit;
use super::diff::DifferenceRow;
use super::form::ConsoleForm;
use super::frame::ConsoleFrame;
use super::guard::Refusal;

/// The panel.
#[derive(Debug, Template)]
#[template(path = "console/saml_panel.html")]
struct SamlPanel<'p> {
    frame: ConsoleFrame<'p>,
    slug: &'p str,
    /// Where this panel is.
    panel: String,
    /// All of the organization's connections.
    connections: Vec<Listed>,
    there: Option<There>,
    typed: Typed,
    problem: Option<Problem>,
}

/// The connection, as far as there is one.
#[derive(Debug)]
struct There {
    /// With the settings that are being worked on.
    working: WorkingView,
    /// Where our certificate is.
    certificate_url: String,
    /// What publishing would change, when there is a draft.
    differences: Vec<DifferenceRow>,
    /// Where it is tested.
    test_action: String,
    /// Who last tested it well, and when.
    tested: Option<(String, String)>,
    required: Required,
}

/// A connection in the list of them all.
#[derive(Debug)]
struct Listed {
    name: String,
    state: ConnectionState,
    /// Where its panel is; nothing for the one that is shown.
    panel: Option<String>,
}

/// Whether everybody has to come through it.
#[derive(Debug)]
enum Required {
    /// Nobody has to, and it cannot be required yet: why, in words.
    NotYet(String),
    /// Nobody has to.
    No,
    /// Everybody has to.
    Since { since: String, by: String },
}

/// Tells an organization without the plan what single sign-on would give.
#[derive(Debug, Template)]
#[template(path = "console/plan.html")]
struct PlanPage<'p> {
    frame: ConsoleFrame<'p>,
    needed_plan: &'p str,
    sales: Option<&'p str>,
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

    /// Leaves out what must be neither kept nor sent back, and says in which fields it stood.
    fn forget_secrets(&mut self, now: Timestamp) -> Vec<FieldProblem> {
        let fields = [
            (
                "sign_on_url",
                "problem-expected-sign-on-url",
                &mut self.sign_on_url,
            ),
            ("issuer", "problem-expected-issuer", &mut self.issuer),
            (
                "certificates",
                "problem-expected-certificate",
                &mut self.certificate,
            ),
        ];
        let fault = |(field, expected, text): (&str, &'static str, &mut String)| {
            find_secret(text, now)?;
            text.clear();
            let received = LocalizedText::key("problem-received-secret");
            Some(FieldProblem::new(
                field,
                LocalizedText::key(expected),
                received,
            ))
        };
        fields.into_iter().filter_map(fault).collect()
    }

    /// What is there. The certificate's field stays empty: what is trusted stands above it, and a new one replaces it.
    fn of_working(working: &WorkingView) -> Self {
        Self {
            is_enabled: working.connection.state == ConnectionState::Active,
            sign_on_url: working.connection.sign_on_url.clone(),
            issuer: working.connection.issuer.clone(),
            certificate: String::new(),
        }
    }

    /// What of it is another than what is there.
    fn change(&self, working: &WorkingView) -> Map<String, Value> {
        let there = &working.connection;
        let mut change = Map::new();
        // What was emptied is missing, which is said of each field.
        let filled = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        if self.sign_on_url != there.sign_on_url {
            change.insert("sign_on_url".to_owned(), json!(filled(&self.sign_on_url)));
        }
        if self.issuer != there.issuer {
            change.insert("issuer".to_owned(), json!(filled(&self.issuer)));
        }
        if !self.certificate.is_empty() {
            change.insert("certificates".to_owned(), json!([self.certificate]));
        }
        change
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

    /// Whether the fields are shown only once the switch is on: not while somebody is busy with them.
    fn unrolls(&self) -> bool {
        let is_new_or_known = self.there.as_ref().is_none_or(|there| {
            matches!(
                there.working.connection.state,
                ConnectionState::Active | ConnectionState::Disabled
            )
        });
        is_new_or_known && self.problem.is_none()
    }
}

/// `GET /console/organizations/{organization}/sso` and `…/sso/{connection}`
pub(super) async fn show(
    State(app): State<App>,
    visit: AdminVisit,
    Query(done): Query<Done>,
) -> Result<Response, Refusal> {
    let done = done.done.as_deref();
    if plan::check_sso(&app.config.plans, visit.organization()).is_err() {
        return Ok(without_plan(&app, &visit, done));
    }
    let working = chosen(&app, &visit).await?;
    let typed = working
        .as_ref()
        .map_or_else(Typed::default, Typed::of_working);
    panel(&app, &visit, done, (working, typed, None)).await
}

/// `POST /console/organizations/{organization}/sso` and `…/sso/{connection}`
///
/// Certificates that are already trusted stay when the field is left empty.
pub(super) async fn save(
    State(app): State<App>,
    visit: AdminVisit,
    form: ConsoleForm,
) -> Result<Response, Refusal> {
    let mut typed = Typed::of_form(&form);
    let secrets = typed.forget_secrets(app.clock.now());
    let kept = if secrets.is_empty() {
        keep(&app, &visit, (&typed, &form.revision())).await
    } else {
        Err(Problem::fields(secrets))
    };
    match kept {
        Ok(rest) => {
            let panel = visit.panel_of(visit.connection());
            Ok(Redirect::to(&format!("{panel}{rest}")).into_response())
        }
        Err(problem) if problem.status.is_server_error() => Err(problem.into()),
        Err(problem) => {
            let working = chosen(&app, &visit).await?;
            let shown = (working, typed, Some(problem));
            Ok(panel(&app, &visit, None, shown).await?)
        }
    }
}

/// The panel as it is now, with what could not be done from a page of its kind.
pub(super) async fn again(
    app: &App,
    visit: &AdminVisit,
    problem: Problem,
) -> Result<Response, Refusal> {
    if problem.status.is_server_error() {
        return Err(problem.into());
    }
    let working = chosen(app, visit).await?;
    let typed = working
        .as_ref()
        .map_or_else(Typed::default, Typed::of_working);
    panel(app, visit, None, (working, typed, Some(problem))).await
}

/// The connection that the page is about, with the settings that are being worked on: the one that the address names,
/// or else one that members come through, or the oldest.
async fn chosen(app: &App, visit: &AdminVisit) -> Result<Option<WorkingView>, Problem> {
    let all = connection::list(app, visit.organization().id.as_str()).await?;
    let is_active = |one: &&ConnectionView| one.state == ConnectionState::Active;
    let by_itself = all
        .items
        .iter()
        .find(is_active)
        .or_else(|| all.items.first());
    match visit
        .connection()
        .or_else(|| by_itself.map(|one| one.id.as_str()))
    {
        Some(id) => connection::show_working(app, visit.place_of(id))
            .await
            .map(Some),
        None => Ok(None),
    }
}

/// The same, where there has to be one.
pub(super) async fn expected(app: &App, visit: &AdminVisit) -> Result<WorkingView, Problem> {
    let found = chosen(app, visit).await?;
    found.ok_or_else(|| Problem::new(ProblemCode::NoConnection))
}

/// Writes down what the form says, and gives the rest of the address that comes next.
async fn keep(
    app: &App,
    visit: &AdminVisit,
    (typed, seen): (&Typed, &Revision),
) -> Result<&'static str, Problem> {
    let (actor, organization) = (visit.visitor().actor(), visit.organization().id.as_str());
    let (kept, is_changed) = match chosen(app, visit).await? {
        None => {
            let made = connection::create(app, &actor, organization, new(typed)).await?;
            let place = visit.place_of(&made.id);
            (connection::show_working(app, place).await?, true)
        }
        Some(there) if there.revision != *seen => return Err(connection::edit_conflict()),
        Some(there) => {
            let change = typed.change(&there);
            if change.is_empty() {
                (there, false)
            } else {
                let place = visit.place_of(&there.connection.id);
                let change = Patch::new(Value::Object(change));
                (connection::revise(app, &actor, place, change).await?, true)
            }
        }
    };
    let is_active = kept.connection.state == ConnectionState::Active;
    Ok(match (typed.is_enabled, is_active) {
        (true, false) => {
            check_can_be_active(app, visit, &kept).await?;
            "/activate"
        }
        (false, true) => "/disable",
        (true, true) | (false, false) if kept.is_draft && is_changed => "?done=draft-kept",
        (true, true) | (false, false) => "?done=saved",
    })
}

async fn check_can_be_active(
    app: &App,
    visit: &AdminVisit,
    kept: &WorkingView,
) -> Result<(), Problem> {
    plan::check_sso(&app.config.plans, visit.organization())?;
    let place = visit.place_of(&kept.connection.id);
    let working = connection::working(app, place).await?;
    connection::check_complete(&working.connection)
}

/// What is left empty is still to come: our side's addresses are shown as soon as there is a connection.
fn new(typed: &Typed) -> ConnectionInput {
    let filled = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    ConnectionInput {
        name: "SAML single sign-on".to_owned(),
        issuer: filled(&typed.issuer),
        sign_on_url: filled(&typed.sign_on_url),
        certificates: filled(&typed.certificate).map(|text| vec![text]),
        ..ConnectionInput::default()
    }
}

async fn panel(
    app: &App,
    visit: &AdminVisit,
    done: Option<&str>,
    (working, typed, problem): (Option<WorkingView>, Typed, Option<Problem>),
) -> Result<Response, Refusal> {
    let status = page::status(problem.as_ref());
    let there = match working {
        Some(working) => Some(there(app, visit, working).await?),
        None => None,
    };
    let shown = there
        .as_ref()
        .map(|there| there.working.connection.id.as_str());
    let all = connection::list(app, visit.organization().id.as_str()).await?;
    let listed = |one: ConnectionView| Listed {
        panel: (shown != Some(one.id.as_str())).then(|| visit.panel_of(Some(&one.id))),
        name: one.name,
        state: one.state,
    };
    let page = SamlPanel {
        frame: visit.frame(app, "sso").noting(done),
        slug: &visit.organization().slug,
        connections: all.items.into_iter().map(listed).collect(),
        panel: visit.panel_of(shown),
        there,
        typed,
        problem,
    };
    Ok(page::answer_with_external_form(app, status, &page))
}

async fn there(app: &App, visit: &AdminVisit, working: WorkingView) -> Result<There, Problem> {
    let (organization, text) = (visit.organization(), visit.visitor().text);
    let place = visit.place_of(&working.connection.id);
    let differences = connection::draft_differences(app, place).await?;
    let setup = connection::setup(app, place).await?;
    let tested = match (&working.connection.tested_at, setup.tested_by) {
        (Some(at), Some(by)) => Some((actor_name::name(app, text, &by).await?, at.clone())),
        (Some(at), None) => Some((String::new(), at.clone())),
        (None, _) => None,
    };
    let (_, row) = connection::find(app, place).await?;
    Ok(There {
        certificate_url: acs_address::certificate_url(app, &row),
        differences: differences
            .iter()
            .map(|one| DifferenceRow::new(text, one))
            .collect(),
        test_action: format!(
            "/console/organizations/{}/connections/{}/test",
            organization.slug, working.connection.id
        ),
        tested,
        required: required(app, visit, &row).await?,
        working,
    })
}

async fn required(
    app: &App,
    visit: &AdminVisit,
    row: &store::Connection,
) -> Result<Required, Problem> {
    let text = visit.visitor().text;
    let requirement = sso_enforcement::requirement(app, visit.organization()).await?;
    if let Some(requirement) = requirement {
        let by = requirement.by.unwrap_or_default();
        return Ok(Required::Since {
            since: service::instant(requirement.since),
            by: actor_name::name(app, text, &by).await?,
        });
    }
    Ok(if row.state() != ConnectionState::Active {
        Required::NotYet(text.get("require-not-active"))
    } else if row.lifecycle.tested_at.is_none() {
        Required::NotYet(text.get("require-not-tested"))
    } else {
        Required::No
    })
}

fn without_plan(app: &App, visit: &AdminVisit, done: Option<&str>) -> Response {
    let page = PlanPage {
        frame: visit.frame(app, "sso").noting(done),
        needed_plan: app.config.plans.first_with_sso(),
        sales: app.config.sales_contact.as_ref().map(Contact::href),
    };
    page::answer(axum::http::StatusCode::OK, &page)
}
