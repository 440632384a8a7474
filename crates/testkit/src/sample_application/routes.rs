use axum::Router;
use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};

use super::pages::{ClaimsPage, ErrorPage, SignedOutPage, WelcomePage};
use super::sessions::Session;
use super::sign_in::{CallbackQuery, SignInError, SignInMode};
use super::{Inner, SampleApplication};
use crate::theme::PlainError;
use crate::{request_guard, theme};

/// Cookies are shared between ports, so no other server on localhost may use this name.
const SESSION_COOKIE: &str = "sample-application";

pub(super) fn routes(application: SampleApplication) -> Router {
    Router::new()
        .route("/", get(home))
        .route("/sign-in", get(sign_in))
        .route("/switch-account", get(switch_account))
        .route("/sign-in-with-email", get(sign_in_with_email))
        .route("/callback", get(callback))
        .route("/sign-out", post(sign_out))
        .route("/signed-out", get(signed_out))
        .fallback(async || StatusCode::NOT_FOUND)
        .layer(from_fn_with_state(application.clone(), render_plain_errors))
        .layer(from_fn(request_guard::reject_foreign_requests))
        .with_state(application)
}

/// Gives responses that have no page one.
async fn render_plain_errors(
    State(application): State<SampleApplication>,
    request: Request,
    next: Next,
) -> Response {
    let response = next.run(request).await;
    let Some(error) = PlainError::of(&response) else {
        return response;
    };
    let page = ErrorPage {
        title: error.title,
        message: error.message,
        organization: &application.0.config.organization_name,
    };
    theme::render(error.status, &page)
}

async fn home(State(application): State<SampleApplication>, headers: HeaderMap) -> Response {
    let Inner {
        config, sessions, ..
    } = &*application.0;
    if let Some(Session::SignedIn(user)) = session_id(&headers).and_then(|id| sessions.find(id)) {
        return theme::render(StatusCode::OK, &ClaimsPage::new(&user));
    }
    let page = WelcomePage {
        organization: &config.organization_name,
        issuer: &config.issuer,
    };
    theme::render(StatusCode::OK, &page)
}

async fn sign_in(State(application): State<SampleApplication>) -> Response {
    start_sign_in(&application.0, SignInMode::ReuseSession).await
}

async fn switch_account(State(application): State<SampleApplication>) -> Response {
    start_sign_in(&application.0, SignInMode::SwitchAccount).await
}

async fn sign_in_with_email(State(application): State<SampleApplication>) -> Response {
    start_sign_in(&application.0, SignInMode::AnyOrganization).await
}

async fn start_sign_in(application: &Inner, mode: SignInMode) -> Response {
    match application.start_sign_in(mode).await {
        Ok(request) => {
            let session = Session::SigningIn(request.pending);
            redirect_with_session(application, session, &request.url)
        }
        Err(error) => error_page(application, &error),
    }
}

async fn callback(
    State(application): State<SampleApplication>,
    headers: HeaderMap,
    Query(query): Query<CallbackQuery>,
) -> Response {
    let application = &*application.0;
    let session = session_id(&headers).and_then(|id| application.sessions.remove(id));
    let Some(Session::SigningIn(pending)) = session else {
        return error_page(application, &SignInError::StateMismatch);
    };
    match application.complete_sign_in(query, &pending).await {
        // The session gets a new ID, against session fixation.
        Ok(user) => redirect_with_session(application, Session::SignedIn(user), "/"),
        Err(error) => error_page(application, &error),
    }
}

async fn sign_out(State(application): State<SampleApplication>, headers: HeaderMap) -> Response {
    if let Some(id) = session_id(&headers) {
        application.0.sessions.remove(id);
    }
    Redirect::to("/signed-out").into_response()
}

async fn signed_out(State(application): State<SampleApplication>) -> Response {
    let page = SignedOutPage {
        organization: &application.0.config.organization_name,
    };
    theme::render(StatusCode::OK, &page)
}

/// Redirects, and sets the cookie of a new session.
fn redirect_with_session(application: &Inner, session: Session, url: &str) -> Response {
    let id = application.environment.random_token();
    let cookie = format!("{SESSION_COOKIE}={id}; Path=/; HttpOnly; SameSite=Lax");
    application.sessions.insert(id, session);
    ([(header::SET_COOKIE, cookie)], Redirect::to(url)).into_response()
}

fn error_page(application: &Inner, error: &SignInError) -> Response {
    let page = ErrorPage {
        title: "Sign-in failed",
        message: &error.to_string(),
        organization: &application.config.organization_name,
    };
    theme::render(StatusCode::BAD_REQUEST, &page)
}

fn session_id(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok());
    let mut pairs = cookies
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='));
    pairs
        .find(|(name, _)| *name == SESSION_COOKIE)
        .map(|(_, id)| id)
}
