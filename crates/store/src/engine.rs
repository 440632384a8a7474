//! SQLite and PostgreSQL.
//!
//! The modules above this one do not depend on the engine: statements have the same text, and values are text or
//! integers.

use std::borrow::Cow;
use std::sync::Arc;

use sqlx::error::DatabaseError;
use sqlx::{AssertSqlSafe, Postgres, Row as _, Sqlite, Transaction};

use crate::StoreError;

/// Which database a store uses. Statements must not depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// A local file.
    Sqlite,
    Postgres,
}

pub(crate) enum DbTx {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(PostgresTx),
}

pub(crate) struct PostgresTx {
    pub(crate) tx: Transaction<'static, Postgres>,
    /// Whether the connection keeps prepared statements after the transaction.
    pub(crate) has_prepared_statements: bool,
}

pub(crate) enum Row {
    Sqlite(sqlx::sqlite::SqliteRow),
    Postgres(sqlx::postgres::PgRow),
}

#[derive(Clone, Copy)]
pub(crate) enum Value<'v> {
    Text(Option<&'v str>),
    Number(Option<i64>),
}

/// Runs the same expression for either engine.
macro_rules! match_engine {
    ($self:expr, $kind:ident, $db:ident => $body:expr) => {
        match $self {
            $kind::Sqlite($db) => $body,
            $kind::Postgres($db) => $body,
        }
    };
}

macro_rules! query {
    ($sql:expr, $values:expr) => {{
        let mut query = sqlx::query($sql);
        for value in $values {
            query = match *value {
                Value::Text(text) => query.bind(text.map(replace_nul)),
                Value::Number(number) => query.bind(number),
            };
        }
        query
    }};
}

/// PostgreSQL text cannot contain NUL, which a form or a JSON body can; both engines store U+FFFD instead.
fn replace_nul(text: &str) -> Cow<'_, str> {
    match text.contains('\0') {
        true => Cow::Owned(text.replace('\0', "\u{FFFD}")),
        false => Cow::Borrowed(text),
    }
}

