//! Console accounts, operators, sessions and sign-ins.

use jiff::SignedDuration;
use rstest::rstest;
use rstest_reuse::apply;
use store::{
    ConsoleAccount, ConsoleSession, ConsoleSessionId, ConsoleSignInMethod, EmailCode,
    EmailCodeError, EmailCodeId, SentEmailCodes, SignInLink, SignInLinkId, SignInLinkPurpose,
};
use test_support::{Engine, each_database};
use tokio::task::JoinSet;

use crate::fixtures::{
    NOW, id_bytes, member, now_plus, org_id, organization, person, purge, retention_at,
    secret_hash, set_up_organization,
};
use crate::test_store::TestStore;

/// The idle timeout of a session.
const IDLE_TIMEOUT: SignedDuration = SignedDuration::from_secs(600);

fn console_account(n: u8) -> ConsoleAccount {
    ConsoleAccount {
        email: format!("p{n}@acme-1.example"),
        person: person(1, n).id,
    }
}

fn console_session(n: u8) -> ConsoleSession {
    ConsoleSession {
        id: ConsoleSessionId::from_random(id_bytes(1, n)),
        cookie: secret_hash(20, 1, n),
        person: person(1, 1).id,
        organization: Some(org_id(1)),
        connection: None,
        method: ConsoleSignInMethod::Sso,
        browser: Some("Firefox".to_owned()),
        created_at: NOW,
        last_seen_at: now_plus(n.into()),
        expires_at: now_plus(3600),
    }
}

fn email_code(n: u8) -> EmailCode {
    EmailCode {
        id: EmailCodeId::from_random(id_bytes(1, n)),
        browser: secret_hash(21, 1, n),
        email: console_account(1).email,
        code: secret_hash(22, 1, n),
        created_at: now_plus(n.into()),
        expires_at: now_plus(600),
    }
}

fn sign_in_link(n: u8, purpose: SignInLinkPurpose) -> SignInLink {
    SignInLink {
        id: SignInLinkId::from_random(id_bytes(1, n)),
        token: secret_hash(23, 1, n),
        purpose,
        person: (purpose != SignInLinkPurpose::FirstOperator).then(|| person(1, 1).id),
        created_at: NOW,
        expires_at: now_plus(600),
        used_at: None,
    }
}

/// A store with one organization and its member.
async fn store_with_member(engine: Engine) -> TestStore {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| set_up_organization(tx, 1).await)
        .await;
    store
}

