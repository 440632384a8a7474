//! The store: opens the database, and runs units of work and snapshots.

use std::fs::OpenOptions;
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{Pool, Sqlite};
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, sleep};

use crate::engine::{self, DbTx, Engine};
use crate::postgres::PostgresPool;
use crate::share::Share;
use crate::unit_of_work::{self, Outcome, UnitOfWork};
use crate::writer::{self, Command, Counters, QueuedWrite, Waiting, WriterConnection, increment};
use crate::{DatabaseAddress, Snapshot, StoreError, Tx, checkpoint, migration};

/// How long a statement waits for a lock on SQLite.
const LOCK_TIMEOUT: Duration = Duration::from_secs(10);
/// How long to wait before opening a locked SQLite file again.
const CONNECT_RETRY_INTERVAL: Duration = Duration::from_millis(20);

/// How many connections read from a SQLite database.
const SQLITE_READERS: u32 = 8;

/// How many writes of a share may wait for the writer of a SQLite database.
const SHARED_WRITES: usize = 64;

/// How often a unit runs at most when it conflicts with other transactions on PostgreSQL.
const MAX_WRITE_ATTEMPTS: u32 = 5;

/// The database of a deployment. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    pools: Pools,
    counters: Arc<Counters>,
    share: Option<Share>,
}

#[derive(Clone)]
enum Pools {
    Sqlite {
        readers: Pool<Sqlite>,
        commands: mpsc::Sender<Command>,
        options: Arc<SqliteConnectOptions>,
    },
    Postgres(PostgresPool),
}

/// Counts since the store was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoreMetrics {
    /// Units of work that were run, retries included.
    pub units: u64,
    /// Commits, each of which cost a disk flush; on SQLite many units share one.
    pub commits: u64,
    /// Units that were rolled back.
    pub rollbacks: u64,
    /// Units that were rejected because the queue was full.
    pub rejected: u64,
    /// Units that ran again after a conflict with another transaction.
    pub retries: u64,
    /// Units that are waiting now.
    pub queued: u64,
    /// Snapshots that wait for a connection now.
    pub waiting_reads: u64,
    /// The connections of the pool; on SQLite those that read.
    pub connections: PoolMetrics,
}

/// The size of a pool of connections now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PoolMetrics {
    pub max: u32,
    pub open: u32,
    pub in_use: u32,
}

impl PoolMetrics {
    fn new<D: sqlx::Database>(pool: &Pool<D>) -> Self {
        let open = pool.size();
        // The two numbers are read one after the other.
        let idle = u32::try_from(pool.num_idle()).unwrap_or(open).min(open);
        Self {
            max: pool.options().get_max_connections(),
            open,
            in_use: open - idle,
        }
    }
}

impl Store {
    /// Opens the database, and migrates its schema to this version.
    ///
    /// `sqlite:FILE` creates the file when it does not exist; the database of `postgres://…` must exist.
    pub async fn open(address: impl Into<DatabaseAddress>) -> Result<Self, StoreError> {
        let address = address.into();
        let counters = Arc::<Counters>::default();
        let pools = match engine_of(&address.url)? {
            Engine::Sqlite => open_sqlite(&address.url, &counters).await?,
            Engine::Postgres => migrate_postgres(&address).await?,
        };
        Ok(Self::new(pools, counters))
    }

    fn new(pools: Pools, counters: Arc<Counters>) -> Self {
        Self {
            pools,
            counters,
            share: None,
        }
    }

    /// The same database for requests that may be slow: together, those of the returned store and its clones leave at
    /// least half of the connections to others. A request that waits too long for its turn fails with
    /// [`StoreError::ShareExhausted`].
    pub fn share(&self) -> Self {
        let share = match &self.pools {
            Pools::Sqlite { readers, .. } => {
                let max_readers = readers.options().get_max_connections();
                Share::of_readers(max_readers, SHARED_WRITES)
            }
            Pools::Postgres(pool) => Share::of_pool(pool.pool().options().get_max_connections()),
        };
        Self {
            share: Some(share),
            ..self.clone()
        }
    }

