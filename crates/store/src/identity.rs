//! Identities: the members' accounts at identity providers.

use jiff::Timestamp;

use crate::engine::Row;
use crate::member::columns;
use crate::{Conflict, ConnectionId, Member, MemberId, OrganizationTx, StoreError};

/// An account at an identity provider: two sign-ins with equal values are the same member.
///
/// The issuer is part of it, so that a connection that is moved to another identity provider does not give existing
/// members to the people with the same subjects there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdpAccount {
    pub connection: ConnectionId,
    /// The identity provider's entity ID when the account was first seen.
    pub issuer: String,
    /// The NameID with its qualifiers, or the value of `subject_attribute`.
    pub subject: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    pub account: IdpAccount,
    pub member: MemberId,
    pub created_at: Timestamp,
}

/// The member to whom an account with this subject belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubjectOwner {
    pub subject: String,
    pub member: Member,
}

// $1 is the organization, $2 the connection, $3 the issuer.
macro_rules! owners {
    () => {
        " FROM member
           JOIN identity ON identity.organization_id = member.organization_id AND identity.member_id = member.id
          WHERE identity.organization_id = $1 AND connection_id = $2 AND issuer = $3"
    };
}

/// Both engines index issuer and subject, and PostgreSQL limits the size of an index entry.
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
    /// The member has joined with it.
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
        if !added {
            return Ok(Err(Conflict::AccountInUse));
        }
        self.tx
            .execute(
                "UPDATE member SET joined_at = COALESCE(joined_at, $3) WHERE organization_id = $1 AND id = $2",
                &[
                    self.id.into(),
                    (&identity.member).into(),
                    identity.created_at.into(),
                ],
            )
            .await?;
        Ok(Ok(()))
    }

    pub async fn member_by_idp_account(
        &mut self,
        account: &IdpAccount,
    ) -> Result<Option<Member>, StoreError> {
        self.tx
            .fetch_optional(
                concat!("SELECT ", columns!(), owners!(), " AND subject = $4"),
                &[
                    self.id.into(),
                    (&account.connection).into(),
                    (&account.issuer).into(),
                    (&account.subject).into(),
                ],
                Member::from_row,
            )
            .await
    }

    /// The owners of accounts whose subject differs from this one at most in upper and lower case, the oldest account
    /// first.
    pub async fn owners_ignoring_case(
        &mut self,
        account: &IdpAccount,
    ) -> Result<Vec<SubjectOwner>, StoreError> {
        self.tx
            .fetch_all(
                concat!(
                    "SELECT identity.subject, ",
                    columns!(),
                    owners!(),
                    " AND lower(subject) = lower($4) ORDER BY identity.created_at, identity.subject LIMIT 100"
                ),
                &[
                    self.id.into(),
                    (&account.connection).into(),
                    (&account.issuer).into(),
                    (&account.subject).into(),
                ],
                |row| {
                    Ok(SubjectOwner {
                        subject: row.text("subject")?,
                        member: Member::from_row(row)?,
                    })
                },
            )
            .await
    }

    /// Gives all accounts of one member to another one.
    pub async fn move_identities(
        &mut self,
        from: &MemberId,
        to: &MemberId,
    ) -> Result<(), StoreError> {
        self.tx
            .execute(
                "UPDATE identity SET member_id = $3 WHERE organization_id = $1 AND member_id = $2",
                &[self.id.into(), from.into(), to.into()],
            )
            .await?;
        Ok(())
    }

    /// Those at connections that are not deleted, oldest first.
    pub async fn identities(&mut self, member: &MemberId) -> Result<Vec<Identity>, StoreError> {
        self.tx
            .fetch_all(
                "SELECT identity.connection_id, identity.issuer, identity.subject, identity.member_id,
                        identity.created_at
                   FROM identity
                   JOIN connection ON connection.id = identity.connection_id
                  WHERE identity.organization_id = $1 AND identity.member_id = $2
                    AND connection.deleted_at IS NULL
                  ORDER BY identity.created_at, identity.connection_id, identity.issuer, identity.subject",
                &[self.id.into(), member.into()],
                Identity::from_row,
            )
            .await
    }
}
