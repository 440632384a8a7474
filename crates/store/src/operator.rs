//! Operators: the people who run the deployment.

use jiff::Timestamp;

use crate::engine::Row;
use crate::{NamedLock, PersonId, StoreError, Tx};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operator {
    pub person: PersonId,
    /// The address of the person's console account.
    pub email: Option<String>,
    pub name: Option<String>,
    pub created_at: Timestamp,
}

impl Tx {
    /// `false` when the person is an operator already.
    pub async fn add_operator(
        &mut self,
        person: &PersonId,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        self.update_one(
            "INSERT INTO operator (person_id, created_at) VALUES ($1, $2) ON CONFLICT (person_id) DO NOTHING",
            &[person.into(), at.into()],
        )
        .await
    }

    /// Makes a person an operator if there is none yet; of two parallel calls, one returns `true`.
    pub async fn add_first_operator(
        &mut self,
        person: &PersonId,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        self.lock(NamedLock::Operators).await?;
        self.update_one(
            "INSERT INTO operator (person_id, created_at)
             SELECT $1, $2 WHERE NOT EXISTS (SELECT 1 FROM operator)",
            &[person.into(), at.into()],
        )
        .await
    }

    pub async fn is_operator(&mut self, person: &PersonId) -> Result<bool, StoreError> {
        let found = self
            .fetch_optional(
                "SELECT person_id FROM operator WHERE person_id = $1",
                &[person.into()],
                |row| row.text("person_id"),
            )
            .await?;
        Ok(found.is_some())
    }

    /// Oldest first.
    pub async fn operators(&mut self) -> Result<Vec<Operator>, StoreError> {
        self.fetch_all(
            "SELECT operator.person_id, operator.created_at, person.name,
                    (SELECT MIN(console_account.email) FROM console_account
                      WHERE console_account.person_id = person.id) AS email
               FROM operator
               JOIN person ON person.id = operator.person_id
              ORDER BY operator.created_at, operator.person_id",
            &[],
            Operator::from_row,
        )
        .await
    }

    /// `false` when the person is not an operator, or is the last one.
    pub async fn remove_operator(&mut self, person: &PersonId) -> Result<bool, StoreError> {
        self.lock(NamedLock::Operators).await?;
        self.update_one(
            "DELETE FROM operator
              WHERE person_id = $1 AND EXISTS (SELECT 1 FROM operator AS other WHERE other.person_id <> $1)",
            &[person.into()],
        )
        .await
    }
}

impl Operator {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            person: row.parsed("person_id")?,
            email: row.maybe_text("email")?,
            name: row.maybe_text("name")?,
            created_at: row.time("created_at")?,
        })
    }
}
