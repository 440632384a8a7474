//! The statements for the signing certificates of connections.

use std::collections::BTreeMap;

use crate::engine::{Row, Value};
use crate::{Connection, ConnectionId, OrganizationTx, StoreError, TrustedCertificate, Tx};

impl TrustedCertificate {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            sha256: row.text("sha256")?,
            der_base64: row.text("der_base64")?,
        })
    }
}

impl Tx {
    /// The certificates of the connections with IDs in a range, by the connection's ID.
    pub(crate) async fn certificates_in_range(
        &mut self,
        range: &[Value<'_>],
    ) -> Result<BTreeMap<String, Vec<TrustedCertificate>>, StoreError> {
        let rows = self
            .fetch_all(
                "SELECT connection_id, sha256, der_base64 FROM certificate
                  WHERE connection_id > $1 AND connection_id <= $2 ORDER BY connection_id, position",
                range,
                |row| Ok((row.text("connection_id")?, TrustedCertificate::from_row(row)?)),
            )
            .await?;
        let mut certificates: BTreeMap<String, Vec<TrustedCertificate>> = BTreeMap::new();
        for (connection, certificate) in rows {
            certificates
                .entry(connection)
                .or_default()
                .push(certificate);
        }
        Ok(certificates)
    }

    /// The connection with its certificates.
    pub(crate) async fn with_certificates(
        &mut self,
        found: Option<Connection>,
    ) -> Result<Option<Connection>, StoreError> {
        let Some(mut connection) = found else {
            return Ok(None);
        };
        connection.certificates = self
            .fetch_all(
                "SELECT sha256, der_base64 FROM certificate WHERE connection_id = $1 ORDER BY position",
                &[(&connection.id).into()],
                TrustedCertificate::from_row,
            )
            .await?;
        Ok(Some(connection))
    }
}

impl OrganizationTx<'_> {
    /// Replaces all certificates of a connection; `false` when the organization has no such connection.
    pub async fn replace_certificates(
        &mut self,
        id: &ConnectionId,
        certificates: &[TrustedCertificate],
    ) -> Result<bool, StoreError> {
        let exists = self.lock_connection(id).await?;
        if exists {
            self.tx
                .execute(
                    "DELETE FROM certificate WHERE connection_id = $1",
                    &[id.into()],
                )
                .await?;
            self.tx
                .execute(
                    "UPDATE connection SET certificates_expire_at = NULL WHERE id = $1",
                    &[id.into()],
                )
                .await?;
            self.add_certificates(id, certificates).await?;
        }
        Ok(exists)
    }

    pub(crate) async fn add_certificates(
        &mut self,
        id: &ConnectionId,
        certificates: &[TrustedCertificate],
    ) -> Result<(), StoreError> {
        for (position, certificate) in (0_i64..).zip(certificates) {
            let TrustedCertificate { sha256, der_base64 } = certificate;
            self.tx
                .execute(
                    "INSERT INTO certificate (connection_id, position, sha256, der_base64)
                     VALUES ($1, $2, $3, $4)",
                    &[id.into(), position.into(), sha256.into(), der_base64.into()],
                )
                .await?;
        }
        Ok(())
    }
}
