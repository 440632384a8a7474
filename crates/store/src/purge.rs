//! Deletes expired rows.

use jiff::Timestamp;

use crate::attempt_count::hour;
use crate::{StoreError, Tx};

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

impl Tx {
    /// Deletes expired rows and returns how many.
    ///
    /// One call deletes at most a thousand rows of each kind, so that it does not delay sign-ins: call it until it
    /// returns zero. An assertion is kept until it expires, whatever their number, and a code as long as it has tokens
    /// that a second use would revoke.
    pub async fn purge(&mut self, retention: &Retention) -> Result<u64, StoreError> {
        let now = retention.now;
        let expired = [
            "DELETE FROM pending_sign_in WHERE id IN
                 (SELECT id FROM pending_sign_in WHERE expires_at <= $1 LIMIT 1000)",
            "DELETE FROM assertion WHERE (connection_id, assertion_id) IN
                 (SELECT connection_id, assertion_id FROM assertion WHERE expires_at <= $1 LIMIT 1000)",
            "DELETE FROM client_assertion WHERE (application_id, jti) IN
                 (SELECT application_id, jti FROM client_assertion WHERE expires_at <= $1 LIMIT 1000)",
            "DELETE FROM access_token WHERE token_hash IN
                 (SELECT token_hash FROM access_token WHERE expires_at <= $1 LIMIT 1000)",
            "DELETE FROM authorization_code WHERE code_hash IN
                 (SELECT code_hash FROM authorization_code
                   WHERE expires_at <= $1
                     AND NOT EXISTS (SELECT 1 FROM access_token
                                      WHERE access_token.code_hash = authorization_code.code_hash)
                   LIMIT 1000)",
            "DELETE FROM session WHERE id IN
                 (SELECT id FROM session WHERE expires_at <= $1 LIMIT 1000)",
            "DELETE FROM console_session WHERE id IN
                 (SELECT id FROM console_session WHERE expires_at <= $1 LIMIT 1000)",
            // `sent_email_codes` counts the codes of the last hour.
            "DELETE FROM email_code WHERE id IN
                 (SELECT id FROM email_code WHERE expires_at <= $1 AND created_at <= $1 - 3600 LIMIT 1000)",
            "DELETE FROM sign_in_link WHERE id IN
                 (SELECT id FROM sign_in_link WHERE expires_at <= $1 LIMIT 1000)",
            "DELETE FROM passkey_challenge WHERE challenge_hash IN
                 (SELECT challenge_hash FROM passkey_challenge WHERE expires_at <= $1 LIMIT 1000)",
            "DELETE FROM setup_session WHERE cookie_hash IN
                 (SELECT cookie_hash FROM setup_session WHERE expires_at <= $1 LIMIT 1000)",
            // The attempt itself is kept longer.
            "UPDATE attempt SET test_result = NULL, test_result_until = NULL WHERE id IN
                 (SELECT id FROM attempt WHERE test_result_until <= $1 LIMIT 1000)",
            "UPDATE attempt SET messages = NULL, messages_until = NULL, user_name = NULL WHERE id IN
                 (SELECT id FROM attempt WHERE messages_until <= $1 LIMIT 1000)",
        ];
        let mut deleted = 0;
        for statement in expired {
            deleted += self.execute(statement, &[now.into()]).await?;
        }
        Ok(deleted + self.purge_history(retention).await? + self.purge_people().await?)
    }

    /// Deletes old attempts with their counts, and old audit entries.
    async fn purge_history(&mut self, retention: &Retention) -> Result<u64, StoreError> {
        let Retention {
            attempts_since,
            audit_log_since,
            ..
        } = *retention;
        let mut deleted = self
            .execute(
                "DELETE FROM attempt WHERE id IN (SELECT id FROM attempt WHERE started_at < $1 LIMIT 1000)",
                &[attempts_since.into()],
            )
            .await?;
        deleted += self
            .execute(
                "DELETE FROM attempt_count WHERE (organization_id, connection_id, hour, origin, outcome, code) IN
                     (SELECT organization_id, connection_id, hour, origin, outcome, code
                        FROM attempt_count WHERE hour < $1 LIMIT 1000)",
                &[hour(attempts_since).into()],
            )
            .await?;
        deleted += self
            .execute(
                "DELETE FROM audit_entry WHERE id IN (SELECT id FROM audit_entry WHERE happened_at < $1 LIMIT 1000)",
                &[audit_log_since.into()],
            )
            .await?;
        Ok(deleted)
    }

    /// Deletes the people who are neither members nor operators.
    async fn purge_people(&mut self) -> Result<u64, StoreError> {
        self.execute(
            "DELETE FROM person WHERE id IN
                 (SELECT id FROM person
                   WHERE NOT EXISTS (SELECT 1 FROM member WHERE member.person_id = person.id)
                     AND NOT EXISTS (SELECT 1 FROM operator WHERE operator.person_id = person.id)
                   LIMIT 1000)",
            &[],
        )
        .await
    }
}
