//! The page on which an administrator enforces SSO. It shows first which members would lose access, and why.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use federation::{TestSignIn, start_test};
use i18n::Localizer;
use runtime::app::App;
use runtime::problem::{Problem, ProblemCode};
use serde::Deserialize;
use service::member::MemberRef;
use service::sso_enforcement::{Access, DryRun, EnforceRequest, Exemption, MemberImpact, Recovery};
use service::{member, role, sign_in_attempt, sso_enforcement};
use store::AttemptOutcome;
use web::page;

use super::confirmation_page::{CONFIRMED, ConfirmationPage, FormButton, Warning};
use super::current_user::RequireOrgAdmin;
use super::form::ConsoleForm;
use super::form_state::{FormState, message};
use super::frame::ConsoleFrame;
use super::notice::redirect_with_notice;
use super::page_error::PageError;
use super::saml_panel;
use super::sso_enforced::enforced_page;
use service::actor_name;

/// The prefix of the keys of this page's error messages.
const ERROR_KEYS: &str = "sso-enforcement-error";

#[derive(Debug, Template)]
#[template(path = "console/sso_enforcement.html")]
struct EnforcementPage<'p> {
    frame: ConsoleFrame<'p>,
    /// The path of this page, on which the paths of its forms are based.
    path: String,
    slug: &'p str,
    report: DryRun,
    enforced_by: String,
    members: Vec<MemberRow>,
    /// Why the administrator cannot enforce SSO now.
    obstacle: Option<Obstacle>,
    error: Option<String>,
}

#[derive(Debug)]
struct Obstacle {
    text: String,
    /// Whether the administrator can remove the obstacle by signing in through the connection.
    can_sign_in: bool,
}

/// What enforcement means for one member.
#[derive(Debug)]
struct MemberRow {
    impact: MemberImpact,
    /// The class of the badge.
    badge: &'static str,
    access: String,
    reason: String,
    /// Administrators create their own recovery codes, operators those of every administrator.
    can_issue_codes: bool,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct EnforcementQuery {
    done: Option<String>,
    failed: Option<String>,
}

impl EnforcementPage<'_> {
    fn needs_confirmation(&self) -> bool {
        needs_confirmation(&self.report)
    }

    /// The number of members with this access.
    fn count(&self, access: Access) -> usize {
        let members = self.members.iter();
        members
            .filter(|member| member.impact.access == access)
            .count()
    }
}

/// Whether the administrator has to confirm the consequences.
const fn needs_confirmation(report: &DryRun) -> bool {
    report.locked_out > 0
}

/// `GET /console/organizations/{organization}/sso-enforcement`
pub(super) async fn show(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    Query(query): Query<EnforcementQuery>,
) -> Result<Response, PageError> {
    let text = admin.text();
    let key = query.failed.map(|failed| format!("{ERROR_KEYS}-{failed}"));
    let error = key.filter(|key| text.has(key)).map(|key| text.get(&key));
    let frame = admin.frame(&app, "sso").with_notice(query.done.as_deref());
    enforcement_page(&app, &admin, frame, error, StatusCode::OK).await
}

/// `POST /console/organizations/{organization}/sso-enforcement`
pub(super) async fn enforce(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    form: ConsoleForm,
) -> Result<Response, PageError> {
    let text = admin.text();
    let organization = admin.organization_id();
    let report = sso_enforcement::dry_run(&app, organization).await?;
    let words = form.text("override");
    let is_overridden = is_override(text, words);
    let wrong_field = if needs_confirmation(&report) && !form.has(CONFIRMED) {
        Some("sso-enforcement-error-impact-not-confirmed")
    } else if !words.is_empty() && !is_overridden {
        Some("sso-enforcement-error-override-mistyped")
    } else {
        None
    };
    let (error, status) = if let Some(key) = wrong_field {
        (Some(text.get(key)), StatusCode::UNPROCESSABLE_ENTITY)
    } else {
        let request = EnforceRequest {
            person: &admin.user().person.id,
            organization,
            recovery: if is_overridden {
                Recovery::Overridden
            } else {
                Recovery::Required
            },
            text,
        };
        match sso_enforcement::enforce(&app, request).await {
            Ok(report) if admin.loses_access_when_enforced() => {
                return Ok(enforced_page(&app, &admin, own_codes(&admin, &report)));
            }
            Ok(_) => return Ok(redirect(&admin, "sso-enforced")),
            Err(problem) => {
                let form = FormState::rejected((), problem)?;
                (form.message(text, ERROR_KEYS), form.status())
            }
        }
    };
    enforcement_page(&app, &admin, admin.frame(&app, "sso"), error, status).await
}

