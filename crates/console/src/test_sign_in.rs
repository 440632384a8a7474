//! Trying a connection, and the page that shows what came of it. Guided set-up shows the same in its own frame.

mod result;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use federation::{TestSignIn, start_test};
pub(super) use result::TestView;
use runtime::app::App;
use runtime::problem::Problem;
use service::setup_link::NewSetupLink;
use service::{connection, setup_link};
use store::{ConnectionState, SetupPurpose};
use web::page;

use super::current_user::AdminVisit;
use super::form::ConsoleForm;
use super::frame::ConsoleFrame;
use super::guard::Refusal;

/// What a test has shown.
#[derive(Debug, Template)]
#[template(path = "console/test_result.html")]
struct TestPage<'p> {
    frame: ConsoleFrame<'p>,
    result: TestView,
    /// Where the connection is tested again.
    again: String,
    /// Where the reader goes on.
    back: String,
    next: Option<Next>,
    share: Share,
}

/// What to do now.
#[derive(Debug)]
struct Next {
    words: String,
    button: String,
    address: String,
}

/// How a colleague comes to see or to try it.
#[derive(Debug)]
struct Share {
    /// The address of this page.
    page: String,
    /// Where a link is made by which somebody without an account can test.
    make: String,
    /// Such a link, once it is made.
    link: Option<String>,
}

/// `POST /console/organizations/{organization}/connections/{connection}/test`
pub(super) async fn begin(
    State(app): State<App>,
    visit: AdminVisit,
    Path((_, id)): Path<(String, String)>,
    headers: HeaderMap,
    _form: ConsoleForm,
) -> Result<Response, Refusal> {
    let organization = visit.organization();
    let test = TestSignIn {
        connection: visit.place_of(&id),
        tester: &visit.visitor().actor(),
        return_to: &format!("/console/organizations/{}/tests/", organization.slug),
    };
    Ok(start_test(&app, &headers, test).await?)
}

/// `GET /console/organizations/{organization}/tests/{attempt}`
pub(super) async fn show(
    State(app): State<App>,
    visit: AdminVisit,
    Path((_, attempt)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    console_page(&app, &visit, &attempt, None).await
}

/// `POST /console/organizations/{organization}/tests/{attempt}/link`
///
/// Makes a link by which a colleague can test the connection, and do nothing else.
pub(super) async fn make_link(
    State(app): State<App>,
    visit: AdminVisit,
    Path((_, attempt)): Path<(String, String)>,
    _form: ConsoleForm,
) -> Result<Response, Refusal> {
    let organization = visit.organization();
    let result = TestView::read(&app, visit.visitor().text, (organization, &attempt)).await?;
    let new = NewSetupLink {
        purpose: Some(SetupPurpose::Test),
        ..NewSetupLink::default()
    };
    let place = visit.place_of(&result.connection);
    let made = setup_link::create(&app, &visit.visitor().actor(), place, new).await?;
    console_page(&app, &visit, &attempt, made.url).await
}

async fn console_page(
    app: &App,
    visit: &AdminVisit,
    attempt: &str,
    link: Option<String>,
) -> Result<Response, Refusal> {
    let (organization, text) = (visit.organization(), visit.visitor().text);
    let result = TestView::read(app, text, (organization, attempt)).await?;
    let home = format!("/console/organizations/{}", organization.slug);
    let page = TestPage {
        again: format!("{home}/connections/{}/test", result.connection),
        next: next(app, visit, &result).await?,
        share: Share {
            page: format!("{}{home}/tests/{attempt}", app.config.public_url),
            make: format!("{home}/tests/{attempt}/link"),
            link,
        },
        back: visit.panel_of(Some(&result.connection)),
        frame: visit.frame(app, "sso"),
        result,
    };
    Ok(page::answer_leaving(app, StatusCode::OK, &page))
}

/// What an administrator does after a test, by how it ended and how far the connection has come.
async fn next(app: &App, visit: &AdminVisit, result: &TestView) -> Result<Option<Next>, Problem> {
    let text = visit.visitor().text;
    let place = visit.place_of(&result.connection);
    let working = match connection::show_working(app, place).await {
        Ok(working) => working,
        // The attempts of a connection stay when it is deleted.
        Err(problem) if problem.status == StatusCode::NOT_FOUND => return Ok(None),
        Err(problem) => return Err(problem),
    };
    let key = match (
        result.is_passed(),
        working.is_draft,
        working.connection.state,
    ) {
        (false, _, _) => return Ok(None),
        (true, true, _) => "publish",
        (true, false, ConnectionState::Active) => "require",
        (true, false, _) => "activate",
    };
    let panel = visit.panel_of(Some(&result.connection));
    Ok(Some(Next {
        words: text.say(&format!("test-next-{key}")),
        button: text.say(&format!("test-next-{key}-button")),
        address: match key {
            "publish" => format!("{panel}#draft"),
            "require" => format!("{}/require", visit.panel_of(None)),
            other => format!("{panel}/{other}"),
        },
    }))
}
