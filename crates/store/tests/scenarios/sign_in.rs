//! From a request to a session: replay protection.

use std::sync::Arc;

use jiff::Timestamp;
use rstest::rstest;
use rstest_reuse::apply;
use store::{AuthorizationCode, ConsumeError, InactiveSession, SessionId};
use test_support::{Engine, each_database};
use tokio::sync::Barrier;
use tokio::task::JoinSet;

use crate::fixtures::{
    NOW, application, assertion, authorization_code, connection_id, id_bytes, member_id, now_plus,
    org_id, pending_sign_in, session, set_up_organization, sign_in,
};
use crate::test_store::{TestStore, UnitError};

/// A store with one organization and `count` pending sign-ins.
async fn store_with_pending_sign_ins(engine: Engine, count: u8) -> TestStore {
    let store = TestStore::open(engine).await;
    store
        .write(async move |tx| {
            set_up_organization(tx, 1).await?;
            tx.add_application(&application()).await?;
            for n in 1..=count {
                tx.add_pending_sign_in(&pending_sign_in(1, n)).await?;
            }
            Ok(())
        })
        .await;
    store
}

/// A store with one organization whose member has signed in.
async fn store_with_session(engine: Engine) -> TestStore {
    let store = store_with_pending_sign_ins(engine, 0).await;
    store.write(async |tx| sign_in(tx, 1, 1).await).await;
    store
}

/// Consumes the `n`th request and this assertion in one unit of work.
async fn consume(
    store: &TestStore,
    n: u8,
    assertion_id: &'static str,
    now: Timestamp,
) -> Result<(), UnitError> {
    store
        .try_write(async move |tx| {
            let request = pending_sign_in(1, n).id;
            tx.consume_solicited(&request, &assertion(1, assertion_id), now)
                .await??;
            Ok(())
        })
        .await
}

fn consume_error(result: Result<(), UnitError>) -> ConsumeError {
    *result.unwrap_err().downcast().unwrap()
}

