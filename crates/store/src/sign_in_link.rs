//! Links that sign a person in once.

use jiff::Timestamp;

use crate::engine::Row;
use crate::{PersonId, SecretHash, SignInLinkId, SignInLinkPurpose, StoreError, Tx};

/// A link that signs a person in once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignInLink {
    /// Its identifier.
    pub id: SignInLinkId,
    /// The hash of its token.
    pub token: SecretHash,
    /// What it is for.
    pub purpose: SignInLinkPurpose,
    /// Whom it signs in; nobody yet, when it makes the first operator.
    pub person: Option<PersonId>,
    /// When it was made.
    pub created_at: Timestamp,
    /// From when it is worth nothing.
    pub expires_at: Timestamp,
    /// When it was used.
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
    /// Remembers a link that is about to be handed out.
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

    /// Finds a link by its token, used or over as it may be: look.
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

    /// Uses a link up; of two who try at once, one does.
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

    /// Makes every unused link of a purpose that names nobody worth nothing.
    pub async fn expire_sign_in_links(
        &mut self,
        purpose: SignInLinkPurpose,
        now: Timestamp,
    ) -> Result<u64, StoreError> {
        self.execute(
            "UPDATE sign_in_link SET expires_at = $2
              WHERE purpose = $1 AND person_id IS NULL AND used_at IS NULL AND expires_at > $2",
            &[purpose.as_str().into(), now.into()],
        )
        .await
    }
}
