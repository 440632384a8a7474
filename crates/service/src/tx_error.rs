//! How a unit of database work ends when it is not carried out.

use runtime::problem::Problem;
use store::{Conflict, StoreError};

/// Why a unit of work was undone. It becomes a [`Problem`] outside of the unit, which may run more than once.
#[derive(Debug)]
pub enum Undone {
    /// The database failed.
    Store(StoreError),
    /// What was asked cannot be.
    Refused(Problem),
}

impl From<StoreError> for Undone {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<Conflict> for Undone {
    fn from(conflict: Conflict) -> Self {
        Self::Refused(conflict.into())
    }
}

impl From<Problem> for Undone {
    fn from(problem: Problem) -> Self {
        Self::Refused(problem)
    }
}

impl From<Undone> for Problem {
    fn from(undone: Undone) -> Self {
        match undone {
            Undone::Store(error) => error.into(),
            Undone::Refused(problem) => problem,
        }
    }
}
