//! A new database for each scenario.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::AssertSqlSafe;
use store::Store;

/// Any error of a unit of work.
pub(crate) type Problem = Box<dyn std::error::Error + Send + Sync>;

/// A database of one scenario.
pub(crate) struct Database {
    pub(crate) url: String,
    place: Place,
}

enum Place {
    File(PathBuf),
    Schema { server: String, name: String },
}

impl Database {
    pub(crate) fn sqlite() -> Self {
        let file = std::env::temp_dir().join(format!("vestibule-store-{}.sqlite", fresh_name()));
        let url = format!("sqlite:{}", file.display());
        Self {
            url,
            place: Place::File(file),
        }
    }

    pub(crate) async fn postgres() -> Self {
        let server = std::env::var("VESTIBULE_TEST_POSTGRES").expect(
            "VESTIBULE_TEST_POSTGRES names no PostgreSQL server: run scripts/test, which starts one",
        );
        let name = format!("vestibule_{}", fresh_name());
        statement_on(&server, format!("CREATE SCHEMA {name}")).await;
        let mark = if server.contains('?') { '&' } else { '?' };
        let url = format!("{server}{mark}options[search_path]={name}");
        Self {
            url,
            place: Place::Schema { server, name },
        }
    }

    pub(crate) async fn open(&self) -> Store {
        Store::open(&self.url).await.unwrap()
    }

    /// Runs a statement without the store.
    pub(crate) async fn tamper(&self, statement: &str) {
        statement_on(&self.url, statement.to_owned()).await;
    }

    pub(crate) async fn remove(&self) {
        match &self.place {
            Place::File(file) => {
                for end in ["", "-wal", "-shm"] {
                    // Closing the last connection has already removed the write-ahead log.
                    let _ = std::fs::remove_file(format!("{}{end}", file.display()));
                }
            }
            Place::Schema { server, name } => {
                statement_on(server, format!("DROP SCHEMA {name} CASCADE")).await;
            }
        }
    }
}

async fn statement_on(url: &str, statement: String) {
    use sqlx::Connection as _;
    let statement = AssertSqlSafe(statement);
    if url.starts_with("sqlite:") {
        let mut connection = sqlx::SqliteConnection::connect(url).await.unwrap();
        sqlx::query(statement)
            .execute(&mut connection)
            .await
            .unwrap();
        connection.close().await.unwrap();
    } else {
        let mut connection = sqlx::PgConnection::connect(url).await.unwrap();
        sqlx::query(statement)
            .execute(&mut connection)
            .await
            .unwrap();
        connection.close().await.unwrap();
    }
}

fn fresh_name() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    format!(
        "{}_{}",
        std::process::id(),
        COUNT.fetch_add(1, Ordering::Relaxed)
    )
}

/// Runs a scenario, then removes its database, also after a panic.
pub(crate) async fn run<S>(database: Database, scenario: impl FnOnce(Store, &'static Database) -> S)
where
    S: Future<Output = ()> + Send + 'static,
{
    // The scenario is a task that needs a `'static` reference; each test leaks a few hundred bytes.
    let database: &'static Database = Box::leak(Box::new(database));
    let store = database.open().await;
    let ended = tokio::spawn(scenario(store.clone(), database)).await;
    store.close().await;
    database.remove().await;
    if let Err(panicked) = ended {
        std::panic::resume_unwind(panicked.into_panic());
    }
}

/// Runs one scenario on each database, with an empty schema.
macro_rules! on_each_database {
    ($($(#[$doc:meta])* async fn $name:ident($store:ident $(, $database:ident)?) $scenario:block)*) => { $(
        $(#[$doc])*
        mod $name {
            use super::*;
            use $crate::database::Database;

            async fn scenario($store: store::Store, on_each_database!(@name $($database)?): &'static Database) $scenario

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                $crate::database::run(Database::sqlite(), scenario).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            #[ignore = "needs PostgreSQL: run scripts/test"]
            async fn postgres() {
                $crate::database::run(Database::postgres().await, scenario).await;
            }
        }
    )* };
    (@name $database:ident) => { $database };
    (@name) => { _database };
}
pub(crate) use on_each_database;

/// Runs a unit of work, which must succeed.
macro_rules! writing {
    ($store:expr, $tx:ident => $body:expr) => {
        $store
            .write(async move |$tx| Ok::<_, $crate::database::Problem>($body))
            .await
            .unwrap()
    };
}
pub(crate) use writing;

/// Reads on a snapshot, which must succeed.
macro_rules! reading {
    ($store:expr, $tx:ident => $body:expr) => {
        async {
            let mut snapshot = $store.snapshot().await?;
            let $tx = &mut *snapshot;
            Ok::<_, $crate::database::Problem>($body)
        }
        .await
        .unwrap()
    };
}
pub(crate) use reading;
