//! An unsolicited response that the connection accepts (`danger_accept`): the user is asked before it signs them in.
//!
//! Nothing ties an unsolicited response to the browser that posts it: any website can post the response of its own
//! account (login CSRF). So the response is validated, its assertion is consumed, and the response waits, sealed, for
//! the button on a page of this browser. Until then nothing else is written. A user who is signed in as the same member
//! is not asked.

use axum::extract::{RawQuery, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use jiff::{SignedDuration, Timestamp};
use runtime::app::App;
use runtime::secret_token::SecretToken;
use saml::Claims;
use serde::{Deserialize, Serialize};
use service::sign_in::attempt_log::AttemptLog;
use service::sign_in::discovery::OrgConnection;
use service::sign_in::error::SignInError;
use service::sign_in::federated_user::FederatedUser;
use service::sign_in::member_match::Decision;
use service::sign_in::rejection_diagnosis::with_email_candidate;
use store::{
    ConsumedAssertion, IdpInitiated, PendingSignIn, PendingSignInId, SealedText, SentAuthnRequest,
    VerifiedAssertion,
};
use web::{Cookie, RequestLanguage, page, request_log};

use super::app_picker::{home_pages, redirect_to_app};
use super::authn_request::pending;
use super::pages::{ConfirmSignInPage, Frame};
use super::pending_sign_in::{ResponseKind, SignInFlow, find_pending};
use super::persist::{Consumption, SignIn, persist};
use super::posted_form::{self, PostedResponse};
use super::responses::{FailedSignIn, respond, see_other};

/// How long the page waits for the button.
const CONFIRMATION_LIFETIME: SignedDuration = SignedDuration::from_mins(5);

pub(crate) const CONFIRMATION_PATH: &str = "/sign-in/confirm";

/// An accepted unsolicited response that waits for the user.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ReceivedResponse {
    /// The sealed field `SAMLResponse`.
    sealed: String,
    /// The connection's epoch when the response was received.
    session_epoch: i64,
}

/// Consumes the assertion, and sends the browser to the page that asks the user.
pub(crate) async fn ask_for_confirmation(
    app: &App,
    posted: &PostedResponse,
    org_connection: &OrgConnection,
    claims: &Claims,
    now: Timestamp,
) -> Result<Response, SignInError> {
    let user = FederatedUser::new(app, org_connection, claims)?;
    // A user who cannot sign in is told now, and the assertion is not consumed.
    find_member(app, &user, claims, now).await?;
    let browser = Cookie::Browser.get_or_create(app, &posted.headers);
    let handle = SecretToken::generate();
    let flow = SignInFlow::Unsolicited(ReceivedResponse {
        sealed: app
            .seal
            .seal(&seal_context(&handle), posted.response.as_bytes())
            .as_str()
            .to_owned(),
        session_epoch: user.session_epoch,
    });
    let pending = PendingSignIn {
        authn_request: Some(SentAuthnRequest {
            organization: org_connection.organization.id.clone(),
            connection: org_connection.connection.id.clone(),
            id: String::new(),
            message: None,
        }),
        expires_at: now + CONFIRMATION_LIFETIME,
        ..pending(&flow, &handle, &browser.hash, now)
    };
    let assertion = VerifiedAssertion {
        connection: org_connection.connection.id.clone(),
        assertion_id: claims.assertion_id.clone(),
        remember_until: claims
            .remember_until
            .max(pending.expires_at + SignedDuration::from_secs(1)),
        session_epoch: user.session_epoch,
    };
    app.store
        .write(async move |tx| {
            let _: ConsumedAssertion = tx.consume_unsolicited(&assertion, now).await??;
            tx.add_pending_sign_in(&pending).await?;
            Ok::<_, SignInError>(())
        })
        .await?;
    // A redirect, since browsers send the session cookie with no form of another site.
    let mut response = see_other(&format!("{CONFIRMATION_PATH}?request={}", handle.secret));
    let cookie = Cookie::Browser.set(app, &browser);
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}

