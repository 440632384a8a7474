//! Replay protection for client assertions (RFC 7523).

use jiff::Timestamp;

use crate::{ApplicationId, StoreError, Tx};

/// Both engines index the `jti`, and PostgreSQL limits the size of an index entry.
const MAX_JTI_BYTES: usize = 1024;

impl Tx {
    /// `false` when the assertion was used before, or its `jti` is too long.
    pub async fn consume_client_assertion(
        &mut self,
        application: &ApplicationId,
        jti: &str,
        remember_until: Timestamp,
    ) -> Result<bool, StoreError> {
        if jti.len() > MAX_JTI_BYTES {
            return Ok(false);
        }
        self.update_one(
            "INSERT INTO client_assertion (application_id, jti, expires_at) VALUES ($1, $2, $3)
             ON CONFLICT (application_id, jti) DO NOTHING",
            &[application.into(), jti.into(), remember_until.into()],
        )
        .await
    }
}
