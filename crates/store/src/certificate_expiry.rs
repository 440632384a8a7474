//! When the certificates of connections expire. The service reads that from the certificates, in the background.

use jiff::Timestamp;

use crate::{ConnectionId, OrganizationId, OrganizationTx, StoreError, Tx};

/// An active connection whose certificates have not been read yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadCertificates {
    pub organization: OrganizationId,
    pub connection: ConnectionId,
}

impl Tx {
    /// Some active connections whose certificates have not been read yet.
    pub async fn unread_certificates(
        &mut self,
        limit: u32,
    ) -> Result<Vec<UnreadCertificates>, StoreError> {
        self.fetch_all(
            "SELECT organization_id, id FROM connection
              WHERE activated_at IS NOT NULL AND disabled_at IS NULL AND certificates_expire_at IS NULL
              ORDER BY organization_id, id LIMIT $1",
            &[i64::from(limit).into()],
            |row| {
                Ok(UnreadCertificates {
                    organization: row.parsed("organization_id")?,
                    connection: row.parsed("id")?,
                })
            },
        )
        .await
    }
}

impl OrganizationTx<'_> {
    /// Stores when the last certificate of a connection expires.
    pub async fn set_certificates_expiry(
        &mut self,
        id: &ConnectionId,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        self.tx
            .update_one(
                "UPDATE connection SET certificates_expire_at = $3 WHERE organization_id = $1 AND id = $2",
                &[self.id.into(), id.into(), at.into()],
            )
            .await
    }
}
