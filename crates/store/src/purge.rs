//! Deletes expired rows.

use jiff::Timestamp;

use crate::attempt_count::hour;
use crate::{PersonId, StoreError, Tx};

/// How many rows one batch deletes at most, so that on a slow disk it takes less than 50 ms.
pub const PURGE_BATCH_SIZE: u64 = 100;

/// How many people one batch looks at.
const PEOPLE_BATCH_SIZE: i64 = 1000;

/// Which rows to delete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retention {
    /// Rows that expire at this time or before are deleted.
    pub now: Timestamp,
    /// Older attempts are deleted.
    pub attempts_since: Timestamp,
    /// Older audit entries are deleted.
    pub audit_log_since: Timestamp,
}

/// One kind of rows that expire.
///
/// A unit of work purges one batch of one kind, so that it does not delay sign-ins.
#[derive(Clone, Copy, Debug)]
pub struct PurgeStep {
    sql: &'static str,
    cutoff: Cutoff,
}

/// The time that a statement compares.
#[derive(Clone, Copy, Debug)]
enum Cutoff {
    Now,
    Attempts,
    AttemptHours,
    AuditLog,
}

impl PurgeStep {
    /// All kinds, in their order. An assertion is kept until it expires, whatever their number, and a code as long as it
    /// has tokens that a second use would revoke.
    pub const ALL: &'static [Self] = &[
        Self::expired(
            "DELETE FROM pending_sign_in WHERE id IN
                 (SELECT id FROM pending_sign_in WHERE expires_at <= $1 LIMIT $2)",
        ),
        Self::expired(
            "DELETE FROM assertion WHERE (connection_id, assertion_id) IN
                 (SELECT connection_id, assertion_id FROM assertion WHERE expires_at <= $1 LIMIT $2)",
        ),
        Self::expired(
            "DELETE FROM client_assertion WHERE (application_id, jti) IN
                 (SELECT application_id, jti FROM client_assertion WHERE expires_at <= $1 LIMIT $2)",
        ),
        Self::expired(
            "DELETE FROM access_token WHERE token_hash IN
                 (SELECT token_hash FROM access_token WHERE expires_at <= $1 LIMIT $2)",
        ),
        Self::expired(
            "DELETE FROM authorization_code WHERE code_hash IN
                 (SELECT code_hash FROM authorization_code
                   WHERE expires_at <= $1
                     AND NOT EXISTS (SELECT 1 FROM access_token
                                      WHERE access_token.code_hash = authorization_code.code_hash)
                   LIMIT $2)",
        ),
        Self::expired(
            "DELETE FROM session WHERE id IN
                 (SELECT id FROM session WHERE expires_at <= $1 LIMIT $2)",
        ),
        Self::expired(
            "DELETE FROM console_session WHERE id IN
                 (SELECT id FROM console_session WHERE expires_at <= $1 LIMIT $2)",
        ),
        // `sent_email_codes` counts the codes of the last hour.
        Self::expired(
            "DELETE FROM email_code WHERE id IN
                 (SELECT id FROM email_code WHERE expires_at <= $1 AND created_at <= $1 - 3600 LIMIT $2)",
        ),
        Self::expired(
            "DELETE FROM sign_in_link WHERE id IN
                 (SELECT id FROM sign_in_link WHERE expires_at <= $1 LIMIT $2)",
        ),
        Self::expired(
            "DELETE FROM passkey_challenge WHERE challenge_hash IN
                 (SELECT challenge_hash FROM passkey_challenge WHERE expires_at <= $1 LIMIT $2)",
        ),
        Self::expired(
            "DELETE FROM setup_session WHERE cookie_hash IN
                 (SELECT cookie_hash FROM setup_session WHERE expires_at <= $1 LIMIT $2)",
        ),
        // The attempt itself is kept longer.
        Self::expired(
            "UPDATE attempt SET test_result = NULL, test_result_until = NULL WHERE id IN
                 (SELECT id FROM attempt WHERE test_result_until <= $1 LIMIT $2)",
        ),
        Self::expired(
            "UPDATE attempt SET messages = NULL, messages_until = NULL, user_name = NULL WHERE id IN
                 (SELECT id FROM attempt WHERE messages_until <= $1 LIMIT $2)",
        ),
        Self {
            sql: "DELETE FROM attempt WHERE id IN (SELECT id FROM attempt WHERE started_at < $1 LIMIT $2)",
            cutoff: Cutoff::Attempts,
        },
        Self {
            sql: "DELETE FROM attempt_count WHERE (organization_id, connection_id, hour, origin, outcome, code) IN
                      (SELECT organization_id, connection_id, hour, origin, outcome, code
                         FROM attempt_count WHERE hour < $1 LIMIT $2)",
            cutoff: Cutoff::AttemptHours,
        },
        Self {
            sql: "DELETE FROM audit_entry WHERE id IN
                      (SELECT id FROM audit_entry WHERE happened_at < $1 LIMIT $2)",
            cutoff: Cutoff::AuditLog,
        },
    ];

    const fn expired(sql: &'static str) -> Self {
        Self {
            sql,
            cutoff: Cutoff::Now,
        }
    }
}

