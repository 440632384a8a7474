//! The fourth step: how people are described, and which groups give which role.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use i18n::Localizer;
use runtime::app::App;
use runtime::problem::FieldProblem;
use serde_json::{Value, json};
use service::connection::Card;
use service::json::Patch;
use service::sign_in::test_result::TestResult;
use service::{connection, role};
use store::Connection;
use web::page;

use super::progress::Walk;
use super::setup_user::SetupVisitor;
use super::step::Step;
use super::{progress, test_step};
use crate::form::ConsoleForm;
use crate::form_state::FormState;
use crate::frame::ConsoleFrame;
use crate::guide::{AttributesView, Guide, GuidePart, PartView, Words};
use crate::page_error::PageError;

/// How many empty rows for new rules the form has.
const EMPTY_RULE_ROWS: usize = 3;

/// The attributes and the rules.
#[derive(Debug, Template)]
#[template(path = "setup/attributes.html")]
struct AttributesPage<'p> {
    frame: ConsoleFrame<'p>,
    walk: Walk,
    guide: AttributesView,
    rows: Vec<MappingRow>,
    sent: Option<TestResult>,
    form: FormState<AttributesForm>,
    roles: Vec<&'p str>,
}

/// A part of a profile, and by which attribute it comes.
#[derive(Debug)]
struct MappingRow {
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
struct RoleRuleInput {
    group: String,
    role: String,
}

impl RoleRuleInput {
    /// An empty row. Its role is the one with the fewest rights, in case the administrator leaves it unchanged.
    fn empty() -> Self {
        Self {
            group: String::new(),
            role: role::MEMBER.to_owned(),
        }
    }
}

/// The values in the fields of the form.
#[derive(Debug)]
struct AttributesForm {
    names: Vec<(&'static str, String)>,
    rules: Vec<RoleRuleInput>,
    default_role: String,
}

impl AttributesPage<'_> {
    fn rule_error(&self, index: &usize) -> Option<&FieldProblem> {
        let prefix = format!("role_rules[{index}]");
        let errors = &self.form.problem.as_ref()?.errors;
        errors.iter().find(|error| error.field.starts_with(&prefix))
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

impl AttributesForm {
    fn from_connection(connection: &Connection) -> Self {
        let settings = &connection.settings;
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
                .map(|rule| RoleRuleInput {
                    group: rule.group.clone(),
                    role: rule.role.clone(),
                })
                .collect(),
            default_role: settings.default_role.clone(),
        }
    }

    /// Leaves out rules without a group.
    fn from_submission(form: &ConsoleForm) -> Self {
        let rules = form.all("group").zip(form.all("role"));
        Self {
            names: FIELDS
                .into_iter()
                .map(|field| (field, form.text(field).to_owned()))
                .collect(),
            rules: rules
                .filter(|(group, _)| !group.is_empty())
                .map(|(group, role)| RoleRuleInput {
                    group: group.to_owned(),
                    role: role.to_owned(),
                })
                .collect(),
            default_role: form.text("default_role").to_owned(),
        }
    }

    fn to_patch(&self) -> Value {
        let mut names = json!({});
        for (field, name) in &self.names {
            names[*field] = if name.is_empty() {
                Value::Null
            } else {
                json!(name)
            };
        }
        let rule = |rule: &RoleRuleInput| json!({ "group": rule.group, "role": rule.role });
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
    let values = AttributesForm::from_connection(visitor.connection());
    render(&app, &visitor, FormState::new(values)).await
}

/// `POST …/setup/attributes`
pub(super) async fn save(
    State(app): State<App>,
    visitor: SetupVisitor,
    form: ConsoleForm,
) -> Result<Response, PageError> {
    visitor.check_open(Step::Attributes)?;
    let values = AttributesForm::from_submission(&form);
    let change = Patch::new(values.to_patch());
    match connection::revise(&app, &visitor.actor(), visitor.place(), change).await {
        Ok(_) => {
            let card = Card::Done(Step::Attributes.path());
            connection::mark(&app, visitor.place(), card).await?;
            Ok(Redirect::to(&format!("{}/test", visitor.base())).into_response())
        }
        Err(problem) => render(&app, &visitor, FormState::rejected(values, problem)?).await,
    }
}

async fn render(
    app: &App,
    visitor: &SetupVisitor,
    mut form: FormState<AttributesForm>,
) -> Result<Response, PageError> {
    let walk = Walk::read(app, visitor, Step::Attributes).await?;
    let values = progress::values(app, visitor).await?;
    let words = Words {
        text: visitor.text,
        values: &values,
    };
    let guide = Guide::of(visitor.connection().settings.provider).attributes(&words);
    let sent = test_step::latest(app, visitor).await?;
    let status = form.status();
    let rules = &mut form.values.rules;
    rules.truncate(connection::MOST_RULES);
    rules.resize(rules.len() + EMPTY_RULE_ROWS, RoleRuleInput::empty());
    let page = AttributesPage {
        frame: visitor.frame(app),
        rows: mapping_rows(visitor.text, &guide, &form.values.names, sent.as_ref()),
        guide,
        sent,
        form,
        roles: roles(app, visitor),
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

fn mapping_rows(
    text: Localizer,
    guide: &AttributesView,
    names: &[(&'static str, String)],
    sent: Option<&TestResult>,
) -> Vec<MappingRow> {
    let row = |part: &PartView| {
        let field = field(part.part);
        let typed = names.iter().find(|(one, _)| *one == field);
        let came = sent.and_then(|sent| came(part.part, sent));
        MappingRow {
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
    let person = &sent.person;
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
