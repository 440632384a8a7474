//! People, members and their accounts.

use rstest::rstest;
use rstest_reuse::apply;
use store::{Conflict, IdpAccount, MemberFilter, MemberId, MemberState, Page, Profile};
use test_support::{Engine, each_database};

use crate::fixtures::{
    connection, connection_id, identity, idp_account, joined_member, member, member_id, now_plus,
    org_id, organization, page_after, person, set_up_organization,
};
use crate::test_store::TestStore;

#[apply(each_database)]
async fn a_member_is_found_by_id_email_account_and_list(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            set_up_organization(tx, 1).await?;
            let id = org_id(1);
            let mut org = tx.organization(&id);
            org.add_person(&person(1, 2)).await?;
            org.add_member(&member(1, 2)).await??;
            assert_eq!(org.person(&person(1, 2).id).await?, Some(person(1, 2)));
            assert_eq!(org.member(&member_id(1, 2)).await?, Some(member(1, 2)));
            assert_eq!(
                org.members_by_email("p2@acme-1.example").await?,
                [member(1, 2)]
            );
            assert_eq!(org.members_by_email("P2@acme-1.example").await?, []);
            assert_eq!(
                org.member_by_idp_account(&idp_account(1, 1)).await?,
                Some(joined_member(1))
            );
            assert_eq!(
                org.members(&MemberFilter::default(), &Page::first(1))
                    .await?,
                [joined_member(1)]
            );
            let rest = page_after(&member_id(1, 1), 9);
            assert_eq!(
                org.members(&MemberFilter::default(), &rest).await?,
                [member(1, 2)]
            );
            Ok(())
        })
        .await;
}

/// A store with two organizations. The first one's members are `p1@acme-1.example` (1), Ada Lovelace (2) and Grace 100%
/// Hopper (3).
async fn store_with_three_members(engine: Engine) -> TestStore {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            for org in [1, 2] {
                set_up_organization(tx, org).await?;
            }
            let id = org_id(1);
            let mut org = tx.organization(&id);
            for (n, name, email) in [
                (2, "Ada Lovelace", "a_l@acme.example"),
                (3, "Grace 100% Hopper", "axl@acme.example"),
            ] {
                org.add_person(&person(1, n)).await?;
                let mut member = member(1, n);
                member.profile = Profile {
                    name: Some(name.to_owned()),
                    email: Some(email.to_owned()),
                    ..Profile::default()
                };
                org.add_member(&member).await??;
            }
            Ok(())
        })
        .await;
    store
}

/// The IDs of the members that a search finds in the first organization.
async fn search(store: &TestStore, text: &str, page: &Page) -> Vec<MemberId> {
    let mut tx = store.snapshot().await;
    let id = org_id(1);
    let mut org = tx.organization(&id);
    let found = org
        .members(
            &MemberFilter {
                search: Some(text.to_owned()),
                ..MemberFilter::default()
            },
            page,
        )
        .await
        .unwrap();
    found.into_iter().map(|member| member.id).collect()
}

#[apply(each_database)]
async fn members_are_searched_by_part_of_their_name_or_email_address(#[case] engine: Engine) {
    let store = store_with_three_members(engine).await;
    let page = Page::first(9);
    assert_eq!(search(&store, "LOVE", &page).await, [member_id(1, 2)]);
    assert_eq!(
        search(&store, "acme.example", &page).await,
        [member_id(1, 2), member_id(1, 3)]
    );
    assert_eq!(search(&store, "unknown", &page).await, []);
}

#[apply(each_database)]
async fn wildcards_in_a_search_are_ordinary_characters(#[case] engine: Engine) {
    let store = store_with_three_members(engine).await;
    let page = Page::first(9);
    assert_eq!(search(&store, "a_l", &page).await, [member_id(1, 2)]);
    assert_eq!(search(&store, "0%", &page).await, [member_id(1, 3)]);
    assert_eq!(search(&store, "\\", &page).await, []);
}

#[apply(each_database)]
async fn the_results_of_a_search_are_listed_in_pages(#[case] engine: Engine) {
    let store = store_with_three_members(engine).await;
    assert_eq!(
        search(&store, "example", &Page::first(2)).await,
        [member_id(1, 1), member_id(1, 2)]
    );
    let next_page = page_after(&member_id(1, 2), 9);
    assert_eq!(
        search(&store, "example", &next_page).await,
        [member_id(1, 3)]
    );
}

