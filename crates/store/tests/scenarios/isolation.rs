//! An organization's transaction never reaches another's rows.

use store::{AttemptFilter, Conflict, ConnectionKeyId, Page, Profile, Store};

use crate::database::{Problem, on_each_database, reading, writing};
use crate::samples::{
    NOW, account, application, attempt, audit_entry, bits, certificate, con_id, connection,
    connection_key, domain, identity, later, mem_id, member, org_id, person, session,
    set_up_organization, settings, sign_in,
};

/// Two organizations with one row of each kind. The scenarios use the first one's IDs with the second one.
async fn prepare(store: &Store) {
    writing!(store, tx => {
        tx.add_application(&application()).await?;
        for org in [1, 2] {
            set_up_organization(tx, org).await?;
            sign_in(tx, org, 1).await?;
            tx.add_audit_entry(&audit_entry(Some(org), 1)).await?;
            let id = org_id(org);
            let mut tenant = tx.organization(&id);
            tenant.add_domain(&domain(org, &format!("acme-{org}.example"), None)).await??;
            tenant.add_connection_key(&connection_key(org, 1)).await?;
            tenant.add_attempt(&attempt(org, 1)).await?;
        }
    });
}

on_each_database! {
    async fn lists_contain_rows_of_the_organization_only(store) {
        prepare(&store).await;
        reading!(store, tx => {
            let id = org_id(2);
            let mut org = tx.organization(&id);
            let all = Page::first(99);
            assert_eq!(org.domains().await?, [domain(2, "acme-2.example", None)]);
            assert_eq!(org.members(&all).await?, [member(2, 1)]);
            assert_eq!(org.connections().await?.iter().map(|one| one.id.clone()).collect::<Vec<_>>(), [con_id(2, 1)]);
            assert_eq!(org.attempts(&AttemptFilter::default(), &all).await?, [attempt(2, 1)]);
            assert_eq!(org.audit_log(&all).await?, [audit_entry(Some(2), 1)]);
        });
    }

    async fn a_page_after_a_foreign_id_is_empty(store) {
        prepare(&store).await;
        reading!(store, tx => {
            let id = org_id(2);
            let mut org = tx.organization(&id);
            let after = |mark: &dyn std::fmt::Display| Page { after: Some(mark.to_string()), size: 99 };
            assert_eq!(org.members(&after(&mem_id(1, 1))).await?, []);
            assert_eq!(org.attempts(&AttemptFilter::default(), &after(&attempt(1, 1).id)).await?, []);
            assert_eq!(org.audit_log(&after(&audit_entry(Some(1), 1).id)).await?, []);
        });
    }

    async fn a_foreign_member_is_not_found_and_not_changed(store) {
        prepare(&store).await;
        writing!(store, tx => {
            let id = org_id(2);
            let mut org = tx.organization(&id);
            let foreign = mem_id(1, 1);
            assert_eq!(org.member(&foreign).await?, None);
            assert_eq!(org.lock_member(&foreign).await?, None);
            assert_eq!(org.person(&person(1, 1).id).await?, None);
            assert_eq!(org.members_by_email("p1@acme-1.example").await?, []);
            assert_eq!(org.member_by_idp_account(&account(1, 1)).await?, None);
            assert_eq!(org.identities(&foreign).await?, []);
            assert!(!org.update_profile(&foreign, &Profile::default()).await?);
            assert!(!org.set_role(&foreign, "admin").await?);
            assert!(!org.deactivate_member(&foreign, NOW).await?);
            assert!(!org.reactivate_member(&foreign).await?);
            assert!(!org.delete_member(&foreign).await?);
            assert_eq!(org.sessions_of(&foreign).await?, []);
            assert_eq!(org.end_sessions_of(&foreign, NOW).await?, 0);
            assert_eq!(tx.organization(&org_id(1)).member(&foreign).await?, Some(member(1, 1)));
            assert!(tx.session(&session(1, 1).cookie, NOW).await?.is_some());
        });
    }

    async fn a_foreign_connection_is_not_found_and_not_changed(store) {
        prepare(&store).await;
        writing!(store, tx => {
            let before = tx.connection(&con_id(1, 1)).await?;
            let id = org_id(2);
            let mut org = tx.organization(&id);
            let foreign = con_id(1, 1);
            assert_eq!(org.connection(&foreign).await?, None);
            assert_eq!(org.connection_keys(&foreign).await?, []);
            assert_eq!(org.update_connection(&foreign, &settings(2, 9)).await?, Ok(false));
            assert!(!org.replace_certificates(&foreign, &[certificate(1)]).await?);
            assert!(!org.activate(&foreign, later(9)).await?);
            assert!(!org.disable(&foreign, NOW).await?);
            assert!(!org.delete_connection(&foreign).await?);
            let key = ConnectionKeyId::from_random(bits(1, 1));
            assert!(!org.publish_connection_key(&key, NOW).await?);
            assert!(!org.activate_connection_key(&key, NOW).await?);
            assert!(!org.retire_connection_key(&key, NOW).await?);
            assert_eq!(tx.connection(&con_id(1, 1)).await?, before);
            assert_eq!(tx.organization(&org_id(1)).connection_keys(&foreign).await?, [connection_key(1, 1)]);
        });
    }

    async fn a_foreign_domain_and_attempt_are_not_touched(store) {
        prepare(&store).await;
        writing!(store, tx => {
            let id = org_id(2);
            let mut org = tx.organization(&id);
            assert_eq!(org.verify_domain("acme-1.example", NOW).await?, Ok(false));
            assert!(!org.remove_domain("acme-1.example").await?);
            assert_eq!(org.attempt(&attempt(1, 1).id).await?, None);
            assert_eq!(tx.organization(&org_id(1)).domains().await?, [domain(1, "acme-1.example", None)]);
            assert_eq!(tx.organization(&org_id(1)).attempt(&attempt(1, 1).id).await?, Some(attempt(1, 1)));
        });
    }

    /// The schema itself refuses a row that refers to another organization.
    async fn rows_cannot_point_across_organizations(store) {
        prepare(&store).await;
        let crossed: Result<_, Problem> = store.write(async |tx| {
            let mut crossed = identity(2, 7);
            crossed.member = mem_id(1, 1);
            Ok(tx.organization(&org_id(2)).add_identity(&crossed).await?)
        }).await;
        assert!(crossed.is_err(), "another organization's member");

        let crossed: Result<_, Problem> = store.write(async |tx| {
            let mut crossed = connection_key(2, 7);
            crossed.connection = con_id(1, 1);
            Ok(tx.organization(&org_id(2)).add_connection_key(&crossed).await?)
        }).await;
        assert!(crossed.is_err(), "another organization's connection");

        let crossed: Result<_, Problem> = store.write(async |tx| {
            let consumed = tx.consume_unsolicited(&crate::samples::assertion(2, "_x"), NOW).await??;
            let mut crossed = session(2, 7);
            crossed.member = mem_id(1, 1);
            Ok(tx.begin_session(&consumed, &crossed).await?)
        }).await;
        assert!(crossed.is_err(), "a session of another organization's member");

        let crossed: Result<_, Problem> = store.write(async |tx| {
            // The assertion belongs to the second organization's connection, which overrides the session's.
            let consumed = tx.consume_unsolicited(&crate::samples::assertion(2, "_x"), NOW).await??;
            Ok(tx.begin_session(&consumed, &session(1, 7)).await?)
        }).await;
        assert!(crossed.is_err(), "a response of another organization's connection");
    }

    async fn rows_are_added_to_the_organization_of_the_transaction(store) {
        prepare(&store).await;
        writing!(store, tx => {
            let id = org_id(2);
            let mut org = tx.organization(&id);
            // The rows name the first organization.
            org.add_connection(&connection(1, 5)).await??;
            org.add_attempt(&attempt(1, 5)).await?;
            org.add_domain(&domain(1, "new.example", None)).await??;
            assert!(org.connection(&con_id(1, 5)).await?.is_some());
            assert!(org.attempt(&attempt(1, 5).id).await?.is_some());
            assert!(tx.organization(&org_id(1)).connection(&con_id(1, 5)).await?.is_none());
            assert!(tx.organization(&org_id(1)).attempt(&attempt(1, 5).id).await?.is_none());
            assert_eq!(
                tx.organization(&org_id(2)).add_domain(&domain(1, "new.example", None)).await?,
                Err(Conflict::DomainInUse)
            );
        });
    }
}
