//! When the certificates of connections expire. The service reads that from the certificates, in the background.

use jiff::Timestamp;

use crate::{ConnectionId, OrganizationId, OrganizationTx, StoreError, Tx};

/// An active connection whose certificates have not been read yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadCertificates {
    pub organization: OrganizationId,
    pub connection: ConnectionId,
}

/// The times that separate the groups of [`ExpiryCount`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExpiryLimits {
    pub now: Timestamp,
    pub soon: Timestamp,
    pub later: Timestamp,
}

/// How many active connections have a last certificate that expires in each period. Those whose certificates have not
/// been read yet are in none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ExpiryCount {
    /// Until now.
    pub expired: u64,
    /// Until [`ExpiryLimits::soon`].
    pub soon: u64,
    /// Until [`ExpiryLimits::later`].
    pub later: u64,
    pub after: u64,
}

impl Tx {
    pub async fn count_certificate_expiries(
        &mut self,
        limits: &ExpiryLimits,
    ) -> Result<ExpiryCount, StoreError> {
        let counted = self
            .fetch_optional(
                "SELECT COUNT(CASE WHEN certificates_expire_at <= $1 THEN 1 END) AS expired,
                        COUNT(CASE WHEN certificates_expire_at > $1 AND certificates_expire_at <= $2 THEN 1 END) AS soon,
                        COUNT(CASE WHEN certificates_expire_at > $2 AND certificates_expire_at <= $3 THEN 1 END) AS later,
                        COUNT(CASE WHEN certificates_expire_at > $3 THEN 1 END) AS after
                   FROM connection
                  WHERE activated_at IS NOT NULL AND disabled_at IS NULL AND deleted_at IS NULL",
                &[limits.now.into(), limits.soon.into(), limits.later.into()],
                |row| {
                    let count = |column| row.number(column).map(i64::unsigned_abs);
                    Ok(ExpiryCount {
                        expired: count("expired")?,
                        soon: count("soon")?,
                        later: count("later")?,
                        after: count("after")?,
                    })
                },
            )
            .await?;
        Ok(counted.unwrap_or_default())
    }

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