/// Whether these are the words with which an administrator enforces SSO without a way to regain access.
fn is_override(text: Localizer, words: &str) -> bool {
    let normalize = |words: &str| {
        let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
        words.join(" ")
    };
    normalize(words) == normalize(&text.get("sso-enforcement-override-words"))
}

/// `GET /console/organizations/{organization}/sso-enforcement/disable`
pub(super) async fn confirm_disable(
    State(app): State<App>,
    admin: RequireOrgAdmin,
) -> Result<Response, PageError> {
    let report = sso_enforcement::dry_run(&app, admin.organization_id()).await?;
    let text = admin.text();
    let name = [("organization", admin.organization().name.as_str().into())];
    let affected = report.members.iter();
    let affected = affected.filter(|member| member.access != Access::Exempt);
    let members = [("count", affected.count().into())];
    let path = admin.path("sso-enforcement");
    let mut effects = vec![
        text.format("sso-enforcement-turn-off-members", &members),
        text.get("sso-enforcement-turn-off-lead"),
    ];
    if app.mailer.is_available() {
        effects.push(text.get("sso-enforcement-turn-off-mail"));
    }
    effects.push(text.get("sso-enforcement-turn-off-undo"));
    let page = ConfirmationPage::new(
        admin.frame(&app, "sso"),
        text.format("sso-enforcement-turn-off-question", &name),
        effects,
        FormButton::new(
            format!("{path}/disable"),
            text.get("sso-enforcement-turn-off"),
        ),
        path,
    );
    Ok(page.answer(&app))
}

/// `POST /console/organizations/{organization}/sso-enforcement/disable`
pub(super) async fn disable(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    _form: ConsoleForm,
) -> Result<Response, PageError> {
    let organization = admin.organization_id();
    sso_enforcement::stop_enforcing(&app, &admin.actor(), organization, admin.text()).await?;
    Ok(redirect(&admin, "sso-not-enforced"))
}

/// `POST /console/organizations/{organization}/sso-enforcement/exempt`
pub(super) async fn exempt(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    form: ConsoleForm,
) -> Result<Response, PageError> {
    let (exemption, done) = if form.has("remove") {
        (Exemption::Withdrawn, "exemption-removed")
    } else {
        (Exemption::Granted, "exemption-granted")
    };
    let member = admin.member_ref(form.text("member"));
    let is_enforced = admin.organization().sso_enforced_since.is_some();
    if exemption == Exemption::Withdrawn && is_enforced && !form.has(CONFIRMED) {
        return withdraw_exemption_page(&app, &admin, member).await;
    }
    sso_enforcement::exempt(&app, &admin.actor(), member, exemption).await?;
    Ok(redirect(&admin, done))
}

/// Asks before a member loses the exemption from an enforcement that is in force.
async fn withdraw_exemption_page(
    app: &App,
    admin: &RequireOrgAdmin,
    member: MemberRef<'_>,
) -> Result<Response, PageError> {
    let found = member::show(app, member).await?;
    let name = found.name.as_deref().or(found.email.as_deref());
    let name = [("member", name.unwrap_or(&found.id).into())];
    let report = sso_enforcement::dry_run(app, member.organization).await?;
    let mut others = report.members.iter().filter(|one| one.member != found.id);
    let text = admin.text();
    let path = admin.path("sso-enforcement");
    let mut page = ConfirmationPage::new(
        admin.frame(app, "sso"),
        text.format("sso-enforcement-remove-exemption-question", &name),
        vec![text.format("sso-enforcement-remove-exemption-effect", &name)],
        FormButton::new(
            format!("{path}/exempt"),
            text.get("sso-enforcement-remove-exemption"),
        ),
        path,
    );
    page.fields = vec![("member", found.id.clone()), ("remove", "1".to_owned())];
    if !others.any(|other| other.can_recover) {
        page.warning = Some(Warning {
            text: text.get("sso-enforcement-cannot-recover"),
            link: None,
        });
    }
    Ok(page.answer(app))
}

/// `POST /console/organizations/{organization}/sso-enforcement/sign-in`
///
/// A test sign-in, with which the administrator proves that they can sign in through the connection themselves.
pub(super) async fn sign_in(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    headers: HeaderMap,
    _form: ConsoleForm,
) -> Result<Response, PageError> {
    let working = saml_panel::require_connection(&app, &admin).await?;
    let test = TestSignIn {
        connection: admin.connection_ref(&working.connection.id),
        tester: &admin.actor(),
        return_to: &admin.path("sso-enforcement/signed-in/"),
    };
    Ok(start_test(&app, &headers, test).await?)
}

