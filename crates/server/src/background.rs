//! Background jobs: reading a changed key file, purging expired rows, erasing deleted organizations, rotating keys, and
//! checking domains.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use runtime::app::App;
use runtime::problem;
use service::{connection, domain, id_token_key, organization};
use store::{Retention, StoreError};
use tokio::time::{MissedTickBehavior, interval};

/// How often the jobs run.
const INTERVAL: Duration = Duration::from_secs(60);
/// How long sign-in attempts are kept: 90 days.
const ATTEMPT_RETENTION: SignedDuration = SignedDuration::from_hours(2160);

/// Runs the jobs every minute. Never returns.
pub(crate) async fn run(app: App) {
    let mut ticks = interval(INTERVAL);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        run_once(&app).await;
    }
}

/// Runs all jobs once. Failures are logged, and the job is retried at the next run.
pub async fn run_once(app: &App) {
    match app.seal.reload() {
        Ok(false) => {}
        Ok(true) => tracing::info!("read the changed key file"),
        Err(error) => tracing::error!(
            error = problem::chain(&error),
            "reading the changed key file failed; the previous keys stay in use"
        ),
    }
    if let Err(error) = purge(app).await {
        tracing::error!(
            error = problem::chain(&error),
            "purging expired rows failed"
        );
    }
    if let Err(error) = organization::erase_deleted(app).await {
        tracing::error!(
            error = problem::chain(&error),
            "erasing deleted organizations failed"
        );
    }
    if let Err(error) = id_token_key::rotate_due(app).await {
        tracing::error!(
            error = problem::chain(&error),
            "rotating the keys of ID tokens failed"
        );
    }
    if let Err(error) = connection::rotate_due(app).await {
        tracing::error!(
            error = problem::chain(&error),
            "rotating the keys of connections failed"
        );
    }
    if let Err(error) = domain::check_due(app).await {
        tracing::error!(error = problem::chain(&error), "checking domains failed");
    }
}

/// Deletes expired rows. Audit log entries are never deleted.
async fn purge(app: &App) -> Result<(), StoreError> {
    let now = app.clock.now();
    let retention = Retention {
        now,
        attempts_since: now - ATTEMPT_RETENTION,
        audit_log_since: Timestamp::MIN,
    };
    loop {
        let deleted = app
            .store
            .write(async move |tx| tx.purge(&retention).await)
            .await?;
        if deleted == 0 {
            return Ok(());
        }
    }
}
