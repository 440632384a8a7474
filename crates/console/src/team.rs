//! The page of an organization's members.

mod invitations;
pub(super) mod member_actions;

use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use i18n::Localizer;
use runtime::app::App;
use serde::Deserialize;
use service::invitation::Invitation;
use service::member::{MemberQuery, MemberView};
use service::{PageRequest, member, role};
use store::MemberState;
use web::page;
use web::routing::{get_post, post};

use super::current_user::RequireOrgAdmin;
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
    /// The path of the page, on which the paths of its actions are based.
    base: String,
    /// The member IDs of the person who is signed in.
    own: Vec<String>,
    more: Option<String>,
    roles: Vec<&'p str>,
    filter: &'p TeamQuery,
    form: FormState<InvitationForm<'p>>,
    /// The invitation that was just created or sent again.
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
        let class = match member.state {
            MemberState::Active => "good",
            MemberState::Invited => "",
            MemberState::Deactivated => "bad",
        };
        (class, state_label(&member.state, &self.frame.text))
    }

    fn is_own(&self, member: &MemberView) -> bool {
        self.own.contains(&member.id)
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
struct TeamQuery {
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

/// The full name of a member, else the email address or the ID.
fn member_name(member: &MemberView) -> &str {
    let name = member.name.as_deref().or(member.email.as_deref());
    name.unwrap_or(&member.id)
}

/// The name of a state.
fn state_label(state: &MemberState, text: &Localizer) -> String {
    text.get(match state {
        MemberState::Active => "team-active",
        MemberState::Invited => "team-state-invited",
        MemberState::Deactivated => "team-deactivated",
    })
}

/// The page and its actions, below `base`.
pub(super) fn routes(base: &str) -> Router<App> {
    let path = |rest: &str| format!("{base}/{{member}}/{rest}");
    Router::new()
        .route(base, get_post(show, invitations::invite))
        .route(&path("role"), post(member_actions::change_role))
        .route(
            &path("deactivate"),
            get_post(
                member_actions::confirm_deactivate,
                member_actions::deactivate,
            ),
        )
        .route(&path("reactivate"), post(member_actions::reactivate))
        .route(
            &path("remove"),
            get_post(member_actions::confirm_remove, member_actions::remove),
        )
        .route(&path("resend-invitation"), post(invitations::resend))
        .route(
            &path("withdraw-invitation"),
            get_post(invitations::confirm_withdraw, invitations::withdraw),
        )
}

/// `GET /console/organizations/{organization}/team`
async fn show(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    Query(query): Query<TeamQuery>,
) -> Result<Response, PageError> {
    team_page(&app, &admin, &query, FormState::default(), None).await
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
        base: admin.path("team"),
        own: admin
            .own_memberships()
            .map(|membership| membership.member.to_string())
            .collect(),
        more,
        form,
        invited,
        outbox: app.mailer.outbox_page(),
    };
    Ok(page::answer(status, &page))
}
