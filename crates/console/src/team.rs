//! The page of an organization's members.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use runtime::app::App;
use runtime::problem::{Problem, ProblemCode};
use serde::Deserialize;
use serde_json::{Value, json};
use service::invitation::{Invitation, Inviter, Standing};
use service::json::Patch;
use service::member::{MemberView, NewMember};
use service::{PageRequest, invitation, member, role};
use url::form_urlencoded;
use web::page;

use super::current_user::AdminVisit;
use super::form::ConsoleForm;
use super::frame::ConsoleFrame;
use super::guard::Refusal;

/// The most members of a page.
const MANY: u32 = 100;
/// The longest text that is looked for.
const LONGEST_SOUGHT: usize = 254;

/// Lists members and invites others.
#[derive(Debug, Template)]
#[template(path = "console/team.html")]
struct TeamPage<'p> {
    frame: ConsoleFrame<'p>,
    slug: &'p str,
    members: Vec<MemberView>,
    next: Option<String>,
    roles: Vec<&'p str>,
    sought: &'p str,
    /// The same as a part of an address.
    query: String,
    typed: Typed<'p>,
    problem: Option<Problem>,
    /// What has become of the invitation that was just made.
    invited: Option<Invitation>,
    /// In the demo, where the mail is.
    outbox: Option<&'static str>,
}

impl TeamPage<'_> {
    /// What is wrong with a field of an invitation; with the address, where it is about no other field.
    fn fault(&self, field: &str) -> Option<String> {
        let problem = self.problem.as_ref()?;
        let text = self.frame.text;
        let named = problem.errors.iter().find(|one| one.field == field);
        match named {
            Some(fault) => Some(fault.localize(text)),
            None if problem.errors.is_empty() && field == "email" => Some(problem.localize(text)),
            None => None,
        }
    }

    /// Whether a role can be chosen; a member may have one that the operator has taken away since.
    fn knows(&self, role: &str) -> bool {
        self.roles.contains(&role)
    }
}

/// What stands in the form of an invitation.
#[derive(Clone, Copy, Debug, Default)]
struct Typed<'p> {
    email: &'p str,
    name: &'p str,
    role: &'p str,
}

/// Which part of the list is wanted, and what has just been done.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Part {
    after: Option<String>,
    q: String,
    done: Option<String>,
}

/// `GET /console/organizations/{organization}/team`
pub(super) async fn show(
    State(app): State<App>,
    visit: AdminVisit,
    Query(part): Query<Part>,
) -> Result<Response, Refusal> {
    list(&app, &visit, &part, (Typed::default(), Ok(None))).await
}

/// `POST /console/organizations/{organization}/team`
pub(super) async fn invite(
    State(app): State<App>,
    visit: AdminVisit,
    form: ConsoleForm,
) -> Result<Response, Refusal> {
    let typed = Typed {
        email: form.text("email"),
        name: form.text("name"),
        role: form.text("role"),
    };
    let new = NewMember {
        email: typed.email.to_owned(),
        name: form.filled("name").map(str::to_owned),
        role: form.filled("role").map(str::to_owned),
    };
    let visitor = visit.visitor();
    let inviter = Inviter {
        actor: visitor.actor(),
        text: visitor.text,
        standing: if visitor.is_operator {
            Standing::Operator
        } else {
            Standing::Administrator
        },
    };
    let slug = &visit.organization().slug;
    let ended = match invitation::invite(&app, &inviter, slug, new).await {
        Ok(invited) => (Typed::default(), Ok(Some(invited))),
        Err(problem) if problem.status.is_server_error() => return Err(problem.into()),
        Err(problem) => (typed, Err(problem)),
    };
    list(&app, &visit, &Part::default(), ended).await
}

/// `POST …/team/{member}/role`
pub(super) async fn change_role(
    State(app): State<App>,
    visit: AdminVisit,
    Path((_, id)): Path<(String, String)>,
    form: ConsoleForm,
) -> Result<Response, Refusal> {
    change(
        &app,
        &visit,
        (&id, "saved"),
        json!({ "role": form.text("role") }),
    )
    .await
}

/// `POST …/team/{member}/deactivate`
pub(super) async fn deactivate(
    State(app): State<App>,
    visit: AdminVisit,
    Path((_, id)): Path<(String, String)>,
    _form: ConsoleForm,
) -> Result<Response, Refusal> {
    change(
        &app,
        &visit,
        (&id, "member-deactivated"),
        json!({ "deactivated": true }),
    )
    .await
}

/// `POST …/team/{member}/reactivate`
pub(super) async fn reactivate(
    State(app): State<App>,
    visit: AdminVisit,
    Path((_, id)): Path<(String, String)>,
    _form: ConsoleForm,
) -> Result<Response, Refusal> {
    change(
        &app,
        &visit,
        (&id, "member-reactivated"),
        json!({ "deactivated": false }),
    )
    .await
}

/// `POST …/team/{member}/remove`
pub(super) async fn remove(
    State(app): State<App>,
    visit: AdminVisit,
    Path((_, id)): Path<(String, String)>,
    _form: ConsoleForm,
) -> Result<Response, Refusal> {
    check_not_oneself(&visit, &id)?;
    let slug = &visit.organization().slug;
    member::delete(&app, &visit.visitor().actor(), slug, &id).await?;
    Ok(back(&visit, "member-removed"))
}

async fn change(
    app: &App,
    visit: &AdminVisit,
    (id, done): (&str, &str),
    settings: Value,
) -> Result<Response, Refusal> {
    check_not_oneself(visit, id)?;
    let slug = &visit.organization().slug;
    let actor = visit.visitor().actor();
    member::update(app, &actor, (slug, id), Patch::new(settings)).await?;
    Ok(back(visit, done))
}

/// Nobody takes away their own role by a slip: another administrator has to.
fn check_not_oneself(visit: &AdminVisit, id: &str) -> Result<(), Problem> {
    let memberships = &visit.visitor().memberships;
    if memberships.iter().any(|one| one.member.as_str() == id) {
        return Err(Problem::new(ProblemCode::OwnMembership));
    }
    Ok(())
}

fn back(visit: &AdminVisit, done: &str) -> Response {
    let slug = &visit.organization().slug;
    Redirect::to(&format!("/console/organizations/{slug}/team?done={done}")).into_response()
}

async fn list(
    app: &App,
    visit: &AdminVisit,
    part: &Part,
    (typed, ended): (Typed<'_>, Result<Option<Invitation>, Problem>),
) -> Result<Response, Refusal> {
    let slug = &visit.organization().slug;
    let request = PageRequest {
        cursor: part.after.clone(),
        limit: Some(MANY),
    };
    let sought = part.q[..part.q.floor_char_boundary(LONGEST_SOUGHT)].trim();
    let listing = member::search(app, slug, &request, sought).await?;
    let (invited, problem) = match ended {
        Ok(invited) => (invited, None),
        Err(problem) => (None, Some(problem)),
    };
    let status = problem
        .as_ref()
        .map_or(StatusCode::OK, |problem| problem.status);
    let page = TeamPage {
        frame: visit.frame(app, "team").noting(part.done.as_deref()),
        slug,
        roles: role::all(app),
        sought,
        query: form_urlencoded::byte_serialize(sought.as_bytes()).collect(),
        members: listing.items,
        next: listing.next,
        typed,
        problem,
        invited,
        outbox: app.mailer.outbox_page(),
    };
    Ok(page::answer(status, &page))
}
