//! The checks of an open database: that it can be written, its clock, and the secrets in it.

use jiff::{SignedDuration, Timestamp};
use runtime::app::App;
use runtime::problem::{self, Problem};
use service::{instant, secret_key};
use store::{AuditFilter, Page};

use super::report::Report;

/// How far the clocks of this machine and of the database server may be apart. Assertions are valid for minutes.
const MAX_CLOCK_DIFFERENCE: SignedDuration = SignedDuration::from_secs(30);

pub(super) async fn check(app: &App, report: &mut Report) -> Result<(), Problem> {
    check_write(app, report).await;
    check_clock(app, report).await?;
    check_secrets(app, report).await
}

async fn check_write(app: &App, report: &mut Report) {
    match app.check_database().await {
        Ok(()) => report.ok("database", "accepts a write"),
        Err(error) => {
            let detail = format!("does not accept a write: {}", problem::chain(&error));
            let next = "check the free space of its disk, its permissions, and that it is no read-only standby";
            report.error("database", &detail, next);
        }
    }
}

/// An audit log entry in the future means that the clock was set back. Assertions are then validated at a wrong time, as
/// they are when this clock and that of the database server differ.
async fn check_clock(app: &App, report: &mut Report) -> Result<(), Problem> {
    let mut snapshot = app.store.snapshot().await?;
    let newest = snapshot
        .audit_log(&AuditFilter::default(), &Page::first(1))
        .await?;
    let database_time = snapshot.database_time().await?;
    let now = app.clock.now();
    let next = "set the clock of this machine, preferably with NTP";
    if let Some(entry) = newest.first().filter(|entry| entry.at > now) {
        let detail = format!(
            "the time is {}, but the audit log has an entry of {}",
            instant(now),
            instant(entry.at)
        );
        report.error("clock", &detail, next);
    } else if let Some(time) = database_time.filter(|time| differs(*time, now)) {
        let detail = format!(
            "the time is {} here, and {} on the database server",
            instant(now),
            instant(time)
        );
        let next = "set the clocks of both machines, preferably with NTP";
        report.error("clock", &detail, next);
    } else {
        report.ok("clock", &format!("the time is {}", instant(now)));
    }
    Ok(())
}

fn differs(one: Timestamp, other: Timestamp) -> bool {
    one.duration_since(other).abs() > MAX_CLOCK_DIFFERENCE
}

/// Decrypts every secret, as a server needs any of them.
async fn check_secrets(app: &App, report: &mut Report) -> Result<(), Problem> {
    let count = secret_key::count(app).await?;
    if count.unreadable > 0 {
        let detail = format!(
            "{} of {} secrets can't be decrypted with the secret key",
            count.unreadable,
            count.unreadable + count.current + count.other
        );
        let next = "restore the key that belongs to this database; if it is lost for good, run vestibule key discard";
        report.error("secrets", &detail, next);
    } else if count.other > 0 {
        let detail = format!(
            "{} secrets are encrypted with the previous or the next key",
            count.other
        );
        let next = "vestibule key rotate encrypts them with the current key";
        report.warn("secrets", &detail, next);
    } else {
        let detail = format!("all {} can be decrypted with the secret key", count.current);
        report.ok("secrets", &detail);
    }
    Ok(())
}
