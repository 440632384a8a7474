//! Sessions of the console.

use jiff::SignedDuration;
use runtime::app::App;
use runtime::problem::{Problem, ProblemCode};
use runtime::random;
use runtime::secret_token::SecretToken;
use store::{
    ConnectionId, ConsoleSession, ConsoleSessionId, ConsoleSignInMethod, InactiveSession,
    OrganizationId, PersonId, StoreError,
};

/// A session expires after this time without a request.
pub const IDLE_TIMEOUT: SignedDuration = SignedDuration::from_hours(8);
/// A session expires after this time, even if it is in use.
pub const MAX_AGE: SignedDuration = SignedDuration::from_hours(24);
const MAX_USER_AGENT_CHARS: usize = 200;

/// A session to create.
#[derive(Clone, Debug)]
pub struct NewSession {
    pub person: PersonId,
    pub method: ConsoleSignInMethod,
    pub scope: SessionScope,
    /// The `User-Agent` header, for the person's list of sessions.
    pub user_agent: Option<String>,
}

/// Which organizations a session gives access to.
#[derive(Clone, Debug)]
pub enum SessionScope {
    /// All organizations of the person.
    Person,
    /// One organization, for a sign-in with a recovery code.
    Organization(OrganizationId),
    /// One organization, for a sign-in through its connection, which is described as it was when the sign-in was
    /// validated.
    Connection {
        organization: OrganizationId,
        connection: ConnectionId,
        session_epoch: i64,
    },
}

/// Creates a session. The token is for a new cookie: a cookie from before the sign-in must not become the session.
///
/// # Errors
///
/// [`BeginError::Inactive`] if the member or the connection was disabled during the sign-in.
pub async fn begin(app: &App, new: NewSession) -> Result<SecretToken, BeginError> {
    let now = app.clock.now();
    let token = SecretToken::generate();
    let (organization, connection, connection_epoch) = match new.scope {
        SessionScope::Person => (None, None, None),
        SessionScope::Organization(organization) => (Some(organization), None, None),
        SessionScope::Connection {
            organization,
            connection,
            session_epoch,
        } => (Some(organization), Some(connection), Some(session_epoch)),
    };
    let user_agent = new.user_agent.as_deref();
    let session = ConsoleSession {
        id: ConsoleSessionId::from_random(random::bytes()),
        cookie: token.hash.clone(),
        person: new.person,
        organization,
        connection,
        method: new.method,
        browser: user_agent.map(|name| name.chars().take(MAX_USER_AGENT_CHARS).collect()),
        created_at: now,
        last_seen_at: now,
        expires_at: now + MAX_AGE,
    };
    app.store
        .write(async move |tx| tx.begin_console_session(&session, connection_epoch).await)
        .await??;
    Ok(token)
}

impl From<BeginError> for Problem {
    fn from(error: BeginError) -> Self {
        match error {
            BeginError::Inactive(_) => Self::new(ProblemCode::AccessRevoked),
            BeginError::Store(error) => error.into(),
        }
    }
}

/// Why no session began.
#[derive(Debug, thiserror::Error)]
pub enum BeginError {
    #[error(transparent)]
    Inactive(#[from] InactiveSession),
    #[error(transparent)]
    Store(#[from] StoreError),
}
