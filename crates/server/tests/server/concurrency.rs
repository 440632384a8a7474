//! Requests during a transaction.

use std::sync::Arc;

use store::{StoreError, Tx, UnitOfWork};
use test_support::TestServer;
use tokio::sync::Notify;

/// Writes to the database in a transaction that stays open until a request waits for it. Returns the response.
pub(crate) async fn send_during_write<W, R>(server: &TestServer, write: W, request: R) -> R::Output
where
    W: AsyncFnOnce(&mut Tx) -> Result<(), StoreError>
        + for<'t> UnitOfWork<'t, (), StoreError>
        + Clone
        + Send
        + 'static,
    R: Future,
{
    let written = Arc::new(Notify::new());
    let notify = Arc::clone(&written);
    let lock_watch = server.lock_watch();
    let transaction = server.app.store.write(async move |tx| {
        write(tx).await?;
        notify.notify_one();
        lock_watch.until_a_transaction_waits().await;
        Ok::<_, StoreError>(())
    });
    let request = async {
        written.notified().await;
        request.await
    };
    let (committed, response) = tokio::join!(transaction, request);
    committed.unwrap();
    response
}
