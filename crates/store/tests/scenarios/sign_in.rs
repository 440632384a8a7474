//! From a request to a session: replay protection.

use std::sync::Arc;

use jiff::Timestamp;
use store::{AuthorizationCode, ConsumeError, InactiveSession, SessionId, Store};
use tokio::sync::Barrier;
use tokio::task::JoinSet;

use crate::database::{Problem, on_each_database, writing};
use crate::samples::{
    NOW, application, assertion, bits, code, con_id, later, mem_id, org_id, pending_sign_in,
    session, set_up_organization, sign_in,
};

/// Starts with an organization and `count` pending sign-ins.
async fn prepare(store: &Store, count: u8) {
    writing!(store, tx => {
        set_up_organization(tx, 1).await?;
        tx.add_application(&application()).await?;
        for n in 1..=count { tx.add_pending_sign_in(&pending_sign_in(1, n)).await?; }
    });
}

/// Consumes a request and an assertion in one unit of work.
async fn consume(store: &Store, n: u8, id: &'static str, at: Timestamp) -> Result<(), Problem> {
    store
        .write(async move |tx| {
            tx.consume_solicited(&pending_sign_in(1, n).id, &assertion(1, id), at)
                .await??;
            Ok(())
        })
        .await
}

fn refusal(ended: Result<(), Problem>) -> ConsumeError {
    *ended.unwrap_err().downcast().unwrap()
}

/// Runs [`consume`] fifty times in parallel; returns the errors.
async fn consume_at_once(store: Store, request: impl Fn(u8) -> u8) -> Vec<ConsumeError> {
    let start = Arc::new(Barrier::new(50));
    let mut tasks = JoinSet::new();
    for n in 1..=50 {
        let store = store.clone();
        let start = Arc::clone(&start);
        let request = request(n);
        tasks.spawn(async move {
            start.wait().await;
            consume(&store, request, "_same", NOW).await
        });
    }
    tasks
        .join_all()
        .await
        .into_iter()
        .filter(Result::is_err)
        .map(refusal)
        .collect()
}

