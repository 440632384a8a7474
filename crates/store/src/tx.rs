//! One transaction, in which statements run.

use crate::engine::{self, Link, Row, Trouble, Value};
use crate::{OrganizationId, StoreError, Tenant};

/// One transaction; the whole database is reached from here.
///
/// What belongs to an organization is reached through
/// [`organization`](Self::organization) only, apart from the few look-ups that
/// start from a secret or from a URL.
pub struct Tx {
    link: Link,
    trouble: Option<Trouble>,
}

impl Tx {
    pub(crate) fn new(link: Link) -> Self {
        Self {
            link,
            trouble: None,
        }
    }

    /// One organization's rows. Nothing is read yet: there may be no such organization.
    pub fn organization<'t>(&'t mut self, id: &'t OrganizationId) -> Tenant<'t> {
        Tenant::new(self, id)
    }

    /// Runs a statement that changes rows; says how many.
    pub(crate) async fn execute(
        &mut self,
        sql: &'static str,
        values: &[Value<'_>],
    ) -> Result<u64, StoreError> {
        let done = self.link.execute(sql, values).await;
        done.map_err(|error| self.note(error))
    }

    /// Runs a statement that changes at most one row; says whether it did.
    pub(crate) async fn change(
        &mut self,
        sql: &'static str,
        values: &[Value<'_>],
    ) -> Result<bool, StoreError> {
        Ok(self.execute(sql, values).await? > 0)
    }

    /// Runs a statement that may find its value taken; `None` is exactly that.
    ///
    /// A savepoint keeps the transaction usable: PostgreSQL would refuse
    /// everything that came after the violation.
    pub(crate) async fn execute_unless_taken(
        &mut self,
        sql: &'static str,
        values: &[Value<'_>],
    ) -> Result<Option<u64>, StoreError> {
        self.execute("SAVEPOINT statement", &[]).await?;
        match self.link.execute(sql, values).await {
            Ok(changed) => {
                self.execute("RELEASE SAVEPOINT statement", &[]).await?;
                Ok(Some(changed))
            }
            Err(error) if engine::is_taken(&error) => {
                self.execute("ROLLBACK TO SAVEPOINT statement", &[]).await?;
                self.execute("RELEASE SAVEPOINT statement", &[]).await?;
                Ok(None)
            }
            Err(error) => Err(self.note(error)),
        }
    }

    /// Reads every row of an answer.
    pub(crate) async fn all<T>(
        &mut self,
        sql: &'static str,
        values: &[Value<'_>],
        read: impl Fn(&Row) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let rows = self.link.fetch(sql, values).await;
        rows.map_err(|error| self.note(error))?
            .iter()
            .map(read)
            .collect()
    }

    /// Reads the one row of an answer, if there is one.
    pub(crate) async fn optional<T>(
        &mut self,
        sql: &'static str,
        values: &[Value<'_>],
        read: impl Fn(&Row) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        Ok(self.all(sql, values, read).await?.pop())
    }

    pub(crate) fn link(&mut self) -> &mut Link {
        &mut self.link
    }

    pub(crate) fn into_link(self) -> Link {
        self.link
    }

    /// What went wrong since the last time somebody asked.
    pub(crate) fn take_trouble(&mut self) -> Option<Trouble> {
        self.trouble.take()
    }

    fn note(&mut self, error: sqlx::Error) -> StoreError {
        self.trouble = Some(Trouble::of(&error));
        engine::broken(error)
    }
}
