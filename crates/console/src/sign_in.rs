//! Coming into the console: by a code that is sent to the address, or through the organization's identity provider; by
//! a passkey, see [`super::passkey_sign_in`].

use askama::Template;
use axum::extract::{Extension, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use i18n::Text;
use runtime::app::App;
use runtime::problem::Problem;
use serde::Deserialize;
use service::console_session::{NewSession, SessionScope};
use service::{console_session, email_code, passkey};
use store::ConsoleMethod;
use web::{ClientAddress, Cookie, PASSKEY_SCRIPT, RequestLanguage, page, user_agent};

use super::current_user::{Absent, Visitor};
use super::form;
use super::form::ConsoleForm;
use super::frame::ConsoleFrame;
use super::guard::Refusal;

/// Asks for the address.
#[derive(Debug, Template)]
#[template(path = "console/sign_in.html")]
struct SignInPage<'p> {
    frame: ConsoleFrame<'p>,
    next: &'p str,
    email: &'p str,
    fault: Option<String>,
    /// Whether codes can be sent.
    has_mail: bool,
    /// The script for passkeys, where there can be any.
    passkey_script: Option<&'p str>,
    passkey_fault: Option<String>,
    /// Why somebody who is signed in is here.
    notice: Option<String>,
}

/// What is wrong with what was sent, at the way in to which it belongs.
#[derive(Debug)]
enum Fault {
    Address(String),
    Passkey(String),
}

/// Asks for the code.
#[derive(Debug, Template)]
#[template(path = "console/code.html")]
struct CodePage<'p> {
    frame: ConsoleFrame<'p>,
    next: &'p str,
    id: &'p str,
    fault: Option<String>,
    /// In the demo, where the mail is.
    outbox: Option<&'static str>,
}

/// Where somebody wanted to go.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    next: String,
    id: String,
    why: String,
}

/// `GET /console/sign-in`
pub(super) async fn show(
    State(app): State<App>,
    Query(wanted): Query<Wanted>,
    headers: HeaderMap,
    visitor: Result<Visitor, Absent>,
) -> Response {
    let is_barred = wanted.why == "sso-required";
    // Whoever has come in by another way need not enter their address once more.
    let person = visitor.ok().filter(|_| is_barred).map(|one| one.person);
    let email = person.and_then(|one| one.email).unwrap_or_default();
    let shown = Shown {
        next: &wanted.next,
        email: &email,
        fault: None,
        notice: is_barred.then(|| text(&headers).say("require-barred")),
    };
    sign_in_page(&app, &headers, shown)
}

/// `POST /console/sign-in`
pub(super) async fn send_code(
    State(app): State<App>,
    Extension(client): Extension<ClientAddress>,
    headers: HeaderMap,
    form: ConsoleForm,
) -> Result<Response, Refusal> {
    let text = text(&headers);
    let browser = Cookie::Browser.get_or_create(&app, &headers);
    let (next, email) = (form.text("next"), form.text("email"));
    if form.has("sso") {
        return by_address(&app, &headers, (next, email)).await;
    }
    match email_code::send(&app, email, (client.0, &browser.hash), text).await {
        Ok(id) => {
            let address = format!("/console/sign-in/code?id={id}&next={}", encoded(next));
            Ok(Redirect::to(&address).into_response())
        }
        Err(problem) if problem.status.is_server_error() => Err(problem.into()),
        Err(problem) => {
            let fault = fault(text, &problem);
            let shown = Shown {
                next,
                email,
                fault: Some(Fault::Address(fault)),
                notice: None,
            };
            Ok(sign_in_page(&app, &headers, shown))
        }
    }
}

/// `GET /console/sign-in/code`
pub(super) async fn ask_code(
    State(app): State<App>,
    Query(wanted): Query<Wanted>,
    headers: HeaderMap,
) -> Response {
    code_page(&app, &headers, (&wanted.next, &wanted.id), None)
}

/// `POST /console/sign-in/code`
pub(super) async fn take_code(
    State(app): State<App>,
    headers: HeaderMap,
    form: ConsoleForm,
) -> Result<Response, Refusal> {
    let (next, id) = (form.text("next"), form.text("id"));
    let browser = Cookie::Browser.get_or_create(&app, &headers);
    match email_code::take(&app, (id, &browser.hash), form.text("code")).await {
        Ok(person) => {
            let new = NewSession {
                person,
                method: ConsoleMethod::EmailCode,
                scope: SessionScope::Person,
                user_agent: user_agent(&headers),
            };
            let token = console_session::begin(&app, new).await?;
            let cookie = Cookie::Console.set(&app, &token);
            Ok(welcome(cookie, next))
        }
        Err(problem) if problem.status.is_server_error() => Err(problem.into()),
        Err(problem) => {
            let fault = fault(text(&headers), &problem);
            Ok(code_page(&app, &headers, (next, id), Some(fault)))
        }
    }
}

