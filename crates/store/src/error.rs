//! What can go wrong in the database, apart from what it may refuse.

use std::fmt;

/// The database did not do what it was asked.
///
/// Not a word about the person at the other end: nothing was refused, and the
/// same request may succeed later.
#[derive(Debug)]
#[non_exhaustive]
pub enum StoreError {
    /// `database_url` names neither SQLite nor PostgreSQL, or cannot be read.
    Url(sqlx::Error),
    /// The database was written by another version, or cannot be brought up to this one.
    Migration {
        /// The migration's name.
        name: String,
        /// What is wrong, for the operator.
        problem: String,
    },
    /// A statement or a commit failed.
    Database(std::sync::Arc<sqlx::Error>),
    /// A row holds a text that this version does not understand.
    Unreadable {
        /// The column that holds it.
        column: &'static str,
    },
    /// More units of work are waiting than the queue holds.
    Full,
    /// The unit of work took longer than a unit may and was undone.
    TooSlow,
    /// The unit of work panicked and was undone.
    Panicked,
    /// A statement failed, yet the unit of work claimed success; it was undone.
    Swallowed,
    /// The store has been closed.
    Closed,
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Url(_) => f.write_str("database_url could not be understood"),
            Self::Migration { name, problem } => write!(f, "migration {name}: {problem}"),
            Self::Database(_) => f.write_str("the database failed"),
            Self::Unreadable { column } => {
                write!(
                    f,
                    "column {column} holds a value that this version does not understand"
                )
            }
            Self::Full => f.write_str("too many writes are waiting for the database"),
            Self::TooSlow => f.write_str("a unit of work took too long and was undone"),
            Self::Panicked => f.write_str("a unit of work panicked and was undone"),
            Self::Swallowed => {
                f.write_str("a unit of work went on after a failed statement and was undone")
            }
            Self::Closed => f.write_str("the store has been closed"),
        }
    }
}

impl std::error::Error for StoreError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Url(cause) => Some(cause),
            Self::Database(cause) => Some(cause.as_ref()),
            Self::Migration { .. }
            | Self::Unreadable { .. }
            | Self::Full
            | Self::TooSlow
            | Self::Panicked
            | Self::Swallowed
            | Self::Closed => None,
        }
    }
}

/// What was asked cannot be, because of what is already there.
///
/// Nothing has been changed, and the transaction can go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Conflict {
    /// Another organization has this slug.
    SlugTaken,
    /// This organization has the domain already, or another one has it verified.
    DomainTaken,
    /// This person is a member of the organization already.
    AlreadyMember,
    /// Another member has this account at the identity provider.
    IdentityTaken,
    /// The identity provider's name for the account is longer than any real one.
    AccountTooLong,
    /// Another connection answers at this assertion consumer service URL.
    AcsUrlTaken,
}

impl fmt::Display for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::SlugTaken => "another organization has this slug",
            Self::DomainTaken => "this domain belongs to an organization already",
            Self::AlreadyMember => "this person is a member of the organization already",
            Self::IdentityTaken => "another member has this account at the identity provider",
            Self::AccountTooLong => "the identity provider's name for the account is too long",
            Self::AcsUrlTaken => {
                "another connection answers at this assertion consumer service URL"
            }
        })
    }
}

impl std::error::Error for Conflict {}
