//! One transaction, in which statements run.

use jiff::Timestamp;
use tokio::time::{Instant, timeout_at};

use crate::engine::{self, DbTx, Engine, Row, TxFault, Value};
use crate::{OrganizationId, OrganizationTx, StoreError};

/// One transaction; every statement of the store runs in one.
///
/// What belongs to an organization is reached through [`organization`](Self::organization) only, apart from the few
/// lookups that start from a secret or from a URL.
pub struct Tx {
    db_tx: DbTx,
    fault: Option<TxFault>,
    deadline: Deadline,
}

impl Tx {
    pub(crate) fn new(db_tx: DbTx) -> Self {
        Self {
            db_tx,
            fault: None,
            deadline: Deadline(None),
        }
    }

    /// A transaction whose statements fail after `deadline`.
    pub(crate) fn with_deadline(db_tx: DbTx, deadline: Instant) -> Self {
        Self {
            deadline: Deadline(Some(deadline)),
            ..Self::new(db_tx)
        }
    }

    /// One organization's rows. Runs no statement: the organization may not exist.
    pub fn organization<'t>(&'t mut self, id: &'t OrganizationId) -> OrganizationTx<'t> {
        OrganizationTx::new(self, id)
    }

    /// Runs a statement that changes rows, and returns how many.
    pub(crate) async fn execute(
        &mut self,
        sql: &'static str,
        values: &[Value<'_>],
    ) -> Result<u64, StoreError> {
        let done = self.deadline.limit(self.db_tx.execute(sql, values)).await?;
        done.map_err(|error| self.record_fault(error))
    }

    /// Runs a statement that is put together from the names of the schema, without values in its text.
    pub(crate) async fn execute_generated(
        &mut self,
        sql: String,
        values: &[Value<'_>],
    ) -> Result<u64, StoreError> {
        let statement = self.db_tx.execute_generated(sql, values);
        let done = self.deadline.limit(statement).await?;
        done.map_err(|error| self.record_fault(error))
    }

    /// Runs a statement that changes at most one row, and returns whether it did.
    pub(crate) async fn update_one(
        &mut self,
        sql: &'static str,
        values: &[Value<'_>],
    ) -> Result<bool, StoreError> {
        Ok(self.execute(sql, values).await? > 0)
    }

    /// Runs a statement that may violate a unique constraint; `None` means that it did.
    ///
    /// A savepoint keeps the transaction usable: PostgreSQL would reject every statement after the violation.
    pub(crate) async fn execute_unless_duplicate(
        &mut self,
        sql: &'static str,
        values: &[Value<'_>],
    ) -> Result<Option<u64>, StoreError> {
        self.execute("SAVEPOINT statement", &[]).await?;
        let done = self.deadline.limit(self.db_tx.execute(sql, values)).await?;
        match done {
            Ok(changed) => {
                self.execute("RELEASE SAVEPOINT statement", &[]).await?;
                Ok(Some(changed))
            }
            Err(error) if engine::is_unique_violation(&error) => {
                self.execute("ROLLBACK TO SAVEPOINT statement", &[]).await?;
                self.execute("RELEASE SAVEPOINT statement", &[]).await?;
                Ok(None)
            }
            Err(error) => Err(self.record_fault(error)),
        }
    }

    pub(crate) async fn fetch_all<T>(
        &mut self,
        sql: &'static str,
        values: &[Value<'_>],
        from_row: impl Fn(&Row) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let rows = self.deadline.limit(self.db_tx.fetch(sql, values)).await?;
        rows.map_err(|error| self.record_fault(error))?
            .iter()
            .map(from_row)
            .collect()
    }

    pub(crate) async fn fetch_optional<T>(
        &mut self,
        sql: &'static str,
        values: &[Value<'_>],
        from_row: impl Fn(&Row) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        Ok(self.fetch_all(sql, values, from_row).await?.pop())
    }

    /// The time of the database server; `None` where the database is a file.
    pub async fn database_time(&mut self) -> Result<Option<Timestamp>, StoreError> {
        match self.db_tx.engine() {
            Engine::Sqlite => Ok(None),
            Engine::Postgres => {
                let now = "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) AS BIGINT) AS now";
                self.fetch_optional(now, &[], |row| row.time("now")).await
            }
        }
    }

    pub(crate) async fn fetch_dynamic(
        &mut self,
        sql: &str,
        values: &[Value<'_>],
    ) -> Result<Vec<Row>, StoreError> {
        let rows = self.db_tx.fetch_dynamic(sql, values);
        let rows = self.deadline.limit(rows).await?;
        rows.map_err(|error| self.record_fault(error))
    }

    pub(crate) fn db_tx(&mut self) -> &mut DbTx {
        &mut self.db_tx
    }

    pub(crate) fn into_db_tx(self) -> DbTx {
        self.db_tx
    }

    /// The fault of the last statement that failed since the previous call.
    pub(crate) fn take_fault(&mut self) -> Option<TxFault> {
        self.fault.take()
    }

    fn record_fault(&mut self, error: sqlx::Error) -> StoreError {
        self.fault = Some(TxFault::from_error(&error));
        engine::database_error(error)
    }
}

/// Until when statements may run; `None` leaves the limit to [`unit_of_work::run`](crate::unit_of_work::run).
#[derive(Clone, Copy)]
struct Deadline(Option<Instant>);

impl Deadline {
    async fn limit<F: Future>(self, statement: F) -> Result<F::Output, StoreError> {
        match self.0 {
            None => Ok(statement.await),
            // A timeout polls its future first, so a fast statement would still run.
            Some(deadline) if deadline <= Instant::now() => Err(StoreError::Timeout),
            Some(deadline) => timeout_at(deadline, statement)
                .await
                .map_err(|_elapsed| StoreError::Timeout),
        }
    }
}
