//! The fourth step: the attribute mapping, and the rules that map groups to roles.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use guide::{AttributeView, AttributesView, Guide, GuideContext, UserAttribute};
use i18n::Localizer;
use runtime::app::App;
use runtime::problem::FieldProblem;
use serde_json::{Value, json};
use service::connection::SetupStep;
use service::json::Patch;
use service::sign_in::test_result::{SentAttribute, TestResult};
use service::{connection, role};
use store::Connection;
use web::page;

use super::progress::SetupProgress;
use super::setup_user::SetupUser;
use super::step::Step;
use super::test_step;
use crate::form::ConsoleForm;
use crate::form_state::FormState;
use crate::frame::ConsoleFrame;
use crate::page_error::PageError;

/// How many empty rows for new rules the form has.
const EMPTY_RULE_ROWS: usize = 3;
/// Of many groups, the page shows the first ones.
const MAX_SHOWN_GROUPS: usize = 10;

#[derive(Debug, Template)]
#[template(path = "setup/attributes.html")]
struct AttributesPage<'p> {
    frame: ConsoleFrame<'p>,
    progress: SetupProgress,
    guide: AttributesView,
    rows: Vec<MappingRow>,
    /// The newest test.
    test_result: Option<TestResult>,
    form: FormState<AttributesForm>,
    roles: Vec<&'p str>,
    /// The path of the advanced settings.
    advanced: String,
}

/// A user attribute, and the SAML attribute that contains it.
#[derive(Debug)]
struct MappingRow {
    attribute: AttributeView,
    field: &'static str,
    /// When the product sends the attribute, if the test did not receive it.
    sent_when: Option<String>,
    /// The name of the SAML attribute, if it is not the default one.
    name: String,
    /// The value in the newest test.
    received: Option<String>,
}

/// Members of the group get the role.
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
    /// A [`GroupSeparator`], or empty for the product's own.
    group_separator: String,
}

impl AttributesPage<'_> {
    /// What the newest test has sent as groups, and the groups that it became.
    fn sent_groups(&self) -> Option<(String, String)> {
        let result = self.test_result.as_ref()?;
        let is_source =
            |attribute: &&SentAttribute| attribute.fields.iter().any(|field| field == "groups");
        let source = result.attributes.iter().find(is_source)?;
        let groups = result.user.groups.as_ref()?;
        let quote = |values: &[String]| {
            let values = values.iter().take(MAX_SHOWN_GROUPS);
            let values: Vec<String> = values.map(|value| format!("“{value}”")).collect();
            values.join(" ")
        };
        Some((quote(&source.values), quote(groups)))
    }

    /// Each separator with its name.
    fn separators(&self) -> [(&'static str, String); 5] {
        let text = self.frame.text;
        ["", "none", "comma", "semicolon", "pipe"].map(|value| {
            let key = if value.is_empty() { "default" } else { value };
            (value, text.get(&format!("setup-group-separator-{key}")))
        })
    }

    fn rule_error(&self, index: &usize) -> Option<&FieldProblem> {
        let prefix = format!("role_rules[{index}]");
        let errors = &self.form.problem.as_ref()?.errors;
        errors.iter().find(|error| error.field.starts_with(&prefix))
    }
}

const fn field(attribute: UserAttribute) -> &'static str {
    match attribute {
        UserAttribute::Email => "email",
        UserAttribute::FirstName => "first_name",
        UserAttribute::LastName => "last_name",
        UserAttribute::Name => "name",
        UserAttribute::Groups => "groups",
    }
}

const FIELDS: [&str; 5] = ["email", "first_name", "last_name", "name", "groups"];

