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
use runtime::email_address::EmailAddress;
use service::application::{record_rejected_redirect_uri, to_oidc_client};
use service::sign_in::discovery::{Discovery, check_plan, discover_connection, hinted_domain};
use service::sign_in::error::SignInError;
use service::sign_in::required_authentication::is_met_by_session;
use store::{Application, ApplicationId, Member, Session};
use web::chosen_connections::ChosenConnections;
use web::{Cookie, RequestLanguage, request_log};

use super::application_return::authorization_error;
use super::authn_request::send_authn_request;
use super::connection_chooser::ask_for_connection;
use super::email_page::redirect_to_email_page;
use super::pending_sign_in::SignInFlow;
use super::persist::IssuedCode;
use super::posted_form;
use super::responses::{FailedSignIn, issuer, redirect_to_application, respond, return_error};
use super::sign_in_outcome::mark_as_failed;

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
    let language = RequestLanguage::from_headers(headers);
    let request = match parse_request(app, parameters).await? {
        ParsedRequest::Valid(request) => request,
        ParsedRequest::ReturnToClient(response) => {
            let text = language.localizer(&[]);
            let answer = redirect_to_application(app, text, &response);
            return Ok(mark_as_failed(answer));
        }
    };
    match answer(app, headers, &request).await {
        Ok(response) => Ok(response),
        Err(error) if request.prompts.contains(Prompt::None) => {
            let text = language.localizer(&request.ui_locales);
            Ok(return_error(
                app,
                text,
                &request,
                &authorization_error(&error),
            )?)
        }
        Err(error) => Err(FailedSignIn::of_request(app, &request, error).await),
    }
}

/// Answers a valid request: with a code for the standing session, or by starting a sign-in.
async fn answer(
    app: &App,
    headers: &HeaderMap,
    request: &AuthorizationRequest,
) -> Result<Response, SignInError> {
    let now = app.clock.now();
    let text = RequestLanguage::from_headers(headers).localizer(&request.ui_locales);
    let discovery = discover_connection(app, request).await?;
    if let Some(session) = find_session(app, headers, request, &discovery).await? {
        return return_code(app, text, request, &session).await;
    }
    let discovery = if request.prompts.contains(Prompt::None) {
        let remembered = ChosenConnections::read(app, headers);
        let discovery = discovery.follow_last_choice(remembered.ids());
        if !discovery.passes_silent_requests_on() {
            return return_error(app, text, request, &silent_error(&discovery));
        }
        discovery
    } else {
        discovery
    };
    let flow = SignInFlow::AuthorizationRequest(Box::new(request.clone()));
    match discovery {
        Discovery::Choose(choice) => ask_for_connection(app, headers, flow, &choice, "").await,
        Discovery::Found(org_connection) => {
            send_authn_request(app, headers, &org_connection, &flow, now).await
        }
        Discovery::AskForEmail => redirect_to_email_page(app, headers, flow).await,
    }
}

/// The error for a request with `prompt=none` that no session answers. If the identity provider could answer the request
/// silently once the user chose among several connections, only that page is missing (`interaction_required`); otherwise the
/// user has to sign in.
fn silent_error(discovery: &Discovery) -> AuthorizationErrorKind {
    match discovery {
        Discovery::Choose(choice) if choice.passes_silent_requests_on() => {
            AuthorizationErrorKind::InteractionRequired
        }
        Discovery::Choose(_) | Discovery::Found(_) | Discovery::AskForEmail => {
            AuthorizationErrorKind::LoginRequired
        }
    }
}

enum ParsedRequest {
    Valid(Box<AuthorizationRequest>),
    /// An error that the application receives at its redirect URI.
    ReturnToClient(AuthorizationResponse),
}

async fn parse_request(app: &App, parameters: &str) -> Result<ParsedRequest, FailedSignIn> {
    let parameters = Parameters::parse(parameters)
        .map_err(|error| SignInError::from(ClientValidationError::Form(error)))?;
    let client_id = claimed_client_id(&parameters).map_err(SignInError::from)?;
    let application = match ApplicationId::parse(client_id) {
        Ok(id) => find_application(app, &id).await?,
        Err(_) => None,
    };
    let client = application.as_ref().map(to_oidc_client).transpose();
    let client =
        client.map_err(|error| SignInError::internal("reading an application's keys", &error))?;
    match AuthorizationRequest::parse(&parameters, client.as_ref()) {
        Ok(request) => Ok(ParsedRequest::Valid(Box::new(request))),
        Err(AuthorizationError::ShowToUser(error)) => {
            let Some(application) = application else {
                return Err(SignInError::from(error).into());
            };
            report_invalid_request(app, &application, &error).await;
            Err(FailedSignIn {
                application: Some(application.name),
                ..SignInError::from(error).into()
            })
        }
        Err(AuthorizationError::ReturnToClient(error)) => {
            Ok(ParsedRequest::ReturnToClient(error.response(&issuer(app)?)))
        }
    }
}

