//! Background jobs: reading a changed key file, purging expired rows, erasing what was deleted, rotating keys, finding
//! what needs attention, checking domains, emptying SQLite's write-ahead log, and counting certificates.

use std::error::Error;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use runtime::app::App;
use runtime::metrics::Job;
use runtime::problem;
use runtime::seal::KeyFileError;
use service::{certificate_expiry, connection, domain, health, id_token_key, organization};
use store::{PURGE_BATCH_SIZE, PersonId, PurgeStep, Retention, StoreError, Tx};
use tokio::time::{MissedTickBehavior, interval, sleep};

/// How often the jobs run.
const INTERVAL: Duration = Duration::from_secs(60);
/// How long sign-in attempts are kept: 90 days.
const ATTEMPT_RETENTION: SignedDuration = SignedDuration::from_hours(2160);
/// How many batches of people one run looks at.
const MAX_PEOPLE_BATCHES: u32 = 20;

/// How often, and after which pause, emptying the write-ahead log is tried while the database is busy.
const EMPTY_LOG_ATTEMPTS: u32 = 20;
const EMPTY_LOG_RETRY_INTERVAL: Duration = Duration::from_millis(50);

/// Runs the jobs every minute. Never returns.
pub(crate) async fn run(app: App) {
    let mut ticks = interval(INTERVAL);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut progress = Progress::default();
    loop {
        ticks.tick().await;
        run_jobs(&app, &mut progress).await;
    }
}

/// Reads the key file every minute. Never returns.
///
/// Other jobs may take long, and `vestibule key` relies on it that each server has read a changed file within two
/// minutes.
pub(crate) async fn watch_key_file(app: App) {
    let mut ticks = interval(INTERVAL);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        run_job(&app, Job::ReadKeyFile, read_key_file(&app)).await;
    }
}

/// Runs the jobs of every minute once.
pub async fn run_once(app: &App) {
    run_jobs(app, &mut Progress::default()).await;
}

/// Where the jobs that look at all rows go on in the next run.
#[derive(Debug, Default)]
struct Progress {
    people: Option<PersonId>,
}

async fn run_jobs(app: &App, progress: &mut Progress) {
    let people = purge_people(app, &mut progress.people);
    run_job(app, Job::PurgeRows, purge(app)).await;
    run_job(app, Job::EraseConnections, connection::erase_deleted(app)).await;
    run_job(
        app,
        Job::EraseOrganizations,
        organization::erase_deleted(app),
    )
    .await;
    run_job(app, Job::PurgePeople, people).await;
    run_job(app, Job::RotateIdTokenKeys, id_token_key::rotate_due(app)).await;
    run_job(app, Job::RotateConnectionKeys, connection::rotate_due(app)).await;
    run_job(
        app,
        Job::ReadCertificates,
        connection::read_certificate_expiries(app),
    )
    .await;
    run_job(app, Job::CountCertificates, count_certificates(app)).await;
    run_job(app, Job::JudgeSignIns, health::refresh_sign_in_issues(app)).await;
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

/// Deletes expired rows, a small batch in each transaction. Audit log entries are never deleted.
async fn purge(app: &App) -> Result<(), StoreError> {
    let now = app.clock.now();
    let retention = Retention {
        now,
        attempts_since: now - ATTEMPT_RETENTION,
        audit_log_since: Timestamp::MIN,
    };
    for step in PurgeStep::ALL {
        let purge_batch = async move |tx: &mut Tx| {
            let purged = tx.purge_batch(step, &retention).await?;
            Ok::<_, StoreError>(purged >= PURGE_BATCH_SIZE)
        };
        app.store.write_in_batches(purge_batch).await?;
    }
    Ok(())
}

/// Deletes the people who are neither members nor operators, such as those of an erased organization. Looks at some
/// people in each run, and goes on with the next ones in the next run.
async fn purge_people(app: &App, position: &mut Option<PersonId>) -> Result<(), StoreError> {
    for _ in 0..MAX_PEOPLE_BATCHES {
        let mut snapshot = app.store.snapshot().await?;
        let batch = snapshot.people_batch(position.as_ref()).await?;
        drop(snapshot);
        for people in batch.unaffiliated.chunks(50) {
            let people = people.to_vec();
            let delete = async move |tx: &mut Tx| {
                for person in &people {
                    tx.delete_unaffiliated_person(person).await?;
                }
                Ok::<_, StoreError>(())
            };
            app.store.write(delete).await?;
        }
        *position = batch.last;
        if position.is_none() {
            break;
        }
    }
    Ok(())
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
