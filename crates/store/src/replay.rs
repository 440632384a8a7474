//! Replay protection: a request and an assertion complete one sign-in only.

use jiff::Timestamp;

use crate::{ConnectionId, PendingSignInId, StoreError, Tx};

/// Both engines index the ID, and PostgreSQL limits the size of an index entry.
const MAX_ASSERTION_ID_BYTES: usize = 1024;

/// A verified assertion that is about to complete a sign-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifiedAssertion {
    /// Two identity providers may use the same ID, so it is unique per connection.
    pub connection: ConnectionId,
    /// From the signed bytes.
    pub assertion_id: String,
    /// Must lie beyond the assertion's validity and the clock tolerance.
    pub remember_until: Timestamp,
    /// The connection's [`session_epoch`](crate::ConnectionLifecycle::session_epoch) when the assertion was validated.
    pub session_epoch: i64,
}

/// Proof that an assertion was consumed in this transaction.
///
/// Only [`Tx::consume_solicited`], [`Tx::consume_unsolicited`] and [`Tx::consume_confirmed`] create one, and
/// [`Tx::begin_session`] requires one.
#[derive(Debug)]
pub struct ConsumedAssertion {
    connection: ConnectionId,
    session_epoch: i64,
}

impl ConsumedAssertion {
    pub(crate) fn connection(&self) -> &ConnectionId {
        &self.connection
    }

    pub(crate) fn session_epoch(&self) -> i64 {
        self.session_epoch
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
    /// Consumes a request and the assertion that answers it, once in the lifetime of the deployment.
    ///
    /// Of two parallel calls, on any nodes, one succeeds: the other one waits for the commit and then finds the rows.
    pub async fn consume_solicited(
        &mut self,
        request: &PendingSignInId,
        assertion: &VerifiedAssertion,
        now: Timestamp,
    ) -> Result<Result<ConsumedAssertion, ConsumeError>, StoreError> {
        let consumed = self
            .update_one(
                "UPDATE pending_sign_in SET consumed_at = $3
                  WHERE id = $1 AND connection_id = $2 AND consumed_at IS NULL AND expires_at > $3",
                &[request.into(), (&assertion.connection).into(), now.into()],
            )
            .await?;
        if !consumed {
            return self
                .consume_error(request, &assertion.connection)
                .await
                .map(Err);
        }
        self.consume_unsolicited(assertion, now).await
    }

    /// Consumes an assertion of an unsolicited response.
    pub async fn consume_unsolicited(
        &mut self,
        assertion: &VerifiedAssertion,
        now: Timestamp,
    ) -> Result<Result<ConsumedAssertion, ConsumeError>, StoreError> {
        let VerifiedAssertion {
            connection,
            assertion_id,
            remember_until,
            session_epoch,
        } = assertion;
        if assertion_id.len() > MAX_ASSERTION_ID_BYTES {
            return Ok(Err(ConsumeError::AssertionIdTooLong));
        }
        if *remember_until <= now {
            return Ok(Err(ConsumeError::AssertionExpired));
        }
        let is_new = self
            .update_one(
                "INSERT INTO assertion (connection_id, assertion_id, expires_at) VALUES ($1, $2, $3)
                 ON CONFLICT (connection_id, assertion_id) DO NOTHING",
                &[connection.into(), assertion_id.into(), (*remember_until).into()],
            )
            .await?;
        Ok(if is_new {
            Ok(ConsumedAssertion {
                connection: connection.clone(),
                session_epoch: *session_epoch,
            })
        } else {
            Err(ConsumeError::AssertionReplayed)
        })
    }

    /// Consumes the pending confirmation of an unsolicited response, whose assertion was consumed when it was received.
    pub async fn consume_confirmed(
        &mut self,
        confirmation: &PendingSignInId,
        assertion: &VerifiedAssertion,
        now: Timestamp,
    ) -> Result<Result<ConsumedAssertion, ConsumeError>, StoreError> {
        let VerifiedAssertion {
            connection,
            assertion_id,
            session_epoch,
            ..
        } = assertion;
        let consumed = self
            .update_one(
                "UPDATE pending_sign_in SET consumed_at = $4
                  WHERE id = $1 AND connection_id = $2 AND consumed_at IS NULL AND expires_at > $4
                    AND EXISTS (SELECT 1 FROM assertion WHERE connection_id = $2 AND assertion_id = $3)",
                &[
                    confirmation.into(),
                    connection.into(),
                    assertion_id.into(),
                    now.into(),
                ],
            )
            .await?;
        if !consumed {
            return self.consume_error(confirmation, connection).await.map(Err);
        }
        Ok(Ok(ConsumedAssertion {
            connection: connection.clone(),
            session_epoch: *session_epoch,
        }))
    }

    async fn consume_error(
        &mut self,
        request: &PendingSignInId,
        connection: &ConnectionId,
    ) -> Result<ConsumeError, StoreError> {
        let consumed = self
            .fetch_optional(
                "SELECT consumed_at FROM pending_sign_in WHERE id = $1 AND connection_id = $2",
                &[request.into(), connection.into()],
                |row| row.maybe_time("consumed_at"),
            )
            .await?;
        Ok(match consumed {
            None => ConsumeError::RequestNotFound,
            Some(Some(_)) => ConsumeError::RequestAlreadyUsed,
            Some(None) => ConsumeError::RequestExpired,
        })
    }
}