on_each_database! {
    async fn a_pending_sign_in_is_found_by_its_relay_state(store) {
        prepare(&store, 1).await;
        writing!(store, tx => {
            let known = pending_sign_in(1, 1);
            assert_eq!(tx.pending_sign_in_by_relay_state(&known.relay_state).await?, Some(known));
            let unknown = pending_sign_in(1, 2);
            assert_eq!(tx.pending_sign_in_by_relay_state(&unknown.relay_state).await?, None);
        });
    }

    async fn a_sign_in_begins_before_its_connection_is_known(store) {
        prepare(&store, 0).await;
        writing!(store, tx => {
            let mut waiting = pending_sign_in(1, 1);
            waiting.authn_request = None;
            waiting.application = None;
            tx.add_pending_sign_in(&waiting).await?;
            assert_eq!(tx.pending_sign_in_by_relay_state(&waiting.relay_state).await?, Some(waiting));
        });
    }

    async fn a_request_is_consumed_once(store) {
        prepare(&store, 1).await;
        consume(&store, 1, "_a", NOW).await.unwrap();
        assert_eq!(refusal(consume(&store, 1, "_b", NOW).await), ConsumeError::RequestAlreadyUsed);
    }

    async fn an_assertion_is_consumed_once(store) {
        prepare(&store, 2).await;
        consume(&store, 1, "_a", NOW).await.unwrap();
        assert_eq!(refusal(consume(&store, 2, "_a", NOW).await), ConsumeError::AssertionReplayed);
        // The error has consumed nothing.
        consume(&store, 2, "_b", NOW).await.unwrap();
    }

    async fn an_unsolicited_assertion_is_consumed_once(store) {
        prepare(&store, 1).await;
        writing!(store, tx => {
            tx.consume_unsolicited(&assertion(1, "_a"), NOW).await??;
            assert_eq!(
                tx.consume_unsolicited(&assertion(1, "_a"), NOW).await?.unwrap_err(),
                ConsumeError::AssertionReplayed
            );
        });
        assert_eq!(refusal(consume(&store, 1, "_a", NOW).await), ConsumeError::AssertionReplayed);
    }

    async fn the_same_assertion_id_of_another_identity_provider_is_another_assertion(store) {
        prepare(&store, 0).await;
        writing!(store, tx => {
            set_up_organization(tx, 2).await?;
            tx.consume_unsolicited(&assertion(1, "_a"), NOW).await??;
            tx.consume_unsolicited(&assertion(2, "_a"), NOW).await??;
        });
    }

    async fn unknown_expired_and_oversized_ids_are_refused(store) {
        prepare(&store, 1).await;
        let expired = pending_sign_in(1, 1).expires_at;
        assert_eq!(refusal(consume(&store, 2, "_a", NOW).await), ConsumeError::RequestNotFound);
        assert_eq!(refusal(consume(&store, 1, "_a", expired).await), ConsumeError::RequestExpired);
        writing!(store, tx => {
            set_up_organization(tx, 2).await?;
            // Another connection's response does not answer this request.
            assert_eq!(
                tx.consume_solicited(&pending_sign_in(1, 1).id, &assertion(2, "_a"), NOW).await?.unwrap_err(),
                ConsumeError::RequestNotFound
            );
            let mut odd = assertion(1, "_a");
            odd.remember_until = NOW;
            assert_eq!(tx.consume_unsolicited(&odd, NOW).await?.unwrap_err(), ConsumeError::AssertionExpired);
            odd.assertion_id = "x".repeat(1025);
            assert_eq!(tx.consume_unsolicited(&odd, NOW).await?.unwrap_err(), ConsumeError::AssertionIdTooLong);
        });
    }

    async fn of_fifty_parallel_responses_to_one_request_one_wins(store) {
        prepare(&store, 1).await;
        let refusals = consume_at_once(store, |_| 1).await;
        assert_eq!(refusals, vec![ConsumeError::RequestAlreadyUsed; 49]);
    }

    async fn of_fifty_parallel_uses_of_one_assertion_one_wins(store) {
        prepare(&store, 50).await;
        let refusals = consume_at_once(store, |n| n).await;
        assert_eq!(refusals, vec![ConsumeError::AssertionReplayed; 49]);
    }

    async fn replay_protection_survives_a_restart(store, database) {
        prepare(&store, 2).await;
        consume(&store, 1, "_a", NOW).await.unwrap();
        store.close().await;
        let store = database.open().await;
        assert_eq!(refusal(consume(&store, 2, "_a", NOW).await), ConsumeError::AssertionReplayed);
        store.close().await;
    }

    async fn an_active_session_is_found_by_its_cookie(store) {
        prepare(&store, 0).await;
        writing!(store, tx => {
            sign_in(tx, 1, 1).await?;
            let cookie = session(1, 1).cookie;
            assert_eq!(tx.session(&cookie, NOW).await?, Some(session(1, 1)));
            assert_eq!(tx.session(&cookie, session(1, 1).expires_at).await?, None);
            assert!(tx.end_session(&session(1, 1).id, later(5)).await?);
            assert!(!tx.end_session(&session(1, 1).id, later(6)).await?);
            assert_eq!(tx.session(&cookie, NOW).await?, None);
            let ended = tx.organization(&org_id(1)).sessions_of(&mem_id(1, 1)).await?;
            assert_eq!(ended.first().unwrap().ended_at, Some(later(5)));
        });
    }

    async fn a_deactivated_member_has_no_session(store) {
        prepare(&store, 0).await;
        writing!(store, tx => {
            sign_in(tx, 1, 1).await?;
            tx.organization(&org_id(1)).deactivate_member(&mem_id(1, 1), NOW).await?;
            assert_eq!(tx.session(&session(1, 1).cookie, NOW).await?, None);
            assert_eq!(tx.grant_code(&code(1, 1)).await?, Err(InactiveSession));
        });
    }

    async fn a_disabled_connection_has_no_sessions(store) {
        prepare(&store, 0).await;
        writing!(store, tx => {
            sign_in(tx, 1, 1).await?;
            tx.organization(&org_id(1)).disable(&con_id(1, 1), NOW).await?;
            assert_eq!(tx.session(&session(1, 1).cookie, NOW).await?, None);
            tx.organization(&org_id(1)).activate(&con_id(1, 1), NOW).await?;
            assert_eq!(tx.session(&session(1, 1).cookie, NOW).await?, Some(session(1, 1)));
        });
    }

    async fn all_sessions_of_a_member_end_together(store) {
        prepare(&store, 0).await;
        writing!(store, tx => {
            for n in [1, 2] { sign_in(tx, 1, n).await?; }
            let id = org_id(1);
            let mut org = tx.organization(&id);
            assert_eq!(org.end_sessions_of(&mem_id(1, 1), NOW).await?, 2);
            assert_eq!(org.end_sessions_of(&mem_id(1, 1), NOW).await?, 0);
            assert_eq!(org.sessions_of(&mem_id(1, 1)).await?.len(), 2);
        });
    }

    async fn a_code_is_granted_from_an_active_session_of_the_same_member_only(store) {
        prepare(&store, 0).await;
        writing!(store, tx => {
            set_up_organization(tx, 2).await?;
            sign_in(tx, 1, 1).await?;
            let right = AuthorizationCode { session: session(1, 1).id, ..code(1, 2) };
            for wrong in [
                AuthorizationCode { session: SessionId::from_random(bits(9, 9)), ..right.clone() },
                AuthorizationCode { member: mem_id(1, 2), ..right.clone() },
                AuthorizationCode { organization: org_id(2), ..right.clone() },
                AuthorizationCode { connection: con_id(2, 1), ..right.clone() },
                AuthorizationCode { created_at: session(1, 1).expires_at, ..right.clone() },
            ] {
                assert_eq!(tx.grant_code(&wrong).await?, Err(InactiveSession), "{wrong:?}");
            }
            assert_eq!(tx.grant_code(&right).await?, Ok(()));
        });
    }
}
