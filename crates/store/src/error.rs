//! Failures of the database, and conflicts with rows that exist.

use std::sync::Arc;

/// The database failed. The same request may succeed later.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// `database_url` names neither SQLite nor PostgreSQL, or cannot be parsed.
    #[error("database_url could not be understood")]
    InvalidUrl(#[source] Arc<sqlx::Error>),
    /// The schema belongs to another version, or cannot be migrated to this one.
    #[error("migration {name}: {problem}")]
    Migration { name: String, problem: String },
    /// The schema is older than this version's, or the database is empty.
    #[error("the database does not have the tables of this version yet")]
    Unmigrated,
    /// A statement or a commit failed.
    #[error("the database failed")]
    Database(#[source] Arc<sqlx::Error>),
    /// The database cannot be reached, shuts down, or cannot write, for example because its disk is full.
    #[error("the database is not available")]
    Unavailable(#[source] Arc<sqlx::Error>),
    /// A pooler gave a transaction a connection without its prepared statements.
    #[error(
        "a connection pooler gives each transaction another connection; add statement-cache-capacity=0 to database_url"
    )]
    StatementsLost(#[source] Arc<sqlx::Error>),
    /// A row holds a value that this version does not understand.
    #[error("column {column} holds a value that this version does not understand")]
    InvalidValue { column: &'static str },
    /// More units of work are waiting than the queue holds.
    #[error("too many writes are waiting for the database")]
    QueueFull,
    /// The requests of a [share](crate::Store::share) have all of its connections for too long.
    #[error("too many requests of the console and the API use the database")]
    ShareExhausted,
    /// The unit of work took too long and was rolled back, or a snapshot was used for too long.
    #[error("the transaction took too long and was rolled back")]
    Timeout,
    /// The unit of work panicked and was rolled back.
    #[error("a unit of work panicked and was rolled back")]
    Panicked,
    /// A statement failed, yet the unit of work returned `Ok`; it was rolled back.
    #[error("a unit of work ignored a failed statement and was rolled back")]
    ErrorIgnored,
    #[error("the store has been closed")]
    Closed,
}

/// The request conflicts with a row that exists.
///
/// Nothing has been changed, and the transaction can go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum Conflict {
    #[error("another organization has this slug")]
    SlugInUse,
    /// This organization has the domain already, or another one has it verified.
    #[error("this domain belongs to an organization already")]
    DomainInUse,
    #[error("this person is a member of the organization already")]
    AlreadyMember,
    #[error("another member has this account at the identity provider")]
    AccountInUse,
    /// The issuer or the subject is longer than the index allows.
    #[error("the identity provider's name for the account is too long")]
    AccountTooLong,
    #[error("another connection has this assertion consumer service URL")]
    AcsUrlInUse,
}
