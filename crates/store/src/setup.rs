//! How far the setting up of a connection has come, so that several people can go on with it.

use crate::engine::Row;
use crate::{ConnectionId, StoreError, Tenant, UnixTime};

/// How far the setting up of a connection has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Setup {
    /// The cards of its guide that are done.
    pub done: Vec<String>,
    /// Who last signed in through it as a test.
    pub tested_by: Option<String>,
    /// Where the identity provider publishes its metadata.
    pub metadata_url: Option<String>,
    /// When the metadata was last read from there.
    pub metadata_read_at: Option<UnixTime>,
}

fn read(row: &Row) -> Result<Setup, StoreError> {
    Ok(Setup {
        done: row.json("setup_done")?,
        tested_by: row.maybe_text("tested_by")?,
        metadata_url: row.maybe_text("metadata_url")?,
        metadata_read_at: row.maybe_time("metadata_read_at")?,
    })
}

impl Tenant<'_> {
    /// How far the setting up of a connection has come.
    pub async fn setup(&mut self, id: &ConnectionId) -> Result<Option<Setup>, StoreError> {
        self.tx
            .optional(
                "SELECT setup_done, tested_by, metadata_url, metadata_read_at
                   FROM connection
                  WHERE organization_id = $1 AND id = $2",
                &[self.id.into(), id.into()],
                read,
            )
            .await
    }

    /// Writes down which cards of its guide are done.
    pub async fn set_setup_done(
        &mut self,
        id: &ConnectionId,
        done: &[String],
    ) -> Result<bool, StoreError> {
        let done = crate::row::json(done);
        self.tx
            .change(
                "UPDATE connection SET setup_done = $3 WHERE organization_id = $1 AND id = $2",
                &[self.id.into(), id.into(), (&done).into()],
            )
            .await
    }

    /// Writes down where the identity provider publishes its metadata, and when it was read from there.
    pub async fn set_metadata_source(
        &mut self,
        id: &ConnectionId,
        url: Option<&str>,
        read_at: Option<UnixTime>,
    ) -> Result<bool, StoreError> {
        self.tx
            .change(
                "UPDATE connection SET metadata_url = $3, metadata_read_at = $4
                  WHERE organization_id = $1 AND id = $2",
                &[self.id.into(), id.into(), url.into(), read_at.into()],
            )
            .await
    }

    /// Notes since when the settings of a connection are tested; nothing once they have changed.
    pub async fn set_tested(
        &mut self,
        id: &ConnectionId,
        at: Option<UnixTime>,
    ) -> Result<bool, StoreError> {
        self.tx
            .change(
                "UPDATE connection SET tested_at = $3 WHERE organization_id = $1 AND id = $2",
                &[self.id.into(), id.into(), at.into()],
            )
            .await
    }

    /// Notes who last signed in through a connection as a test.
    pub async fn set_tester(&mut self, id: &ConnectionId, by: &str) -> Result<bool, StoreError> {
        self.tx
            .change(
                "UPDATE connection SET tested_by = $3 WHERE organization_id = $1 AND id = $2",
                &[self.id.into(), id.into(), by.into()],
            )
            .await
    }
}