/// Some people, in the order of their IDs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PeopleBatch {
    /// The last person of the batch; `None` after the last batch.
    pub last: Option<PersonId>,
    /// Those who are neither members nor operators.
    pub unaffiliated: Vec<PersonId>,
}

impl Tx {
    /// Deletes one batch of one kind of expired rows, and returns how many: fewer than [`PURGE_BATCH_SIZE`] when none are
    /// left.
    pub async fn purge_batch(
        &mut self,
        step: &PurgeStep,
        retention: &Retention,
    ) -> Result<u64, StoreError> {
        let cutoff = match step.cutoff {
            Cutoff::Now => retention.now.into(),
            Cutoff::Attempts => retention.attempts_since.into(),
            Cutoff::AttemptHours => hour(retention.attempts_since).into(),
            Cutoff::AuditLog => retention.audit_log_since.into(),
        };
        let limit = i64::try_from(PURGE_BATCH_SIZE).unwrap_or(i64::MAX);
        self.execute(step.sql, &[cutoff, limit.into()]).await
    }

    /// Looks for people who are neither members nor operators, after this person. Reads few rows, but all people in the
    /// end: run it on a snapshot.
    pub async fn people_batch(
        &mut self,
        after: Option<&PersonId>,
    ) -> Result<PeopleBatch, StoreError> {
        let after = after.map_or("", PersonId::as_str);
        let people = self
            .fetch_all(
                "SELECT id,
                        CAST(CASE WHEN EXISTS (SELECT 1 FROM member WHERE member.person_id = person.id)
                                    OR EXISTS (SELECT 1 FROM operator WHERE operator.person_id = person.id)
                                  THEN 0 ELSE 1 END AS BIGINT) AS unaffiliated
                   FROM person WHERE id > $1 ORDER BY id LIMIT $2",
                &[after.into(), PEOPLE_BATCH_SIZE.into()],
                |row| Ok((row.parsed("id")?, row.number("unaffiliated")? == 1)),
            )
            .await?;
        let is_full = i64::try_from(people.len()) == Ok(PEOPLE_BATCH_SIZE);
        Ok(PeopleBatch {
            last: people
                .last()
                .filter(|_| is_full)
                .map(|(id, _): &(PersonId, bool)| id.clone()),
            unaffiliated: people
                .into_iter()
                .filter_map(|(id, is_unaffiliated)| is_unaffiliated.then_some(id))
                .collect(),
        })
    }

    /// Deletes a person who is neither a member nor an operator.
    pub async fn delete_unaffiliated_person(&mut self, id: &PersonId) -> Result<bool, StoreError> {
        self.update_one(
            "DELETE FROM person
              WHERE id = $1
                AND NOT EXISTS (SELECT 1 FROM member WHERE member.person_id = person.id)
                AND NOT EXISTS (SELECT 1 FROM operator WHERE operator.person_id = person.id)",
            &[id.into()],
        )
        .await
    }
}
