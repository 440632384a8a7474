//! Sessions of members.

use jiff::Timestamp;

use crate::engine::Row;
use crate::{
    ConnectionId, ConsumedAssertion, InactiveSession, MemberId, OrganizationId, OrganizationTx,
    SecretHash, SessionId, StoreError, Tx,
};

/// A member's sign-in in one browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The `sid` claim.
    pub id: SessionId,
    pub cookie: SecretHash,
    pub organization: OrganizationId,
    pub member: MemberId,
    pub connection: ConnectionId,
    /// When the identity provider authenticated the member, if it says so.
    pub auth_time: Option<Timestamp>,
    pub acr: Option<String>,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    /// Set when the session ends before it expires.
    pub ended_at: Option<Timestamp>,
}

macro_rules! columns {
    () => {
        "id, cookie_hash, organization_id, member_id, connection_id, auth_time, acr, created_at, expires_at,
         ended_at"
    };
}

impl Session {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.parsed("id")?,
            cookie: row.hash("cookie_hash")?,
            organization: row.parsed("organization_id")?,
            member: row.parsed("member_id")?,
            connection: row.parsed("connection_id")?,
            auth_time: row.maybe_time("auth_time")?,
            acr: row.maybe_text("acr")?,
            created_at: row.time("created_at")?,
            expires_at: row.time("expires_at")?,
            ended_at: row.maybe_time("ended_at")?,
        })
    }
}

impl Tx {
    /// Begins a session, unless the member or the connection was disabled since the assertion was validated.
    ///
    /// Ignores `session.connection` and takes the connection of the assertion.
    pub async fn begin_session(
        &mut self,
        consumed: &ConsumedAssertion,
        session: &Session,
    ) -> Result<Result<(), InactiveSession>, StoreError> {
        let has_begun = self.update_one(
            "INSERT INTO session (id, cookie_hash, organization_id, member_id, connection_id, auth_time, acr,
                                  created_at, expires_at, epoch)
             SELECT $1, $2, $3, member.id, connection.id, $6, $7, $8, $9,
                    member.session_epoch + connection.session_epoch
               FROM member
               JOIN connection ON connection.organization_id = member.organization_id
              WHERE member.organization_id = $3 AND member.id = $4 AND member.deactivated_at IS NULL
                AND connection.id = $5 AND connection.disabled_at IS NULL AND connection.session_epoch = $10",
            &[
                (&session.id).into(),
                (&session.cookie).into(),
                (&session.organization).into(),
                (&session.member).into(),
                consumed.connection().into(),
                session.auth_time.into(),
                (&session.acr).into(),
                session.created_at.into(),
                session.expires_at.into(),
                consumed.session_epoch().into(),
            ],
        )
        .await?;
        Ok(if has_begun {
            Ok(())
        } else {
            Err(InactiveSession)
        })
    }

    /// Finds the active session of a cookie.
    pub async fn session(
        &mut self,
        cookie: &SecretHash,
        now: Timestamp,
    ) -> Result<Option<Session>, StoreError> {
        self.fetch_optional(
            concat!(
                "SELECT ",
                columns!(),
                " FROM active_session WHERE cookie_hash = $1 AND expires_at > $2"
            ),
            &[cookie.into(), now.into()],
            Session::from_row,
        )
        .await
    }

    /// When a session expires; `None` if it was ended before.
    pub async fn active_session_expiry(
        &mut self,
        id: &SessionId,
    ) -> Result<Option<Timestamp>, StoreError> {
        self.fetch_optional(
            "SELECT expires_at FROM active_session WHERE id = $1",
            &[id.into()],
            |row| row.time("expires_at"),
        )
        .await
    }

    /// `false` when the session does not exist or has ended already.
    pub async fn end_session(&mut self, id: &SessionId, at: Timestamp) -> Result<bool, StoreError> {
        self.update_one(
            "UPDATE session SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL",
            &[id.into(), at.into()],
        )
        .await
    }
}

impl OrganizationTx<'_> {
    /// Oldest first, including sessions that have ended.
    pub async fn sessions_of(&mut self, member: &MemberId) -> Result<Vec<Session>, StoreError> {
        self.tx
            .fetch_all(
                concat!(
                    "SELECT ",
                    columns!(),
                    " FROM session
                      WHERE organization_id = $1 AND member_id = $2
                      ORDER BY created_at, id"
                ),
                &[self.id.into(), member.into()],
                Session::from_row,
            )
            .await
    }

    /// Ends all sessions of a member, for good.
    pub async fn end_sessions_of(&mut self, member: &MemberId) -> Result<(), StoreError> {
        self.tx
            .execute(
                "UPDATE member SET session_epoch = session_epoch + 1 WHERE organization_id = $1 AND id = $2",
                &[self.id.into(), member.into()],
            )
            .await
            .map(drop)
    }
}
