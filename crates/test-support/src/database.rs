//! An empty database for each test.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use rstest_reuse::template;
use sqlx::{AssertSqlSafe, Connection as _};

/// The environment variable with the URL of the PostgreSQL server on which tests create their schemas.
const POSTGRES_URL_VARIABLE: &str = "VESTIBULE_TEST_POSTGRES";

/// A database system that Vestibule supports.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// The database of one test. Dropping it removes the database.
pub struct TestDatabase {
    pub url: String,
    location: Location,
}

enum Location {
    Folder(PathBuf),
    Schema { server: String, name: String },
}

impl TestDatabase {
    /// Creates an empty database.
    ///
    /// # Panics
    /// When `engine` is PostgreSQL and `VESTIBULE_TEST_POSTGRES` names no server.
    pub async fn create(engine: Engine) -> Self {
        match engine {
            Engine::Sqlite => Self::create_folder(),
            Engine::Postgres => Self::create_schema().await,
        }
    }

    /// The name under which sessions with this database appear in PostgreSQL's `pg_stat_activity`.
    #[cfg(feature = "server")]
    pub(crate) fn application_name(&self) -> Option<&str> {
        match &self.location {
            Location::Folder(_) => None,
            Location::Schema { name, .. } => Some(name),
        }
    }

    /// Runs a statement on a connection of its own, without the store.
    pub async fn execute(&self, statement: &str) {
        execute(&self.url, statement).await;
    }

    fn create_folder() -> Self {
        let folder = std::env::temp_dir().join(format!("vestibule-test-{}", unique_name()));
        std::fs::create_dir(&folder).unwrap();
        Self {
            url: format!("sqlite:{}", folder.join("vestibule.sqlite").display()),
            location: Location::Folder(folder),
        }
    }

    async fn create_schema() -> Self {
        let server = std::env::var(POSTGRES_URL_VARIABLE).unwrap_or_else(|_| {
            panic!("{POSTGRES_URL_VARIABLE} names no PostgreSQL server: run scripts/test, which starts one")
        });
        let name = format!("vestibule_test_{}", unique_name());
        execute(&server, &format!("CREATE SCHEMA {name}")).await;
        let separator = if server.contains('?') { '&' } else { '?' };
        Self {
            url: format!("{server}{separator}options[search_path]={name}&application_name={name}"),
            location: Location::Schema { server, name },
        }
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        match &self.location {
            Location::Folder(folder) => drop(std::fs::remove_dir_all(folder)),
            Location::Schema { server, name } => drop_schema(server.clone(), name),
        }
    }
}

/// Drops a schema on a thread of its own, because the test's runtime cannot be blocked. A schema that cannot be
/// dropped, for example because a failed test still holds a lock, stays until the server is removed.
fn drop_schema(server: String, name: &str) {
    let statement = format!(
        "SET lock_timeout = '5s'; SET client_min_messages = warning; DROP SCHEMA {name} CASCADE"
    );
    let dropping = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let mut connection = sqlx::PgConnection::connect(&server).await.unwrap();
            drop(
                sqlx::raw_sql(AssertSqlSafe(statement))
                    .execute(&mut connection)
                    .await,
            );
        });
    });
    drop(dropping.join());
}

async fn execute(url: &str, statement: &str) {
    let statement = AssertSqlSafe(statement.to_owned());
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

fn unique_name() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    format!(
        "{}_{}",
        std::process::id(),
        COUNT.fetch_add(1, Ordering::Relaxed)
    )
}

/// Runs a scenario on SQLite and on PostgreSQL.
#[template]
#[export]
#[rstest]
#[case::sqlite(test_support::Engine::Sqlite)]
#[ignore = "needs PostgreSQL: run scripts/test"]
#[case::postgres(test_support::Engine::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
pub async fn each_database(#[case] engine: test_support::Engine) {}
