//! What an operator compares with the registered redirect URIs of an application.

use runtime::app::App;
use serde::Serialize;
use store::{ApplicationId, RejectedRedirectUri, StoreError};
use utoipa::ToSchema;

use crate::instant;

/// What to compare with the registered redirect URIs.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = RejectedRedirectUri)]
pub struct RejectedRedirectUriView {
    /// As the request had it. Anyone can send such a request.
    #[schema(example = "https://app.example.com/callback/")]
    pub received: String,
    /// When the request came.
    #[schema(format = DateTime)]
    pub at: String,
}

impl RejectedRedirectUriView {
    pub(super) fn new(rejected: &RejectedRedirectUri) -> Self {
        Self {
            received: rejected.received.clone(),
            at: instant(rejected.at),
        }
    }
}

/// Records the redirect URI of a rejected request for the operator.
pub async fn record_rejected_redirect_uri(
    app: &App,
    application: &ApplicationId,
    received: &str,
) -> Result<(), StoreError> {
    let application = application.clone();
    let rejected = RejectedRedirectUri {
        received: received.to_owned(),
        at: app.clock.now(),
    };
    app.store
        .write(async move |tx| {
            tx.record_rejected_redirect_uri(&application, &rejected)
                .await
        })
        .await
}
