//! The fourth step: how people are described, and which groups give which role.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use i18n::Localizer;
use runtime::app::App;
use runtime::problem::{FieldProblem, Problem};
use serde_json::{Value, json};
use service::connection::SetupStep;
use service::json::Patch;
use service::sign_in::test_result::TestResult;
use service::{connection, role};
use web::page;

use super::progress::Walk;
use super::setup_user::SetupVisitor;
use super::step::Step;
use super::{progress, test_step};
use crate::form::ConsoleForm;
use crate::frame::ConsoleFrame;
use crate::guide::{AttributesView, Guide, GuidePart, PartView, Words};
use crate::page_error::PageError;

/// So many rules more can be added at a time.
const MORE_RULES: usize = 3;

/// The attributes and the rules.
#[derive(Debug, Template)]
#[template(path = "setup/attributes.html")]
struct AttributesPage<'p> {
    frame: ConsoleFrame<'p>,
    walk: Walk,
    guide: AttributesView,
    rows: Vec<Row>,
    sent: Option<TestResult>,
    rules: Vec<Rule>,
    roles: Vec<&'p str>,
    default_role: String,
    problem: Option<Problem>,
}

/// A part of a profile, and by which attribute it comes.
#[derive(Debug)]
struct Row {
    part: PartView,
    field: &'static str,
    /// Who sees to it that it is sent, where that is known and it has not come.
    sent: Option<String>,
    /// The name that was given, where it is not the usual one.
    typed: String,
    /// What the last test has brought.
    came: Option<String>,
}

/// A group that gives a role.
#[derive(Clone, Debug)]
struct Rule {
    group: String,
    role: String,
}

impl Rule {
    /// A row for a rule to come; nobody is made an administrator by leaving the role as it stands.
    fn to_come() -> Self {
        Self {
            group: String::new(),
            role: role::MEMBER.to_owned(),
        }
    }
}

/// What stands in the form.
#[derive(Debug)]
struct Typed {
    names: Vec<(&'static str, String)>,
    rules: Vec<Rule>,
    default_role: String,
}

impl AttributesPage<'_> {
    fn fault(&self, field: &str) -> Option<&FieldProblem> {
        let errors = self.problem.as_ref().map(|problem| &problem.errors)?;
        errors.iter().find(|one| one.field == field)
    }

    fn rule_fault(&self, at: &usize) -> Option<&FieldProblem> {
        let beginning = format!("role_rules[{at}]");
        let errors = self.problem.as_ref().map(|problem| &problem.errors)?;
        errors.iter().find(|one| one.field.starts_with(&beginning))
    }
}

const fn field(part: GuidePart) -> &'static str {
    match part {
        GuidePart::Email => "email",
        GuidePart::FirstName => "first_name",
        GuidePart::LastName => "last_name",
        GuidePart::Name => "name",
        GuidePart::Groups => "groups",
    }
}

const FIELDS: [&str; 5] = ["email", "first_name", "last_name", "name", "groups"];

impl Typed {
    fn of_connection(visitor: &SetupVisitor) -> Self {
        let settings = &visitor.connection().settings;
        let names = settings.attribute_mapping.clone();
        let known = [
            names.email,
            names.first_name,
            names.last_name,
            names.name,
            names.groups,
        ];
        let known = known.into_iter().map(Option::unwrap_or_default);
        Self {
            names: FIELDS.into_iter().zip(known).collect(),
            rules: settings
                .role_rules
                .iter()
                .map(|rule| Rule {
                    group: rule.group.clone(),
                    role: rule.role.clone(),
                })
                .collect(),
            default_role: settings.default_role.clone(),
        }
    }

    /// A rule without a group is none.
    fn of_form(form: &ConsoleForm) -> Self {
        let rules = form.all("group").zip(form.all("role"));
        Self {
            names: FIELDS
                .into_iter()
                .map(|field| (field, form.text(field).to_owned()))
                .collect(),
            rules: rules
                .filter(|(group, _)| !group.is_empty())
                .map(|(group, role)| Rule {
                    group: group.to_owned(),
                    role: role.to_owned(),
                })
                .collect(),
            default_role: form.text("default_role").to_owned(),
        }
    }

