//! Passkeys and challenges.

use std::sync::Arc;

use jiff::Timestamp;
use rstest::rstest;
use rstest_reuse::apply;
use store::{Passkey, PasskeyChallenge, PasskeyId, PersonId, SecretHash};
use test_support::{Engine, each_database};
use tokio::sync::Barrier;
use tokio::task::JoinSet;

use crate::fixtures::{NOW, id_bytes, now_plus, person, secret_hash};
use crate::test_store::TestStore;

fn passkey(org: u8, n: u8) -> Passkey {
    Passkey {
        id: PasskeyId::from_random(id_bytes(org, n)),
        credential: format!("credential-{org}-{n}"),
        person: person(org, 1).id,
        name: "The blue \"key\"".to_owned(),
        public_key: "pQECAyYg".to_owned(),
        sign_count: 7,
        created_at: now_plus(n.into()),
        used_at: None,
    }
}

fn challenge(n: u8) -> PasskeyChallenge {
    PasskeyChallenge {
        challenge: secret_hash(b'q', 1, n),
        browser: secret_hash(b'b', 1, 1),
        person: None,
        created_at: NOW,
        expires_at: now_plus(300),
    }
}

/// A store with two people.
async fn store_with_two_people(engine: Engine) -> TestStore {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            tx.add_person(&person(1, 1)).await?;
            tx.add_person(&person(2, 1)).await?;
            Ok(())
        })
        .await;
    store
}

