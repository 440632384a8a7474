//! Sign-in links.

use jiff::Timestamp;

use crate::engine::Row;
use crate::{PersonId, SecretHash, SignInLinkId, SignInLinkPurpose, StoreError, Tx};

/// A link that signs a person in to the console once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignInLink {
    pub id: SignInLinkId,
    pub token: SecretHash,
    pub purpose: SignInLinkPurpose,
    /// `None` for the link of the first operator.
    pub person: Option<PersonId>,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub used_at: Option<Timestamp>,
}

impl SignInLink {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.parsed("id")?,
            token: row.hash("token_hash")?,
            purpose: row.parsed("purpose")?,
            person: row.maybe_parsed("person_id")?,
            created_at: row.time("created_at")?,
            expires_at: row.time("expires_at")?,
            used_at: row.maybe_time("used_at")?,
        })
    }
}

impl Tx {
    pub async fn add_sign_in_link(&mut self, link: &SignInLink) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO sign_in_link (id, token_hash, purpose, person_id, created_at, expires_at)
             VALUES ($1, $2, $3, $4, $5, $6)",
            &[
                (&link.id).into(),
                (&link.token).into(),
                link.purpose.as_str().into(),
                link.person.as_ref().into(),
                link.created_at.into(),
                link.expires_at.into(),
            ],
        )
        .await
        .map(drop)
    }

    /// Finds a link, also one that is used or expired; the caller checks.
    pub async fn sign_in_link(
        &mut self,
        token: &SecretHash,
    ) -> Result<Option<SignInLink>, StoreError> {
        self.fetch_optional(
            "SELECT id, token_hash, purpose, person_id, created_at, expires_at, used_at
               FROM sign_in_link WHERE token_hash = $1",
            &[token.into()],
            SignInLink::from_row,
        )
        .await
    }

    /// Uses a link once; `false` when it was used or has expired.
    pub async fn consume_sign_in_link(
        &mut self,
        id: &SignInLinkId,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.update_one(
            "UPDATE sign_in_link SET used_at = $2 WHERE id = $1 AND used_at IS NULL AND expires_at > $2",
            &[id.into(), now.into()],
        )
        .await
    }

    /// Deletes the unused invitation links of a person who is a member of no organization and no operator.
    pub async fn revoke_invitation_links(&mut self, person: &PersonId) -> Result<u64, StoreError> {
        self.execute(
            "DELETE FROM sign_in_link
              WHERE person_id = $1 AND purpose = $2 AND used_at IS NULL
                AND NOT EXISTS (SELECT 1 FROM member WHERE member.person_id = $1)
                AND NOT EXISTS (SELECT 1 FROM operator WHERE operator.person_id = $1)",
            &[person.into(), SignInLinkPurpose::Invitation.as_str().into()],
        )
        .await
    }
}
