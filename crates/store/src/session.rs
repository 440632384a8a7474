//! Browsers' sessions at Vestibule.

use jiff::Timestamp;

use crate::engine::Row;
use crate::{
    ConnectionId, ConsumedAssertion, MemberId, OrganizationId, OrganizationTx, SecretHash,
    SessionId, StoreError, Tx,
};

/// A member who is signed in at Vestibule in one browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Its identifier; the `sid` that the application sees.
    pub id: SessionId,
    /// The hash of its cookie.
    pub cookie: SecretHash,
    /// The organization.
    pub organization: OrganizationId,
    /// Who is signed in.
    pub member: MemberId,
    /// Through which connection.
    pub connection: ConnectionId,
    /// When the identity provider authenticated the person.
    pub auth_time: Timestamp,
    /// How it did.
    pub acr: Option<String>,
    /// When it began.
    pub created_at: Timestamp,
    /// From when it is over.
    pub expires_at: Timestamp,
    /// When it was ended before that.
    pub ended_at: Option<Timestamp>,
}

/// The columns of a session.
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
            auth_time: row.time("auth_time")?,
            acr: row.maybe_text("acr")?,
            created_at: row.time("created_at")?,
            expires_at: row.time("expires_at")?,
            ended_at: row.maybe_time("ended_at")?,
        })
    }
}

impl Tx {
    /// Begins a session on the strength of a response; its connection is the one that the response came through.
    pub async fn begin_session(
        &mut self,
        spent: &ConsumedAssertion,
        session: &Session,
    ) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO session (id, cookie_hash, organization_id, member_id, connection_id, auth_time, acr,
                                  created_at, expires_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            &[
                (&session.id).into(),
                (&session.cookie).into(),
                (&session.organization).into(),
                (&session.member).into(),
                spent.connection().into(),
                session.auth_time.into(),
                (&session.acr).into(),
                session.created_at.into(),
                session.expires_at.into(),
            ],
        )
        .await
        .map(drop)
    }

    /// Finds the session of a cookie while it is worth something.
    ///
    /// It is not once it has ended or expired, its member was deactivated or
    /// its connection disabled.
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

    /// Ends a session; `false` when there is none, or it had ended before.
    pub async fn end_session(&mut self, id: &SessionId, at: Timestamp) -> Result<bool, StoreError> {
        self.update_one(
            "UPDATE session SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL",
            &[id.into(), at.into()],
        )
        .await
    }
}

impl OrganizationTx<'_> {
    /// A member's sessions, oldest first, over or not.
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

    /// Ends all of a member's sessions; says how many.
    pub async fn end_sessions_of(
        &mut self,
        member: &MemberId,
        at: Timestamp,
    ) -> Result<u64, StoreError> {
        self.tx
            .execute(
                "UPDATE session SET ended_at = $3
                  WHERE organization_id = $1 AND member_id = $2 AND ended_at IS NULL",
                &[self.id.into(), member.into(), at.into()],
            )
            .await
    }
}
