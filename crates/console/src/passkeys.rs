//! A person's passkeys: they see, add, name and remove them.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use i18n::Localizer;
use runtime::app::App;
use runtime::problem::{Problem, ProblemCode};
use service::passkey;
use service::passkey::{Asked, LONGEST_NAME, PasskeyView};
use web::{PASSKEY_SCRIPT, page};

use super::account::Done;
use super::current_user::Visitor;
use super::form::ConsoleForm;
use super::frame::ConsoleFrame;
use super::guard::Refusal;

/// Lists passkeys.
#[derive(Debug, Template)]
#[template(path = "console/passkeys.html")]
struct PasskeysPage<'p> {
    frame: ConsoleFrame<'p>,
    passkeys: Vec<PasskeyView>,
    /// What stands in the way of adding one.
    obstacle: Option<String>,
    fault: Option<String>,
    name: String,
    longest_name: usize,
    script: &'p str,
}

/// `GET /console/passkeys`
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(done): Query<Done>,
) -> Result<Response, Refusal> {
    let name = visitor.text.get("passkey-name-first");
    passkeys_page(&app, &visitor, (done.done.as_deref(), None), name).await
}

/// `POST /console/passkeys/question`
pub(super) async fn question(
    State(app): State<App>,
    visitor: Visitor,
    _form: ConsoleForm,
) -> Result<Response, Refusal> {
    check_session(&visitor)?;
    let options = passkey::ask_for_new(&app, &visitor.person, &asked(&visitor)).await?;
    Ok(json(options))
}

/// `POST /console/passkeys`
pub(super) async fn add(
    State(app): State<App>,
    visitor: Visitor,
    form: ConsoleForm,
) -> Result<Response, Refusal> {
    check_session(&visitor)?;
    let name = form.text("name");
    let new = (&visitor.person, name);
    match passkey::add(&app, &asked(&visitor), new, form.text("response")).await {
        Ok(_) => Ok(done("passkey-added")),
        Err(problem) => {
            let fault = Some(fault(visitor.text, problem)?);
            passkeys_page(&app, &visitor, (None, fault), name.to_owned()).await
        }
    }
}

/// `POST /console/passkeys/{passkey}/rename`
pub(super) async fn rename(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    form: ConsoleForm,
) -> Result<Response, Refusal> {
    check_session(&visitor)?;
    match passkey::rename(&app, &visitor.person, (&id, form.text("name"))).await {
        Ok(()) => Ok(done("saved")),
        Err(problem) if problem.errors.is_empty() => Err(problem.into()),
        Err(problem) => {
            let fault = Some(fault(visitor.text, problem)?);
            let name = visitor.text.get("passkey-name-first");
            passkeys_page(&app, &visitor, (None, fault), name).await
        }
    }
}

/// `POST /console/passkeys/{passkey}/remove`
pub(super) async fn remove(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    _form: ConsoleForm,
) -> Result<Response, Refusal> {
    check_session(&visitor)?;
    passkey::remove(&app, &visitor.person, &id).await?;
    Ok(done("passkey-removed"))
}

/// The answer to a script that asks for a question.
pub(super) fn json(options: String) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], options).into_response()
}

/// What is wrong, in the reader's language where we have words for it.
///
/// # Errors
///
/// When it is a fault of ours.
pub(super) fn fault(text: Localizer, problem: Problem) -> Result<String, Refusal> {
    if problem.status.is_server_error() {
        return Err(problem.into());
    }
    let key = format!("passkey-fault-{}", problem.code);
    Ok(match text.has(&key) {
        true => text.get(&key),
        false => problem.localize(text),
    })
}

/// A session that rests on an organization's word reaches that organization alone, and a passkey would reach further:
/// who may say who a person is in one place would come in everywhere as that person (security: WEB-10).
fn check_session(visitor: &Visitor) -> Result<(), Problem> {
    if visitor.session.organization.is_none() {
        Ok(())
    } else {
        Err(Problem::new(ProblemCode::PasskeyNotBySso))
    }
}

/// The session's own cookie is what ties a question to this browser.
fn asked(visitor: &Visitor) -> Asked {
    Asked {
        browser: visitor.session.cookie.clone(),
        person: Some(visitor.person.id.clone()),
    }
}

fn obstacle(app: &App, visitor: &Visitor) -> Option<String> {
    let key = if visitor.session.organization.is_some() {
        "problem-passkey-not-by-sso"
    } else if passkey::site(app).is_none() {
        "passkey-not-here"
    } else {
        return None;
    };
    Some(visitor.text.get(key))
}

fn done(what: &str) -> Response {
    Redirect::to(&format!("/console/passkeys?done={what}")).into_response()
}

async fn passkeys_page(
    app: &App,
    visitor: &Visitor,
    (done, fault): (Option<&str>, Option<String>),
    name: String,
) -> Result<Response, Refusal> {
    let status = match fault {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let page = PasskeysPage {
        frame: ConsoleFrame::of_visitor(app, visitor, "account").noting(done),
        passkeys: passkey::list(app, &visitor.person).await?,
        obstacle: obstacle(app, visitor),
        fault,
        name,
        longest_name: LONGEST_NAME,
        script: &PASSKEY_SCRIPT.path,
    };
    Ok(page::allow_fetch(page::answer(status, &page)))
}
