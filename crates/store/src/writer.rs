//! The single writer of a SQLite database, which groups units of work into commits.
//!
//! A durable commit costs a disk flush. While one flush is under way, the units that arrive are queued and share the
//! next one. Each unit runs in a savepoint of its own, so an error rolls back that unit alone, and no unit is answered
//! before the commit has returned.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use sqlx::{Pool, Sqlite};
use tokio::sync::{OwnedSemaphorePermit, mpsc, oneshot};

use crate::engine::{self, DbTx};
use crate::unit_of_work::{self, Outcome, UnitOfWork};
use crate::{StoreError, Tx};

/// How many units share one commit at most, which bounds how long the first of them waits for its answer.
const MAX_BATCH_SIZE: usize = 256;

/// How many units may wait. When the queue is full the disk cannot keep up, and an error is better than a longer wait.
pub(crate) const QUEUE_CAPACITY: usize = 2048;

/// Counts since the store was opened.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    pub(crate) units: AtomicU64,
    pub(crate) commits: AtomicU64,
    pub(crate) rollbacks: AtomicU64,
    pub(crate) rejected: AtomicU64,
    pub(crate) retries: AtomicU64,
    /// Units that wait for a connection now, on PostgreSQL.
    pub(crate) waiting_writes: AtomicU64,
    /// Snapshots that wait for a connection now.
    pub(crate) waiting_reads: AtomicU64,
}

pub(crate) fn increment(counter: &AtomicU64) {
    counter.fetch_add(1, Ordering::Relaxed);
}

/// Is counted until it is dropped.
pub(crate) struct Waiting<'c>(&'c AtomicU64);

impl<'c> Waiting<'c> {
    pub(crate) fn begin(counter: &'c AtomicU64) -> Self {
        increment(counter);
        Self(counter)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A message to the writer's task.
pub(crate) enum Command {
    Write(Box<dyn ErasedWrite>),
    /// Finish the queued writes, close the pool, then answer.
    Close(oneshot::Sender<()>),
}

/// A [`QueuedWrite`] without its type parameters.
pub(crate) trait ErasedWrite: Send {
    fn run<'u>(
        &'u mut self,
        tx: &'u mut Tx,
    ) -> Pin<Box<dyn Future<Output = Disposition> + Send + 'u>>;

    /// Sends the result to the caller; `committed` is the result of the shared commit.
    fn answer(self: Box<Self>, committed: Result<(), StoreError>);
}

/// What happens to the changes of one unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Disposition {
    Commit,
    Rollback,
}

/// A unit of work with the channel to its caller.
pub(crate) struct QueuedWrite<T, E, F> {
    unit: Option<F>,
    outcome: Option<Outcome<T, E>>,
    reply: oneshot::Sender<Result<T, E>>,
    /// The unit runs even when its caller is gone, so it holds its place in the share itself.
    _permit: Option<OwnedSemaphorePermit>,
}

impl<T, E, F> QueuedWrite<T, E, F> {
    pub(crate) fn new(
        unit: F,
        permit: Option<OwnedSemaphorePermit>,
    ) -> (Self, oneshot::Receiver<Result<T, E>>) {
        let (reply, answer) = oneshot::channel();
        let write = Self {
            unit: Some(unit),
            outcome: None,
            reply,
            _permit: permit,
        };
        (write, answer)
    }
}

impl<T, E, F> ErasedWrite for QueuedWrite<T, E, F>
where
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
    F: for<'t> UnitOfWork<'t, T, E> + Send + 'static,
{
    fn run<'u>(
        &'u mut self,
        tx: &'u mut Tx,
    ) -> Pin<Box<dyn Future<Output = Disposition> + Send + 'u>> {
        Box::pin(async move {
            let Some(unit) = self.unit.take() else {
                return Disposition::Rollback;
            };
            let outcome = unit_of_work::run(unit, tx).await;
            let disposition = match outcome {
                Outcome::Commit(_) => Disposition::Commit,
                Outcome::Rollback(_) | Outcome::Retry(_) => Disposition::Rollback,
            };
            self.outcome = Some(outcome);
            disposition
        })
    }

    fn answer(self: Box<Self>, committed: Result<(), StoreError>) {
        let result = match (self.outcome, committed) {
            (Some(Outcome::Commit(value)), Ok(())) => Ok(value),
            (Some(Outcome::Rollback(error) | Outcome::Retry(error)), _) => Err(error),
            (Some(Outcome::Commit(_)) | None, Err(error)) => Err(error.into()),
            (None, Ok(())) => Err(StoreError::Closed.into()),
        };
        // The caller may have been cancelled; the unit is done all the same.
        let _ = self.reply.send(result);
    }
}

