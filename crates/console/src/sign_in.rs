//! Signs in to the console: with a code that is sent by email, or at the organization's identity provider. See also
//! [`super::passkey_sign_in`], [`super::sign_in_link`] and [`super::recovery`].

use askama::Template;
use axum::extract::{Extension, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use runtime::app::App;
use runtime::email_address::EmailAddress;
use serde::Deserialize;
use service::console_session::SessionScope;
use service::{email_code, passkey};
use store::ConsoleSignInMethod;
use web::{ClientAddress, PASSKEY_SCRIPT, page};

use super::browser::Browser;
use super::current_user::{AuthRejection, CurrentUser};
use super::form::ConsoleForm;
use super::form_state::FormState;
use super::frame::ConsoleFrame;
use super::page_error::PageError;

/// The prefix of the keys of this page's error messages.
const ERROR_KEYS: &str = "console-error";

/// Asks for the email address.
#[derive(Debug, Template)]
#[template(path = "console/sign_in.html")]
struct SignInPage<'p> {
    frame: ConsoleFrame<'p>,
    next: &'p str,
    email: &'p str,
    email_error: Option<String>,
    /// Whether codes can be sent.
    has_mail: bool,
    /// The script for passkeys, when the deployment supports them.
    passkey_script: Option<&'p str>,
    passkey_error: Option<String>,
    /// Why a person who is signed in has to sign in again.
    notice: Option<String>,
}

/// The state of the page's forms.
#[derive(Debug, Default)]
struct SignInForms<'s> {
    next: &'s str,
    email: &'s str,
    email_error: Option<String>,
    passkey_error: Option<String>,
    notice: Option<String>,
}

/// Asks for the code.
#[derive(Debug, Template)]
#[template(path = "console/code.html")]
struct CodePage<'p> {
    frame: ConsoleFrame<'p>,
    next: &'p str,
    id: &'p str,
    error: Option<String>,
    /// In the demo, the page that shows the mail.
    outbox: Option<&'static str>,
}

#[derive(Clone, Copy, Debug)]
struct CodeForm<'f> {
    next: &'f str,
    /// The ID of the code that was sent.
    id: &'f str,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct SignInQuery {
    /// The page to open afterwards.
    next: String,
    /// The ID of the code that was sent.
    id: String,
    /// The reason for the redirect to this page.
    reason: String,
}

/// `GET /console/sign-in`
pub(super) async fn show(
    State(app): State<App>,
    Query(query): Query<SignInQuery>,
    browser: Browser,
    user: Result<CurrentUser, AuthRejection>,
) -> Response {
    let must_use_sso = query.reason == "sso-enforced";
    // A person who signed in by another method need not enter their address again.
    let person = user.ok().filter(|_| must_use_sso).map(|user| user.person);
    let email = person.and_then(|person| person.email).unwrap_or_default();
    let forms = SignInForms {
        next: &query.next,
        email: &email,
        notice: must_use_sso.then(|| browser.text.get("sso-enforcement-sso-only")),
        ..SignInForms::default()
    };
    sign_in_page(&app, &browser, forms)
}

/// `POST /console/sign-in`
pub(super) async fn send_code(
    State(app): State<App>,
    Extension(client): Extension<ClientAddress>,
    headers: HeaderMap,
    browser: Browser,
    form: ConsoleForm,
) -> Result<Response, PageError> {
    let text = browser.text;
    let email = form.text("email");
    let next = form.text("next");
    let error = if form.has("sso") && EmailAddress::parse(email).is_none() {
        Some(text.get("console-error-invalid-fields"))
    } else if form.has("sso") {
        match federation::start_console_sign_in(&app, &headers, email).await? {
            Some(response) => return Ok(response),
            None => Some(text.get("console-no-sso")),
        }
    } else {
        match email_code::send(&app, email, client.0, browser.hash(), text).await {
            Ok(id) => {
                let path = format!("/console/sign-in/code?id={id}&next={}", encode(next));
                return Ok(Redirect::to(&path).into_response());
            }
            Err(problem) => FormState::rejected((), problem)?.message(text, ERROR_KEYS),
        }
    };
    let forms = SignInForms {
        next,
        email,
        email_error: error,
        ..SignInForms::default()
    };
    Ok(sign_in_page(&app, &browser, forms))
}

