//! Requiring single sign-on of everybody: first the page names whom it would lock out, and why.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use federation::{TestSignIn, start_test};
use i18n::Text;
use runtime::app::App;
use runtime::problem::Problem;
use serde::Deserialize;
use service::sso_enforcement::{DryRun, Exemption, Fate, Prospect};
use service::{role, sign_in_attempt, sso_enforcement};
use store::Outcome;
use web::page;

use super::current_user::AdminVisit;
use super::form::ConsoleForm;
use super::frame::ConsoleFrame;
use super::guard::Refusal;
use super::{actor_name, saml_panel, sso_enforced};

/// Names whom it locks out, or would.
#[derive(Debug, Template)]
#[template(path = "console/requirement.html")]
struct RequirementPage<'p> {
    frame: ConsoleFrame<'p>,
    slug: &'p str,
    report: DryRun,
    required_by: String,
    rows: Vec<Row>,
    /// Why it cannot be required now.
    obstacle: Option<Obstacle>,
    fault: Option<String>,
}

/// Why it cannot be required now.
#[derive(Debug)]
struct Obstacle {
    words: String,
    /// Whether signing in through the connection now removes it.
    can_sign_in: bool,
}

/// What becomes of a member, in words.
#[derive(Debug)]
struct Row {
    prospect: Prospect,
    badge: &'static str,
    fate: String,
    reason: String,
    /// Whether the reader may make recovery codes for them: their own, or as an operator those of any administrator.
    may_issue: bool,
}

/// What has just been done, or has gone wrong.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Just {
    done: Option<String>,
    failed: Option<String>,
}

impl RequirementPage<'_> {
    /// Whether somebody has to say that they have understood what they do.
    fn is_grave(&self) -> bool {
        is_grave(&self.report)
    }

    /// How many of the members end in this way.
    fn count(&self, fate: Fate) -> usize {
        let rows = self.rows.iter();
        rows.filter(|row| row.prospect.fate == fate).count()
    }
}

fn is_grave(report: &DryRun) -> bool {
    report.locked_out > 0 || !report.has_way_back
}

/// `GET /console/organizations/{organization}/sso/require`
pub(super) async fn show(
    State(app): State<App>,
    visit: AdminVisit,
    Query(just): Query<Just>,
) -> Result<Response, Refusal> {
    let text = visit.visitor().text;
    let failed = just.failed.map(|what| format!("require-fault-{what}"));
    let fault = failed.filter(|key| text.has(key)).map(|key| text.say(&key));
    requirement_page(&app, &visit, just.done.as_deref(), (fault, None)).await
}

/// `POST /console/organizations/{organization}/sso/require`
pub(super) async fn require(
    State(app): State<App>,
    visit: AdminVisit,
    form: ConsoleForm,
) -> Result<Response, Refusal> {
    let named = visit.organization().id.as_str();
    let report = sso_enforcement::dry_run(&app, named).await?;
    if is_grave(&report) && !form.has("understood") {
        let problem = Problem::field("understood", "a tick", "none");
        let fault = visit.visitor().text.say("require-fault-understood");
        return requirement_page(&app, &visit, None, (Some(fault), Some(problem))).await;
    }
    match sso_enforcement::require(&app, &visit.visitor().person.id, named).await {
        Ok(report) if visit.ends_once_required() => Ok(sso_enforced::answer(
            &app,
            &visit,
            own_codes(&visit, &report),
        )),
        Ok(_) => Ok(back(&visit, "?done=sso-required")),
        Err(problem) if problem.status.is_server_error() => Err(problem.into()),
        Err(problem) => {
            let fault = Some(sentence(visit.visitor().text, &problem));
            requirement_page(&app, &visit, None, (fault, Some(problem))).await
        }
    }
}

/// `POST /console/organizations/{organization}/sso/require/undo`
pub(super) async fn undo(
    State(app): State<App>,
    visit: AdminVisit,
    _form: ConsoleForm,
) -> Result<Response, Refusal> {
    let named = visit.organization().id.as_str();
    sso_enforcement::undo(&app, &visit.visitor().actor(), named).await?;
    Ok(back(&visit, "?done=sso-not-required"))
}

/// `POST /console/organizations/{organization}/sso/require/exempt`
pub(super) async fn exempt(
    State(app): State<App>,
    visit: AdminVisit,
    form: ConsoleForm,
) -> Result<Response, Refusal> {
    let place = (visit.organization().id.as_str(), form.text("member"));
    let (exemption, done) = if form.has("withdraw") {
        (Exemption::Withdrawn, "?done=no-longer-exempt")
    } else {
        (Exemption::Granted, "?done=exempt")
    };
    sso_enforcement::exempt(&app, &visit.visitor().actor(), place, exemption).await?;
    Ok(back(&visit, done))
}

