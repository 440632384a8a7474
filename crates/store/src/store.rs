//! The store: opens the database and carries out units of work.

use std::fs::OpenOptions;
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Pool, Postgres, Sqlite};
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, sleep};

use crate::engine::{self, Engine, Link};
use crate::unit::{self, Ended, Work};
use crate::writer::{self, Asked, Counters, Order, count};
use crate::{StoreError, Tx, migration};

/// How long a connection waits for a lock or for its turn.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long it lets others go first when they hold the file that it opens.
const BREATH: Duration = Duration::from_millis(20);

/// How often a unit runs again when PostgreSQL says that transactions got in each other's way.
const TRIES: u32 = 5;

/// The database of a deployment. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    pools: Pools,
    counters: Arc<Counters>,
}

#[derive(Clone)]
enum Pools {
    Sqlite {
        readers: Pool<Sqlite>,
        orders: mpsc::Sender<Order>,
    },
    Postgres(Pool<Postgres>),
}

/// What the store has done since it was opened, for metrics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figures {
    /// Units of work that were run.
    pub units: u64,
    /// Commits, each of which cost a flush of the disk; on SQLite many units share one.
    pub commits: u64,
    /// Units that ended badly and were undone.
    pub undone: u64,
    /// Units that found the queue full.
    pub turned_away: u64,
    /// Times that a unit was run again because of another transaction.
    pub repeated: u64,
    /// Units that are waiting now.
    pub waiting: u64,
}

impl Store {
    /// Opens the database at `url`, and brings its schema up to this version.
    ///
    /// `sqlite:FILE` makes the file when there is none; `postgres://…` is a
    /// database that exists.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let counters = Arc::<Counters>::default();
        let pools = match engine_of(url)? {
            Engine::Sqlite => open_sqlite(url, &counters).await?,
            Engine::Postgres => open_postgres(url).await?,
        };
        Ok(Self { pools, counters })
    }

    /// Which database is underneath.
    pub fn engine(&self) -> Engine {
        match &self.pools {
            Pools::Sqlite { .. } => Engine::Sqlite,
            Pools::Postgres(_) => Engine::Postgres,
        }
    }

    /// Runs a unit of work and commits it, when it ends well, durably.
    ///
    /// When it returns an error, panics or takes too long, everything that it
    /// did is undone. Once asked, it runs to its end even if the caller goes
    /// away. PostgreSQL may have it run again: it must not do anything but
    /// database work.
    pub async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: for<'t> FnOnce(&'t mut Tx) -> Work<'t, T, E> + Clone + Send + 'static,
    {
        match &self.pools {
            Pools::Sqlite { orders, .. } => {
                let (asked, answer) = Asked::new(work);
                self.send(orders, Order::Run(Box::new(asked)))?;
                answer
                    .await
                    .unwrap_or_else(|_gone| Err(StoreError::Closed.into()))
            }
            Pools::Postgres(pool) => {
                // A task of its own, so that a caller who goes away does not stop it half-way.
                let task =
                    tokio::spawn(write_alone(pool.clone(), work, Arc::clone(&self.counters)));
                task.await
                    .unwrap_or_else(|_gone| Err(StoreError::Closed.into()))
            }
        }
    }

    /// Runs a unit of work that only reads, on one consistent view of the database.
    ///
    /// A statement that would change something fails.
    pub async fn read<T, E, F>(&self, work: F) -> Result<T, E>
    where
        E: From<StoreError>,
        F: for<'t> FnOnce(&'t mut Tx) -> Work<'t, T, E>,
    {
        let link = match &self.pools {
            Pools::Sqlite { readers, .. } => readers.begin().await.map(Link::Sqlite),
            Pools::Postgres(pool) => {
                let begun = pool
                    .begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                    .await;
                begun.map(Link::Postgres)
            }
        };
        let mut tx = Tx::new(link.map_err(engine::broken)?);
        let ended = unit::run(work, &mut tx).await;
        tx.into_link().undo().await.map_err(engine::broken)?;
        ended.into_result()
    }

    /// What the store has done so far.
    pub fn figures(&self) -> Figures {
        let counters = &self.counters;
        Figures {
            units: counters.units.load(Ordering::Relaxed),
            commits: counters.commits.load(Ordering::Relaxed),
            undone: counters.undone.load(Ordering::Relaxed),
            turned_away: counters.turned_away.load(Ordering::Relaxed),
            repeated: counters.repeated.load(Ordering::Relaxed),
            waiting: match &self.pools {
                Pools::Sqlite { orders, .. } => (orders.max_capacity() - orders.capacity()) as u64,
                Pools::Postgres(_) => 0,
            },
        }
    }

    /// Finishes what is waiting and closes the database; units that come later fail.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { readers, orders } => {
                let (done, closed) = oneshot::channel();
                if orders.send(Order::Close(done)).await.is_ok() {
                    // The writer answers, or has ended already.
                    drop(closed.await);
                }
                readers.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }

    fn send(&self, orders: &mpsc::Sender<Order>, order: Order) -> Result<(), StoreError> {
        orders.try_send(order).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => {
                count(&self.counters.turned_away);
                StoreError::Full
            }
            mpsc::error::TrySendError::Closed(_) => StoreError::Closed,
        })
    }
}

fn engine_of(url: &str) -> Result<Engine, StoreError> {
    match url.split_once(':') {
        Some(("sqlite", rest)) if !rest.is_empty() && !is_in_memory(rest) => Ok(Engine::Sqlite),
        Some(("postgres" | "postgresql", _)) => Ok(Engine::Postgres),
        Some(_) | None => Err(StoreError::Url(sqlx::Error::Configuration(
            "expected sqlite:FILE or postgres://…".into(),
        ))),
    }
}

