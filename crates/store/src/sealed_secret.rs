//! All sealed secrets of the database, whatever their table, for a change of the key that seals them.

use crate::{SealedText, StoreError, Tx};

/// A column of sealed secrets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SealedColumn {
    ProviderKey,
    ConnectionKey,
    AttemptMessages,
    TestResult,
}

/// A sealed secret and its row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedSecret {
    pub column: SealedColumn,
    /// The primary key of the row.
    pub id: String,
    pub sealed: SealedText,
}

/// The secrets of some rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedBatch {
    pub secrets: Vec<SealedSecret>,
    /// The last row that was read; `None` at the end.
    pub last: Option<String>,
}

impl SealedColumn {
    pub const ALL: [Self; 4] = [
        Self::ProviderKey,
        Self::ConnectionKey,
        Self::AttemptMessages,
        Self::TestResult,
    ];

    /// The place that a secret of the row `id` is sealed for: moved to another row or column, it cannot be unsealed.
    pub fn place(self, id: &str) -> String {
        match self {
            Self::ProviderKey => format!("provider_key/{id}"),
            Self::ConnectionKey => format!("connection_key/{id}"),
            Self::AttemptMessages => format!("attempt/{id}"),
            Self::TestResult => format!("attempt/{id}/result"),
        }
    }

    const fn list_statement(self) -> &'static str {
        match self {
            Self::ProviderKey => {
                "SELECT kid AS id, private_key AS sealed FROM provider_key WHERE kid > $1 ORDER BY kid LIMIT $2"
            }
            Self::ConnectionKey => {
                "SELECT id, private_key AS sealed FROM connection_key WHERE id > $1 ORDER BY id LIMIT $2"
            }
            Self::AttemptMessages => {
                "SELECT id, messages AS sealed FROM attempt WHERE id > $1 ORDER BY id LIMIT $2"
            }
            Self::TestResult => {
                "SELECT id, test_result AS sealed FROM attempt WHERE id > $1 ORDER BY id LIMIT $2"
            }
        }
    }

    const fn replace_statement(self) -> &'static str {
        match self {
            Self::ProviderKey => {
                "UPDATE provider_key SET private_key = $3 WHERE kid = $1 AND private_key = $2"
            }
            Self::ConnectionKey => {
                "UPDATE connection_key SET private_key = $3 WHERE id = $1 AND private_key = $2"
            }
            Self::AttemptMessages => {
                "UPDATE attempt SET messages = $3 WHERE id = $1 AND messages = $2"
            }
            Self::TestResult => {
                "UPDATE attempt SET test_result = $3 WHERE id = $1 AND test_result = $2"
            }
        }
    }

    const fn discard_statement(self) -> &'static str {
        match self {
            Self::ProviderKey => "DELETE FROM provider_key WHERE kid = $1 AND private_key = $2",
            Self::ConnectionKey => "DELETE FROM connection_key WHERE id = $1 AND private_key = $2",
            Self::AttemptMessages => {
                "UPDATE attempt SET messages = NULL, messages_until = NULL, user_name = NULL
                  WHERE id = $1 AND messages = $2"
            }
            Self::TestResult => {
                "UPDATE attempt SET test_result = NULL, test_result_until = NULL WHERE id = $1 AND test_result = $2"
            }
        }
    }
}

impl Tx {
    /// The secrets of a column in the next `limit` rows, those after the row `after`, in the order of their rows. Few
    /// rows may have one, so that the number of rows bounds the time, and not the number of secrets.
    pub async fn sealed_secrets(
        &mut self,
        column: SealedColumn,
        after: &str,
        limit: u32,
    ) -> Result<SealedBatch, StoreError> {
        let values = [after.into(), i64::from(limit).into()];
        let rows = self
            .fetch_all(column.list_statement(), &values, |row| {
                Ok((row.text("id")?, row.maybe_sealed("sealed")?))
            })
            .await?;
        let last = rows.last().map(|(id, _)| id.clone());
        let secrets = rows.into_iter().filter_map(|(id, sealed)| {
            Some(SealedSecret {
                column,
                id,
                sealed: sealed?,
            })
        });
        Ok(SealedBatch {
            secrets: secrets.collect(),
            last,
        })
    }

    /// Replaces the sealed text of a secret, unless it has changed since it was read.
    pub async fn replace_sealed_secret(
        &mut self,
        secret: &SealedSecret,
        new: &SealedText,
    ) -> Result<bool, StoreError> {
        self.update_one(
            secret.column.replace_statement(),
            &[
                secret.id.as_str().into(),
                (&secret.sealed).into(),
                new.into(),
            ],
        )
        .await
    }

    /// Deletes a secret that no key can unseal, unless it has changed since it was read. The deployment creates a new
    /// private key when it needs one; messages and test results are lost.
    pub async fn discard_sealed_secret(
        &mut self,
        secret: &SealedSecret,
    ) -> Result<bool, StoreError> {
        self.update_one(
            secret.column.discard_statement(),
            &[secret.id.as_str().into(), (&secret.sealed).into()],
        )
        .await
    }
}
