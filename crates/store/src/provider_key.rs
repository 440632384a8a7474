//! The keys that sign ID tokens.

use jiff::Timestamp;

use crate::engine::Row;
use crate::{IdTokenAlgorithm, SealedText, StoreError, Tx};

/// A key of our OpenID provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderKey {
    /// Its name in the JWKS and in token headers.
    pub kid: String,
    /// What it signs with.
    pub algorithm: IdTokenAlgorithm,
    /// The private key, sealed.
    pub private_key: SealedText,
    /// The public key as a JWK, in JSON.
    pub public_jwk: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// Since when the JWKS shows it.
    pub published_at: Option<Timestamp>,
    /// From when it signs.
    pub active_from: Option<Timestamp>,
    /// Since when it does not sign any more.
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
    /// Every key of our OpenID provider, oldest first, retired ones too.
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

    /// Adds a key.
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

    /// Notes since when the JWKS shows a key.
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

    /// Notes from when a key signs.
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

    /// Notes since when a key does not sign any more.
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
