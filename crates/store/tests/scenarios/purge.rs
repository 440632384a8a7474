//! What is purged, and when.

use rstest::rstest;
use rstest_reuse::apply;
use store::{
    AttemptFilter, AttemptKind, AttemptMessages, AuditFilter, ConsumeError, Page, Redemption,
    Retention, SealedText,
};
use test_support::{Engine, each_database};

use crate::fixtures::{
    NOW, access_token, application, assertion, attempt, audit_entry, authorization_code, member_id,
    now_plus, org_id, pending_sign_in, purge, retention_at, session, set_up_organization, sign_in,
};
use crate::test_store::TestStore;

#[apply(each_database)]
async fn nothing_is_purged_before_it_expires(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            set_up_organization(tx, 1).await?;
            tx.add_application(&application()).await?;
            sign_in(tx, 1, 1).await?;
            assert_eq!(purge(tx, &retention_at(59)).await?, 0);

            // The code has expired, but the token that was issued from it has not.
            tx.add_access_token(&access_token(1, 1)).await?;
            assert_eq!(purge(tx, &retention_at(299)).await?, 0);
            let code = authorization_code(1, 1).hash;
            let app = application().id;
            let redeemed = tx.redeem_code(&code, &app, now_plus(299)).await?;
            assert_eq!(redeemed, Redemption::Expired);
            assert_eq!(purge(tx, &retention_at(300)).await?, 2);
            let redeemed = tx.redeem_code(&code, &app, NOW).await?;
            assert_eq!(redeemed, Redemption::NotFound);

            assert_eq!(purge(tx, &retention_at(600)).await?, 1);
            let relay_state = pending_sign_in(1, 1).relay_state;
            let pending = tx.pending_sign_in_by_relay_state(&relay_state).await?;
            assert_eq!(pending, None);
            let assertion = assertion(1, "_a1");
            let consumed = tx.consume_unsolicited(&assertion, NOW).await?;
            assert_eq!(consumed.unwrap_err(), ConsumeError::AssertionReplayed);
            assert_eq!(purge(tx, &retention_at(900)).await?, 1);
            tx.consume_unsolicited(&assertion, NOW).await??;

            let cookie = session(1, 1).cookie;
            assert!(tx.session(&cookie, now_plus(3599)).await?.is_some());
            assert_eq!(purge(tx, &retention_at(3600)).await?, 2);
            let id = org_id(1);
            let mut org = tx.organization(&id);
            assert_eq!(org.sessions_of(&member_id(1, 1)).await?, []);
            assert_eq!(purge(tx, &retention_at(i64::from(u32::MAX))).await?, 0);
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn attempts_and_audit_entries_are_kept_for_the_retention_time(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            set_up_organization(tx, 1).await?;
            for n in [1, 2] {
                tx.add_audit_entry(&audit_entry(Some(1), n)).await?;
                tx.organization(&org_id(1))
                    .add_attempt(&attempt(1, n))
                    .await?;
            }
            let retention = Retention {
                now: NOW,
                attempts_since: now_plus(2),
                audit_log_since: now_plus(2),
            };
            assert_eq!(purge(tx, &retention).await?, 2);
            let id = org_id(1);
            let mut org = tx.organization(&id);
            assert_eq!(
                org.attempts(&AttemptFilter::default(), &Page::first(9))
                    .await?,
                [attempt(1, 2)]
            );
            assert_eq!(
                org.audit_log(&AuditFilter::default(), &Page::first(9))
                    .await?,
                [audit_entry(Some(1), 2)]
            );
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn a_test_result_is_purged_before_its_attempt(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            set_up_organization(tx, 1).await?;
            let mut tested = attempt(1, 1);
            tested.kind = AttemptKind::Test;
            tested.test_result = Some(SealedText::new("sealed".to_owned()));
            tested.test_result_until = Some(now_plus(10));
            tx.organization(&org_id(1)).add_attempt(&tested).await?;
            assert_eq!(purge(tx, &retention_at(9)).await?, 0);
            assert_eq!(
                tx.organization(&org_id(1)).attempt(&tested.id).await?,
                Some(tested.clone())
            );
            assert_eq!(purge(tx, &retention_at(10)).await?, 1);
            tested.test_result = None;
            tested.test_result_until = None;
            assert_eq!(
                tx.organization(&org_id(1)).attempt(&tested.id).await?,
                Some(tested.clone())
            );
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn messages_are_purged_before_their_attempt(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            set_up_organization(tx, 1).await?;
            let attempt = attempt(1, 1);
            let id = org_id(1);
            tx.organization(&id).add_attempt(&attempt).await?;
            let messages = AttemptMessages {
                sealed: SealedText::new("sealed".to_owned()),
                user: Some("Ada@example.com".to_owned()),
                until: now_plus(10),
            };
            assert!(
                tx.organization(&id)
                    .insert_messages(&attempt.id, &messages)
                    .await?
            );
            assert_eq!(purge(tx, &retention_at(9)).await?, 0);
            let mut org = tx.organization(&id);
            assert_eq!(
                org.messages(&attempt.id, now_plus(9)).await?,
                Some(messages.sealed.clone())
            );
            assert_eq!(org.messages(&attempt.id, now_plus(10)).await?, None);
            assert_eq!(
                org.attempt(&attempt.id).await?.and_then(|found| found.user),
                messages.user
            );
            assert_eq!(purge(tx, &retention_at(10)).await?, 1);
            let mut org = tx.organization(&id);
            assert_eq!(org.messages(&attempt.id, now_plus(9)).await?, None);
            assert_eq!(org.attempt(&attempt.id).await?, Some(attempt));
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn people_without_a_membership_are_purged(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            set_up_organization(tx, 1).await?;
            assert_eq!(purge(tx, &retention_at(0)).await?, 0);
            tx.organization(&org_id(1))
                .delete_member(&member_id(1, 1))
                .await?;
            assert_eq!(purge(tx, &retention_at(0)).await?, 1);
            Ok(())
        })
        .await;
}
