//! Drafts: unpublished changes of an active connection.

use jiff::Timestamp;

use crate::engine::Row;
use crate::row::json;
use crate::{
    Connection, ConnectionId, ConnectionSettings, OrganizationTx, StoreError, TrustedCertificate,
};

/// Changed settings that members do not use until they are published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectionDraft {
    pub connection: ConnectionId,
    pub settings: ConnectionSettings,
    pub certificates: Vec<TrustedCertificate>,
    /// The last successful test sign-in with the draft.
    pub tested_at: Option<Timestamp>,
    pub updated_at: Timestamp,
    pub updated_by: String,
}

impl ConnectionDraft {
    /// The connection as it will be when the draft is published.
    pub fn apply_to(self, mut connection: Connection) -> Connection {
        connection.settings = self.settings;
        connection.certificates = self.certificates;
        connection.lifecycle.tested_at = self.tested_at;
        connection
    }
}

impl ConnectionDraft {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            connection: row.parsed("connection_id")?,
            settings: row.json("settings")?,
            certificates: row.json("certificates")?,
            tested_at: row.maybe_time("tested_at")?,
            updated_at: row.time("updated_at")?,
            updated_by: row.text("updated_by")?,
        })
    }
}

impl OrganizationTx<'_> {
    /// Locks a connection until the transaction ends, like `SELECT … FOR UPDATE`; `false` when it does not exist.
    pub async fn lock_connection(&mut self, id: &ConnectionId) -> Result<bool, StoreError> {
        self.tx
            .update_one(
                "UPDATE connection SET issuer = issuer
                  WHERE organization_id = $1 AND id = $2 AND deleted_at IS NULL",
                &[self.id.into(), id.into()],
            )
            .await
    }

    pub async fn draft(
        &mut self,
        id: &ConnectionId,
    ) -> Result<Option<ConnectionDraft>, StoreError> {
        self.tx
            .fetch_optional(
                "SELECT connection_id, settings, certificates, tested_at, updated_at, updated_by
                   FROM connection_draft
                  WHERE organization_id = $1 AND connection_id = $2",
                &[self.id.into(), id.into()],
                ConnectionDraft::from_row,
            )
            .await
    }

    /// Creates or replaces the draft of a connection; `false` when the connection does not exist.
    pub async fn upsert_draft(&mut self, draft: &ConnectionDraft) -> Result<bool, StoreError> {
        if !self.lock_connection(&draft.connection).await? {
            return Ok(false);
        }
        let settings = json(&draft.settings);
        let certificates = json(&draft.certificates);
        self.tx
            .update_one(
                "INSERT INTO connection_draft (organization_id, connection_id, settings, certificates, tested_at,
                                               updated_at, updated_by)
                 VALUES ($1, $2, $3, $4, $5, $6, $7)
                 ON CONFLICT (connection_id) DO UPDATE
                    SET settings = excluded.settings, certificates = excluded.certificates,
                        tested_at = excluded.tested_at, updated_at = excluded.updated_at,
                        updated_by = excluded.updated_by",
                &[
                    self.id.into(),
                    (&draft.connection).into(),
                    (&settings).into(),
                    (&certificates).into(),
                    draft.tested_at.into(),
                    draft.updated_at.into(),
                    (&draft.updated_by).into(),
                ],
            )
            .await
    }

    /// `false` when the connection has no draft.
    pub async fn mark_draft_tested(
        &mut self,
        id: &ConnectionId,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        self.tx
            .update_one(
                "UPDATE connection_draft SET tested_at = $3
                  WHERE organization_id = $1 AND connection_id = $2",
                &[self.id.into(), id.into(), at.into()],
            )
            .await
    }

    /// `false` when the connection has no draft.
    pub async fn discard_draft(&mut self, id: &ConnectionId) -> Result<bool, StoreError> {
        self.tx
            .update_one(
                "DELETE FROM connection_draft WHERE organization_id = $1 AND connection_id = $2",
                &[self.id.into(), id.into()],
            )
            .await
    }
}