/// `GET /sign-in/confirm`: asks the user, unless they are signed in as the same member.
pub(crate) async fn show(
    State(app): State<App>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let result = ask_user(&app, &headers, &query.unwrap_or_default()).await;
    respond(&app, RequestLanguage::from_headers(&headers), result)
}

/// `POST /sign-in/confirm`: completes the sign-in. The handle of the pending sign-in, which no other site knows, protects
/// the form.
pub(crate) async fn confirm(
    State(app): State<App>,
    language: RequestLanguage,
    request: Request,
) -> Response {
    let result = match posted_form::receive(request).await {
        Ok((headers, form)) => complete(&app, &headers, &form).await,
        Err(error) => Err(error.into()),
    };
    respond(&app, language, result)
}

async fn ask_user(app: &App, headers: &HeaderMap, query: &str) -> Result<Response, FailedSignIn> {
    let waiting = WaitingSignIn::load(app, headers, query).await?;
    let validated = waiting.validate(app).await?;
    let ValidatedResponse { user, claims, log } = &validated;
    let member = match find_member(app, user, claims, log.now()).await {
        Ok(member) => member,
        Err(error) => return Err(FailedSignIn::store(app, log, error).await),
    };
    if let Decision::Existing(member) = member {
        let now = app.clock.now();
        let session = match Cookie::Session.read_hash(app, headers) {
            Some(cookie) => app
                .store
                .snapshot()
                .await
                .map_err(SignInError::from)?
                .session(&cookie, now)
                .await
                .map_err(SignInError::from)?,
            None => None,
        };
        if session.is_some_and(|session| session.member == member) {
            return waiting.sign_in(app, headers, validated).await;
        }
    }
    let text = RequestLanguage::from_headers(headers).localizer(&[]);
    let applications = home_pages(app).await?;
    let page = ConfirmSignInPage {
        frame: Frame::new(app, text),
        request: &waiting.handle.secret,
        user: user_name(user, claims),
        application: match applications.as_slice() {
            [only] => Some(only.name.as_str()),
            _ => None,
        },
        organization: &waiting.org_connection.organization.name,
    };
    // The form redirects to the application.
    Ok(page::answer_with_external_form(app, StatusCode::OK, &page))
}

async fn complete(app: &App, headers: &HeaderMap, form: &str) -> Result<Response, FailedSignIn> {
    let waiting = WaitingSignIn::load(app, headers, form).await?;
    let validated = waiting.validate(app).await?;
    waiting.sign_in(app, headers, validated).await
}

/// Which member the user is.
async fn find_member(
    app: &App,
    user: &FederatedUser,
    claims: &Claims,
    now: Timestamp,
) -> Result<Decision, SignInError> {
    let mut tx = app.store.snapshot().await?;
    let matched = user
        .match_member(&mut tx.organization(&user.organization), now)
        .await
        .map_err(|error| with_email_candidate(error, claims))?;
    Ok(matched.decision)
}

/// As whom the user would be signed in: the email address, or else what the identity provider calls the account.
fn user_name(user: &FederatedUser, claims: &Claims) -> String {
    let profile = &user.profile;
    let email = profile.emails.first().map(ToString::to_string);
    let name_id = claims.name_id.as_ref().map(|id| id.value.clone());
    email
        .or_else(|| profile.display_name())
        .or(name_id)
        .unwrap_or_else(|| profile.subject.sent.clone())
}

/// A response that has waited, and is valid.
struct ValidatedResponse {
    user: FederatedUser,
    claims: Claims,
    log: AttemptLog,
}

/// A response that waits in this browser.
struct WaitingSignIn {
    handle: SecretToken,
    id: PendingSignInId,
    org_connection: OrgConnection,
    response: String,
    session_epoch: i64,
    received_at: Timestamp,
}

