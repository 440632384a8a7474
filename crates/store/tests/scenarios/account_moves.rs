//! Accounts that are found in another spelling, given to another member, and moved to another connection.

use rstest::rstest;
use rstest_reuse::apply;
use store::{AccountMove, AccountMoveId, Identity, IdpAccount, Member, MoveCounts};
use test_support::{Engine, each_database};

use crate::fixtures::{
    NOW, connection, connection_id, identity, idp_account, member, member_id, now_plus, org_id,
    person, set_up_organization,
};
use crate::test_store::TestStore;

fn move_to_second_connection() -> AccountMove {
    AccountMove {
        id: AccountMoveId::from_random([5; 16]),
        from: connection_id(1, 1),
        to: connection_id(1, 2),
        started_by: "cli".to_owned(),
        started_at: NOW,
        expires_at: now_plus(100),
        undone_at: None,
        moved: 0,
    }
}

fn account_at_second_connection(subject: &str) -> IdpAccount {
    IdpAccount {
        connection: connection_id(1, 2),
        issuer: "https://new.example".to_owned(),
        subject: subject.to_owned(),
    }
}

/// An organization with a member (1) who has an account at the first of two connections, and a member (2) without one.
async fn store_with_two_connections(engine: Engine) -> TestStore {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            for org in [1, 2] {
                set_up_organization(tx, org).await?;
            }
            let id = org_id(1);
            let mut org = tx.organization(&id);
            org.add_connection(&connection(1, 2)).await??;
            org.add_person(&person(1, 2)).await?;
            org.add_member(&member(1, 2)).await??;
            Ok(())
        })
        .await;
    store
}

/// The first member, who has joined with an account.
fn member_with_account() -> Member {
    Member {
        joined_at: Some(NOW),
        ..member(1, 1)
    }
}

#[apply(each_database)]
async fn an_account_is_found_in_another_case(#[case] engine: Engine) {
    let store = store_with_two_connections(engine).await;
    store
        .write(async |tx| {
            let id = org_id(1);
            let mut org = tx.organization(&id);
            for (n, subject) in [(2, "Ada@ACME.example"), (1, "ada@acme.example")] {
                let identity = Identity {
                    account: account_at_second_connection(subject),
                    member: member_id(1, n),
                    created_at: now_plus(i64::from(n)),
                };
                org.add_identity(&identity).await??;
            }
            let account = account_at_second_connection("ADA@acme.EXAMPLE");
            let found = org.owners_ignoring_case(&account).await?;
            let subjects: Vec<_> = found.iter().map(|one| one.subject.as_str()).collect();
            assert_eq!(subjects, ["ada@acme.example", "Ada@ACME.example"]);
            assert_eq!(found[0].member, member_with_account());
            let other = account_at_second_connection("bob@acme.example");
            assert!(org.owners_ignoring_case(&other).await?.is_empty());
            let id = org_id(2);
            let mut other = tx.organization(&id);
            assert!(other.owners_ignoring_case(&account).await?.is_empty());
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn the_accounts_of_a_member_go_to_another_one(#[case] engine: Engine) {
    let store = store_with_two_connections(engine).await;
    store
        .write(async |tx| {
            let id = org_id(2);
            tx.organization(&id)
                .move_identities(&member_id(1, 1), &member_id(2, 1))
                .await?;
            let id = org_id(1);
            let mut org = tx.organization(&id);
            org.move_identities(&member_id(1, 1), &member_id(1, 2))
                .await?;
            assert!(org.identities(&member_id(1, 1)).await?.is_empty());
            let moved = Identity {
                member: member_id(1, 2),
                ..identity(1, 1)
            };
            assert_eq!(org.identities(&member_id(1, 2)).await?, [moved]);
            assert_eq!(
                org.member_by_idp_account(&idp_account(1, 1)).await?,
                Some(member(1, 2))
            );
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn an_open_move_concerns_members_without_an_account_at_the_new_connection(
    #[case] engine: Engine,
) {
    let store = store_with_two_connections(engine).await;
    store
        .write(async |tx| {
            let one = move_to_second_connection();
            let (from, to) = (&one.from, &one.to);
            let id = org_id(1);
            let mut org = tx.organization(&id);
            let first = member_id(1, 1);
            assert_eq!(org.open_move_of(&first, to, NOW).await?, None);
            org.add_account_move(&one).await?;
            let all = MoveCounts {
                accounts: 1,
                movable: 1,
            };
            assert_eq!(org.count_movable(from, to).await?, all);
            assert_eq!(
                org.open_move_of(&first, to, NOW).await?,
                Some(one.id.clone())
            );
            assert_eq!(org.open_move_of(&first, from, NOW).await?, None);
            assert_eq!(org.open_move_of(&member_id(1, 2), to, NOW).await?, None);
            assert_eq!(org.open_move_of(&first, to, one.expires_at).await?, None);

            let account = account_at_second_connection("ada");
            let added = Identity {
                account: account.clone(),
                member: first.clone(),
                created_at: NOW,
            };
            org.add_identity(&added).await??;
            assert!(org.set_account_move(&account, &one.id).await?);
            assert_eq!(org.open_move_of(&first, to, NOW).await?, None);
            assert_eq!(org.account_moves().await?[0].moved, 1);
            assert_eq!(org.count_movable(from, to).await?.movable, 0);
            assert_eq!(
                org.unmovable_members(from, to, 9).await?,
                [member_with_account()]
            );

            let id = org_id(2);
            let mut other = tx.organization(&id);
            assert_eq!(other.account_move(&one.id).await?, None);
            assert!(!other.end_account_move(&one.id, NOW).await?);
            assert!(!other.delete_moved_accounts(&one.id).await?);

            let id = org_id(1);
            let mut org = tx.organization(&id);
            assert!(org.end_account_move(&one.id, NOW).await?);
            assert!(!org.end_account_move(&one.id, NOW).await?);
            assert!(org.delete_moved_accounts(&one.id).await?);
            assert!(!org.delete_moved_accounts(&one.id).await?);
            assert_eq!(org.identities(&first).await?, [identity(1, 1)]);
            // Undone, it concerns no one.
            assert_eq!(org.open_move_of(&first, to, NOW).await?, None);
            let undone = org.account_move(&one.id).await?.unwrap();
            assert_eq!(undone.undone_at, Some(NOW));
            Ok(())
        })
        .await;
}
