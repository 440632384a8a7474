//! An empty database for each scenario.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::{AssertSqlSafe, Connection as _};

/// The database of one scenario.
pub(crate) struct Database {
    pub(crate) url: String,
    place: Place,
}

enum Place {
    Folder(PathBuf),
    Schema { server: String, name: String },
}

impl Database {
    pub(crate) fn sqlite() -> Self {
        let folder = std::env::temp_dir().join(format!("vestibule-server-{}", fresh_name()));
        std::fs::create_dir(&folder).unwrap();
        Self {
            url: format!("sqlite:{}", folder.join("vestibule.sqlite").display()),
            place: Place::Folder(folder),
        }
    }

    pub(crate) async fn postgres() -> Self {
        let server = std::env::var("VESTIBULE_TEST_POSTGRES").expect(
            "VESTIBULE_TEST_POSTGRES names no PostgreSQL server: run scripts/test, which starts one",
        );
        let name = format!("vestibule_server_{}", fresh_name());
        statement_on(&server, format!("CREATE SCHEMA {name}")).await;
        let mark = if server.contains('?') { '&' } else { '?' };
        Self {
            url: format!("{server}{mark}options[search_path]={name}"),
            place: Place::Schema { server, name },
        }
    }

    /// Changes the database without the server.
    pub(crate) async fn alter(url: &str, statement: &str) {
        if url.starts_with("sqlite:") {
            let mut connection = sqlx::SqliteConnection::connect(url).await.unwrap();
            sqlx::query(AssertSqlSafe(statement.to_owned()))
                .execute(&mut connection)
                .await
                .unwrap();
            connection.close().await.unwrap();
        } else {
            statement_on(url, statement.to_owned()).await;
        }
    }

    pub(crate) async fn remove(&self) {
        match &self.place {
            Place::Folder(folder) => std::fs::remove_dir_all(folder).unwrap(),
            Place::Schema { server, name } => {
                statement_on(server, format!("DROP SCHEMA {name} CASCADE")).await;
            }
        }
    }
}

async fn statement_on(server: &str, statement: String) {
    let mut connection = sqlx::PgConnection::connect(server).await.unwrap();
    sqlx::query(AssertSqlSafe(statement))
        .execute(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
}

fn fresh_name() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    format!(
        "{}_{}",
        std::process::id(),
        COUNT.fetch_add(1, Ordering::Relaxed)
    )
}

/// Runs each scenario on SQLite and on PostgreSQL, with an empty schema.
macro_rules! on_each_database {
    ($($(#[$doc:meta])* async fn $name:ident($server:ident) $scenario:block)*) => { $(
        $(#[$doc])*
        mod $name {
            use super::*;
            use $crate::database::Database;
            use $crate::harness::{self, Server};

            async fn scenario($server: Server) $scenario

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                harness::run(Database::sqlite(), scenario).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            #[ignore = "needs PostgreSQL: run scripts/test"]
            async fn postgres() {
                harness::run(Database::postgres().await, scenario).await;
            }
        }
    )* };
}
pub(crate) use on_each_database;
