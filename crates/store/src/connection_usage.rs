//! How many members use a connection.

use jiff::Timestamp;

use crate::engine::Row;
use crate::{ConnectionId, OrganizationTx, StoreError};

/// How many members use a connection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ConnectionUsage {
    /// Active members of the organization.
    pub members: i64,
    /// Active members with an account at this connection.
    pub accounts: i64,
    /// Active sessions of sign-ins through this connection.
    pub sessions: i64,
}

impl ConnectionUsage {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            members: row.number("members")?,
            accounts: row.number("accounts")?,
            sessions: row.number("sessions")?,
        })
    }
}

impl OrganizationTx<'_> {
    pub async fn connection_usage(
        &mut self,
        id: &ConnectionId,
        now: Timestamp,
    ) -> Result<ConnectionUsage, StoreError> {
        let found = self
            .tx
            .fetch_optional(
                "SELECT (SELECT COUNT(*) FROM member
                          WHERE member.organization_id = $1 AND member.deactivated_at IS NULL) AS members,
                        (SELECT COUNT(DISTINCT identity.member_id) FROM identity
                           JOIN member ON member.organization_id = identity.organization_id
                                      AND member.id = identity.member_id
                          WHERE identity.organization_id = $1 AND identity.connection_id = $2
                            AND member.deactivated_at IS NULL) AS accounts,
                        (SELECT COUNT(*) FROM active_session
                          WHERE active_session.organization_id = $1 AND active_session.connection_id = $2
                            AND active_session.expires_at > $3) AS sessions",
                &[self.id.into(), id.into(), now.into()],
                ConnectionUsage::from_row,
            )
            .await?;
        Ok(found.unwrap_or_default())
    }

    /// The same for all active connections of the organization together.
    pub async fn sso_usage(&mut self, now: Timestamp) -> Result<ConnectionUsage, StoreError> {
        let found = self
            .tx
            .fetch_optional(
                "SELECT (SELECT COUNT(*) FROM member
                          WHERE member.organization_id = $1 AND member.deactivated_at IS NULL) AS members,
                        (SELECT COUNT(DISTINCT identity.member_id) FROM identity
                           JOIN member ON member.organization_id = identity.organization_id
                                      AND member.id = identity.member_id
                           JOIN connection ON connection.id = identity.connection_id
                          WHERE identity.organization_id = $1 AND member.deactivated_at IS NULL
                            AND connection.activated_at IS NOT NULL AND connection.disabled_at IS NULL
                            AND connection.deleted_at IS NULL) AS accounts,
                        (SELECT COUNT(*) FROM active_session
                          WHERE active_session.organization_id = $1 AND active_session.connection_id IS NOT NULL
                            AND active_session.expires_at > $2) AS sessions",
                &[self.id.into(), now.into()],
                ConnectionUsage::from_row,
            )
            .await?;
        Ok(found.unwrap_or_default())
    }
}
