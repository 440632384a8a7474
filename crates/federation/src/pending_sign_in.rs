//! Sign-ins in progress: what each is for, and which of them a posted response belongs to.

use axum::http::HeaderMap;
use jiff::{SignedDuration, Timestamp};
use oidc::Prompt;
use oidc::authorization::AuthorizationRequest;
use runtime::app::App;
use runtime::seal;
use saml::{Authentication, Claims};
use serde::{Deserialize, Serialize};
use service::sign_in::attempt_log::AttemptLog;
use service::sign_in::discovery::OrgConnection;
use service::sign_in::error::SignInError;
use service::sign_in::response_review::ResponseUnderReview;
use store::{ApplicationId, ConnectionId, ConnectionSettings, PendingSignIn, PendingSignInId};
use web::Cookie;

use super::unsolicited::ReceivedResponse;

/// The longest RelayState that an identity provider has to return (saml-bindings 3.5.3).
const MAX_RELAY_STATE_BYTES: usize = 80;

/// How much an identity provider may round the times of one assertion, or the clocks of its nodes may differ.
const MAX_ROUNDING: SignedDuration = SignedDuration::from_secs(5);

/// More authentication contexts than an application chooses from.
const MAX_CONTEXTS: usize = 10;
const MAX_CONTEXT_BYTES: usize = 256;

/// What a sign-in is for. It is stored while the user is at the identity provider.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SignInFlow {
    /// An application asks for a code.
    AuthorizationRequest(Box<AuthorizationRequest>),
    /// The user starts at the identity provider, and chooses an application after the sign-in.
    IdpInitiated,
    /// The user signs in to the console of their organization.
    Console,
    /// An administrator tests a connection. No one is signed in.
    Test(TestFlow),
    /// An accepted unsolicited response waits for the user's confirmation.
    Unsolicited(ReceivedResponse),
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct TestFlow {
    pub tester: String,
    /// A path of this server. The ID of the attempt is appended.
    pub return_to: String,
}

impl SignInFlow {
    pub(crate) fn from_pending(pending: &PendingSignIn) -> Result<Self, SignInError> {
        serde_json::from_str(&pending.application_request)
            .map_err(|error| SignInError::internal("reading a pending sign-in", &error))
    }

    pub(crate) fn to_json(&self) -> String {
        serde_json::to_string(self).expect("a sign-in flow is JSON")
    }

    pub(crate) fn application_id(&self) -> Option<ApplicationId> {
        let request = self.authorization_request()?;
        ApplicationId::parse(&request.client_id).ok()
    }

    pub(crate) fn authorization_request(&self) -> Option<&AuthorizationRequest> {
        match self {
            Self::AuthorizationRequest(request) => Some(request),
            Self::IdpInitiated | Self::Console | Self::Test(_) | Self::Unsolicited(_) => None,
        }
    }

    /// The languages that the application asks for, best first.
    pub(crate) fn languages(&self) -> &[String] {
        self.authorization_request()
            .map_or(&[], |request| &request.ui_locales)
    }

    /// Whether the identity provider has to authenticate the user again.
    pub(crate) fn requires_reauthentication(&self) -> bool {
        self.authorization_request()
            .is_some_and(|request| request.requires_reauthentication() || request.max_age.is_some())
    }

    /// The request of an application that asked for a sign-in without any page (`prompt=none`).
    pub(crate) fn silent_request(&self) -> Option<&AuthorizationRequest> {
        self.authorization_request()
            .filter(|request| request.prompts.contains(Prompt::None))
    }

    /// The authentication contexts to request, the preferred one first: those of the connection, or the ones among them
    /// that the application prefers; without any of the connection, those of the application.
    pub(crate) fn authn_contexts(&self, of_connection: &[String]) -> Vec<String> {
        // Other names than URIs mean nothing to an identity provider.
        let is_uri = |value: &&String| value.contains(':') && value.len() <= MAX_CONTEXT_BYTES;
        let is_allowed =
            |value: &&String| of_connection.is_empty() || of_connection.contains(value);
        let preferred = self
            .authorization_request()
            .map_or(&[][..], |request| &request.acr_values);
        let requested: Vec<String> = preferred
            .iter()
            .filter(is_uri)
            .filter(is_allowed)
            .take(MAX_CONTEXTS)
            .cloned()
            .collect();
        if requested.is_empty() {
            of_connection.to_vec()
        } else {
            requested
        }
    }

    /// The earliest authentication that is accepted for a sign-in that was started then, if there is a limit.
    pub(crate) fn min_auth_time(&self, started_at: Timestamp) -> Option<Timestamp> {
        let request = self.authorization_request()?;
        if request.requires_reauthentication() {
            return Some(started_at);
        }
        request.min_auth_time(started_at)
    }
}

