//! `/sign-in`: asks for the email address when nothing else says through which connection the user signs in.

use axum::extract::{RawQuery, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use runtime::app::App;
use runtime::email_address::EmailAddress;
use runtime::problem::Problem;
use service::sign_in::discovery::{Discovery, find_by_email};
use service::sign_in::error::SignInError;
use web::{RequestLanguage, page};

use super::authn_request::send_authn_request;
use super::connection_chooser::{ask_for_connection, chooser_page};
use super::pages::{EmailPage, Frame};
use super::pending_sign_in::SignInFlow;
use super::posted_form;
use super::responses::{FailedSignIn, internal_problem, respond, see_other};
use super::unrouted_sign_in::UnroutedSignIn;

/// Starts a sign-in that has no connection yet, and asks for the email address.
pub(crate) async fn redirect_to_email_page(
    app: &App,
    headers: &HeaderMap,
    flow: SignInFlow,
) -> Result<Response, SignInError> {
    UnroutedSignIn::start(app, headers, flow, |sign_in| {
        see_other(&format!("/sign-in?request={}", sign_in.handle))
    })
    .await
}

/// `GET /sign-in`
pub(crate) async fn show(
    State(app): State<App>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let result = show_form(&app, &headers, &query.unwrap_or_default()).await;
    respond(&app, RequestLanguage::from_headers(&headers), result)
}

/// `POST /sign-in`
pub(crate) async fn submit(
    State(app): State<App>,
    language: RequestLanguage,
    request: Request,
) -> Response {
    let result = match posted_form::receive(request).await {
        Ok((headers, form)) => submit_email(&app, &headers, &form).await,
        Err(error) => Err(error.into()),
    };
    respond(&app, language, result)
}

/// Sends the browser to the identity provider for a sign-in to the console; `None` when SSO is not set up for the
/// domain of the address.
///
/// # Errors
///
/// Internal ones only. A stranger must not learn why SSO does not work for an address.
pub async fn start_console_sign_in(
    app: &App,
    headers: &HeaderMap,
    email: &str,
) -> Result<Option<Response>, Problem> {
    let Some(email) = EmailAddress::parse(email) else {
        return Ok(None);
    };
    let found = find_by_email(app, &email).await;
    let now = app.clock.now();
    let started = match found.map_err(|error| internal_problem(&error))? {
        Discovery::Found(org_connection) => {
            send_authn_request(app, headers, &org_connection, &SignInFlow::Console, now).await
        }
        Discovery::Choose(choice) => {
            ask_for_connection(app, headers, SignInFlow::Console, &choice, email.as_str()).await
        }
        Discovery::AskForEmail => return Ok(None),
    };
    match started {
        Ok(response) => Ok(Some(response)),
        Err(error) if error.is_internal() => Err(internal_problem(&error)),
        Err(_) => Ok(None),
    }
}

async fn show_form(app: &App, headers: &HeaderMap, query: &str) -> Result<Response, FailedSignIn> {
    let sign_in = UnroutedSignIn::load(app, headers, query, app.clock.now()).await?;
    let login_hint = sign_in
        .flow
        .authorization_request()
        .and_then(|request| request.login_hint.as_deref());
    Ok(email_page(
        app,
        &sign_in,
        login_hint.unwrap_or_default(),
        None,
    ))
}

async fn submit_email(
    app: &App,
    headers: &HeaderMap,
    form: &str,
) -> Result<Response, FailedSignIn> {
    let now = app.clock.now();
    let sign_in = UnroutedSignIn::load(app, headers, form, now).await?;
    let email = posted_form::field(form, "email")?.unwrap_or_default();
    let entered = email.trim();
    let Some(email) = EmailAddress::parse(entered) else {
        let error = sign_in.text.get("signin-error-email");
        return Ok(email_page(app, &sign_in, entered, Some(error)));
    };
    match find_by_email(app, &email).await? {
        Discovery::Found(org_connection) => {
            Ok(send_authn_request(app, headers, &org_connection, &sign_in.flow, now).await?)
        }
        Discovery::Choose(choice) => Ok(chooser_page(
            app,
            headers,
            &sign_in,
            &choice,
            email.as_str(),
        )),
        Discovery::AskForEmail => {
            let domain = email.domain().into();
            let error = sign_in
                .text
                .format("signin-error-domain", &[("domain", domain)]);
            Ok(email_page(app, &sign_in, entered, Some(error)))
        }
    }
}

fn email_page(app: &App, sign_in: &UnroutedSignIn, email: &str, error: Option<String>) -> Response {
    let status = if error.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let page = EmailPage {
        frame: Frame::new(app, sign_in.text),
        request: &sign_in.handle,
        email,
        error,
    };
    page::answer_with_external_form(app, status, &page)
}
