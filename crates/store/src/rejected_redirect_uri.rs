//! The redirect URI of an application's last rejected request, for the operator who registers the right one.

use jiff::{SignedDuration, Timestamp};

use crate::{ApplicationId, StoreError, Tx};

/// An application's row is written no more often than this, whatever redirect URI is rejected: anyone can send such
/// requests.
const RECORD_INTERVAL: SignedDuration = SignedDuration::from_mins(1);

/// A redirect URI that a request had and the application has not registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RejectedRedirectUri {
    pub received: String,
    pub at: Timestamp,
}

impl Tx {
    /// Replaces the recorded redirect URI. Does nothing until a minute after it was recorded.
    pub async fn record_rejected_redirect_uri(
        &mut self,
        application: &ApplicationId,
        rejected: &RejectedRedirectUri,
    ) -> Result<(), StoreError> {
        self.execute(
            "UPDATE application SET rejected_redirect_uri = $2, rejected_redirect_uri_at = $3
              WHERE id = $1 AND (rejected_redirect_uri_at IS NULL OR rejected_redirect_uri_at <= $4)",
            &[
                application.into(),
                (&rejected.received).into(),
                rejected.at.into(),
                (rejected.at - RECORD_INTERVAL).into(),
            ],
        )
        .await
        .map(drop)
    }
}
