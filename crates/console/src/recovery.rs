//! Recovery codes: administrators create their own, and sign in with one when SSO is enforced and does not work.

use askama::Template;
use axum::extract::{Extension, Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use runtime::app::App;
use runtime::problem::{Problem, ProblemCode};
use serde::Deserialize;
use service::console_session::SessionScope;
use service::{recovery, sso_enforcement};
use store::ConsoleSignInMethod;
use web::{ClientAddress, page};

use super::browser::Browser;
use super::confirmation_page::{ConfirmationPage, FormButton};
use super::current_user::RequireOrgAdmin;
use super::form::ConsoleForm;
use super::form_state::FormState;
use super::frame::ConsoleFrame;
use super::notice::redirect_with_notice;
use super::page_error::PageError;
use super::sign_in::{console_path, signed_in};

/// Shows new codes once.
#[derive(Debug, Template)]
#[template(path = "console/recovery_codes.html")]
struct CodesPage<'p> {
    frame: ConsoleFrame<'p>,
    slug: &'p str,
    /// The member ID of their owner.
    member: String,
    codes: Vec<String>,
    /// The codes as the `data:` URL of a file.
    file: String,
}

/// Asks for a code.
#[derive(Debug, Template)]
#[template(path = "console/recovery.html")]
struct RecoveryPage<'p> {
    frame: ConsoleFrame<'p>,
    next: &'p str,
    email: &'p str,
    error: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct SignInQuery {
    /// The page to open afterwards.
    next: String,
}

#[derive(Clone, Copy, Debug)]
struct RecoveryForm<'f> {
    next: &'f str,
    email: &'f str,
}

/// `POST /console/organizations/{organization}/sso/recovery-codes/{member}`
pub(super) async fn issue(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    Path((_, member)): Path<(String, String)>,
    _form: ConsoleForm,
) -> Result<Response, PageError> {
    check_may_issue(&admin, &member)?;
    let organization = admin.organization();
    let issued = recovery::issue(&app, &admin.actor(), admin.member_ref(&member)).await?;
    let page = CodesPage {
        frame: admin.frame(&app, "sso"),
        slug: &organization.slug,
        member: issued.member,
        file: download_url(&app, &organization.name, &issued.codes),
        codes: issued.codes,
    };
    Ok(page::answer(StatusCode::OK, &page))
}

/// `GET /console/organizations/{organization}/sso/recovery-codes/{member}`: asks before the remaining codes stop working.
pub(super) async fn confirm_issue(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response, PageError> {
    check_may_issue(&admin, &id)?;
    let report = sso_enforcement::dry_run(&app, admin.organization_id()).await?;
    let mut members = report.members.iter();
    let member = members.find(|member| member.member == id);
    let member = member.ok_or_else(|| Problem::not_found("member", &id))?;
    let text = admin.text();
    let name = member.name.as_deref().or(member.email.as_deref());
    let name = [("member", name.unwrap_or(&member.member).into())];
    let codes = [("count", member.recovery_codes.into())];
    let page = ConfirmationPage::new(
        admin.frame(&app, "sso"),
        text.format("sso-enforcement-codes-question", &name),
        vec![text.format("sso-enforcement-codes-effect", &codes)],
        FormButton::new(
            admin.path(&format!("sso/recovery-codes/{id}")),
            text.get("sso-enforcement-codes-generate"),
        ),
        admin.path("sso-enforcement"),
    );
    Ok(page.answer(&app))
}

/// `POST /console/organizations/{organization}/sso/recovery-codes/{member}/saved`
pub(super) async fn confirm_saved(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    Path((_, member)): Path<(String, String)>,
    _form: ConsoleForm,
) -> Result<Response, PageError> {
    check_may_issue(&admin, &member)?;
    recovery::confirm_saved(&app, &admin.actor(), admin.member_ref(&member)).await?;
    let enforcement = admin.path("sso-enforcement");
    Ok(redirect_with_notice(&enforcement, "recovery-codes-saved"))
}

/// `GET /console/sign-in/recovery`
pub(super) async fn show(
    State(app): State<App>,
    Query(query): Query<SignInQuery>,
    browser: Browser,
) -> Response {
    let form = RecoveryForm {
        next: &query.next,
        email: "",
    };
    recovery_page(&app, &browser, &FormState::new(form))
}

/// `POST /console/sign-in/recovery`
pub(super) async fn sign_in(
    State(app): State<App>,
    Extension(client): Extension<ClientAddress>,
    browser: Browser,
    form: ConsoleForm,
) -> Result<Response, PageError> {
    let values = RecoveryForm {
        next: form.text("next"),
        email: form.text("email"),
    };
    let code = form.text("code");
    match recovery::redeem(&app, client.0, values.email, code, browser.text).await {
        Ok(recovered) => {
            // The administrator can stop enforcing SSO here, and repair the connection.
            let enforcement = format!(
                "/console/organizations/{}/sso-enforcement",
                recovered.organization
            );
            let scope = SessionScope::Organization(recovered.organization);
            let cookie = browser
                .start_session(&app, recovered.person, ConsoleSignInMethod::Recovery, scope)
                .await?;
            let next = Some(console_path(values.next)).filter(|next| *next != "/console");
            Ok(signed_in(cookie, next.unwrap_or(&enforcement)))
        }
        Err(problem) => {
            let form = FormState::rejected(values, problem)?;
            Ok(recovery_page(&app, &browser, &form))
        }
    }
}

/// A code signs in as its member, so administrators create only their own. Operators create codes for others.
fn check_may_issue(admin: &RequireOrgAdmin, member: &str) -> Result<(), Problem> {
    let is_own = admin
        .own_memberships()
        .any(|membership| membership.member.as_str() == member);
    if is_own || admin.user().is_operator {
        return Ok(());
    }
    Err(Problem::new(ProblemCode::NotYourCodes))
}

/// The codes as the URL of a file. The page contains the file, so the server does not send the codes twice.
fn download_url(app: &App, organization: &str, codes: &[String]) -> String {
    let text = format!(
        "{} · {organization}\n{}\n\n{}\n",
        app.config.product_name,
        app.config.public_url,
        codes.join("\n")
    );
    let encoded: String = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
    format!("data:text/plain;charset=utf-8,{encoded}")
}

fn recovery_page(app: &App, browser: &Browser, form: &FormState<RecoveryForm<'_>>) -> Response {
    let text = browser.text;
    let error = form.problem.as_ref().map(|problem| match problem.status {
        StatusCode::TOO_MANY_REQUESTS => text.get("sso-enforcement-recovery-too-many-attempts"),
        _ => text.get("sso-enforcement-recovery-wrong"),
    });
    let page = RecoveryPage {
        frame: browser.frame(app),
        next: console_path(form.values.next),
        email: form.values.email,
        error,
    };
    browser.page(app, form.status(), &page)
}
