//! Assertions by which applications have proved who they are, so that none serves twice.

use crate::{ApplicationId, StoreError, Tx, UnixTime};

impl Tx {
    /// Uses up an application's assertion; `false` when it was used before.
    pub async fn use_client_assertion(
        &mut self,
        application: &ApplicationId,
        jti: &str,
        remember_until: UnixTime,
    ) -> Result<bool, StoreError> {
        self.change(
            "INSERT INTO client_assertion (application_id, jti, expires_at) VALUES ($1, $2, $3)
             ON CONFLICT (application_id, jti) DO NOTHING",
            &[application.into(), jti.into(), remember_until.into()],
        )
        .await
    }
}
