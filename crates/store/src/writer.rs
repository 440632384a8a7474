//! The one writer of a SQLite database, which gathers units of work into commits.
//!
//! A durable commit costs a disk flush. While one flush is under way, the units
//! that arrive wait together and share the next one: each runs in a savepoint
//! of its own, so that an error undoes that unit alone, and none is answered
//! before the commit has returned.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use sqlx::{Pool, Sqlite};
use tokio::sync::{mpsc, oneshot};

use crate::engine::{self, Link};
use crate::unit::{self, Ended, Work};
use crate::{StoreError, Tx};

/// How many units share a commit at most, so that the first does not wait for ever.
const BATCH: usize = 256;

/// How many units may wait. Beyond that the disk is slower than the world, and saying so is better than waiting.
pub(crate) const QUEUE: usize = 2048;

/// What has been counted since the store was opened.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    pub(crate) units: AtomicU64,
    pub(crate) commits: AtomicU64,
    pub(crate) undone: AtomicU64,
    pub(crate) turned_away: AtomicU64,
    pub(crate) repeated: AtomicU64,
}

/// Adds one to a counter.
pub(crate) fn count(counter: &AtomicU64) {
    counter.fetch_add(1, Ordering::Relaxed);
}

/// What the writer is asked for.
pub(crate) enum Order {
    Run(Box<dyn Unit>),
    /// Finish what is waiting, then answer.
    Close(oneshot::Sender<()>),
}

/// A unit of work whose types the writer need not know.
pub(crate) trait Unit: Send {
    /// Runs it; says whether its changes shall stay.
    fn run<'u>(&'u mut self, tx: &'u mut Tx) -> Pin<Box<dyn Future<Output = Wish> + Send + 'u>>;

    /// Tells whoever asked, after the commit.
    fn answer(self: Box<Self>, committed: Result<(), StoreError>);
}

/// What a unit wants done with its changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wish {
    Keep,
    Undo,
}

/// A unit of work with its way back to whoever asked.
pub(crate) struct Asked<T, E, F> {
    work: Option<F>,
    outcome: Option<Ended<T, E>>,
    reply: oneshot::Sender<Result<T, E>>,
}

impl<T, E, F> Asked<T, E, F> {
    pub(crate) fn new(work: F) -> (Self, oneshot::Receiver<Result<T, E>>) {
        let (reply, answer) = oneshot::channel();
        (
            Self {
                work: Some(work),
                outcome: None,
                reply,
            },
            answer,
        )
    }
}

impl<T, E, F> Unit for Asked<T, E, F>
where
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
    F: for<'t> FnOnce(&'t mut Tx) -> Work<'t, T, E> + Send + 'static,
{
    fn run<'u>(&'u mut self, tx: &'u mut Tx) -> Pin<Box<dyn Future<Output = Wish> + Send + 'u>> {
        Box::pin(async move {
            let Some(work) = self.work.take() else {
                return Wish::Undo;
            };
            let ended = unit::run(work, tx).await;
            let wish = match ended {
                Ended::Well(_) => Wish::Keep,
                Ended::Badly(_) | Ended::InTheWay(_) => Wish::Undo,
            };
            self.outcome = Some(ended);
            wish
        })
    }

    fn answer(self: Box<Self>, committed: Result<(), StoreError>) {
        let result = match (self.outcome, committed) {
            (Some(Ended::Well(value)), Ok(())) => Ok(value),
            (Some(Ended::Badly(error) | Ended::InTheWay(error)), _) => Err(error),
            (Some(Ended::Well(_)) | None, Err(error)) => Err(error.into()),
            (None, Ok(())) => Err(StoreError::Closed.into()),
        };
        // Whoever asked may have gone away; the unit is done all the same.
        let _ = self.reply.send(result);
    }
}

/// The writer's task: ends when it is told to, or when nobody can ask any more.
pub(crate) async fn write(
    pool: Pool<Sqlite>,
    mut orders: mpsc::Receiver<Order>,
    counters: Arc<Counters>,
) {
    while let Some(order) = orders.recv().await {
        let closing = match order {
            Order::Run(first) => write_together(&pool, first, &mut orders, &counters).await,
            Order::Close(done) => Some(done),
        };
        if let Some(done) = closing {
            pool.close().await;
            let _ = done.send(());
            return;
        }
    }
}

/// Runs `first` and whatever is waiting, commits once, answers all of them.
async fn write_together(
    pool: &Pool<Sqlite>,
    first: Box<dyn Unit>,
    orders: &mut mpsc::Receiver<Order>,
    counters: &Counters,
) -> Option<oneshot::Sender<()>> {
    let mut tx = match pool.begin_with("BEGIN IMMEDIATE").await {
        Ok(tx) => Tx::new(Link::Sqlite(tx)),
        Err(error) => {
            first.answer(Err(engine::broken(error)));
            return None;
        }
    };
    let mut ran = Vec::new();
    let mut closing = None;
    let mut intact = Ok(());
    let mut next = Some(first);
    while let Some(mut unit) = next.take() {
        intact = run_apart(&mut unit, &mut tx, counters).await;
        ran.push(unit);
        if intact.is_err() || ran.len() >= BATCH {
            break;
        }
        match orders.try_recv() {
            Ok(Order::Run(unit)) => next = Some(unit),
            Ok(Order::Close(done)) => closing = Some(done),
            Err(_empty) => {}
        }
    }
    let committed = settle(tx, intact).await.map_err(Arc::new);
    if committed.is_ok() {
        count(&counters.commits);
    }
    for unit in ran {
        unit.answer(committed.clone().map_err(StoreError::Database));
    }
    closing
}

/// Runs one unit in a savepoint of its own. An error here means that the whole transaction is lost.
async fn run_apart(unit: &mut Box<dyn Unit>, tx: &mut Tx, counters: &Counters) -> sqlx::Result<()> {
    count(&counters.units);
    tx.link().execute("SAVEPOINT unit", &[]).await?;
    if unit.run(tx).await == Wish::Undo {
        count(&counters.undone);
        tx.link().execute("ROLLBACK TO SAVEPOINT unit", &[]).await?;
    }
    tx.link().execute("RELEASE SAVEPOINT unit", &[]).await?;
    Ok(())
}

async fn settle(tx: Tx, intact: sqlx::Result<()>) -> sqlx::Result<()> {
    match intact {
        Ok(()) => tx.into_link().commit().await,
        Err(error) => {
            // The connection is in doubt already; what it says about the rollback adds nothing.
            drop(tx.into_link().undo().await);
            Err(error)
        }
    }
}
