//! Snapshots: transactions that only read.

use std::ops::{Deref, DerefMut};

use tokio::sync::OwnedSemaphorePermit;
use tokio::time::Instant;

use crate::Tx;
use crate::engine::DbTx;
use crate::unit_of_work::UNIT_TIMEOUT;

/// One consistent, read-only view of the database: a [`Tx`] that ends when it is dropped.
///
/// A statement that would change something fails, and so does every statement after five seconds
/// ([`StoreError::Timeout`](crate::StoreError::Timeout)). A snapshot occupies one of a few database connections: drop
/// it before slow work that does not read.
pub struct Snapshot {
    tx: Tx,
    /// Released after the connection.
    _permit: Option<OwnedSemaphorePermit>,
}

impl Snapshot {
    /// The permit is that of the [share](crate::Store::share) to which the snapshot belongs.
    pub(crate) fn new(db_tx: DbTx, permit: Option<OwnedSemaphorePermit>) -> Self {
        Self {
            tx: Tx::with_deadline(db_tx, Instant::now() + UNIT_TIMEOUT),
            _permit: permit,
        }
    }
}

impl Deref for Snapshot {
    type Target = Tx;

    fn deref(&self) -> &Tx {
        &self.tx
    }
}

impl DerefMut for Snapshot {
    fn deref_mut(&mut self) -> &mut Tx {
        &mut self.tx
    }
}
