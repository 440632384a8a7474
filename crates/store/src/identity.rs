//! Identities: which account at which identity provider is which member.

use crate::engine::Row;
use crate::{Conflict, ConnectionId, MemberId, StoreError, Tenant, UnixTime};

/// The account key: what must be equal for two sign-ins to be the same member.
///
/// The organization is the place from which it is looked up. The issuer is in
/// it so that a connection that is pointed at another identity provider does
/// not hand the old accounts to whoever has the same subject there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The connection.
    pub connection: ConnectionId,
    /// The identity provider's entity ID at the time.
    pub issuer: String,
    /// NameID with its qualifiers, or the attribute that the connection names.
    pub subject: String,
}

/// An account that belongs to a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The account.
    pub account: Account,
    /// Whose it is.
    pub member: MemberId,
    /// When it was first seen.
    pub created_at: UnixTime,
}

/// The most bytes of an issuer and of a subject; both engines keep them in an index.
const LONGEST: usize = 1024;

fn read(row: &Row) -> Result<Identity, StoreError> {
    Ok(Identity {
        account: Account {
            connection: row.parsed("connection_id")?,
            issuer: row.text("issuer")?,
            subject: row.text("subject")?,
        },
        member: row.parsed("member_id")?,
        created_at: row.time("created_at")?,
    })
}

impl Tenant<'_> {
    /// Gives an account to a member.
    pub async fn add_identity(
        &mut self,
        identity: &Identity,
    ) -> Result<Result<(), Conflict>, StoreError> {
        let Account {
            connection,
            issuer,
            subject,
        } = &identity.account;
        if issuer.len() > LONGEST || subject.len() > LONGEST {
            return Ok(Err(Conflict::AccountTooLong));
        }
        let added = self
            .tx
            .change(
                "INSERT INTO identity (organization_id, connection_id, issuer, subject, member_id, created_at)
                 VALUES ($1, $2, $3, $4, $5, $6)
                 ON CONFLICT DO NOTHING",
                &[
                    self.id.into(),
                    connection.into(),
                    issuer.into(),
                    subject.into(),
                    (&identity.member).into(),
                    identity.created_at.into(),
                ],
            )
            .await?;
        Ok(if added {
            Ok(())
        } else {
            Err(Conflict::IdentityTaken)
        })
    }

    /// The accounts of a member, oldest first.
    pub async fn identities(&mut self, member: &MemberId) -> Result<Vec<Identity>, StoreError> {
        self.tx
            .all(
                "SELECT connection_id, issuer, subject, member_id, created_at
                   FROM identity
                  WHERE organization_id = $1 AND member_id = $2
                  ORDER BY created_at, connection_id, issuer, subject",
                &[self.id.into(), member.into()],
                read,
            )
            .await
    }
}
