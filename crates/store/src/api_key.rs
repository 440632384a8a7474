//! The operator's keys for the REST API.

use jiff::Timestamp;

use crate::engine::Row;
use crate::{ApiKeyId, Page, SecretHash, StoreError, Tx};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKey {
    pub id: ApiKeyId,
    pub hash: SecretHash,
    /// What the key is for, in the operator's words.
    pub name: String,
    pub created_at: Timestamp,
    pub revoked_at: Option<Timestamp>,
}

impl ApiKey {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.parsed("id")?,
            hash: row.hash("key_hash")?,
            name: row.text("name")?,
            created_at: row.time("created_at")?,
            revoked_at: row.maybe_time("revoked_at")?,
        })
    }
}

impl Tx {
    pub async fn add_api_key(&mut self, key: &ApiKey) -> Result<(), StoreError> {
        let ApiKey {
            id,
            hash,
            name,
            created_at,
            revoked_at,
        } = key;
        self.execute(
            "INSERT INTO api_key (id, key_hash, name, created_at, revoked_at) VALUES ($1, $2, $3, $4, $5)",
            &[id.into(), hash.into(), name.into(), (*created_at).into(), (*revoked_at).into()],
        )
        .await
        .map(drop)
    }

    /// Finds a key by the hash of its secret, unless it is revoked.
    pub async fn api_key(&mut self, hash: &SecretHash) -> Result<Option<ApiKey>, StoreError> {
        self.fetch_optional(
            "SELECT id, key_hash, name, created_at, revoked_at
               FROM api_key
              WHERE key_hash = $1 AND revoked_at IS NULL",
            &[hash.into()],
            ApiKey::from_row,
        )
        .await
    }

    /// Oldest first, including revoked keys.
    pub async fn api_keys(&mut self, page: &Page) -> Result<Vec<ApiKey>, StoreError> {
        self.fetch_all(
            "SELECT id, key_hash, name, created_at, revoked_at
               FROM api_key
              WHERE $1 IS NULL OR (created_at, id) > (SELECT created_at, id FROM api_key WHERE id = $1)
              ORDER BY created_at, id
              LIMIT $2",
            &[(&page.after).into(), page.limit()],
            ApiKey::from_row,
        )
        .await
    }

    /// `false` when the key does not exist or is revoked already.
    pub async fn revoke_api_key(
        &mut self,
        id: &ApiKeyId,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        self.update_one(
            "UPDATE api_key SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL",
            &[id.into(), at.into()],
        )
        .await
    }
}
