//! Work that keeps a processor busy: it runs next to the threads that serve requests, and not on them.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::LazyLock;
use std::thread::available_parallelism;

use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

/// At most one unit of work for each processor, but always two: a large document does not hold up everything else. The
/// others wait, without a thread and before they need memory.
static PERMITS: LazyLock<Semaphore> = LazyLock::new(|| {
    let processors = available_parallelism().map_or(1, NonZero::get);
    Semaphore::new(processors.max(2))
});

/// Runs work that takes long without waiting for anything, such as reading a large document or generating an RSA key.
///
/// When the caller stops waiting, for example because a request timed out, work that waits is dropped. Work that has begun
/// is finished, so its input has to be bounded.
///
/// # Panics
///
/// When the work panics.
pub async fn run<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let permit = PERMITS.acquire().await;
    let permit = permit.expect("the semaphore is never closed");
    let running = spawn_blocking(move || {
        let result = work();
        drop(permit);
        result
    });
    match running
        .await
        .map_err(tokio::task::JoinError::try_into_panic)
    {
        Ok(result) => result,
        Err(Ok(panic)) => resume_unwind(panic),
        // The server stops, and drops this task too.
        Err(Err(_)) => std::future::pending().await,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[tokio::test]
    async fn other_tasks_continue_while_work_runs() {
        let (sender, receiver) = mpsc::channel();
        // On the only thread of this test, the work would wait forever.
        let (received, ()) = tokio::join!(run(move || receiver.recv().unwrap()), async move {
            sender.send(7).unwrap();
        });
        assert_eq!(received, 7);
    }

    #[tokio::test]
    #[should_panic(expected = "the work")]
    async fn a_panic_of_the_work_is_one_of_the_caller() {
        run(|| panic!("the work")).await;
    }

    #[tokio::test]
    async fn work_that_panics_gives_its_permit_back() {
        let before = PERMITS.available_permits();
        let failed = tokio::spawn(run(|| panic!("the work"))).await;
        assert!(failed.is_err());
        assert_eq!(PERMITS.available_permits(), before);
    }
}
