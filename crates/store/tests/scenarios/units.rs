//! Units of work and snapshots.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use rstest::rstest;
use rstest_reuse::apply;
use store::{AuditEntry, AuditFilter, OrganizationChange, Page, StoreError};
use test_support::{Engine, each_database};
use tokio::sync::{Barrier, Semaphore, oneshot};
use tokio::task::JoinSet;

use crate::fixtures::{NOW, audit_entry, org_id, organization};
use crate::test_store::{TestStore, UnitError};

/// Writes an audit entry in a unit of work.
async fn add_entry(store: &TestStore, n: u8) {
    store
        .write(async move |tx| Ok(tx.add_audit_entry(&audit_entry(None, n)).await?))
        .await;
}

/// All audit entries, the newest first.
async fn entries(store: &TestStore) -> Vec<AuditEntry> {
    let mut snapshot = store.snapshot().await;
    snapshot
        .audit_log(&AuditFilter::default(), &Page::first(999))
        .await
        .unwrap()
}

#[apply(each_database)]
async fn a_unit_that_returns_an_error_is_rolled_back(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    let result: Result<(), UnitError> = store
        .try_write(async |tx| {
            tx.add_audit_entry(&audit_entry(None, 1)).await?;
            Err("no".into())
        })
        .await;
    assert_eq!(result.unwrap_err().to_string(), "no");
    assert_eq!(entries(&store).await, []);
}

#[apply(each_database)]
async fn a_unit_that_panics_is_rolled_back_and_the_next_one_runs(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    let result: Result<(), StoreError> = store
        .try_write(async |tx| {
            tx.add_audit_entry(&audit_entry(None, 1)).await?;
            panic!("this panic belongs to the test")
        })
        .await;
    assert!(matches!(result, Err(StoreError::Panicked)), "{result:?}");
    add_entry(&store, 2).await;
    assert_eq!(entries(&store).await, [audit_entry(None, 2)]);
}

#[apply(each_database)]
async fn an_error_rolls_back_its_own_unit_only(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    let mut tasks = JoinSet::new();
    for n in 0..60_u8 {
        let store = store.clone();
        tasks.spawn(async move {
            let result = store
                .try_write(async move |tx| {
                    tx.add_audit_entry(&audit_entry(None, n)).await?;
                    match n % 3 {
                        0 => Ok(()),
                        // The same entry again violates the primary key.
                        1 => Ok(tx.add_audit_entry(&audit_entry(None, n)).await?),
                        _ => Err(UnitError::from("no")),
                    }
                })
                .await;
            result.is_ok()
        });
    }
    let results = tasks.join_all().await;
    assert_eq!(results.iter().filter(|is_ok| **is_ok).count(), 20);
    let expected: Vec<AuditEntry> = (0..60)
        .step_by(3)
        .rev()
        .map(|n| audit_entry(None, n))
        .collect();
    assert_eq!(entries(&store).await, expected);
}

#[apply(each_database)]
async fn a_failed_statement_cannot_be_ignored(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    let result: Result<(), StoreError> = store
        .try_write(async |tx| {
            tx.add_audit_entry(&audit_entry(None, 1)).await?;
            assert!(tx.add_audit_entry(&audit_entry(None, 1)).await.is_err());
            Ok(())
        })
        .await;
    assert!(
        matches!(result, Err(StoreError::ErrorIgnored)),
        "{result:?}"
    );
    assert_eq!(entries(&store).await, []);
}

#[apply(each_database)]
async fn a_snapshot_cannot_write(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    let mut snapshot = store.snapshot().await;
    let result = snapshot.add_audit_entry(&audit_entry(None, 1)).await;
    drop(snapshot);
    assert!(matches!(result, Err(StoreError::Database(_))), "{result:?}");
    assert_eq!(entries(&store).await, []);
}

#[apply(each_database)]
async fn a_snapshot_sees_one_state_of_the_database(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    let mut snapshot = store.snapshot().await;
    assert_eq!(
        snapshot
            .audit_log(&AuditFilter::default(), &Page::first(9))
            .await
            .unwrap(),
        []
    );
    add_entry(&store, 1).await;
    assert_eq!(
        snapshot
            .audit_log(&AuditFilter::default(), &Page::first(9))
            .await
            .unwrap(),
        []
    );
    drop(snapshot);
    assert_eq!(entries(&store).await, [audit_entry(None, 1)]);
}

