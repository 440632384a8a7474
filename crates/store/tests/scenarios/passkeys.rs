//! Passkeys and challenges.

use std::sync::Arc;

use store::{Passkey, PasskeyChallenge, PasskeyId, Store};
use tokio::sync::Barrier;
use tokio::task::JoinSet;

use crate::database::{on_each_database, writing};
use crate::samples::{NOW, bits, hash, later, person};

fn passkey(org: u8, n: u8) -> Passkey {
    Passkey {
        id: PasskeyId::from_random(bits(org, n)),
        credential: format!("credential-{org}-{n}"),
        person: person(org, 1).id,
        name: "The blue \"key\"".to_owned(),
        public_key: "pQECAyYg".to_owned(),
        sign_count: 7,
        created_at: later(n.into()),
        used_at: None,
    }
}

fn challenge(n: u8) -> PasskeyChallenge {
    PasskeyChallenge {
        challenge: hash(b'q', 1, n),
        browser: hash(b'b', 1, 1),
        person: None,
        created_at: NOW,
        expires_at: later(300),
    }
}

async fn prepare(store: &Store) {
    writing!(store, tx => {
        tx.add_person(&person(1, 1)).await?;
        tx.add_person(&person(2, 1)).await?;
    });
}

on_each_database! {
    async fn a_passkey_is_found_by_its_owner_and_by_its_credential(store) {
        prepare(&store).await;
        writing!(store, tx => {
            for one in [passkey(1, 2), passkey(1, 1), passkey(2, 1)] {
                assert!(tx.add_passkey(&one).await?);
            }
            assert_eq!(tx.passkeys_of(&person(1, 1).id).await?, [passkey(1, 1), passkey(1, 2)]);
            assert_eq!(tx.passkey_by_credential("credential-2-1").await?, Some(passkey(2, 1)));
            assert_eq!(tx.passkey_by_credential("credential-2-2").await?, None);
        });
    }

    async fn a_credential_id_is_unique_across_people(store) {
        prepare(&store).await;
        writing!(store, tx => {
            assert!(tx.add_passkey(&passkey(1, 1)).await?);
            let stolen = Passkey { credential: passkey(1, 1).credential, ..passkey(2, 1) };
            assert!(!tx.add_passkey(&stolen).await?);
            assert_eq!(tx.passkey_by_credential(&stolen.credential).await?, Some(passkey(1, 1)));
        });
    }

    async fn only_the_owner_renames_and_removes_a_passkey(store) {
        prepare(&store).await;
        writing!(store, tx => {
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
        });
    }

    async fn of_two_sign_ins_with_one_count_one_is_accepted(store) {
        prepare(&store).await;
        writing!(store, tx => {
            let known = passkey(1, 1);
            tx.add_passkey(&known).await?;
            assert!(tx.record_passkey_use(&known, 8, later(9)).await?);
            assert!(!tx.record_passkey_use(&known, 8, later(9)).await?);
            let used = Passkey { sign_count: 8, used_at: Some(later(9)), ..known };
            assert_eq!(tx.passkey_by_credential(&used.credential).await?, Some(used.clone()));
            tx.remove_passkey(&used.person, &used.id).await?;
            assert!(!tx.record_passkey_use(&used, 9, later(10)).await?);
        });
    }

    async fn a_challenge_is_consumed_once_by_its_browser_and_person(store) {
        prepare(&store).await;
        writing!(store, tx => {
            let challenge_row = challenge(1);
            let ada = person(1, 1).id;
            tx.add_passkey_challenge(&challenge_row).await?;
            let for_ada = PasskeyChallenge { person: Some(ada.clone()), ..challenge(2) };
            tx.add_passkey_challenge(&for_ada).await?;
            let other_browser = hash(b'b', 1, 2);
            assert!(!tx.consume_passkey_challenge(&hash(b'q', 1, 3), &challenge_row.browser, None, NOW).await?);
            assert!(!tx.consume_passkey_challenge(&challenge_row.challenge, &other_browser, None, NOW).await?);
            // A challenge for a sign-in does not create a passkey, and the other way round.
            assert!(!tx.consume_passkey_challenge(&challenge_row.challenge, &challenge_row.browser, Some(&ada), NOW).await?);
            assert!(!tx.consume_passkey_challenge(&for_ada.challenge, &challenge_row.browser, None, NOW).await?);
            let other = person(2, 1).id;
            assert!(!tx.consume_passkey_challenge(&for_ada.challenge, &challenge_row.browser, Some(&other), NOW).await?);
            assert!(!tx.consume_passkey_challenge(&challenge_row.challenge, &challenge_row.browser, None, challenge_row.expires_at).await?);
            // None of these has consumed them.
            let last = later(299);
            assert!(tx.consume_passkey_challenge(&challenge_row.challenge, &challenge_row.browser, None, last).await?);
            assert!(!tx.consume_passkey_challenge(&challenge_row.challenge, &challenge_row.browser, None, last).await?);
            assert!(tx.consume_passkey_challenge(&for_ada.challenge, &challenge_row.browser, Some(&ada), last).await?);
        });
    }

    async fn of_twenty_parallel_answers_one_is_accepted(store) {
        prepare(&store).await;
        writing!(store, tx => tx.add_passkey_challenge(&challenge(1)).await?);
        let start = Arc::new(Barrier::new(20));
        let mut tasks = JoinSet::new();
        for _ in 0..20 {
            let store = store.clone();
            let start = Arc::clone(&start);
            tasks.spawn(async move {
                start.wait().await;
                let challenge_row = challenge(1);
                writing!(store, tx => tx.consume_passkey_challenge(&challenge_row.challenge, &challenge_row.browser, None, NOW).await?)
            });
        }
        assert_eq!(tasks.join_all().await.iter().filter(|taken| **taken).count(), 1);
    }
}
