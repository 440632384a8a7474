//! The migrations make the declared schema, on both engines.

use sqlx::Row as _;
use store::{Engine, Store, StoreError};
use tokio::task::JoinSet;

use crate::database::{Database, on_each_database};

/// Columns in order, then indexes, one per line.
const DECLARED: &str = include_str!("schema.txt");

const SQLITE_COLUMNS: &str = "
    SELECT m.name || '.' || c.name || ' ' || c.type || CASE WHEN c.\"notnull\" = 1 THEN ' NOT NULL' ELSE '' END AS line
      FROM sqlite_master m, pragma_table_info(m.name) c
     WHERE m.type = 'table'
     ORDER BY m.name, c.cid";

const SQLITE_INDEXES: &str = "
    SELECT 'index ' || name AS line FROM sqlite_master
     WHERE type = 'index' AND name NOT LIKE 'sqlite_autoindex%'
     ORDER BY name";

const POSTGRES_COLUMNS: &str = "
    SELECT c.table_name || '.' || c.column_name || ' ' || upper(c.data_type)
           || CASE WHEN c.is_nullable = 'NO' THEN ' NOT NULL' ELSE '' END AS line
      FROM information_schema.columns c
      JOIN information_schema.tables t USING (table_schema, table_name)
     WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE'
     ORDER BY c.table_name COLLATE \"C\", c.ordinal_position";

const POSTGRES_INDEXES: &str = "
    SELECT 'index ' || indexname AS line FROM pg_indexes
     WHERE schemaname = current_schema() AND indexname NOT LIKE '%\\_pkey' AND indexname NOT LIKE '%\\_key'
     ORDER BY indexname COLLATE \"C\"";

async fn actual_schema(database: &Database, engine: Engine) -> String {
    use sqlx::Connection as _;
    let mut lines: Vec<String> = Vec::new();
    match engine {
        Engine::Sqlite => {
            let mut connection = sqlx::SqliteConnection::connect(&database.url)
                .await
                .unwrap();
            for query in [SQLITE_COLUMNS, SQLITE_INDEXES] {
                let rows = sqlx::query(query).fetch_all(&mut connection).await.unwrap();
                lines.extend(rows.iter().map(|row| row.get::<String, _>("line")));
            }
        }
        Engine::Postgres => {
            let mut connection = sqlx::PgConnection::connect(&database.url).await.unwrap();
            for query in [POSTGRES_COLUMNS, POSTGRES_INDEXES] {
                let rows = sqlx::query(query).fetch_all(&mut connection).await.unwrap();
                lines.extend(rows.iter().map(|row| row.get::<String, _>("line")));
            }
        }
    }
    lines.join("\n") + "\n"
}

on_each_database! {
    async fn the_migrations_make_the_declared_schema(store, database) {
        let found = actual_schema(database, store.engine()).await;
        assert!(found == DECLARED, "schema.txt should read:\n{found}");
        let types = DECLARED.lines().filter_map(|line| line.split(' ').nth(1));
        assert!(types.filter(|kind| *kind == "TEXT" || *kind == "BIGINT").count() > 100);
    }

    async fn a_database_can_be_opened_again(_store, database) {
        database.open().await.close().await;
    }

    async fn a_database_of_a_newer_version_is_left_alone(store, database) {
        store.close().await;
        database.tamper("INSERT INTO migration (name, script) VALUES ('9999_future', '')").await;
        let opened = Store::open(&database.url).await.err().unwrap();
        assert!(matches!(&opened, StoreError::Migration { name, .. } if name == "9999_future"), "{opened:?}");
    }

    async fn a_changed_migration_is_detected(store, database) {
        store.close().await;
        database.tamper("UPDATE migration SET script = 'CREATE TABLE other (id TEXT)'").await;
        assert!(matches!(Store::open(&database.url).await.err().unwrap(), StoreError::Migration { .. }));
    }
}

/// Opens one new database from eight nodes at the same time.
async fn eight_nodes_start(database: Database) {
    let mut nodes = JoinSet::new();
    for _ in 0..8 {
        let url = database.url.clone();
        nodes.spawn(async move { Store::open(&url).await });
    }
    for store in nodes.join_all().await {
        store.unwrap().close().await;
    }
    database.remove().await;
}

mod nodes_that_start_together_take_turns {
    use super::{Database, eight_nodes_start};

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn sqlite() {
        eight_nodes_start(Database::sqlite()).await;
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    #[ignore = "needs PostgreSQL: run scripts/test"]
    async fn postgres() {
        eight_nodes_start(Database::postgres().await).await;
    }
}

#[tokio::test]
async fn a_url_that_names_neither_engine_is_refused() {
    for url in [
        "",
        "mysql://x",
        "vestibule.sqlite",
        "sqlite:",
        "sqlite::memory:",
        "sqlite:x?mode=memory",
    ] {
        assert!(
            matches!(
                Store::open(url).await.err().unwrap(),
                StoreError::InvalidUrl(_)
            ),
            "{url:?}"
        );
    }
}
