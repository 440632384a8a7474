//! The page of the rules that choose among an organization's active connections.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use runtime::app::App;
use service::connection::ConnectionView;
use service::routing::{MAX_RULES, NewRouting, NewRoutingRule, RoutingRuleView, SkippedRule};
use service::{connection, routing};
use web::page;

use super::current_user::RequireOrgAdmin;
use super::form::ConsoleForm;
use super::form_state::FormState;
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
    form: FormState<Vec<RuleForm>>,
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
            return Some(problem.localize(self.frame.text));
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
    let routing = routing::list(&app, admin.organization_id()).await?;
    let rules = routing.rules.into_iter().map(RuleForm::from_view).collect();
    routing_page(&app, &admin, query.done.as_deref(), FormState::new(rules)).await
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
    match routing::replace(&app, &admin.actor(), admin.organization_id(), new).await {
        Ok(_) => Ok(redirect_with_notice(&admin.path("routing"), "saved")),
        Err(problem) => {
            let form = FormState::rejected(rules, problem)?;
            routing_page(&app, &admin, None, form).await
        }
    }
}

async fn routing_page(
    app: &App,
    admin: &RequireOrgAdmin,
    done: Option<&str>,
    mut form: FormState<Vec<RuleForm>>,
) -> Result<Response, PageError> {
    let listing = connection::list(app, admin.organization_id()).await?;
    let status = form.status();
    let empty = EMPTY_RULES.min(MAX_RULES.saturating_sub(form.values.len()));
    let empty_rules = std::iter::repeat_n(RuleForm::default(), empty);
    form.values.extend(empty_rules);
    let page = RoutingPage {
        frame: admin.frame(app, "domains").with_notice(done),
        path: admin.path("routing"),
        domains: admin.path("domains"),
        form,
        connections: listing.items,
    };
    Ok(page::answer(status, &page))
}
