//! The page of an organization's members.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use i18n::Localizer;
use runtime::app::App;
use runtime::problem::{Problem, ProblemCode};
use serde::Deserialize;
use serde_json::{Value, json};
use service::invitation::{Invitation, Inviter, InviterKind};
use service::json::Patch;
use service::member::{MemberQuery, MemberRef, MemberView, NewMember};
use service::{PageRequest, invitation, member, role};
use store::MemberState;
use web::page;

use super::current_user::RequireOrgAdmin;
use super::form::ConsoleForm;
use super::form_state::FormState;
use super::frame::ConsoleFrame;
use super::list_query;
use super::notice::redirect_with_notice;
use super::page_error::PageError;

const PAGE_SIZE: u32 = 100;
const MAX_SEARCH_BYTES: usize = 254;

/// Lists members and invites them.
#[derive(Debug, Template)]
#[template(path = "console/team.html")]
struct TeamPage<'p> {
    frame: ConsoleFrame<'p>,
    slug: &'p str,
    members: Vec<MemberView>,
    /// The IDs of the members who have never signed in.
    invited_members: BTreeSet<String>,
    more: Option<String>,
    roles: Vec<&'p str>,
    filter: &'p TeamQuery,
    form: FormState<InvitationForm<'p>>,
    /// The invitation that was just created.
    invited: Option<Invitation>,
    /// In the demo, the page that shows the mail.
    outbox: Option<&'static str>,
}

impl TeamPage<'_> {
    /// The error of a field. A problem that names no field is shown at the address.
    fn error(&self, field: &str) -> Option<String> {
        let text = self.frame.text;
        if let Some(error) = self.form.field_error(field) {
            return Some(error.localize(text));
        }
        let problem = self.form.problem.as_ref()?;
        let is_general = problem.errors.is_empty() && field == "email";
        is_general.then(|| problem.localize(text))
    }

    /// The class and the text of the badge of a member.
    fn state_badge(&self, member: &MemberView) -> (&'static str, String) {
        let (class, key) = if member.deactivated_at.is_some() {
            ("bad", "team-deactivated")
        } else if self.invited_members.contains(&member.id) {
            ("", "team-state-invited")
        } else {
            ("good", "team-active")
        };
        (class, self.frame.text.get(key))
    }

    /// Whether a role can be chosen. A member can have one that the operator has since removed.
    fn is_available(&self, role: &str) -> bool {
        self.roles.contains(&role)
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct InvitationForm<'p> {
    email: &'p str,
    name: &'p str,
    role: &'p str,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct TeamQuery {
    after: Option<String>,
    q: String,
    role: String,
    /// A [`MemberState`](store::MemberState), or empty.
    state: String,
    done: Option<String>,
}

impl TeamQuery {
    fn search(&self) -> &str {
        self.q[..self.q.floor_char_boundary(MAX_SEARCH_BYTES)].trim()
    }

    fn is_filtered(&self) -> bool {
        !self.search().is_empty() || !self.role.is_empty() || !self.state.is_empty()
    }
}

/// The name of a state, for the filter.
fn state_label(state: &MemberState, text: &Localizer) -> String {
    text.get(match state {
        MemberState::Active => "team-active",
        MemberState::Invited => "team-state-invited",
        MemberState::Deactivated => "team-deactivated",
    })
}

/// `GET /console/organizations/{organization}/team`
pub(super) async fn show(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    Query(query): Query<TeamQuery>,
) -> Result<Response, PageError> {
    team_page(&app, &admin, &query, FormState::default(), None).await
}

/// `POST /console/organizations/{organization}/team`
pub(super) async fn invite(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    form: ConsoleForm,
) -> Result<Response, PageError> {
    let values = InvitationForm {
        email: form.text("email"),
        name: form.text("name"),
        role: form.text("role"),
    };
    let new = NewMember {
        email: values.email.to_owned(),
        name: form.filled("name").map(str::to_owned),
        role: form.filled("role").map(str::to_owned),
    };
    let inviter = Inviter {
        actor: admin.actor(),
        text: admin.text(),
        kind: if admin.user().is_operator {
            InviterKind::Operator
        } else {
            InviterKind::OrgAdmin
        },
    };
    let slug = &admin.organization().slug;
    let (form, invited) = match invitation::invite(&app, &inviter, slug, new).await {
        Ok(invited) => (FormState::default(), Some(invited)),
        Err(problem) => (FormState::rejected(values, problem)?, None),
    };
    team_page(&app, &admin, &TeamQuery::default(), form, invited).await
}

