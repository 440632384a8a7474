//! The assertion consumer service: takes the response of an identity provider and signs the user in.

use axum::extract::{Path, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use jiff::Timestamp;
use oidc::Prompt;
use oidc::authorization::{AuthorizationRequest, AuthorizationResponse};
use runtime::app::App;
use runtime::secret_token::SecretToken;
use saml::request::RequestId;
use saml::{Claims, Rejection};
use service::console_session::{self, NewSession, SessionScope};
use service::sign_in::attempt_log::AttemptLog;
use service::sign_in::discovery::OrgConnection;
use service::sign_in::error::SignInError;
use service::sign_in::federated_user::FederatedUser;
use service::sign_in::rejection_diagnosis::with_email_candidate;
use store::{ConsoleSignInMethod, IdpInitiated, MemberId};
use web::{Cookie, RequestLanguage, request_log, user_agent};

use super::app_picker::redirect_to_app;
use super::application_return::authorization_error;
use super::authn_request::send_authn_request;
use super::pending_sign_in::{RelayStateMatch, ResponseKind, SignInFlow};
use super::persist::{Consumption, SignIn, persist};
use super::posted_form::PostedResponse;
use super::repost;
use super::responses::{
    FailedSignIn, issuer, redirect_to_application, respond, return_error, see_other,
};
use super::test_sign_in::finish_test;
use super::unsolicited::ask_for_confirmation;

/// `POST /saml/{connection}/acs`
pub(crate) async fn acs_post(
    State(app): State<App>,
    Path(id): Path<String>,
    language: RequestLanguage,
    request: Request,
) -> Response {
    let result = handle_response(&app, &id, request).await;
    respond(&app, language, result)
}

/// `GET /saml/{connection}/acs`: the URL was opened in a browser, or the identity provider sent its response by redirect.
/// An image or a frame of another page sends no response.
pub(crate) async fn acs_get(
    State(app): State<App>,
    Path(id): Path<String>,
    language: RequestLanguage,
    request: Request,
) -> Response {
    let result = match PostedResponse::from_query(&request) {
        Some(redirected) => reject_redirected(&app, &id, redirected).await,
        None => Err(SignInError::AcsOpenedInBrowser.into()),
    };
    let mut response = respond(&app, language, result);
    if response.status() == StatusCode::METHOD_NOT_ALLOWED {
        let allowed = HeaderValue::from_static("POST");
        response.headers_mut().insert(header::ALLOW, allowed);
    }
    response
}

/// Handles what was posted to a connection.
pub(crate) async fn handle_response(
    app: &App,
    connection: &str,
    request: Request,
) -> Result<Response, FailedSignIn> {
    let now = app.clock.now();
    let received = match PostedResponse::receive(request).await {
        // A message of the wrong kind is an attempt of the connection, for its administrator; a broken form is not.
        Err(error) if !matches!(error, SignInError::Saml(_)) => return Err(error.into()),
        received => received,
    };
    let org_connection = OrgConnection::find(app, connection).await?;
    match received {
        Ok(posted) => answer(app, org_connection, posted, now).await,
        Err(error) => {
            let log = AttemptLog::new(&org_connection, now);
            Err(FailedSignIn::store(app, &log, error).await)
        }
    }
}

/// Rejects a response that came by HTTP-Redirect, which the profile does not allow (saml-profiles 4.1.2).
pub(crate) async fn reject_redirected(
    app: &App,
    connection: &str,
    redirected: PostedResponse,
) -> Result<Response, FailedSignIn> {
    let now = app.clock.now();
    let org_connection = OrgConnection::find(app, connection).await?;
    answer(app, org_connection, redirected, now).await
}

async fn answer(
    app: &App,
    org_connection: OrgConnection,
    posted: PostedResponse,
    now: Timestamp,
) -> Result<Response, FailedSignIn> {
    request_log::record_connection(
        &org_connection.organization.id,
        &org_connection.connection.id,
    );
    let mut log = AttemptLog::new(&org_connection, now);
    log.messages.response = posted.message().map(str::to_owned);
    let relay_state = posted.relay_state.as_deref();
    let matched = match RelayStateMatch::find(app, &org_connection, relay_state).await {
        Ok(matched) => matched,
        Err(error) => return Err(FailedSignIn::store(app, &log, error).await),
    };
    if let Some(page) = repost::repost_page(app, &org_connection.connection.id, &posted, &matched) {
        return Ok(page);
    }
    log.is_solicited = matched.is_of_browser(app, &posted.headers);
    log.messages.request = matched.authn_request().map(str::to_owned);
    if let Some(test) = matched.returned_test(app, &posted.headers) {
        return finish_test(app, test, matched, &posted, now).await;
    }
    let request = matched.authorization_request(app, &posted.headers);
    let acs = AcsRequest {
        app,
        org_connection,
        posted,
        now,
    };
    let completed = match acs.check(matched) {
        Ok(kind) => {
            log.pending = kind.pending_id().cloned();
            acs.complete_sign_in(&kind, &mut log).await
        }
        Err(error) => Err(error),
    };
    match (completed, request) {
        (Ok(response), _) => Ok(response),
        (Err(error), None) => Err(FailedSignIn::store(app, &log, error).await),
        (Err(error), Some(request)) => {
            let language = RequestLanguage::from_headers(&acs.posted.headers);
            fail_sign_in(app, &request, &log, error, language).await
        }
    }
}

/// Stores the failed attempt. An application that asked for no page gets the error, every other user a page.
async fn fail_sign_in(
    app: &App,
    request: &AuthorizationRequest,
    log: &AttemptLog,
    error: SignInError,
    language: RequestLanguage,
) -> Result<Response, FailedSignIn> {
    let told = authorization_error(&error);
    let failed = FailedSignIn::store(app, log, error).await;
    if request.prompts.contains(Prompt::None) {
        let text = language.localizer(&request.ui_locales);
        return Ok(return_error(app, text, request, &told)?);
    }
    Err(failed.with_request(app, request).await)
}

struct AcsRequest<'a> {
    app: &'a App,
    org_connection: OrgConnection,
    posted: PostedResponse,
    now: Timestamp,
}