/// How recent an authentication has to be.
///
/// Its time is that of the identity provider's clock, so it is compared twice: with our clock, which needs the tolerance,
/// and with the time at which the identity provider issued the assertion, which needs none. The second comparison rejects
/// an authentication that was shortly before the request.
#[derive(Clone, Copy, Debug)]
struct Recency {
    /// By our clock.
    earliest: Timestamp,
    tolerance: SignedDuration,
    /// When the assertion was issued, by the identity provider's clock.
    issued_at: Timestamp,
    /// How long before that the user may have signed in.
    max_age: SignedDuration,
}

impl Recency {
    fn is_met_at(&self, authenticated_at: Timestamp) -> bool {
        self.earliest.duration_since(authenticated_at) <= self.tolerance
            && self.issued_at.duration_since(authenticated_at) <= self.max_age
    }
}

/// A sign-in for which an `AuthnRequest` was sent.
#[derive(Clone, Debug)]
pub(crate) struct StartedSignIn {
    pub row: PendingSignIn,
    /// The connection at which it was started.
    pub connection: ConnectionId,
    pub authn_request_id: String,
    pub flow: SignInFlow,
}

impl StartedSignIn {
    /// Lets the authentication count that the connection and the application want, if the assertion has several.
    fn choose_authentication(
        &self,
        settings: &ConnectionSettings,
        claims: &mut Claims,
        received_at: Timestamp,
    ) {
        let request = self.flow.authorization_request();
        let recency = self.required_recency(settings, claims, received_at);
        let is_accepted = |one: &Authentication| {
            recency.is_none_or(|recency| recency.is_met_at(one.at))
                && request.is_none_or(|request| request.accepts_acr(one.context.as_deref()))
        };
        claims.prefer_authentication(is_accepted);
        claims.prefer_authentication(|one| {
            is_accepted(one)
                && request.is_some_and(|request| request.prefers_acr(one.context.as_deref()))
        });
    }

    /// Checks the time of the authentication: some identity providers ignore `ForceAuthn`, and the connection or the
    /// application relies on it.
    pub(crate) fn check_auth_time(
        &self,
        settings: &ConnectionSettings,
        claims: &Claims,
        received_at: Timestamp,
    ) -> Result<(), SignInError> {
        let Some(recency) = self.required_recency(settings, claims, received_at) else {
            return Ok(());
        };
        match claims.authentication() {
            Some(one) if recency.is_met_at(one.at) => Ok(()),
            Some(_) | None => Err(SignInError::ReauthenticationRequired),
        }
    }

    /// How recent the authentication has to be; none if any time will do.
    fn required_recency(
        &self,
        settings: &ConnectionSettings,
        claims: &Claims,
        received_at: Timestamp,
    ) -> Option<Recency> {
        let started_at = self.row.created_at;
        let earliest = if settings.force_authn_since.is_some() {
            Some(started_at)
        } else {
            self.flow.min_auth_time(started_at)
        }?;
        Some(Recency {
            earliest,
            tolerance: settings.clock_tolerance.max(SignedDuration::ZERO),
            issued_at: claims.issued_at,
            max_age: received_at.duration_since(earliest) + MAX_ROUNDING,
        })
    }

    fn is_of_browser(&self, app: &App, headers: &HeaderMap) -> bool {
        Cookie::Browser.read_hash(app, headers).as_ref() == Some(&self.row.browser)
    }
}

/// The pending sign-in whose RelayState came with a response. Nothing else about it is checked yet.
#[derive(Debug)]
pub(crate) enum RelayStateMatch {
    None,
    OtherConnection(Box<StartedSignIn>),
    ThisConnection(Box<StartedSignIn>),
}

/// A test sign-in that a response came back for.
#[derive(Clone, Debug)]
pub(crate) struct ReturnedTest {
    pub flow: TestFlow,
    pub pending: PendingSignInId,
    /// The connection at which it was started.
    pub connection: ConnectionId,
}

impl RelayStateMatch {
    pub(crate) async fn find(
        app: &App,
        org_connection: &OrgConnection,
        relay_state: Option<&str>,
    ) -> Result<Self, SignInError> {
        let Some(relay_state) = relay_state else {
            return Ok(Self::None);
        };
        let Some(row) = find_pending(app, relay_state).await? else {
            return Ok(Self::None);
        };
        let Some(sent) = row.authn_request.clone() else {
            return Ok(Self::None);
        };
        let flow = SignInFlow::from_pending(&row)?;
        if matches!(flow, SignInFlow::Unsolicited(_)) {
            // No request was sent, so no response answers it.
            return Ok(Self::None);
        }
        let pending = Box::new(StartedSignIn {
            row,
            connection: sent.connection,
            authn_request_id: sent.id,
            flow,
        });
        Ok(if pending.connection == org_connection.connection.id {
            Self::ThisConnection(pending)
        } else {
            Self::OtherConnection(pending)
        })
    }

    /// Whether the RelayState is one that this server sent.
    pub(crate) const fn is_known(&self) -> bool {
        match self {
            Self::ThisConnection(_) | Self::OtherConnection(_) => true,
            Self::None => false,
        }
    }

