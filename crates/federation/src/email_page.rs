//! `/sign-in`: asks for an e-mail address when nothing else says where a person signs in.

use axum::extract::{RawQuery, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use i18n::Localizer;
use runtime::app::App;
use runtime::email_address::EmailAddress;
use runtime::problem::{Problem, ProblemCode};
use service::sign_in::discovery::by_email;
use service::sign_in::error::Refusal;
use store::PendingSignIn;
use web::{Cookie, RequestLanguage, page};

use super::authn_request::depart;
use super::failed_sign_in::{Refused, answer};
use super::pages::{Frame, SignInPage};
use super::pending_sign_in::find;
use super::posted_form;
use super::sign_in_flow::Asked;

/// `GET /sign-in`
pub(super) async fn show(
    State(app): State<App>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let ended = ask(&app, &headers, &query.unwrap_or_default()).await;
    answer(&app, RequestLanguage::from_headers(&headers), ended)
}

/// `POST /sign-in`
pub(super) async fn submit(
    State(app): State<App>,
    language: RequestLanguage,
    request: Request,
) -> Response {
    let ended = match posted_form::receive(request).await {
        Ok((headers, form)) => go(&app, &headers, &form).await,
        Err(refusal) => Err(refusal.into()),
    };
    answer(&app, language, ended)
}

/// Sends somebody to their identity provider who wants to come into the console; nobody, when single sign-on is not
/// set up for the domain of the address.
///
/// # Errors
///
/// When something of ours does not work. Whatever else may be wrong is nothing that a stranger should learn.
pub async fn begin_console(
    app: &App,
    headers: &HeaderMap,
    email: &str,
) -> Result<Option<Response>, Problem> {
    let Some(email) = EmailAddress::parse(email) else {
        return Ok(None);
    };
    let found = by_email(app, &email).await;
    let Some(destination) = found.map_err(|refusal| of_ours(&refusal))? else {
        return Ok(None);
    };
    let browser = Cookie::Browser.get_or_create(app, headers);
    match depart(app, &destination, &Asked::Console, &browser.hash).await {
        Ok(departure) => {
            let text = RequestLanguage::from_headers(headers).localizer(&[]);
            Ok(Some(departure.response(app, text, &browser)))
        }
        Err(refusal) if refusal.status().is_server_error() => Err(of_ours(&refusal)),
        Err(_) => Ok(None),
    }
}

/// What the console says of a failure of ours; the log has its story from where it happened.
pub(super) fn of_ours(refusal: &Refusal) -> Problem {
    match refusal {
        Refusal::Overloaded => Problem::new(ProblemCode::Overloaded),
        _ => Problem::new(ProblemCode::InternalError),
    }
}

async fn ask(app: &App, headers: &HeaderMap, query: &str) -> Result<Response, Refused> {
    let (handle, pending) = under_way(app, headers, query).await?;
    let asked = Asked::of(&pending)?;
    let hint = asked
        .request()
        .and_then(|request| request.login_hint.as_deref());
    let text = RequestLanguage::from_headers(headers).localizer(asked.languages());
    Ok(page(app, text, (&handle, hint.unwrap_or_default()), None))
}

async fn go(app: &App, headers: &HeaderMap, form: &str) -> Result<Response, Refused> {
    let (handle, pending) = under_way(app, headers, form).await?;
    let asked = Asked::of(&pending)?;
    let text = RequestLanguage::from_headers(headers).localizer(asked.languages());
    let email = posted_form::field(form, "email")?.unwrap_or_default();
    let written = email.trim();
    let Some(email) = EmailAddress::parse(written) else {
        let fault = text.get("signin-fault-email");
        return Ok(page(app, text, (&handle, written), Some(fault)));
    };
    let Some(destination) = by_email(app, &email).await? else {
        let domain = email.domain().into();
        let fault = text.format("signin-fault-domain", &[("domain", domain)]);
        return Ok(page(app, text, (&handle, written), Some(fault)));
    };
    let browser = Cookie::Browser.get_or_create(app, headers);
    let departure = depart(app, &destination, &asked, &browser.hash).await?;
    Ok(departure.response(app, text, &browser))
}

/// The sign-in that the page belongs to, when this browser began it.
async fn under_way(
    app: &App,
    headers: &HeaderMap,
    form: &str,
) -> Result<(String, PendingSignIn), Refusal> {
    let handle = posted_form::field(form, "request")?.ok_or(Refusal::NotAsked)?;
    // Only while it is not known where the person signs in does the page lead there.
    let pending = find(app, &handle).await?;
    let pending = pending
        .filter(|pending| pending.authn_request.is_none())
        .ok_or(Refusal::NotAsked)?;
    if Cookie::Browser.read_hash(app, headers).as_ref() != Some(&pending.browser) {
        return Err(Refusal::OtherBrowser);
    }
    if pending.expires_at <= app.clock.now() {
        return Err(Refusal::RequestExpired);
    }
    Ok((handle, pending))
}

fn page(
    app: &App,
    text: Localizer,
    (request, email): (&str, &str),
    fault: Option<String>,
) -> Response {
    let status = if fault.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let page = SignInPage {
        frame: Frame::new(app, text),
        request,
        email,
        fault,
    };
    page::answer_with_external_form(app, status, &page)
}
