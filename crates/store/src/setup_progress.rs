//! How far the setting up of a connection has come, so that several people can go on with it.

use jiff::Timestamp;

use crate::engine::Row;
use crate::{ConnectionId, OrganizationTx, StoreError};

/// How far the setting up of a connection has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SetupProgress {
    /// The cards of its guide that are done.
    pub completed_steps: Vec<String>,
    /// Who last signed in through it as a test.
    pub tested_by: Option<String>,
    /// Where the identity provider publishes its metadata.
    pub metadata_url: Option<String>,
    /// When the metadata was last read from there.
    pub metadata_fetched_at: Option<Timestamp>,
}

impl SetupProgress {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            completed_steps: row.json("completed_steps")?,
            tested_by: row.maybe_text("tested_by")?,
            metadata_url: row.maybe_text("metadata_url")?,
            metadata_fetched_at: row.maybe_time("metadata_fetched_at")?,
        })
    }
}

impl OrganizationTx<'_> {
    /// How far the setting up of a connection has come.
    pub async fn setup_progress(
        &mut self,
        id: &ConnectionId,
    ) -> Result<Option<SetupProgress>, StoreError> {
        self.tx
            .fetch_optional(
                "SELECT completed_steps, tested_by, metadata_url, metadata_fetched_at
                   FROM connection
                  WHERE organization_id = $1 AND id = $2",
                &[self.id.into(), id.into()],
                SetupProgress::from_row,
            )
            .await
    }

    /// Writes down which cards of its guide are done.
    pub async fn set_completed_steps(
        &mut self,
        id: &ConnectionId,
        steps: &[String],
    ) -> Result<bool, StoreError> {
        let steps = crate::row::json(steps);
        self.tx
            .update_one(
                "UPDATE connection SET completed_steps = $3 WHERE organization_id = $1 AND id = $2",
                &[self.id.into(), id.into(), (&steps).into()],
            )
            .await
    }

    /// Writes down where the identity provider publishes its metadata, and when it was read from there.
    pub async fn set_metadata_source(
        &mut self,
        id: &ConnectionId,
        url: Option<&str>,
        read_at: Option<Timestamp>,
    ) -> Result<bool, StoreError> {
        self.tx
            .update_one(
                "UPDATE connection SET metadata_url = $3, metadata_fetched_at = $4
                  WHERE organization_id = $1 AND id = $2",
                &[self.id.into(), id.into(), url.into(), read_at.into()],
            )
            .await
    }

    /// Notes since when the settings of a connection are tested; nothing once they have changed.
    pub async fn set_tested(
        &mut self,
        id: &ConnectionId,
        at: Option<Timestamp>,
    ) -> Result<bool, StoreError> {
        self.tx
            .update_one(
                "UPDATE connection SET tested_at = $3 WHERE organization_id = $1 AND id = $2",
                &[self.id.into(), id.into(), at.into()],
            )
            .await
    }

    /// Notes who last signed in through a connection as a test.
    pub async fn set_tested_by(&mut self, id: &ConnectionId, by: &str) -> Result<bool, StoreError> {
        self.tx
            .update_one(
                "UPDATE connection SET tested_by = $3 WHERE organization_id = $1 AND id = $2",
                &[self.id.into(), id.into(), by.into()],
            )
            .await
    }
}
