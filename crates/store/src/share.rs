//! A share of the database's connections, so that slow pages cannot take those that sign-ins need.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use crate::StoreError;

/// How long a request waits for its turn.
const SHARE_TIMEOUT: Duration = Duration::from_millis(1500);

/// How many connections and queued writes the requests of the share may have at a time.
#[derive(Clone, Debug)]
pub(crate) struct Share {
    connections: Arc<Semaphore>,
    /// The same as `connections` where a write needs one of them.
    writes: Arc<Semaphore>,
}

impl Share {
    /// Half of a pool, from which both snapshots and units of work take connections.
    pub(crate) fn of_pool(max_connections: u32) -> Self {
        let connections = half(max_connections);
        Self {
            writes: Arc::clone(&connections),
            connections,
        }
    }

    /// Half of a pool of readers, and some writes in the queue of the single writer.
    pub(crate) fn of_readers(max_connections: u32, queued_writes: usize) -> Self {
        Self {
            connections: half(max_connections),
            writes: Arc::new(Semaphore::new(queued_writes)),
        }
    }

    pub(crate) async fn connection(&self) -> Result<OwnedSemaphorePermit, StoreError> {
        acquire(&self.connections).await
    }

    pub(crate) async fn write(&self) -> Result<OwnedSemaphorePermit, StoreError> {
        acquire(&self.writes).await
    }
}

fn half(max_connections: u32) -> Arc<Semaphore> {
    let permits = usize::try_from(max_connections / 2).unwrap_or(1);
    Arc::new(Semaphore::new(permits.max(1)))
}

async fn acquire(semaphore: &Arc<Semaphore>) -> Result<OwnedSemaphorePermit, StoreError> {
    let permit = timeout(SHARE_TIMEOUT, Arc::clone(semaphore).acquire_owned()).await;
    permit
        .map_err(|_elapsed| StoreError::ShareExhausted)?
        .map_err(|_closed| StoreError::Closed)
}
