//! The start page of the console, and the choice of a language.

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use i18n::Language;
use runtime::app::App;
use web::{language_cookie, page};

use super::current_user::CurrentUser;
use super::form::ConsoleForm;
use super::frame::ConsoleFrame;

/// Lists the organizations that the person administers.
#[derive(Debug, Template)]
#[template(path = "console/home.html")]
struct HomePage<'p> {
    frame: ConsoleFrame<'p>,
}

/// `GET /console`
pub(super) async fn show(State(app): State<App>, user: CurrentUser) -> Response {
    let administered: Vec<_> = user.administered().collect();
    match administered.as_slice() {
        [] if !user.is_operator && user.must_use_sso() => {
            Redirect::to("/console/sign-in?reason=sso-enforced").into_response()
        }
        [] if user.is_operator => Redirect::to("/console/organizations").into_response(),
        [only] if !user.is_operator => {
            Redirect::to(&format!("/console/organizations/{}/team", only.slug)).into_response()
        }
        _ => {
            let frame = user.frame(&app, "home");
            page::answer(StatusCode::OK, &HomePage { frame })
        }
    }
}

/// `POST /console/language`
pub(super) async fn choose_language(
    State(app): State<App>,
    headers: HeaderMap,
    form: ConsoleForm,
) -> Response {
    let language = Language::from_tag(form.text("language")).unwrap_or(Language::English);
    let mut response = Redirect::to(&previous_page(&app, &headers)).into_response();
    response
        .headers_mut()
        .append(header::SET_COOKIE, language_cookie(&app, language));
    response
}

/// The path of the page on which the language was chosen. [`super::error_page`] lets browsers send it.
fn previous_page(app: &App, headers: &HeaderMap) -> String {
    let path = headers
        .get(header::REFERER)
        .and_then(|value| value.to_str().ok())
        .and_then(|address| address.strip_prefix(&app.config.public_url.to_string()));
    match path {
        // Browsers read a backslash as a slash, and two slashes begin another site's address.
        Some(path) if path.starts_with('/') && !path.starts_with("//") && !path.contains('\\') => {
            path.to_owned()
        }
        Some(_) | None => "/console".to_owned(),
    }
}
