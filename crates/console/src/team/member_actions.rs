//! Changes the role of a member, and deactivates, reactivates or removes members.

use axum::extract::{Path, State};
use axum::response::Response;
use runtime::app::App;
use runtime::problem::{Problem, ProblemCode};
use serde_json::{Value, json};
use service::json::Patch;
use service::member::{self, MemberView};

use super::{member_name, redirect};
use crate::confirmation_page::{ConfirmationPage, FormButton};
use crate::current_user::RequireOrgAdmin;
use crate::form::ConsoleForm;
use crate::page_error::PageError;

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

/// `GET …/team/{member}/deactivate`
pub(super) async fn confirm_deactivate(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let member = find_other(&app, &admin, &id).await?;
    let page = confirmation(&app, &admin, &member, "deactivate");
    Ok(page.answer(&app))
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

/// `GET …/team/{member}/remove`
pub(super) async fn confirm_remove(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let member = find_other(&app, &admin, &id).await?;
    let page = confirmation(&app, &admin, &member, "remove");
    Ok(page.answer(&app))
}

/// `POST …/team/{member}/remove`
pub(super) async fn remove(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    Path((_, member)): Path<(String, String)>,
    _form: ConsoleForm,
) -> Result<Response, PageError> {
    check_not_own(&admin, &member)?;
    let member = admin.member_ref(&member);
    member::delete(&app, &admin.actor(), member).await?;
    Ok(redirect(&admin, "member-removed"))
}

/// Asks before a member loses access. `action` is the last part of the path and of the texts' keys.
fn confirmation<'p>(
    app: &'p App,
    admin: &'p RequireOrgAdmin,
    member: &MemberView,
    action: &str,
) -> ConfirmationPage<'p> {
    let text = admin.text();
    let name = [
        ("member", member_name(member).into()),
        ("organization", admin.organization().name.as_str().into()),
    ];
    ConfirmationPage::new(
        admin.frame(app, "team"),
        text.format(&format!("team-{action}-question"), &name),
        vec![
            text.format(&format!("team-{action}-effect"), &name),
            text.get(&format!("team-{action}-undo")),
        ],
        FormButton::new(
            admin.path(&format!("team/{}/{action}", member.id)),
            text.get(&format!("team-{action}-button")),
        ),
        admin.path("team"),
    )
}

async fn find_other(
    app: &App,
    admin: &RequireOrgAdmin,
    member: &str,
) -> Result<MemberView, Problem> {
    check_not_own(admin, member)?;
    member::show(app, admin.member_ref(member)).await
}

async fn update_member(
    app: &App,
    admin: &RequireOrgAdmin,
    member: &str,
    change: Value,
    done: &str,
) -> Result<Response, PageError> {
    check_not_own(admin, member)?;
    let member = admin.member_ref(member);
    member::update(app, &admin.actor(), member, Patch::new(change)).await?;
    Ok(redirect(admin, done))
}

/// Protects administrators from removing their own access by mistake.
pub(crate) fn check_not_own(admin: &RequireOrgAdmin, member: &str) -> Result<(), Problem> {
    let memberships = &admin.user().memberships;
    if memberships
        .iter()
        .any(|membership| membership.member.as_str() == member)
    {
        return Err(Problem::new(ProblemCode::OwnMembership));
    }
    Ok(())
}