#[apply(each_database)]
async fn an_address_has_one_console_account(#[case] engine: Engine) {
    let store = store_with_member(engine).await;
    store
        .write(async |tx| {
            tx.add_person(&person(1, 2)).await?;
            assert!(tx.add_console_account(&console_account(1), NOW).await?);
            let taken = ConsoleAccount {
                email: console_account(1).email,
                person: person(1, 2).id,
            };
            assert!(!tx.add_console_account(&taken, NOW).await?);
            assert_eq!(
                tx.console_account(&console_account(1).email).await?,
                Some(console_account(1))
            );
            assert_eq!(tx.console_account("unknown@acme-1.example").await?, None);
            assert_eq!(
                tx.console_accounts_of(&person(1, 1).id).await?,
                [console_account(1)]
            );
            assert_eq!(tx.console_accounts_of(&person(1, 2).id).await?, []);
            assert_eq!(tx.person(&person(1, 2).id).await?, Some(person(1, 2)));
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn the_memberships_of_a_person_are_listed(#[case] engine: Engine) {
    let store = store_with_member(engine).await;
    store
        .write(async |tx| {
            let memberships = tx.memberships_of(&person(1, 1).id).await?;
            let [only] = memberships.as_slice() else {
                panic!("{memberships:?}")
            };
            assert_eq!(only.organization, org_id(1));
            assert_eq!(only.slug, organization(1).slug);
            assert_eq!(only.member, member(1, 1).id);
            assert_eq!(only.role, "member");
            assert_eq!(only.sso_enforced_since, None);
            assert_eq!(only.sso_exempt_since, None);
            tx.organization(&org_id(1))
                .deactivate_member(&member(1, 1).id, NOW)
                .await?;
            assert_eq!(tx.memberships_of(&person(1, 1).id).await?, []);
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn one_of_two_parallel_first_operators_is_added(#[case] engine: Engine) {
    let store = store_with_member(engine).await;
    store
        .write(async |tx| Ok(tx.add_person(&person(1, 2)).await?))
        .await;
    let mut tasks = JoinSet::new();
    for n in [1, 2] {
        let store = store.clone();
        tasks.spawn(async move {
            store
                .write(async move |tx| Ok(tx.add_first_operator(&person(1, n).id, NOW).await?))
                .await
        });
    }
    let mut added = tasks.join_all().await;
    added.sort_unstable();
    assert_eq!(added, [false, true]);
    let operators = store.snapshot().await.operators().await.unwrap();
    assert_eq!(operators.len(), 1);
}

#[apply(each_database)]
async fn operators_are_added_once_and_the_last_one_cannot_be_removed(#[case] engine: Engine) {
    let store = store_with_member(engine).await;
    store
        .write(async |tx| {
            tx.add_person(&person(1, 2)).await?;
            let first = person(1, 1).id;
            let second = person(1, 2).id;
            assert!(tx.add_first_operator(&first, NOW).await?);
            assert!(tx.is_operator(&first).await?);
            assert!(!tx.remove_operator(&first).await?);
            assert!(!tx.is_operator(&second).await?);
            assert!(tx.add_operator(&second, now_plus(1)).await?);
            assert!(!tx.add_operator(&second, now_plus(1)).await?);
            assert!(tx.remove_operator(&first).await?);
            assert!(!tx.remove_operator(&first).await?);
            assert_eq!(tx.operators().await?.len(), 1);
            Ok(())
        })
        .await;
}

/// A store with two console sessions of one person.
async fn store_with_two_sessions(engine: Engine) -> TestStore {
    let store = store_with_member(engine).await;
    store
        .write(async |tx| {
            tx.begin_console_session(&console_session(1), None)
                .await??;
            tx.begin_console_session(&console_session(2), None)
                .await??;
            Ok(())
        })
        .await;
    store
}

#[apply(each_database)]
async fn a_session_ends_by_idle_timeout_and_expiry(#[case] engine: Engine) {
    let store = store_with_two_sessions(engine).await;
    store
        .write(async |tx| {
            let session = console_session(1);
            let cookie = &session.cookie;
            let found = tx.console_session(cookie, NOW, IDLE_TIMEOUT).await?;
            assert_eq!(found.as_ref(), Some(&session));
            let idle = tx.console_session(cookie, now_plus(601), IDLE_TIMEOUT);
            assert_eq!(idle.await?, None);
            assert!(tx.touch_console_session(&session.id, now_plus(500)).await?);
            assert!(!tx.touch_console_session(&session.id, now_plus(400)).await?);
            let used = tx.console_session(cookie, now_plus(601), IDLE_TIMEOUT);
            assert!(used.await?.is_some());
            let long_timeout = SignedDuration::from_secs(9999);
            let expired = tx.console_session(cookie, now_plus(3600), long_timeout);
            assert_eq!(expired.await?, None);
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn sessions_are_listed_by_last_use_and_ended_by_their_owner(#[case] engine: Engine) {
    let store = store_with_two_sessions(engine).await;
    store
        .write(async |tx| {
            let id = console_session(1).id;
            let owner = person(1, 1).id;
            assert!(tx.touch_console_session(&id, now_plus(500)).await?);
            let listed = tx
                .console_sessions_of(&owner, now_plus(550), IDLE_TIMEOUT)
                .await?;
            let ids: Vec<_> = listed.into_iter().map(|session| session.id).collect();
            assert_eq!(ids, [id.clone(), console_session(2).id]);
            let other_person = person(1, 9).id;
            assert!(!tx.end_console_session(&other_person, &id, NOW).await?);
            assert!(tx.end_console_session(&owner, &id, NOW).await?);
            assert!(!tx.end_console_session(&owner, &id, NOW).await?);
            let cookie = console_session(1).cookie;
            let ended = tx.console_session(&cookie, NOW, IDLE_TIMEOUT).await?;
            assert_eq!(ended, None);
            tx.end_console_sessions_of(&owner).await?;
            let remaining = tx.console_sessions_of(&owner, NOW, IDLE_TIMEOUT).await?;
            assert_eq!(remaining, []);
            Ok(())
        })
        .await;
}

/// A store with two email codes to one address, which a purge after their expiry has kept.
async fn store_with_two_email_codes(engine: Engine) -> TestStore {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            tx.add_email_code(&email_code(1)).await?;
            tx.add_email_code(&email_code(2)).await?;
            purge(tx, &retention_at(3600)).await?;
            Ok(())
        })
        .await;
    store
}

#[apply(each_database)]
async fn the_codes_sent_to_an_address_are_counted(#[case] engine: Engine) {
    let store = store_with_two_email_codes(engine).await;
    let mut tx = store.snapshot().await;
    let email = email_code(1).email;
    let newest = Some(email_code(2).created_at);
    assert_eq!(
        tx.sent_email_codes(&email, now_plus(1)).await.unwrap(),
        SentEmailCodes { count: 2, newest }
    );
    assert_eq!(
        tx.sent_email_codes(&email, now_plus(2)).await.unwrap(),
        SentEmailCodes { count: 1, newest }
    );
    let unknown = tx.sent_email_codes("unknown@acme-1.example", NOW);
    assert_eq!(
        unknown.await.unwrap(),
        SentEmailCodes {
            count: 0,
            newest: None
        }
    );
}

#[apply(each_database)]
async fn an_email_code_is_consumed_once_by_its_browser(#[case] engine: Engine) {
    let store = store_with_two_email_codes(engine).await;
    store
        .write(async |tx| {
            let EmailCode {
                id, browser, code, ..
            } = email_code(1);
            let other_browser = secret_hash(21, 1, 9);
            let consumed = tx.consume_email_code(&id, &other_browser, &code, NOW);
            assert_eq!(consumed.await?, Err(EmailCodeError::Expired));
            let late = tx.consume_email_code(&id, &browser, &code, now_plus(600));
            assert_eq!(
                late.await?,
                Err(EmailCodeError::Expired),
                "a code is expired at expires_at"
            );
            let consumed = tx.consume_email_code(&id, &browser, &code, NOW);
            assert_eq!(consumed.await?, Ok(email_code(1).email));
            let consumed = tx.consume_email_code(&id, &browser, &code, NOW);
            assert_eq!(consumed.await?, Err(EmailCodeError::Expired));
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn an_email_code_can_be_guessed_five_times(#[case] engine: Engine) {
    let store = store_with_two_email_codes(engine).await;
    store
        .write(async |tx| {
            let EmailCode {
                id, browser, code, ..
            } = email_code(2);
            let incorrect_code = secret_hash(22, 1, 9);
            for _ in 0..5 {
                let guessed = tx.consume_email_code(&id, &browser, &incorrect_code, NOW);
                assert_eq!(guessed.await?, Err(EmailCodeError::Incorrect));
            }
            let consumed = tx.consume_email_code(&id, &browser, &code, NOW);
            assert_eq!(consumed.await?, Err(EmailCodeError::TooManyGuesses));
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn a_sign_in_link_is_consumed_once(#[case] engine: Engine) {
    let store = store_with_member(engine).await;
    store
        .write(async |tx| {
            let link = sign_in_link(1, SignInLinkPurpose::SignIn);
            tx.add_sign_in_link(&link).await?;
            assert_eq!(tx.sign_in_link(&link.token).await?, Some(link.clone()));
            assert_eq!(tx.sign_in_link(&secret_hash(23, 1, 9)).await?, None);
            assert!(!tx.consume_sign_in_link(&link.id, now_plus(600)).await?);
            assert!(tx.consume_sign_in_link(&link.id, NOW).await?);
            assert!(!tx.consume_sign_in_link(&link.id, NOW).await?);
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn expired_console_rows_are_purged_and_operators_and_members_stay(#[case] engine: Engine) {
    let store = store_with_member(engine).await;
    store
        .write(async |tx| {
            tx.add_person(&person(1, 2)).await?;
            tx.add_person(&person(1, 3)).await?;
            tx.add_operator(&person(1, 2).id, NOW).await?;
            tx.begin_console_session(&console_session(1), None)
                .await??;
            tx.add_email_code(&email_code(1)).await?;
            let link = sign_in_link(1, SignInLinkPurpose::SignIn);
            tx.add_sign_in_link(&link).await?;
            assert!(purge(tx, &retention_at(3601)).await? >= 4);
            assert_eq!(tx.sign_in_link(&link.token).await?, None);
            let member = person(1, 1).id;
            assert!(tx.person(&member).await?.is_some());
            let operator = person(1, 2).id;
            assert!(tx.person(&operator).await?.is_some());
            let neither = person(1, 3).id;
            assert_eq!(tx.person(&neither).await?, None);
            Ok(())
        })
        .await;
}
