//! `/authorize`: an application asks who somebody is.

use axum::extract::{RawQuery, Request, State};
use axum::http::{HeaderMap, header};
use axum::response::Response;
use i18n::Localizer;
use oidc::authorization::{
    AuthorizationError, AuthorizationErrorKind, AuthorizationRequest, AuthorizationResponse,
    ClientValidationError, claimed_client_id,
};
use oidc::{Parameters, Prompt};
use runtime::app::App;
use service::application::to_oidc_client;
use service::sign_in::discovery::{Choice, check_plan, choose};
use service::sign_in::error::Refusal;
use store::{ApplicationId, Session};
use web::{Cookie, RequestLanguage};

use super::authn_request::{depart, wait};
use super::failed_sign_in::{Refused, answer};
use super::issued_code::Grant;
use super::posted_form;
use super::redirect::{deliver, issuer, see_other};
use super::sign_in_flow::Asked;

/// `GET /authorize`
pub(super) async fn by_query(
    State(app): State<App>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let ended = authorize(&app, &headers, &query.unwrap_or_default()).await;
    answer(&app, RequestLanguage::from_headers(&headers), ended)
}

/// `POST /authorize`
pub(super) async fn by_form(
    State(app): State<App>,
    language: RequestLanguage,
    request: Request,
) -> Response {
    let ended = match posted_form::receive(request).await {
        Ok((headers, form)) => authorize(&app, &headers, &form).await,
        Err(refusal) => Err(refusal.into()),
    };
    answer(&app, language, ended)
}

async fn authorize(app: &App, headers: &HeaderMap, encoded: &str) -> Result<Response, Refused> {
    let language = RequestLanguage::from_headers(headers);
    let request = match judge(app, encoded).await? {
        Ok(request) => request,
        Err(answer) => return Ok(deliver(app, language.localizer(&[]), &answer)),
    };
    let text = language.localizer(&request.ui_locales);
    let is_silent = request.prompts.contains(Prompt::None);
    let choice = match choose(app, &request).await {
        Ok(choice) => choice,
        Err(refusal) if is_silent => {
            return tell(app, text, &request, &silent_problem(&refusal));
        }
        Err(refusal) => {
            return Err(Refused {
                languages: request.ui_locales.into(),
                ..refusal.into()
            });
        }
    };
    if let Some(session) = standing(app, headers, &request, &choice).await? {
        return grant(app, text, &request, session).await;
    }
    if is_silent {
        return tell(app, text, &request, &AuthorizationErrorKind::LoginRequired);
    }
    let browser = Cookie::Browser.get_or_create(app, headers);
    let asked = Asked::Application(Box::new(request));
    match choice {
        Choice::Go(destination) => {
            let departure = depart(app, &destination, &asked, &browser.hash).await?;
            Ok(departure.response(app, text, &browser))
        }
        Choice::Ask => {
            let handle = wait(app, &asked, &browser.hash).await?;
            let mut response = see_other(&format!("/sign-in?request={}", handle.secret));
            let cookie = Cookie::Browser.set(app, &browser);
            response.headers_mut().append(header::SET_COOKIE, cookie);
            Ok(response)
        }
    }
}

/// Reads a request; the inner error is what a known application hears at its own address.
async fn judge(
    app: &App,
    encoded: &str,
) -> Result<Result<AuthorizationRequest, AuthorizationResponse>, Refusal> {
    let parameters = Parameters::parse(encoded).map_err(ClientValidationError::Form)?;
    let claimed = claimed_client_id(&parameters)?;
    let application = match ApplicationId::parse(claimed) {
        Ok(id) => app.store.snapshot().await?.application(&id).await?,
        Err(_) => None,
    };
    let application = application.as_ref().map(to_oidc_client).transpose();
    let application =
        application.map_err(|error| Refusal::broken("reading an application's keys", &error))?;
    match AuthorizationRequest::parse(&parameters, application.as_ref()) {
        Ok(request) => Ok(Ok(request)),
        Err(AuthorizationError::ShowToUser(refusal)) => Err(refusal.into()),
        Err(AuthorizationError::ReturnToClient(refusal)) => {
            Ok(Err(refusal.response(&issuer(app)?)))
        }
    }
}

fn tell(
    app: &App,
    text: Localizer,
    request: &AuthorizationRequest,
    problem: &AuthorizationErrorKind,
) -> Result<Response, Refused> {
    let answer = AuthorizationResponse::with_error(request, problem, &issuer(app)?);
    Ok(deliver(app, text, &answer))
}

fn silent_problem(refusal: &Refusal) -> AuthorizationErrorKind {
    match refusal {
        Refusal::Broken(_) => AuthorizationErrorKind::ServerError,
        Refusal::Overloaded => AuthorizationErrorKind::TemporarilyUnavailable,
        _ => AuthorizationErrorKind::AccessDenied,
    }
}

/// The session by which this browser's person is signed in already, when it is as new as the request wants and came
/// through the connection that the request chooses.
async fn standing(
    app: &App,
    headers: &HeaderMap,
    request: &AuthorizationRequest,
    choice: &Choice,
) -> Result<Option<Session>, Refusal> {
    let wants_to_be_asked =
        request.requires_reauthentication() || request.prompts.contains(Prompt::SelectAccount);
    let Some(cookie) = Cookie::Session
        .read_hash(app, headers)
        .filter(|_| !wants_to_be_asked)
    else {
        return Ok(None);
    };
    let now = app.clock.now();
    let mut tx = app.store.snapshot().await?;
    let Some(session) = tx.session(&cookie, now).await? else {
        return Ok(None);
    };
    let organization = tx.organization(&session.organization).read().await?;
    let found = organization.map(|organization| (session, organization));
    let earliest = request.min_auth_time(now);
    Ok(found
        .filter(|(session, organization)| {
            earliest.is_none_or(|earliest| earliest <= session.auth_time)
                && choice.admits(&session.connection)
                && check_plan(app, organization).is_ok()
        })
        .map(|(session, _)| session))
}

async fn grant(
    app: &App,
    text: Localizer,
    request: &AuthorizationRequest,
    session: Session,
) -> Result<Response, Refused> {
    let grant = Grant::draw(request, app.clock.now());
    let code = grant.code(&session);
    app.store
        .write(async move |tx| Ok::<_, Refusal>(tx.grant_code(&code).await??))
        .await?;
    let answer = AuthorizationResponse::with_code(request, &grant.secret, &issuer(app)?);
    Ok(deliver(app, text, &answer))
}
