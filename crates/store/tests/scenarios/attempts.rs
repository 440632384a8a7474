//! Sign-in attempts.

use rstest::rstest;
use rstest_reuse::apply;
use store::{
    Attempt, AttemptFilter, AttemptId, AttemptMessages, AttemptOutcome, MemberId, Page, SealedText,
};
use test_support::{Engine, each_database};

use crate::fixtures::{
    NOW, attempt, connection_id, member, member_id, now_plus, org_id, page_after,
    set_up_organization,
};
use crate::test_store::TestStore;

#[apply(each_database)]
async fn attempts_are_listed_newest_first(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            set_up_organization(tx, 1).await?;
            let id = org_id(1);
            let mut org = tx.organization(&id);
            for n in [1, 3, 2] {
                org.add_attempt(&attempt(1, n)).await?;
            }
            assert_eq!(
                org.attempts(&AttemptFilter::default(), &Page::first(2))
                    .await?,
                [attempt(1, 3), attempt(1, 2)]
            );
            let rest = page_after(&attempt(1, 2).id, 2);
            assert_eq!(
                org.attempts(&AttemptFilter::default(), &rest).await?,
                [attempt(1, 1)]
            );
            assert_eq!(org.attempt(&attempt(1, 1).id).await?, Some(attempt(1, 1)));
            assert_eq!(org.attempt(&attempt(1, 9).id).await?, None);
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn accepted_attempts_of_a_member_are_listed(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            for org in [1, 2] {
                set_up_organization(tx, org).await?;
            }
            let id = org_id(1);
            let mut org = tx.organization(&id);
            let member = member_id(1, 1);
            let finished = |n: u8, outcome, member: &MemberId| Attempt {
                outcome: Some(outcome),
                member: Some(member.clone()),
                ..attempt(1, n)
            };
            for attempt in [
                finished(1, AttemptOutcome::Accepted, &member),
                finished(2, AttemptOutcome::Accepted, &member),
                finished(3, AttemptOutcome::Rejected, &member),
                finished(4, AttemptOutcome::Accepted, &member_id(1, 2)),
                finished(5, AttemptOutcome::Accepted, &member),
            ] {
                org.add_attempt(&attempt).await?;
            }
            let found = org.accepted_attempts_of(&member, now_plus(2)).await?;
            let ids: Vec<_> = found.into_iter().map(|attempt| attempt.id).collect();
            assert_eq!(ids, [attempt(1, 5).id, attempt(1, 2).id]);
            let id = org_id(2);
            let mut other = tx.organization(&id);
            assert_eq!(other.accepted_attempts_of(&member, NOW).await?, []);
            Ok(())
        })
        .await;
}

/// A store with two organizations. The first one has an accepted attempt (1) and two rejected ones (2 and 3); the
/// messages of the third one name Ada.
async fn store_with_three_attempts(engine: Engine) -> TestStore {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            for org in [1, 2] {
                set_up_organization(tx, org).await?;
            }
            let id = org_id(1);
            let mut org = tx.organization(&id);
            for (n, outcome) in [
                (1, AttemptOutcome::Accepted),
                (2, AttemptOutcome::Rejected),
                (3, AttemptOutcome::Rejected),
            ] {
                let attempt = Attempt {
                    outcome: Some(outcome),
                    ..attempt(1, n)
                };
                org.add_attempt(&attempt).await?;
            }
            let third = attempt(1, 3).id;
            assert!(org.insert_messages(&third, &messages_of_ada()).await?);
            Ok(())
        })
        .await;
    store
}

fn messages_of_ada() -> AttemptMessages {
    AttemptMessages {
        sealed: SealedText::new("sealed".to_owned()),
        user: Some("Ada@Example.com".to_owned()),
        until: now_plus(9),
    }
}

/// The IDs of the first organization's attempts that match the filter.
async fn find(store: &TestStore, filter: AttemptFilter) -> Vec<AttemptId> {
    let mut tx = store.snapshot().await;
    let id = org_id(1);
    let mut org = tx.organization(&id);
    let found = org.attempts(&filter, &Page::first(9)).await.unwrap();
    found.into_iter().map(|attempt| attempt.id).collect()
}

fn ids<const N: usize>(numbers: [u8; N]) -> [AttemptId; N] {
    numbers.map(|n| attempt(1, n).id)
}

#[apply(each_database)]
async fn all_attempts_match_an_empty_filter(#[case] engine: Engine) {
    let store = store_with_three_attempts(engine).await;
    let all = AttemptFilter::default();
    assert_eq!(find(&store, all).await, ids([3, 2, 1]));
}

#[apply(each_database)]
async fn attempts_are_filtered_by_outcome(#[case] engine: Engine) {
    let store = store_with_three_attempts(engine).await;
    let rejected = AttemptFilter {
        outcome: Some(AttemptOutcome::Rejected),
        ..AttemptFilter::default()
    };
    assert_eq!(find(&store, rejected).await, ids([3, 2]));
}

#[apply(each_database)]
async fn attempts_are_filtered_by_the_user_in_their_messages(#[case] engine: Engine) {
    let store = store_with_three_attempts(engine).await;
    let of_ada = AttemptFilter {
        user: Some("ada@example.com".to_owned()),
        ..AttemptFilter::default()
    };
    assert_eq!(find(&store, of_ada).await, ids([3]));
}

