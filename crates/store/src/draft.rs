//! Drafts: what is being changed about a connection through which members sign in meanwhile.

use crate::engine::Row;
use crate::row::json;
use crate::{Connection, ConnectionId, Settings, StoreError, Tenant, TrustedCertificate, UnixTime};

/// Settings beside those of a connection, until they are published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The connection.
    pub connection: ConnectionId,
    /// Its settings to be.
    pub settings: Settings,
    /// Its certificates to be.
    pub certificates: Vec<TrustedCertificate>,
    /// When somebody last signed in with these as a test.
    pub tested_at: Option<UnixTime>,
    /// When it was last changed.
    pub updated_at: UnixTime,
    /// Who changed it then.
    pub updated_by: String,
}

impl Draft {
    /// The connection as it will be once the draft is published.
    pub fn over(self, mut connection: Connection) -> Connection {
        connection.settings = self.settings;
        connection.certificates = self.certificates;
        connection.progress.tested_at = self.tested_at;
        connection
    }
}

fn read(row: &Row) -> Result<Draft, StoreError> {
    Ok(Draft {
        connection: row.parsed("connection_id")?,
        settings: row.json("settings")?,
        certificates: row.json("certificates")?,
        tested_at: row.maybe_time("tested_at")?,
        updated_at: row.time("updated_at")?,
        updated_by: row.text("updated_by")?,
    })
}

impl Tenant<'_> {
    /// Makes those who change one connection at the same moment take turns; `false` when there is no such connection.
    pub async fn hold_connection(&mut self, id: &ConnectionId) -> Result<bool, StoreError> {
        self.tx
            .change(
                "UPDATE connection SET issuer = issuer WHERE organization_id = $1 AND id = $2",
                &[self.id.into(), id.into()],
            )
            .await
    }

    /// Finds the draft beside a connection.
    pub async fn draft(&mut self, id: &ConnectionId) -> Result<Option<Draft>, StoreError> {
        self.tx
            .optional(
                "SELECT connection_id, settings, certificates, tested_at, updated_at, updated_by
                   FROM connection_draft
                  WHERE organization_id = $1 AND connection_id = $2",
                &[self.id.into(), id.into()],
                read,
            )
            .await
    }

    /// Puts a draft beside a connection, in place of the one that is there; `false` when there is no such connection.
    pub async fn put_draft(&mut self, draft: &Draft) -> Result<bool, StoreError> {
        if !self.hold_connection(&draft.connection).await? {
            return Ok(false);
        }
        let (settings, certificates) = (json(&draft.settings), json(&draft.certificates));
        self.tx
            .change(
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
        at: UnixTime,
    ) -> Result<bool, StoreError> {
        self.tx
            .change(
                "UPDATE connection_draft SET tested_at = $3
                  WHERE organization_id = $1 AND connection_id = $2",
                &[self.id.into(), id.into(), at.into()],
            )
            .await
    }

    /// Throws the draft beside a connection away; `false` when there is none.
    pub async fn discard_draft(&mut self, id: &ConnectionId) -> Result<bool, StoreError> {
        self.tx
            .change(
                "DELETE FROM connection_draft WHERE organization_id = $1 AND connection_id = $2",
                &[self.id.into(), id.into()],
            )
            .await
    }
}