async fn find_application(
    app: &App,
    id: &ApplicationId,
) -> Result<Option<Application>, SignInError> {
    Ok(app.store.snapshot().await?.application(id).await?)
}

/// Tells the operator what an application sent, next to what it should have sent: in the log, and where the
/// application is shown.
async fn report_invalid_request(
    app: &App,
    application: &Application,
    error: &ClientValidationError,
) {
    let id = application.id.as_str();
    let name = application.name.as_str();
    let ClientValidationError::RedirectUriNotRegistered { expected, received } = error else {
        tracing::warn!(application = id, name, %error, "the request of an application is invalid");
        return;
    };
    tracing::warn!(
        application = id,
        name,
        received,
        registered = ?expected,
        "the redirect URI of a request is not registered"
    );
    if let Err(error) = record_rejected_redirect_uri(app, &application.id, received).await {
        tracing::warn!(application = id, %error, "a rejected redirect URI cannot be recorded");
    }
}

/// Finds the browser's session, when it answers the request: it is about the requested user, as recent and as strong as
/// required by the application and the connection, and came through the connection that the request chooses.
async fn find_session(
    app: &App,
    headers: &HeaderMap,
    request: &AuthorizationRequest,
    discovery: &Discovery,
) -> Result<Option<Session>, SignInError> {
    if request.requires_reauthentication() {
        return Ok(None);
    }
    let Some(cookie) = Cookie::Session.read_hash(app, headers) else {
        return Ok(None);
    };
    let now = app.clock.now();
    let mut tx = app.store.snapshot().await?;
    let Some(session) = tx.session(&cookie, now).await? else {
        return Ok(None);
    };
    let mut tenant = tx.organization(&session.organization);
    let Some(organization) = tenant.read().await? else {
        return Ok(None);
    };
    let Some(connection) = tenant.connection(&session.connection).await? else {
        return Ok(None);
    };
    let member = tenant.member(&session.member).await?;
    let is_valid = is_sufficient(request, &session, now)
        && is_met_by_session(&connection.settings, &session)
        && discovery.admits(&session.connection)
        && is_hinted(request, discovery, member.as_ref())
        && check_plan(app, &organization).is_ok();
    Ok(is_valid.then_some(session))
}

/// Whether a session is about the requested user, as recent and as strong as required.
fn is_sufficient(request: &AuthorizationRequest, session: &Session, now: Timestamp) -> bool {
    let earliest = request.min_auth_time(now);
    let acr = session.acr.as_deref();
    // `acr_values` is a preference. A session without the preferred context leads to another sign-in, which may have it;
    // `prompt=none` forbids that sign-in, and a preference alone must not fail the request.
    let is_strong = if request.prompts.contains(Prompt::None) {
        request.accepts_acr(acr)
    } else {
        request.prefers_acr(acr)
    };
    is_strong
        && earliest.is_none_or(|earliest| session.auth_time.is_some_and(|at| earliest <= at))
        && request.accepts_subject(session.member.as_str())
}

/// Whether the hints of the request allow for the member of the standing session. A hint that leads to no organization
/// may still name another one than the member's.
fn is_hinted(
    request: &AuthorizationRequest,
    discovery: &Discovery,
    member: Option<&Member>,
) -> bool {
    let (Discovery::AskForEmail, Some(hinted)) = (discovery, hinted_domain(request)) else {
        return true;
    };
    let email = member.and_then(|member| member.profile.email.as_deref());
    email
        .and_then(EmailAddress::parse)
        .is_some_and(|email| email.domain() == hinted)
}

async fn return_code(
    app: &App,
    text: Localizer,
    request: &AuthorizationRequest,
    session: &Session,
) -> Result<Response, SignInError> {
    request_log::record_connection(&session.organization, &session.connection);
    let code = IssuedCode::generate(request, app.clock.now());
    let row = code.row(session);
    app.store
        .write(async move |tx| Ok::<_, SignInError>(tx.grant_code(&row).await??))
        .await?;
    let response = AuthorizationResponse::with_code(request, &code.secret, &issuer(app)?);
    Ok(redirect_to_application(app, text, &response))
}
