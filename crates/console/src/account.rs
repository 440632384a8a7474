//! The account page: the person's email addresses and sessions.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use runtime::app::App;
use runtime::problem::Problem;
use service::console_session::IDLE_TIMEOUT;
use service::instant;
use store::{ConsoleSession, ConsoleSessionId, StoreError};
use web::{Cookie, page};

use super::current_user::CurrentUser;
use super::form::ConsoleForm;
use super::frame::ConsoleFrame;
use super::notice::{NoticeQuery, redirect_with_notice};
use super::page_error::PageError;
use super::user_agent::browser_name;

#[derive(Debug, Template)]
#[template(path = "console/account.html")]
struct AccountPage<'p> {
    frame: ConsoleFrame<'p>,
    emails: Vec<String>,
    sessions: Vec<SessionRow>,
}

#[derive(Debug)]
struct SessionRow {
    id: String,
    browser: String,
    method: String,
    created_at: String,
    last_seen_at: String,
    is_current: bool,
}

impl SessionRow {
    fn new(user: &CurrentUser, session: &ConsoleSession) -> Self {
        let text = user.text;
        Self {
            id: session.id.to_string(),
            browser: browser_name(text, session.browser.as_deref()),
            method: text.get(&format!(
                "console-method-{}",
                session.method.as_str().replace('_', "-")
            )),
            created_at: instant(session.created_at),
            last_seen_at: instant(session.last_seen_at),
            is_current: session.id == user.session.id,
        }
    }
}

/// `GET /console/account`
pub(super) async fn show(
    State(app): State<App>,
    user: CurrentUser,
    Query(query): Query<NoticeQuery>,
) -> Result<Response, PageError> {
    let person = user.person.id.clone();
    let now = app.clock.now();
    let (sessions, accounts) = {
        let mut tx = app.store.snapshot().await?;
        let sessions = tx.console_sessions_of(&person, now, IDLE_TIMEOUT).await?;
        (sessions, tx.console_accounts_of(&person).await?)
    };
    let page = AccountPage {
        frame: user
            .frame(&app, "account")
            .with_notice(query.done.as_deref()),
        emails: accounts
            .into_iter()
            .filter(|_| user.session.organization.is_none())
            .map(|account| account.email)
            .collect(),
        sessions: sessions
            .iter()
            .filter(|session| may_manage(&user, session))
            .map(|session| SessionRow::new(&user, session))
            .collect(),
    };
    Ok(page::answer(StatusCode::OK, &page))
}

/// `POST /console/account/sessions/{session}/end`
pub(super) async fn end_session(
    State(app): State<App>,
    user: CurrentUser,
    Path(session): Path<String>,
    _form: ConsoleForm,
) -> Result<Response, PageError> {
    let unknown = || Problem::not_found("session", &session);
    let id = ConsoleSessionId::parse(&session).map_err(|_| unknown())?;
    if !end(&app, &user, id).await? {
        return Err(unknown().into());
    }
    Ok(redirect_with_notice("/console/account", "session-ended"))
}

/// `POST /console/sign-out`
pub(super) async fn sign_out(
    State(app): State<App>,
    user: CurrentUser,
    _form: ConsoleForm,
) -> Result<Response, PageError> {
    end(&app, &user, user.session.id.clone()).await?;
    let mut response = Redirect::to("/console/sign-in").into_response();
    response
        .headers_mut()
        .append(header::SET_COOKIE, Cookie::Console.clear(&app));
    Ok(response)
}

/// Ends a session of the user. Returns whether there is such a session.
async fn end(app: &App, user: &CurrentUser, id: ConsoleSessionId) -> Result<bool, StoreError> {
    let user = user.clone();
    let now = app.clock.now();
    app.store
        .write(async move |tx| {
            let person = &user.person.id;
            let sessions = tx.console_sessions_of(person, now, IDLE_TIMEOUT).await?;
            let is_found =
                |session: &ConsoleSession| session.id == id && may_manage(&user, session);
            if !sessions.iter().any(is_found) {
                return Ok(false);
            }
            tx.end_console_session(person, &id, now).await
        })
        .await
}

/// Whether the user may see and end this session of their own. A session from an organization's identity provider is
/// limited to that organization's sessions.
fn may_manage(user: &CurrentUser, session: &ConsoleSession) -> bool {
    let organization = &user.session.organization;
    organization.is_none() || *organization == session.organization
}
