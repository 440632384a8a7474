//! `/authorize`: an application asks for a user to be signed in.

use axum::extract::{RawQuery, Request, State};
use axum::http::HeaderMap;
use axum::response::Response;
use i18n::Text;
use oidc::authorization::{
    AuthorizationProblem, AuthorizationRefusal, AuthorizationRequest, AuthorizationResponse,
    ShownRefusal, claimed_client_id,
};
use oidc::{Parameters, Prompt};
use runtime::app::App;
use service::application::client;
use service::sign_in::discovery::{Discovery, check_plan, discover_connection};
use service::sign_in::error::SignInError;
use store::{ApplicationId, Session, UnixTime};
use web::{Cookie, RequestLanguage};

use super::authn_request::send_authn_request;
use super::email_page::redirect_to_email_page;
use super::pending_sign_in::SignInFlow;
use super::persist::IssuedCode;
use super::posted_form;
use super::responses::{FailedSignIn, issuer, redirect_to_application, respond};

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
            return Ok(redirect_to_application(app, language.text(&[]), &response));
        }
    };
    let text = language.text(&request.ui_locales);
    let is_silent = request.prompts.has(Prompt::None);
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
    if is_silent {
        return return_error(app, text, &request, &AuthorizationProblem::LoginRequired);
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
    let parameters = Parameters::read(parameters).map_err(ShownRefusal::Unreadable)?;
    let client_id = claimed_client_id(&parameters)?;
    let application = match ApplicationId::parse(client_id) {
        Ok(id) => {
            app.store
                .read(move |tx| Box::pin(async move { tx.application(&id).await }))
                .await?
        }
        Err(_) => None,
    };
    let application = application.as_ref().map(client).transpose();
    let application = application
        .map_err(|error| SignInError::internal("reading an application's keys", &error))?;
    match AuthorizationRequest::read(&parameters, application.as_ref()) {
        Ok(request) => Ok(ParsedRequest::Valid(Box::new(request))),
        Err(AuthorizationRefusal::Shown(error)) => Err(error.into()),
        Err(AuthorizationRefusal::Told(error)) => {
            Ok(ParsedRequest::ReturnToClient(error.response(&issuer(app)?)))
        }
    }
}

fn return_error(
    app: &App,
    text: Text,
    request: &AuthorizationRequest,
    problem: &AuthorizationProblem,
) -> Result<Response, FailedSignIn> {
    let response = AuthorizationResponse::with_problem(request, problem, &issuer(app)?);
    Ok(redirect_to_application(app, text, &response))
}

/// What an application learns when `prompt=none` fails.
fn silent_error(error: &SignInError) -> AuthorizationProblem {
    match error {
        SignInError::Internal(_) => AuthorizationProblem::ServerError,
        SignInError::Overloaded => AuthorizationProblem::TemporarilyUnavailable,
        _ => AuthorizationProblem::AccessDenied,
    }
}

/// Finds the browser's session, when it is as recent as the request requires and came through the connection that the
/// request chooses.
async fn find_session(
    app: &App,
    headers: &HeaderMap,
    request: &AuthorizationRequest,
    discovery: &Discovery,
    now: UnixTime,
) -> Result<Option<Session>, SignInError> {
    if request.wants_new_authentication() || request.prompts.has(Prompt::SelectAccount) {
        return Ok(None);
    }
    let Some(cookie) = Cookie::Session.read(app, headers) else {
        return Ok(None);
    };
    let found = app
        .store
        .read(move |tx| {
            Box::pin(async move {
                let Some(session) = tx.session(&cookie, now).await? else {
                    return Ok(None);
                };
                let organization = tx.organization(&session.organization).read().await?;
                Ok::<_, SignInError>(organization.map(|organization| (session, organization)))
            })
        })
        .await?;
    let earliest = request.earliest_authentication(oidc::Timestamp(now.0));
    Ok(found
        .filter(|(session, organization)| {
            earliest.is_none_or(|earliest| earliest.0 <= session.auth_time.0)
                && discovery.admits(&session.connection)
                && check_plan(app, organization).is_ok()
        })
        .map(|(session, _)| session))
}

async fn return_code(
    app: &App,
    text: Text,
    request: &AuthorizationRequest,
    session: &Session,
    now: UnixTime,
) -> Result<Response, FailedSignIn> {
    let code = IssuedCode::generate(request, now);
    let row = code.row(session);
    app.store
        .write(move |tx| Box::pin(async move { Ok::<_, SignInError>(tx.grant_code(&row).await??) }))
        .await?;
    let response = AuthorizationResponse::with_code(request, &code.secret, &issuer(app)?);
    Ok(redirect_to_application(app, text, &response))
}
