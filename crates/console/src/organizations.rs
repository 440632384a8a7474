//! The operators' pages of the organizations.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use i18n::Localizer;
use runtime::app::App;
use runtime::problem::{Problem, ProblemCode};
use serde::Deserialize;
use serde_json::json;
use service::json::Patch;
use service::organization::{NewOrganization, OrganizationQuery, OrganizationView, PlanImpact};
use service::{PageRequest, organization};
use web::page;

use super::confirmation_page::{CONFIRMED, ConfirmationPage, FormButton};
use super::current_user::{RequireOperator, RequireOrgAdmin};
use super::form::ConsoleForm;
use super::form_state::FormState;
use super::frame::ConsoleFrame;
use super::list_query;
use super::notice::{NoticeQuery, redirect_with_notice};
use super::page_error::PageError;

const PAGE_SIZE: u32 = 50;

/// Lists organizations and creates them.
#[derive(Debug, Template)]
#[template(path = "console/organizations.html")]
struct OrganizationsPage<'p> {
    frame: ConsoleFrame<'p>,
    organizations: Vec<OrganizationView>,
    filter: ListQuery,
    more: Option<String>,
    plans: &'p [String],
    form: FormState<CreateForm>,
}

#[derive(Clone, Debug)]
struct CreateForm {
    name: String,
    /// Empty when the server derives it from the name.
    slug: String,
    plan: String,
}

impl OrganizationsPage<'_> {
    fn error(&self, field: &str) -> Option<String> {
        // The server derives the slug from the name.
        let (taken_field, key) = if self.form.values.slug.is_empty() {
            ("name", "operator-name-taken")
        } else {
            ("slug", "operator-slug-taken")
        };
        if field == taken_field && is_slug_taken(&self.form) {
            return Some(self.frame.text.get(key));
        }
        self.form.field_message(self.frame.text, field)
    }
}

/// The name of an [`SsoState`](store::SsoState), for the filter.
fn sso_label(state: &str, text: &Localizer) -> String {
    text.get(&format!("operator-sso-{state}"))
}

impl OrganizationPage<'_> {
    fn error(&self, field: &str) -> Option<String> {
        if field == "slug" && is_slug_taken(&self.form) {
            return Some(self.frame.text.get("operator-slug-taken"));
        }
        self.form.field_message(self.frame.text, field)
    }
}

fn is_slug_taken<V>(form: &FormState<V>) -> bool {
    let problem = form.problem.as_ref();
    problem.is_some_and(|problem| problem.code == ProblemCode::SlugInUse)
}

/// The problem of a form, unless its fields show it.
fn general_problem<V>(form: &FormState<V>) -> Option<&Problem> {
    let problem = form.problem.as_ref()?;
    (problem.errors.is_empty() && !is_slug_taken(form)).then_some(problem)
}

#[derive(Debug, Template)]
#[template(path = "console/organization.html")]
struct OrganizationPage<'p> {
    frame: ConsoleFrame<'p>,
    /// The organization's current slug.
    current_slug: &'p str,
    plans: &'p [String],
    form: FormState<SettingsForm>,
}