    /// The request of the application that started the sign-in at this connection, in this browser.
    pub(crate) fn authorization_request(
        &self,
        app: &App,
        headers: &HeaderMap,
    ) -> Option<AuthorizationRequest> {
        match self {
            Self::ThisConnection(pending) if pending.is_of_browser(app, headers) => {
                pending.flow.authorization_request().cloned()
            }
            Self::ThisConnection(_) | Self::OtherConnection(_) | Self::None => None,
        }
    }

    /// The test sign-in, when it is one. A test of another connection is reported only to the browser that started it.
    pub(crate) fn returned_test(&self, app: &App, headers: &HeaderMap) -> Option<ReturnedTest> {
        let pending = match self {
            Self::None => return None,
            Self::ThisConnection(pending) => pending,
            Self::OtherConnection(pending) if pending.is_of_browser(app, headers) => pending,
            Self::OtherConnection(_) => return None,
        };
        match &pending.flow {
            SignInFlow::Test(flow) => Some(ReturnedTest {
                flow: flow.clone(),
                pending: pending.row.id.clone(),
                connection: pending.connection.clone(),
            }),
            SignInFlow::AuthorizationRequest(_)
            | SignInFlow::IdpInitiated
            | SignInFlow::Console
            | SignInFlow::Unsolicited(_) => None,
        }
    }

    /// Whether this browser started the sign-in, at this connection.
    pub(crate) fn is_of_browser(&self, app: &App, headers: &HeaderMap) -> bool {
        match self {
            Self::ThisConnection(pending) => pending.is_of_browser(app, headers),
            Self::None | Self::OtherConnection(_) => false,
        }
    }

    /// The `AuthnRequest` as XML, where messages are kept. That of another connection is not shown here.
    pub(crate) fn authn_request(&self) -> Option<&str> {
        match self {
            Self::ThisConnection(pending) => pending.row.authn_request.as_ref()?.message.as_deref(),
            Self::None | Self::OtherConnection(_) => None,
        }
    }

    /// Checks that this browser started the sign-in at this connection, and that it is still pending.
    pub(crate) fn check(
        self,
        app: &App,
        headers: &HeaderMap,
        now: Timestamp,
    ) -> Result<ResponseKind, SignInError> {
        let pending = match self {
            Self::None => return Ok(ResponseKind::Unsolicited),
            // The error does not tell at which connection the sign-in was started.
            Self::OtherConnection(_) => return Err(SignInError::ConnectionMismatch),
            Self::ThisConnection(pending) => pending,
        };
        if !pending.is_of_browser(app, headers) {
            return Err(SignInError::BrowserMismatch);
        }
        if pending.row.consumed_at.is_some() {
            return Err(SignInError::Replayed);
        }
        if pending.row.expires_at <= now {
            return Err(SignInError::SignInExpired);
        }
        Ok(ResponseKind::Solicited(pending))
    }
}

#[derive(Debug)]
pub(crate) enum ResponseKind {
    /// It answers a pending sign-in of this browser.
    Solicited(Box<StartedSignIn>),
    Unsolicited,
}

impl ResponseKind {
    pub(crate) fn flow(&self) -> &SignInFlow {
        match self {
            Self::Solicited(pending) => &pending.flow,
            Self::Unsolicited => &SignInFlow::IdpInitiated,
        }
    }

    pub(crate) fn pending_id(&self) -> Option<&PendingSignInId> {
        match self {
            Self::Solicited(pending) => Some(&pending.row.id),
            Self::Unsolicited => None,
        }
    }

    /// The claims of the response, if the connection's identity provider may sign the user in with them.
    pub(crate) async fn validate_response(
        &self,
        review: ResponseUnderReview<'_>,
        log: &mut AttemptLog,
    ) -> Result<Claims, SignInError> {
        let mut claims = review.validate_response(log).await?;
        if let Self::Solicited(pending) = self {
            let settings = &review.org_connection().connection.settings;
            let received_at = review.received_at();
            pending.choose_authentication(settings, &mut claims, received_at);
            pending.check_auth_time(settings, &claims, received_at)?;
        }
        Ok(claims)
    }

    /// The posted response, with what it has to answer.
    pub(crate) async fn review<'r>(
        &self,
        app: &'r App,
        org_connection: &'r OrgConnection,
        response: &'r str,
        now: Timestamp,
    ) -> Result<ResponseUnderReview<'r>, SignInError> {
        let review = ResponseUnderReview::new(app, org_connection, response, now).await?;
        Ok(match self {
            Self::Solicited(pending) => {
                review.answering(pending.authn_request_id.clone(), pending.row.created_at)
            }
            Self::Unsolicited => review,
        })
    }
}

/// The row with this RelayState, in whatever state it is.
pub(crate) async fn find_pending(
    app: &App,
    relay_state: &str,
) -> Result<Option<PendingSignIn>, SignInError> {
    if relay_state.len() > MAX_RELAY_STATE_BYTES {
        return Ok(None);
    }
    let hash = seal::hash(relay_state);
    let mut tx = app.store.snapshot().await?;
    Ok(tx.pending_sign_in_by_relay_state(&hash).await?)
}
