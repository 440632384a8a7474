//! Versions: the published settings of a connection.

use jiff::Timestamp;

use crate::engine::Row;
use crate::row::json;
use crate::{
    Connection, ConnectionId, ConnectionSettings, OrganizationTx, StoreError, TrustedCertificate,
};

/// The settings of a connection as they were published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectionVersion {
    pub connection: ConnectionId,
    /// Counts from 1.
    pub number: i64,
    pub settings: ConnectionSettings,
    pub certificates: Vec<TrustedCertificate>,
    pub published_at: Timestamp,
    pub published_by: String,
}

macro_rules! columns {
    () => {
        "connection_id, number, settings, certificates, published_at, published_by"
    };
}

impl ConnectionVersion {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            connection: row.parsed("connection_id")?,
            number: row.number("number")?,
            settings: row.json("settings")?,
            certificates: row.json("certificates")?,
            published_at: row.time("published_at")?,
            published_by: row.text("published_by")?,
        })
    }
}

impl OrganizationTx<'_> {
    /// Adds a version, unless it equals the latest one; `false` when nothing was added.
    pub async fn add_version(
        &mut self,
        connection: &Connection,
        at: Timestamp,
        by: &str,
    ) -> Result<bool, StoreError> {
        if !self.lock_connection(&connection.id).await? {
            return Ok(false);
        }
        let latest = self.versions(&connection.id).await?.into_iter().next();
        let is_known = latest.as_ref().is_some_and(|latest| {
            latest.settings == connection.settings && latest.certificates == connection.certificates
        });
        if is_known {
            return Ok(false);
        }
        let number = latest.map_or(1, |latest| latest.number.saturating_add(1));
        let settings = json(&connection.settings);
        let certificates = json(&connection.certificates);
        self.tx
            .update_one(
                "INSERT INTO connection_version (organization_id, connection_id, number, settings, certificates,
                                                 published_at, published_by)
                 VALUES ($1, $2, $3, $4, $5, $6, $7)",
                &[
                    self.id.into(),
                    (&connection.id).into(),
                    number.into(),
                    (&settings).into(),
                    (&certificates).into(),
                    at.into(),
                    by.into(),
                ],
            )
            .await
    }

    /// Newest first.
    pub async fn versions(
        &mut self,
        id: &ConnectionId,
    ) -> Result<Vec<ConnectionVersion>, StoreError> {
        self.tx
            .fetch_all(
                concat!(
                    "SELECT ",
                    columns!(),
                    " FROM connection_version
                      WHERE organization_id = $1 AND connection_id = $2
                      ORDER BY number DESC"
                ),
                &[self.id.into(), id.into()],
                ConnectionVersion::from_row,
            )
            .await
    }

    pub async fn version(
        &mut self,
        id: &ConnectionId,
        number: i64,
    ) -> Result<Option<ConnectionVersion>, StoreError> {
        self.tx
            .fetch_optional(
                concat!(
                    "SELECT ",
                    columns!(),
                    " FROM connection_version
                      WHERE organization_id = $1 AND connection_id = $2 AND number = $3"
                ),
                &[self.id.into(), id.into(), number.into()],
                ConnectionVersion::from_row,
            )
            .await
    }
}
