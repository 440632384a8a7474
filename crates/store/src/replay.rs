//! Spending: the last gate before a person is signed in.

use jiff::Timestamp;

use crate::{ConnectionId, PendingSignInId, StoreError, Tx};

/// The most bytes of an assertion's ID; both engines keep it in an index.
const MAX_ASSERTION_ID_BYTES: usize = 1024;

/// An assertion that has been verified and is now to be used up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifiedAssertion {
    /// The connection whose keys signed it. Two identity providers may use the same ID.
    pub connection: ConnectionId,
    /// Its ID, from the bytes that were signed.
    pub assertion_id: String,
    /// How long it must be remembered: beyond its validity and the clock tolerance.
    pub remember_until: Timestamp,
}

/// Proof that a response was good for exactly one sign-in.
///
/// Only [`Tx::consume_solicited`] and [`Tx::consume_unsolicited`] make one, and a session
/// cannot begin without it.
#[derive(Debug)]
pub struct ConsumedAssertion {
    connection: ConnectionId,
}

impl ConsumedAssertion {
    pub(crate) fn connection(&self) -> &ConnectionId {
        &self.connection
    }
}

/// Why a response cannot complete a sign-in.
///
/// The unit of work must then end with an error, so that nothing is consumed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConsumeError {
    /// This connection has no such pending sign-in.
    #[error("there is no such pending sign-in")]
    RequestNotFound,
    #[error("this sign-in has been completed already")]
    RequestAlreadyUsed,
    #[error("this sign-in has expired")]
    RequestExpired,
    #[error("this assertion has been used before")]
    AssertionReplayed,
    /// The assertion would be forgotten immediately, so it could be used again.
    #[error("this assertion has expired")]
    AssertionExpired,
    /// The ID is longer than the index allows.
    #[error("the assertion's ID is too long")]
    AssertionIdTooLong,
}

impl Tx {
    /// Uses up a request and the assertion that answers it, once in the life of the deployment.
    ///
    /// Of two that come at the same moment, on whatever node, one wins: the
    /// other waits for the first to commit and then finds the rows.
    pub async fn consume_solicited(
        &mut self,
        request: &PendingSignInId,
        assertion: &VerifiedAssertion,
        now: Timestamp,
    ) -> Result<Result<ConsumedAssertion, ConsumeError>, StoreError> {
        let spent = self
            .update_one(
                "UPDATE pending_sign_in SET consumed_at = $3
                  WHERE id = $1 AND connection_id = $2 AND consumed_at IS NULL AND expires_at > $3",
                &[request.into(), (&assertion.connection).into(), now.into()],
            )
            .await?;
        if !spent {
            return self
                .consume_error(request, &assertion.connection)
                .await
                .map(Err);
        }
        self.consume_unsolicited(assertion, now).await
    }

    /// Uses up an assertion that nobody asked for.
    pub async fn consume_unsolicited(
        &mut self,
        assertion: &VerifiedAssertion,
        now: Timestamp,
    ) -> Result<Result<ConsumedAssertion, ConsumeError>, StoreError> {
        let VerifiedAssertion {
            connection,
            assertion_id,
            remember_until,
        } = assertion;
        if assertion_id.len() > MAX_ASSERTION_ID_BYTES {
            return Ok(Err(ConsumeError::AssertionIdTooLong));
        }
        if *remember_until <= now {
            return Ok(Err(ConsumeError::AssertionExpired));
        }
        let first = self
            .update_one(
                "INSERT INTO assertion (connection_id, assertion_id, expires_at) VALUES ($1, $2, $3)
                 ON CONFLICT (connection_id, assertion_id) DO NOTHING",
                &[connection.into(), assertion_id.into(), (*remember_until).into()],
            )
            .await?;
        Ok(if first {
            Ok(ConsumedAssertion {
                connection: connection.clone(),
            })
        } else {
            Err(ConsumeError::AssertionReplayed)
        })
    }

    async fn consume_error(
        &mut self,
        request: &PendingSignInId,
        connection: &ConnectionId,
    ) -> Result<ConsumeError, StoreError> {
        let spent = self
            .fetch_optional(
                "SELECT consumed_at FROM pending_sign_in WHERE id = $1 AND connection_id = $2",
                &[request.into(), connection.into()],
                |row| row.maybe_time("consumed_at"),
            )
            .await?;
        Ok(match spent {
            None => ConsumeError::RequestNotFound,
            Some(Some(_)) => ConsumeError::RequestAlreadyUsed,
            Some(None) => ConsumeError::RequestExpired,
        })
    }
}
