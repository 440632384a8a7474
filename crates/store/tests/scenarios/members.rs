//! People, members and their accounts.

use store::{Conflict, IdpAccount, Member, Page, Profile};

use crate::database::{on_each_database, writing};
use crate::samples::{
    account, con_id, connection, identity, later, mem_id, member, org_id, organization, person,
    set_up_organization,
};

on_each_database! {
    async fn a_member_is_found_by_id_address_account_and_list(store) {
        writing!(store, tx => {
            set_up_organization(tx, 1).await?;
            let id = org_id(1);
            let mut org = tx.organization(&id);
            org.add_person(&person(1, 2)).await?;
            org.add_member(&member(1, 2)).await??;
            assert_eq!(org.person(&person(1, 2).id).await?, Some(person(1, 2)));
            assert_eq!(org.member(&mem_id(1, 2)).await?, Some(member(1, 2)));
            assert_eq!(org.members_by_email("p2@acme-1.example").await?, [member(1, 2)]);
            assert_eq!(org.members_by_email("P2@acme-1.example").await?, []);
            assert_eq!(org.member_by_idp_account(&account(1, 1)).await?, Some(member(1, 1)));
            assert_eq!(org.members(&Page::first(1)).await?, [member(1, 1)]);
            let rest = Page { after: Some(mem_id(1, 1).to_string()), size: 9 };
            assert_eq!(org.members(&rest).await?, [member(1, 2)]);
        });
    }

    async fn members_are_searched_by_part_of_name_or_address(store) {
        writing!(store, tx => {
            for org in [1, 2] { set_up_organization(tx, org).await?; }
            let id = org_id(1);
            let mut org = tx.organization(&id);
            for (n, name, email) in [
                (2, "Ada Lovelace", "a_l@acme.example"),
                (3, "Grace 100% Hopper", "axl@acme.example"),
            ] {
                org.add_person(&person(1, n)).await?;
                let profile = Profile {
                    name: Some(name.to_owned()), email: Some(email.to_owned()), ..Profile::default()
                };
                org.add_member(&Member { profile, ..member(1, n) }).await??;
            }
            for (sought, expected) in [
                ("LOVE", vec![mem_id(1, 2)]),
                ("acme.example", vec![mem_id(1, 2), mem_id(1, 3)]),
                ("a_l", vec![mem_id(1, 2)]),
                ("0%", vec![mem_id(1, 3)]),
                ("\\", vec![]),
                ("unknown", vec![]),
            ] {
                let found = org.search_members(sought, &Page::first(9)).await?;
                let found: Vec<_> = found.into_iter().map(|one| one.id).collect();
                assert_eq!(found, expected, "{sought}");
            }
            let first = org.search_members("example", &Page::first(2)).await?;
            assert_eq!(first.iter().map(|one| one.id.clone()).collect::<Vec<_>>(), [mem_id(1, 1), mem_id(1, 2)]);
            let rest = Page { after: Some(mem_id(1, 2).to_string()), size: 9 };
            assert_eq!(org.search_members("example", &rest).await?.len(), 1);
        });
    }

    async fn a_person_is_a_member_once(store) {
        writing!(store, tx => {
            set_up_organization(tx, 1).await?;
            let mut again = member(1, 2);
            again.person = person(1, 1).id;
            assert_eq!(tx.organization(&org_id(1)).add_member(&again).await?, Err(Conflict::AlreadyMember));
        });
    }

    async fn a_sign_in_updates_the_profile_and_does_not_reactivate(store) {
        writing!(store, tx => {
            set_up_organization(tx, 1).await?;
            let id = org_id(1);
            let mut org = tx.organization(&id);
            assert!(org.deactivate_member(&mem_id(1, 1), later(5)).await?);
            assert!(org.deactivate_member(&mem_id(1, 1), later(6)).await?);
            let profile = Profile { email: Some("new@acme.example".to_owned()), ..Profile::default() };
            assert!(org.update_profile(&mem_id(1, 1), &profile).await?);
            assert!(org.set_role(&mem_id(1, 1), "admin").await?);
            let found = org.member(&mem_id(1, 1)).await?.unwrap();
            assert_eq!(org.lock_member(&mem_id(1, 1)).await?.as_ref(), Some(&found));
            assert_eq!(found.profile, profile);
            assert_eq!(found.role, "admin");
            assert_eq!(found.deactivated_at, Some(later(5)), "the first time is kept");
            assert!(org.reactivate_member(&mem_id(1, 1)).await?);
            assert_eq!(org.member(&mem_id(1, 1)).await?.unwrap().deactivated_at, None);
            assert!(!org.update_profile(&mem_id(1, 9), &profile).await?);
        });
    }

    async fn a_deleted_member_leaves_no_account(store) {
        writing!(store, tx => {
            set_up_organization(tx, 1).await?;
            let id = org_id(1);
            let mut org = tx.organization(&id);
            assert!(org.delete_member(&mem_id(1, 1)).await?);
            assert!(!org.delete_member(&mem_id(1, 1)).await?);
            assert_eq!(org.member_by_idp_account(&account(1, 1)).await?, None);
            assert_eq!(org.person(&person(1, 1).id).await?, None);
        });
    }

    async fn an_account_belongs_to_one_member(store) {
        writing!(store, tx => {
            set_up_organization(tx, 1).await?;
            let id = org_id(1);
            let mut org = tx.organization(&id);
            org.add_person(&person(1, 2)).await?;
            org.add_member(&member(1, 2)).await??;
            let mut stolen = identity(1, 1);
            stolen.member = mem_id(1, 2);
            assert_eq!(org.add_identity(&stolen).await?, Err(Conflict::AccountInUse));
            stolen.account.subject = "x".repeat(1025);
            assert_eq!(org.add_identity(&stolen).await?, Err(Conflict::AccountTooLong));
            stolen.account.subject = "\u{1F511}".repeat(256);
            org.add_identity(&stolen).await??;
            assert_eq!(org.identities(&mem_id(1, 1)).await?, [identity(1, 1)]);
        });
    }

    /// A subject is unique per connection and issuer only.
    async fn the_same_subject_elsewhere_is_another_account(store) {
        writing!(store, tx => {
            set_up_organization(tx, 1).await?;
            tx.organization(&org_id(1)).add_connection(&connection(1, 2)).await??;
            tx.add_organization(&organization(2)).await??;
            let known = account(1, 1);
            for other in [
                IdpAccount { connection: con_id(1, 2), ..known.clone() },
                IdpAccount { issuer: "https://other.example".to_owned(), ..known.clone() },
                IdpAccount { subject: "Subject-1".to_owned(), ..known.clone() },
            ] {
                assert_eq!(tx.organization(&org_id(1)).member_by_idp_account(&other).await?, None, "{other:?}");
            }
            assert_eq!(tx.organization(&org_id(2)).member_by_idp_account(&known).await?, None);
            assert!(tx.organization(&org_id(1)).member_by_idp_account(&known).await?.is_some());
        });
    }
}
