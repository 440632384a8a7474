//! The page of a member: accounts at identity providers, other members with the same address, and their merge.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use runtime::app::App;
use runtime::problem::Problem;
use serde::Deserialize;
use service::connection;
use service::member::{self, AccountView, MemberMerge, MemberView, MergePreview};
use web::page;

use super::current_user::RequireOrgAdmin;
use super::form::ConsoleForm;
use super::frame::ConsoleFrame;
use super::notice::{NoticeQuery, redirect_with_notice};
use super::page_error::PageError;
use super::team::member_actions::check_not_own;

#[derive(Debug, Template)]
#[template(path = "console/member.html")]
struct MemberPage<'p> {
    frame: ConsoleFrame<'p>,
    slug: &'p str,
    member: MemberView,
    accounts: Vec<AccountRow>,
    duplicates: Vec<MemberView>,
}

#[derive(Debug)]
struct AccountRow {
    account: AccountView,
    /// The name of the connection.
    connection: String,
}

/// Asks which of two members stays.
#[derive(Debug, Template)]
#[template(path = "console/merge_members.html")]
struct MergePage<'p> {
    frame: ConsoleFrame<'p>,
    slug: &'p str,
    /// One for each member who may stay. The older member first, who stays unless the administrator chooses otherwise.
    choices: [MergePreview; 2],
}

impl MergePage<'_> {
    /// Whether this choice is selected: the first one that is not refused.
    fn is_selected(&self, choice: &MergePreview) -> bool {
        let mut allowed = self.choices.iter().filter(|one| !one.loses_last_admin);
        allowed.next().map(|one| &one.survivor.id) == Some(&choice.survivor.id)
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct MergeQuery {
    #[serde(default)]
    with: String,
}

/// `GET /console/organizations/{organization}/team/{member}`
pub(super) async fn show(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    Path((_, member)): Path<(String, String)>,
    Query(query): Query<NoticeQuery>,
) -> Result<Response, PageError> {
    let slug = &admin.organization().slug;
    let target = admin.member_ref(&member);
    let names = connection::list_names(&app, &admin.organization().id).await?;
    let row = |account: AccountView| AccountRow {
        connection: names
            .iter()
            .find(|one| one.id.as_str() == account.connection)
            .map_or_else(|| account.connection.clone(), |one| one.name.clone()),
        account,
    };
    let accounts = member::list_accounts(&app, target).await?;
    let page = MemberPage {
        frame: admin.frame(&app, "team").with_notice(query.done.as_deref()),
        slug,
        member: member::show(&app, target).await?,
        accounts: accounts.items.into_iter().map(row).collect(),
        duplicates: member::list_duplicates(&app, target).await?.items,
    };
    Ok(page::answer(StatusCode::OK, &page))
}

/// `GET …/team/{member}/merge`
pub(super) async fn ask_to_merge(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    Path((_, member)): Path<(String, String)>,
    Query(query): Query<MergeQuery>,
) -> Result<Response, PageError> {
    let target = admin.member_ref(&member);
    let one = member::show(&app, target).await?;
    let mut duplicates = member::list_duplicates(&app, target)
        .await?
        .items
        .into_iter();
    let other = duplicates
        .find(|other| other.id == query.with)
        .ok_or_else(|| Problem::not_found("member", &query.with))?;
    let (older, younger) = if one.created_at <= other.created_at {
        (one.id, other.id)
    } else {
        (other.id, one.id)
    };
    let page = MergePage {
        frame: admin.frame(&app, "team"),
        slug: &admin.organization().slug,
        choices: [
            preview(&app, &admin, &older, &younger).await?,
            preview(&app, &admin, &younger, &older).await?,
        ],
    };
    Ok(page::answer(StatusCode::OK, &page))
}

async fn preview(
    app: &App,
    admin: &RequireOrgAdmin,
    survivor: &str,
    merged: &str,
) -> Result<MergePreview, Problem> {
    let merge = MemberMerge {
        from: merged.to_owned(),
    };
    member::preview_merge(app, admin.member_ref(survivor), &merge).await
}

/// `POST …/team/{member}/merge`: the member of the path stays, or the other one, by the field `survivor`.
pub(super) async fn merge(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    Path((_, member)): Path<(String, String)>,
    form: ConsoleForm,
) -> Result<Response, PageError> {
    let other = form.text("with");
    let survivor = form.text("survivor");
    let merged = [member.as_str(), other]
        .into_iter()
        .find(|one| *one != survivor)
        .filter(|_| [member.as_str(), other].contains(&survivor))
        .ok_or_else(|| Problem::not_found("member", survivor))?;
    check_not_own(&admin, merged)?;
    let request = MemberMerge {
        from: merged.to_owned(),
    };
    member::merge(&app, &admin.actor(), admin.member_ref(survivor), request).await?;
    let path = admin.path(&format!("team/{survivor}"));
    Ok(redirect_with_notice(&path, "members-merged"))
}