    fn change(&self) -> Value {
        let mut names = json!({});
        for (field, name) in &self.names {
            names[*field] = if name.is_empty() {
                Value::Null
            } else {
                json!(name)
            };
        }
        let rule = |rule: &Rule| json!({ "group": rule.group, "role": rule.role });
        let rules: Vec<_> = self.rules.iter().map(rule).collect();
        json!({ "attributes": names, "role_rules": rules, "default_role": self.default_role })
    }
}

/// `GET …/setup/attributes`
pub(super) async fn show(
    State(app): State<App>,
    visitor: SetupVisitor,
) -> Result<Response, PageError> {
    visitor.check(Step::Attributes)?;
    answer(&app, &visitor, (Typed::of_connection(&visitor), None)).await
}

/// `POST …/setup/attributes`
pub(super) async fn save(
    State(app): State<App>,
    visitor: SetupVisitor,
    form: ConsoleForm,
) -> Result<Response, PageError> {
    visitor.check_open(Step::Attributes)?;
    let typed = Typed::of_form(&form);
    let change = Patch::new(typed.change());
    match connection::update_draft(&app, &visitor.actor(), visitor.place(), change).await {
        Ok(_) => {
            let card = SetupStep::Done(Step::Attributes.path());
            connection::mark_step(&app, visitor.place(), card).await?;
            Ok(Redirect::to(&format!("{}/test", visitor.base())).into_response())
        }
        Err(problem) if problem.status.is_server_error() => Err(problem.into()),
        Err(problem) => answer(&app, &visitor, (typed, Some(problem))).await,
    }
}

async fn answer(
    app: &App,
    visitor: &SetupVisitor,
    (typed, problem): (Typed, Option<Problem>),
) -> Result<Response, PageError> {
    let walk = Walk::read(app, visitor, Step::Attributes).await?;
    let values = progress::values(app, visitor).await?;
    let words = Words {
        text: visitor.text,
        values: &values,
    };
    let guide = Guide::of(visitor.connection().settings.provider).attributes(&words);
    let sent = test_step::latest(app, visitor).await?;
    let status = problem.as_ref().map_or(StatusCode::OK, |one| one.status);
    let mut rules = typed.rules;
    rules.truncate(connection::MAX_ROLE_RULES);
    rules.resize(rules.len() + MORE_RULES, Rule::to_come());
    let page = AttributesPage {
        frame: visitor.frame(app),
        rows: rows((visitor.text, &guide), &typed.names, sent.as_ref()),
        guide,
        sent,
        rules,
        roles: roles(app, visitor),
        default_role: typed.default_role,
        problem,
        walk,
    };
    Ok(page::answer(status, &page))
}

/// The roles that can be chosen.
fn roles<'a>(app: &'a App, visitor: &SetupVisitor) -> Vec<&'a str> {
    let mut roles = role::all(app);
    if visitor.is_guest() {
        roles.retain(|one| *one != role::ADMIN);
    }
    roles
}

fn rows(
    (text, guide): (Localizer, &AttributesView),
    names: &[(&'static str, String)],
    sent: Option<&TestResult>,
) -> Vec<Row> {
    let row = |part: &PartView| {
        let field = field(part.part);
        let typed = names.iter().find(|(one, _)| *one == field);
        let came = sent.and_then(|sent| came(part.part, sent));
        Row {
            sent: part.sent(text).filter(|_| came.is_none()),
            part: part.clone(),
            field,
            typed: typed.map(|(_, name)| name.clone()).unwrap_or_default(),
            came,
        }
    };
    guide.parts.iter().map(row).collect()
}

fn came(part: GuidePart, sent: &TestResult) -> Option<String> {
    let person = &sent.user;
    match part {
        GuidePart::Email => person.email.clone(),
        GuidePart::FirstName => person.first_name.clone(),
        GuidePart::LastName => person.last_name.clone(),
        GuidePart::Name => person.name.clone(),
        GuidePart::Groups => {
            let groups = person.groups.as_ref().filter(|groups| !groups.is_empty());
            groups.map(|groups| groups.join(", "))
        }
    }
}
