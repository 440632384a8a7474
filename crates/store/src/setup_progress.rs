//! The progress of the guided setup, so that several people can work on it.

use jiff::Timestamp;

use crate::engine::Row;
use crate::{ConnectionId, OrganizationTx, StoreError, row};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SetupProgress {
    /// The completed steps of the guide.
    pub completed_steps: Vec<String>,
    /// Who made the last test sign-in.
    pub tested_by: Option<String>,
    pub metadata_url: Option<String>,
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
    pub async fn setup_progress(
        &mut self,
        id: &ConnectionId,
    ) -> Result<Option<SetupProgress>, StoreError> {
        self.tx
            .fetch_optional(
                "SELECT completed_steps, tested_by, metadata_url, metadata_fetched_at
                   FROM connection
                  WHERE organization_id = $1 AND id = $2 AND deleted_at IS NULL",
                &[self.id.into(), id.into()],
                SetupProgress::from_row,
            )
            .await
    }

    pub async fn set_completed_steps(
        &mut self,
        id: &ConnectionId,
        steps: &[String],
    ) -> Result<bool, StoreError> {
        let steps = row::json(steps);
        self.tx
            .update_one(
                "UPDATE connection SET completed_steps = $3 WHERE organization_id = $1 AND id = $2",
                &[self.id.into(), id.into(), (&steps).into()],
            )
            .await
    }

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

    /// `None` after the settings have changed.
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

    pub async fn set_tested_by(&mut self, id: &ConnectionId, by: &str) -> Result<bool, StoreError> {
        self.tx
            .update_one(
                "UPDATE connection SET tested_by = $3 WHERE organization_id = $1 AND id = $2",
                &[self.id.into(), id.into(), by.into()],
            )
            .await
    }
}
