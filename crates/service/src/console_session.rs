//! Sessions of the console.

use runtime::app::App;
use runtime::random;
use runtime::secret_token::SecretToken;
use store::{
    ConnectionId, ConsoleMethod, ConsoleSession, ConsoleSessionId, OrganizationId, PersonId,
    Seconds, StoreError,
};

/// A session that is not used for this long ends.
pub const IDLE_TIMEOUT: Seconds = Seconds(8 * 3600);
/// A session ends after this time, however much it is used.
pub const MAX_AGE: Seconds = Seconds(24 * 3600);
const MAX_USER_AGENT_CHARS: usize = 200;

/// A session of the console that is about to begin.
#[derive(Clone, Debug)]
pub struct NewSession {
    pub person: PersonId,
    pub method: ConsoleMethod,
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
        seen_at: now,
        expires_at: now + MAX_AGE,
    };
    app.store
        .write(move |tx| Box::pin(async move { tx.begin_console_session(&session).await }))
        .await?;
    Ok(token)
}
