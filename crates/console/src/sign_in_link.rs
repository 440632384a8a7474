//! Coming in by a link. Opening it changes nothing: mail scanners open links too.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use runtime::app::App;
use runtime::problem::Problem;
use serde::Deserialize;
use service::console_session::{NewSession, SessionScope};
use service::{console_session, operator, sign_in_link};
use store::{ConsoleSignInMethod, SignInLinkPurpose};
use web::{Cookie, RequestLanguage, page, user_agent};

use super::form;
use super::form::ConsoleForm;
use super::frame::ConsoleFrame;
use super::guard::Refusal;
use super::sign_in::{inside, welcome};

/// Waits for the button.
#[derive(Debug, Template)]
#[template(path = "console/link.html")]
struct LinkPage<'p> {
    frame: ConsoleFrame<'p>,
    token: &'p str,
    purpose: SignInLinkPurpose,
    /// Where the person goes then, of the pages of the console.
    next: &'p str,
    email: &'p str,
    fault: Option<String>,
}

/// Where whoever follows the link wants to go.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    next: String,
}

/// `GET /console/link/{token}`
pub(super) async fn show(
    State(app): State<App>,
    Path(token): Path<String>,
    Query(wanted): Query<Wanted>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let link = sign_in_link::look(&app, &token).await?;
    let shown = (wanted.next.as_str(), "", None);
    Ok(link_page(&app, &headers, (&token, link.purpose), shown))
}

/// `POST /console/link/{token}`
pub(super) async fn use_up(
    State(app): State<App>,
    Path(token): Path<String>,
    headers: HeaderMap,
    form: ConsoleForm,
) -> Result<Response, Refusal> {
    let link = sign_in_link::look(&app, &token).await?;
    let email = form.text("email");
    let person = match link.purpose {
        SignInLinkPurpose::FirstOperator => operator::become_first(&app, &token, email).await,
        SignInLinkPurpose::Operator | SignInLinkPurpose::Invitation | SignInLinkPurpose::SignIn => {
            sign_in_link::use_up(&app, &token).await
        }
    };
    let person = match person {
        Ok(person) => person,
        Err(problem) if problem.errors.is_empty() => return Err(problem.into()),
        Err(problem) => {
            let shown = (form.text("next"), email, Some(problem));
            return Ok(link_page(&app, &headers, (&token, link.purpose), shown));
        }
    };
    let new = NewSession {
        person,
        method: ConsoleSignInMethod::Link,
        scope: SessionScope::Person,
        user_agent: user_agent(&headers),
    };
    let token = console_session::begin(&app, new).await?;
    let cookie = Cookie::Console.set(&app, &token);
    Ok(welcome(cookie, form.text("next")))
}

fn link_page(
    app: &App,
    headers: &HeaderMap,
    (token, purpose): (&str, SignInLinkPurpose),
    (next, email, problem): (&str, &str, Option<Problem>),
) -> Response {
    let text = RequestLanguage::from_headers(headers).localizer(&[]);
    let browser = Cookie::Browser.get_or_create(app, headers);
    let status = match problem {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let page = LinkPage {
        frame: ConsoleFrame::outside(app, text, form::token(&browser.secret)),
        token,
        purpose,
        next: inside(next),
        email,
        fault: problem.map(|_| text.get("console-fault-invalid-fields")),
    };
    let mut response = page::answer(status, &page);
    response
        .headers_mut()
        .append(header::SET_COOKIE, Cookie::Browser.set(app, &browser));
    response
}