#[apply(each_database)]
async fn members_are_filtered_by_role_and_state(#[case] engine: Engine) {
    let store = store_with_three_members(engine).await;
    store
        .write(async |tx| {
            let id = org_id(1);
            let mut org = tx.organization(&id);
            assert!(org.set_role(&member_id(1, 2), "admin").await?);
            assert!(org.deactivate_member(&member_id(1, 3), now_plus(5)).await?);
            let mut find = async |role: Option<&str>, state: Option<MemberState>| {
                let filter = MemberFilter {
                    role: role.map(str::to_owned),
                    state,
                    ..MemberFilter::default()
                };
                let found = org.members(&filter, &Page::first(9)).await?;
                let ids = found.into_iter().map(|member| member.id);
                Ok::<_, store::StoreError>(ids.collect::<Vec<_>>())
            };
            let ids = |numbers: &[u8]| -> Vec<MemberId> {
                numbers.iter().map(|n| member_id(1, *n)).collect()
            };
            assert_eq!(find(Some("admin"), None).await?, ids(&[2]));
            // The first member has an account at the identity provider.
            assert_eq!(find(None, Some(MemberState::Active)).await?, ids(&[1]));
            let invited = Some(MemberState::Invited);
            assert_eq!(find(None, invited).await?, ids(&[2]));
            assert_eq!(find(Some("member"), invited).await?, ids(&[]));
            let deactivated = Some(MemberState::Deactivated);
            assert_eq!(find(None, deactivated).await?, ids(&[3]));
            let joined = org.member(&member_id(1, 1)).await?.unwrap();
            assert_eq!(joined.state(), MemberState::Active);
            let invited = org.member(&member_id(1, 2)).await?.unwrap();
            assert_eq!(invited.state(), MemberState::Invited);
            assert_eq!(invited.invitation_sent_at, None);
            let sent = org
                .set_invitation_sent(&member_id(1, 2), now_plus(6))
                .await?;
            assert!(sent);
            let invited = org.member(&member_id(1, 2)).await?.unwrap();
            assert_eq!(invited.invitation_sent_at, Some(now_plus(6)));
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn a_person_is_a_member_once(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            set_up_organization(tx, 1).await?;
            let mut duplicate = member(1, 2);
            duplicate.person = person(1, 1).id;
            assert_eq!(
                tx.organization(&org_id(1)).add_member(&duplicate).await?,
                Err(Conflict::AlreadyMember)
            );
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn a_profile_update_does_not_reactivate_the_member(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            set_up_organization(tx, 1).await?;
            let org_id = org_id(1);
            let mut org = tx.organization(&org_id);
            let id = member_id(1, 1);
            assert!(org.deactivate_member(&id, now_plus(5)).await?);
            assert!(org.deactivate_member(&id, now_plus(6)).await?);
            let profile = Profile {
                email: Some("new@acme.example".to_owned()),
                ..Profile::default()
            };
            assert!(org.update_profile(&id, &profile).await?);
            assert!(org.set_role(&id, "admin").await?);
            let found = org.member(&id).await?.unwrap();
            assert_eq!(org.lock_member(&id).await?.as_ref(), Some(&found));
            assert_eq!(found.profile, profile);
            assert_eq!(found.role, "admin");
            // The first time is kept.
            assert_eq!(found.deactivated_at, Some(now_plus(5)));
            assert!(org.reactivate_member(&id).await?);
            assert_eq!(org.member(&id).await?.unwrap().deactivated_at, None);
            assert!(!org.update_profile(&member_id(1, 9), &profile).await?);
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn a_deleted_member_has_no_account(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            set_up_organization(tx, 1).await?;
            let id = org_id(1);
            let mut org = tx.organization(&id);
            assert!(org.delete_member(&member_id(1, 1)).await?);
            assert!(!org.delete_member(&member_id(1, 1)).await?);
            assert_eq!(org.member_by_idp_account(&idp_account(1, 1)).await?, None);
            assert_eq!(org.person(&person(1, 1).id).await?, None);
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn an_account_belongs_to_one_member(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            set_up_organization(tx, 1).await?;
            let id = org_id(1);
            let mut org = tx.organization(&id);
            org.add_person(&person(1, 2)).await?;
            org.add_member(&member(1, 2)).await??;
            let mut duplicate = identity(1, 1);
            duplicate.member = member_id(1, 2);
            assert_eq!(
                org.add_identity(&duplicate).await?,
                Err(Conflict::AccountInUse)
            );
            duplicate.account.subject = "x".repeat(1025);
            assert_eq!(
                org.add_identity(&duplicate).await?,
                Err(Conflict::AccountTooLong)
            );
            duplicate.account.subject = "\u{1F511}".repeat(256);
            org.add_identity(&duplicate).await??;
            assert_eq!(org.identities(&member_id(1, 1)).await?, [identity(1, 1)]);
            Ok(())
        })
        .await;
}

/// A store with two organizations. The first one has a second connection.
async fn store_with_two_connections(engine: Engine) -> TestStore {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            set_up_organization(tx, 1).await?;
            tx.organization(&org_id(1))
                .add_connection(&connection(1, 2))
                .await??;
            tx.add_organization(&organization(2)).await??;
            Ok(())
        })
        .await;
    store
}

fn account_at_another_connection() -> IdpAccount {
    IdpAccount {
        connection: connection_id(1, 2),
        ..idp_account(1, 1)
    }
}

fn account_of_another_issuer() -> IdpAccount {
    IdpAccount {
        issuer: "https://other.example".to_owned(),
        ..idp_account(1, 1)
    }
}

fn account_in_another_case() -> IdpAccount {
    IdpAccount {
        subject: "Subject-1".to_owned(),
        ..idp_account(1, 1)
    }
}

#[apply(each_database)]
async fn a_subject_is_unique_per_connection_and_issuer_only(
    #[case] engine: Engine,
    #[values(
        account_at_another_connection(),
        account_of_another_issuer(),
        account_in_another_case()
    )]
    other: IdpAccount,
) {
    let store = store_with_two_connections(engine).await;
    let mut tx = store.snapshot().await;
    let id = org_id(1);
    let mut org = tx.organization(&id);
    let found = org.member_by_idp_account(&other).await.unwrap();
    assert_eq!(found, None);
    let known = org.member_by_idp_account(&idp_account(1, 1)).await.unwrap();
    assert!(known.is_some());
}

#[apply(each_database)]
async fn an_account_is_found_in_its_organization_only(#[case] engine: Engine) {
    let store = store_with_two_connections(engine).await;
    let mut tx = store.snapshot().await;
    let account = idp_account(1, 1);
    let id = org_id(2);
    let mut other = tx.organization(&id);
    assert_eq!(other.member_by_idp_account(&account).await.unwrap(), None);
    let id = org_id(1);
    let mut org = tx.organization(&id);
    assert!(org.member_by_idp_account(&account).await.unwrap().is_some());
}
