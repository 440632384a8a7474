//! The page of the rules that choose among an organization's active connections.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use runtime::app::App;
use runtime::problem::ProblemCode;
use service::connection::{ConnectionView, ETag};
use service::routing::{
    MAX_RULES, NewRouting, NewRoutingRule, RoutingRuleView, RoutingView, SkippedRule,
};
use service::{connection, routing};
use web::page;

use super::current_user::RequireOrgAdmin;
use super::form::ConsoleForm;
use super::form_state::{self, FormState};
use super::frame::ConsoleFrame;
use super::notice::{NoticeQuery, redirect_with_notice};
use super::page_error::PageError;

/// The page ends with this many empty rules.
const EMPTY_RULES: usize = 2;

#[derive(Debug, Template)]
#[template(path = "console/routing.html")]
struct RoutingPage<'p> {
    frame: ConsoleFrame<'p>,
    path: String,
    domains: String,
    /// Of the saved rules, which the submission of this page replaces.
    revision: ETag,
    form: FormState<Vec<RuleForm>>,
    /// The rules that another administrator has saved since the form was opened.
    saved_rules: Vec<RoutingRuleView>,
    connections: Vec<ConnectionView>,
}

/// A rule in the form.
#[derive(Clone, Debug, Default)]
struct RuleForm {
    /// One pattern in each line.
    patterns: String,
    /// The connection ID; empty in a new rule.
    connection: String,
    skipped: Option<SkippedRule>,
}

impl RuleForm {
    fn from_view(rule: RoutingRuleView) -> Self {
        Self {
            patterns: rule.patterns.join("\n"),
            connection: rule.connection,
            skipped: rule.skipped,
        }
    }

    /// A rule without patterns is left out.
    fn all_from(form: &ConsoleForm) -> Vec<Self> {
        let rows = form.all("patterns").zip(form.all("connection"));
        rows.filter(|(patterns, _)| !patterns.is_empty())
            .map(|(patterns, connection)| Self {
                patterns: patterns.to_owned(),
                connection: connection.to_owned(),
                skipped: None,
            })
            .collect()
    }

    fn to_rule(&self) -> NewRoutingRule {
        let separators = |one: char| one.is_whitespace() || one == ',' || one == ';';
        let patterns = self.patterns.split(separators);
        NewRoutingRule {
            patterns: patterns
                .filter(|pattern| !pattern.is_empty())
                .map(str::to_owned)
                .collect(),
            connection: self.connection.clone(),
        }
    }

    fn is_deleted(&self) -> bool {
        self.skipped == Some(SkippedRule::ConnectionDeleted)
    }
}

impl RoutingPage<'_> {
    /// What is wrong with a field of a rule, or with one of its patterns.
    fn rule_error(&self, index: &usize, field: &str) -> Option<String> {
        let path = format!("rules[{index}].{field}");
        let errors = &self.form.problem.as_ref()?.errors;
        let is_of_field = |found: &str| {
            found
                .strip_prefix(&path)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('['))
        };
        let error = errors.iter().find(|error| is_of_field(&error.field))?;
        Some(error.localize(self.frame.text))
    }

    /// What is wrong with the form as a whole.
    fn form_error(&self) -> Option<String> {
        let problem = self.form.problem.as_ref()?;
        if problem.errors.is_empty() {
            return Some(form_state::message(self.frame.text, "routing", problem));
        }
        self.form.path_message(self.frame.text, "rules")
    }
}

/// `GET /console/organizations/{organization}/routing`
pub(super) async fn show(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    Query(query): Query<NoticeQuery>,
) -> Result<Response, PageError> {
    let mut saved = routing::list(&app, admin.organization_id()).await?;
    let rules = std::mem::take(&mut saved.rules);
    let rules = rules.into_iter().map(RuleForm::from_view).collect();
    let frame = admin.frame(&app, "domains");
    let frame = frame.with_notice(query.done.as_deref());
    routing_page(&app, &admin, frame, saved, FormState::new(rules)).await
}

/// `POST /console/organizations/{organization}/routing`
pub(super) async fn save(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    form: ConsoleForm,
) -> Result<Response, PageError> {
    let rules = RuleForm::all_from(&form);
    let new = NewRouting {
        rules: rules.iter().map(RuleForm::to_rule).collect(),
    };
    let read = Some(form.revision());
    let actor = admin.actor();
    match routing::replace(&app, &actor, admin.organization_id(), new, read).await {
        Ok(_) => Ok(redirect_with_notice(&admin.path("routing"), "saved")),
        Err(problem) => {
            let is_conflict = problem.code == ProblemCode::EditConflict;
            let rejected = FormState::rejected(rules, problem)?;
            let mut saved = routing::list(&app, admin.organization_id()).await?;
            if !is_conflict {
                saved.rules.clear();
                saved.revision = form.revision();
            }
            let frame = admin.frame(&app, "domains");
            routing_page(&app, &admin, frame, saved, rejected).await
        }
    }
}

/// The page with the rules of the form, and with the saved ones where they differ.
async fn routing_page(
    app: &App,
    admin: &RequireOrgAdmin,
    frame: ConsoleFrame<'_>,
    saved: RoutingView,
    mut form: FormState<Vec<RuleForm>>,
) -> Result<Response, PageError> {
    let listing = connection::list(app, admin.organization_id()).await?;
    let status = form.status();
    let empty = EMPTY_RULES.min(MAX_RULES.saturating_sub(form.values.len()));
    let empty_rules = std::iter::repeat_n(RuleForm::default(), empty);
    form.values.extend(empty_rules);
    let page = RoutingPage {
        frame,
        path: admin.path("routing"),
        domains: admin.path("domains"),
        revision: saved.revision,
        form,
        saved_rules: saved.rules,
        connections: listing.items,
    };
    Ok(page::answer(status, &page))
}