/// `POST …/team/{member}/role`
pub(super) async fn change_role(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    Path((_, member)): Path<(String, String)>,
    form: ConsoleForm,
) -> Result<Response, PageError> {
    let change = json!({ "role": form.text("role") });
    update_member(&app, &admin, &member, change, "saved").await
}

/// `POST …/team/{member}/deactivate`
pub(super) async fn deactivate(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    Path((_, member)): Path<(String, String)>,
    _form: ConsoleForm,
) -> Result<Response, PageError> {
    let change = json!({ "deactivated": true });
    update_member(&app, &admin, &member, change, "member-deactivated").await
}

/// `POST …/team/{member}/reactivate`
pub(super) async fn reactivate(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    Path((_, member)): Path<(String, String)>,
    _form: ConsoleForm,
) -> Result<Response, PageError> {
    let change = json!({ "deactivated": false });
    update_member(&app, &admin, &member, change, "member-reactivated").await
}

/// `POST …/team/{member}/remove`
pub(super) async fn remove(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    Path((_, member)): Path<(String, String)>,
    _form: ConsoleForm,
) -> Result<Response, PageError> {
    check_not_own(&admin, &member)?;
    let member = MemberRef {
        organization: &admin.organization().slug,
        member: &member,
    };
    member::delete(&app, &admin.actor(), member).await?;
    Ok(redirect(&admin, "member-removed"))
}

async fn update_member(
    app: &App,
    admin: &RequireOrgAdmin,
    member: &str,
    change: Value,
    done: &str,
) -> Result<Response, PageError> {
    check_not_own(admin, member)?;
    let member = MemberRef {
        organization: &admin.organization().slug,
        member,
    };
    member::update(app, &admin.actor(), member, Patch::new(change)).await?;
    Ok(redirect(admin, done))
}

/// Protects administrators from removing their own access by mistake.
pub(super) fn check_not_own(admin: &RequireOrgAdmin, member: &str) -> Result<(), Problem> {
    let memberships = &admin.user().memberships;
    if memberships
        .iter()
        .any(|membership| membership.member.as_str() == member)
    {
        return Err(Problem::new(ProblemCode::OwnMembership));
    }
    Ok(())
}

fn redirect(admin: &RequireOrgAdmin, done: &str) -> Response {
    redirect_with_notice(&admin.path("team"), done)
}

async fn team_page(
    app: &App,
    admin: &RequireOrgAdmin,
    query: &TeamQuery,
    form: FormState<InvitationForm<'_>>,
    invited: Option<Invitation>,
) -> Result<Response, PageError> {
    let slug = &admin.organization().slug;
    let request = PageRequest {
        cursor: query.after.clone(),
        limit: Some(PAGE_SIZE),
    };
    let filter = MemberQuery {
        search: list_query::filled(query.search()),
        role: list_query::filled(&query.role),
        state: list_query::filled(&query.state),
    };
    let listing = member::list(app, slug, &filter, &request).await?;
    let filters = [
        ("q", query.search()),
        ("role", query.role.as_str()),
        ("state", query.state.as_str()),
    ];
    let more = listing
        .next
        .map(|next| list_query::next_page(&filters, &next));
    let status = form.status();
    let page = TeamPage {
        frame: admin.frame(app, "team").with_notice(query.done.as_deref()),
        slug,
        roles: role::all(app),
        filter: query,
        members: listing.items,
        invited_members: member::list_invited(app, slug, &filter, &request).await?,
        more,
        form,
        invited,
        outbox: app.mailer.outbox_page(),
    };
    Ok(page::answer(status, &page))
}
