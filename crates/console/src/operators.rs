//! The page of the deployment's operators.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use runtime::app::App;
use runtime::problem::{Problem, ProblemCode};
use service::operator::{self, OperatorView};
use service::sign_in_link::NewLink;
use web::page;

use super::confirmation_page::{ConfirmationPage, FormButton};
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
    /// The person ID of the operator who is signed in.
    own: &'p str,
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
    operators_page(&app, &operator, frame, FormState::default(), None).await
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
    let frame = operator.frame(&app, "operators");
    operators_page(&app, &operator, frame, form, link).await
}

/// `GET /console/operators/{person}/remove`
pub(super) async fn confirm_remove(
    State(app): State<App>,
    operator: RequireOperator,
    Path(person): Path<String>,
) -> Result<Response, PageError> {
    let operators = operator::list(&app).await?;
    let mut operators = operators.iter();
    let found = operators.find(|one| one.person == person);
    let found = found.ok_or_else(|| Problem::not_found("operator", &person))?;
    let frame = operator.frame(&app, "operators");
    let text = frame.text;
    let name = [("operator", name(found).into())];
    let page = ConfirmationPage::new(
        frame,
        text.format("operator-remove-question", &name),
        vec![text.format("operator-remove-effect", &name)],
        FormButton::new(
            format!("/console/operators/{person}/remove"),
            text.get("operator-remove-button"),
        ),
        "/console/operators".to_owned(),
    );
    Ok(page.answer(&app))
}

/// The email address of an operator, else their name or ID.
fn name(operator: &OperatorView) -> &str {
    let email = operator.email.as_deref();
    email
        .or(operator.name.as_deref())
        .unwrap_or(&operator.person)
}

/// `POST /console/operators/{person}/remove`
pub(super) async fn remove(
    State(app): State<App>,
    operator: RequireOperator,
    Path(person): Path<String>,
    _form: ConsoleForm,
) -> Result<Response, PageError> {
    if operator.person_id() == person {
        return Err(Problem::new(ProblemCode::OwnOperator).into());
    }
    operator::remove(&app, &operator.actor(), &person).await?;
    Ok(redirect_with_notice(
        "/console/operators",
        "operator-removed",
    ))
}

async fn operators_page(
    app: &App,
    operator: &RequireOperator,
    frame: ConsoleFrame<'_>,
    form: FormState<&str>,
    link: Option<NewLink>,
) -> Result<Response, PageError> {
    let status = form.unprocessable_status();
    let page = OperatorsPage {
        frame,
        operators: operator::list(app).await?,
        own: operator.person_id(),
        form,
        link,
    };
    Ok(page::answer(status, &page))
}
