//! Coming into the console by a passkey.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use runtime::app::App;
use service::console_session::{NewSession, SessionScope};
use service::passkey::Asked;
use service::{console_session, passkey};
use store::ConsoleSignInMethod;
use web::{Cookie, RequestLanguage, user_agent};

use super::form::ConsoleForm;
use super::guard::Refusal;
use super::passkeys::{fault, json};
use super::sign_in::{passkey_refused, welcome};

/// `POST /console/sign-in/passkey/question`
pub(super) async fn question(
    State(app): State<App>,
    headers: HeaderMap,
    _form: ConsoleForm,
) -> Result<Response, Refusal> {
    let options = passkey::ask_to_sign_in(&app, &asked(&app, &headers)).await?;
    Ok(json(options))
}

/// `POST /console/sign-in/passkey`
pub(super) async fn take(
    State(app): State<App>,
    headers: HeaderMap,
    form: ConsoleForm,
) -> Result<Response, Refusal> {
    let next = form.text("next");
    match passkey::sign_in(&app, &asked(&app, &headers), form.text("response")).await {
        Ok(person) => {
            let new = NewSession {
                person,
                method: ConsoleSignInMethod::Passkey,
                scope: SessionScope::Person,
                user_agent: user_agent(&headers),
            };
            let token = console_session::begin(&app, new).await?;
            let cookie = Cookie::Console.set(&app, &token);
            Ok(welcome(cookie, next))
        }
        Err(problem) => {
            let text = RequestLanguage::from_headers(&headers).localizer(&[]);
            let fault = fault(text, problem)?;
            Ok(passkey_refused(&app, &headers, next, fault))
        }
    }
}

/// The page that shows the button has given this browser its cookie.
fn asked(app: &App, headers: &HeaderMap) -> Asked {
    Asked {
        browser: Cookie::Browser.get_or_create(app, headers).hash,
        person: None,
    }
}
