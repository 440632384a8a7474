//! Work on many rows, in many small transactions.

use std::time::Duration;

use tokio::time::sleep;

use crate::{Store, StoreError, Tx, UnitOfWork};

/// How long to wait between two batches, so that other writes have the database in between.
const BATCH_PAUSE: Duration = Duration::from_millis(2);

impl Store {
    /// Runs a unit of work again, each time in a transaction of its own, as long as it returns that rows are left.
    ///
    /// A unit changes a few hundred rows at most: on SQLite it holds up every other write.
    pub async fn write_in_batches<E, F>(&self, unit: F) -> Result<(), E>
    where
        E: From<StoreError> + Send + 'static,
        F: AsyncFnOnce(&mut Tx) -> Result<bool, E>
            + for<'t> UnitOfWork<'t, bool, E>
            + Clone
            + Send
            + 'static,
    {
        while self.write(unit.clone()).await? {
            sleep(BATCH_PAUSE).await;
        }
        Ok(())
    }
}