/// Through the identity provider of the organization that an address belongs to.
async fn by_address(
    app: &App,
    headers: &HeaderMap,
    (next, email): (&str, &str),
) -> Result<Response, Refusal> {
    match federation::start_console_sign_in(app, headers, email).await? {
        Some(response) => Ok(response),
        None => {
            let fault = text(headers).say("console-no-sso");
            let shown = Shown {
                next,
                email,
                fault: Some(Fault::Address(fault)),
                notice: None,
            };
            Ok(sign_in_page(app, headers, shown))
        }
    }
}

/// The page again, with what was wrong about a passkey.
pub(super) fn passkey_refused(
    app: &App,
    headers: &HeaderMap,
    next: &str,
    fault: String,
) -> Response {
    let shown = Shown {
        next,
        fault: Some(Fault::Passkey(fault)),
        ..Shown::default()
    };
    sign_in_page(app, headers, shown)
}

/// The answer to somebody who has come in.
pub(super) fn welcome(cookie: HeaderValue, next: &str) -> Response {
    let mut response = Redirect::to(inside(next)).into_response();
    response.headers_mut().append(header::SET_COOKIE, cookie);
    response
}

/// An address of the console, whatever was asked for: nobody is sent elsewhere from here (security: WEB-15).
pub(super) fn inside(next: &str) -> &str {
    let is_ours = next == "/console" || next.starts_with("/console/");
    let is_plain = next
        .bytes()
        .all(|one| one.is_ascii_alphanumeric() || b"/-_.".contains(&one));
    if is_ours && is_plain && !next.contains("//") && !next.contains("..") {
        next
    } else {
        "/console"
    }
}

fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

fn text(headers: &HeaderMap) -> Text {
    RequestLanguage::from_headers(headers).text(&[])
}

/// What is wrong, in the reader's language where we have words for it.
fn fault(text: Text, problem: &Problem) -> String {
    let key = format!("console-fault-{}", problem.code);
    if text.has(&key) {
        text.say(&key)
    } else {
        problem.localize(text)
    }
}

/// What the page shows besides its form.
#[derive(Debug, Default)]
struct Shown<'s> {
    next: &'s str,
    email: &'s str,
    fault: Option<Fault>,
    notice: Option<String>,
}

fn sign_in_page(app: &App, headers: &HeaderMap, shown: Shown<'_>) -> Response {
    let Shown {
        next,
        email,
        fault,
        notice,
    } = shown;
    let browser = Cookie::Browser.get_or_create(app, headers);
    let status = status(fault.as_ref());
    let (fault, passkey_fault) = match fault {
        Some(Fault::Address(fault)) => (Some(fault), None),
        Some(Fault::Passkey(fault)) => (None, Some(fault)),
        None => (None, None),
    };
    let page = SignInPage {
        frame: ConsoleFrame::outside(app, text(headers), form::token(&browser.secret)),
        next: inside(next),
        email,
        fault,
        has_mail: app.mailer.is_offered(),
        passkey_script: passkey::site(app).map(|_| PASSKEY_SCRIPT.path.as_str()),
        passkey_fault,
        notice,
    };
    let mut response = page::let_ask(page::answer_leaving(app, status, &page));
    response
        .headers_mut()
        .append(header::SET_COOKIE, Cookie::Browser.set(app, &browser));
    response
}

fn code_page(
    app: &App,
    headers: &HeaderMap,
    (next, id): (&str, &str),
    fault: Option<String>,
) -> Response {
    let browser = Cookie::Browser.get_or_create(app, headers);
    let status = status(fault.as_ref());
    let page = CodePage {
        frame: ConsoleFrame::outside(app, text(headers), form::token(&browser.secret)),
        next: inside(next),
        id,
        fault,
        outbox: app.mailer.outbox_page(),
    };
    page::answer(status, &page)
}

fn status<F>(fault: Option<&F>) -> StatusCode {
    match fault {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    }
}

#[test]
fn nobody_is_sent_elsewhere() {
    assert_eq!(
        inside("/console/organizations/acme/team"),
        "/console/organizations/acme/team"
    );
    for foreign in [
        "",
        "https://evil.example",
        "//evil.example",
        "/console//evil.example",
        "/console/../authorize",
        "/consoles",
        "/console/\r\nSet-Cookie: a=b",
        "/console/?next=//evil",
    ] {
        assert_eq!(inside(foreign), "/console", "{foreign:?}");
    }
}
