//! What is purged, and when.

use store::{
    AttemptFilter, AttemptKind, AttemptMessages, ConsumeError, Page, Redemption, Retention,
    SealedText,
};

use crate::database::{on_each_database, writing};
use crate::samples::{
    NOW, access_token, application, assertion, attempt, audit_entry, code, later, mem_id, org_id,
    pending_sign_in, session, set_up_organization, sign_in,
};

fn at(seconds: i64) -> Retention {
    Retention {
        now: later(seconds),
        attempts_since: NOW,
        audit_log_since: NOW,
    }
}

on_each_database! {
    async fn nothing_is_purged_before_it_expires(store) {
        writing!(store, tx => {
            set_up_organization(tx, 1).await?;
            tx.add_application(&application()).await?;
            sign_in(tx, 1, 1).await?;
            assert_eq!(tx.purge(&at(59)).await?, 0);

            // The code has expired, but the token that was issued from it has not.
            tx.add_access_token(&access_token(1, 1)).await?;
            assert_eq!(tx.purge(&at(299)).await?, 0);
            let replayed = tx.redeem_code(&code(1, 1).hash, &application().id, later(299)).await?;
            assert_eq!(replayed, Redemption::Expired);
            assert_eq!(tx.purge(&at(300)).await?, 2);
            assert_eq!(
                tx.redeem_code(&code(1, 1).hash, &application().id, NOW).await?,
                Redemption::NotFound
            );

            assert_eq!(tx.purge(&at(600)).await?, 1);
            assert_eq!(tx.pending_sign_in_by_relay_state(&pending_sign_in(1, 1).relay_state).await?, None);
            assert_eq!(
                tx.consume_unsolicited(&assertion(1, "_a1"), NOW).await?.unwrap_err(),
                ConsumeError::AssertionReplayed
            );
            assert_eq!(tx.purge(&at(900)).await?, 1);
            tx.consume_unsolicited(&assertion(1, "_a1"), NOW).await??;

            assert!(tx.session(&session(1, 1).cookie, later(3599)).await?.is_some());
            assert_eq!(tx.purge(&at(3600)).await?, 2);
            assert_eq!(tx.organization(&org_id(1)).sessions_of(&mem_id(1, 1)).await?, []);
            assert_eq!(tx.purge(&at(i64::from(u32::MAX))).await?, 0);
        });
    }

    async fn attempts_and_audit_entries_are_kept_for_the_retention_time(store) {
        writing!(store, tx => {
            set_up_organization(tx, 1).await?;
            for n in [1, 2] {
                tx.add_audit_entry(&audit_entry(Some(1), n)).await?;
                tx.organization(&org_id(1)).add_attempt(&attempt(1, n)).await?;
            }
            let retention = Retention { now: NOW, attempts_since: later(2), audit_log_since: later(2) };
            assert_eq!(tx.purge(&retention).await?, 2);
            let id = org_id(1);
            let mut org = tx.organization(&id);
            assert_eq!(org.attempts(&AttemptFilter::default(), &Page::first(9)).await?, [attempt(1, 2)]);
            assert_eq!(org.audit_log(&Page::first(9)).await?, [audit_entry(Some(1), 2)]);
        });
    }

    async fn a_test_result_is_purged_before_its_attempt(store) {
        writing!(store, tx => {
            set_up_organization(tx, 1).await?;
            let mut tested = attempt(1, 1);
            tested.kind = AttemptKind::Test;
            tested.test_result = Some(SealedText::new("sealed".to_owned()));
            tested.test_result_until = Some(later(10));
            tx.organization(&org_id(1)).add_attempt(&tested).await?;
            assert_eq!(tx.purge(&at(9)).await?, 0);
            assert_eq!(tx.organization(&org_id(1)).attempt(&tested.id).await?, Some(tested.clone()));
            assert_eq!(tx.purge(&at(10)).await?, 1);
            tested.test_result = None;
            tested.test_result_until = None;
            assert_eq!(tx.organization(&org_id(1)).attempt(&tested.id).await?, Some(tested.clone()));
        });
    }

    async fn messages_are_purged_before_their_attempt(store) {
        writing!(store, tx => {
            set_up_organization(tx, 1).await?;
            let one = attempt(1, 1);
            let place = org_id(1);
            tx.organization(&place).add_attempt(&one).await?;
            let messages = AttemptMessages {
                sealed: SealedText::new("sealed".to_owned()),
                person: Some("Ada@example.com".to_owned()),
                until: later(10),
            };
            assert!(tx.organization(&place).insert_messages(&one.id, &messages).await?);
            assert_eq!(tx.purge(&at(9)).await?, 0);
            let mut org = tx.organization(&place);
            assert_eq!(org.messages(&one.id, later(9)).await?, Some(messages.sealed.clone()));
            assert_eq!(org.messages(&one.id, later(10)).await?, None);
            assert_eq!(org.attempt(&one.id).await?.and_then(|one| one.person), messages.person);
            assert_eq!(tx.purge(&at(10)).await?, 1);
            let mut org = tx.organization(&place);
            assert_eq!(org.messages(&one.id, later(9)).await?, None);
            assert_eq!(org.attempt(&one.id).await?, Some(one));
        });
    }

    async fn people_without_a_membership_are_purged(store) {
        writing!(store, tx => {
            set_up_organization(tx, 1).await?;
            assert_eq!(tx.purge(&at(0)).await?, 0);
            tx.organization(&org_id(1)).delete_member(&mem_id(1, 1)).await?;
            assert_eq!(tx.purge(&at(0)).await?, 1);
        });
    }
}
