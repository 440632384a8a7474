//! Moves of members from one connection to another, for a customer who changes its identity provider.
//!
//! While a move is open, the first sign-in of a member through the new connection gives them an account there. The old
//! account stays, so that a move can be undone.

use jiff::Timestamp;

use crate::engine::Row;
use crate::{
    AccountMoveId, ConnectionId, IdpAccount, Member, MemberId, OrganizationTx, StoreError,
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountMove {
    pub id: AccountMoveId,
    pub from: ConnectionId,
    pub to: ConnectionId,
    pub started_by: String,
    pub started_at: Timestamp,
    pub expires_at: Timestamp,
    pub undone_at: Option<Timestamp>,
    /// The number of members who have an account at the new connection because of it.
    pub moved: u64,
}

/// The members with an account at a connection, by what a move does with them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MoveCounts {
    pub accounts: u64,
    pub movable: u64,
}

macro_rules! columns {
    () => {
        "account_move.id, from_connection_id, to_connection_id, started_by, started_at, expires_at, undone_at,
         (SELECT COUNT(DISTINCT identity.member_id) FROM identity
           WHERE identity.organization_id = account_move.organization_id
             AND identity.account_move_id = account_move.id) AS moved"
    };
}

// $1 is the organization, $2 the old connection, $3 the new one.
macro_rules! has_account {
    ($member:literal, $connection:literal) => {
        concat!(
            "EXISTS (SELECT 1 FROM identity WHERE identity.organization_id = $1 AND identity.member_id = ",
            $member,
            ".id AND identity.connection_id = ",
            $connection,
            ")"
        )
    };
}

macro_rules! is_movable {
    () => {
        concat!(
            "member.deactivated_at IS NULL AND member.email IS NOT NULL AND member.email_verified_at IS NOT NULL
             AND NOT ",
            has_account!("member", "$3"),
            " AND NOT EXISTS (SELECT 1 FROM member AS other
                               WHERE other.organization_id = $1 AND other.email = member.email
                                 AND other.id <> member.id)"
        )
    };
}

impl AccountMove {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.parsed("id")?,
            from: row.parsed("from_connection_id")?,
            to: row.parsed("to_connection_id")?,
            started_by: row.text("started_by")?,
            started_at: row.time("started_at")?,
            expires_at: row.time("expires_at")?,
            undone_at: row.maybe_time("undone_at")?,
            moved: row.count("moved")?,
        })
    }
}