    /// Opens the database and changes nothing in it.
    ///
    /// # Errors
    ///
    /// When the database does not exist or cannot be reached, without further attempts, or
    /// [`StoreError::Unmigrated`] when [`open`](Self::open) would change its schema.
    pub async fn open_existing(address: impl Into<DatabaseAddress>) -> Result<Self, StoreError> {
        let address = address.into();
        let counters = Arc::<Counters>::default();
        let pools = match engine_of(&address.url)? {
            Engine::Sqlite => {
                let options = sqlite_options(&address.url)?;
                let writer = connect_sqlite_writer(&options).await?;
                let begun = writer.begin().await.map_err(engine::database_error)?;
                migration::check(DbTx::Sqlite(begun)).await?;
                start_sqlite(options, writer, &counters).await?
            }
            Engine::Postgres => {
                let pool = PostgresPool::connect_once(&address).await?;
                migration::check(pool.begin_read().await?).await?;
                Pools::Postgres(pool)
            }
        };
        Ok(Self::new(pools, counters))
    }

    pub fn engine(&self) -> Engine {
        match &self.pools {
            Pools::Sqlite { .. } => Engine::Sqlite,
            Pools::Postgres(_) => Engine::Postgres,
        }
    }

    /// Runs a unit of work and commits it durably, or rolls it back when it returns an error, panics or takes too long.
    ///
    /// Write the unit as `async move |tx| { … }`. It owns what it captures and is `Clone`, because PostgreSQL may make
    /// it run again after a conflict with another transaction, so it must do nothing but database work. Once queued it
    /// runs to its end, even when the caller's future is dropped.
    pub async fn write<T, E, F>(&self, unit: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: AsyncFnOnce(&mut Tx) -> Result<T, E>
            + for<'t> UnitOfWork<'t, T, E>
            + Clone
            + Send
            + 'static,
    {
        let _permit = match &self.share {
            Some(share) => Some(share.write().await?),
            None => None,
        };
        match &self.pools {
            Pools::Sqlite { commands, .. } => {
                let (write, answer) = QueuedWrite::new(unit);
                self.send(commands, Command::Write(Box::new(write)))?;
                answer
                    .await
                    .unwrap_or_else(|_closed| Err(StoreError::Closed.into()))
            }
            Pools::Postgres(pool) => {
                // A separate task, so that it runs to its end when the caller's future is dropped.
                let task = tokio::spawn(write_with_retries(
                    pool.clone(),
                    unit,
                    Arc::clone(&self.counters),
                ));
                task.await
                    .unwrap_or_else(|_cancelled| Err(StoreError::Closed.into()))
            }
        }
    }

    /// Proves that a transaction can write and commit.
    pub async fn check_write(&self) -> Result<(), StoreError> {
        let probe = async |tx: &mut Tx| {
            tx.execute(
                "UPDATE migration SET name = name WHERE name = '0001_initial'",
                &[],
            )
            .await
            .map(drop)
        };
        self.write(probe).await
    }

    /// Empties SQLite's write-ahead log, unless a read or a write is in progress. Returns whether it did. Nothing waits
    /// for it. PostgreSQL does this itself.
    pub async fn truncate_log(&self) -> Result<bool, StoreError> {
        match &self.pools {
            Pools::Sqlite { options, .. } => match checkpoint::truncate_log(options).await {
                Err(error) if engine::is_locked(&error) => Ok(false),
                result => result.map_err(engine::database_error),
            },
            Pools::Postgres(_) => Ok(true),
        }
    }

    /// Begins a transaction that only reads, on one consistent view of the database.
    pub async fn snapshot(&self) -> Result<Snapshot, StoreError> {
        let permit = match &self.share {
            Some(share) => Some(share.connection().await?),
            None => None,
        };
        let db_tx = self.begin_read().await?;
        Ok(Snapshot::new(db_tx, permit))
    }

    /// Begins a transaction that only reads, for as long as its caller needs.
    pub(crate) async fn begin_read(&self) -> Result<DbTx, StoreError> {
        let _waiting = Waiting::begin(&self.counters.waiting_reads);
        match &self.pools {
            Pools::Sqlite { readers, .. } => {
                let begun = readers.begin().await;
                begun.map(DbTx::Sqlite).map_err(engine::database_error)
            }
            Pools::Postgres(pool) => pool.begin_read().await,
        }
    }

    pub fn metrics(&self) -> StoreMetrics {
        let counters = &self.counters;
        StoreMetrics {
            units: counters.units.load(Ordering::Relaxed),
            commits: counters.commits.load(Ordering::Relaxed),
            rollbacks: counters.rollbacks.load(Ordering::Relaxed),
            rejected: counters.rejected.load(Ordering::Relaxed),
            retries: counters.retries.load(Ordering::Relaxed),
            queued: match &self.pools {
                Pools::Sqlite { commands, .. } => {
                    (commands.max_capacity() - commands.capacity()) as u64
                }
                Pools::Postgres(_) => counters.waiting_writes.load(Ordering::Relaxed),
            },
            waiting_reads: counters.waiting_reads.load(Ordering::Relaxed),
            connections: match &self.pools {
                Pools::Sqlite { readers, .. } => PoolMetrics::new(readers),
                Pools::Postgres(pool) => PoolMetrics::new(pool.pool()),
            },
        }
    }

    /// Runs the queued units and closes the database; later units and snapshots fail.
    ///
    /// Waits for open snapshots.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite {
                readers, commands, ..
            } => {
                let (done, closed) = oneshot::channel();
                if commands.send(Command::Close(done)).await.is_ok() {
                    // The writer answers, or has ended already.
                    drop(closed.await);
                }
                readers.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }

