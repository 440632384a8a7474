//! When the signing certificates of active connections expire, for metrics.

use jiff::SignedDuration;
use runtime::app::App;
use runtime::metrics::CertificateExpiries;
use store::{ExpiryLimits, StoreError};

const SEVEN_DAYS: SignedDuration = SignedDuration::from_hours(7 * 24);
const THIRTY_DAYS: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Counts the active connections by when the last of their certificates expires.
pub async fn count(app: &App) -> Result<CertificateExpiries, StoreError> {
    let now = app.clock.now();
    let limits = ExpiryLimits {
        now,
        soon: now + SEVEN_DAYS,
        later: now + THIRTY_DAYS,
    };
    let mut snapshot = app.store.snapshot().await?;
    let count = snapshot.count_certificate_expiries(&limits).await?;
    Ok(CertificateExpiries {
        expired: count.expired,
        within_7_days: count.soon,
        within_30_days: count.later,
        later: count.after,
    })
}
