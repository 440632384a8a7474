//! Invites members, and sends invitations again or withdraws them.

use axum::extract::{Path, State};
use axum::response::Response;
use runtime::app::App;
use service::invitation::{self, Inviter, InviterKind};
use service::member::{self, NewMember};
use service::role;

use super::{InvitationForm, TeamQuery, member_name, redirect, team_page};
use crate::confirmation_page::{ConfirmationPage, FormButton};
use crate::current_user::RequireOrgAdmin;
use crate::form::ConsoleForm;
use crate::form_state::FormState;
use crate::page_error::PageError;

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
        send_email: None,
    };
    let slug = &admin.organization().slug;
    let (form, invited) = match invitation::invite(&app, &inviter(&admin), slug, new).await {
        Ok(invited) => (FormState::default(), Some(invited)),
        Err(problem) => (FormState::rejected(values, problem)?, None),
    };
    team_page(&app, &admin, &TeamQuery::default(), form, invited).await
}

/// `POST …/team/{member}/resend-invitation`
pub(super) async fn resend(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    Path((_, member)): Path<(String, String)>,
    _form: ConsoleForm,
) -> Result<Response, PageError> {
    let member = admin.member_ref(&member);
    let sent = invitation::resend(&app, &inviter(&admin), member).await?;
    let form = FormState::default();
    team_page(&app, &admin, &TeamQuery::default(), form, Some(sent)).await
}

/// `GET …/team/{member}/withdraw-invitation`
pub(super) async fn confirm_withdraw(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let member = member::show(&app, admin.member_ref(&id)).await?;
    let text = admin.text();
    let name = [("member", member_name(&member).into())];
    let mut effects = vec![text.format("team-withdraw-effect", &name)];
    if member.role == role::ADMIN {
        effects.push(text.get("team-withdraw-link"));
    }
    let page = ConfirmationPage::new(
        admin.frame(&app, "team"),
        text.format("team-withdraw-question", &name),
        effects,
        FormButton::new(
            admin.path(&format!("team/{id}/withdraw-invitation")),
            text.get("team-withdraw"),
        ),
        admin.path("team"),
    );
    Ok(page.answer(&app))
}

/// `POST …/team/{member}/withdraw-invitation`
pub(super) async fn withdraw(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    Path((_, member)): Path<(String, String)>,
    _form: ConsoleForm,
) -> Result<Response, PageError> {
    invitation::withdraw(&app, &admin.actor(), admin.member_ref(&member)).await?;
    Ok(redirect(&admin, "invitation-withdrawn"))
}

fn inviter(admin: &RequireOrgAdmin) -> Inviter {
    Inviter {
        actor: admin.actor(),
        text: admin.text(),
        kind: if admin.user().is_operator {
            InviterKind::Operator
        } else {
            InviterKind::OrgAdmin
        },
    }
}
