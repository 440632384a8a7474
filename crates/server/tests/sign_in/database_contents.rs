//! All rows of the database, to assert that a request changes nothing.

use std::collections::BTreeMap;

use sqlx::{AssertSqlSafe, Connection as _, Row as _, SqliteConnection};
use test_support::SsoFixture;

/// The rows of each table of a SQLite database.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct DatabaseContents {
    tables: BTreeMap<String, Vec<String>>,
}

impl DatabaseContents {
    pub(crate) async fn read(sso: &SsoFixture) -> Self {
        let mut database = SqliteConnection::connect(&sso.server.database.url)
            .await
            .unwrap();
        let names = "SELECT name FROM sqlite_master WHERE type = 'table'";
        let mut tables = BTreeMap::new();
        for table in read_column(&mut database, names.to_owned()).await {
            let rows = read_rows(&mut database, &table).await;
            tables.insert(table, rows);
        }
        database.close().await.unwrap();
        Self { tables }
    }

    /// Reads all tables but those of the sign-in attempts, which also record rejections.
    pub(crate) async fn read_without_attempts(sso: &SsoFixture) -> Self {
        Self::read(sso)
            .await
            .without("attempt")
            .without("attempt_count")
            .without("rejected_sign_in")
    }

    pub(crate) fn without(mut self, table: &str) -> Self {
        self.tables.remove(table).unwrap();
        self
    }

    pub(crate) fn count_rows(&self, table: &str) -> usize {
        self.tables[table].len()
    }
}

/// The rows of a table, in a stable order.
async fn read_rows(database: &mut SqliteConnection, table: &str) -> Vec<String> {
    let columns = format!("SELECT name FROM pragma_table_info('{table}')");
    let quoted: Vec<String> = read_column(database, columns)
        .await
        .iter()
        .map(|column| format!("quote({column})"))
        .collect();
    let line = quoted.join(" || '|' || ");
    let rows = format!("SELECT {line} AS line FROM {table} ORDER BY line");
    read_column(database, rows).await
}

/// The first column of each row that a query returns.
async fn read_column(database: &mut SqliteConnection, query: String) -> Vec<String> {
    let rows = sqlx::query(AssertSqlSafe(query))
        .fetch_all(database)
        .await
        .unwrap();
    rows.iter().map(|row| row.get::<String, _>(0)).collect()
}
