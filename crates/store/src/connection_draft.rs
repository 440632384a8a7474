//! Drafts: what is being changed about a connection through which members sign in meanwhile.

use jiff::Timestamp;

use crate::engine::Row;
use crate::row::json;
use crate::{
    Connection, ConnectionId, ConnectionSettings, OrganizationTx, StoreError, TrustedCertificate,
};

/// ConnectionSettings beside those of a connection, until they are published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectionDraft {
    /// The connection.
    pub connection: ConnectionId,
    /// Its settings to be.
    pub settings: ConnectionSettings,
    /// Its certificates to be.
    pub certificates: Vec<TrustedCertificate>,
    /// When somebody last signed in with these as a test.
    pub tested_at: Option<Timestamp>,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// Who changed it then.
    pub updated_by: String,
}

impl ConnectionDraft {
    /// The connection as it will be once the draft is published.
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
    /// Makes those who change one connection at the same moment take turns; `false` when there is no such connection.
    pub async fn lock_connection(&mut self, id: &ConnectionId) -> Result<bool, StoreError> {
        self.tx
            .update_one(
                "UPDATE connection SET issuer = issuer WHERE organization_id = $1 AND id = $2",
                &[self.id.into(), id.into()],
            )
            .await
    }

    /// Finds the draft beside a connection.
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

    /// Puts a draft beside a connection, in place of the one that is there; `false` when there is no such connection.
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

    /// Notes that somebody has signed in with a draft as a test; `false` when there is no draft.
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

    /// Throws the draft beside a connection away; `false` when there is none.
    pub async fn discard_draft(&mut self, id: &ConnectionId) -> Result<bool, StoreError> {
        self.tx
            .update_one(
                "DELETE FROM connection_draft WHERE organization_id = $1 AND connection_id = $2",
                &[self.id.into(), id.into()],
            )
            .await
    }
}
