//! Assertions by which applications have proved who they are, so that none serves twice.

use jiff::Timestamp;

use crate::{ApplicationId, StoreError, Tx};

/// The most bytes of an assertion's `jti`; both engines keep it in an index.
const MAX_JTI_BYTES: usize = 1024;

impl Tx {
    /// Uses up an application's assertion; `false` when it was used before, or is named longer than any real one.
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
