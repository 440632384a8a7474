//! Units of work and snapshots.

use std::time::Duration;

use store::{OrganizationChange, Page, StoreError};
use tokio::sync::oneshot;
use tokio::task::JoinSet;

use crate::database::{Database, Problem, on_each_database, reading, writing};
use crate::samples::{audit_entry, org_id, organization};

on_each_database! {
    async fn a_unit_that_returns_an_error_is_rolled_back(store) {
        let ended: Result<(), Problem> = store.write(async |tx| {
            tx.add_audit_entry(&audit_entry(None, 1)).await?;
            Err("no".into())
        }).await;
        assert_eq!(ended.unwrap_err().to_string(), "no");
        assert_eq!(reading!(store, tx => tx.audit_log(&Page::first(9)).await?), []);
    }

    async fn a_unit_that_panics_is_rolled_back_and_the_store_goes_on(store) {
        let ended: Result<(), StoreError> = store.write(async |tx| {
            tx.add_audit_entry(&audit_entry(None, 1)).await?;
            panic!("this panic belongs to the test")
        }).await;
        assert!(matches!(ended, Err(StoreError::Panicked)), "{ended:?}");
        writing!(store, tx => tx.add_audit_entry(&audit_entry(None, 2)).await?);
        assert_eq!(reading!(store, tx => tx.audit_log(&Page::first(9)).await?), [audit_entry(None, 2)]);
    }

    async fn an_error_rolls_back_its_own_unit_only(store) {
        let mut tasks = JoinSet::new();
        for n in 0..60_u8 {
            let store = store.clone();
            tasks.spawn(async move {
                store.write(async move |tx| {
                    tx.add_audit_entry(&audit_entry(None, n)).await?;
                    match n % 3 {
                        0 => Ok(()),
                        // The same entry again violates the primary key.
                        1 => Ok(tx.add_audit_entry(&audit_entry(None, n)).await?),
                        _ => Err(Problem::from("no")),
                    }
                }).await.is_ok()
            });
        }
        let well = tasks.join_all().await.into_iter().filter(|ended| *ended).count();
        assert_eq!(well, 20);
        let mut stored = reading!(store, tx => tx.audit_log(&Page::first(99)).await?);
        stored.reverse();
        assert_eq!(stored, (0..60).step_by(3).map(|n| audit_entry(None, n)).collect::<Vec<_>>());
    }

    async fn a_failed_statement_cannot_be_ignored(store) {
        let ended: Result<(), StoreError> = store.write(async |tx| {
            tx.add_audit_entry(&audit_entry(None, 1)).await?;
            assert!(tx.add_audit_entry(&audit_entry(None, 1)).await.is_err());
            Ok(())
        }).await;
        assert!(matches!(ended, Err(StoreError::ErrorIgnored)), "{ended:?}");
        assert_eq!(reading!(store, tx => tx.audit_log(&Page::first(9)).await?), []);
    }

    async fn a_snapshot_cannot_write(store) {
        let mut snapshot = store.snapshot().await.unwrap();
        let ended = snapshot.add_audit_entry(&audit_entry(None, 1)).await;
        drop(snapshot);
        assert!(matches!(ended, Err(StoreError::Database(_))), "{ended:?}");
        assert_eq!(reading!(store, tx => tx.audit_log(&Page::first(9)).await?), []);
    }

    async fn a_snapshot_sees_one_state_of_the_database(store) {
        let mut snapshot = store.snapshot().await.unwrap();
        assert_eq!(snapshot.audit_log(&Page::first(9)).await.unwrap(), []);
        writing!(store, tx => tx.add_audit_entry(&audit_entry(None, 1)).await?);
        assert_eq!(snapshot.audit_log(&Page::first(9)).await.unwrap(), []);
        drop(snapshot);
        assert_eq!(reading!(store, tx => tx.audit_log(&Page::first(9)).await?), [audit_entry(None, 1)]);
    }

    async fn a_snapshot_ends_when_its_future_is_cancelled(store) {
        // More snapshots than either pool has connections.
        for n in 1..=20 {
            let read_and_wait = async {
                let mut snapshot = store.snapshot().await.unwrap();
                snapshot.audit_log(&Page::first(1)).await.unwrap();
                std::future::pending::<()>().await;
            };
            assert!(tokio::time::timeout(Duration::from_millis(20), read_and_wait).await.is_err());
            writing!(store, tx => tx.add_audit_entry(&audit_entry(None, n)).await?);
            let found = reading!(store, tx => tx.audit_log(&Page::first(1)).await?);
            assert_eq!(found, [audit_entry(None, n)]);
        }
    }

    async fn a_snapshot_has_a_time_limit(store) {
        let mut snapshot = store.snapshot().await.unwrap();
        assert_eq!(snapshot.audit_log(&Page::first(9)).await.unwrap(), []);
        tokio::time::sleep(Duration::from_millis(5100)).await;
        for _ in 0..2 {
            let late = snapshot.audit_log(&Page::first(9)).await;
            assert!(matches!(late, Err(StoreError::Timeout)), "{late:?}");
        }
    }

    async fn an_answered_write_is_visible_to_the_next_snapshot(store) {
        for n in 1..=20 {
            writing!(store, tx => tx.add_audit_entry(&audit_entry(None, n)).await?);
            let found = reading!(store, tx => tx.audit_log(&Page::first(1)).await?);
            assert_eq!(found, [audit_entry(None, n)]);
        }
    }

    async fn a_cancelled_caller_does_not_stop_the_unit(store) {
        let (begun, has_begun) = oneshot::channel();
        let begun = std::sync::Arc::new(std::sync::Mutex::new(Some(begun)));
        let caller = {
            let store = store.clone();
            tokio::spawn(async move {
                writing!(store, tx => {
                    if let Some(begun) = begun.lock().unwrap().take() { begun.send(()).unwrap(); }
                    tokio::task::yield_now().await;
                    tx.add_audit_entry(&audit_entry(None, 1)).await?;
                });
            })
        };
        has_begun.await.unwrap();
        caller.abort();
        let _aborted = caller.await;
        let stored = async {
            while reading!(store, tx => tx.audit_log(&Page::first(1)).await?).is_empty() {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(10), stored).await.expect("the unit runs to its end");
        writing!(store, tx => tx.add_organization(&organization(1)).await??);
    }

    async fn a_unit_has_a_time_limit(store) {
        let ended: Result<(), StoreError> = store.write(async |tx| {
            tx.add_audit_entry(&audit_entry(None, 1)).await?;
            std::future::pending().await
        }).await;
        assert!(matches!(ended, Err(StoreError::Timeout)), "{ended:?}");
        assert_eq!(reading!(store, tx => tx.audit_log(&Page::first(9)).await?), []);
    }

    async fn a_closed_store_returns_an_error(store) {
        store.close().await;
        let ended: Result<(), StoreError> =
            store.write(async |tx| tx.add_audit_entry(&audit_entry(None, 1)).await).await;
        assert!(matches!(ended, Err(StoreError::Closed | StoreError::Database(_))), "{ended:?}");
    }
}

/// On SQLite, units that wait for a flush share the next one.
#[tokio::test]
async fn concurrent_units_share_commits() {
    crate::database::run(Database::sqlite(), |store, _| async move {
        let before = store.metrics();
        let mut tasks = JoinSet::new();
        for n in 0..200 {
            let store = store.clone();
            tasks.spawn(async move {
                writing!(store, tx => tx.add_audit_entry(&audit_entry(None, n)).await?);
            });
        }
        tasks.join_all().await;
        let after = store.metrics();
        assert_eq!(after.units - before.units, 200);
        let commits = after.commits - before.commits;
        assert!(
            (1..50).contains(&commits),
            "200 units took {commits} commits"
        );
        assert_eq!(
            reading!(store, tx => tx.audit_log(&Page::first(999)).await?).len(),
            200
        );
    })
    .await;
}

/// When the queue is full, the next unit gets an error immediately, and the queued ones still run.
#[tokio::test]
async fn a_full_queue_is_a_clear_error() {
    crate::database::run(Database::sqlite(), |store, _| async move {
        let gate = std::sync::Arc::new(tokio::sync::Semaphore::new(0));
        let mut tasks = JoinSet::new();
        let mut full = 0;
        let one = store.clone();
        let opened = std::sync::Arc::clone(&gate);
        tasks.spawn(async move { writing!(one, _tx => drop(opened.acquire().await?)) });
        while store.metrics().units == 0 {
            tokio::task::yield_now().await;
        }
        let capacity = 2048;
        for _ in 0..capacity {
            let store = store.clone();
            tasks.spawn(async move { writing!(store, _tx => ()) });
        }
        while store.metrics().queued < capacity {
            tokio::task::yield_now().await;
        }
        let ended: Result<(), StoreError> = store.write(async |_tx| Ok(())).await;
        full += u64::from(matches!(ended, Err(StoreError::QueueFull)));
        gate.add_permits(1);
        assert_eq!(tasks.join_all().await.len() as u64, capacity + 1);
        assert_eq!((full, store.metrics().rejected), (1, 1));
    })
    .await;
}

/// On PostgreSQL, two units can wait for each other's rows; the one that is rolled back runs again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs PostgreSQL: run scripts/test"]
async fn conflicting_units_both_commit() {
    crate::database::run(Database::postgres().await, |store, _| async move {
        writing!(store, tx => for org in [1, 2] { tx.add_organization(&organization(org)).await??; });
        let both_lock_one = std::sync::Arc::new(tokio::sync::Barrier::new(2));
        let mut tasks = JoinSet::new();
        for order in [[1, 2], [2, 1]] {
            let store = store.clone();
            let both_lock_one = std::sync::Arc::clone(&both_lock_one);
            tasks.spawn(async move {
                writing!(store, tx => for org in order {
                    let change = OrganizationChange {
                        slug: format!("acme-{org}"), name: "changed".to_owned(), plan: "starter".to_owned(),
                    };
                    tx.organization(&org_id(org)).update(&change).await??;
                    // The one that runs again meets no other unit, and goes on after the timeout.
                    drop(tokio::time::timeout(Duration::from_millis(500), both_lock_one.wait()).await);
                });
            });
        }
        tasks.join_all().await;
        // The one that runs again may be faster than the one that waits, and then they conflict again.
        assert!(store.metrics().retries >= 1, "{:?}", store.metrics());
    })
    .await;
}

/// On PostgreSQL, another client's abandoned transaction fails the units that need its rows only.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs PostgreSQL: run scripts/test"]
async fn an_abandoned_transaction_does_not_block_the_store() {
    use sqlx::Connection as _;
    crate::database::run(Database::postgres().await, |store, database| async move {
        writing!(store, tx => for org in [1, 2] { tx.add_organization(&organization(org)).await??; });
        let mut other_client = sqlx::PgConnection::connect(&database.url).await.unwrap();
        let mut abandoned = other_client.begin().await.unwrap();
        let lock = "UPDATE organization SET name = 'locked' WHERE slug = 'acme-1'";
        sqlx::query(lock).execute(&mut *abandoned).await.unwrap();

        let blocked: Result<bool, StoreError> =
            store.write(async |tx| tx.organization(&org_id(1)).delete().await).await;
        assert!(matches!(blocked, Err(StoreError::Timeout | StoreError::Database(_))), "{blocked:?}");
        assert!(writing!(store, tx => tx.organization(&org_id(2)).delete().await?));

        abandoned.rollback().await.unwrap();
        other_client.close().await.unwrap();
        assert!(writing!(store, tx => tx.organization(&org_id(1)).delete().await?));
    })
    .await;
}
