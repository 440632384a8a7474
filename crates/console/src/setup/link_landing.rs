//! The page that a setup link leads to. Opening it changes nothing, since mail scanners open links too: whoever presses
//! its button comes in.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use runtime::app::App;
use runtime::problem::Problem;
use service::setup_link::SetupLinkTarget;
use service::{instant, setup_link};
use store::SetupLinkPurpose;
use web::{Cookie, RequestLanguage, page};

use super::link_expired;
use super::link_expired::Why;
use crate::csrf;
use crate::form::ConsoleForm;
use crate::frame::ConsoleFrame;
use crate::page_error::PageError;

/// Waits for the button.
#[derive(Debug, Template)]
#[template(path = "setup/door.html")]
struct DoorPage<'p> {
    frame: ConsoleFrame<'p>,
    token: &'p str,
    organization: &'p str,
    purpose: String,
    expires_at: String,
}

/// `GET /setup/{token}`
pub(super) async fn show(
    State(app): State<App>,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    match setup_link::find(&app, &token).await {
        Ok(guided) => Ok(door(&app, &headers, (&token, &guided))),
        Err(problem) => shut(&app, &headers, problem),
    }
}

/// `POST /setup/{token}`
pub(super) async fn open(
    State(app): State<App>,
    Path(token): Path<String>,
    headers: HeaderMap,
    _form: ConsoleForm,
) -> Result<Response, PageError> {
    match setup_link::redeem(&app, &token).await {
        Ok(opened) => {
            let cookie = Cookie::Setup.set(&app, &opened.secret);
            let mut response = Redirect::to("/setup").into_response();
            response.headers_mut().append(header::SET_COOKIE, cookie);
            Ok(response)
        }
        Err(problem) => shut(&app, &headers, problem),
    }
}

fn shut(app: &App, headers: &HeaderMap, problem: Problem) -> Result<Response, PageError> {
    match Why::from_code(problem.code) {
        Some(why) => Ok(link_expired::page(app, headers, why)),
        None => Err(problem.into()),
    }
}

fn door(app: &App, headers: &HeaderMap, (token, guided): (&str, &SetupLinkTarget)) -> Response {
    let text = RequestLanguage::from_headers(headers).localizer(&[]);
    let browser = Cookie::Browser.get_or_create(app, headers);
    let purpose = match guided.link.purpose {
        SetupLinkPurpose::Connection => text.get("setup-door-connection"),
        SetupLinkPurpose::Test => text.get("setup-door-test"),
        SetupLinkPurpose::Domain => text.get("setup-door-domain"),
    };
    let page = DoorPage {
        frame: ConsoleFrame::plain(app, text, csrf::token(&browser.secret)),
        token,
        organization: &guided.organization.name,
        purpose,
        expires_at: instant(guided.link.expires_at),
    };
    let mut response = page::answer(StatusCode::OK, &page);
    response
        .headers_mut()
        .append(header::SET_COOKIE, Cookie::Browser.set(app, &browser));
    response
}
