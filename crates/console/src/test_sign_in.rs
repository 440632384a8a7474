//! Starts a test sign-in, and shows its result. Guided setup shows the result in its own frame.

mod result;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use federation::{TestSignIn, start_test};
pub(super) use result::{TestReader, TestView, subject_value};
use runtime::app::App;
use runtime::problem::Problem;
use serde_json::json;
use service::connection::ConnectionRef;
use service::json::Patch;
use service::setup_link::NewSetupLink;
use service::{Actor, connection, setup_link};
use store::{ConnectionState, SetupLinkPurpose};
use web::page;

use super::current_user::RequireOrgAdmin;
use super::form::ConsoleForm;
use super::frame::ConsoleFrame;
use super::notice::{NoticeQuery, redirect_with_notice};
use super::page_error::PageError;

#[derive(Debug, Template)]
#[template(path = "console/test_result.html")]
struct TestResultPage<'p> {
    frame: ConsoleFrame<'p>,
    result: TestView,
    /// The path at which another test of the connection starts.
    test_action: String,
    /// The path of the connection's panel.
    panel: String,
    next_step: Option<NextStep>,
    share: ShareLinks,
}

/// What the administrator does after a test that passed.
#[derive(Debug)]
struct NextStep {
    text: String,
    button: String,
    path: String,
}

/// The links with which a colleague sees the result, or tests the connection without an account.
#[derive(Debug)]
struct ShareLinks {
    /// The URL of this page.
    page: String,
    /// The path at which a link for a test is created.
    create_action: String,
    /// The link for a test that was just created.
    test_link: Option<String>,
}

/// `POST /console/organizations/{organization}/connections/{connection}/test`
pub(super) async fn begin(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    Path((_, connection)): Path<(String, String)>,
    headers: HeaderMap,
    _form: ConsoleForm,
) -> Result<Response, PageError> {
    let test = TestSignIn {
        connection: admin.connection_ref(&connection),
        tester: &admin.actor(),
        return_to: &admin.path("tests/"),
    };
    Ok(start_test(&app, &headers, test).await?)
}

/// `GET /console/organizations/{organization}/tests/{attempt}`
pub(super) async fn show(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    Path((_, attempt)): Path<(String, String)>,
    Query(query): Query<NoticeQuery>,
) -> Result<Response, PageError> {
    let result = load_result(&app, &admin, &attempt).await?;
    let frame = admin.frame(&app, "sso").with_notice(query.done.as_deref());
    result_page(&app, &admin, frame, result, None).await
}

/// `POST /console/organizations/{organization}/tests/{attempt}/email`: makes an attribute of the test the email attribute.
pub(super) async fn use_as_email(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    Path((_, attempt)): Path<(String, String)>,
    form: ConsoleForm,
) -> Result<Response, PageError> {
    let result = load_result(&app, &admin, &attempt).await?;
    let target = admin.connection_ref(&result.connection);
    map_email(
        &app,
        &admin.actor(),
        target,
        &result,
        form.text("attribute"),
    )
    .await?;
    let path = admin.path(&format!("tests/{}", result.attempt));
    Ok(redirect_with_notice(&path, "email-mapped"))
}

/// Makes an attribute that a test has shown to contain an email address the email attribute of the connection, or of its
/// draft when it is or was active.
pub(super) async fn map_email(
    app: &App,
    actor: &Actor,
    target: ConnectionRef<'_>,
    result: &TestView,
    attribute: &str,
) -> Result<(), Problem> {
    let candidates = result.email_candidates();
    if !candidates.iter().any(|(name, _)| *name == attribute) {
        return Err(Problem::not_found("attribute", attribute));
    }
    let working = connection::load_working_copy(app, target).await?;
    let mapping = working.connection.settings.attribute_mapping;
    let change = json!({ "attributes": {
        "email": attribute, "first_name": mapping.first_name, "last_name": mapping.last_name,
        "name": mapping.name, "groups": mapping.groups,
    } });
    connection::update_working_copy(app, actor, target, Patch::new(change)).await?;
    Ok(())
}

/// `POST /console/organizations/{organization}/tests/{attempt}/link`
pub(super) async fn create_link(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    Path((_, attempt)): Path<(String, String)>,
    _form: ConsoleForm,
) -> Result<Response, PageError> {
    let result = load_result(&app, &admin, &attempt).await?;
    let new = NewSetupLink {
        purpose: Some(SetupLinkPurpose::Test),
        ..NewSetupLink::default()
    };
    let target = admin.connection_ref(&result.connection);
    let link = setup_link::create(&app, &admin.actor(), target, new).await?;
    result_page(&app, &admin, admin.frame(&app, "sso"), result, link.url).await
}

async fn load_result(
    app: &App,
    admin: &RequireOrgAdmin,
    attempt: &str,
) -> Result<TestView, Problem> {
    let organization = admin.organization();
    TestView::load(app, admin.text(), organization, attempt, TestReader::Admin).await
}

async fn result_page(
    app: &App,
    admin: &RequireOrgAdmin,
    frame: ConsoleFrame<'_>,
    mut result: TestView,
    test_link: Option<String>,
) -> Result<Response, PageError> {
    let path = admin.path(&format!("tests/{}", result.attempt));
    result.email_action = Some(format!("{path}/email"));
    let page = TestResultPage {
        test_action: admin.path(&format!("connections/{}/test", result.connection)),
        next_step: next_step(app, admin, &result).await?,
        share: ShareLinks {
            page: format!("{}{path}", app.config.public_url),
            create_action: format!("{path}/link"),
            test_link,
        },
        panel: admin.panel_path(Some(&result.connection)),
        frame,
        result,
    };
    Ok(page::answer_with_external_form(app, StatusCode::OK, &page))
}

/// What comes after a test that passed, by the state of the connection.
async fn next_step(
    app: &App,
    admin: &RequireOrgAdmin,
    result: &TestView,
) -> Result<Option<NextStep>, Problem> {
    let target = admin.connection_ref(&result.connection);
    let working = match connection::show_working_copy(app, target).await {
        Ok(working) => working,
        // The attempts of a connection stay when the connection is deleted.
        Err(problem) if problem.status == StatusCode::NOT_FOUND => return Ok(None),
        Err(problem) => return Err(problem),
    };
    if !result.is_passed() {
        return Ok(None);
    }
    let panel = admin.panel_path(Some(&result.connection));
    let (key, path) = if working.is_draft {
        ("publish", format!("{panel}#draft"))
    } else if working.connection.state == ConnectionState::Active {
        ("enforce", admin.path("sso-enforcement"))
    } else {
        ("activate", format!("{panel}/activate"))
    };
    let text = admin.text();
    Ok(Some(NextStep {
        text: text.get(&format!("test-next-{key}")),
        button: text.get(&format!("test-next-{key}-button")),
        path,
    }))
}