/// The writer's connection, in a pool of one.
pub(crate) struct WriterConnection {
    pool: Pool<Sqlite>,
    options: SqliteConnectOptions,
}

impl WriterConnection {
    pub(crate) fn new(pool: Pool<Sqlite>, options: SqliteConnectOptions) -> Self {
        Self { pool, options }
    }

    /// The pool's only connection stays open as long as it works.
    pub(crate) fn pool_options() -> SqlitePoolOptions {
        SqlitePoolOptions::new()
            .max_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .test_before_acquire(false)
    }

    async fn begin(&self) -> sqlx::Result<Tx> {
        let begun = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        Ok(Tx::new(DbTx::Sqlite(begun)))
    }

    /// Throws the connection away. After a failure such as a full disk, SQLite may have ended the transaction while the
    /// driver still counts it, and every later transaction of the connection would fail.
    async fn replace(&mut self) {
        let new = Self::pool_options().connect_lazy_with(self.options.clone());
        std::mem::replace(&mut self.pool, new).close().await;
    }
}

/// The writer's task: ends on [`Command::Close`], or when the last [`Store`](crate::Store) is dropped.
pub(crate) async fn run(
    mut connection: WriterConnection,
    mut commands: mpsc::Receiver<Command>,
    counters: Arc<Counters>,
) {
    while let Some(command) = commands.recv().await {
        let closing = match command {
            Command::Write(first) => {
                write_batch(&mut connection, first, &mut commands, &counters).await
            }
            Command::Close(done) => Some(done),
        };
        if let Some(done) = closing {
            connection.pool.close().await;
            let _ = done.send(());
            return;
        }
    }
}

/// Runs `first` and the queued writes, commits once, and answers all of them.
async fn write_batch(
    connection: &mut WriterConnection,
    first: Box<dyn ErasedWrite>,
    commands: &mut mpsc::Receiver<Command>,
    counters: &Counters,
) -> Option<oneshot::Sender<()>> {
    let mut tx = match connection.begin().await {
        Ok(tx) => tx,
        Err(error) => {
            connection.replace().await;
            first.answer(Err(engine::database_error(error)));
            return None;
        }
    };
    let mut batch = Vec::new();
    let mut closing = None;
    let mut result = Ok(());
    let mut next = Some(first);
    while let Some(mut write) = next.take() {
        result = run_in_savepoint(&mut write, &mut tx, counters).await;
        batch.push(write);
        if result.is_err() || batch.len() >= MAX_BATCH_SIZE {
            break;
        }
        match commands.try_recv() {
            Ok(Command::Write(write)) => next = Some(write),
            Ok(Command::Close(done)) => closing = Some(done),
            Err(_empty) => {}
        }
    }
    let committed = commit_unless_failed(tx, result).await;
    match &committed {
        Ok(()) => increment(&counters.commits),
        Err(_) => connection.replace().await,
    }
    let committed = committed.map_err(engine::database_error);
    for write in batch {
        write.answer(committed.clone());
    }
    closing
}

/// Runs one unit in a savepoint. An error means that the whole transaction is lost.
async fn run_in_savepoint(
    write: &mut Box<dyn ErasedWrite>,
    tx: &mut Tx,
    counters: &Counters,
) -> sqlx::Result<()> {
    increment(&counters.units);
    tx.db_tx().execute("SAVEPOINT unit", &[]).await?;
    if write.run(tx).await == Disposition::Rollback {
        increment(&counters.rollbacks);
        tx.db_tx()
            .execute("ROLLBACK TO SAVEPOINT unit", &[])
            .await?;
    }
    tx.db_tx().execute("RELEASE SAVEPOINT unit", &[]).await?;
    Ok(())
}

async fn commit_unless_failed(tx: Tx, result: sqlx::Result<()>) -> sqlx::Result<()> {
    match result {
        Ok(()) => tx.into_db_tx().commit().await,
        Err(error) => {
            // The connection is broken already; an error of the rollback adds nothing.
            drop(tx.into_db_tx().rollback().await);
            Err(error)
        }
    }
}
