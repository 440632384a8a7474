//! Sessions of the console.

use jiff::SignedDuration;
use runtime::app::App;
use runtime::random;
use runtime::secret_token::SecretToken;
use store::{
    ConnectionId, ConsoleSession, ConsoleSessionId, ConsoleSignInMethod, OrganizationId, PersonId,
    StoreError,
};

/// A session that is not used for this long ends.
pub const IDLE_TIMEOUT: SignedDuration = SignedDuration::from_hours(8);
/// A session ends after this time, however much it is used.
pub const MAX_AGE: SignedDuration = SignedDuration::from_hours(24);
const MAX_USER_AGENT_CHARS: usize = 200;

/// A session of the console that is about to begin.
#[derive(Clone, Debug)]
pub struct NewSession {
    pub person: PersonId,
    pub method: ConsoleSignInMethod,
    pub scope: SessionScope,
    /// How the browser names itself, for the person's own list of sessions.
    pub user_agent: Option<String>,
}

/// What a session of the console reaches.
#[derive(Clone, Debug)]
pub enum SessionScope {
    /// Everything that the person may reach.
    Person,
    /// One organization, for a person who has used a recovery code.
    Organization(OrganizationId),
    /// One organization, for a person who came through this connection of it.
    Connection(OrganizationId, ConnectionId),
}

/// Begins a session. The token is for the cookie of the browser, whatever cookie it had before.
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
