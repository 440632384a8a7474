//! The page of the rules that map the identity provider's groups to roles.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use runtime::app::App;
use serde_json::{Value, json};
use service::connection::{ConnectionView, ETag, RoleRuleSettings, WorkingCopyView};
use service::json::Patch;
use service::{connection, role};
use web::page;

use super::current_user::RequireOrgAdmin;
use super::form::ConsoleForm;
use super::form_state::FormState;
use super::frame::ConsoleFrame;
use super::page_error::PageError;
use super::saml_panel;

/// The page ends with this many empty rules.
const EMPTY_RULES: usize = 3;

#[derive(Debug, Template)]
#[template(path = "console/role_rules.html")]
struct RoleRulesPage<'p> {
    frame: ConsoleFrame<'p>,
    /// The path of the connection's panel.
    panel: String,
    /// The revision of the settings that the page shows.
    revision: ETag,
    roles: Vec<&'p str>,
    form: FormState<RoleRules>,
    /// Whether changes are saved as a draft.
    is_in_use: bool,
}

#[derive(Debug, PartialEq, Eq)]
struct RoleRules {
    /// The role of members whom no rule matches.
    default_role: String,
    rules: Vec<RoleRule>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct RoleRule {
    group: String,
    role: String,
}

impl RoleRules {
    fn from_connection(connection: &ConnectionView) -> Self {
        let rule = |rule: &RoleRuleSettings| RoleRule {
            group: rule.group.clone(),
            role: rule.role.clone(),
        };
        Self {
            default_role: connection.default_role.clone(),
            rules: connection.role_rules.iter().map(rule).collect(),
        }
    }

    /// A row without a group is not a rule.
    fn from_form(form: &ConsoleForm) -> Self {
        let rows = form.all("group").zip(form.all("role"));
        Self {
            default_role: form.text("default_role").to_owned(),
            rules: rows
                .filter(|(group, _)| !group.is_empty())
                .map(|(group, role)| RoleRule {
                    group: group.to_owned(),
                    role: role.to_owned(),
                })
                .collect(),
        }
    }

    fn to_patch(&self) -> Patch {
        let rules: Vec<Value> = self
            .rules
            .iter()
            .map(|rule| json!({ "group": rule.group, "role": rule.role }))
            .collect();
        Patch::new(json!({ "role_rules": rules, "default_role": self.default_role }))
    }

    /// Adds empty rows, which the administrator can fill in.
    fn add_empty_rules(&mut self) {
        let empty = RoleRule {
            group: String::new(),
            role: role::MEMBER.to_owned(),
        };
        self.rules.truncate(connection::MAX_ROLE_RULES);
        self.rules.extend(std::iter::repeat_n(empty, EMPTY_RULES));
    }
}

impl RoleRulesPage<'_> {
    fn error(&self, path: &str) -> Option<String> {
        self.form.path_message(self.frame.text, path)
    }

    fn rule_error(&self, index: &usize, field: &str) -> Option<String> {
        self.error(&format!("role_rules[{index}].{field}"))
    }

    /// The roles that can be the default role.
    fn default_roles(&self) -> impl Iterator<Item = &&str> {
        self.roles.iter().filter(|role| **role != role::ADMIN)
    }
}

/// `GET /console/organizations/{organization}/sso/{connection}/role-mapping`
pub(super) async fn show(
    State(app): State<App>,
    admin: RequireOrgAdmin,
) -> Result<Response, PageError> {
    let working = saml_panel::require_connection(&app, &admin).await?;
    let form = FormState::new(RoleRules::from_connection(&working.connection));
    Ok(role_rules_page(&app, &admin, working, form))
}

/// `POST /console/organizations/{organization}/sso/{connection}/role-mapping`
pub(super) async fn save(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    form: ConsoleForm,
) -> Result<Response, PageError> {
    let working = saml_panel::require_connection(&app, &admin).await?;
    let rules = RoleRules::from_form(&form);
    let is_current = form.revision() == working.revision;
    if is_current && rules == RoleRules::from_connection(&working.connection) {
        return Ok(saml_panel::redirect(&admin, "saved"));
    }
    let target = admin.connection_ref(&working.connection.id);
    let saved = if is_current {
        connection::update_working_copy(&app, &admin.actor(), target, rules.to_patch()).await
    } else {
        Err(connection::edit_conflict())
    };
    match saved {
        Ok(saved) if saved.is_draft => Ok(saml_panel::redirect(&admin, "draft-saved")),
        Ok(_) => Ok(saml_panel::redirect(&admin, "saved")),
        Err(problem) => {
            let form = FormState::rejected(rules, problem)?;
            Ok(role_rules_page(&app, &admin, working, form))
        }
    }
}

fn role_rules_page(
    app: &App,
    admin: &RequireOrgAdmin,
    working: WorkingCopyView,
    mut form: FormState<RoleRules>,
) -> Response {
    form.values.add_empty_rules();
    let status = form.status();
    let page = RoleRulesPage {
        frame: admin.frame(app, "sso"),
        panel: admin.panel_path(Some(&working.connection.id)),
        revision: working.revision,
        roles: role::all(app),
        form,
        is_in_use: working.connection.activated_at.is_some(),
    };
    page::answer(status, &page)
}
