//! Units of work: what runs inside one transaction, and is committed or undone whole.

use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::time::Duration;

use crate::engine::Trouble;
use crate::{StoreError, Tx};

/// What a unit of work returns: `Box::pin(async move { … })`.
pub type Work<'t, T, E> = Pin<Box<dyn Future<Output = Result<T, E>> + Send + 't>>;

/// How long one unit may take. It holds up all others on SQLite, so it is far less than a request may take.
const LONGEST: Duration = Duration::from_secs(5);

/// How a unit ended, before its transaction is settled.
pub(crate) enum Ended<T, E> {
    /// It wants its changes to stay.
    Well(T),
    /// It wants them undone.
    Badly(E),
    /// The same again may succeed.
    InTheWay(E),
}

impl<T, E: From<StoreError>> Ended<T, E> {
    pub(crate) fn into_result(self) -> Result<T, E> {
        match self {
            Self::Well(value) => Ok(value),
            Self::Badly(error) | Self::InTheWay(error) => Err(error),
        }
    }
}

/// Runs one unit to its end, whatever it does.
pub(crate) async fn run<T, E, F>(unit: F, tx: &mut Tx) -> Ended<T, E>
where
    E: From<StoreError>,
    F: for<'t> FnOnce(&'t mut Tx) -> Work<'t, T, E>,
{
    let finished = tokio::time::timeout(LONGEST, without_panic(|| unit(tx))).await;
    let trouble = tx.take_trouble();
    match (finished, trouble) {
        (Err(_elapsed), _) => Ended::Badly(StoreError::TooSlow.into()),
        (Ok(None), _) => Ended::Badly(StoreError::Panicked.into()),
        (Ok(Some(Ok(value))), None) => Ended::Well(value),
        (Ok(Some(Ok(_))), Some(Trouble::Failed)) => Ended::Badly(StoreError::Swallowed.into()),
        (Ok(Some(Ok(_))), Some(Trouble::Contention)) => {
            Ended::InTheWay(StoreError::Swallowed.into())
        }
        (Ok(Some(Err(error))), Some(Trouble::Contention)) => Ended::InTheWay(error),
        (Ok(Some(Err(error))), Some(Trouble::Failed) | None) => Ended::Badly(error),
    }
}

/// Polls the future that `start` makes; `None` is a panic, in either of them.
///
/// The transaction is undone after a panic, so no half-made change can be seen:
/// that is what makes the assertion of unwind safety true.
async fn without_panic<'t, T, E>(start: impl FnOnce() -> Work<'t, T, E>) -> Option<Result<T, E>> {
    let mut work = catch_unwind(AssertUnwindSafe(start)).ok()?;
    poll_fn(
        |context| match catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(context))) {
            Ok(poll) => poll.map(Some),
            Err(_panic) => std::task::Poll::Ready(None),
        },
    )
    .await
}
