//! Sign-in attempts.

use store::{Attempt, AttemptFilter, AttemptMessages, AttemptOutcome, Page, SealedText};

use crate::database::{on_each_database, writing};
use crate::samples::{attempt, con_id, later, mem_id, org_id, set_up_organization};

on_each_database! {
    async fn attempts_are_listed_newest_first(store) {
        writing!(store, tx => {
            set_up_organization(tx, 1).await?;
            let id = org_id(1);
            let mut org = tx.organization(&id);
            for n in [1, 3, 2] { org.add_attempt(&attempt(1, n)).await?; }
            assert_eq!(org.attempts(&AttemptFilter::default(), &Page::first(2)).await?, [attempt(1, 3), attempt(1, 2)]);
            let rest = Page { after: Some(attempt(1, 2).id.to_string()), size: 2 };
            assert_eq!(org.attempts(&AttemptFilter::default(), &rest).await?, [attempt(1, 1)]);
            assert_eq!(org.attempt(&attempt(1, 1).id).await?, Some(attempt(1, 1)));
            assert_eq!(org.attempt(&attempt(1, 9).id).await?, None);
        });
    }

    async fn accepted_attempts_of_a_member_are_listed(store) {
        writing!(store, tx => {
            for org in [1, 2] { set_up_organization(tx, org).await?; }
            let id = org_id(1);
            let mut org = tx.organization(&id);
            let by = |n: u8, outcome, member| Attempt { outcome: Some(outcome), member: Some(member), ..attempt(1, n) };
            for one in [
                by(1, AttemptOutcome::Accepted, mem_id(1, 1)),
                by(2, AttemptOutcome::Accepted, mem_id(1, 1)),
                by(3, AttemptOutcome::Refused, mem_id(1, 1)),
                by(4, AttemptOutcome::Accepted, mem_id(1, 2)),
                by(5, AttemptOutcome::Accepted, mem_id(1, 1)),
            ] {
                org.add_attempt(&one).await?;
            }
            let found = org.accepted_attempts_of(&mem_id(1, 1), later(2)).await?;
            let ids: Vec<_> = found.iter().map(|one| one.id.clone()).collect();
            assert_eq!(ids, [attempt(1, 5).id, attempt(1, 2).id]);
            assert_eq!(tx.organization(&org_id(2)).accepted_attempts_of(&mem_id(1, 1), later(0)).await?, []);
        });
    }

    async fn attempts_are_found_by_outcome_person_and_time(store) {
        writing!(store, tx => {
            for org in [1, 2] { set_up_organization(tx, org).await?; }
            let id = org_id(1);
            let mut org = tx.organization(&id);
            for (n, outcome) in [
                (1, AttemptOutcome::Accepted),
                (2, AttemptOutcome::Refused),
                (3, AttemptOutcome::Refused),
            ] {
                let one = Attempt { outcome: Some(outcome), ..attempt(1, n) };
                org.add_attempt(&one).await?;
            }
            let messages = AttemptMessages {
                sealed: SealedText::new("sealed".to_owned()),
                person: Some("Ada@Example.com".to_owned()),
                until: later(9),
            };
            assert!(org.insert_messages(&attempt(1, 3).id, &messages).await?);
            assert!(!org.insert_messages(&attempt(1, 9).id, &messages).await?);
            for (filter, expected) in [
                (AttemptFilter::default(), vec![3, 2, 1]),
                (AttemptFilter { outcome: Some(AttemptOutcome::Refused), ..AttemptFilter::default() }, vec![3, 2]),
                (AttemptFilter { person: Some("ada@example.com".to_owned()), ..AttemptFilter::default() }, vec![3]),
                (AttemptFilter { since: Some(later(2)), ..AttemptFilter::default() }, vec![3, 2]),
                (AttemptFilter { before: Some(later(2)), ..AttemptFilter::default() }, vec![1]),
            ] {
                let found = org.attempts(&filter, &Page::first(9)).await?;
                let ids: Vec<_> = found.into_iter().map(|one| one.id).collect();
                let expected: Vec<_> = expected.into_iter().map(|n| attempt(1, n).id).collect();
                assert_eq!(ids, expected, "{filter:?}");
            }
            let after = Page { after: Some(attempt(1, 3).id.to_string()), size: 1 };
            let found = org.attempts(&AttemptFilter::default(), &after).await?;
            assert_eq!(found.len(), 1);
            assert_eq!(found[0].id, attempt(1, 2).id);
            let id = org_id(2);
            let mut other = tx.organization(&id);
            assert_eq!(other.attempts(&AttemptFilter::default(), &Page::first(9)).await?, []);
            assert_eq!(other.messages(&attempt(1, 3).id, later(1)).await?, None);
            assert!(!other.insert_messages(&attempt(1, 3).id, &messages).await?);
        });
    }

    async fn attempts_are_found_by_the_address_of_the_member(store) {
        writing!(store, tx => {
            set_up_organization(tx, 1).await?;
            let id = org_id(1);
            let mut org = tx.organization(&id);
            let email = org.member(&mem_id(1, 1)).await?.and_then(|one| one.profile.email).unwrap_or_default();
            let came = Attempt { member: Some(mem_id(1, 1)), ..attempt(1, 1) };
            org.add_attempt(&came).await?;
            org.add_attempt(&attempt(1, 2)).await?;
            let filter = AttemptFilter { person: Some(email.to_lowercase()), ..AttemptFilter::default() };
            assert_eq!(org.attempts(&filter, &Page::first(9)).await?, [came]);
        });
    }

    async fn an_attempt_outlives_its_connection(store) {
        writing!(store, tx => {
            set_up_organization(tx, 1).await?;
            let id = org_id(1);
            let mut org = tx.organization(&id);
            let finished = Attempt {
                finished_at: Some(later(2)),
                outcome: Some(AttemptOutcome::Refused),
                code: Some("audience".to_owned()),
                member: Some(mem_id(1, 1)),
                checks: r#"[{"name":"audience"}]"#.to_owned(),
                ..attempt(1, 1)
            };
            org.add_attempt(&finished).await?;
            assert!(org.delete_connection(&con_id(1, 1)).await?);
            assert_eq!(org.attempts(&AttemptFilter::default(), &Page::first(9)).await?, [finished]);
        });
    }
}
