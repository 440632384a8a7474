//! Signs in to the console with a passkey.

use axum::extract::State;
use axum::response::Response;
use runtime::app::App;
use service::console_session::SessionScope;
use service::passkey::{self, ChallengeRequester};
use store::ConsoleSignInMethod;

use super::browser::Browser;
use super::form::ConsoleForm;
use super::page_error::PageError;
use super::passkeys::{error_message, json_response};
use super::sign_in::{rerender_passkey, signed_in};

/// `POST /console/sign-in/passkey/challenge`
pub(super) async fn challenge(
    State(app): State<App>,
    browser: Browser,
    _form: ConsoleForm,
) -> Result<Response, PageError> {
    let options = passkey::start_sign_in(&app, &requester(&browser)).await?;
    Ok(json_response(options))
}

/// `POST /console/sign-in/passkey`
pub(super) async fn sign_in(
    State(app): State<App>,
    browser: Browser,
    form: ConsoleForm,
) -> Result<Response, PageError> {
    let next = form.text("next");
    match passkey::finish_sign_in(&app, &requester(&browser), form.text("response")).await {
        Ok(person) => {
            let cookie = browser
                .start_session(
                    &app,
                    person,
                    ConsoleSignInMethod::Passkey,
                    SessionScope::Person,
                )
                .await?;
            Ok(signed_in(cookie, next))
        }
        Err(problem) => {
            let error = error_message(browser.text, problem)?;
            Ok(rerender_passkey(&app, &browser, next, error))
        }
    }
}

/// The page with the button has set the browser's cookie.
fn requester(browser: &Browser) -> ChallengeRequester {
    ChallengeRequester {
        browser: browser.hash().clone(),
        person: None,
    }
}
