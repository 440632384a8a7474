//! Coming into the console by a passkey.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use store::ConsoleMethod;

use super::form::ConsoleForm;
use super::guard::Refusal;
use super::passkeys::{fault, json};
use super::sign_in::{passkey_refused, welcome};
use super::visitor::{ComingIn, begin_session};
use crate::app::App;
use crate::operations::passkey::{self, Asked};
use crate::text::{Language, Text};
use crate::web::Cookie;

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
            let coming = ComingIn {
                person,
                method: ConsoleMethod::Passkey,
                only: None,
            };
            let cookie = begin_session(&app, &headers, coming).await?;
            Ok(welcome(cookie, next))
        }
        Err(problem) => {
            let text = Text::in_language(Language::of_request(&headers));
            let fault = fault(text, problem)?;
            Ok(passkey_refused(&app, &headers, next, fault))
        }
    }
}

/// The page that shows the button has given this browser its cookie.
fn asked(app: &App, headers: &HeaderMap) -> Asked {
    Asked {
        browser: Cookie::Browser.read_or_draw(app, headers).hash,
        person: None,
    }
}