impl AcsRequest<'_> {
    fn check(&self, matched: RelayStateMatch) -> Result<ResponseKind, SignInError> {
        self.posted.check_binding()?;
        self.org_connection.check_active(self.app)?;
        let kind = matched.check(self.app, &self.posted.headers, self.now)?;
        match kind.flow() {
            // `finish_test` handles the tests of this connection.
            SignInFlow::Test(_) | SignInFlow::Unsolicited(_) => Err(SignInError::NoPendingSignIn),
            SignInFlow::AuthorizationRequest(_)
            | SignInFlow::IdpInitiated
            | SignInFlow::Console => Ok(kind),
        }
    }

    /// Judges the response without a transaction, then writes everything in one.
    async fn complete_sign_in(
        &self,
        kind: &ResponseKind,
        log: &mut AttemptLog,
    ) -> Result<Response, SignInError> {
        let validated = self.validate_response(kind, log).await;
        let ResponseKind::Solicited(pending) = kind else {
            let validated = match validated {
                Err(error) => Err(self.explain_lost_relay_state(error).await?),
                Ok(claims) => Ok(claims),
            };
            return self.answer_unsolicited(validated).await;
        };
        let claims = validated?;
        check_acr(&pending.flow, &claims)?;
        let session = SecretToken::generate();
        let user = FederatedUser::new(self.app, &self.org_connection, &claims)?;
        let consumption = Consumption::Solicited(pending.row.id.clone());
        let request = pending.flow.authorization_request();
        let sign_in =
            SignIn::prepare(user, consumption, &claims, &session, self.now).with_code(request);
        let member = persist(self.app, &sign_in, &log.accepted(self.app))
            .await
            .map_err(|error| with_email_candidate(error, &claims))?;
        self.app.metrics.count_sign_in("accepted");
        request_log::record_attempt(log.id());
        let mut response = self.redirect(&pending.flow, &sign_in, member).await?;
        let cookie = Cookie::Session.set(self.app, &session);
        response.headers_mut().append(header::SET_COOKIE, cookie);
        Ok(response)
    }

    /// A response that answers a request of this server is not unsolicited, whatever became of its RelayState.
    async fn explain_lost_relay_state(
        &self,
        error: SignInError,
    ) -> Result<SignInError, SignInError> {
        let SignInError::Saml(rejection) = &error else {
            return Ok(error);
        };
        let Rejection::UnexpectedInResponseTo { received } = rejection.as_ref() else {
            return Ok(error);
        };
        let connection = &self.org_connection.connection.id;
        let mut tx = self.app.store.snapshot().await?;
        let answered = tx
            .pending_sign_in_by_authn_request(connection, received)
            .await?;
        Ok(match answered {
            Some(_) => SignInError::RelayStateMismatch {
                received: self.posted.relay_state.clone(),
            },
            None => error,
        })
    }

    async fn answer_unsolicited(
        &self,
        validated: Result<Claims, SignInError>,
    ) -> Result<Response, SignInError> {
        let settings = &self.org_connection.connection.settings;
        match settings.idp_initiated {
            IdpInitiated::Reject => Err(unsolicited_error(validated)),
            // Only a request can demand that the user authenticates again.
            IdpInitiated::DangerAccept if settings.force_authn_since.is_some() => {
                validated?;
                self.restart_sign_in().await
            }
            IdpInitiated::Restart => {
                validated?;
                self.restart_sign_in().await
            }
            IdpInitiated::DangerAccept => {
                ask_for_confirmation(
                    self.app,
                    &self.posted,
                    &self.org_connection,
                    &validated?,
                    self.now,
                )
                .await
            }
        }
    }

    async fn validate_response(
        &self,
        kind: &ResponseKind,
        log: &mut AttemptLog,
    ) -> Result<Claims, SignInError> {
        let response = &self.posted.response;
        let review = kind.review(self.app, &self.org_connection, response, self.now);
        kind.validate_response(review.await?, log).await
    }

    /// Answers an unsolicited response with an `AuthnRequest`. Its response is bound to this browser, so a form on
    /// another site cannot sign the user in to an attacker's account.
    ///
    /// The unsolicited response has been validated before. An identity provider that loses the RelayState causes no
    /// loop: its second response answers a request, and is rejected as an unsolicited one.
    async fn restart_sign_in(&self) -> Result<Response, SignInError> {
        send_authn_request(
            self.app,
            &self.posted.headers,
            &self.org_connection,
            &SignInFlow::IdpInitiated,
            self.now,
        )
        .await
    }

    /// Sends the user to where they wanted to go.
    async fn redirect(
        &self,
        flow: &SignInFlow,
        sign_in: &SignIn,
        member: MemberId,
    ) -> Result<Response, SignInError> {
        let text = RequestLanguage::from_headers(&self.posted.headers).localizer(flow.languages());
        match (flow, &sign_in.code) {
            (SignInFlow::AuthorizationRequest(request), Some(code)) => {
                let issuer = issuer(self.app)?;
                let response = AuthorizationResponse::with_code(request, &code.secret, &issuer);
                Ok(redirect_to_application(self.app, text, &response))
            }
            (SignInFlow::Console, _) => self.start_console_session(member).await,
            (
                SignInFlow::AuthorizationRequest(_)
                | SignInFlow::IdpInitiated
                | SignInFlow::Test(_)
                | SignInFlow::Unsolicited(_),
                _,
            ) => redirect_to_app(self.app, text).await,
        }
    }

    /// Signs the member in to the console, for the organization of this identity provider only.
    async fn start_console_session(&self, member: MemberId) -> Result<Response, SignInError> {
        let organization = &self.org_connection.organization.id;
        let mut tx = self.app.store.snapshot().await?;
        let member = tx.organization(organization).member(&member).await?;
        drop(tx);
        let member = member.ok_or(SignInError::MemberDeactivated)?;
        let session = NewSession {
            person: member.person,
            method: ConsoleSignInMethod::Sso,
            scope: SessionScope::Connection {
                organization: self.org_connection.organization.id.clone(),
                connection: self.org_connection.connection.id.clone(),
                session_epoch: self.org_connection.connection.lifecycle.session_epoch,
            },
            user_agent: user_agent(&self.posted.headers),
        };
        let token = console_session::begin(self.app, session).await?;
        let cookie = Cookie::Console.set(self.app, &token);
        let mut response = see_other("/console");
        response.headers_mut().append(header::SET_COOKIE, cookie);
        Ok(response)
    }
}

