//! Sessions in the console.

use jiff::{SignedDuration, Timestamp};

use crate::engine::{Row, Value};
use crate::{
    ConnectionId, ConsoleSessionId, ConsoleSignInMethod, InactiveSession, OrganizationId, PersonId,
    SecretHash, StoreError, Tx,
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
    /// Begins a session, unless what it depends on is disabled.
    ///
    /// A sign-in by SSO names the connection's [`session_epoch`](crate::ConnectionLifecycle::session_epoch) when the
    /// assertion was validated.
    pub async fn begin_console_session(
        &mut self,
        session: &ConsoleSession,
        connection_epoch: Option<i64>,
    ) -> Result<Result<(), InactiveSession>, StoreError> {
        let has_begun = self.update_one(
            "INSERT INTO console_session (id, cookie_hash, person_id, organization_id, connection_id, method,
                                          browser, created_at, last_seen_at, expires_at, epoch)
             SELECT $1, $2, person.id, $4, $5, $6, $7, $8, $9, $10,
                    person.session_epoch + COALESCE(member.session_epoch, 0) + COALESCE(connection.session_epoch, 0)
               FROM person
               LEFT JOIN member ON member.organization_id = $4 AND member.person_id = person.id
               LEFT JOIN connection ON connection.organization_id = $4 AND connection.id = $5
              WHERE person.id = $3
                AND ($4 IS NULL OR (member.id IS NOT NULL AND member.deactivated_at IS NULL))
                AND ($5 IS NULL OR (connection.disabled_at IS NULL AND connection.session_epoch = $11))",
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
                Value::Number(connection_epoch),
            ],
        )
        .await?;
        if !has_begun {
            return Ok(Err(InactiveSession));
        }
        self.record_console_sign_in(session).await?;
        Ok(Ok(()))
    }

    /// Records which memberships the person has joined, and whether the sign-in needed no identity provider.
    async fn record_console_sign_in(&mut self, session: &ConsoleSession) -> Result<(), StoreError> {
        self.execute(
            "UPDATE member SET joined_at = $3
              WHERE person_id = $1 AND joined_at IS NULL AND deactivated_at IS NULL
                AND ($2 IS NULL OR organization_id = $2)",
            &[
                (&session.person).into(),
                session.organization.as_ref().into(),
                session.created_at.into(),
            ],
        )
        .await?;
        let is_local = match session.method {
            ConsoleSignInMethod::EmailCode
            | ConsoleSignInMethod::Link
            | ConsoleSignInMethod::Passkey => true,
            ConsoleSignInMethod::Sso | ConsoleSignInMethod::Recovery => false,
        };
        if is_local {
            self.execute(
                "UPDATE person SET local_sign_in_at = $2 WHERE id = $1",
                &[(&session.person).into(), session.created_at.into()],
            )
            .await?;
        }
        Ok(())
    }

    /// Finds the active session of a cookie, unless it has expired or was not used within `idle_timeout`.
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
                " FROM active_console_session
                  WHERE cookie_hash = $1 AND expires_at > $2 AND last_seen_at > $3"
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
                " FROM active_console_session
                  WHERE person_id = $1 AND expires_at > $2 AND last_seen_at > $3
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

    /// Ends all of a person's sessions in the console, for good.
    pub async fn end_console_sessions_of(&mut self, person: &PersonId) -> Result<(), StoreError> {
        self.execute(
            "UPDATE person SET session_epoch = session_epoch + 1 WHERE id = $1",
            &[person.into()],
        )
        .await
        .map(drop)
    }
}
