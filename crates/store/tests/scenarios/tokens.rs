//! Authorization codes and access tokens.

use std::sync::Arc;

use store::{ApplicationId, Redemption, Store};
use tokio::sync::Barrier;
use tokio::task::JoinSet;

use crate::database::{Problem, on_each_database, writing};
use crate::samples::{
    NOW, access_token, application, bits, code, con_id, later, mem_id, org_id, session,
    set_up_organization, sign_in,
};

/// Starts with one member who has signed in, and whose code is not redeemed yet.
async fn prepare(store: &Store) {
    writing!(store, tx => {
        set_up_organization(tx, 1).await?;
        tx.add_application(&application()).await?;
        sign_in(tx, 1, 1).await?;
    });
}

on_each_database! {
    async fn a_code_is_redeemed_once_and_a_second_time_revokes_its_tokens(store) {
        prepare(&store).await;
        writing!(store, tx => {
            let hash = code(1, 1).hash;
            let app = application().id;
            let redeemed = tx.redeem_code(&hash, &app, NOW).await?;
            assert_eq!(redeemed, Redemption::Redeemed(Box::new(code(1, 1))));
            tx.add_access_token(&access_token(1, 1)).await?;
            assert_eq!(tx.access_token(&access_token(1, 1).hash, NOW).await?, Some(access_token(1, 1)));
            assert_eq!(tx.redeem_code(&hash, &app, NOW).await?, Redemption::Replayed { revoked: 1 });
            assert_eq!(tx.access_token(&access_token(1, 1).hash, NOW).await?, None);
            assert_eq!(tx.redeem_code(&hash, &app, NOW).await?, Redemption::Replayed { revoked: 0 });
        });
    }

    async fn another_application_cannot_redeem_or_invalidate_a_code(store) {
        prepare(&store).await;
        writing!(store, tx => {
            let hash = code(1, 1).hash;
            let other = ApplicationId::from_random(bits(0, 2));
            assert_eq!(tx.redeem_code(&hash, &other, NOW).await?, Redemption::NotFound);
            assert_eq!(tx.redeem_code(&code(1, 2).hash, &application().id, NOW).await?, Redemption::NotFound);
            let redeemed = tx.redeem_code(&hash, &application().id, NOW).await?;
            assert_eq!(redeemed, Redemption::Redeemed(Box::new(code(1, 1))));
            assert_eq!(tx.redeem_code(&hash, &other, NOW).await?, Redemption::NotFound);
        });
    }

    async fn a_code_ends_by_expiry_and_with_its_session(store) {
        prepare(&store).await;
        writing!(store, tx => {
            let hash = code(1, 1).hash;
            let app = application().id;
            assert_eq!(tx.redeem_code(&hash, &app, code(1, 1).expires_at).await?, Redemption::Expired);
            tx.end_session(&session(1, 1).id, NOW).await?;
            assert_eq!(tx.redeem_code(&hash, &app, NOW).await?, Redemption::SessionEnded);
        });
    }

    async fn of_twenty_parallel_redemptions_one_wins(store) {
        prepare(&store).await;
        let start = Arc::new(Barrier::new(20));
        let mut tasks = JoinSet::new();
        for _ in 0..20 {
            let store = store.clone();
            let start = Arc::clone(&start);
            tasks.spawn(async move {
                start.wait().await;
                writing!(store, tx => tx.redeem_code(&code(1, 1).hash, &application().id, NOW).await?)
            });
        }
        let ended = tasks.join_all().await;
        assert_eq!(ended.iter().filter(|one| matches!(one, Redemption::Redeemed(_))).count(), 1);
        assert_eq!(ended.iter().filter(|one| matches!(one, Redemption::Replayed { .. })).count(), 19);
    }

    async fn a_token_ends_by_expiry_and_with_its_session_member_and_connection(store) {
        prepare(&store).await;
        writing!(store, tx => {
            tx.add_access_token(&access_token(1, 1)).await?;
            let hash = access_token(1, 1).hash;
            assert!(tx.access_token(&hash, later(299)).await?.is_some());
            assert!(tx.access_token(&hash, later(300)).await?.is_none());

            tx.organization(&org_id(1)).deactivate_member(&mem_id(1, 1), NOW).await?;
            assert!(tx.access_token(&hash, NOW).await?.is_none());
            tx.organization(&org_id(1)).reactivate_member(&mem_id(1, 1)).await?;
            assert!(tx.access_token(&hash, NOW).await?.is_some());

            tx.organization(&org_id(1)).disable(&con_id(1, 1), NOW).await?;
            assert!(tx.access_token(&hash, NOW).await?.is_none());
            tx.organization(&org_id(1)).activate(&con_id(1, 1), NOW).await?;
            assert!(tx.access_token(&hash, NOW).await?.is_some());

            tx.end_session(&session(1, 1).id, NOW).await?;
            assert!(tx.access_token(&hash, NOW).await?.is_none());
        });
    }

    async fn a_token_can_be_revoked(store) {
        prepare(&store).await;
        writing!(store, tx => {
            tx.add_access_token(&access_token(1, 1)).await?;
            let hash = access_token(1, 1).hash;
            assert!(tx.revoke_access_token(&hash, NOW).await?);
            assert!(!tx.revoke_access_token(&hash, NOW).await?);
            assert_eq!(tx.access_token(&hash, NOW).await?, None);
        });
    }

    async fn a_rolled_back_redemption_leaves_the_code_valid(store) {
        prepare(&store).await;
        let refused: Result<(), Problem> = store
            .write(async |tx| {
                tx.redeem_code(&code(1, 1).hash, &application().id, NOW).await?;
                Err("the redirect URI is another".into())
            })
            .await;
        assert!(refused.is_err());
        let again = writing!(store, tx => tx.redeem_code(&code(1, 1).hash, &application().id, NOW).await?);
        assert_eq!(again, Redemption::Redeemed(Box::new(code(1, 1))));
    }
}
