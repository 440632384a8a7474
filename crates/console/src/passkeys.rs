//! The page of a person's own passkeys.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use i18n::Localizer;
use runtime::app::App;
use runtime::problem::{Problem, ProblemCode};
use service::passkey::{self, ChallengeRequester, MAX_NAME_CHARS, PasskeyView};
use web::{PASSKEY_SCRIPT, page};

use super::confirmation_page::{ConfirmationPage, FormButton};
use super::current_user::CurrentUser;
use super::form::ConsoleForm;
use super::form_state::message;
use super::frame::ConsoleFrame;
use super::notice::{NoticeQuery, redirect_with_notice};
use super::page_error::PageError;

#[derive(Debug, Template)]
#[template(path = "console/passkeys.html")]
struct PasskeysPage<'p> {
    frame: ConsoleFrame<'p>,
    passkeys: Vec<PasskeyView>,
    /// Why this person can add no passkey.
    obstacle: Option<String>,
    error: Option<String>,
    /// The value of the field for the name of a new passkey.
    name: String,
    max_name_chars: usize,
    script: &'p str,
}

/// `GET /console/passkeys`
pub(super) async fn show(
    State(app): State<App>,
    user: CurrentUser,
    Query(query): Query<NoticeQuery>,
) -> Result<Response, PageError> {
    let frame = user
        .frame(&app, "account")
        .with_notice(query.done.as_deref());
    passkeys_page(&app, &user, frame, default_name(&user), None).await
}

/// `POST /console/passkeys/challenge`
pub(super) async fn challenge(
    State(app): State<App>,
    user: CurrentUser,
    _form: ConsoleForm,
) -> Result<Response, PageError> {
    check_session(&user)?;
    let options = passkey::start_registration(&app, &user.person, &requester(&user)).await?;
    Ok(json_response(options))
}

/// `POST /console/passkeys`
pub(super) async fn add(
    State(app): State<App>,
    user: CurrentUser,
    form: ConsoleForm,
) -> Result<Response, PageError> {
    check_session(&user)?;
    let name = form.text("name");
    let requester = requester(&user);
    let response = form.text("response");
    match passkey::finish_registration(&app, &user.person, &requester, name, response).await {
        Ok(_) => Ok(redirect("passkey-added")),
        Err(problem) => {
            let error = error_message(user.text, problem)?;
            let frame = user.frame(&app, "account");
            passkeys_page(&app, &user, frame, name.to_owned(), Some(error)).await
        }
    }
}

/// `POST /console/passkeys/{passkey}/rename`
pub(super) async fn rename(
    State(app): State<App>,
    user: CurrentUser,
    Path(id): Path<String>,
    form: ConsoleForm,
) -> Result<Response, PageError> {
    check_session(&user)?;
    match passkey::rename(&app, &user.person, &id, form.text("name")).await {
        Ok(()) => Ok(redirect("saved")),
        Err(problem) if problem.errors.is_empty() => Err(problem.into()),
        Err(problem) => {
            let error = error_message(user.text, problem)?;
            let frame = user.frame(&app, "account");
            passkeys_page(&app, &user, frame, default_name(&user), Some(error)).await
        }
    }
}

/// `GET /console/passkeys/{passkey}/remove`
pub(super) async fn confirm_remove(
    State(app): State<App>,
    user: CurrentUser,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    check_session(&user)?;
    let passkeys = passkey::list(&app, &user.person).await?;
    let found = passkeys.iter().find(|passkey| passkey.id == id);
    let found = found.ok_or_else(|| Problem::not_found("passkey", &id))?;
    let text = user.text;
    let name = [("name", found.name.as_str().into())];
    let page = ConfirmationPage::new(
        user.frame(&app, "account"),
        text.format("passkey-remove-question", &name),
        vec![text.get("passkey-remove-effect")],
        FormButton::new(
            format!("/console/passkeys/{id}/remove"),
            text.get("passkey-remove-button"),
        ),
        "/console/passkeys".to_owned(),
    );
    Ok(page.answer(&app))
}

/// `POST /console/passkeys/{passkey}/remove`
pub(super) async fn remove(
    State(app): State<App>,
    user: CurrentUser,
    Path(id): Path<String>,
    _form: ConsoleForm,
) -> Result<Response, PageError> {
    check_session(&user)?;
    passkey::remove(&app, &user.person, &id).await?;
    Ok(redirect("passkey-removed"))
}

/// The response to a script that requests a challenge.
pub(super) fn json_response(options: String) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], options).into_response()
}

/// A problem with a passkey in the reader's language.
///
/// # Errors
///
/// A server error: the page of the passkeys cannot explain it.
pub(super) fn error_message(text: Localizer, problem: Problem) -> Result<String, PageError> {
    if problem.status.is_server_error() {
        return Err(problem.into());
    }
    Ok(message(text, "passkey-error", &problem))
}

/// Rejects a session that an organization's identity provider started: it is limited to that organization, and a passkey
/// would sign in to all organizations of the person (security: WEB-10).
fn check_session(user: &CurrentUser) -> Result<(), Problem> {
    if user.session.organization.is_none() {
        Ok(())
    } else {
        Err(Problem::new(ProblemCode::PasskeyNotBySso))
    }
}

/// The session's cookie ties a challenge to this browser.
fn requester(user: &CurrentUser) -> ChallengeRequester {
    ChallengeRequester {
        browser: user.session.cookie.clone(),
        person: Some(user.person.id.clone()),
    }
}

fn default_name(user: &CurrentUser) -> String {
    user.text.get("passkey-name-first")
}

/// Why this person can add no passkey.
fn obstacle(app: &App, user: &CurrentUser) -> Option<String> {
    let key = if user.session.organization.is_some() {
        "problem-passkey-not-by-sso"
    } else if passkey::relying_party(app).is_none() {
        "passkey-unavailable"
    } else {
        return None;
    };
    Some(user.text.get(key))
}

fn redirect(done: &str) -> Response {
    redirect_with_notice("/console/passkeys", done)
}

async fn passkeys_page(
    app: &App,
    user: &CurrentUser,
    frame: ConsoleFrame<'_>,
    name: String,
    error: Option<String>,
) -> Result<Response, PageError> {
    let status = match error {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let page = PasskeysPage {
        frame,
        passkeys: passkey::list(app, &user.person).await?,
        obstacle: obstacle(app, user),
        error,
        name,
        max_name_chars: MAX_NAME_CHARS,
        script: &PASSKEY_SCRIPT.path,
    };
    Ok(page::allow_fetch(page::answer(status, &page)))
}
