//! The fifth step: a test sign-in, and what came of it.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use federation::{TestSignIn, start_test};
use runtime::app::App;
use runtime::problem::Problem;
use service::sign_in::test_result::TestResult;
use service::sign_in_attempt::AttemptView;
use service::{PageRequest, sign_in_attempt};
use store::AttemptKind;
use web::page;

use super::progress;
use super::progress::Walk;
use super::setup_user::SetupVisitor;
use super::step::Step;
use crate::form::ConsoleForm;
use crate::frame::ConsoleFrame;
use crate::guide::{ErrorView, Guide, Words};
use crate::page_error::PageError;
use crate::test_sign_in::TestView;

/// The newest test is looked for among so many attempts.
const MANY: u32 = 100;

/// The test.
#[derive(Debug, Template)]
#[template(path = "setup/trial.html")]
struct TrialPage<'p> {
    frame: ConsoleFrame<'p>,
    walk: Walk,
    is_complete: bool,
    has_plan: bool,
    tested_at: Option<String>,
    /// What the test that has just come back has shown.
    shown: Option<TestView>,
    errors: Vec<ErrorView>,
}

impl TrialPage<'_> {
    /// Whether the page is about a test that has passed, so that the next step is what one wants.
    fn has_gone_well(&self) -> bool {
        match &self.shown {
            Some(result) => result.is_passed(),
            None => self.tested_at.is_some(),
        }
    }
}

/// `GET …/setup/test`
pub(super) async fn show(
    State(app): State<App>,
    visitor: SetupVisitor,
) -> Result<Response, PageError> {
    visitor.check(Step::Test)?;
    answer(&app, &visitor, None).await
}

/// `POST …/setup/test`
pub(super) async fn begin(
    State(app): State<App>,
    visitor: SetupVisitor,
    headers: HeaderMap,
    _form: ConsoleForm,
) -> Result<Response, PageError> {
    visitor.check_open(Step::Test)?;
    let test = TestSignIn {
        connection: visitor.place(),
        tester: &visitor.actor(),
        return_to: &format!("{}/tests/", visitor.base()),
    };
    Ok(start_test(&app, &headers, test).await?)
}

/// `GET …/setup/tests/{attempt}`
pub(super) async fn result(
    State(app): State<App>,
    visitor: SetupVisitor,
    Path(named): Path<HashMap<String, String>>,
) -> Result<Response, PageError> {
    visitor.check(Step::Test)?;
    let id = named.get("attempt").map_or("", String::as_str);
    let shown = TestView::load(&app, visitor.text, visitor.organization(), id).await?;
    // The tests of other connections are none of a visitor's business.
    let is_of_it = shown.connection == visitor.connection().id.as_str();
    if !is_of_it || !visitor.may_see_test_of(Some(&shown.tester)) {
        return Err(Problem::not_found("attempt", id).into());
    }
    answer(&app, &visitor, Some(shown)).await
}

/// What the newest test of the connection has shown, of those that are the visitor's to see.
///
/// # Errors
///
/// When the database fails.
pub(super) async fn latest(
    app: &App,
    visitor: &SetupVisitor,
) -> Result<Option<TestResult>, Problem> {
    let organization = visitor.organization().id.as_str();
    let request = PageRequest {
        cursor: None,
        limit: Some(MANY),
    };
    let attempts = sign_in_attempt::list(app, organization, &request)
        .await?
        .items;
    let Some(newest) = attempts.into_iter().find(|one| is_of(visitor, one)) else {
        return Ok(None);
    };
    sign_in_attempt::test_result(app, organization, &newest.id).await
}

fn is_of(visitor: &SetupVisitor, attempt: &AttemptView) -> bool {
    attempt.kind == AttemptKind::Test
        && attempt.connection == visitor.connection().id.as_str()
        && visitor.may_see_test_of(attempt.tested_by.as_deref())
}

async fn answer(
    app: &App,
    visitor: &SetupVisitor,
    shown: Option<TestView>,
) -> Result<Response, PageError> {
    let walk = Walk::read(app, visitor, Step::Test).await?;
    let values = progress::values(app, visitor).await?;
    let words = Words {
        text: visitor.text,
        values: &values,
    };
    let connection = visitor.connection();
    let plan = &visitor.organization().plan;
    let page = TrialPage {
        frame: visitor.frame(app),
        is_complete: connection.is_complete(),
        has_plan: app.config.plans.includes_sso(plan),
        tested_at: connection.lifecycle.tested_at.map(service::instant),
        shown,
        errors: Guide::of(connection.settings.provider).errors(&words),
        walk,
    };
    // The form leads to the identity provider.
    Ok(page::answer_with_external_form(app, StatusCode::OK, &page))
}
