//! Background jobs: reading a changed key file, purging expired rows, erasing deleted organizations, rotating keys,
//! checking domains, emptying SQLite's write-ahead log, and counting certificates.

use std::error::Error;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use runtime::app::App;
use runtime::metrics::Job;
use runtime::problem;
use runtime::seal::KeyFileError;
use service::{certificate_expiry, connection, domain, id_token_key, organization};
use store::{Retention, StoreError};
use tokio::time::{MissedTickBehavior, interval, sleep};

/// How often the jobs run.
const INTERVAL: Duration = Duration::from_secs(60);
/// How long sign-in attempts are kept: 90 days.
const ATTEMPT_RETENTION: SignedDuration = SignedDuration::from_hours(2160);

/// Certificates are counted in every tenth run, and in the first one.
const CERTIFICATE_COUNT_RUNS: u32 = 10;
/// How often, and after which pause, emptying the write-ahead log is tried while the database is busy.
const EMPTY_LOG_ATTEMPTS: u32 = 20;
const EMPTY_LOG_RETRY_INTERVAL: Duration = Duration::from_millis(50);

/// Runs the jobs every minute. Never returns.
pub(crate) async fn run(app: App) {
    let mut ticks = interval(INTERVAL);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    for number in (0..CERTIFICATE_COUNT_RUNS).cycle() {
        ticks.tick().await;
        run_once(&app).await;
        if number == 0 {
            run_job(&app, Job::CountCertificates, count_certificates(&app)).await;
        }
    }
}

/// Runs the jobs of every minute once.
pub async fn run_once(app: &App) {
    run_job(app, Job::ReadKeyFile, read_key_file(app)).await;
    run_job(app, Job::PurgeRows, purge(app)).await;
    run_job(
        app,
        Job::EraseOrganizations,
        organization::erase_deleted(app),
    )
    .await;
    run_job(app, Job::RotateIdTokenKeys, id_token_key::rotate_due(app)).await;
    run_job(app, Job::RotateConnectionKeys, connection::rotate_due(app)).await;
    run_job(app, Job::CheckDomains, domain::check_due(app)).await;
    run_job(app, Job::EmptyLog, empty_log(app)).await;
}

/// Runs a job. A failure is logged and counted, and the job is retried at the next run.
async fn run_job<E: Error>(app: &App, job: Job, work: impl Future<Output = Result<(), E>>) {
    match work.await {
        Ok(()) => app.metrics.record_job_success(job, app.clock.now()),
        Err(error) => {
            app.metrics.count_job_failure(job);
            tracing::error!(
                job = job.as_str(),
                error = problem::chain(&error),
                "a background job failed"
            );
        }
    }
}

/// Reads the key file again when it has changed. When it cannot be used, the previous keys stay in use.
async fn read_key_file(app: &App) -> Result<(), KeyFileError> {
    if app.seal.reload()? {
        tracing::info!("read the changed key file");
    }
    Ok(())
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

/// Empties the write-ahead log of SQLite, as soon as no read or write is in progress.
async fn empty_log(app: &App) -> Result<(), StoreError> {
    for _ in 0..EMPTY_LOG_ATTEMPTS {
        if app.store.truncate_log().await? {
            break;
        }
        sleep(EMPTY_LOG_RETRY_INTERVAL).await;
    }
    Ok(())
}

async fn count_certificates(app: &App) -> Result<(), StoreError> {
    let expiries = certificate_expiry::count(app).await?;
    app.metrics.update_certificates(&expiries);
    Ok(())
}