/// `POST /console/organizations/{organization}/sso/require/sign-in`
///
/// Whoever requires it shows that they can come in that way: by a test, after which they are back here.
pub(super) async fn sign_in(
    State(app): State<App>,
    visit: AdminVisit,
    headers: HeaderMap,
    _form: ConsoleForm,
) -> Result<Response, Refusal> {
    let there = saml_panel::expected(&app, &visit).await?;
    let organization = visit.organization();
    let test = TestSignIn {
        connection: visit.place_of(&there.connection.id),
        tester: &visit.visitor().actor(),
        return_to: &format!(
            "/console/organizations/{}/sso/require/signed-in/",
            organization.slug
        ),
    };
    Ok(start_test(&app, &headers, test).await?)
}

/// `GET /console/organizations/{organization}/sso/require/signed-in/{attempt}`
pub(super) async fn signed_in(
    State(app): State<App>,
    visit: AdminVisit,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let organization = visit.organization();
    let shown = sign_in_attempt::show(&app, organization.id.as_str(), &id).await?;
    if shown.outcome != Some(Outcome::Accepted) {
        let address = format!("/console/organizations/{}/tests/{id}", organization.slug);
        return Ok(Redirect::to(&address).into_response());
    }
    let own = own_member(&visit);
    if own.is_some() && own == shown.member {
        Ok(back(&visit, "?done=came-through"))
    } else {
        Ok(back(&visit, "?failed=other-person"))
    }
}

/// The reader's own membership of the organization.
fn own_member(visit: &AdminVisit) -> Option<String> {
    let memberships = &visit.visitor().memberships;
    let own = memberships
        .iter()
        .find(|one| one.organization == visit.organization().id);
    own.map(|own| own.member.to_string())
}

/// How many recovery codes the reader has left.
fn own_codes(visit: &AdminVisit, report: &DryRun) -> i64 {
    let own = own_member(visit);
    let mut members = report.members.iter();
    let own = members.find(|one| own.as_ref() == Some(&one.member));
    own.map_or(0, |own| own.recovery_codes)
}

fn back(visit: &AdminVisit, rest: &str) -> Response {
    let slug = &visit.organization().slug;
    Redirect::to(&format!("/console/organizations/{slug}/sso/require{rest}")).into_response()
}

async fn requirement_page(
    app: &App,
    visit: &AdminVisit,
    done: Option<&str>,
    (fault, problem): (Option<String>, Option<Problem>),
) -> Result<Response, Refusal> {
    let text = visit.visitor().text;
    let report = sso_enforcement::dry_run(app, visit.organization().id.as_str()).await?;
    let own = own_member(visit);
    let rows = report.members.iter().map(|prospect| Row {
        may_issue: prospect.role == role::ADMIN
            && (visit.visitor().is_operator || own.as_ref() == Some(&prospect.member)),
        ..row(text, prospect)
    });
    let page = RequirementPage {
        frame: visit.frame(app, "sso").noting(done),
        slug: &visit.organization().slug,
        required_by: match &report.required_by {
            Some(by) => actor_name::name(app, text, by).await?,
            None => String::new(),
        },
        rows: rows.collect(),
        obstacle: obstacle(app, visit).await?,
        report,
        fault,
    };
    Ok(page::answer_leaving(
        app,
        page::status(problem.as_ref()),
        &page,
    ))
}

fn row(text: Text, prospect: &Prospect) -> Row {
    let (badge, key) = match prospect.fate {
        Fate::LockedOut => ("bad", "require-fate-locked-out"),
        Fate::FirstSignIn => ("warn", "require-fate-first-sign-in"),
        Fate::Exempt => ("good", "require-fate-exempt"),
        Fate::Fine => ("good", "require-fate-fine"),
    };
    let reason = format!("require-reason-{}", prospect.reason);
    Row {
        badge,
        fate: text.say(key),
        reason: if text.has(&reason) {
            text.say(&reason)
        } else {
            prospect.detail.to_owned()
        },
        prospect: prospect.clone(),
        may_issue: false,
    }
}

/// Why the reader cannot require it now, if they cannot.
async fn obstacle(app: &App, visit: &AdminVisit) -> Result<Option<Obstacle>, Problem> {
    let (organization, text) = (visit.organization(), visit.visitor().text);
    let person = &visit.visitor().person.id;
    let Err(problem) = sso_enforcement::check_may_require(app, person, organization).await else {
        return Ok(None);
    };
    if problem.status.is_server_error() {
        return Err(problem);
    }
    if problem.code != "no-recent-sign-in" {
        return Ok(Some(Obstacle {
            words: sentence(text, &problem),
            can_sign_in: false,
        }));
    }
    let has_draft = saml_panel::expected(app, visit).await?.is_draft;
    let (key, can_sign_in) = match (own_member(visit), has_draft) {
        (None, _) => ("require-not-a-member", false),
        // A test tries the draft, which says nothing of what members sign in with.
        (Some(_), true) => ("require-has-draft", false),
        (Some(_), false) => ("require-sign-in-first", true),
    };
    Ok(Some(Obstacle {
        words: text.say(key),
        can_sign_in,
    }))
}

/// The problem in the reader's language, where there are words for it.
fn sentence(text: Text, problem: &Problem) -> String {
    let key = format!("require-fault-{}", problem.code);
    if text.has(&key) {
        text.say(&key)
    } else {
        problem.localize(text)
    }
}
