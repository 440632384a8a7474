//! What belongs to whoever is signed in: their sessions.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use runtime::app::App;
use runtime::problem::Problem;
use serde::Deserialize;
use service::console_session::IDLE_TIMEOUT;
use service::instant;
use store::{ConsoleSession, ConsoleSessionId, StoreError};
use web::{Cookie, page};

use super::current_user::Visitor;
use super::form::ConsoleForm;
use super::frame::ConsoleFrame;
use super::guard::Refusal;

/// Lists sessions.
#[derive(Debug, Template)]
#[template(path = "console/account.html")]
struct AccountPage<'p> {
    frame: ConsoleFrame<'p>,
    emails: Vec<String>,
    sessions: Vec<Row>,
}

/// A session as its owner sees it.
#[derive(Debug)]
struct Row {
    id: String,
    browser: String,
    method: String,
    began: String,
    seen: String,
    is_this: bool,
}

/// What has just been done, for a word about it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Done {
    /// The key after `done-`.
    pub done: Option<String>,
}

/// `GET /console/account`
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(done): Query<Done>,
) -> Result<Response, Refusal> {
    let (person, now) = (visitor.person.id.clone(), app.clock.now());
    let (sessions, accounts) = {
        let mut tx = app.store.snapshot().await?;
        let sessions = tx.console_sessions_of(&person, (now, IDLE_TIMEOUT)).await?;
        (sessions, tx.console_accounts_of(&person).await?)
    };
    let page = AccountPage {
        frame: ConsoleFrame::of_visitor(&app, &visitor, "account").noting(done.done.as_deref()),
        emails: accounts
            .into_iter()
            .filter(|_| visitor.session.organization.is_none())
            .map(|one| one.email)
            .collect(),
        sessions: sessions
            .iter()
            .filter(|one| is_within_reach(&visitor, one))
            .map(|one| row(&visitor, one))
            .collect(),
    };
    Ok(page::answer(StatusCode::OK, &page))
}

/// `POST /console/account/sessions/{session}/end`
pub(super) async fn end_session(
    State(app): State<App>,
    visitor: Visitor,
    Path(session): Path<String>,
    _form: ConsoleForm,
) -> Result<Response, Refusal> {
    let unknown = || Problem::not_found("session", &session);
    let id = ConsoleSessionId::parse(&session).map_err(|_| unknown())?;
    if !end(&app, &visitor, id).await? {
        return Err(unknown().into());
    }
    Ok(Redirect::to("/console/account?done=session-ended").into_response())
}

/// `POST /console/sign-out`
pub(super) async fn sign_out(
    State(app): State<App>,
    visitor: Visitor,
    _form: ConsoleForm,
) -> Result<Response, Refusal> {
    end(&app, &visitor, visitor.session.id.clone()).await?;
    let mut response = Redirect::to("/console/sign-in").into_response();
    response
        .headers_mut()
        .append(header::SET_COOKIE, Cookie::Console.clear(&app));
    Ok(response)
}

async fn end(app: &App, visitor: &Visitor, id: ConsoleSessionId) -> Result<bool, StoreError> {
    let (visitor, now) = (visitor.clone(), app.clock.now());
    app.store
        .write(async move |tx| {
            let person = &visitor.person.id;
            let theirs = tx.console_sessions_of(person, (now, IDLE_TIMEOUT)).await?;
            let is_there = |one: &ConsoleSession| one.id == id && is_within_reach(&visitor, one);
            if !theirs.iter().any(is_there) {
                return Ok(false);
            }
            tx.end_console_session(person, &id, now).await
        })
        .await
}

/// Whether somebody may see a session of theirs and end it: by the word of one organization's identity provider they
/// are that organization's member alone.
fn is_within_reach(visitor: &Visitor, session: &ConsoleSession) -> bool {
    let only = &visitor.session.organization;
    only.is_none() || *only == session.organization
}

fn row(visitor: &Visitor, session: &ConsoleSession) -> Row {
    let text = visitor.text;
    Row {
        id: session.id.to_string(),
        browser: session
            .browser
            .clone()
            .unwrap_or_else(|| text.get("console-browser-unknown")),
        method: text.get(&format!(
            "console-method-{}",
            session.method.as_str().replace('_', "-")
        )),
        began: instant(session.created_at),
        seen: instant(session.last_seen_at),
        is_this: session.id == visitor.session.id,
    }
}
