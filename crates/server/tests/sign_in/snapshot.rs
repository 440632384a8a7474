//! Everything that a database holds, so that a test can say that nothing has changed.

use std::collections::BTreeMap;
use test_support::SsoFixture;

use sqlx::{AssertSqlSafe, Connection as _, Row as _, SqliteConnection};

/// The rows of each table.
pub(crate) type Snapshot = BTreeMap<String, Vec<String>>;

/// What the database holds, without the attempts, which record what was refused.
pub(crate) async fn without_attempts(sso: &SsoFixture) -> Snapshot {
    let mut all = everything(sso).await;
    all.remove("attempt");
    all
}

pub(crate) async fn everything(sso: &SsoFixture) -> Snapshot {
    let mut database = SqliteConnection::connect(&sso.server.database.url)
        .await
        .unwrap();
    let tables = texts(
        &mut database,
        "SELECT name FROM sqlite_master WHERE type = 'table'".to_owned(),
    )
    .await;
    let mut all = Snapshot::new();
    for table in tables {
        let columns = texts(
            &mut database,
            format!("SELECT name FROM pragma_table_info('{table}')"),
        )
        .await;
        let quoted: Vec<String> = columns
            .iter()
            .map(|column| format!("quote({column})"))
            .collect();
        let rows = format!(
            "SELECT {} AS line FROM {table} ORDER BY line",
            quoted.join(" || '|' || ")
        );
        let rows = texts(&mut database, rows).await;
        all.insert(table, rows);
    }
    database.close().await.unwrap();
    all
}

async fn texts(database: &mut SqliteConnection, sql: String) -> Vec<String> {
    let rows = sqlx::query(AssertSqlSafe(sql))
        .fetch_all(database)
        .await
        .unwrap();
    rows.iter().map(|row| row.get::<String, _>(0)).collect()
}
