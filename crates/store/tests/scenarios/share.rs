//! A share of the connections leaves the others to sign-ins.

use std::sync::Arc;
use std::time::Duration;

use rstest::rstest;
use rstest_reuse::apply;
use store::{Snapshot, Store, StoreError, Tx};
use test_support::{Engine, each_database};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::fixtures::{org_id, organization, set_up_organization};
use crate::test_store::{TestStore, UnitError};

/// Begins as many snapshots as the share allows.
async fn hold_all_connections(share: &Store) -> Vec<Snapshot> {
    let mut held = Vec::new();
    loop {
        match share.snapshot().await {
            Ok(snapshot) => held.push(snapshot),
            Err(StoreError::ShareExhausted) => return held,
            Err(error) => panic!("{error}"),
        }
    }
}

#[apply(each_database)]
async fn a_share_leaves_half_of_the_connections_to_others(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    let share = store.share();
    let held = hold_all_connections(&share).await;
    let mut others = Vec::new();
    for _ in 0..held.len() {
        others.push(store.snapshot().await);
    }
    drop(others);
    store
        .write(async |tx| set_up_organization(tx, 1).await)
        .await;
    let refused = share.clone().snapshot().await.err();
    assert!(matches!(refused, Some(StoreError::ShareExhausted)));
    drop(held);
    let mut snapshot = share.snapshot().await.unwrap();
    let id = org_id(1);
    let found = snapshot.organization(&id).read().await.unwrap();
    assert!(found.is_some());
}

#[apply(each_database)]
async fn writes_of_a_share_wait_for_their_turn(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    let share = store.share();
    let mut writes = JoinSet::new();
    for n in 0..100 {
        let share = share.clone();
        writes.spawn(async move {
            let add = async move |tx: &mut Tx| {
                tx.add_organization(&organization(n)).await??;
                Ok::<_, UnitError>(())
            };
            share.write(add).await
        });
    }
    let written = writes.join_all().await;
    assert!(written.iter().all(Result::is_ok), "{written:?}");
}

/// A write goes on when its caller has gone, and holds its place until it ends.
#[apply(each_database)]
async fn abandoned_writes_keep_their_place_in_the_share(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    let share = store.share();
    let gate = Arc::new(Semaphore::new(0));
    for _ in 0..100 {
        let gate = Arc::clone(&gate);
        let wait = async move |_: &mut Tx| {
            drop(gate.acquire().await);
            Ok::<_, StoreError>(())
        };
        // The write is sent, and its caller gone.
        drop(timeout(Duration::from_millis(1), share.write(wait)).await);
    }
    let late = share.write(async |_: &mut Tx| Ok::<_, StoreError>(()));
    let late = late.await.unwrap_err();
    assert!(matches!(late, StoreError::ShareExhausted), "{late}");
    gate.close();
}
