//! The fifth step: a test sign-in and its result.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use federation::{TestSignIn, start_test};
use guide::{ErrorView, Guide, GuideContext};
use runtime::app::App;
use runtime::problem::Problem;
use service::sign_in::test_result::TestResult;
use service::sign_in_attempt::{AttemptQuery, AttemptView};
use service::{PageRequest, sign_in_attempt};
use store::AttemptKind;
use web::page;

use super::progress::SetupProgress;
use super::setup_user::SetupUser;
use super::step::Step;
use crate::form::ConsoleForm;
use crate::frame::ConsoleFrame;
use crate::page_error::PageError;
use crate::test_sign_in::{TestReader, TestView, map_email};

/// Among how many of the newest attempts to search for a test.
const MAX_SEARCHED_ATTEMPTS: u32 = 100;

#[derive(Debug, Template)]
#[template(path = "setup/test_step.html")]
struct TestStepPage<'p> {
    frame: ConsoleFrame<'p>,
    progress: SetupProgress,
    is_complete: bool,
    has_plan: bool,
    tested_at: Option<String>,
    /// The result of the test that the page is about.
    result: Option<TestView>,
    errors: Vec<ErrorView>,
}

impl TestStepPage<'_> {
    /// Whether the test has passed. Then the page emphasizes the next step.
    fn has_passed(&self) -> bool {
        match &self.result {
            Some(result) => result.is_passed(),
            None => self.tested_at.is_some(),
        }
    }
}

/// `GET …/setup/test`
pub(super) async fn show(State(app): State<App>, user: SetupUser) -> Result<Response, PageError> {
    user.check_can_open(Step::Test)?;
    render(&app, &user, None).await
}

/// `POST …/setup/test`
pub(super) async fn begin(
    State(app): State<App>,
    user: SetupUser,
    headers: HeaderMap,
    _form: ConsoleForm,
) -> Result<Response, PageError> {
    user.check_can_change(Step::Test)?;
    let test = TestSignIn {
        connection: user.connection_ref(),
        tester: &user.actor(),
        return_to: &format!("{}/tests/", user.base()),
    };
    Ok(start_test(&app, &headers, test).await?)
}

/// `GET …/setup/tests/{attempt}`
pub(super) async fn result(
    State(app): State<App>,
    user: SetupUser,
    Path(params): Path<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let mut result = load_result(&app, &user, &params).await?;
    if user.check_can_change(Step::Attributes).is_ok() {
        let path = format!("{}/tests/{}/email", user.base(), result.attempt);
        result.email_action = Some(path);
    }
    render(&app, &user, Some(result)).await
}

/// `POST …/setup/tests/{attempt}/email`: makes an attribute of the test the email attribute.
pub(super) async fn use_as_email(
    State(app): State<App>,
    user: SetupUser,
    Path(params): Path<HashMap<String, String>>,
    form: ConsoleForm,
) -> Result<Response, PageError> {
    user.check_can_change(Step::Attributes)?;
    let result = load_result(&app, &user, &params).await?;
    let (actor, target) = (user.actor(), user.connection_ref());
    map_email(&app, &actor, target, &result, form.text("attribute")).await?;
    Ok(Redirect::to(&format!("{}/test", user.base())).into_response())
}

async fn load_result(
    app: &App,
    user: &SetupUser,
    params: &HashMap<String, String>,
) -> Result<TestView, PageError> {
    user.check_can_open(Step::Test)?;
    let id = params.get("attempt").map_or("", String::as_str);
    let reader = match user.setup_link() {
        Some(link) => TestReader::SetupLink(link.actor()),
        None => TestReader::Admin,
    };
    let result = TestView::load(app, user.text, user.organization(), id, reader).await?;
    let belongs_to_connection = result.connection == user.connection().id.as_str();
    if !belongs_to_connection || !user.may_see_test_of(Some(&result.tester)) {
        return Err(Problem::not_found("attempt", id).into());
    }
    Ok(result)
}

/// The result of the connection's newest test that the user may see.
pub(super) async fn latest(app: &App, user: &SetupUser) -> Result<Option<TestResult>, Problem> {
    let organization = user.organization().id.as_str();
    let request = PageRequest {
        cursor: None,
        limit: Some(MAX_SEARCHED_ATTEMPTS),
    };
    let attempts = sign_in_attempt::list(app, organization, &AttemptQuery::default(), &request)
        .await?
        .items;
    let Some(newest) = attempts.into_iter().find(|one| is_visible_test(user, one)) else {
        return Ok(None);
    };
    sign_in_attempt::test_result(app, organization, &newest.id).await
}

fn is_visible_test(user: &SetupUser, attempt: &AttemptView) -> bool {
    attempt.kind == AttemptKind::Test
        && attempt.connection == user.connection().id.as_str()
        && user.may_see_test_of(attempt.tested_by.as_deref())
}

async fn render(
    app: &App,
    user: &SetupUser,
    result: Option<TestView>,
) -> Result<Response, PageError> {
    let progress = SetupProgress::load(app, user, Step::Test).await?;
    let values = user.sp_values(app).await?;
    let context = GuideContext {
        text: user.text,
        values: &values,
    };
    let connection = user.connection();
    let plan = &user.organization().plan;
    let page = TestStepPage {
        frame: user.frame(app),
        is_complete: connection.is_complete(),
        has_plan: app.config.plans.includes_sso(plan),
        tested_at: connection
            .lifecycle
            .tested_at
            .filter(|_| user.has_tested())
            .map(service::instant),
        result,
        errors: Guide::for_provider(connection.settings.provider).errors(&context),
        progress,
    };
    // The form redirects to the identity provider.
    Ok(page::answer_with_external_form(app, StatusCode::OK, &page))
}
