//! Sessions of the console.

use jiff::SignedDuration;
use runtime::app::App;
use runtime::random;
use runtime::secret_token::SecretToken;
use store::{
    ConnectionId, ConsoleSession, ConsoleSessionId, ConsoleSignInMethod, OrganizationId, PersonId,
    StoreError,
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
    /// One organization, for a sign-in through its connection.
    Connection(OrganizationId, ConnectionId),
}

/// Creates a session. The token is for a new cookie: a cookie from before the sign-in must not become the session.
pub async fn begin(app: &App, new: NewSession) -> Result<SecretToken, StoreError> {
    let now = app.clock.now();
    let token = SecretToken::generate();
    let (organization, connection) = match new.scope {
        SessionScope::Person => (None, None),
        SessionScope::Organization(organization) => (Some(organization), None),
        SessionScope::Connection(organization, connection) => {
            (Some(organization), Some(connection))
        }
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
        .write(async move |tx| tx.begin_console_session(&session).await)
        .await?;
    Ok(token)
}
