//! The operator's pages of the organizations.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use runtime::app::App;
use runtime::problem::{Problem, ProblemCode};
use serde::Deserialize;
use serde_json::json;
use service::json::Patch;
use service::organization::{NewOrganization, OrganizationView};
use service::{PageRequest, organization};
use web::page;

use super::account::Done;
use super::current_user::{AdminVisit, OperatorVisit};
use super::form::ConsoleForm;
use super::frame::ConsoleFrame;
use super::guard::Refusal;

/// The most organizations of a page.
const MANY: u32 = 50;

/// Lists organizations and makes others.
#[derive(Debug, Template)]
#[template(path = "console/organizations.html")]
struct OrganizationsPage<'p> {
    frame: ConsoleFrame<'p>,
    organizations: Vec<OrganizationView>,
    next: Option<String>,
    plans: &'p [String],
    name: &'p str,
    plan: &'p str,
    problem: Option<Problem>,
}

impl OrganizationsPage<'_> {
    /// Whether the name is what stands in the way: the slug, which this page does not ask for, is made of it.
    fn is_name_taken(&self) -> bool {
        let problem = self.problem.as_ref();
        problem.is_some_and(|problem| problem.code == ProblemCode::SlugTaken)
    }
}

/// Changes an organization's name and plan.
#[derive(Debug, Template)]
#[template(path = "console/organization.html")]
struct OrganizationPage<'p> {
    frame: ConsoleFrame<'p>,
    /// The slug that it has now.
    before: &'p str,
    name: &'p str,
    slug: &'p str,
    plan: &'p str,
    plans: &'p [String],
    problem: Option<Problem>,
}

/// Which part of the list is wanted.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Part {
    after: Option<String>,
    done: Option<String>,
}

/// `GET /console/organizations`
pub(super) async fn list(
    State(app): State<App>,
    visit: OperatorVisit,
    Query(part): Query<Part>,
) -> Result<Response, Refusal> {
    let plan = app.config.plans.first_with_sso().to_owned();
    show(&app, &visit, &part, (("", &plan), None)).await
}

/// `POST /console/organizations`
pub(super) async fn create(
    State(app): State<App>,
    visit: OperatorVisit,
    form: ConsoleForm,
) -> Result<Response, Refusal> {
    let (name, plan) = (form.text("name"), form.text("plan"));
    let new = NewOrganization {
        name: name.to_owned(),
        slug: None,
        plan: form.filled("plan").map(str::to_owned),
    };
    match organization::create(&app, &visit.visitor().actor(), new).await {
        Ok(made) => {
            let address = format!(
                "/console/organizations/{}/team?done=organization-created",
                made.slug
            );
            Ok(Redirect::to(&address).into_response())
        }
        Err(problem) if problem.status.is_server_error() => Err(problem.into()),
        Err(problem) => {
            let typed = ((name, plan), Some(problem));
            show(&app, &visit, &Part::default(), typed).await
        }
    }
}

/// `GET /console/organizations/{organization}/settings`
pub(super) async fn settings(
    State(app): State<App>,
    _operator: OperatorVisit,
    visit: AdminVisit,
    Query(done): Query<Done>,
) -> Response {
    let there = visit.organization();
    let typed = (
        there.name.as_str(),
        there.slug.as_str(),
        there.plan.as_str(),
    );
    show_one(&app, &visit, done.done.as_deref(), (typed, None))
}

/// `POST /console/organizations/{organization}/settings`
pub(super) async fn change(
    State(app): State<App>,
    _operator: OperatorVisit,
    visit: AdminVisit,
    form: ConsoleForm,
) -> Result<Response, Refusal> {
    let typed = (form.text("name"), form.text("slug"), form.text("plan"));
    let change = Patch::new(json!({ "name": typed.0, "slug": typed.1, "plan": typed.2 }));
    let id = visit.organization().id.as_str();
    match organization::update(&app, &visit.visitor().actor(), id, change).await {
        Ok(changed) => {
            let address = format!(
                "/console/organizations/{}/settings?done=saved",
                changed.slug
            );
            Ok(Redirect::to(&address).into_response())
        }
        Err(problem) if problem.status.is_server_error() => Err(problem.into()),
        Err(problem) => Ok(show_one(&app, &visit, None, (typed, Some(problem)))),
    }
}

async fn show(
    app: &App,
    visit: &OperatorVisit,
    part: &Part,
    ((name, plan), problem): ((&str, &str), Option<Problem>),
) -> Result<Response, Refusal> {
    let request = PageRequest {
        cursor: part.after.clone(),
        limit: Some(MANY),
    };
    let listing = organization::list(app, &request).await?;
    let status = page::status(problem.as_ref());
    let page = OrganizationsPage {
        frame: ConsoleFrame::of_visitor(app, visit.visitor(), "organizations")
            .noting(part.done.as_deref()),
        organizations: listing.items,
        next: listing.next,
        plans: app.config.plans.names(),
        name,
        plan,
        problem,
    };
    Ok(page::answer(status, &page))
}

fn show_one(
    app: &App,
    visit: &AdminVisit,
    done: Option<&str>,
    ((name, slug, plan), problem): ((&str, &str, &str), Option<Problem>),
) -> Response {
    let status = page::status(problem.as_ref());
    let page = OrganizationPage {
        frame: visit.frame(app, "settings").noting(done),
        before: &visit.organization().slug,
        name,
        slug,
        plan,
        plans: app.config.plans.names(),
        problem,
    };
    page::answer(status, &page)
}
