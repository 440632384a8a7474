//! Counts of sign-in attempts, by connection and hour.

use jiff::Timestamp;

use crate::{AttemptOrigin, AttemptOutcome, ConnectionId, OrganizationTx, StoreError};

const SECONDS_PER_HOUR: i64 = 3600;

/// One attempt to count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountedAttempt {
    pub connection: ConnectionId,
    pub started_at: Timestamp,
    pub origin: AttemptOrigin,
    pub outcome: AttemptOutcome,
    /// The error code of a rejected attempt.
    pub code: Option<String>,
}

impl OrganizationTx<'_> {
    /// Counts an attempt, and tells whether to record it: not more than `limit` attempts of its origin are recorded for a
    /// connection in an hour.
    pub async fn count_attempt(
        &mut self,
        attempt: &CountedAttempt,
        limit: Option<u32>,
    ) -> Result<bool, StoreError> {
        let is_recorded = match limit {
            None => true,
            Some(limit) => self.recorded_attempts(attempt).await? < i64::from(limit),
        };
        let recorded = i64::from(is_recorded);
        self.tx
            .execute(
                "INSERT INTO attempt_count (organization_id, connection_id, hour, origin, outcome, code, recorded,
                                            unrecorded)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, 1 - $7)
                 ON CONFLICT (organization_id, connection_id, hour, origin, outcome, code)
                 DO UPDATE SET recorded = attempt_count.recorded + excluded.recorded,
                               unrecorded = attempt_count.unrecorded + excluded.unrecorded",
                &[
                    self.id.into(),
                    (&attempt.connection).into(),
                    hour(attempt.started_at).into(),
                    attempt.origin.as_str().into(),
                    attempt.outcome.as_str().into(),
                    attempt.code.as_deref().unwrap_or_default().into(),
                    recorded.into(),
                ],
            )
            .await?;
        Ok(is_recorded)
    }

    async fn recorded_attempts(&mut self, attempt: &CountedAttempt) -> Result<i64, StoreError> {
        let recorded = self
            .tx
            .fetch_optional(
                "SELECT CAST(COALESCE(SUM(recorded), 0) AS BIGINT) AS recorded
                   FROM attempt_count
                  WHERE organization_id = $1 AND connection_id = $2 AND hour = $3 AND origin = $4",
                &[
                    self.id.into(),
                    (&attempt.connection).into(),
                    hour(attempt.started_at).into(),
                    attempt.origin.as_str().into(),
                ],
                |row| row.number("recorded"),
            )
            .await?;
        Ok(recorded.unwrap_or_default())
    }

    /// How many attempts were counted but not recorded since the hour of this time.
    pub async fn unrecorded_attempts(&mut self, since: Timestamp) -> Result<i64, StoreError> {
        let unrecorded = self
            .tx
            .fetch_optional(
                "SELECT CAST(COALESCE(SUM(unrecorded), 0) AS BIGINT) AS unrecorded
                   FROM attempt_count WHERE organization_id = $1 AND hour >= $2",
                &[self.id.into(), hour(since).into()],
                |row| row.number("unrecorded"),
            )
            .await?;
        Ok(unrecorded.unwrap_or_default())
    }
}

/// The first second of the hour.
pub(crate) fn hour(time: Timestamp) -> i64 {
    let second = time.as_second();
    second - second.rem_euclid(SECONDS_PER_HOUR)
}