/// `GET /console/sign-in/code`
pub(super) async fn show_code(
    State(app): State<App>,
    Query(query): Query<SignInQuery>,
    browser: Browser,
) -> Response {
    let form = CodeForm {
        next: &query.next,
        id: &query.id,
    };
    code_page(&app, &browser, &FormState::new(form))
}

/// `POST /console/sign-in/code`
pub(super) async fn check_code(
    State(app): State<App>,
    browser: Browser,
    form: ConsoleForm,
) -> Result<Response, PageError> {
    let values = CodeForm {
        next: form.text("next"),
        id: form.text("id"),
    };
    match email_code::verify(&app, values.id, browser.hash(), form.text("code")).await {
        Ok(person) => {
            let cookie = browser
                .start_session(
                    &app,
                    person,
                    ConsoleSignInMethod::EmailCode,
                    SessionScope::Person,
                )
                .await?;
            Ok(signed_in(cookie, values.next))
        }
        Err(problem) => {
            let form = FormState::rejected(values, problem)?;
            Ok(code_page(&app, &browser, &form))
        }
    }
}

/// The page again, after a passkey was rejected.
pub(super) fn rerender_passkey(
    app: &App,
    browser: &Browser,
    next: &str,
    error: String,
) -> Response {
    let forms = SignInForms {
        next,
        passkey_error: Some(error),
        ..SignInForms::default()
    };
    sign_in_page(app, browser, forms)
}

/// The response to a person who has just signed in.
pub(super) fn signed_in(cookie: HeaderValue, next: &str) -> Response {
    let mut response = Redirect::to(console_path(next)).into_response();
    response.headers_mut().append(header::SET_COOKIE, cookie);
    response
}

/// The path, when it is one of the console; else the start page. Prevents open redirects (security: WEB-15).
pub(super) fn console_path(next: &str) -> &str {
    let is_console = next == "/console" || next.starts_with("/console/");
    let is_plain = next
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"/-_.".contains(&byte));
    if is_console && is_plain && !next.contains("//") && !next.contains("..") {
        next
    } else {
        "/console"
    }
}

fn encode(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

fn sign_in_page(app: &App, browser: &Browser, forms: SignInForms<'_>) -> Response {
    let status = if forms.email_error.is_some() || forms.passkey_error.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let page = SignInPage {
        frame: browser.frame(app),
        next: console_path(forms.next),
        email: forms.email,
        email_error: forms.email_error,
        has_mail: app.mailer.is_available(),
        passkey_script: passkey::relying_party(app).map(|_| PASSKEY_SCRIPT.path.as_str()),
        passkey_error: forms.passkey_error,
        notice: forms.notice,
    };
    let response = page::allow_fetch(page::answer_with_external_form(app, status, &page));
    browser.with_cookie(app, response)
}

fn code_page(app: &App, browser: &Browser, form: &FormState<CodeForm<'_>>) -> Response {
    let page = CodePage {
        frame: browser.frame(app),
        next: console_path(form.values.next),
        id: form.values.id,
        error: form.message(browser.text, ERROR_KEYS),
        outbox: app.mailer.outbox_page(),
    };
    page::answer(form.unprocessable_status(), &page)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[test]
    fn sign_in_redirects_to_a_page_of_the_console() {
        assert_eq!(
            console_path("/console/organizations/acme/team"),
            "/console/organizations/acme/team"
        );
    }

    #[rstest]
    #[case::empty("")]
    #[case::other_host("https://evil.example")]
    #[case::scheme_relative("//evil.example")]
    #[case::two_slashes("/console//evil.example")]
    #[case::parent_directory("/console/../authorize")]
    #[case::other_path("/consoles")]
    #[case::line_break("/console/\r\nSet-Cookie: a=b")]
    #[case::query("/console/?next=//evil")]
    fn sign_in_redirects_only_to_the_console(#[case] path: &str) {
        assert_eq!(console_path(path), "/console");
    }
}
