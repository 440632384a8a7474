//! Errors of a database transaction.

use runtime::problem::Problem;
use store::{Conflict, StoreError};

/// Why a transaction was rolled back. It becomes a [`Problem`] outside the transaction, which may run more than once.
#[derive(Debug, thiserror::Error)]
pub enum TxError {
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The request cannot be fulfilled.
    #[error(transparent)]
    Rejected(#[from] Problem),
}

impl From<Conflict> for TxError {
    fn from(conflict: Conflict) -> Self {
        Self::Rejected(conflict.into())
    }
}

impl From<TxError> for Problem {
    fn from(error: TxError) -> Self {
        match error {
            TxError::Store(error) => error.into(),
            TxError::Rejected(problem) => problem,
        }
    }
}
