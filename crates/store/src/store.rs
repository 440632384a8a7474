//! The store: opens the database, and runs units of work and snapshots.

use std::fs::OpenOptions;
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{Connection as _, PgConnection, Pool, Postgres, Sqlite};
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, sleep, timeout};

use crate::engine::{self, DbTx, Engine};
use crate::share::Share;
use crate::unit_of_work::{self, Outcome, UnitOfWork};
use crate::writer::{self, Command, Counters, QueuedWrite, WriterConnection, increment};
use crate::{Snapshot, StoreError, Tx, migration};

/// How long a statement waits for a lock on SQLite, and a start for a connection to PostgreSQL.
const LOCK_TIMEOUT: Duration = Duration::from_secs(10);
/// How long a request waits for a connection to PostgreSQL. A server that does not answer by then is down or overloaded,
/// and the user learns it within two seconds.
const ACQUIRE_TIMEOUT: Duration = Duration::from_millis(1500);

/// How long a failed request may take longer for the log to have the cause.
const DIAGNOSIS_TIMEOUT: Duration = Duration::from_millis(300);

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
    },
    Postgres(Pool<Postgres>),
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
}

impl Store {
    /// Opens the database at `url`, and migrates its schema to this version.
    ///
    /// `sqlite:FILE` creates the file when it does not exist; the database of `postgres://…` must exist.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let counters = Arc::<Counters>::default();
        let pools = match engine_of(url)? {
            Engine::Sqlite => open_sqlite(url, &counters).await?,
            Engine::Postgres => open_postgres(url).await?,
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
            Pools::Postgres(pool) => Share::of_pool(pool.options().get_max_connections()),
        };
        Self {
            share: Some(share),
            ..self.clone()
        }
    }

    /// Opens the database at `url` and changes nothing in it.
    ///
    /// # Errors
    ///
    /// When the database does not exist or cannot be reached, without further attempts, or
    /// [`StoreError::Unmigrated`] when [`open`](Self::open) would change its schema.
    pub async fn open_existing(url: &str) -> Result<Self, StoreError> {
        let counters = Arc::<Counters>::default();
        let pools = match engine_of(url)? {
            Engine::Sqlite => {
                let options = sqlite_options(url)?;
                let writer = connect_sqlite_writer(&options).await?;
                let begun = writer.begin().await.map_err(engine::database_error)?;
                migration::check(DbTx::Sqlite(begun)).await?;
                start_sqlite(options, writer, &counters).await?
            }
            Engine::Postgres => {
                let options = postgres_options(url)?;
                // The pool would try for ten seconds, and then not say why it failed.
                connect_once(&options, LOCK_TIMEOUT).await?;
                let pool = connect_postgres(options).await?;
                let begun = pool.begin().await.map_err(engine::database_error)?;
                migration::check(DbTx::Postgres(begun)).await?;
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

    /// Begins a transaction that only reads, on one consistent view of the database.
    pub async fn snapshot(&self) -> Result<Snapshot, StoreError> {
        let permit = match &self.share {
            Some(share) => Some(share.connection().await?),
            None => None,
        };
        let db_tx = match &self.pools {
            Pools::Sqlite { readers, .. } => readers.begin().await.map(DbTx::Sqlite),
            Pools::Postgres(pool) => {
                let begun = pool
                    .begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                    .await;
                begun.map(DbTx::Postgres)
            }
        };
        match db_tx {
            Ok(db_tx) => Ok(Snapshot::new(db_tx, permit)),
            Err(error) => Err(self.begin_error(error).await),
        }
    }

    async fn begin_error(&self, error: sqlx::Error) -> StoreError {
        match &self.pools {
            Pools::Sqlite { .. } => engine::database_error(error),
            Pools::Postgres(pool) => begin_error(pool, error).await,
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
                Pools::Postgres(_) => 0,
            },
        }
    }

    /// Runs the queued units and closes the database; later units and snapshots fail.
    ///
    /// Waits for open snapshots.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { readers, commands } => {
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
    let writer = WriterConnection::new(writer, options);
    tokio::spawn(writer::run(writer, queue, Arc::clone(counters)));
    Ok(Pools::Sqlite { readers, commands })
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

async fn open_postgres(url: &str) -> Result<Pools, StoreError> {
    let pool = connect_postgres(postgres_options(url)?).await?;
    let begun = pool.begin().await.map_err(engine::database_error)?;
    migration::run(DbTx::Postgres(begun)).await?;
    Ok(Pools::Postgres(pool))
}

fn postgres_options(url: &str) -> Result<PgConnectOptions, StoreError> {
    let options =
        PgConnectOptions::from_str(url).map_err(|error| StoreError::InvalidUrl(Arc::new(error)))?;
    Ok(match options.get_application_name() {
        None => options.application_name("vestibule"),
        Some(_) => options,
    })
}

/// Why no transaction began. The pool only knows that no connection came in time; another attempt says why.
async fn begin_error(pool: &Pool<Postgres>, error: sqlx::Error) -> StoreError {
    if !matches!(error, sqlx::Error::PoolTimedOut) {
        return engine::database_error(error);
    }
    match connect_once(&pool.connect_options(), DIAGNOSIS_TIMEOUT).await {
        Err(cause) => cause,
        Ok(()) => engine::database_error(error),
    }
}

async fn connect_once(options: &PgConnectOptions, limit: Duration) -> Result<(), StoreError> {
    let connected = timeout(limit, PgConnection::connect_with(options)).await;
    let connection = connected
        .unwrap_or(Err(sqlx::Error::PoolTimedOut))
        .map_err(engine::database_error)?;
    connection.close().await.map_err(engine::database_error)
}

/// Connects. A database that refuses connections may be starting: the pool tries again until the timeout.
async fn connect_postgres(options: PgConnectOptions) -> Result<Pool<Postgres>, StoreError> {
    let pool = PgPoolOptions::new()
        .max_connections(16)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        // A statement that waits for the locks of an abandoned transaction must not occupy its connection indefinitely.
        .after_connect(|connection, _| {
            Box::pin(async {
                sqlx::query("SET lock_timeout = '5s'")
                    .execute(connection)
                    .await
                    .map(drop)
            })
        });
    let deadline = Instant::now() + LOCK_TIMEOUT;
    loop {
        match pool.clone().connect_with(options.clone()).await {
            Err(sqlx::Error::PoolTimedOut) if Instant::now() < deadline => {}
            // Another attempt says why.
            Err(error @ sqlx::Error::PoolTimedOut) => {
                connect_once(&options, LOCK_TIMEOUT).await?;
                return Err(engine::database_error(error));
            }
            connected => return connected.map_err(engine::database_error),
        }
    }
}

/// Runs a unit in its own transaction, and again after a conflict with another transaction.
async fn write_with_retries<T, E, F>(
    pool: Pool<Postgres>,
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

async fn write_once<T, E, F>(pool: &Pool<Postgres>, unit: F, counters: &Counters) -> Outcome<T, E>
where
    E: From<StoreError>,
    F: for<'t> UnitOfWork<'t, T, E>,
{
    increment(&counters.units);
    let mut tx = match pool.begin().await {
        Ok(tx) => Tx::new(DbTx::Postgres(tx)),
        Err(error) => return Outcome::Rollback(begin_error(pool, error).await.into()),
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