#[derive(Clone, Debug)]
struct SettingsForm {
    name: String,
    slug: String,
    plan: String,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ListQuery {
    q: String,
    plan: String,
    /// An [`SsoState`](store::SsoState), or empty.
    sso: String,
    after: Option<String>,
    done: Option<String>,
}

impl ListQuery {
    fn is_filtered(&self) -> bool {
        [&self.q, &self.plan, &self.sso]
            .iter()
            .any(|value| !value.trim().is_empty())
    }
}

/// `GET /console/organizations`
pub(super) async fn list(
    State(app): State<App>,
    operator: RequireOperator,
    Query(query): Query<ListQuery>,
) -> Result<Response, PageError> {
    let form = CreateForm {
        name: String::new(),
        slug: String::new(),
        plan: app.config.plans.first_with_sso().to_owned(),
    };
    organizations_page(&app, &operator, query, FormState::new(form)).await
}

/// `POST /console/organizations`
pub(super) async fn create(
    State(app): State<App>,
    operator: RequireOperator,
    form: ConsoleForm,
) -> Result<Response, PageError> {
    let new = NewOrganization {
        name: form.text("name").to_owned(),
        slug: form.filled("slug").map(str::to_owned),
        plan: form.filled("plan").map(str::to_owned),
    };
    match organization::create(&app, &operator.actor(), new).await {
        Ok(created) => {
            let team = format!("/console/organizations/{}/team", created.slug);
            Ok(redirect_with_notice(&team, "organization-created"))
        }
        Err(problem) => {
            let values = CreateForm {
                name: form.text("name").to_owned(),
                slug: form.text("slug").to_owned(),
                plan: form.text("plan").to_owned(),
            };
            let form = FormState::rejected(values, problem)?;
            organizations_page(&app, &operator, ListQuery::default(), form).await
        }
    }
}

/// `GET /console/organizations/{organization}/settings`
pub(super) async fn settings(
    State(app): State<App>,
    _operator: RequireOperator,
    admin: RequireOrgAdmin,
    Query(query): Query<NoticeQuery>,
) -> Response {
    let organization = admin.organization();
    let form = SettingsForm {
        name: organization.name.clone(),
        slug: organization.slug.clone(),
        plan: organization.plan.clone(),
    };
    organization_page(&app, &admin, query.done.as_deref(), FormState::new(form))
}

/// `POST /console/organizations/{organization}/settings`
pub(super) async fn update(
    State(app): State<App>,
    _operator: RequireOperator,
    admin: RequireOrgAdmin,
    form: ConsoleForm,
) -> Result<Response, PageError> {
    let values = SettingsForm {
        name: form.text("name").to_owned(),
        slug: form.text("slug").to_owned(),
        plan: form.text("plan").to_owned(),
    };
    if !form.has(CONFIRMED)
        && let Some(impact) =
            organization::plan_impact(&app, admin.organization(), &values.plan).await?
    {
        return Ok(plan_page(&app, &admin, &values, &impact));
    }
    let patch =
        Patch::new(json!({ "name": values.name, "slug": values.slug, "plan": values.plan }));
    match organization::update(&app, &admin.actor(), admin.organization_id(), patch).await {
        Ok(updated) => {
            let settings = format!("/console/organizations/{}/settings", updated.slug);
            Ok(redirect_with_notice(&settings, "saved"))
        }
        Err(problem) => {
            let form = FormState::rejected(values, problem)?;
            Ok(organization_page(&app, &admin, None, form))
        }
    }
}

/// Asks before a plan without SSO stops the connections of the organization.
fn plan_page(
    app: &App,
    admin: &RequireOrgAdmin,
    values: &SettingsForm,
    impact: &PlanImpact,
) -> Response {
    let text = admin.text();
    let settings = admin.path("settings");
    let names = [
        ("organization", admin.organization().name.as_str().into()),
        ("plan", values.plan.as_str().into()),
    ];
    let count = |key, count: i64| text.format(key, &[("count", count.into())]);
    let connections = impact.connections.join(", ");
    let mut effects = vec![
        text.format(
            "operator-plan-connections",
            &[("names", connections.into())],
        ),
        count("operator-plan-accounts", impact.usage.accounts),
        count("operator-plan-sessions", impact.usage.sessions),
        text.get("operator-plan-undo"),
    ];
    if admin.organization().sso_enforced_since.is_some() {
        effects.push(text.get("operator-plan-enforced"));
    }
    let mut page = ConfirmationPage::new(
        admin.frame(app, "settings"),
        text.format("operator-plan-question", &names),
        effects,
        FormButton::new(settings.clone(), text.get("operator-plan-button")),
        settings,
    );
    page.fields = vec![
        ("name", values.name.clone()),
        ("slug", values.slug.clone()),
        ("plan", values.plan.clone()),
    ];
    page.answer(app)
}

async fn organizations_page(
    app: &App,
    operator: &RequireOperator,
    query: ListQuery,
    form: FormState<CreateForm>,
) -> Result<Response, PageError> {
    let request = PageRequest {
        cursor: query.after.clone(),
        limit: Some(PAGE_SIZE),
    };
    let filter = OrganizationQuery {
        search: list_query::filled(&query.q),
        plan: list_query::filled(&query.plan),
        sso: list_query::filled(&query.sso),
    };
    let listing = organization::list(app, &filter, &request).await?;
    let filters = [
        ("q", query.q.as_str()),
        ("plan", query.plan.as_str()),
        ("sso", query.sso.as_str()),
    ];
    let more = listing
        .next
        .map(|next| list_query::next_page(&filters, &next));
    let status = form.status();
    let page = OrganizationsPage {
        frame: operator
            .frame(app, "organizations")
            .with_notice(query.done.as_deref()),
        organizations: listing.items,
        more,
        filter: query,
        plans: app.config.plans.names(),
        form,
    };
    Ok(page::answer(status, &page))
}

fn organization_page(
    app: &App,
    admin: &RequireOrgAdmin,
    done: Option<&str>,
    form: FormState<SettingsForm>,
) -> Response {
    let status = form.status();
    let page = OrganizationPage {
        frame: admin.frame(app, "settings").with_notice(done),
        current_slug: &admin.organization().slug,
        plans: app.config.plans.names(),
        form,
    };
    page::answer(status, &page)
}
