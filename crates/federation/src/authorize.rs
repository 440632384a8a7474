//! `/authorize`: an application asks for a user to be signed in.

use axum::extract::{RawQuery, Request, State};
use axum::http::HeaderMap;
use axum::response::Response;
use i18n::Localizer;
use jiff::Timestamp;
use oidc::authorization::{
    AuthorizationError, AuthorizationErrorKind, AuthorizationRequest, AuthorizationResponse,
    ClientValidationError, claimed_client_id,
};
use oidc::{Parameters, Prompt};
use runtime::app::App;
use service::application::to_oidc_client;
use service::sign_in::discovery::{Discovery, check_plan, discover_connection};
use service::sign_in::error::SignInError;
use store::{ApplicationId, Session};
use web::{Cookie, RequestLanguage, request_log};

use super::authn_request::send_authn_request;
use super::email_page::redirect_to_email_page;
use super::pending_sign_in::SignInFlow;
use super::persist::IssuedCode;
use super::posted_form;
use super::responses::{FailedSignIn, issuer, redirect_to_application, respond};
use super::silent_error::silent_error;

/// `GET /authorize`
pub(crate) async fn authorize_get(
    State(app): State<App>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let result = authorize(&app, &headers, &query.unwrap_or_default()).await;
    respond(&app, RequestLanguage::from_headers(&headers), result)
}

/// `POST /authorize`
pub(crate) async fn authorize_post(
    State(app): State<App>,
    language: RequestLanguage,
    request: Request,
) -> Response {
    let result = match posted_form::receive(request).await {
        Ok((headers, form)) => authorize(&app, &headers, &form).await,
        Err(error) => Err(error.into()),
    };
    respond(&app, language, result)
}

async fn authorize(
    app: &App,
    headers: &HeaderMap,
    parameters: &str,
) -> Result<Response, FailedSignIn> {
    let now = app.clock.now();
    let language = RequestLanguage::from_headers(headers);
    let request = match parse_request(app, parameters).await? {
        ParsedRequest::Valid(request) => request,
        ParsedRequest::ReturnToClient(response) => {
            return Ok(redirect_to_application(
                app,
                language.localizer(&[]),
                &response,
            ));
        }
    };
    let text = language.localizer(&request.ui_locales);
    let is_silent = request.prompts.contains(Prompt::None);
    let discovery = match discover_connection(app, &request).await {
        Ok(discovery) => discovery,
        Err(error) if is_silent => {
            return return_error(app, text, &request, &silent_error(&error));
        }
        Err(error) => {
            return Err(FailedSignIn {
                languages: request.ui_locales.into(),
                ..error.into()
            });
        }
    };
    if let Some(session) = find_session(app, headers, &request, &discovery, now).await? {
        return return_code(app, text, &request, &session, now).await;
    }
    if is_silent && !discovery.passes_silent_requests_on() {
        return return_error(app, text, &request, &AuthorizationErrorKind::LoginRequired);
    }
    let flow = SignInFlow::AuthorizationRequest(request);
    Ok(match discovery {
        Discovery::Found(org_connection) => {
            send_authn_request(app, headers, &org_connection, &flow, now).await?
        }
        Discovery::AskForEmail => redirect_to_email_page(app, headers, &flow, now).await?,
    })
}

enum ParsedRequest {
    Valid(Box<AuthorizationRequest>),
    /// An error that the application receives at its redirect URI.
    ReturnToClient(AuthorizationResponse),
}

async fn parse_request(app: &App, parameters: &str) -> Result<ParsedRequest, SignInError> {
    let parameters = Parameters::parse(parameters).map_err(ClientValidationError::Form)?;
    let client_id = claimed_client_id(&parameters)?;
    let application = match ApplicationId::parse(client_id) {
        Ok(id) => app.store.snapshot().await?.application(&id).await?,
        Err(_) => None,
    };
    let application = application.as_ref().map(to_oidc_client).transpose();
    let application = application
        .map_err(|error| SignInError::internal("reading an application's keys", &error))?;
    match AuthorizationRequest::parse(&parameters, application.as_ref()) {
        Ok(request) => Ok(ParsedRequest::Valid(Box::new(request))),
        Err(AuthorizationError::ShowToUser(error)) => Err(error.into()),
        Err(AuthorizationError::ReturnToClient(error)) => {
            Ok(ParsedRequest::ReturnToClient(error.response(&issuer(app)?)))
        }
    }
}

fn return_error(
    app: &App,
    text: Localizer,
    request: &AuthorizationRequest,
    problem: &AuthorizationErrorKind,
) -> Result<Response, FailedSignIn> {
    let response = AuthorizationResponse::with_error(request, problem, &issuer(app)?);
    Ok(redirect_to_application(app, text, &response))
}

/// Finds the browser's session, when it is as recent as the request requires and came through the connection that the
/// request chooses.
async fn find_session(
    app: &App,
    headers: &HeaderMap,
    request: &AuthorizationRequest,
    discovery: &Discovery,
    now: Timestamp,
) -> Result<Option<Session>, SignInError> {
    if request.requires_reauthentication() || request.prompts.contains(Prompt::SelectAccount) {
        return Ok(None);
    }
    let Some(cookie) = Cookie::Session.read_hash(app, headers) else {
        return Ok(None);
    };
    let mut tx = app.store.snapshot().await?;
    let Some(session) = tx.session(&cookie, now).await? else {
        return Ok(None);
    };
    let Some(organization) = tx.organization(&session.organization).read().await? else {
        return Ok(None);
    };
    let earliest = request.min_auth_time(now);
    let is_recent = |earliest| session.auth_time.is_some_and(|at| earliest <= at);
    let is_valid = earliest.is_none_or(is_recent)
        && discovery.admits(&session.connection)
        && check_plan(app, &organization).is_ok();
    Ok(is_valid.then_some(session))
}

async fn return_code(
    app: &App,
    text: Localizer,
    request: &AuthorizationRequest,
    session: &Session,
    now: Timestamp,
) -> Result<Response, FailedSignIn> {
    request_log::record_connection(&session.organization, &session.connection);
    let code = IssuedCode::generate(request, now);
    let row = code.row(session);
    app.store
        .write(async move |tx| Ok::<_, SignInError>(tx.grant_code(&row).await??))
        .await?;
    let response = AuthorizationResponse::with_code(request, &code.secret, &issuer(app)?);
    Ok(redirect_to_application(app, text, &response))
}
