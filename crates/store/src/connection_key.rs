//! The service provider's key pairs for one connection.

use jiff::Timestamp;

use crate::engine::Row;
use crate::{
    ConnectionId, ConnectionKeyId, KeyPurpose, OrganizationTx, SealedText, StoreError, Tx,
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectionKey {
    pub id: ConnectionKeyId,
    pub connection: ConnectionId,
    pub purpose: KeyPurpose,
    pub private_key: SealedText,
    /// Self-signed; DER in base64.
    pub certificate: String,
    pub created_at: Timestamp,
    /// Since when the metadata contains it.
    pub published_at: Option<Timestamp>,
    pub active_from: Option<Timestamp>,
    pub retired_at: Option<Timestamp>,
}

impl ConnectionKey {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.parsed("id")?,
            connection: row.parsed("connection_id")?,
            purpose: row.parsed("purpose")?,
            private_key: row.sealed("private_key")?,
            certificate: row.text("certificate")?,
            created_at: row.time("created_at")?,
            published_at: row.maybe_time("published_at")?,
            active_from: row.maybe_time("active_from")?,
            retired_at: row.maybe_time("retired_at")?,
        })
    }
}

impl Tx {
    /// Whether a certificate (DER in base64) belongs to a key pair of any connection.
    ///
    /// Such a certificate must not be trusted as an identity provider's.
    pub async fn is_own_certificate(&mut self, der_base64: &str) -> Result<bool, StoreError> {
        self.fetch_optional(
            "SELECT id FROM connection_key WHERE certificate = $1 LIMIT 1",
            &[der_base64.into()],
            |_| Ok(()),
        )
        .await
        .map(|found| found.is_some())
    }

    /// Some connections whose newest signing key is used since before this time.
    pub async fn connections_with_keys_before(
        &mut self,
        time: Timestamp,
        limit: u32,
    ) -> Result<Vec<ConnectionId>, StoreError> {
        self.fetch_all(
            "SELECT connection_key.connection_id
               FROM connection_key
               JOIN existing_organization ON existing_organization.id = connection_key.organization_id
               JOIN connection ON connection.id = connection_key.connection_id
              WHERE connection_key.purpose = $1 AND connection.deleted_at IS NULL
              GROUP BY connection_key.connection_id
             HAVING MAX(COALESCE(connection_key.active_from, connection_key.created_at)) <= $2
              ORDER BY connection_key.connection_id
              LIMIT $3",
            &[
                KeyPurpose::Signing.as_str().into(),
                time.into(),
                i64::from(limit).into(),
            ],
            |row| row.parsed("connection_id"),
        )
        .await
    }

    /// The connection that a key pair belongs to; `None` when it is deleted.
    pub async fn connection_of_key(
        &mut self,
        key: &str,
    ) -> Result<Option<ConnectionId>, StoreError> {
        self.fetch_optional(
            "SELECT connection_key.connection_id
               FROM connection_key
               JOIN existing_organization ON existing_organization.id = connection_key.organization_id
               JOIN connection ON connection.id = connection_key.connection_id
              WHERE connection_key.id = $1 AND connection.deleted_at IS NULL",
            &[key.into()],
            |row| row.parsed("connection_id"),
        )
        .await
    }
}

impl OrganizationTx<'_> {
    /// Oldest first, including retired keys.
    pub async fn connection_keys(
        &mut self,
        connection: &ConnectionId,
    ) -> Result<Vec<ConnectionKey>, StoreError> {
        self.tx
            .fetch_all(
                "SELECT id, connection_id, purpose, private_key, certificate, created_at, published_at,
                        active_from, retired_at
                   FROM connection_key
                  WHERE organization_id = $1 AND connection_id = $2
                  ORDER BY created_at, id",
                &[self.id.into(), connection.into()],
                ConnectionKey::from_row,
            )
            .await
    }

    pub async fn add_connection_key(&mut self, key: &ConnectionKey) -> Result<(), StoreError> {
        self.tx
            .execute(
                "INSERT INTO connection_key (organization_id, id, connection_id, purpose, private_key,
                                             certificate, created_at, published_at, active_from, retired_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                &[
                    self.id.into(),
                    (&key.id).into(),
                    (&key.connection).into(),
                    key.purpose.as_str().into(),
                    (&key.private_key).into(),
                    (&key.certificate).into(),
                    key.created_at.into(),
                    key.published_at.into(),
                    key.active_from.into(),
                    key.retired_at.into(),
                ],
            )
            .await
            .map(drop)
    }

    pub async fn publish_connection_key(
        &mut self,
        key: &ConnectionKeyId,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        self.tx
            .update_one(
                "UPDATE connection_key SET published_at = $3 WHERE organization_id = $1 AND id = $2",
                &[self.id.into(), key.into(), at.into()],
            )
            .await
    }

    pub async fn activate_connection_key(
        &mut self,
        key: &ConnectionKeyId,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        self.tx
            .update_one(
                "UPDATE connection_key SET active_from = $3 WHERE organization_id = $1 AND id = $2",
                &[self.id.into(), key.into(), at.into()],
            )
            .await
    }

    pub async fn retire_connection_key(
        &mut self,
        key: &ConnectionKeyId,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        self.tx
            .update_one(
                "UPDATE connection_key SET retired_at = $3 WHERE organization_id = $1 AND id = $2",
                &[self.id.into(), key.into(), at.into()],
            )
            .await
    }
}
