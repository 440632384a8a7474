//! An organization's transaction never reaches another's rows.

use rstest::rstest;
use rstest_reuse::apply;
use store::{
    ActivationRequest, AttemptFilter, AuditFilter, Conflict, ConnectionKeyId, InactiveSession,
    MemberFilter, Page, PagedList, Profile, StoreError,
};
use test_support::{Engine, each_database};

use crate::fixtures::{
    NOW, application, assertion, attempt, audit_entry, certificate, connection, connection_id,
    connection_key, connection_settings, domain, id_bytes, identity, idp_account, joined_member,
    member_id, now_plus, org_id, page_after, person, session, set_up_organization, setup_link,
    sign_in,
};
use crate::test_store::{TestStore, UnitError};

/// A store with two organizations, each with one row of each kind. The tests use IDs of the first organization in the
/// transaction of the second one.
async fn store_with_two_organizations(engine: Engine) -> TestStore {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            tx.add_application(&application()).await?;
            for org in [1, 2] {
                set_up_organization(tx, org).await?;
                sign_in(tx, org, 1).await?;
                tx.add_audit_entry(&audit_entry(Some(org), 1)).await?;
                let id = org_id(org);
                let mut organization = tx.organization(&id);
                organization
                    .add_domain(&domain(org, &format!("acme-{org}.example"), None))
                    .await??;
                organization
                    .add_connection_key(&connection_key(org, 1))
                    .await?;
                organization.add_attempt(&attempt(org, 1)).await?;
            }
            Ok(())
        })
        .await;
    store
}

#[apply(each_database)]
async fn lists_contain_rows_of_the_organization_only(#[case] engine: Engine) {
    let store = store_with_two_organizations(engine).await;
    let mut tx = store.snapshot().await;
    let id = org_id(2);
    let mut org = tx.organization(&id);
    let all = Page::first(99);
    assert_eq!(
        org.domains().await.unwrap(),
        [domain(2, "acme-2.example", None)]
    );
    assert_eq!(
        org.members(&MemberFilter::default(), &all).await.unwrap(),
        [joined_member(2)]
    );
    let connections = org.connections().await.unwrap();
    let ids: Vec<_> = connections.into_iter().map(|found| found.id).collect();
    assert_eq!(ids, [connection_id(2, 1)]);
    assert_eq!(
        org.attempts(&AttemptFilter::default(), &all).await.unwrap(),
        [attempt(2, 1)]
    );
    assert_eq!(
        org.audit_log(&AuditFilter::default(), &all).await.unwrap(),
        [audit_entry(Some(2), 1)]
    );
}

#[apply(each_database)]
async fn a_page_after_an_id_of_another_organization_is_empty(#[case] engine: Engine) {
    let store = store_with_two_organizations(engine).await;
    let mut tx = store.snapshot().await;
    let id = org_id(2);
    let mut org = tx.organization(&id);
    let after_member = page_after(&member_id(1, 1), 99);
    assert_eq!(
        org.members(&MemberFilter::default(), &after_member)
            .await
            .unwrap(),
        []
    );
    let after_attempt = page_after(&attempt(1, 1).id, 99);
    let all = AttemptFilter::default();
    assert_eq!(org.attempts(&all, &after_attempt).await.unwrap(), []);
    let after_entry = page_after(&audit_entry(Some(1), 1).id, 99);
    assert_eq!(
        org.audit_log(&AuditFilter::default(), &after_entry)
            .await
            .unwrap(),
        []
    );
}

#[apply(each_database)]
async fn a_list_contains_only_ids_of_its_organization(#[case] engine: Engine) {
    let store = store_with_two_organizations(engine).await;
    let mut tx = store.snapshot().await;
    let id = org_id(2);
    for (list, own, other) in [
        (
            PagedList::MembersOf(&id),
            member_id(2, 1).to_string(),
            member_id(1, 1).to_string(),
        ),
        (
            PagedList::AttemptsOf(&id),
            attempt(2, 1).id.to_string(),
            attempt(1, 1).id.to_string(),
        ),
        (
            PagedList::AuditLogOf(&id),
            audit_entry(Some(2), 1).id.to_string(),
            audit_entry(Some(1), 1).id.to_string(),
        ),
    ] {
        assert!(tx.is_listed(list, &own).await.unwrap(), "{list:?}");
        assert!(!tx.is_listed(list, &other).await.unwrap(), "{list:?}");
    }
}

