//! Authorization codes and access tokens.

use std::sync::Arc;

use rstest::rstest;
use rstest_reuse::apply;
use store::{ApplicationId, Redemption};
use test_support::{Engine, each_database};
use tokio::sync::Barrier;
use tokio::task::JoinSet;

use crate::fixtures::{
    NOW, access_token, application, authorization_code, id_bytes, now_plus, session,
    set_up_organization, sign_in,
};
use crate::test_store::{TestStore, UnitError};

/// A store with one member who has signed in, and whose code is not redeemed yet.
async fn store_with_code(engine: Engine) -> TestStore {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            set_up_organization(tx, 1).await?;
            tx.add_application(&application()).await?;
            sign_in(tx, 1, 1).await?;
            Ok(())
        })
        .await;
    store
}

#[apply(each_database)]
async fn a_code_is_redeemed_once_and_a_replay_revokes_its_tokens(#[case] engine: Engine) {
    let store = store_with_code(engine).await;
    store
        .write(async |tx| {
            let hash = authorization_code(1, 1).hash;
            let app = application().id;
            let redeemed = tx.redeem_code(&hash, &app, NOW).await?;
            assert_eq!(
                redeemed,
                Redemption::Redeemed(Box::new(authorization_code(1, 1)))
            );
            tx.add_access_token(&access_token(1, 1)).await?;
            assert_eq!(
                tx.access_token(&access_token(1, 1).hash, NOW).await?,
                Some(access_token(1, 1))
            );
            assert_eq!(
                tx.redeem_code(&hash, &app, NOW).await?,
                Redemption::Replayed { revoked: 1 }
            );
            assert_eq!(tx.access_token(&access_token(1, 1).hash, NOW).await?, None);
            assert_eq!(
                tx.redeem_code(&hash, &app, NOW).await?,
                Redemption::Replayed { revoked: 0 }
            );
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn another_application_cannot_redeem_or_invalidate_a_code(#[case] engine: Engine) {
    let store = store_with_code(engine).await;
    store
        .write(async |tx| {
            let hash = authorization_code(1, 1).hash;
            let other = ApplicationId::from_random(id_bytes(0, 2));
            assert_eq!(
                tx.redeem_code(&hash, &other, NOW).await?,
                Redemption::NotFound
            );
            let unknown = authorization_code(1, 2).hash;
            assert_eq!(
                tx.redeem_code(&unknown, &application().id, NOW).await?,
                Redemption::NotFound
            );
            let redeemed = tx.redeem_code(&hash, &application().id, NOW).await?;
            assert_eq!(
                redeemed,
                Redemption::Redeemed(Box::new(authorization_code(1, 1)))
            );
            assert_eq!(
                tx.redeem_code(&hash, &other, NOW).await?,
                Redemption::NotFound
            );
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn a_code_ends_by_expiry_and_with_its_session(#[case] engine: Engine) {
    let store = store_with_code(engine).await;
    store
        .write(async |tx| {
            let hash = authorization_code(1, 1).hash;
            let app = application().id;
            let expires_at = authorization_code(1, 1).expires_at;
            let expired = tx.redeem_code(&hash, &app, expires_at).await?;
            assert_eq!(expired, Redemption::Expired);
            tx.end_session(&session(1, 1).id, NOW).await?;
            assert_eq!(
                tx.redeem_code(&hash, &app, NOW).await?,
                Redemption::SessionEnded
            );
            Ok(())
        })
        .await;
}

/// Redeems the code of [`store_with_code`].
async fn redeem(store: &TestStore) -> Redemption {
    store
        .write(async |tx| {
            let hash = authorization_code(1, 1).hash;
            Ok(tx.redeem_code(&hash, &application().id, NOW).await?)
        })
        .await
}

#[apply(each_database)]
async fn one_of_twenty_parallel_redemptions_succeeds(#[case] engine: Engine) {
    let store = store_with_code(engine).await;
    let start = Arc::new(Barrier::new(20));
    let mut tasks = JoinSet::new();
    for _ in 0..20 {
        let store = store.clone();
        let start = Arc::clone(&start);
        tasks.spawn(async move {
            start.wait().await;
            redeem(&store).await
        });
    }
    let results = tasks.join_all().await;
    let redeemed = results
        .iter()
        .filter(|result| matches!(result, Redemption::Redeemed(_)));
    assert_eq!(redeemed.count(), 1);
    let replayed = results
        .iter()
        .filter(|result| matches!(result, Redemption::Replayed { .. }));
    assert_eq!(replayed.count(), 19);
}

/// A store with one member who has signed in, and one access token.
async fn store_with_token(engine: Engine) -> TestStore {
    let store = store_with_code(engine).await;
    store
        .write(async |tx| Ok(tx.add_access_token(&access_token(1, 1)).await?))
        .await;
    store
}

#[apply(each_database)]
async fn a_token_expires(#[case] engine: Engine) {
    let store = store_with_token(engine).await;
    let mut tx = store.snapshot().await;
    let hash = access_token(1, 1).hash;
    let before = tx.access_token(&hash, now_plus(299)).await.unwrap();
    assert!(before.is_some());
    let after = tx.access_token(&hash, now_plus(300)).await.unwrap();
    assert!(after.is_none());
}

#[apply(each_database)]
async fn a_token_ends_with_its_session(#[case] engine: Engine) {
    let store = store_with_token(engine).await;
    store
        .write(async |tx| {
            let hash = access_token(1, 1).hash;
            assert!(tx.access_token(&hash, NOW).await?.is_some());
            tx.end_session(&session(1, 1).id, NOW).await?;
            assert!(tx.access_token(&hash, NOW).await?.is_none());
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn a_token_can_be_revoked(#[case] engine: Engine) {
    let store = store_with_token(engine).await;
    store
        .write(async |tx| {
            let hash = access_token(1, 1).hash;
            assert!(tx.revoke_access_token(&hash, NOW).await?);
            assert!(!tx.revoke_access_token(&hash, NOW).await?);
            assert_eq!(tx.access_token(&hash, NOW).await?, None);
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn a_redemption_that_is_rolled_back_does_not_consume_the_code(#[case] engine: Engine) {
    let store = store_with_code(engine).await;
    let result: Result<(), UnitError> = store
        .try_write(async |tx| {
            let hash = authorization_code(1, 1).hash;
            tx.redeem_code(&hash, &application().id, NOW).await?;
            Err("the redirect URI differs".into())
        })
        .await;
    assert!(result.is_err());
    assert_eq!(
        redeem(&store).await,
        Redemption::Redeemed(Box::new(authorization_code(1, 1)))
    );
}