impl WaitingSignIn {
    async fn load(app: &App, headers: &HeaderMap, form: &str) -> Result<Self, SignInError> {
        let handle = posted_form::field(form, "request")?
            .filter(|handle| SecretToken::is_well_formed(handle))
            .map(SecretToken::from_secret)
            .ok_or(SignInError::NoPendingSignIn)?;
        let row = find_pending(app, &handle.secret)
            .await?
            .ok_or(SignInError::NoPendingSignIn)?;
        let (SignInFlow::Unsolicited(received), Some(sent)) =
            (SignInFlow::from_pending(&row)?, &row.authn_request)
        else {
            return Err(SignInError::NoPendingSignIn);
        };
        if Cookie::Browser.read_hash(app, headers).as_ref() != Some(&row.browser) {
            return Err(SignInError::BrowserMismatch);
        }
        if row.consumed_at.is_some() {
            return Err(SignInError::Replayed);
        }
        if row.expires_at <= app.clock.now() {
            return Err(SignInError::SignInExpired);
        }
        let sealed = SealedText::new(received.sealed);
        let response = app
            .seal
            .unseal(&seal_context(&handle), &sealed)
            .map_err(|error| SignInError::internal("opening a response that waits", &error))?;
        let response = String::from_utf8(response)
            .map_err(|error| SignInError::internal("opening a response that waits", &error))?;
        Ok(Self {
            org_connection: OrgConnection::find(app, sent.connection.as_str()).await?,
            id: row.id,
            handle,
            response,
            session_epoch: received.session_epoch,
            received_at: row.created_at,
        })
    }

    /// Validates the response once more, as of the time when it was received: the settings of the connection may have
    /// changed since, and nothing is believed that was not read from signed bytes.
    async fn validate(&self, app: &App) -> Result<ValidatedResponse, FailedSignIn> {
        let OrgConnection {
            organization,
            connection,
        } = &self.org_connection;
        request_log::record_connection(&organization.id, &connection.id);
        let mut log = AttemptLog::new(&self.org_connection, app.clock.now());
        log.pending = Some(self.id.clone());
        log.messages.response = Some(self.response.clone());
        match self.validate_with(app, &mut log).await {
            Ok((user, claims)) => Ok(ValidatedResponse { user, claims, log }),
            Err(error) => Err(FailedSignIn::store(app, &log, error).await),
        }
    }

    async fn validate_with(
        &self,
        app: &App,
        log: &mut AttemptLog,
    ) -> Result<(FederatedUser, Claims), SignInError> {
        self.org_connection.check_active(app)?;
        // An administrator may have changed the setting since the response was received.
        if self.org_connection.connection.settings.idp_initiated != IdpInitiated::DangerAccept {
            return Err(SignInError::NoPendingSignIn);
        }
        let review = ResponseKind::Unsolicited.review(
            app,
            &self.org_connection,
            &self.response,
            self.received_at,
        );
        let claims = review.await?.validate_response(log).await?;
        let mut user = FederatedUser::new(app, &self.org_connection, &claims)?;
        user.session_epoch = self.session_epoch;
        Ok((user, claims))
    }

    /// Signs the user in, once.
    async fn sign_in(
        &self,
        app: &App,
        headers: &HeaderMap,
        validated: ValidatedResponse,
    ) -> Result<Response, FailedSignIn> {
        let ValidatedResponse { user, claims, log } = validated;
        let session = SecretToken::generate();
        let consumption = Consumption::Confirmed(self.id.clone());
        let sign_in = SignIn::prepare(user, consumption, &claims, &session, log.now());
        if let Err(error) = persist(app, &sign_in, &log.accepted(app)).await {
            let error = with_email_candidate(error, &claims);
            return Err(FailedSignIn::store(app, &log, error).await);
        }
        app.metrics.count_sign_in("accepted");
        request_log::record_attempt(log.id());
        let text = RequestLanguage::from_headers(headers).localizer(&[]);
        let mut response = redirect_to_app(app, text).await?;
        let cookie = Cookie::Session.set(app, &session);
        response.headers_mut().append(header::SET_COOKIE, cookie);
        Ok(response)
    }
}

fn seal_context(handle: &SecretToken) -> String {
    format!("unsolicited/{}", handle.hash.as_str())
}
