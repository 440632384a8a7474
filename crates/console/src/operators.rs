//! The page of the deployment's operators.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use runtime::app::App;
use service::operator::{self, OperatorView};
use service::sign_in_link::NewLink;
use web::page;

use super::current_user::RequireOperator;
use super::form::ConsoleForm;
use super::form_state::FormState;
use super::frame::ConsoleFrame;
use super::notice::{NoticeQuery, redirect_with_notice};
use super::page_error::PageError;

#[derive(Debug, Template)]
#[template(path = "console/operators.html")]
struct OperatorsPage<'p> {
    frame: ConsoleFrame<'p>,
    operators: Vec<OperatorView>,
    /// The email address of the operator to invite.
    form: FormState<&'p str>,
    /// The invitation that was just created. The page shows its link once.
    link: Option<NewLink>,
}

/// `GET /console/operators`
pub(super) async fn list(
    State(app): State<App>,
    operator: RequireOperator,
    Query(query): Query<NoticeQuery>,
) -> Result<Response, PageError> {
    let frame = operator
        .frame(&app, "operators")
        .with_notice(query.done.as_deref());
    operators_page(&app, frame, FormState::default(), None).await
}

/// `POST /console/operators`
pub(super) async fn invite(
    State(app): State<App>,
    operator: RequireOperator,
    form: ConsoleForm,
) -> Result<Response, PageError> {
    let email = form.text("email");
    let (form, link) = match operator::invite(&app, &operator.actor(), email).await {
        Ok(link) => (FormState::default(), Some(link)),
        Err(problem) => (FormState::invalid(email, problem)?, None),
    };
    operators_page(&app, operator.frame(&app, "operators"), form, link).await
}

/// `POST /console/operators/{person}/remove`
pub(super) async fn remove(
    State(app): State<App>,
    operator: RequireOperator,
    Path(person): Path<String>,
    _form: ConsoleForm,
) -> Result<Response, PageError> {
    operator::remove(&app, &operator.actor(), &person).await?;
    Ok(redirect_with_notice(
        "/console/operators",
        "operator-removed",
    ))
}

async fn operators_page(
    app: &App,
    frame: ConsoleFrame<'_>,
    form: FormState<&str>,
    link: Option<NewLink>,
) -> Result<Response, PageError> {
    let status = form.unprocessable_status();
    let page = OperatorsPage {
        frame,
        operators: operator::list(app).await?,
        form,
        link,
    };
    Ok(page::answer(status, &page))
}
