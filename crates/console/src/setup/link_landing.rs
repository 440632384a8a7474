//! The page that a setup link leads to. A GET changes nothing, because mail scanners open links too: the button on the page
//! redeems the link.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use runtime::app::App;
use runtime::problem::Problem;
use service::setup_link::SetupLinkTarget;
use service::{instant, setup_link};
use store::SetupLinkPurpose;
use web::Cookie;

use super::link_expired::{self, UnusableLink};
use crate::browser::Browser;
use crate::form::ConsoleForm;
use crate::frame::ConsoleFrame;
use crate::page_error::PageError;

#[derive(Debug, Template)]
#[template(path = "setup/link_landing.html")]
struct LinkLandingPage<'p> {
    frame: ConsoleFrame<'p>,
    token: &'p str,
    organization: &'p str,
    title: String,
    purpose: String,
    expires_at: String,
}

/// `GET /setup/{token}`
pub(super) async fn show(
    State(app): State<App>,
    Path(token): Path<String>,
    browser: Browser,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    match setup_link::find(&app, &token).await {
        Ok(link) => Ok(landing_page(&app, &browser, &token, &link)),
        Err(problem) => error_page(&app, &headers, problem),
    }
}

/// `POST /setup/{token}`
pub(super) async fn redeem(
    State(app): State<App>,
    Path(token): Path<String>,
    headers: HeaderMap,
    _form: ConsoleForm,
) -> Result<Response, PageError> {
    match setup_link::redeem(&app, &token).await {
        Ok(redeemed) => {
            let cookie = Cookie::Setup.set(&app, &redeemed.secret);
            let mut response = Redirect::to("/setup").into_response();
            response.headers_mut().append(header::SET_COOKIE, cookie);
            Ok(response)
        }
        Err(problem) => error_page(&app, &headers, problem),
    }
}

fn error_page(app: &App, headers: &HeaderMap, problem: Problem) -> Result<Response, PageError> {
    match UnusableLink::from_code(problem.code) {
        Some(reason) => Ok(link_expired::page(app, headers, reason)),
        None => Err(problem.into()),
    }
}

fn landing_page(app: &App, browser: &Browser, token: &str, link: &SetupLinkTarget) -> Response {
    let (title, purpose) = match link.link.purpose {
        SetupLinkPurpose::Connection => ("setup-title", "setup-link-page-connection"),
        SetupLinkPurpose::Test => ("setup-test-title", "setup-link-page-test"),
        SetupLinkPurpose::Domain => ("setup-purpose-domain", "setup-link-page-domain"),
    };
    let page = LinkLandingPage {
        frame: browser.frame(app),
        token,
        organization: &link.organization.name,
        title: browser.text.get(title),
        purpose: browser.text.get(purpose),
        expires_at: instant(link.link.expires_at),
    };
    browser.page(app, StatusCode::OK, &page)
}
