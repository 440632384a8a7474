//! Recovery codes: an administrator gets theirs, and comes in by one when the identity provider lets nobody in.

use askama::Template;
use axum::extract::{Extension, Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use runtime::app::App;
use runtime::problem::{Problem, ProblemCode};
use serde::Deserialize;
use service::console_session::{NewSession, SessionScope};
use service::{console_session, recovery};
use store::ConsoleSignInMethod;
use web::{ClientAddress, Cookie, RequestLanguage, page, user_agent};

use super::current_user::AdminVisit;
use super::form;
use super::form::ConsoleForm;
use super::frame::ConsoleFrame;
use super::guard::Refusal;
use super::sign_in::{inside, welcome};

/// Shows fresh codes, this once.
#[derive(Debug, Template)]
#[template(path = "console/recovery_codes.html")]
struct CodesPage<'p> {
    frame: ConsoleFrame<'p>,
    slug: &'p str,
    codes: Vec<String>,
    /// The codes as the address of a file.
    file: String,
}

/// Asks for a code.
#[derive(Debug, Template)]
#[template(path = "console/recovery.html")]
struct RecoveryPage<'p> {
    frame: ConsoleFrame<'p>,
    next: &'p str,
    email: &'p str,
    fault: Option<String>,
}

/// Where somebody wanted to go.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    next: String,
}

/// `POST /console/organizations/{organization}/sso/recovery-codes/{member}`
pub(super) async fn issue(
    State(app): State<App>,
    visit: AdminVisit,
    Path((_, member)): Path<(String, String)>,
    _form: ConsoleForm,
) -> Result<Response, Refusal> {
    check_may_issue(&visit, &member)?;
    let organization = visit.organization();
    let place = (organization.id.as_str(), member.as_str());
    let made = recovery::issue(&app, &visit.visitor().actor(), place).await?;
    let page = CodesPage {
        frame: visit.frame(&app, "sso"),
        slug: &organization.slug,
        file: file(&app, &organization.name, &made.codes),
        codes: made.codes,
    };
    Ok(page::answer(StatusCode::OK, &page))
}

/// `GET /console/sign-in/recovery`
pub(super) async fn show(
    State(app): State<App>,
    Query(wanted): Query<Wanted>,
    headers: HeaderMap,
) -> Response {
    recovery_page(&app, &headers, (&wanted.next, ""), None)
}

/// `POST /console/sign-in/recovery`
pub(super) async fn take(
    State(app): State<App>,
    Extension(client): Extension<ClientAddress>,
    headers: HeaderMap,
    form: ConsoleForm,
) -> Result<Response, Refusal> {
    let (next, email) = (form.text("next"), form.text("email"));
    match recovery::spend(&app, client.0, (email, form.text("code"))).await {
        Ok(came) => {
            // Where it can be undone, and the connection repaired.
            let home = format!("/console/organizations/{}/sso/require", came.organization);
            let new = NewSession {
                person: came.person,
                method: ConsoleSignInMethod::Recovery,
                scope: SessionScope::Organization(came.organization),
                user_agent: user_agent(&headers),
            };
            let token = console_session::begin(&app, new).await?;
            let cookie = Cookie::Console.set(&app, &token);
            let next = Some(inside(next)).filter(|next| *next != "/console");
            Ok(welcome(cookie, next.unwrap_or(&home)))
        }
        Err(problem) if problem.status.is_server_error() => Err(problem.into()),
        Err(problem) => Ok(recovery_page(&app, &headers, (next, email), Some(problem))),
    }
}

/// A code makes its owner of whoever has it, so an administrator makes their own alone; an operator hands codes out.
fn check_may_issue(visit: &AdminVisit, member: &str) -> Result<(), Problem> {
    let memberships = &visit.visitor().memberships;
    let is_own = memberships
        .iter()
        .any(|one| one.organization == visit.organization().id && one.member.as_str() == member);
    if is_own || visit.visitor().is_operator {
        return Ok(());
    }
    Err(Problem::new(ProblemCode::NotYourCodes))
}

/// The codes as a file that a link holds, so that they travel no second time.
fn file(app: &App, organization: &str, codes: &[String]) -> String {
    let text = format!(
        "{} · {organization}\n{}\n\n{}\n",
        app.config.product_name,
        app.config.public_url,
        codes.join("\n")
    );
    let encoded: String = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
    format!("data:text/plain;charset=utf-8,{encoded}")
}

fn recovery_page(
    app: &App,
    headers: &HeaderMap,
    (next, email): (&str, &str),
    problem: Option<Problem>,
) -> Response {
    let text = RequestLanguage::from_headers(headers).localizer(&[]);
    let browser = Cookie::Browser.get_or_create(app, headers);
    let status = page::status(problem.as_ref());
    let fault = problem.map(|problem| match problem.status {
        StatusCode::TOO_MANY_REQUESTS => text.get("require-recovery-slowed"),
        _ => text.get("require-recovery-wrong"),
    });
    let page = RecoveryPage {
        frame: ConsoleFrame::outside(app, text, form::token(&browser.secret)),
        next: inside(next),
        email,
        fault,
    };
    let mut response = page::answer(status, &page);
    response
        .headers_mut()
        .append(header::SET_COOKIE, Cookie::Browser.set(app, &browser));
    response
}