/// `GET /console/organizations/{organization}/sso-enforcement/signed-in/{attempt}`
pub(super) async fn signed_in(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let attempt = sign_in_attempt::show(&app, admin.organization_id(), &id).await?;
    if attempt.outcome != Some(AttemptOutcome::Accepted) {
        let result = admin.path(&format!("tests/{id}"));
        return Ok(Redirect::to(&result).into_response());
    }
    let own = own_member(&admin);
    if own.is_some() && own == attempt.member {
        Ok(redirect(&admin, "signed-in-with-sso"))
    } else {
        let page = admin.path("sso-enforcement?failed=other-account");
        Ok(Redirect::to(&page).into_response())
    }
}

/// The ID of the administrator's own membership.
fn own_member(admin: &RequireOrgAdmin) -> Option<String> {
    let own = admin.own_memberships().next();
    own.map(|membership| membership.member.to_string())
}

/// The number of recovery codes that the administrator has left.
fn own_codes(admin: &RequireOrgAdmin, report: &DryRun) -> i64 {
    let own = own_member(admin);
    let mut members = report.members.iter();
    let own = members.find(|member| own.as_ref() == Some(&member.member));
    own.map_or(0, |own| own.recovery_codes)
}

fn redirect(admin: &RequireOrgAdmin, done: &str) -> Response {
    redirect_with_notice(&admin.path("sso-enforcement"), done)
}

async fn enforcement_page(
    app: &App,
    admin: &RequireOrgAdmin,
    frame: ConsoleFrame<'_>,
    error: Option<String>,
    status: StatusCode,
) -> Result<Response, PageError> {
    let text = admin.text();
    let report = sso_enforcement::dry_run(app, admin.organization_id()).await?;
    let own = own_member(admin);
    let members = report.members.iter().map(|impact| {
        let is_own = own.as_ref() == Some(&impact.member);
        MemberRow {
            can_issue_codes: impact.role == role::ADMIN && (admin.user().is_operator || is_own),
            ..MemberRow::new(text, impact)
        }
    });
    let page = EnforcementPage {
        frame,
        path: admin.path("sso-enforcement"),
        slug: &admin.organization().slug,
        enforced_by: match &report.enforced_by {
            Some(by) => actor_name(app, text, by).await?,
            None => String::new(),
        },
        members: members.collect(),
        obstacle: obstacle(app, admin).await?,
        report,
        error,
    };
    Ok(page::answer_with_external_form(app, status, &page))
}

impl MemberRow {
    fn new(text: Localizer, impact: &MemberImpact) -> Self {
        let (badge, access) = match impact.access {
            Access::LockedOut => ("bad", "sso-enforcement-access-locked-out"),
            Access::FirstSignIn => ("warn", "sso-enforcement-access-first-sign-in"),
            Access::Exempt => ("good", "sso-enforcement-access-exempt"),
            Access::Unaffected => ("good", "sso-enforcement-access-unaffected"),
        };
        let is_untried = impact.access == Access::Exempt
            && impact.role == role::ADMIN
            && impact.signed_in_without_sso_at.is_none();
        let untried = if is_untried { "-untried" } else { "" };
        let reason = format!("sso-enforcement-reason-{}{untried}", impact.reason);
        Self {
            badge,
            access: text.get(access),
            reason: if text.has(&reason) {
                text.get(&reason)
            } else {
                impact.detail.to_owned()
            },
            impact: impact.clone(),
            can_issue_codes: false,
        }
    }
}

/// Why the administrator cannot enforce SSO now.
async fn obstacle(app: &App, admin: &RequireOrgAdmin) -> Result<Option<Obstacle>, Problem> {
    let text = admin.text();
    let organization = admin.organization();
    let person = &admin.user().person.id;
    let Err(problem) = sso_enforcement::check_can_enforce(app, person, organization).await else {
        return Ok(None);
    };
    if problem.status.is_server_error() {
        return Err(problem);
    }
    if problem.code != ProblemCode::NoRecentSignIn {
        return Ok(Some(Obstacle {
            text: message(text, ERROR_KEYS, &problem),
            can_sign_in: false,
        }));
    }
    let has_draft = saml_panel::require_connection(app, admin).await?.is_draft;
    let (key, can_sign_in) = match (own_member(admin), has_draft) {
        (None, _) => ("sso-enforcement-not-a-member", false),
        // A test sign-in uses the draft, so it proves nothing about the settings that members use.
        (Some(_), true) => ("sso-enforcement-has-draft", false),
        (Some(_), false) => ("sso-enforcement-sign-in-first", true),
    };
    Ok(Some(Obstacle {
        text: text.get(key),
        can_sign_in,
    }))
}
