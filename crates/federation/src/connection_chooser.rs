//! `/sign-in/connection`: asks through which of an organization's connections the user signs in, when no rule says it.
//!
//! The page names connections and nothing else of the organization: who knows an email address of a verified domain, or
//! the name of an organization in URLs, sees it. It is the same for every such address that no rule names.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use runtime::app::App;
use runtime::email_address::EmailAddress;
use service::sign_in::connection_choice::ConnectionChoice;
use service::sign_in::discovery::{Discovery, discover_connection, find_by_email};
use service::sign_in::error::SignInError;
use store::{Connection, ConnectionId};
use web::chosen_connections::ChosenConnections;
use web::{RequestLanguage, page};

use super::authn_request::send_authn_request;
use super::pages::{ConnectionButton, ConnectionChooserPage, Frame};
use super::pending_sign_in::SignInFlow;
use super::posted_form;
use super::responses::{FailedSignIn, respond};
use super::unrouted_sign_in::UnroutedSignIn;

/// Starts a sign-in, and asks for the connection. `email` led to the choice; it is empty when the request of the
/// application did.
pub(crate) async fn ask_for_connection(
    app: &App,
    headers: &HeaderMap,
    flow: SignInFlow,
    choice: &ConnectionChoice,
    email: &str,
) -> Result<Response, SignInError> {
    UnroutedSignIn::start(app, headers, flow, |sign_in| {
        chooser_page(app, headers, sign_in, choice, email)
    })
    .await
}

/// The page, the last choice first.
pub(crate) fn chooser_page(
    app: &App,
    headers: &HeaderMap,
    sign_in: &UnroutedSignIn,
    choice: &ConnectionChoice,
    email: &str,
) -> Response {
    let chosen = ChosenConnections::read(app, headers);
    let last = chosen.ids().iter().find(|id| choice.includes(id));
    let button = |connection: &Connection| ConnectionButton {
        id: connection.id.to_string(),
        name: connection.settings.name.clone(),
        is_last_choice: last == Some(&connection.id),
    };
    let mut connections: Vec<ConnectionButton> = choice.connections.iter().map(button).collect();
    connections.sort_by_key(|button| !button.is_last_choice);
    let page = ConnectionChooserPage {
        frame: Frame::new(app, sign_in.text),
        request: &sign_in.handle,
        email,
        connections,
    };
    page::answer_with_external_form(app, StatusCode::OK, &page)
}

/// `POST /sign-in/connection`
pub(crate) async fn submit(
    State(app): State<App>,
    language: RequestLanguage,
    request: Request,
) -> Response {
    let result = match posted_form::receive(request).await {
        Ok((headers, form)) => submit_choice(&app, &headers, &form).await,
        Err(error) => Err(error.into()),
    };
    respond(&app, language, result)
}

async fn submit_choice(
    app: &App,
    headers: &HeaderMap,
    form: &str,
) -> Result<Response, FailedSignIn> {
    let now = app.clock.now();
    let sign_in = UnroutedSignIn::load(app, headers, form, now).await?;
    let email = posted_form::field(form, "email")?.unwrap_or_default();
    let id = posted_form::field(form, "connection")?.unwrap_or_default();
    let id = ConnectionId::parse(&id).map_err(|_| SignInError::ConnectionNotFound)?;
    // The choice is found again: a form could name a connection that the request does not lead to.
    let chosen = match discover_again(app, &sign_in.flow, &email).await? {
        Discovery::Found(only) => Some(*only).filter(|only| only.connection.id == id),
        Discovery::Choose(choice) => choice.select(&id),
        Discovery::AskForEmail => None,
    };
    let chosen = chosen.ok_or(SignInError::ConnectionNotFound)?;
    let mut response = send_authn_request(app, headers, &chosen, &sign_in.flow, now).await?;
    let mut remembered = ChosenConnections::read(app, headers);
    remembered.add(&id);
    let cookie = remembered.header(app);
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}

/// Where the request of the application leads, and if it leads nowhere or there is none, the email address.
async fn discover_again(
    app: &App,
    flow: &SignInFlow,
    email: &str,
) -> Result<Discovery, SignInError> {
    let by_request = match flow {
        SignInFlow::AuthorizationRequest(request) => discover_connection(app, request).await?,
        SignInFlow::Console => Discovery::AskForEmail,
        SignInFlow::IdpInitiated | SignInFlow::Test(_) | SignInFlow::Unsolicited(_) => {
            return Err(SignInError::NoPendingSignIn);
        }
    };
    match (by_request, EmailAddress::parse(email)) {
        (Discovery::AskForEmail, Some(email)) => find_by_email(app, &email).await,
        (by_request, _) => Ok(by_request),
    }
}
