//! The page of the operators.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use runtime::app::App;
use runtime::problem::Problem;
use service::operator;
use service::operator::OperatorView;
use service::sign_in_link::NewLink;
use web::page;

use super::account::Done;
use super::current_user::OperatorVisit;
use super::form::ConsoleForm;
use super::frame::ConsoleFrame;
use super::guard::Refusal;

/// Lists operators and invites others.
#[derive(Debug, Template)]
#[template(path = "console/operators.html")]
struct OperatorsPage<'p> {
    frame: ConsoleFrame<'p>,
    operators: Vec<OperatorView>,
    email: &'p str,
    problem: Option<Problem>,
    /// The invitation that was just made, shown once.
    link: Option<NewLink>,
}

/// `GET /console/operators`
pub(super) async fn list(
    State(app): State<App>,
    visit: OperatorVisit,
    Query(done): Query<Done>,
) -> Result<Response, Refusal> {
    show(&app, &visit, done.done.as_deref(), ("", Ok(None))).await
}

/// `POST /console/operators`
pub(super) async fn invite(
    State(app): State<App>,
    visit: OperatorVisit,
    form: ConsoleForm,
) -> Result<Response, Refusal> {
    let email = form.text("email");
    let invited = operator::invite(&app, &visit.visitor().actor(), email).await;
    let shown = match invited {
        Ok(link) => ("", Ok(Some(link))),
        Err(problem) if problem.errors.is_empty() => return Err(problem.into()),
        Err(problem) => (email, Err(problem)),
    };
    show(&app, &visit, None, shown).await
}

/// `POST /console/operators/{person}/remove`
pub(super) async fn remove(
    State(app): State<App>,
    visit: OperatorVisit,
    Path(person): Path<String>,
    _form: ConsoleForm,
) -> Result<Response, Refusal> {
    operator::remove(&app, &visit.visitor().actor(), &person).await?;
    Ok(Redirect::to("/console/operators?done=operator-removed").into_response())
}

async fn show(
    app: &App,
    visit: &OperatorVisit,
    done: Option<&str>,
    (email, invited): (&str, Result<Option<NewLink>, Problem>),
) -> Result<Response, Refusal> {
    let (link, problem) = match invited {
        Ok(link) => (link, None),
        Err(problem) => (None, Some(problem)),
    };
    let status = match problem {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let page = OperatorsPage {
        frame: ConsoleFrame::of_visitor(app, visit.visitor(), "operators").noting(done),
        operators: operator::list(app).await?,
        email,
        problem,
        link,
    };
    Ok(page::answer(status, &page))
}