impl OrganizationTx<'_> {
    pub async fn add_account_move(&mut self, new: &AccountMove) -> Result<(), StoreError> {
        self.tx
            .execute(
                "INSERT INTO account_move (id, organization_id, from_connection_id, to_connection_id, started_by,
                                           started_at, expires_at, undone_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                &[
                    (&new.id).into(),
                    self.id.into(),
                    (&new.from).into(),
                    (&new.to).into(),
                    (&new.started_by).into(),
                    new.started_at.into(),
                    new.expires_at.into(),
                    new.undone_at.into(),
                ],
            )
            .await?;
        Ok(())
    }

    /// The newest 100, newest first.
    pub async fn account_moves(&mut self) -> Result<Vec<AccountMove>, StoreError> {
        self.tx
            .fetch_all(
                concat!(
                    "SELECT ",
                    columns!(),
                    " FROM account_move WHERE organization_id = $1
                      ORDER BY started_at DESC, id DESC LIMIT 100"
                ),
                &[self.id.into()],
                AccountMove::from_row,
            )
            .await
    }

    pub async fn account_move(
        &mut self,
        id: &AccountMoveId,
    ) -> Result<Option<AccountMove>, StoreError> {
        self.tx
            .fetch_optional(
                concat!(
                    "SELECT ",
                    columns!(),
                    " FROM account_move WHERE organization_id = $1 AND id = $2"
                ),
                &[self.id.into(), id.into()],
                AccountMove::from_row,
            )
            .await
    }

    /// The open move that lets a member join a connection: they have an account at its old connection and none at this
    /// one, and are movable as the preview counts it: with a verified address that no other member has.
    pub async fn open_move_of(
        &mut self,
        member: &MemberId,
        to: &ConnectionId,
        now: Timestamp,
    ) -> Result<Option<AccountMoveId>, StoreError> {
        self.tx
            .fetch_optional(
                concat!(
                    "SELECT account_move.id FROM account_move
                       JOIN identity ON identity.organization_id = account_move.organization_id
                                    AND identity.connection_id = account_move.from_connection_id
                       JOIN member ON member.organization_id = identity.organization_id
                                  AND member.id = identity.member_id
                      WHERE account_move.organization_id = $1 AND identity.member_id = $2
                        AND account_move.to_connection_id = $3
                        AND account_move.undone_at IS NULL AND account_move.expires_at > $4
                        AND ",
                    is_movable!(),
                    " ORDER BY account_move.started_at, account_move.id LIMIT 1"
                ),
                &[self.id.into(), member.into(), to.into(), now.into()],
                |row| row.parsed("id"),
            )
            .await
    }

    /// Records that an account exists because of a move.
    pub async fn set_account_move(
        &mut self,
        account: &IdpAccount,
        by: &AccountMoveId,
    ) -> Result<bool, StoreError> {
        self.tx
            .update_one(
                "UPDATE identity SET account_move_id = $5
                  WHERE organization_id = $1 AND connection_id = $2 AND issuer = $3 AND subject = $4",
                &[
                    self.id.into(),
                    (&account.connection).into(),
                    (&account.issuer).into(),
                    (&account.subject).into(),
                    by.into(),
                ],
            )
            .await
    }

    /// `false` when it is undone already.
    pub async fn end_account_move(
        &mut self,
        id: &AccountMoveId,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        self.tx
            .update_one(
                "UPDATE account_move SET undone_at = $3
                  WHERE organization_id = $1 AND id = $2 AND undone_at IS NULL",
                &[self.id.into(), id.into(), at.into()],
            )
            .await
    }

    /// Deletes accounts that exist because of a move, and ends the sessions of their members. Returns whether some may be
    /// left.
    pub async fn delete_moved_accounts(&mut self, id: &AccountMoveId) -> Result<bool, StoreError> {
        let members: Vec<MemberId> = self
            .tx
            .fetch_all(
                "SELECT DISTINCT member_id FROM identity
                  WHERE organization_id = $1 AND account_move_id = $2 ORDER BY member_id LIMIT 50",
                &[self.id.into(), id.into()],
                |row| row.parsed("member_id"),
            )
            .await?;
        for member in &members {
            self.end_sessions_of(member).await?;
            self.tx
                .execute(
                    "DELETE FROM identity
                      WHERE organization_id = $1 AND member_id = $2 AND account_move_id = $3",
                    &[self.id.into(), member.into(), id.into()],
                )
                .await?;
        }
        Ok(!members.is_empty())
    }

    /// How many members have an account at a connection, and how many of them a move to another one concerns.
    pub async fn count_movable(
        &mut self,
        from: &ConnectionId,
        to: &ConnectionId,
    ) -> Result<MoveCounts, StoreError> {
        let found = self
            .tx
            .fetch_optional(
                concat!(
                    "SELECT COUNT(*) AS accounts, COALESCE(SUM(CASE WHEN ",
                    is_movable!(),
                    " THEN 1 ELSE 0 END), 0) AS movable FROM member WHERE organization_id = $1 AND ",
                    has_account!("member", "$2")
                ),
                &[self.id.into(), from.into(), to.into()],
                |row| {
                    Ok(MoveCounts {
                        accounts: row.count("accounts")?,
                        movable: row.count("movable")?,
                    })
                },
            )
            .await?;
        Ok(found.unwrap_or_default())
    }

    /// The members with an account at a connection whom a move to another one does not concern, oldest first.
    pub async fn unmovable_members(
        &mut self,
        from: &ConnectionId,
        to: &ConnectionId,
        limit: u32,
    ) -> Result<Vec<Member>, StoreError> {
        self.tx
            .fetch_all(
                concat!(
                    "SELECT ",
                    crate::member::columns!(),
                    " FROM member WHERE organization_id = $1 AND ",
                    has_account!("member", "$2"),
                    " AND NOT (",
                    is_movable!(),
                    ") ORDER BY created_at, id LIMIT $4"
                ),
                &[
                    self.id.into(),
                    from.into(),
                    to.into(),
                    i64::from(limit).into(),
                ],
                Member::from_row,
            )
            .await
    }
}
