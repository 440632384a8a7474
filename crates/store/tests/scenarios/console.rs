//! Console accounts, operators, sessions and sign-ins.

use jiff::SignedDuration;
use store::{
    ConsoleAccount, ConsoleSession, ConsoleSessionId, ConsoleSignInMethod, EmailCode,
    EmailCodeError, EmailCodeId, Retention, SentEmailCodes, SignInLink, SignInLinkId,
    SignInLinkPurpose, Store,
};
use tokio::task::JoinSet;

use crate::database::{on_each_database, writing};
use crate::samples::{
    NOW, bits, hash, later, member, org_id, organization, person, set_up_organization,
};

const IDLE: SignedDuration = SignedDuration::from_secs(600);

fn console_account(n: u8) -> ConsoleAccount {
    ConsoleAccount {
        email: format!("p{n}@acme-1.example"),
        person: person(1, n).id,
    }
}

fn session(n: u8) -> ConsoleSession {
    ConsoleSession {
        id: ConsoleSessionId::from_random(bits(1, n)),
        cookie: hash(20, 1, n),
        person: person(1, 1).id,
        organization: Some(org_id(1)),
        connection: None,
        method: ConsoleSignInMethod::Sso,
        browser: Some("Firefox".to_owned()),
        created_at: NOW,
        last_seen_at: later(n.into()),
        expires_at: later(3600),
    }
}

fn code(n: u8) -> EmailCode {
    EmailCode {
        id: EmailCodeId::from_random(bits(1, n)),
        browser: hash(21, 1, n),
        email: console_account(1).email,
        code: hash(22, 1, n),
        created_at: later(n.into()),
        expires_at: later(600),
    }
}

fn link(n: u8, purpose: SignInLinkPurpose) -> SignInLink {
    SignInLink {
        id: SignInLinkId::from_random(bits(1, n)),
        token: hash(23, 1, n),
        purpose,
        person: (purpose != SignInLinkPurpose::FirstOperator).then(|| person(1, 1).id),
        created_at: NOW,
        expires_at: later(600),
        used_at: None,
    }
}

async fn prepare(store: &Store) {
    writing!(store, tx => { set_up_organization(tx, 1).await?; });
}

