//! The store: opens the database, and runs units of work and snapshots.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use sqlx::Pool;

use crate::engine::{self, DbTx, Engine};
use crate::postgres::PostgresPool;
use crate::share::Share;
use crate::sqlite::SqlitePool;
use crate::unit_of_work::{self, Outcome, UnitOfWork};
use crate::writer::{Command, Counters, QueuedWrite, Waiting, increment};
use crate::{DatabaseAddress, Snapshot, StoreError, Tx, migration};

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
    Sqlite(SqlitePool),
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
            Engine::Sqlite => Pools::Sqlite(SqlitePool::open(&address.url, &counters).await?),
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
            Pools::Sqlite(pool) => {
                let max_readers = pool.readers().options().get_max_connections();
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
                Pools::Sqlite(SqlitePool::open_existing(&address.url, &counters).await?)
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
            Pools::Sqlite(_) => Engine::Sqlite,
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
        let permit = match &self.share {
            Some(share) => Some(share.write().await?),
            None => None,
        };
        match &self.pools {
            Pools::Sqlite(pool) => {
                let (write, answer) = QueuedWrite::new(unit, permit);
                let sent = pool.send(Command::Write(Box::new(write)));
                if let Err(StoreError::QueueFull) = sent {
                    increment(&self.counters.rejected);
                }
                sent?;
                answer
                    .await
                    .unwrap_or_else(|_closed| Err(StoreError::Closed.into()))
            }
            Pools::Postgres(pool) => {
                // A separate task, so that it runs to its end when the caller's future is dropped.
                let write = write_with_retries(pool.clone(), unit, Arc::clone(&self.counters));
                let task = tokio::spawn(async move {
                    let _permit = permit;
                    write.await
                });
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
            Pools::Sqlite(pool) => pool.truncate_log().await,
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
            Pools::Sqlite(pool) => pool.begin_read().await,
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
                Pools::Sqlite(pool) => pool.queued(),
                Pools::Postgres(_) => counters.waiting_writes.load(Ordering::Relaxed),
            },
            waiting_reads: counters.waiting_reads.load(Ordering::Relaxed),
            connections: match &self.pools {
                Pools::Sqlite(pool) => PoolMetrics::new(pool.readers()),
                Pools::Postgres(pool) => PoolMetrics::new(pool.pool()),
            },
        }
    }

    /// Runs the queued units and closes the database; later units and snapshots fail.
    ///
    /// Waits for open snapshots.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite(pool) => pool.close().await,
            Pools::Postgres(pool) => pool.close().await,
        }
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
