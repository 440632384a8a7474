//! When the signing certificates of active connections expire, for metrics.

use base64_simd::STANDARD;
use jiff::{SignedDuration, Timestamp};
use runtime::app::App;
use runtime::metrics::CertificateExpiries;
use saml::certificate::Certificate;
use store::{CertificateInUse, StoreError};

const SEVEN_DAYS: SignedDuration = SignedDuration::from_hours(7 * 24);
const THIRTY_DAYS: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How many connections are in memory at the same time.
const CONNECTIONS_PER_READ: u32 = 500;

/// Counts the active connections by when the last of their certificates expires.
pub async fn count(app: &App) -> Result<CertificateExpiries, StoreError> {
    let now = app.clock.now();
    let mut counts = CertificateExpiries::default();
    let mut after = None;
    loop {
        let mut snapshot = app.store.snapshot().await?;
        let certificates = snapshot
            .certificates_in_use_after(after.as_ref(), CONNECTIONS_PER_READ)
            .await?;
        drop(snapshot);
        let Some(last) = certificates.last() else {
            return Ok(counts);
        };
        after = Some(last.connection.clone());
        for connection in certificates.chunk_by(|one, next| one.connection == next.connection) {
            let expiry = connection.iter().filter_map(not_after).max();
            *counter(&mut counts, expiry, now) += 1;
        }
    }
}

fn not_after(certificate: &CertificateInUse) -> Option<Timestamp> {
    let der = STANDARD.decode_to_vec(&certificate.der_base64).ok()?;
    Some(Certificate::from_der(&der).ok()?.not_after())
}

/// A certificate that cannot be read counts as expired, since no member can sign in with it.
fn counter(
    counts: &mut CertificateExpiries,
    expiry: Option<Timestamp>,
    now: Timestamp,
) -> &mut u64 {
    match expiry {
        Some(expiry) if expiry > now + THIRTY_DAYS => &mut counts.later,
        Some(expiry) if expiry > now + SEVEN_DAYS => &mut counts.within_30_days,
        Some(expiry) if expiry > now => &mut counts.within_7_days,
        Some(_) | None => &mut counts.expired,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    const NOW: Timestamp = Timestamp::constant(1_800_000_000, 0);
    const DAY: i64 = 24 * 60 * 60;

    #[rstest]
    #[case::unreadable(None, CertificateExpiries { expired: 1, ..Default::default() })]
    #[case::now(Some(0), CertificateExpiries { expired: 1, ..Default::default() })]
    #[case::seven_days(Some(7 * DAY), CertificateExpiries { within_7_days: 1, ..Default::default() })]
    #[case::after_a_week(Some(7 * DAY + 1), CertificateExpiries { within_30_days: 1, ..Default::default() })]
    #[case::thirty_days(Some(30 * DAY), CertificateExpiries { within_30_days: 1, ..Default::default() })]
    #[case::later(Some(30 * DAY + 1), CertificateExpiries { later: 1, ..Default::default() })]
    fn each_connection_counts_once(
        #[case] seconds_left: Option<i64>,
        #[case] expected: CertificateExpiries,
    ) {
        let mut counts = CertificateExpiries::default();
        let expiry = seconds_left.map(|seconds| NOW + SignedDuration::from_secs(seconds));
        *counter(&mut counts, expiry, NOW) += 1;
        assert_eq!(counts, expected);
    }
}
