//! The page that a handler's error becomes.

use askama::Template;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use i18n::Localizer;
use runtime::app::App;
use runtime::problem::Problem;
use web::{Cookie, page};

use super::frame::ConsoleFrame;
use super::page_error::PendingPageError;

#[derive(Debug, Template)]
#[template(path = "console/problem.html")]
struct ProblemPage<'p> {
    frame: ConsoleFrame<'p>,
    title: String,
    problem: &'p Problem,
    /// The target of the button *Continue*.
    home: &'static str,
}

/// Renders the error of a handler in the reader's language.
pub(crate) async fn render_page_errors(
    State(app): State<App>,
    request: Request,
    next: Next,
) -> Response {
    let frame = ConsoleFrame::signed_out(&app, request.headers());
    let home = home(&app, &request);
    let mut response = next.run(request).await;
    // Pages of the console receive the referrer: the choice of a language leads back to the page before, and browsers
    // send the origin of a form. Other sites receive none.
    response.headers_mut().insert(
        header::REFERRER_POLICY,
        HeaderValue::from_static("same-origin"),
    );
    let Some(PendingPageError(problem)) = response.extensions_mut().remove() else {
        return response;
    };
    let page = ProblemPage {
        title: title(frame.text, &problem),
        frame,
        problem: &problem,
        home,
    };
    let mut rendered = page::answer(problem.status, &page);
    let refresh = response.headers_mut().remove(header::REFRESH);
    if let Some(refresh) = refresh {
        rendered.headers_mut().insert(header::REFRESH, refresh);
    }
    rendered
}

/// The start page of the reader. A setup link opens no page of the console.
fn home(app: &App, request: &Request) -> &'static str {
    if request.uri().path().starts_with("/setup") {
        "/setup"
    } else if Cookie::Console
        .read_secret(app, request.headers())
        .is_some()
    {
        "/console"
    } else {
        "/console/sign-in"
    }
}

fn title(text: Localizer, problem: &Problem) -> String {
    let key = format!("console-problem-{}", problem.status.as_u16());
    if text.has(&key) {
        text.get(&key)
    } else {
        text.get("console-problem")
    }
}