#[apply(each_database)]
async fn a_snapshot_ends_when_its_future_is_dropped(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    // More snapshots than either pool has connections.
    for n in 1..=20 {
        let (has_read, read) = oneshot::channel();
        let read_and_wait = async {
            let mut snapshot = store.snapshot().await;
            snapshot
                .audit_log(&AuditFilter::default(), &Page::first(1))
                .await
                .unwrap();
            has_read.send(()).unwrap();
            std::future::pending::<()>().await;
        };
        tokio::select! {
            biased;
            () = read_and_wait => unreachable!("it waits forever"),
            received = read => received.unwrap(),
        }
        add_entry(&store, n).await;
        assert_eq!(entries(&store).await.first(), Some(&audit_entry(None, n)));
    }
}

#[apply(each_database)]
async fn a_snapshot_has_a_time_limit(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    let mut snapshot = store.snapshot().await;
    assert_eq!(
        snapshot
            .audit_log(&AuditFilter::default(), &Page::first(9))
            .await
            .unwrap(),
        []
    );
    tokio::time::sleep(Duration::from_millis(5100)).await;
    for _ in 0..2 {
        let late = snapshot
            .audit_log(&AuditFilter::default(), &Page::first(9))
            .await;
        assert!(matches!(late, Err(StoreError::Timeout)), "{late:?}");
    }
}

#[apply(each_database)]
async fn an_answered_write_is_visible_to_the_next_snapshot(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    for n in 1..=20 {
        add_entry(&store, n).await;
        assert_eq!(entries(&store).await.first(), Some(&audit_entry(None, n)));
    }
}

#[apply(each_database)]
async fn a_unit_runs_to_its_end_when_its_caller_is_aborted(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    let (started, has_started) = oneshot::channel();
    let started = Arc::new(Mutex::new(Some(started)));
    let caller = {
        let store = store.clone();
        tokio::spawn(async move {
            store
                .write(async move |tx| {
                    if let Some(started) = started.lock().unwrap().take() {
                        started.send(()).unwrap();
                    }
                    tokio::task::yield_now().await;
                    tx.add_audit_entry(&audit_entry(None, 1)).await?;
                    Ok(())
                })
                .await;
        })
    };
    has_started.await.unwrap();
    caller.abort();
    drop(caller.await);
    let entry_is_stored = async {
        while entries(&store).await.is_empty() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), entry_is_stored)
        .await
        .expect("the unit runs to its end");
    // The store still writes.
    store
        .write(async |tx| Ok(tx.add_organization(&organization(1)).await??))
        .await;
}

#[apply(each_database)]
async fn a_unit_has_a_time_limit(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    let result: Result<(), StoreError> = store
        .try_write(async |tx| {
            tx.add_audit_entry(&audit_entry(None, 1)).await?;
            std::future::pending().await
        })
        .await;
    assert!(matches!(result, Err(StoreError::Timeout)), "{result:?}");
    assert_eq!(entries(&store).await, []);
}

#[apply(each_database)]
async fn a_closed_store_returns_an_error(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store.close().await;
    let result: Result<(), StoreError> = store
        .try_write(async |tx| tx.add_audit_entry(&audit_entry(None, 1)).await)
        .await;
    assert!(
        matches!(result, Err(StoreError::Closed | StoreError::Database(_))),
        "{result:?}"
    );
}

/// On SQLite, units that wait for a flush share the next one.
#[tokio::test]
async fn concurrent_units_share_commits() {
    let store = TestStore::open(Engine::Sqlite).await;
    let before = store.metrics();
    let mut tasks = JoinSet::new();
    for n in 0..200 {
        let store = store.clone();
        tasks.spawn(async move { add_entry(&store, n).await });
    }
    tasks.join_all().await;
    let after = store.metrics();
    assert_eq!(after.units - before.units, 200);
    let commits = after.commits - before.commits;
    assert!(
        (1..50).contains(&commits),
        "200 units took {commits} commits"
    );
    assert_eq!(entries(&store).await.len(), 200);
}