    fn send(&self, commands: &mpsc::Sender<Command>, command: Command) -> Result<(), StoreError> {
        commands.try_send(command).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => {
                increment(&self.counters.rejected);
                StoreError::QueueFull
            }
            mpsc::error::TrySendError::Closed(_) => StoreError::Closed,
        })
    }
}

fn engine_of(url: &str) -> Result<Engine, StoreError> {
    match url.split_once(':') {
        Some(("sqlite", rest)) if !rest.is_empty() && !is_in_memory(rest) => Ok(Engine::Sqlite),
        Some(("postgres" | "postgresql", _)) => Ok(Engine::Postgres),
        Some(_) | None => Err(StoreError::InvalidUrl(Arc::new(
            sqlx::Error::Configuration("expected sqlite:FILE or postgres://…".into()),
        ))),
    }
}

/// The reader pool and the writer pool would see two different in-memory databases.
fn is_in_memory(rest: &str) -> bool {
    rest.contains(":memory:") || rest.contains("mode=memory")
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

async fn open_sqlite(url: &str, counters: &Arc<Counters>) -> Result<Pools, StoreError> {
    let options = sqlite_options(url)?;
    create_private(options.get_filename())?;
    let writer = connect_sqlite_writer(&options).await?;
    let begun = writer.begin_with("BEGIN IMMEDIATE").await;
    migration::run(DbTx::Sqlite(begun.map_err(engine::database_error)?)).await?;
    start_sqlite(options, writer, counters).await
}

fn sqlite_options(url: &str) -> Result<SqliteConnectOptions, StoreError> {
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

async fn connect_sqlite_writer(options: &SqliteConnectOptions) -> Result<Pool<Sqlite>, StoreError> {
    let writer = || WriterConnection::pool_options().connect_with(options.clone());
    connect_with_retry(writer).await
}

/// Opens the readers and starts the task of the writer.
async fn start_sqlite(
    options: SqliteConnectOptions,
    writer: Pool<Sqlite>,
    counters: &Arc<Counters>,
) -> Result<Pools, StoreError> {
    let reading = options.clone().pragma("query_only", "on");
    let readers = || {
        WriterConnection::pool_options()
            .max_connections(SQLITE_READERS)
            .connect_with(reading.clone())
    };
    let readers = connect_with_retry(readers).await?;
    let (commands, queue) = mpsc::channel(writer::QUEUE_CAPACITY);
    let connection = WriterConnection::new(writer, options.clone());
    tokio::spawn(writer::run(connection, queue, Arc::clone(counters)));
    Ok(Pools::Sqlite {
        readers,
        commands,
        options: Arc::new(options),
    })
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

async fn migrate_postgres(address: &DatabaseAddress) -> Result<Pools, StoreError> {
    let pool = PostgresPool::connect(address).await?;
    migration::run(pool.begin_write().await?).await?;
    Ok(Pools::Postgres(pool))
}

/// Runs a unit in its own transaction, and again after a conflict with another transaction.
async fn write_with_retries<T, E, F>(
    pool: PostgresPool,
    unit: F,
    counters: Arc<Counters>,
) -> Result<T, E>
where
    E: From<StoreError>,
    F: for<'t> UnitOfWork<'t, T, E> + Clone,
{
    for _ in 1..MAX_WRITE_ATTEMPTS {
        match write_once(&pool, unit.clone(), &counters).await {
            Outcome::Retry(_) => increment(&counters.retries),
            Outcome::Commit(value) => return Ok(value),
            Outcome::Rollback(error) => return Err(error),
        }
    }
    write_once(&pool, unit, &counters).await.into_result()
}

async fn write_once<T, E, F>(pool: &PostgresPool, unit: F, counters: &Counters) -> Outcome<T, E>
where
    E: From<StoreError>,
    F: for<'t> UnitOfWork<'t, T, E>,
{
    increment(&counters.units);
    let waiting = Waiting::begin(&counters.waiting_writes);
    let begun = pool.begin_write().await;
    drop(waiting);
    let mut tx = match begun {
        Ok(db_tx) => Tx::new(db_tx),
        Err(error) => return Outcome::Rollback(error.into()),
    };
    match unit_of_work::run(unit, &mut tx).await {
        Outcome::Commit(value) => {
            increment(&counters.commits);
            match tx.into_db_tx().commit().await {
                Ok(()) => Outcome::Commit(value),
                Err(error) => Outcome::Rollback(engine::database_error(error).into()),
            }
        }
        failed => {
            increment(&counters.rollbacks);
            // The unit's own error says more than an error of the rollback.
            drop(tx.into_db_tx().rollback().await);
            failed
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A limit on the size of the file fails like a full disk, and belongs to the connection.
    #[tokio::test]
    async fn writes_succeed_again_after_the_disk_was_full() {
        let file =
            std::env::temp_dir().join(format!("vestibule-full-{}.sqlite", std::process::id()));
        let store = Store::open(&format!("sqlite:{}", file.display()))
            .await
            .unwrap();
        let fill = async |tx: &mut Tx| {
            tx.execute("PRAGMA max_page_count = 1", &[]).await?;
            loop {
                tx.execute(
                    "INSERT INTO migration (name, script) VALUES (hex(randomblob(9)), hex(randomblob(9999)))",
                    &[],
                )
                .await?;
            }
        };
        let full: Result<(), StoreError> = store.write(fill).await;
        let written =
            store.write(async |tx| tx.execute("UPDATE migration SET name = name", &[]).await);
        let written = written.await;
        store.close().await;
        std::fs::remove_file(file).unwrap();
        assert!(matches!(full, Err(StoreError::Unavailable(_))), "{full:?}");
        assert!(written.unwrap() > 0);
    }

    /// A power cut cannot be tested here, but the settings that survive one can.
    #[tokio::test]
    async fn every_writing_connection_flushes_at_each_commit() {
        let file =
            std::env::temp_dir().join(format!("vestibule-pragmas-{}.sqlite", std::process::id()));
        let store = Store::open(&format!("sqlite:{}", file.display()))
            .await
            .unwrap();
        let settings = store
            .write(async |tx| {
                Ok::<_, StoreError>((
                    tx.fetch_optional("PRAGMA journal_mode", &[], |row| row.text("journal_mode"))
                        .await?,
                    tx.fetch_optional("PRAGMA synchronous", &[], |row| row.number("synchronous"))
                        .await?,
                    tx.fetch_optional("PRAGMA foreign_keys", &[], |row| row.number("foreign_keys"))
                        .await?,
                ))
            })
            .await;
        store.close().await;
        std::fs::remove_file(file).unwrap();
        const FULL: i64 = 2;
        assert_eq!(
            settings.unwrap(),
            (Some("wal".to_owned()), Some(FULL), Some(1))
        );
    }
}
