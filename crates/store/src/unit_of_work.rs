//! Units of work: what runs inside one transaction, and is committed or rolled back as a whole.

use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::time::Duration;

use crate::engine::TxFault;
use crate::{StoreError, Tx};

/// How long one unit or one snapshot may take.
///
/// On SQLite a unit holds up all other writes, so the limit is far below what a request may take.
pub(crate) const UNIT_TIMEOUT: Duration = Duration::from_secs(5);

/// An asynchronous closure that [`Store::write`](crate::Store::write) can run: `async move |tx| { … }`.
///
/// The trait is implemented for every such closure whose future is `Send`; stable Rust has no way to write that bound
/// on `AsyncFnOnce` itself.
pub trait UnitOfWork<'t, T, E>: FnOnce(&'t mut Tx) -> Self::Future {
    type Future: Future<Output = Result<T, E>> + Send + 't;
}

impl<'t, T, E, F, Fut> UnitOfWork<'t, T, E> for F
where
    F: FnOnce(&'t mut Tx) -> Fut,
    Fut: Future<Output = Result<T, E>> + Send + 't,
{
    type Future = Fut;
}

/// How a unit ended, before its transaction does.
pub(crate) enum Outcome<T, E> {
    Commit(T),
    Rollback(E),
    /// The transaction conflicted with another one; the same unit may succeed when it runs again.
    Retry(E),
}

impl<T, E> Outcome<T, E> {
    pub(crate) fn into_result(self) -> Result<T, E> {
        match self {
            Self::Commit(value) => Ok(value),
            Self::Rollback(error) | Self::Retry(error) => Err(error),
        }
    }
}

/// Runs one unit to its end; a panic and a timeout become errors.
pub(crate) async fn run<T, E, F>(unit: F, tx: &mut Tx) -> Outcome<T, E>
where
    E: From<StoreError>,
    F: for<'t> UnitOfWork<'t, T, E>,
{
    let finished = tokio::time::timeout(UNIT_TIMEOUT, catch_panic(|| unit(tx))).await;
    let fault = tx.take_fault();
    match (finished, fault) {
        (Err(_elapsed), _) => Outcome::Rollback(StoreError::Timeout.into()),
        (Ok(None), _) => Outcome::Rollback(StoreError::Panicked.into()),
        (Ok(Some(Ok(value))), None) => Outcome::Commit(value),
        (Ok(Some(Ok(_))), Some(TxFault::Failed)) => {
            Outcome::Rollback(StoreError::ErrorIgnored.into())
        }
        (Ok(Some(Ok(_))), Some(TxFault::Contention)) => {
            Outcome::Retry(StoreError::ErrorIgnored.into())
        }
        (Ok(Some(Err(error))), Some(TxFault::Contention)) => Outcome::Retry(error),
        (Ok(Some(Err(error))), Some(TxFault::Failed) | None) => Outcome::Rollback(error),
    }
}

/// Polls the future that `start` creates; `None` means that either of them panicked.
///
/// The assertion of unwind safety holds because the transaction is rolled back after a panic, so no partial change
/// becomes visible.
async fn catch_panic<T, E, Fut>(start: impl FnOnce() -> Fut) -> Option<Result<T, E>>
where
    Fut: Future<Output = Result<T, E>>,
{
    let future = catch_unwind(AssertUnwindSafe(start)).ok()?;
    let mut future = pin!(future);
    poll_fn(
        |context| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context))) {
            Ok(poll) => poll.map(Some),
            Err(_panic) => std::task::Poll::Ready(None),
        },
    )
    .await
}