/// The next unit gets its error immediately, and the queued ones still run.
#[tokio::test]
async fn a_full_queue_rejects_the_next_unit() {
    const CAPACITY: u64 = 2048;
    let store = TestStore::open(Engine::Sqlite).await;
    let gate = Arc::new(Semaphore::new(0));
    let mut tasks = JoinSet::new();
    let first = store.clone();
    let opened = Arc::clone(&gate);
    tasks.spawn(async move {
        first
            .write(async move |_tx| {
                drop(opened.acquire().await?);
                Ok(())
            })
            .await;
    });
    while store.metrics().units == 0 {
        tokio::task::yield_now().await;
    }
    for _ in 0..CAPACITY {
        let store = store.clone();
        tasks.spawn(async move { store.write(async |_tx| Ok(())).await });
    }
    while store.metrics().queued < CAPACITY {
        tokio::task::yield_now().await;
    }
    let result: Result<(), StoreError> = store.try_write(async |_tx| Ok(())).await;
    assert!(matches!(result, Err(StoreError::QueueFull)), "{result:?}");
    gate.add_permits(1);
    assert_eq!(tasks.join_all().await.len() as u64, CAPACITY + 1);
    assert_eq!(store.metrics().rejected, 1);
}

/// A PostgreSQL store with two organizations.
async fn postgres_with_two_organizations() -> TestStore {
    let store = TestStore::open(Engine::Postgres).await;
    store
        .write(async |tx| {
            for org in [1, 2] {
                tx.add_organization(&organization(org)).await??;
            }
            Ok(())
        })
        .await;
    store
}

/// On PostgreSQL, two units can wait for each other's rows; the one that is rolled back runs again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs PostgreSQL: run scripts/test"]
async fn conflicting_units_both_commit() {
    let store = postgres_with_two_organizations().await;
    let both_lock_one = Arc::new(Barrier::new(2));
    let mut tasks = JoinSet::new();
    for order in [[1, 2], [2, 1]] {
        let store = store.clone();
        let both_lock_one = Arc::clone(&both_lock_one);
        tasks.spawn(async move {
            store
                .write(async move |tx| {
                    for org in order {
                        let change = OrganizationChange {
                            slug: format!("acme-{org}"),
                            name: "changed".to_owned(),
                            plan: "starter".to_owned(),
                        };
                        tx.organization(&org_id(org)).update(&change).await??;
                        // The one that runs again meets no other unit, and continues after the timeout.
                        let met = both_lock_one.wait();
                        drop(tokio::time::timeout(Duration::from_millis(500), met).await);
                    }
                    Ok(())
                })
                .await;
        });
    }
    tasks.join_all().await;
    // The one that runs again may be faster than the one that waits, and then they conflict again.
    assert!(store.metrics().retries >= 1, "{:?}", store.metrics());
}

/// On PostgreSQL, another client's abandoned transaction fails only the units that need its rows.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs PostgreSQL: run scripts/test"]
async fn an_abandoned_transaction_does_not_block_the_store() {
    use sqlx::Connection as _;
    let store = postgres_with_two_organizations().await;
    let mut other_client = sqlx::PgConnection::connect(&store.database().url)
        .await
        .unwrap();
    let mut abandoned = other_client.begin().await.unwrap();
    let lock = "UPDATE organization SET name = 'locked' WHERE slug = 'acme-1'";
    sqlx::query(lock).execute(&mut *abandoned).await.unwrap();

    let blocked: Result<bool, StoreError> = store
        .try_write(async |tx| tx.organization(&org_id(1)).delete(NOW).await)
        .await;
    assert!(
        matches!(blocked, Err(StoreError::Timeout | StoreError::Database(_))),
        "{blocked:?}"
    );
    assert!(delete_organization(&store, 2).await);

    abandoned.rollback().await.unwrap();
    other_client.close().await.unwrap();
    assert!(delete_organization(&store, 1).await);
}

/// Deletes an organization. Returns whether it existed.
async fn delete_organization(store: &TestStore, org: u8) -> bool {
    store
        .write(async move |tx| Ok(tx.organization(&org_id(org)).delete(NOW).await?))
        .await
}
