//! What the server does by itself, beside answering.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use runtime::app::App;
use runtime::problem;
use service::domain;
use store::{Retention, StoreError};
use tokio::time::{MissedTickBehavior, interval};

/// How often it looks whether there is something to do.
const EVERY: Duration = Duration::from_secs(60);
/// For so long attempts to sign in are kept.
const ATTEMPTS_FOR: SignedDuration = SignedDuration::from_hours(2160);

/// Does what there is to do, again and again. It never ends by itself.
pub(crate) async fn run(app: App) {
    let mut ticks = interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        once(&app).await;
    }
}

/// Does what there is to do now. What fails is told in the log, and done another time.
pub async fn once(app: &App) {
    if let Err(error) = forget(app).await {
        tracing::error!(error = problem::chain(&error), "nothing was forgotten");
    }
    if let Err(error) = domain::check_due(app).await {
        tracing::error!(error = problem::chain(&error), "domains were not looked up");
    }
}

/// Forgets what has had its time. The audit trail stays whole.
async fn forget(app: &App) -> Result<(), StoreError> {
    let now = app.clock.now();
    let retention = Retention {
        now,
        attempts_since: now - ATTEMPTS_FOR,
        audit_log_since: Timestamp::MIN,
    };
    loop {
        let gone = app
            .store
            .write(async move |tx| tx.purge(&retention).await)
            .await?;
        if gone == 0 {
            return Ok(());
        }
    }
}
