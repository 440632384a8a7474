//! `/sign-in`: asks for the email address when nothing else says through which connection the user signs in.

use axum::extract::{RawQuery, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use i18n::Localizer;
use jiff::Timestamp;
use runtime::app::App;
use runtime::email_address::EmailAddress;
use runtime::problem::Problem;
use runtime::secret_token::SecretToken;
use service::sign_in::discovery::find_by_email;
use service::sign_in::error::SignInError;
use store::PendingSignIn;
use web::{Cookie, RequestLanguage, page};

use super::authn_request::{pending, save_pending, send_authn_request};
use super::pages::{EmailPage, Frame};
use super::pending_sign_in::{SignInFlow, find_pending};
use super::posted_form;
use super::responses::{FailedSignIn, internal_problem, respond, see_other};

/// Starts a sign-in that has no connection yet, and asks for the email address.
pub(crate) async fn redirect_to_email_page(
    app: &App,
    headers: &HeaderMap,
    flow: &SignInFlow,
    now: Timestamp,
) -> Result<Response, SignInError> {
    let browser = Cookie::Browser.get_or_create(app, headers);
    let handle = SecretToken::generate();
    save_pending(app, pending(flow, &handle, &browser.hash, now)).await?;
    let mut response = see_other(&format!("/sign-in?request={}", handle.secret));
    let cookie = Cookie::Browser.set(app, &browser);
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
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
    let Some(org_connection) = found.map_err(|error| internal_problem(&error))? else {
        return Ok(None);
    };
    let now = app.clock.now();
    match send_authn_request(app, headers, &org_connection, &SignInFlow::Console, now).await {
        Ok(response) => Ok(Some(response)),
        Err(error) if error.is_internal() => Err(internal_problem(&error)),
        Err(_) => Ok(None),
    }
}

async fn show_form(app: &App, headers: &HeaderMap, query: &str) -> Result<Response, FailedSignIn> {
    let request = EmailRequest::load(app, headers, query, app.clock.now()).await?;
    let login_hint = request
        .flow
        .authorization_request()
        .and_then(|request| request.login_hint.as_deref());
    Ok(request.page(app, login_hint.unwrap_or_default(), None))
}

async fn submit_email(
    app: &App,
    headers: &HeaderMap,
    form: &str,
) -> Result<Response, FailedSignIn> {
    let now = app.clock.now();
    let request = EmailRequest::load(app, headers, form, now).await?;
    let email = posted_form::field(form, "email")?.unwrap_or_default();
    let entered = email.trim();
    let Some(email) = EmailAddress::parse(entered) else {
        let error = request.text.get("signin-error-email");
        return Ok(request.page(app, entered, Some(error)));
    };
    let Some(org_connection) = find_by_email(app, &email).await? else {
        let domain = email.domain().into();
        let error = request
            .text
            .format("signin-error-domain", &[("domain", domain)]);
        return Ok(request.page(app, entered, Some(error)));
    };
    Ok(send_authn_request(app, headers, &org_connection, &request.flow, now).await?)
}

/// The sign-in for which the email address is asked.
struct EmailRequest {
    /// The parameter `request`.
    handle: String,
    flow: SignInFlow,
    text: Localizer,
}

impl EmailRequest {
    async fn load(
        app: &App,
        headers: &HeaderMap,
        form: &str,
        now: Timestamp,
    ) -> Result<Self, SignInError> {
        let handle = posted_form::field(form, "request")?.ok_or(SignInError::NoPendingSignIn)?;
        // Once the sign-in has a connection, the page no longer leads to it.
        let pending: PendingSignIn = find_pending(app, &handle)
            .await?
            .filter(|pending| pending.authn_request.is_none())
            .ok_or(SignInError::NoPendingSignIn)?;
        if Cookie::Browser.read_hash(app, headers).as_ref() != Some(&pending.browser) {
            return Err(SignInError::BrowserMismatch);
        }
        if pending.expires_at <= now {
            return Err(SignInError::SignInExpired);
        }
        let flow = SignInFlow::from_pending(&pending)?;
        Ok(Self {
            handle,
            text: RequestLanguage::from_headers(headers).localizer(flow.languages()),
            flow,
        })
    }

    fn page(&self, app: &App, email: &str, error: Option<String>) -> Response {
        let status = if error.is_some() {
            StatusCode::UNPROCESSABLE_ENTITY
        } else {
            StatusCode::OK
        };
        let page = EmailPage {
            frame: Frame::new(app, self.text),
            request: &self.handle,
            email,
            error,
        };
        page::answer_with_external_form(app, status, &page)
    }
}