#[apply(each_database)]
async fn attempts_are_filtered_by_the_earliest_time(#[case] engine: Engine) {
    let store = store_with_three_attempts(engine).await;
    let since = AttemptFilter {
        since: Some(now_plus(2)),
        ..AttemptFilter::default()
    };
    assert_eq!(find(&store, since).await, ids([3, 2]));
}

#[apply(each_database)]
async fn attempts_are_filtered_by_the_latest_time(#[case] engine: Engine) {
    let store = store_with_three_attempts(engine).await;
    let before = AttemptFilter {
        before: Some(now_plus(2)),
        ..AttemptFilter::default()
    };
    assert_eq!(find(&store, before).await, ids([1]));
}

#[apply(each_database)]
async fn attempts_are_listed_in_pages(#[case] engine: Engine) {
    let store = store_with_three_attempts(engine).await;
    let mut tx = store.snapshot().await;
    let id = org_id(1);
    let mut org = tx.organization(&id);
    let all = AttemptFilter::default();
    let next_page = page_after(&attempt(1, 3).id, 1);
    let found = org.attempts(&all, &next_page).await.unwrap();
    let ids: Vec<_> = found.into_iter().map(|attempt| attempt.id).collect();
    assert_eq!(ids, [attempt(1, 2).id]);
}

#[apply(each_database)]
async fn attempts_and_messages_belong_to_one_organization(#[case] engine: Engine) {
    let store = store_with_three_attempts(engine).await;
    store
        .write(async |tx| {
            let third = attempt(1, 3).id;
            let id = org_id(2);
            let mut other = tx.organization(&id);
            let all = AttemptFilter::default();
            assert_eq!(other.attempts(&all, &Page::first(9)).await?, []);
            assert_eq!(other.messages(&third, now_plus(1)).await?, None);
            assert!(!other.insert_messages(&third, &messages_of_ada()).await?);
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn messages_of_an_unknown_attempt_are_not_stored(#[case] engine: Engine) {
    let store = store_with_three_attempts(engine).await;
    store
        .write(async |tx| {
            let id = org_id(1);
            let mut org = tx.organization(&id);
            let unknown = attempt(1, 9).id;
            assert!(!org.insert_messages(&unknown, &messages_of_ada()).await?);
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn attempts_are_filtered_by_code_connection_and_member(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            set_up_organization(tx, 1).await?;
            let id = org_id(1);
            let mut org = tx.organization(&id);
            let rejected = Attempt {
                outcome: Some(AttemptOutcome::Rejected),
                code: Some("expired".to_owned()),
                ..attempt(1, 1)
            };
            let of_member = Attempt {
                member: Some(member_id(1, 1)),
                ..attempt(1, 2)
            };
            let of_other_connection = Attempt {
                connection: connection_id(1, 2),
                ..attempt(1, 3)
            };
            for attempt in [&rejected, &of_member, &of_other_connection] {
                org.add_attempt(attempt).await?;
            }
            let all = AttemptFilter::default();
            let by_code = AttemptFilter {
                code: Some("expired".to_owned()),
                ..all.clone()
            };
            let by_member = AttemptFilter {
                member: Some(member_id(1, 1)),
                ..all.clone()
            };
            let by_connection = AttemptFilter {
                connection: Some(connection_id(1, 2)),
                ..all.clone()
            };
            let by_both = AttemptFilter {
                connection: Some(connection_id(1, 2)),
                ..by_code.clone()
            };
            let page = Page::first(9);
            assert_eq!(org.attempts(&by_code, &page).await?, [rejected]);
            assert_eq!(org.attempts(&by_member, &page).await?, [of_member]);
            let found = org.attempts(&by_connection, &page).await?;
            assert_eq!(found, [of_other_connection]);
            assert_eq!(org.attempts(&by_both, &page).await?, []);
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn attempts_are_filtered_by_the_email_address_of_the_member(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            set_up_organization(tx, 1).await?;
            let id = org_id(1);
            let mut org = tx.organization(&id);
            let attempt_of_member = Attempt {
                member: Some(member_id(1, 1)),
                ..attempt(1, 1)
            };
            org.add_attempt(&attempt_of_member).await?;
            org.add_attempt(&attempt(1, 2)).await?;
            let of_member = AttemptFilter {
                user: member(1, 1).profile.email.map(|email| email.to_lowercase()),
                ..AttemptFilter::default()
            };
            let found = org.attempts(&of_member, &Page::first(9)).await?;
            assert_eq!(found, [attempt_of_member]);
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn an_attempt_is_kept_when_its_connection_is_deleted(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            set_up_organization(tx, 1).await?;
            let id = org_id(1);
            let mut org = tx.organization(&id);
            let finished = Attempt {
                finished_at: Some(now_plus(2)),
                outcome: Some(AttemptOutcome::Rejected),
                code: Some("audience".to_owned()),
                member: Some(member_id(1, 1)),
                checks: r#"[{"name":"audience"}]"#.to_owned(),
                ..attempt(1, 1)
            };
            org.add_attempt(&finished).await?;
            assert!(org.delete_connection(&connection_id(1, 1), NOW).await?);
            assert_eq!(
                org.attempts(&AttemptFilter::default(), &Page::first(9))
                    .await?,
                [finished]
            );
            Ok(())
        })
        .await;
}
