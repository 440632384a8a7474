//! The connections to a SQLite database: several that read, and one that writes.

use std::fs::OpenOptions;
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{Pool, Sqlite};
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, sleep};

use crate::engine::{self, DbTx};
use crate::writer::{self, Command, Counters, WriterConnection};
use crate::{StoreError, checkpoint, migration};

/// How long a statement waits for a lock.
const LOCK_TIMEOUT: Duration = Duration::from_secs(10);
/// How long to wait before opening a locked file again.
const CONNECT_RETRY_INTERVAL: Duration = Duration::from_millis(20);
/// How many connections read.
const READERS: u32 = 8;

#[derive(Clone)]
pub(crate) struct SqlitePool {
    readers: Pool<Sqlite>,
    commands: mpsc::Sender<Command>,
    options: Arc<SqliteConnectOptions>,
}

impl SqlitePool {
    /// Opens the file, creates it when it does not exist, and migrates its schema.
    pub(crate) async fn open(url: &str, counters: &Arc<Counters>) -> Result<Self, StoreError> {
        let options = options(url)?;
        create_private(options.get_filename())?;
        let writer = connect_writer(&options).await?;
        let begun = writer.begin_with("BEGIN IMMEDIATE").await;
        migration::run(DbTx::Sqlite(begun.map_err(engine::database_error)?)).await?;
        Self::start(options, writer, counters).await
    }

    /// Opens a file that has the schema of this version already.
    pub(crate) async fn open_existing(
        url: &str,
        counters: &Arc<Counters>,
    ) -> Result<Self, StoreError> {
        let options = options(url)?;
        let writer = connect_writer(&options).await?;
        let begun = writer.begin().await.map_err(engine::database_error)?;
        migration::check(DbTx::Sqlite(begun)).await?;
        Self::start(options, writer, counters).await
    }

    /// Opens the readers and starts the task of the writer.
    async fn start(
        options: SqliteConnectOptions,
        writer: Pool<Sqlite>,
        counters: &Arc<Counters>,
    ) -> Result<Self, StoreError> {
        let reading = options.clone().pragma("query_only", "on");
        let readers = || {
            WriterConnection::pool_options()
                .max_connections(READERS)
                .connect_with(reading.clone())
        };
        let readers = connect_with_retry(readers).await?;
        let (commands, queue) = mpsc::channel(writer::QUEUE_CAPACITY);
        let connection = WriterConnection::new(writer, options.clone());
        tokio::spawn(writer::run(connection, queue, Arc::clone(counters)));
        Ok(Self {
            readers,
            commands,
            options: Arc::new(options),
        })
    }

    pub(crate) async fn begin_read(&self) -> Result<DbTx, StoreError> {
        let begun = self.readers.begin().await;
        begun.map(DbTx::Sqlite).map_err(engine::database_error)
    }

    /// Sends a command to the writer, unless its queue is full.
    pub(crate) fn send(&self, command: Command) -> Result<(), StoreError> {
        self.commands
            .try_send(command)
            .map_err(|error| match error {
                mpsc::error::TrySendError::Full(_) => StoreError::QueueFull,
                mpsc::error::TrySendError::Closed(_) => StoreError::Closed,
            })
    }

    /// How many commands wait for the writer.
    pub(crate) fn queued(&self) -> u64 {
        (self.commands.max_capacity() - self.commands.capacity()) as u64
    }

    pub(crate) fn readers(&self) -> &Pool<Sqlite> {
        &self.readers
    }

    /// Empties the write-ahead log, unless a read or a write is in progress. Returns whether it did.
    pub(crate) async fn truncate_log(&self) -> Result<bool, StoreError> {
        match checkpoint::truncate_log(&self.options).await {
            Err(error) if engine::is_locked(&error) => Ok(false),
            result => result.map_err(engine::database_error),
        }
    }

    pub(crate) async fn close(&self) {
        let (done, closed) = oneshot::channel();
        if self.commands.send(Command::Close(done)).await.is_ok() {
            // The writer answers, or has ended already.
            drop(closed.await);
        }
        self.readers.close().await;
    }
}

/// Creates the file with mode 0600, because SQLite would create a file that every user can read; its log gets the same
/// mode.
fn create_private(file: &Path) -> Result<(), StoreError> {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
        .open(file)
        .map(drop)
        .map_err(|error| engine::database_error(sqlx::Error::Io(error)))
}

fn options(url: &str) -> Result<SqliteConnectOptions, StoreError> {
    Ok(SqliteConnectOptions::from_str(url)
        .map_err(|error| StoreError::InvalidUrl(Arc::new(error)))?
        .journal_mode(SqliteJournalMode::Wal)
        // With a write-ahead log only FULL flushes at each commit, so that it survives a power cut.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .pragma(
            "journal_size_limit",
            checkpoint::MAX_IDLE_LOG_BYTES.to_string(),
        )
        .busy_timeout(LOCK_TIMEOUT))
}

async fn connect_writer(options: &SqliteConnectOptions) -> Result<Pool<Sqlite>, StoreError> {
    let writer = || WriterConnection::pool_options().connect_with(options.clone());
    connect_with_retry(writer).await
}

/// Connects, and tries again while the file is locked.
///
/// SQLite waits for locks by itself, except where a deadlock would be possible: while several processes switch a new
/// file to write-ahead logging, all but one get "database is locked" without a wait.
async fn connect_with_retry<C: Future<Output = sqlx::Result<Pool<Sqlite>>>>(
    connect: impl Fn() -> C,
) -> Result<Pool<Sqlite>, StoreError> {
    let deadline = Instant::now() + LOCK_TIMEOUT;
    loop {
        match connect().await {
            Err(error) if engine::is_locked(&error) && Instant::now() < deadline => {
                sleep(CONNECT_RETRY_INTERVAL).await;
            }
            connected => return connected.map_err(engine::database_error),
        }
    }
}