/// Runs [`consume`] fifty times in parallel, with the same assertion. Returns the errors.
async fn consume_in_parallel(
    store: TestStore,
    request_of_task: impl Fn(u8) -> u8,
) -> Vec<ConsumeError> {
    let start = Arc::new(Barrier::new(50));
    let mut tasks = JoinSet::new();
    for n in 1..=50 {
        let store = store.clone();
        let start = Arc::clone(&start);
        let request = request_of_task(n);
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
        .map(consume_error)
        .collect()
}

#[apply(each_database)]
async fn a_pending_sign_in_is_found_by_its_relay_state(#[case] engine: Engine) {
    let store = store_with_pending_sign_ins(engine, 1).await;
    store
        .write(async |tx| {
            let known = pending_sign_in(1, 1).relay_state;
            let found = tx.pending_sign_in_by_relay_state(&known).await?;
            assert_eq!(found, Some(pending_sign_in(1, 1)));
            let unknown = pending_sign_in(1, 2).relay_state;
            assert_eq!(tx.pending_sign_in_by_relay_state(&unknown).await?, None);
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn a_pending_sign_in_needs_no_connection_and_no_application(#[case] engine: Engine) {
    let store = store_with_pending_sign_ins(engine, 0).await;
    store
        .write(async |tx| {
            let mut pending = pending_sign_in(1, 1);
            pending.authn_request = None;
            pending.application = None;
            tx.add_pending_sign_in(&pending).await?;
            let found = tx
                .pending_sign_in_by_relay_state(&pending.relay_state)
                .await?;
            assert_eq!(found, Some(pending));
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn a_request_is_consumed_once(#[case] engine: Engine) {
    let store = store_with_pending_sign_ins(engine, 1).await;
    consume(&store, 1, "_a", NOW).await.unwrap();
    assert_eq!(
        consume_error(consume(&store, 1, "_b", NOW).await),
        ConsumeError::RequestAlreadyUsed
    );
}

#[apply(each_database)]
async fn an_assertion_is_consumed_once(#[case] engine: Engine) {
    let store = store_with_pending_sign_ins(engine, 2).await;
    consume(&store, 1, "_a", NOW).await.unwrap();
    assert_eq!(
        consume_error(consume(&store, 2, "_a", NOW).await),
        ConsumeError::AssertionReplayed
    );
    // The error has consumed nothing.
    consume(&store, 2, "_b", NOW).await.unwrap();
}

#[apply(each_database)]
async fn a_confirmation_is_consumed_once_and_only_with_its_assertion(#[case] engine: Engine) {
    let store = store_with_pending_sign_ins(engine, 2).await;
    store
        .write(async |tx| {
            let (first, second) = (pending_sign_in(1, 1).id, pending_sign_in(1, 2).id);
            let waiting = assertion(1, "_a");
            // Nothing is confirmed whose assertion was not consumed before.
            let unknown = tx.consume_confirmed(&first, &waiting, NOW).await?;
            assert!(unknown.is_err());
            tx.consume_unsolicited(&waiting, NOW).await??;
            tx.consume_confirmed(&first, &waiting, NOW).await??;
            let again = tx.consume_confirmed(&first, &waiting, NOW).await?;
            assert_eq!(again.unwrap_err(), ConsumeError::RequestAlreadyUsed);
            let expires_at = pending_sign_in(1, 2).expires_at;
            let late = tx.consume_confirmed(&second, &waiting, expires_at).await?;
            assert_eq!(late.unwrap_err(), ConsumeError::RequestExpired);
            let of_another = tx
                .consume_confirmed(&second, &assertion(2, "_a"), NOW)
                .await?;
            assert_eq!(of_another.unwrap_err(), ConsumeError::RequestNotFound);
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn an_unsolicited_assertion_is_consumed_once(#[case] engine: Engine) {
    let store = store_with_pending_sign_ins(engine, 1).await;
    store
        .write(async |tx| {
            tx.consume_unsolicited(&assertion(1, "_a"), NOW).await??;
            assert_eq!(
                tx.consume_unsolicited(&assertion(1, "_a"), NOW)
                    .await?
                    .unwrap_err(),
                ConsumeError::AssertionReplayed
            );
            Ok(())
        })
        .await;
    assert_eq!(
        consume_error(consume(&store, 1, "_a", NOW).await),
        ConsumeError::AssertionReplayed
    );
}

#[apply(each_database)]
async fn an_assertion_id_is_unique_per_connection_only(#[case] engine: Engine) {
    let store = store_with_pending_sign_ins(engine, 0).await;
    store
        .write(async |tx| {
            set_up_organization(tx, 2).await?;
            tx.consume_unsolicited(&assertion(1, "_a"), NOW).await??;
            tx.consume_unsolicited(&assertion(2, "_a"), NOW).await??;
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn an_unknown_request_is_rejected(#[case] engine: Engine) {
    let store = store_with_pending_sign_ins(engine, 1).await;
    assert_eq!(
        consume_error(consume(&store, 2, "_a", NOW).await),
        ConsumeError::RequestNotFound
    );
}

#[apply(each_database)]
async fn an_expired_request_is_rejected(#[case] engine: Engine) {
    let store = store_with_pending_sign_ins(engine, 1).await;
    let expired = pending_sign_in(1, 1).expires_at;
    assert_eq!(
        consume_error(consume(&store, 1, "_a", expired).await),
        ConsumeError::RequestExpired
    );
}

#[apply(each_database)]
async fn a_response_of_another_connection_does_not_answer_the_request(#[case] engine: Engine) {
    let store = store_with_pending_sign_ins(engine, 1).await;
    store
        .write(async |tx| {
            set_up_organization(tx, 2).await?;
            let consumed = tx
                .consume_solicited(&pending_sign_in(1, 1).id, &assertion(2, "_a"), NOW)
                .await?;
            assert_eq!(consumed.unwrap_err(), ConsumeError::RequestNotFound);
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn an_assertion_that_is_expired_or_has_a_long_id_is_rejected(#[case] engine: Engine) {
    let store = store_with_pending_sign_ins(engine, 0).await;
    store
        .write(async |tx| {
            let mut invalid = assertion(1, "_a");
            invalid.remember_until = NOW;
            assert_eq!(
                tx.consume_unsolicited(&invalid, NOW).await?.unwrap_err(),
                ConsumeError::AssertionExpired
            );
            invalid.assertion_id = "x".repeat(1025);
            assert_eq!(
                tx.consume_unsolicited(&invalid, NOW).await?.unwrap_err(),
                ConsumeError::AssertionIdTooLong
            );
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn one_of_fifty_parallel_responses_to_a_request_is_accepted(#[case] engine: Engine) {
    let store = store_with_pending_sign_ins(engine, 1).await;
    let errors = consume_in_parallel(store, |_| 1).await;
    assert_eq!(errors, vec![ConsumeError::RequestAlreadyUsed; 49]);
}

#[apply(each_database)]
async fn one_of_fifty_parallel_uses_of_an_assertion_is_accepted(#[case] engine: Engine) {
    let store = store_with_pending_sign_ins(engine, 50).await;
    let errors = consume_in_parallel(store, |n| n).await;
    assert_eq!(errors, vec![ConsumeError::AssertionReplayed; 49]);
}

#[apply(each_database)]
async fn replay_protection_survives_a_restart(#[case] engine: Engine) {
    let store = store_with_pending_sign_ins(engine, 2).await;
    consume(&store, 1, "_a", NOW).await.unwrap();
    let store = store.reopen().await;
    assert_eq!(
        consume_error(consume(&store, 2, "_a", NOW).await),
        ConsumeError::AssertionReplayed
    );
}

#[apply(each_database)]
async fn an_active_session_is_found_by_its_cookie(#[case] engine: Engine) {
    let store = store_with_session(engine).await;
    store
        .write(async |tx| {
            let cookie = session(1, 1).cookie;
            assert_eq!(tx.session(&cookie, NOW).await?, Some(session(1, 1)));
            assert_eq!(tx.session(&cookie, session(1, 1).expires_at).await?, None);
            assert!(tx.end_session(&session(1, 1).id, now_plus(5)).await?);
            assert!(!tx.end_session(&session(1, 1).id, now_plus(6)).await?);
            assert_eq!(tx.session(&cookie, NOW).await?, None);
            let id = org_id(1);
            let mut org = tx.organization(&id);
            let sessions = org.sessions_of(&member_id(1, 1)).await?;
            assert_eq!(sessions.first().unwrap().ended_at, Some(now_plus(5)));
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn all_sessions_of_a_member_end_together(#[case] engine: Engine) {
    let store = store_with_pending_sign_ins(engine, 0).await;
    store
        .write(async |tx| {
            for n in [1, 2] {
                sign_in(tx, 1, n).await?;
            }
            let id = org_id(1);
            let mut org = tx.organization(&id);
            assert_eq!(org.sessions_of(&member_id(1, 1)).await?.len(), 2);
            org.end_sessions_of(&member_id(1, 1)).await?;
            for n in [1, 2] {
                assert_eq!(tx.session(&session(1, n).cookie, NOW).await?, None);
            }
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn a_code_is_granted_from_an_active_session(#[case] engine: Engine) {
    let store = store_with_session(engine).await;
    let granted = grant_code(&store, code_of_session()).await;
    assert_eq!(granted, Ok(()));
}

#[apply(each_database)]
async fn no_code_is_granted_from_another_session(
    #[case] engine: Engine,
    #[values(
        code_of_unknown_session(),
        code_of_another_member(),
        code_of_another_organization(),
        code_of_another_connection(),
        code_after_the_session_expired()
    )]
    code: AuthorizationCode,
) {
    let store = store_with_session(engine).await;
    store
        .write(async |tx| set_up_organization(tx, 2).await)
        .await;
    assert_eq!(grant_code(&store, code).await, Err(InactiveSession));
    // The session itself is active.
    assert_eq!(grant_code(&store, code_of_session()).await, Ok(()));
}

async fn grant_code(store: &TestStore, code: AuthorizationCode) -> Result<(), InactiveSession> {
    store
        .write(async move |tx| Ok(tx.grant_code(&code).await?))
        .await
}

/// A second code of the session that [`store_with_session`] adds.
fn code_of_session() -> AuthorizationCode {
    AuthorizationCode {
        session: session(1, 1).id,
        ..authorization_code(1, 2)
    }
}

fn code_of_unknown_session() -> AuthorizationCode {
    AuthorizationCode {
        session: SessionId::from_random(id_bytes(9, 9)),
        ..code_of_session()
    }
}

fn code_of_another_member() -> AuthorizationCode {
    AuthorizationCode {
        member: member_id(1, 2),
        ..code_of_session()
    }
}

fn code_of_another_organization() -> AuthorizationCode {
    AuthorizationCode {
        organization: org_id(2),
        ..code_of_session()
    }
}

fn code_of_another_connection() -> AuthorizationCode {
    AuthorizationCode {
        connection: connection_id(2, 1),
        ..code_of_session()
    }
}

fn code_after_the_session_expired() -> AuthorizationCode {
    AuthorizationCode {
        created_at: session(1, 1).expires_at,
        ..code_of_session()
    }
}