on_each_database! {
    async fn an_address_has_one_console_account(store) {
        prepare(&store).await;
        writing!(store, tx => {
            tx.add_person(&person(1, 2)).await?;
            assert!(tx.add_console_account(&console_account(1), NOW).await?);
            let taken = ConsoleAccount { email: console_account(1).email, person: person(1, 2).id };
            assert!(!tx.add_console_account(&taken, NOW).await?);
            assert_eq!(tx.console_account(&console_account(1).email).await?, Some(console_account(1)));
            assert_eq!(tx.console_account("unknown@acme-1.example").await?, None);
            assert_eq!(tx.console_accounts_of(&person(1, 1).id).await?, vec![console_account(1)]);
            assert_eq!(tx.console_accounts_of(&person(1, 2).id).await?, vec![]);
            assert_eq!(tx.person(&person(1, 2).id).await?, Some(person(1, 2)));
        });
    }

    async fn the_memberships_of_a_person_are_listed(store) {
        prepare(&store).await;
        writing!(store, tx => {
            let memberships = tx.memberships_of(&person(1, 1).id).await?;
            let [only] = memberships.as_slice() else { panic!("{memberships:?}") };
            assert_eq!((&only.organization, &only.slug), (&org_id(1), &organization(1).slug));
            assert_eq!((&only.member, only.role.as_str()), (&member(1, 1).id, "member"));
            assert_eq!((only.sso_enforced_since, only.sso_exempt_since), (None, None));
            tx.organization(&org_id(1)).deactivate_member(&member(1, 1).id, NOW).await?;
            assert_eq!(tx.memberships_of(&person(1, 1).id).await?, vec![]);
        });
    }

    async fn one_first_operator_is_added_and_the_last_one_stays(store) {
        prepare(&store).await;
        writing!(store, tx => { tx.add_person(&person(1, 2)).await?; });
        let mut tries = JoinSet::new();
        for n in [1, 2] {
            let store = store.clone();
            tries.spawn(async move {
                writing!(store, tx => tx.add_first_operator(&person(1, n).id, NOW).await?)
            });
        }
        let mut made = tries.join_all().await;
        made.sort_unstable();
        assert_eq!(made, [false, true]);
        writing!(store, tx => {
            let operators = tx.operators().await?;
            let [first] = operators.as_slice() else { panic!("{operators:?}") };
            assert!(tx.is_operator(&first.person).await?);
            assert!(!tx.remove_operator(&first.person).await?, "the last one stays");
            let other = if first.person == person(1, 1).id { person(1, 2).id } else { person(1, 1).id };
            assert!(!tx.is_operator(&other).await?);
            assert!(tx.add_operator(&other, later(1)).await?);
            assert!(!tx.add_operator(&other, later(1)).await?);
            assert!(tx.remove_operator(&first.person).await?);
            assert!(!tx.remove_operator(&first.person).await?);
            assert_eq!(tx.operators().await?.len(), 1);
        });
    }

    async fn a_session_ends_by_expiry_idle_timeout_and_sign_out(store) {
        prepare(&store).await;
        writing!(store, tx => {
            tx.begin_console_session(&session(1)).await?;
            tx.begin_console_session(&session(2)).await?;
            let one = session(1);
            let owner = person(1, 1).id;
            assert_eq!(tx.console_session(&one.cookie, NOW, IDLE).await?, Some(one.clone()));
            assert_eq!(tx.console_session(&one.cookie, later(601), IDLE).await?, None);
            assert!(tx.touch_console_session(&one.id, later(500)).await?);
            assert!(!tx.touch_console_session(&one.id, later(400)).await?);
            assert!(tx.console_session(&one.cookie, later(601), IDLE).await?.is_some());
            assert_eq!(tx.console_session(&one.cookie, later(3600), SignedDuration::from_secs(9999)).await?, None);
            let ids = |all: Vec<ConsoleSession>| all.into_iter().map(|one| one.id).collect::<Vec<_>>();
            let listed = tx.console_sessions_of(&owner, later(550), IDLE).await?;
            assert_eq!(ids(listed), [one.id.clone(), session(2).id]);
            assert!(!tx.end_console_session(&person(1, 9).id, &one.id, NOW).await?);
            assert!(tx.end_console_session(&owner, &one.id, NOW).await?);
            assert!(!tx.end_console_session(&owner, &one.id, NOW).await?);
            assert_eq!(tx.console_session(&one.cookie, NOW, IDLE).await?, None);
            assert_eq!(tx.end_console_sessions_of(&owner, NOW).await?, 1);
            assert_eq!(tx.console_sessions_of(&owner, NOW, IDLE).await?, vec![]);
        });
    }

    async fn an_email_code_is_consumed_once_by_its_browser_and_guessed_five_times(store) {
        writing!(store, tx => {
            tx.add_email_code(&code(1)).await?;
            tx.add_email_code(&code(2)).await?;
            let retention = Retention { now: later(3600), attempts_since: NOW, audit_log_since: NOW };
            tx.purge(&retention).await?;
            let newest = Some(code(2).created_at);
            assert_eq!(tx.sent_email_codes(&code(1).email, later(1)).await?, SentEmailCodes { count: 2, newest });
            assert_eq!(tx.sent_email_codes(&code(1).email, later(2)).await?, SentEmailCodes { count: 1, newest });
            let nothing = SentEmailCodes { count: 0, newest: None };
            assert_eq!(tx.sent_email_codes("unknown@acme-1.example", NOW).await?, nothing);
            let id = code(1).id;
            let browser = code(1).browser;
            let right = code(1).code;
            let other = hash(21, 1, 9);
            assert_eq!(tx.consume_email_code(&id, &other, &right, NOW).await?, Err(EmailCodeError::Expired));
            let taken = tx.consume_email_code(&id, &browser, &right, later(600)).await?;
            assert_eq!(taken, Err(EmailCodeError::Expired), "a code is expired at expires_at");
            assert_eq!(tx.consume_email_code(&id, &browser, &right, NOW).await?, Ok(code(1).email));
            assert_eq!(tx.consume_email_code(&id, &browser, &right, NOW).await?, Err(EmailCodeError::Expired));
            let id = code(2).id;
            let browser = code(2).browser;
            let right = code(2).code;
            for _ in 0..5 {
                let taken = tx.consume_email_code(&id, &browser, &hash(22, 1, 9), NOW).await?;
                assert_eq!(taken, Err(EmailCodeError::Incorrect));
            }
            let taken = tx.consume_email_code(&id, &browser, &right, NOW).await?;
            assert_eq!(taken, Err(EmailCodeError::TooManyGuesses));
        });
    }

    async fn a_sign_in_link_is_consumed_once_and_the_first_operators_link_expires(store) {
        prepare(&store).await;
        writing!(store, tx => {
            let one = link(1, SignInLinkPurpose::SignIn);
            let first = link(2, SignInLinkPurpose::FirstOperator);
            tx.add_sign_in_link(&one).await?;
            tx.add_sign_in_link(&first).await?;
            assert_eq!(tx.sign_in_link(&one.token).await?, Some(one.clone()));
            assert_eq!(tx.sign_in_link(&hash(23, 1, 9)).await?, None);
            assert!(!tx.consume_sign_in_link(&one.id, later(600)).await?);
            assert!(tx.consume_sign_in_link(&one.id, NOW).await?);
            assert!(!tx.consume_sign_in_link(&one.id, NOW).await?);
            assert_eq!(tx.expire_sign_in_links(SignInLinkPurpose::FirstOperator, NOW).await?, 1);
            assert!(!tx.consume_sign_in_link(&first.id, NOW).await?);
        });
    }

    async fn expired_rows_are_purged_and_operators_stay(store) {
        prepare(&store).await;
        writing!(store, tx => {
            tx.add_person(&person(1, 2)).await?;
            tx.add_person(&person(1, 3)).await?;
            tx.add_operator(&person(1, 2).id, NOW).await?;
            tx.begin_console_session(&session(1)).await?;
            tx.add_email_code(&code(1)).await?;
            tx.add_sign_in_link(&link(1, SignInLinkPurpose::SignIn)).await?;
            let retention = Retention { now: later(3601), attempts_since: NOW, audit_log_since: NOW };
            assert!(tx.purge(&retention).await? >= 4);
            assert_eq!(tx.sign_in_link(&link(1, SignInLinkPurpose::SignIn).token).await?, None);
            assert!(tx.person(&person(1, 2).id).await?.is_some());
            assert!(tx.person(&person(1, 1).id).await?.is_some(), "a member");
            assert_eq!(tx.person(&person(1, 3).id).await?, None, "neither");
        });
    }
}
