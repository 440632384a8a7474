//! Background jobs: purging expired rows, erasing deleted organizations, finding what needs attention, and checking
//! domains.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use runtime::app::App;
use runtime::problem;
use service::{connection, domain, health, organization};
use store::{PURGE_BATCH_SIZE, PersonId, PurgeStep, Retention, StoreError, Tx};
use tokio::time::{MissedTickBehavior, interval};

/// How often the jobs run.
const INTERVAL: Duration = Duration::from_secs(60);
/// How long sign-in attempts are kept: 90 days.
const ATTEMPT_RETENTION: SignedDuration = SignedDuration::from_hours(2160);
/// How many batches of people one run looks at.
const MAX_PEOPLE_BATCHES: u32 = 20;

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

/// Runs all jobs once. Failures are logged, and the job is retried at the next run.
pub async fn run_once(app: &App) {
    run_jobs(app, &mut Progress::default()).await;
}

/// Where the jobs that look at all rows go on in the next run.
#[derive(Debug, Default)]
struct Progress {
    people: Option<PersonId>,
}

async fn run_jobs(app: &App, progress: &mut Progress) {
    if let Err(error) = purge(app).await {
        tracing::error!(
            error = problem::chain(&error),
            "purging expired rows failed"
        );
    }
    if let Err(error) = connection::erase_deleted(app).await {
        tracing::error!(
            error = problem::chain(&error),
            "erasing deleted connections failed"
        );
    }
    if let Err(error) = organization::erase_deleted(app).await {
        tracing::error!(
            error = problem::chain(&error),
            "erasing deleted organizations failed"
        );
    }
    if let Err(error) = purge_people(app, &mut progress.people).await {
        tracing::error!(error = problem::chain(&error), "purging people failed");
    }
    if let Err(error) = connection::read_certificate_expiries(app).await {
        tracing::error!(
            error = problem::chain(&error),
            "reading when certificates expire failed"
        );
    }
    if let Err(error) = health::refresh_sign_in_issues(app).await {
        tracing::error!(
            error = problem::chain(&error),
            "judging rejected sign-ins failed"
        );
    }
    if let Err(error) = domain::check_due(app).await {
        tracing::error!(error = problem::chain(&error), "checking domains failed");
    }
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
