//! Whom a connection reaches.

use crate::engine::Row;
use crate::{ConnectionId, StoreError, Tenant, UnixTime};

/// Whom a connection reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reach {
    /// Members of the organization who have not been deactivated.
    pub members: i64,
    /// Those of them who have come through this connection.
    pub accounts: i64,
    /// Browsers in which somebody is signed in who came through it.
    pub sessions: i64,
}

fn read(row: &Row) -> Result<Reach, StoreError> {
    Ok(Reach {
        members: row.number("members")?,
        accounts: row.number("accounts")?,
        sessions: row.number("sessions")?,
    })
}

impl Tenant<'_> {
    /// Whom a connection reaches now.
    pub async fn reach(&mut self, id: &ConnectionId, now: UnixTime) -> Result<Reach, StoreError> {
        let found = self
            .tx
            .optional(
                "SELECT (SELECT COUNT(*) FROM member
                          WHERE member.organization_id = $1 AND member.deactivated_at IS NULL) AS members,
                        (SELECT COUNT(DISTINCT identity.member_id) FROM identity
                           JOIN member ON member.organization_id = identity.organization_id
                                      AND member.id = identity.member_id
                          WHERE identity.organization_id = $1 AND identity.connection_id = $2
                            AND member.deactivated_at IS NULL) AS accounts,
                        (SELECT COUNT(*) FROM session
                          WHERE session.organization_id = $1 AND session.connection_id = $2
                            AND session.ended_at IS NULL AND session.expires_at > $3) AS sessions",
                &[self.id.into(), id.into(), now.into()],
                read,
            )
            .await?;
        Ok(found.unwrap_or(Reach {
            members: 0,
            accounts: 0,
            sessions: 0,
        }))
    }
}