#[apply(each_database)]
async fn a_member_of_another_organization_is_not_found_and_not_changed(#[case] engine: Engine) {
    let store = store_with_two_organizations(engine).await;
    store
        .write(async |tx| {
            let id = org_id(2);
            let mut org = tx.organization(&id);
            let other = member_id(1, 1);
            assert_eq!(org.member(&other).await?, None);
            assert_eq!(org.lock_member(&other).await?, None);
            assert_eq!(org.person(&person(1, 1).id).await?, None);
            assert_eq!(org.members_by_email("p1@acme-1.example").await?, []);
            assert_eq!(org.member_by_idp_account(&idp_account(1, 1)).await?, None);
            assert_eq!(org.identities(&other).await?, []);
            assert!(!org.update_profile(&other, &Profile::default()).await?);
            assert!(!org.set_role(&other, "admin").await?);
            assert!(!org.deactivate_member(&other, NOW).await?);
            assert!(!org.reactivate_member(&other).await?);
            assert!(!org.set_invitation_sent(&other, NOW).await?);
            assert_eq!(org.confirm_recovery_codes(&other, NOW).await?, 0);
            assert!(!org.delete_member(&other).await?);
            assert_eq!(org.sessions_of(&other).await?, []);
            org.end_sessions_of(&other).await?;
            assert_eq!(
                tx.organization(&org_id(1)).member(&other).await?,
                Some(joined_member(1))
            );
            assert!(tx.session(&session(1, 1).cookie, NOW).await?.is_some());
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn a_connection_of_another_organization_is_not_found_and_not_changed(#[case] engine: Engine) {
    let store = store_with_two_organizations(engine).await;
    store
        .write(async |tx| {
            let before = tx.connection(&connection_id(1, 1)).await?;
            let id = org_id(2);
            let mut org = tx.organization(&id);
            let other = connection_id(1, 1);
            assert_eq!(org.connection(&other).await?, None);
            assert_eq!(org.connection_keys(&other).await?, []);
            assert_eq!(
                org.update_connection(&other, &connection_settings(2, 9))
                    .await?,
                Ok(false)
            );
            assert!(!org.replace_certificates(&other, &[certificate(1)]).await?);
            assert!(!org.activate(&other, now_plus(9)).await?);
            assert!(!org.activate_unconfirmed(&other, now_plus(9)).await?);
            let request = ActivationRequest {
                at: NOW,
                link: setup_link(1, 1).id,
            };
            assert!(!org.request_activation(&other, &request).await?);
            assert!(!org.end_activation_request(&request.link).await?);
            assert!(!org.confirm_activation(&other).await?);
            assert!(!org.disable(&other, NOW).await?);
            assert!(!org.delete_connection(&other, NOW).await?);
            let key = ConnectionKeyId::from_random(id_bytes(1, 1));
            assert!(!org.publish_connection_key(&key, NOW).await?);
            assert!(!org.activate_connection_key(&key, NOW).await?);
            assert!(!org.retire_connection_key(&key, NOW).await?);
            assert_eq!(tx.connection(&connection_id(1, 1)).await?, before);
            assert_eq!(
                tx.organization(&org_id(1)).connection_keys(&other).await?,
                [connection_key(1, 1)]
            );
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn a_domain_and_an_attempt_of_another_organization_are_not_changed(#[case] engine: Engine) {
    let store = store_with_two_organizations(engine).await;
    store
        .write(async |tx| {
            let id = org_id(2);
            let mut org = tx.organization(&id);
            assert_eq!(org.verify_domain("acme-1.example", NOW).await?, Ok(false));
            assert!(!org.remove_domain("acme-1.example").await?);
            assert_eq!(org.attempt(&attempt(1, 1).id).await?, None);
            assert_eq!(
                tx.organization(&org_id(1)).domains().await?,
                [domain(1, "acme-1.example", None)]
            );
            assert_eq!(
                tx.organization(&org_id(1))
                    .attempt(&attempt(1, 1).id)
                    .await?,
                Some(attempt(1, 1))
            );
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn an_identity_cannot_refer_to_a_member_of_another_organization(#[case] engine: Engine) {
    let store = store_with_two_organizations(engine).await;
    let mut row = identity(2, 7);
    row.member = member_id(1, 1);
    let result = store
        .try_write(async move |tx| Ok(tx.organization(&org_id(2)).add_identity(&row).await??))
        .await;
    assert_database_error(result);
}

#[apply(each_database)]
async fn a_key_cannot_refer_to_a_connection_of_another_organization(#[case] engine: Engine) {
    let store = store_with_two_organizations(engine).await;
    let mut row = connection_key(2, 7);
    row.connection = connection_id(1, 1);
    let result = store
        .try_write(async move |tx| {
            let id = org_id(2);
            Ok(tx.organization(&id).add_connection_key(&row).await?)
        })
        .await;
    assert_database_error(result);
}

#[apply(each_database)]
async fn a_session_cannot_refer_to_a_member_of_another_organization(#[case] engine: Engine) {
    let store = store_with_two_organizations(engine).await;
    let mut row = session(2, 7);
    row.member = member_id(1, 1);
    let result = store
        .try_write(async move |tx| {
            let consumed = tx.consume_unsolicited(&assertion(2, "_x"), NOW).await??;
            Ok(tx.begin_session(&consumed, &row).await??)
        })
        .await;
    assert_inactive_session(result);
}

#[apply(each_database)]
async fn a_session_cannot_begin_with_a_response_of_another_organization(#[case] engine: Engine) {
    let store = store_with_two_organizations(engine).await;
    let result = store
        .try_write(async move |tx| {
            // The assertion belongs to the second organization's connection, which overrides the session's.
            let consumed = tx.consume_unsolicited(&assertion(2, "_x"), NOW).await??;
            Ok(tx.begin_session(&consumed, &session(1, 7)).await??)
        })
        .await;
    assert_inactive_session(result);
}

/// The schema itself rejects a row that refers to another organization.
fn assert_database_error(result: Result<(), UnitError>) {
    let error = result.unwrap_err();
    assert!(
        matches!(error.downcast_ref(), Some(StoreError::Database(_))),
        "{error:?}"
    );
}

/// No session begins for a member or a connection of another organization.
fn assert_inactive_session(result: Result<(), UnitError>) {
    let error = result.unwrap_err();
    assert!(error.is::<InactiveSession>(), "{error:?}");
}

#[apply(each_database)]
async fn rows_are_added_to_the_organization_of_the_transaction(#[case] engine: Engine) {
    let store = store_with_two_organizations(engine).await;
    store
        .write(async |tx| {
            let id = org_id(2);
            let mut org = tx.organization(&id);
            // The rows name the first organization.
            org.add_connection(&connection(1, 5)).await??;
            org.add_attempt(&attempt(1, 5)).await?;
            org.add_domain(&domain(1, "new.example", None)).await??;
            assert!(org.connection(&connection_id(1, 5)).await?.is_some());
            assert!(org.attempt(&attempt(1, 5).id).await?.is_some());
            assert!(
                tx.organization(&org_id(1))
                    .connection(&connection_id(1, 5))
                    .await?
                    .is_none()
            );
            assert!(
                tx.organization(&org_id(1))
                    .attempt(&attempt(1, 5).id)
                    .await?
                    .is_none()
            );
            assert_eq!(
                tx.organization(&org_id(2))
                    .add_domain(&domain(1, "new.example", None))
                    .await?,
                Err(Conflict::DomainInUse)
            );
            Ok(())
        })
        .await;
}