/// Why an unsolicited response is rejected: what else is wrong with it helps the administrator more.
fn unsolicited_error(validated: Result<Claims, SignInError>) -> SignInError {
    match validated {
        Ok(_) => SignInError::NoPendingSignIn,
        Err(SignInError::Saml(rejection)) if answers_a_request_of_ours(&rejection) => {
            SignInError::NoPendingSignIn
        }
        Err(error) => error,
    }
}

/// Whether the response answers a request that this service may have sent. Other values are made up by the identity
/// provider, and the rejection says so.
fn answers_a_request_of_ours(rejection: &Rejection) -> bool {
    match rejection {
        Rejection::UnexpectedInResponseTo { received } => RequestId::has_form(received),
        _ => false,
    }
}

/// Checks the authentication context: some identity providers ignore `RequestedAuthnContext`, and the application
/// relies on it.
fn check_acr(flow: &SignInFlow, claims: &Claims) -> Result<(), SignInError> {
    let Some(request) = flow.authorization_request() else {
        return Ok(());
    };
    let received = claims
        .authentication()
        .and_then(|one| one.context.as_deref());
    if request.accepts_acr(received) {
        return Ok(());
    }
    Err(SignInError::AcrMismatch {
        expected: request.essential_acr_values.clone(),
        received: received.map(str::to_owned),
    })
}
