//! Spending: the last gate before a person is signed in.

use std::fmt;

use crate::{ConnectionId, PendingId, StoreError, Tx, UnixTime};

/// The most bytes of an assertion's ID; both engines keep it in an index.
const LONGEST: usize = 1024;

/// An assertion that has been verified and is now to be used up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpentAssertion {
    /// The connection whose keys signed it. Two identity providers may use the same ID.
    pub connection: ConnectionId,
    /// Its ID, from the bytes that were signed.
    pub assertion_id: String,
    /// How long it must be remembered: beyond its validity and the clock tolerance.
    pub remember_until: UnixTime,
}

/// Proof that a response was good for exactly one sign-in.
///
/// Only [`Tx::spend`] and [`Tx::spend_unsolicited`] make one, and a session
/// cannot begin without it.
#[derive(Debug)]
pub struct Spent {
    connection: ConnectionId,
}

impl Spent {
    pub(crate) fn connection(&self) -> &ConnectionId {
        &self.connection
    }
}

/// Why a response is not good for a sign-in any more.
///
/// The unit of work must end with an error then, so that nothing is used up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotSpent {
    /// There is no such sign-in under way at this connection.
    RequestUnknown,
    /// The sign-in has been answered already.
    RequestSpent,
    /// The sign-in began too long ago.
    RequestExpired,
    /// The assertion has been used before.
    AssertionReplayed,
    /// The assertion would be forgotten at once, so it could be used again.
    AssertionExpired,
    /// The assertion's ID is longer than any real one.
    AssertionIdTooLong,
}

impl fmt::Display for NotSpent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::RequestUnknown => "no such sign-in is under way",
            Self::RequestSpent => "this sign-in has been answered already",
            Self::RequestExpired => "this sign-in began too long ago",
            Self::AssertionReplayed => "this assertion has been used before",
            Self::AssertionExpired => "this assertion is over",
            Self::AssertionIdTooLong => "the assertion's ID is too long",
        })
    }
}

impl std::error::Error for NotSpent {}

impl Tx {
    /// Uses up a request and the assertion that answers it, once in the life of the deployment.
    ///
    /// Of two that come at the same moment, on whatever node, one wins: the
    /// other waits for the first to commit and then finds the rows.
    pub async fn spend(
        &mut self,
        request: &PendingId,
        assertion: &SpentAssertion,
        now: UnixTime,
    ) -> Result<Result<Spent, NotSpent>, StoreError> {
        let spent = self
            .change(
                "UPDATE pending SET spent_at = $3
                  WHERE id = $1 AND connection_id = $2 AND spent_at IS NULL AND expires_at > $3",
                &[request.into(), (&assertion.connection).into(), now.into()],
            )
            .await?;
        if !spent {
            return self.why_not(request, &assertion.connection).await.map(Err);
        }
        self.spend_unsolicited(assertion, now).await
    }

    /// Uses up an assertion that nobody asked for.
    pub async fn spend_unsolicited(
        &mut self,
        assertion: &SpentAssertion,
        now: UnixTime,
    ) -> Result<Result<Spent, NotSpent>, StoreError> {
        let SpentAssertion {
            connection,
            assertion_id,
            remember_until,
        } = assertion;
        if assertion_id.len() > LONGEST {
            return Ok(Err(NotSpent::AssertionIdTooLong));
        }
        if *remember_until <= now {
            return Ok(Err(NotSpent::AssertionExpired));
        }
        let first = self
            .change(
                "INSERT INTO assertion (connection_id, assertion_id, expires_at) VALUES ($1, $2, $3)
                 ON CONFLICT (connection_id, assertion_id) DO NOTHING",
                &[connection.into(), assertion_id.into(), (*remember_until).into()],
            )
            .await?;
        Ok(if first {
            Ok(Spent {
                connection: connection.clone(),
            })
        } else {
            Err(NotSpent::AssertionReplayed)
        })
    }

    async fn why_not(
        &mut self,
        request: &PendingId,
        connection: &ConnectionId,
    ) -> Result<NotSpent, StoreError> {
        let spent = self
            .optional(
                "SELECT spent_at FROM pending WHERE id = $1 AND connection_id = $2",
                &[request.into(), connection.into()],
                |row| row.maybe_time("spent_at"),
            )
            .await?;
        Ok(match spent {
            None => NotSpent::RequestUnknown,
            Some(Some(_)) => NotSpent::RequestSpent,
            Some(None) => NotSpent::RequestExpired,
        })
    }
}
