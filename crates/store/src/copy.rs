//! Copies a database to another one, for a move between SQLite and PostgreSQL.

use std::fmt::Write as _;

use futures_util::TryStreamExt as _;
use sqlx::{AssertSqlSafe, Column as _, Row as _, TypeInfo as _};

use crate::engine::{self, DbTx, PostgresTx, Value};
use crate::{Store, StoreError, migration};

/// How many rows one transaction inserts.
const BATCH: usize = 200;

/// How many rows of a table were copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopiedTable {
    pub name: &'static str,
    pub rows: u64,
}

/// Why a database was not copied.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(
        "the target has rows already, in the table {table}; copy to a new database, or delete the tables of this one"
    )]
    NotEmpty { table: &'static str },
}

/// Rows of one table, with the same columns.
#[derive(Clone)]
struct Rows {
    table: &'static str,
    columns: Vec<String>,
    values: Vec<OwnedValue>,
}

#[derive(Clone)]
enum OwnedValue {
    Text(Option<String>),
    Number(Option<i64>),
}

impl Store {
    /// Copies every row of every table to `target`, which must be empty, as this database is now.
    pub async fn copy_to(&self, target: &Self) -> Result<Vec<CopiedTable>, CopyError> {
        let tables = migration::tables();
        for table in &tables {
            if count(&mut target.begin_read().await?, table).await? > 0 {
                return Err(CopyError::NotEmpty { table });
            }
        }
        let mut source = self.begin_read().await?;
        let mut copied = Vec::new();
        for table in tables {
            let rows = copy_table(&mut source, target, table).await?;
            copied.push(CopiedTable { name: table, rows });
        }
        Ok(copied)
    }
}

async fn count(db_tx: &mut DbTx, table: &'static str) -> Result<i64, StoreError> {
    let sql = AssertSqlSafe(format!("SELECT COUNT(*) FROM {table}"));
    let counted = match db_tx {
        DbTx::Sqlite(tx) => sqlx::query_scalar(sql).fetch_one(&mut **tx).await,
        DbTx::Postgres(PostgresTx { tx, .. }) => {
            let query = sqlx::query_scalar(sql).persistent(false);
            query.fetch_one(&mut **tx).await
        }
    };
    counted.map_err(engine::database_error)
}

/// Reads the rows as a stream: a table may have more rows than fit into memory.
macro_rules! copy_rows {
    ($tx:expr, $target:expr, $table:expr) => {{
        let sql = AssertSqlSafe(format!("SELECT * FROM {}", $table));
        let mut stream = sqlx::query(sql).persistent(false).fetch(&mut **$tx);
        let mut batch = Rows::new($table);
        let mut copied = 0;
        while let Some(row) = stream.try_next().await.map_err(engine::database_error)? {
            for column in row.columns() {
                let index = column.ordinal();
                let value = if column.type_info().name().contains("INT") {
                    row.try_get(index).map(OwnedValue::Number)
                } else {
                    row.try_get(index).map(OwnedValue::Text)
                };
                batch.values.push(value.map_err(engine::database_error)?);
            }
            if batch.columns.is_empty() {
                let names = row.columns().iter();
                batch.columns = names.map(|column| column.name().to_owned()).collect();
            }
            copied += 1;
            if batch.count() == BATCH {
                batch.insert_into($target).await?;
                batch.values.clear();
            }
        }
        batch.insert_into($target).await?;
        Ok(copied)
    }};
}

async fn copy_table(
    source: &mut DbTx,
    target: &Store,
    table: &'static str,
) -> Result<u64, StoreError> {
    match source {
        DbTx::Sqlite(tx) => copy_rows!(tx, target, table),
        DbTx::Postgres(PostgresTx { tx, .. }) => copy_rows!(tx, target, table),
    }
}

impl Rows {
    fn new(table: &'static str) -> Self {
        Self {
            table,
            columns: Vec::new(),
            values: Vec::new(),
        }
    }

    fn count(&self) -> usize {
        self.values.len() / self.columns.len().max(1)
    }

    async fn insert_into(&self, target: &Store) -> Result<(), StoreError> {
        if self.values.is_empty() {
            return Ok(());
        }
        let rows = self.clone();
        target
            .write(async move |tx| {
                let values: Vec<Value<'_>> = rows.values.iter().map(OwnedValue::borrow).collect();
                tx.execute_generated(rows.insert_statement(), &values)
                    .await
                    .map(drop)
            })
            .await
    }

    fn insert_statement(&self) -> String {
        let mut sql = format!(
            "INSERT INTO {} ({}) VALUES ",
            self.table,
            self.columns.join(", ")
        );
        let width = self.columns.len();
        for row in 0..self.count() {
            let first = row * width;
            let places: Vec<String> = (1..=width).map(|n| format!("${}", first + n)).collect();
            let comma = if row == 0 { "" } else { ", " };
            write!(sql, "{comma}({})", places.join(", ")).expect("a string takes any text");
        }
        sql
    }
}

impl OwnedValue {
    fn borrow(&self) -> Value<'_> {
        match self {
            Self::Text(text) => Value::Text(text.as_deref()),
            Self::Number(number) => Value::Number(*number),
        }
    }
}
