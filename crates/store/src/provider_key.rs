//! The keys of the OpenID provider.

use jiff::Timestamp;

use crate::engine::Row;
use crate::{IdTokenAlgorithm, SealedText, StoreError, Tx};

/// A key that signs ID tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderKey {
    pub kid: String,
    pub algorithm: IdTokenAlgorithm,
    pub private_key: SealedText,
    /// A JWK as JSON.
    pub public_jwk: String,
    pub created_at: Timestamp,
    /// Since when the JWK set contains it.
    pub published_at: Option<Timestamp>,
    pub active_from: Option<Timestamp>,
    pub retired_at: Option<Timestamp>,
}

impl ProviderKey {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            kid: row.text("kid")?,
            algorithm: row.parsed("algorithm")?,
            private_key: row.sealed("private_key")?,
            public_jwk: row.text("public_jwk")?,
            created_at: row.time("created_at")?,
            published_at: row.maybe_time("published_at")?,
            active_from: row.maybe_time("active_from")?,
            retired_at: row.maybe_time("retired_at")?,
        })
    }
}

impl Tx {
    /// Oldest first, including retired keys.
    pub async fn provider_keys(&mut self) -> Result<Vec<ProviderKey>, StoreError> {
        self.fetch_all(
            "SELECT kid, algorithm, private_key, public_jwk, created_at, published_at, active_from, retired_at
               FROM provider_key
              ORDER BY created_at, kid",
            &[],
            ProviderKey::from_row,
        )
        .await
    }

    /// Whether a secret is stored that only one key can unseal.
    pub async fn has_sealed_secrets(&mut self) -> Result<bool, StoreError> {
        let found = self
            .fetch_optional(
                "SELECT 1 AS found
                  WHERE EXISTS (SELECT 1 FROM provider_key) OR EXISTS (SELECT 1 FROM connection_key)",
                &[],
                |_| Ok(()),
            )
            .await?;
        Ok(found.is_some())
    }

    pub async fn add_provider_key(&mut self, key: &ProviderKey) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO provider_key (kid, algorithm, private_key, public_jwk, created_at, published_at,
                                       active_from, retired_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            &[
                (&key.kid).into(),
                key.algorithm.as_str().into(),
                (&key.private_key).into(),
                (&key.public_jwk).into(),
                key.created_at.into(),
                key.published_at.into(),
                key.active_from.into(),
                key.retired_at.into(),
            ],
        )
        .await
        .map(drop)
    }

    pub async fn delete_provider_key(&mut self, kid: &str) -> Result<bool, StoreError> {
        self.update_one("DELETE FROM provider_key WHERE kid = $1", &[kid.into()])
            .await
    }

    /// Deletes the keys that were retired before this time.
    pub async fn delete_retired_provider_keys(
        &mut self,
        before: Timestamp,
    ) -> Result<u64, StoreError> {
        let values = [before.into()];
        self.execute("DELETE FROM provider_key WHERE retired_at < $1", &values)
            .await
    }

    pub async fn publish_provider_key(
        &mut self,
        kid: &str,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let values = [kid.into(), at.into()];
        self.update_one(
            "UPDATE provider_key SET published_at = $2 WHERE kid = $1",
            &values,
        )
        .await
    }

    pub async fn activate_provider_key(
        &mut self,
        kid: &str,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let values = [kid.into(), at.into()];
        self.update_one(
            "UPDATE provider_key SET active_from = $2 WHERE kid = $1",
            &values,
        )
        .await
    }

    pub async fn retire_provider_key(
        &mut self,
        kid: &str,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let values = [kid.into(), at.into()];
        self.update_one(
            "UPDATE provider_key SET retired_at = $2 WHERE kid = $1",
            &values,
        )
        .await
    }
}
