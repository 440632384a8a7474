//! Operators: those who run the deployment.

use jiff::Timestamp;

use crate::engine::Row;
use crate::{PersonId, StoreError, Tx};

/// A person who runs the deployment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operator {
    /// The person.
    pub person: PersonId,
    /// The address by which they sign in, while they have one.
    pub email: Option<String>,
    /// Their name.
    pub name: Option<String>,
    /// Since when they are one.
    pub created_at: Timestamp,
}

impl Tx {
    /// Makes a person an operator; `false` when they are one.
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

    /// Makes a person an operator if nobody is one yet; of two who try at once, one is.
    pub async fn add_first_operator(
        &mut self,
        person: &PersonId,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        // On PostgreSQL two transactions would not see each other's row; the first one's lock makes the second wait.
        self.execute("UPDATE migration SET name = name", &[])
            .await?;
        self.update_one(
            "INSERT INTO operator (person_id, created_at)
             SELECT $1, $2 WHERE NOT EXISTS (SELECT 1 FROM operator)",
            &[person.into(), at.into()],
        )
        .await
    }

    /// Whether a person is an operator.
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

    /// The operators, oldest first.
    pub async fn operators(&mut self) -> Result<Vec<Operator>, StoreError> {
        self.fetch_all(
            "SELECT operator.person_id, operator.created_at, person.name,
                    (SELECT MIN(console_account.email) FROM console_account WHERE console_account.person_id = person.id) AS email
               FROM operator
               JOIN person ON person.id = operator.person_id
              ORDER BY operator.created_at, operator.person_id",
            &[],
            Operator::from_row,
        )
        .await
    }

    /// Ends somebody's being an operator; the last one stays.
    pub async fn remove_operator(&mut self, person: &PersonId) -> Result<bool, StoreError> {
        self.execute("UPDATE migration SET name = name", &[])
            .await?;
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