/// Two pools of an in-memory database would be two databases.
fn is_in_memory(rest: &str) -> bool {
    rest.contains(":memory:") || rest.contains("mode=memory")
}

/// Makes the file beforehand, since SQLite would let everybody read it; its log gets the same mode.
fn make_private(file: &Path) -> Result<(), StoreError> {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
        .open(file)
        .map(drop)
        .map_err(|error| engine::broken(sqlx::Error::Io(error)))
}

async fn open_sqlite(url: &str, counters: &Arc<Counters>) -> Result<Pools, StoreError> {
    let options = SqliteConnectOptions::from_str(url)
        .map_err(StoreError::Url)?
        .journal_mode(SqliteJournalMode::Wal)
        // In the write-ahead log only FULL flushes at each commit: nothing less survives a power cut.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(PATIENCE);
    make_private(options.get_filename())?;
    let lasting = || {
        SqlitePoolOptions::new()
            .idle_timeout(None)
            .max_lifetime(None)
            .test_before_acquire(false)
    };
    let writer = || lasting().max_connections(1).connect_with(options.clone());
    let writer = patiently(writer).await?;
    let begun = writer.begin_with("BEGIN IMMEDIATE").await;
    migration::run(Link::Sqlite(begun.map_err(engine::broken)?)).await?;

    let reading = options.pragma("query_only", "on");
    let readers = || lasting().max_connections(4).connect_with(reading.clone());
    let readers = patiently(readers).await?;
    let (orders, waiting) = mpsc::channel(writer::QUEUE);
    tokio::spawn(writer::write(writer, waiting, Arc::clone(counters)));
    Ok(Pools::Sqlite { readers, orders })
}

/// Connects as soon as nobody else keeps the file to themselves.
///
/// SQLite waits for locks by itself, except where waiting could be for ever: while several programs make a new file
/// one with a write-ahead log, all but one are told at once that it is locked.
async fn patiently<C: Future<Output = sqlx::Result<Pool<Sqlite>>>>(
    connect: impl Fn() -> C,
) -> Result<Pool<Sqlite>, StoreError> {
    let until = Instant::now() + PATIENCE;
    loop {
        match connect().await {
            Err(error) if engine::is_locked(&error) && Instant::now() < until => {
                sleep(BREATH).await;
            }
            connected => return connected.map_err(engine::broken),
        }
    }
}

async fn open_postgres(url: &str) -> Result<Pools, StoreError> {
    let options = PgConnectOptions::from_str(url)
        .map_err(StoreError::Url)?
        .application_name("vestibule");
    let pool = PgPoolOptions::new()
        .max_connections(16)
        .acquire_timeout(PATIENCE)
        // A statement that waits for somebody's forgotten transaction must not hold its connection for ever.
        .after_connect(|connection, _| {
            Box::pin(async {
                sqlx::query("SET lock_timeout = '5s'")
                    .execute(connection)
                    .await
                    .map(drop)
            })
        });
    let pool = pool.connect_with(options).await.map_err(engine::broken)?;
    let begun = pool.begin().await.map_err(engine::broken)?;
    migration::run(Link::Postgres(begun)).await?;
    Ok(Pools::Postgres(pool))
}

/// Runs a unit in a transaction of its own, and again when the database asks for it.
async fn write_alone<T, E, F>(
    pool: Pool<Postgres>,
    work: F,
    counters: Arc<Counters>,
) -> Result<T, E>
where
    E: From<StoreError>,
    F: for<'t> FnOnce(&'t mut Tx) -> Work<'t, T, E> + Clone,
{
    for _ in 1..TRIES {
        match write_once(&pool, work.clone(), &counters).await {
            Ended::InTheWay(_) => count(&counters.repeated),
            Ended::Well(value) => return Ok(value),
            Ended::Badly(error) => return Err(error),
        }
    }
    write_once(&pool, work, &counters).await.into_result()
}

async fn write_once<T, E, F>(pool: &Pool<Postgres>, work: F, counters: &Counters) -> Ended<T, E>
where
    E: From<StoreError>,
    F: for<'t> FnOnce(&'t mut Tx) -> Work<'t, T, E>,
{
    count(&counters.units);
    let mut tx = match pool.begin().await {
        Ok(tx) => Tx::new(Link::Postgres(tx)),
        Err(error) => return Ended::Badly(engine::broken(error).into()),
    };
    match unit::run(work, &mut tx).await {
        Ended::Well(value) => {
            count(&counters.commits);
            match tx.into_link().commit().await {
                Ok(()) => Ended::Well(value),
                Err(error) => Ended::Badly(engine::broken(error).into()),
            }
        }
        undone => {
            count(&counters.undone);
            // The unit's own error says more than a failed rollback would.
            drop(tx.into_link().undo().await);
            undone
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A power cut cannot be tested here; the settings that withstand one can.
    #[tokio::test]
    async fn every_writing_connection_flushes_at_each_commit() {
        let file =
            std::env::temp_dir().join(format!("vestibule-pragmas-{}.sqlite", std::process::id()));
        let store = Store::open(&format!("sqlite:{}", file.display()))
            .await
            .unwrap();
        let settings = store
            .write(|tx| {
                Box::pin(async move {
                    Ok::<_, StoreError>((
                        tx.optional("PRAGMA journal_mode", &[], |row| row.text("journal_mode"))
                            .await?,
                        tx.optional("PRAGMA synchronous", &[], |row| row.number("synchronous"))
                            .await?,
                        tx.optional("PRAGMA foreign_keys", &[], |row| row.number("foreign_keys"))
                            .await?,
                    ))
                })
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
