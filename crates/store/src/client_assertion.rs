//! Assertions by which applications have proved who they are, so that none serves twice.

use crate::{ApplicationId, StoreError, Tx, UnixTime};

/// The most bytes of an assertion's `jti`; both engines keep it in an index.
const LONGEST: usize = 1024;

impl Tx {
    /// Uses up an application's assertion; `false` when it was used before, or is named longer than any real one.
    pub async fn use_client_assertion(
        &mut self,
        application: &ApplicationId,
        jti: &str,
        remember_until: UnixTime,
    ) -> Result<bool, StoreError> {
        if jti.len() > LONGEST {
            return Ok(false);
        }
        self.change(
            "INSERT INTO client_assertion (application_id, jti, expires_at) VALUES ($1, $2, $3)
             ON CONFLICT (application_id, jti) DO NOTHING",
            &[application.into(), jti.into(), remember_until.into()],
        )
        .await
    }
}
