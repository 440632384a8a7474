//! Which groups of the identity provider give which role.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use runtime::app::App;
use runtime::problem::Problem;
use serde_json::{Value, json};
use service::connection::{ConnectionView, Revision, RoleRuleSettings, WorkingView};
use service::json::Patch;
use service::{connection, role};
use web::page;

use super::current_user::AdminVisit;
use super::draft::back;
use super::form::ConsoleForm;
use super::frame::ConsoleFrame;
use super::guard::Refusal;
use super::saml_panel;

/// So many rows are there for rules to come.
const SPARE: usize = 3;

/// Lists rules, with room for others.
#[derive(Debug, Template)]
#[template(path = "console/roles.html")]
struct RolesPage<'p> {
    frame: ConsoleFrame<'p>,
    /// Where the panel is.
    panel: String,
    /// Which settings the page shows.
    revision: Revision,
    roles: Vec<&'p str>,
    rules: Rules,
    /// Whether what is saved becomes a draft.
    is_in_use: bool,
    problem: Option<Problem>,
}

/// Which role whom is given.
#[derive(Debug)]
struct Rules {
    /// Of whoever no rule fits.
    default_role: String,
    /// Groups, each with the role that it gives.
    groups: Vec<(String, String)>,
}

impl RolesPage<'_> {
    /// The roles that somebody may have whom no rule fits.
    fn defaults(&self) -> impl Iterator<Item = &&str> {
        self.roles.iter().filter(|role| **role != role::ADMIN)
    }
}

/// `GET /console/organizations/{organization}/sso/{connection}/roles`
pub(super) async fn show(State(app): State<App>, visit: AdminVisit) -> Result<Response, Refusal> {
    let WorkingView {
        connection: there,
        revision,
        ..
    } = saml_panel::expected(&app, &visit).await?;
    let rule = |rule: &RoleRuleSettings| (rule.group.clone(), rule.role.clone());
    let rules = Rules {
        default_role: there.default_role.clone(),
        groups: there.role_rules.iter().map(rule).collect(),
    };
    Ok(roles_page(&app, &visit, (&there, revision), (rules, None)))
}

/// `POST /console/organizations/{organization}/sso/{connection}/roles`
///
/// A row whose group is empty is no rule.
pub(super) async fn save(
    State(app): State<App>,
    visit: AdminVisit,
    form: ConsoleForm,
) -> Result<Response, Refusal> {
    let WorkingView {
        connection: there,
        revision,
        ..
    } = saml_panel::expected(&app, &visit).await?;
    let place = visit.place_of(&there.id);
    let groups: Vec<(String, String)> = form
        .all("group")
        .zip(form.all("role"))
        .filter(|(group, _)| !group.is_empty())
        .map(|(group, role)| (group.to_owned(), role.to_owned()))
        .collect();
    let default_role = form.text("default_role").to_owned();
    let written: Vec<Value> = groups
        .iter()
        .map(|(group, role)| json!({ "group": group, "role": role }))
        .collect();
    let there_now = there
        .role_rules
        .iter()
        .map(|rule| (&rule.group, &rule.role));
    let is_seen = form.revision() == revision;
    let is_same = is_seen && there_now.eq(groups.iter().map(|(group, role)| (group, role)));
    if is_same && there.default_role == default_role {
        return Ok(back(&visit, "saved"));
    }
    let change = Patch::new(json!({ "role_rules": written, "default_role": default_role }));
    let actor = visit.visitor().actor();
    let kept = if is_seen {
        connection::revise(&app, &actor, place, change).await
    } else {
        Err(connection::edit_conflict())
    };
    match kept {
        Ok(kept) if kept.is_draft => Ok(back(&visit, "draft-kept")),
        Ok(_) => Ok(back(&visit, "saved")),
        Err(problem) if problem.status.is_server_error() => Err(problem.into()),
        Err(problem) => {
            let rules = Rules {
                default_role,
                groups,
            };
            let shown = (rules, Some(problem));
            Ok(roles_page(&app, &visit, (&there, revision), shown))
        }
    }
}

fn roles_page(
    app: &App,
    visit: &AdminVisit,
    (there, revision): (&ConnectionView, Revision),
    (mut rules, problem): (Rules, Option<Problem>),
) -> Response {
    let groups = &mut rules.groups;
    let spare = (String::new(), role::MEMBER.to_owned());
    groups.truncate(connection::MOST_RULES);
    groups.extend(std::iter::repeat_n(spare, SPARE));
    let status = page::status(problem.as_ref());
    let page = RolesPage {
        frame: visit.frame(app, "sso"),
        panel: visit.panel_of(Some(&there.id)),
        revision,
        roles: role::all(app),
        rules,
        is_in_use: there.activated_at.is_some(),
        problem,
    };
    page::answer(status, &page)
}