#[apply(each_database)]
async fn a_passkey_is_found_by_its_owner_and_by_its_credential(#[case] engine: Engine) {
    let store = store_with_two_people(engine).await;
    store
        .write(async |tx| {
            for passkey in [passkey(1, 2), passkey(1, 1), passkey(2, 1)] {
                assert!(tx.add_passkey(&passkey).await?);
            }
            assert_eq!(
                tx.passkeys_of(&person(1, 1).id).await?,
                [passkey(1, 1), passkey(1, 2)]
            );
            assert_eq!(
                tx.passkey_by_credential("credential-2-1").await?,
                Some(passkey(2, 1))
            );
            assert_eq!(tx.passkey_by_credential("credential-2-2").await?, None);
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn a_credential_id_is_unique_across_people(#[case] engine: Engine) {
    let store = store_with_two_people(engine).await;
    store
        .write(async |tx| {
            assert!(tx.add_passkey(&passkey(1, 1)).await?);
            let duplicate = Passkey {
                credential: passkey(1, 1).credential,
                ..passkey(2, 1)
            };
            assert!(!tx.add_passkey(&duplicate).await?);
            assert_eq!(
                tx.passkey_by_credential(&duplicate.credential).await?,
                Some(passkey(1, 1))
            );
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn only_the_owner_renames_and_removes_a_passkey(#[case] engine: Engine) {
    let store = store_with_two_people(engine).await;
    store
        .write(async |tx| {
            let owner = person(1, 1).id;
            let other = person(2, 1).id;
            let id = passkey(1, 1).id;
            tx.add_passkey(&passkey(1, 1)).await?;
            assert!(!tx.rename_passkey(&other, &id, "mine").await?);
            assert!(!tx.remove_passkey(&other, &id).await?);
            assert_eq!(tx.passkeys_of(&owner).await?, [passkey(1, 1)]);
            assert!(tx.rename_passkey(&owner, &id, "green").await?);
            assert_eq!(tx.passkeys_of(&owner).await?[0].name, "green");
            assert!(tx.remove_passkey(&owner, &id).await?);
            assert!(!tx.remove_passkey(&owner, &id).await?);
            assert_eq!(tx.passkeys_of(&owner).await?, []);
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn one_of_two_sign_ins_with_the_same_signature_counter_is_accepted(#[case] engine: Engine) {
    let store = store_with_two_people(engine).await;
    store
        .write(async |tx| {
            let unused = passkey(1, 1);
            tx.add_passkey(&unused).await?;
            assert!(tx.record_passkey_use(&unused, 8, now_plus(9)).await?);
            assert!(!tx.record_passkey_use(&unused, 8, now_plus(9)).await?);
            let used = Passkey {
                sign_count: 8,
                used_at: Some(now_plus(9)),
                ..unused
            };
            assert_eq!(
                tx.passkey_by_credential(&used.credential).await?,
                Some(used.clone())
            );
            tx.remove_passkey(&used.person, &used.id).await?;
            assert!(!tx.record_passkey_use(&used, 9, now_plus(10)).await?);
            Ok(())
        })
        .await;
}

/// Adds a challenge for a sign-in.
async fn store_with_challenge(engine: Engine) -> TestStore {
    let store = store_with_two_people(engine).await;
    store
        .write(async |tx| Ok(tx.add_passkey_challenge(&challenge(1)).await?))
        .await;
    store
}

/// What an answer to the first challenge says, and when it arrives.
#[derive(Clone)]
struct Answer {
    challenge: SecretHash,
    browser: SecretHash,
    person: Option<PersonId>,
    now: Timestamp,
}

/// The answer of the right browser in time.
fn answer() -> Answer {
    Answer {
        challenge: challenge(1).challenge,
        browser: challenge(1).browser,
        person: None,
        now: now_plus(299),
    }
}

fn answer_to_unknown_challenge() -> Answer {
    Answer {
        challenge: secret_hash(b'q', 1, 3),
        ..answer()
    }
}

fn answer_of_another_browser() -> Answer {
    Answer {
        browser: secret_hash(b'b', 1, 2),
        ..answer()
    }
}

/// A challenge for a sign-in does not create a passkey.
fn answer_that_creates_a_passkey() -> Answer {
    Answer {
        person: Some(person(1, 1).id),
        ..answer()
    }
}

fn late_answer() -> Answer {
    Answer {
        now: challenge(1).expires_at,
        ..answer()
    }
}

/// Returns whether the answer is accepted.
async fn consume(store: &TestStore, answer: Answer) -> bool {
    store
        .write(async move |tx| {
            Ok(tx
                .consume_passkey_challenge(
                    &answer.challenge,
                    &answer.browser,
                    answer.person.as_ref(),
                    answer.now,
                )
                .await?)
        })
        .await
}

#[apply(each_database)]
async fn a_challenge_is_consumed_once(#[case] engine: Engine) {
    let store = store_with_challenge(engine).await;
    assert!(consume(&store, answer()).await);
    assert!(!consume(&store, answer()).await);
}

#[apply(each_database)]
async fn a_rejected_answer_does_not_consume_the_challenge(
    #[case] engine: Engine,
    #[values(
        answer_to_unknown_challenge(),
        answer_of_another_browser(),
        answer_that_creates_a_passkey(),
        late_answer()
    )]
    rejected: Answer,
) {
    let store = store_with_challenge(engine).await;
    assert!(!consume(&store, rejected).await);
    assert!(consume(&store, answer()).await);
}

#[apply(each_database)]
async fn a_challenge_for_a_new_passkey_is_consumed_by_its_person(#[case] engine: Engine) {
    let store = store_with_two_people(engine).await;
    let challenge = PasskeyChallenge {
        person: Some(person(1, 1).id),
        ..challenge(2)
    };
    let new_passkey = Answer {
        challenge: challenge.challenge.clone(),
        person: challenge.person.clone(),
        ..answer()
    };
    store
        .write(async move |tx| Ok(tx.add_passkey_challenge(&challenge).await?))
        .await;
    let sign_in = Answer {
        person: None,
        ..new_passkey.clone()
    };
    let of_another_person = Answer {
        person: Some(person(2, 1).id),
        ..new_passkey.clone()
    };
    assert!(!consume(&store, sign_in).await);
    assert!(!consume(&store, of_another_person).await);
    // Neither has consumed it.
    assert!(consume(&store, new_passkey).await);
}

#[apply(each_database)]
async fn one_of_twenty_parallel_answers_is_accepted(#[case] engine: Engine) {
    let store = store_with_challenge(engine).await;
    let start = Arc::new(Barrier::new(20));
    let mut tasks = JoinSet::new();
    for _ in 0..20 {
        let store = store.clone();
        let start = Arc::clone(&start);
        tasks.spawn(async move {
            start.wait().await;
            consume(&store, answer()).await
        });
    }
    let accepted = tasks.join_all().await;
    assert_eq!(accepted.iter().filter(|accepted| **accepted).count(), 1);
}
