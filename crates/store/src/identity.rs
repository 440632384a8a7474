//! Identities: which account at which identity provider is which member.

use jiff::Timestamp;

use crate::engine::Row;
use crate::{Conflict, ConnectionId, MemberId, OrganizationTx, StoreError};

/// The account key: what must be equal for two sign-ins to be the same member.
///
/// The organization is the place from which it is looked up. The issuer is in
/// it so that a connection that is pointed at another identity provider does
/// not hand the old accounts to whoever has the same subject there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdpAccount {
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
    pub account: IdpAccount,
    /// Whose it is.
    pub member: MemberId,
    /// When it was first seen.
    pub created_at: Timestamp,
}

/// The most bytes of an issuer and of a subject; both engines keep them in an index.
const MAX_NAME_BYTES: usize = 1024;

impl Identity {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            account: IdpAccount {
                connection: row.parsed("connection_id")?,
                issuer: row.text("issuer")?,
                subject: row.text("subject")?,
            },
            member: row.parsed("member_id")?,
            created_at: row.time("created_at")?,
        })
    }
}

impl OrganizationTx<'_> {
    /// Gives an account to a member.
    pub async fn add_identity(
        &mut self,
        identity: &Identity,
    ) -> Result<Result<(), Conflict>, StoreError> {
        let IdpAccount {
            connection,
            issuer,
            subject,
        } = &identity.account;
        if issuer.len() > MAX_NAME_BYTES || subject.len() > MAX_NAME_BYTES {
            return Ok(Err(Conflict::AccountTooLong));
        }
        let added = self
            .tx
            .update_one(
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
            Err(Conflict::AccountInUse)
        })
    }

    /// The accounts of a member, oldest first.
    pub async fn identities(&mut self, member: &MemberId) -> Result<Vec<Identity>, StoreError> {
        self.tx
            .fetch_all(
                "SELECT connection_id, issuer, subject, member_id, created_at
                   FROM identity
                  WHERE organization_id = $1 AND member_id = $2
                  ORDER BY created_at, connection_id, issuer, subject",
                &[self.id.into(), member.into()],
                Identity::from_row,
            )
            .await
    }
}