impl DbTx {
    pub(crate) fn engine(&self) -> Engine {
        match self {
            Self::Sqlite(_) => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }

    pub(crate) async fn execute(
        &mut self,
        sql: &'static str,
        values: &[Value<'_>],
    ) -> sqlx::Result<u64> {
        Ok(match self {
            Self::Sqlite(tx) => {
                let done = query!(sql, values).execute(&mut **tx).await?;
                done.rows_affected()
            }
            Self::Postgres(PostgresTx {
                tx,
                has_prepared_statements,
            }) => {
                let query = query!(sql, values).persistent(*has_prepared_statements);
                query.execute(&mut **tx).await?.rows_affected()
            }
        })
    }

    /// A statement whose text is not constant. It is not kept as a prepared statement.
    pub(crate) async fn execute_generated(
        &mut self,
        sql: String,
        values: &[Value<'_>],
    ) -> sqlx::Result<u64> {
        let sql = AssertSqlSafe(sql);
        Ok(match self {
            Self::Sqlite(tx) => {
                let query = query!(sql, values).persistent(false);
                query.execute(&mut **tx).await?.rows_affected()
            }
            Self::Postgres(PostgresTx { tx, .. }) => {
                let query = query!(sql, values).persistent(false);
                query.execute(&mut **tx).await?.rows_affected()
            }
        })
    }

    pub(crate) async fn fetch(
        &mut self,
        sql: &'static str,
        values: &[Value<'_>],
    ) -> sqlx::Result<Vec<Row>> {
        Ok(match self {
            Self::Sqlite(tx) => {
                let rows = query!(sql, values).fetch_all(&mut **tx).await?;
                rows.into_iter().map(Row::Sqlite).collect()
            }
            Self::Postgres(PostgresTx {
                tx,
                has_prepared_statements,
            }) => {
                let query = query!(sql, values).persistent(*has_prepared_statements);
                let rows = query.fetch_all(&mut **tx).await?;
                rows.into_iter().map(Row::Postgres).collect()
            }
        })
    }

    /// Runs a statement that [`Query`](crate::query::Query) has assembled from constants.
    pub(crate) async fn fetch_dynamic(
        &mut self,
        sql: &str,
        values: &[Value<'_>],
    ) -> sqlx::Result<Vec<Row>> {
        let sql = AssertSqlSafe(sql);
        Ok(match self {
            Self::Sqlite(tx) => {
                let rows = query!(sql, values).fetch_all(&mut **tx).await?;
                rows.into_iter().map(Row::Sqlite).collect()
            }
            Self::Postgres(PostgresTx {
                tx,
                has_prepared_statements,
            }) => {
                let query = query!(sql, values).persistent(*has_prepared_statements);
                let rows = query.fetch_all(&mut **tx).await?;
                rows.into_iter().map(Row::Postgres).collect()
            }
        })
    }

    /// Runs several statements without parameters.
    pub(crate) async fn run_script(&mut self, script: &'static str) -> sqlx::Result<()> {
        match self {
            Self::Sqlite(tx) => sqlx::raw_sql(script).execute(&mut **tx).await.map(drop),
            Self::Postgres(PostgresTx { tx, .. }) => {
                sqlx::raw_sql(script).execute(&mut **tx).await.map(drop)
            }
        }
    }

    pub(crate) async fn commit(self) -> sqlx::Result<()> {
        match self {
            Self::Sqlite(tx) => tx.commit().await,
            Self::Postgres(PostgresTx { tx, .. }) => tx.commit().await,
        }
    }

    pub(crate) async fn rollback(self) -> sqlx::Result<()> {
        match self {
            Self::Sqlite(tx) => tx.rollback().await,
            Self::Postgres(PostgresTx { tx, .. }) => tx.rollback().await,
        }
    }
}

impl Row {
    pub(crate) fn maybe_text(&self, column: &'static str) -> Result<Option<String>, StoreError> {
        match_engine!(self, Self, row => row.try_get(column)).map_err(database_error)
    }

    pub(crate) fn maybe_number(&self, column: &'static str) -> Result<Option<i64>, StoreError> {
        match_engine!(self, Self, row => row.try_get(column)).map_err(database_error)
    }
}

pub(crate) fn database_error(error: sqlx::Error) -> StoreError {
    let code = error.as_database_error().and_then(DatabaseError::code);
    // "prepared statement … does not exist" and "… already exists".
    if matches!(code.as_deref(), Some("26000" | "42P05")) {
        return StoreError::StatementsLost(Arc::new(error));
    }
    match is_unavailable(&error) {
        true => StoreError::Unavailable(Arc::new(error)),
        false => StoreError::Database(Arc::new(error)),
    }
}

/// Whether the database cannot be reached or cannot write, so that the same request will succeed when it recovers.
pub(crate) fn is_unavailable(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::PoolTimedOut | sqlx::Error::Io(_) | sqlx::Error::Tls(_) => true,
        sqlx::Error::Database(error) => error.code().is_some_and(|code| match code.len() {
            // A SQLSTATE.
            5 => is_postgres_outage(&code),
            _ => code.parse().is_ok_and(is_sqlite_outage),
        }),
        _ => false,
    }
}

/// The SQLSTATEs of a connection that failed (08), missing resources (53), a shutdown (57P) and a system error (58).
fn is_postgres_outage(code: &str) -> bool {
    let classes = ["08", "53", "57P", "58"];
    classes.iter().any(|class| code.starts_with(class))
}

/// `SQLITE_BUSY`, `SQLITE_IOERR`, `SQLITE_FULL` and `SQLITE_CANTOPEN`, and their extended codes.
fn is_sqlite_outage(code: u32) -> bool {
    matches!(code & 0xff, 5 | 10 | 13 | 14)
}

/// What a failed statement means for its transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TxFault {
    /// The transaction cannot succeed.
    Failed,
    /// Two transactions conflicted; running the unit of work again may succeed.
    Contention,
}

impl TxFault {
    /// SQLSTATE 40001 (serialization failure) and 40P01 (deadlock); SQLite's codes are plain numbers.
    pub(crate) fn from_error(error: &sqlx::Error) -> Self {
        let code = error.as_database_error().and_then(DatabaseError::code);
        match code.as_deref() {
            Some("40001" | "40P01") => Self::Contention,
            Some(_) | None => Self::Failed,
        }
    }
}

/// Whether another process has locked the SQLite file: `SQLITE_BUSY`, or one of its extended codes.
pub(crate) fn is_locked(error: &sqlx::Error) -> bool {
    const BUSY: u32 = 5;
    let code = error.as_database_error().and_then(DatabaseError::code);
    code.and_then(|code| code.parse::<u32>().ok())
        .is_some_and(|code| code & 0xff == BUSY)
}

pub(crate) fn is_unique_violation(error: &sqlx::Error) -> bool {
    error
        .as_database_error()
        .is_some_and(DatabaseError::is_unique_violation)
}
