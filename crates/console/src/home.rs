//! Where somebody begins who has come in, and the language that they read.

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use i18n::Language;
use runtime::app::App;
use web::{language_cookie, page};

use super::current_user::Visitor;
use super::form::ConsoleForm;
use super::frame::ConsoleFrame;

/// Lets somebody choose among their organizations.
#[derive(Debug, Template)]
#[template(path = "console/home.html")]
struct HomePage<'p> {
    frame: ConsoleFrame<'p>,
}

/// `GET /console`
pub(super) async fn home(State(app): State<App>, visitor: Visitor) -> Response {
    let administered: Vec<_> = visitor.administered().collect();
    match administered.as_slice() {
        [] if !visitor.is_operator && visitor.is_barred() => {
            Redirect::to("/console/sign-in?why=sso-required").into_response()
        }
        [] if visitor.is_operator => Redirect::to("/console/organizations").into_response(),
        [only] if !visitor.is_operator => {
            Redirect::to(&format!("/console/organizations/{}/team", only.slug)).into_response()
        }
        _ => {
            let frame = ConsoleFrame::of_visitor(&app, &visitor, "home");
            page::answer(StatusCode::OK, &HomePage { frame })
        }
    }
}

/// `POST /console/language`
///
/// Goes back to the page on which it was chosen; browsers name it, on our own site, by the policy of [`web`].
pub(super) async fn choose_language(
    State(app): State<App>,
    headers: HeaderMap,
    form: ConsoleForm,
) -> Response {
    let language = Language::from_tag(form.text("language")).unwrap_or(Language::English);
    let mut response = Redirect::to(&before(&app, &headers)).into_response();
    response
        .headers_mut()
        .append(header::SET_COOKIE, language_cookie(&app, language));
    response
}

/// The page of ours that somebody comes from.
fn before(app: &App, headers: &HeaderMap) -> String {
    let referrer = headers
        .get(header::REFERER)
        .and_then(|value| value.to_str().ok())
        .and_then(|address| address.strip_prefix(&app.config.public_url.to_string()));
    match referrer {
        // To browsers a backslash is a slash, and two of them begin another site's address.
        Some(path) if path.starts_with('/') && !path.starts_with("//") && !path.contains('\\') => {
            path.to_owned()
        }
        Some(_) | None => "/console".to_owned(),
    }
}
