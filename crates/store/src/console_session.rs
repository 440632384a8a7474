//! Sessions in the console.

use jiff::{SignedDuration, Timestamp};

use crate::engine::Row;
use crate::{
    ConnectionId, ConsoleSessionId, ConsoleSignInMethod, OrganizationId, PersonId, SecretHash,
    StoreError, Tx,
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsoleSession {
    pub id: ConsoleSessionId,
    pub cookie: SecretHash,
    pub person: PersonId,
    /// Limits the session to one organization, for a sign-in by its identity provider or a recovery code.
    pub organization: Option<OrganizationId>,
    /// The connection of a sign-in by SSO.
    pub connection: Option<ConnectionId>,
    pub method: ConsoleSignInMethod,
    /// The browser's name.
    pub browser: Option<String>,
    pub created_at: Timestamp,
    /// Accurate to a few minutes.
    pub last_seen_at: Timestamp,
    /// The end of the session, however often it is used.
    pub expires_at: Timestamp,
}

macro_rules! columns {
    () => {
        "id, cookie_hash, person_id, organization_id, connection_id, method, browser, created_at, last_seen_at,
         expires_at"
    };
}

impl ConsoleSession {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.parsed("id")?,
            cookie: row.hash("cookie_hash")?,
            person: row.parsed("person_id")?,
            organization: row.maybe_parsed("organization_id")?,
            connection: row.maybe_parsed("connection_id")?,
            method: row.parsed("method")?,
            browser: row.maybe_text("browser")?,
            created_at: row.time("created_at")?,
            last_seen_at: row.time("last_seen_at")?,
            expires_at: row.time("expires_at")?,
        })
    }
}

impl Tx {
    pub async fn begin_console_session(
        &mut self,
        session: &ConsoleSession,
    ) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO console_session (id, cookie_hash, person_id, organization_id, connection_id, method,
                                          browser, created_at, last_seen_at, expires_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            &[
                (&session.id).into(),
                (&session.cookie).into(),
                (&session.person).into(),
                session.organization.as_ref().into(),
                session.connection.as_ref().into(),
                session.method.as_str().into(),
                (&session.browser).into(),
                session.created_at.into(),
                session.last_seen_at.into(),
                session.expires_at.into(),
            ],
        )
        .await
        .map(drop)
    }

    /// Finds the session of a cookie unless it has ended, has expired or was not used within `idle_timeout`.
    pub async fn console_session(
        &mut self,
        cookie: &SecretHash,
        now: Timestamp,
        idle_timeout: SignedDuration,
    ) -> Result<Option<ConsoleSession>, StoreError> {
        let since = now.saturating_sub(idle_timeout).unwrap_or(Timestamp::MIN);
        self.fetch_optional(
            concat!(
                "SELECT ",
                columns!(),
                " FROM console_session
                  WHERE cookie_hash = $1 AND ended_at IS NULL AND expires_at > $2 AND last_seen_at > $3"
            ),
            &[cookie.into(), now.into(), since.into()],
            ConsoleSession::from_row,
        )
        .await
    }

    /// Sets `last_seen_at`, unless it is later already.
    pub async fn touch_console_session(
        &mut self,
        id: &ConsoleSessionId,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        self.update_one(
            "UPDATE console_session SET last_seen_at = $2 WHERE id = $1 AND last_seen_at < $2",
            &[id.into(), at.into()],
        )
        .await
    }

    /// A person's active sessions, most recently used first.
    pub async fn console_sessions_of(
        &mut self,
        person: &PersonId,
        now: Timestamp,
        idle_timeout: SignedDuration,
    ) -> Result<Vec<ConsoleSession>, StoreError> {
        let since = now.saturating_sub(idle_timeout).unwrap_or(Timestamp::MIN);
        self.fetch_all(
            concat!(
                "SELECT ",
                columns!(),
                " FROM console_session
                  WHERE person_id = $1 AND ended_at IS NULL AND expires_at > $2 AND last_seen_at > $3
                  ORDER BY last_seen_at DESC, id"
            ),
            &[person.into(), now.into(), since.into()],
            ConsoleSession::from_row,
        )
        .await
    }

    /// `false` when the person has no such active session.
    pub async fn end_console_session(
        &mut self,
        person: &PersonId,
        id: &ConsoleSessionId,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        self.update_one(
            "UPDATE console_session SET ended_at = $3 WHERE person_id = $1 AND id = $2 AND ended_at IS NULL",
            &[person.into(), id.into(), at.into()],
        )
        .await
    }

    /// Ends all of a person's sessions and returns how many.
    pub async fn end_console_sessions_of(
        &mut self,
        person: &PersonId,
        at: Timestamp,
    ) -> Result<u64, StoreError> {
        self.execute(
            "UPDATE console_session SET ended_at = $2 WHERE person_id = $1 AND ended_at IS NULL",
            &[person.into(), at.into()],
        )
        .await
    }
}