impl AttributesForm {
    fn from_connection(connection: &Connection) -> Self {
        let settings = &connection.settings;
        let mapping = settings.attribute_mapping.clone();
        let names = [
            mapping.email,
            mapping.first_name,
            mapping.last_name,
            mapping.name,
            mapping.groups,
        ];
        let names = names.into_iter().map(Option::unwrap_or_default);
        Self {
            names: FIELDS.into_iter().zip(names).collect(),
            rules: settings
                .role_rules
                .iter()
                .map(|rule| RoleRuleInput {
                    group: rule.group.clone(),
                    role: rule.role.clone(),
                })
                .collect(),
            default_role: settings.default_role.clone(),
            group_separator: settings
                .policy
                .group_separator
                .map(|separator| separator.to_string())
                .unwrap_or_default(),
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
            group_separator: form.text("group_separator").to_owned(),
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
        let separator = Some(self.group_separator.as_str()).filter(|text| !text.is_empty());
        json!({
            "attributes": names, "role_rules": rules, "default_role": self.default_role,
            "group_separator": separator,
        })
    }
}

/// `GET …/setup/attributes`
pub(super) async fn show(State(app): State<App>, user: SetupUser) -> Result<Response, PageError> {
    user.check_can_open(Step::Attributes)?;
    let values = AttributesForm::from_connection(user.connection());
    render(&app, &user, FormState::new(values)).await
}

/// `POST …/setup/attributes`
pub(super) async fn save(
    State(app): State<App>,
    user: SetupUser,
    form: ConsoleForm,
) -> Result<Response, PageError> {
    user.check_can_change(Step::Attributes)?;
    let values = AttributesForm::from_submission(&form);
    let change = Patch::new(values.to_patch());
    match connection::update_working_copy(&app, &user.actor(), user.connection_ref(), change).await
    {
        Ok(_) => {
            let step = SetupStep::Done(Step::Attributes.path());
            connection::mark_step(&app, user.connection_ref(), step).await?;
            Ok(Redirect::to(&format!("{}/test", user.base())).into_response())
        }
        Err(problem) => render(&app, &user, FormState::rejected(values, problem)?).await,
    }
}

async fn render(
    app: &App,
    user: &SetupUser,
    mut form: FormState<AttributesForm>,
) -> Result<Response, PageError> {
    let progress = SetupProgress::load(app, user, Step::Attributes).await?;
    let values = user.sp_values(app).await?;
    let context = GuideContext {
        text: user.text,
        values: &values,
    };
    let guide = Guide::for_provider(user.connection().settings.provider).attributes(&context);
    let test_result = test_step::latest(app, user).await?;
    let status = form.status();
    let rules = &mut form.values.rules;
    rules.truncate(connection::MAX_ROLE_RULES);
    rules.resize(rules.len() + EMPTY_RULE_ROWS, RoleRuleInput::empty());
    let page = AttributesPage {
        frame: user.frame(app),
        rows: mapping_rows(user.text, &guide, &form.values.names, test_result.as_ref()),
        guide,
        test_result,
        form,
        roles: roles(app, user),
        advanced: user.advanced(),
        progress,
    };
    Ok(page::answer(status, &page))
}

/// The roles that the user can choose.
fn roles<'a>(app: &'a App, user: &SetupUser) -> Vec<&'a str> {
    let mut roles = role::all(app);
    if user.uses_setup_link() {
        roles.retain(|one| *one != role::ADMIN);
    }
    roles
}

fn mapping_rows(
    text: Localizer,
    guide: &AttributesView,
    names: &[(&'static str, String)],
    test_result: Option<&TestResult>,
) -> Vec<MappingRow> {
    let row = |view: &AttributeView| {
        let field = field(view.attribute);
        let name = names.iter().find(|(one, _)| *one == field);
        let received = test_result.and_then(|result| received_value(view.attribute, result));
        MappingRow {
            sent_when: view.sent(text).filter(|_| received.is_none()),
            attribute: view.clone(),
            field,
            name: name.map(|(_, name)| name.clone()).unwrap_or_default(),
            received,
        }
    };
    guide.mapping.iter().map(row).collect()
}

fn received_value(attribute: UserAttribute, result: &TestResult) -> Option<String> {
    let user = &result.user;
    match attribute {
        UserAttribute::Email => user.email.clone(),
        UserAttribute::FirstName => user.first_name.clone(),
        UserAttribute::LastName => user.last_name.clone(),
        UserAttribute::Name => user.name.clone(),
        UserAttribute::Groups => {
            let groups = user.groups.as_ref().filter(|groups| !groups.is_empty());
            groups.map(|groups| groups.join(", "))
        }
    }
}
