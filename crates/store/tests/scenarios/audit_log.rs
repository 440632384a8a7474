//! The audit log.

use rstest::rstest;
use rstest_reuse::apply;
use store::{AuditEntry, AuditFilter, Page};
use test_support::{Engine, each_database};

use crate::fixtures::{NOW, audit_entry, now_plus, org_id, organization, page_after};
use crate::test_store::TestStore;

#[apply(each_database)]
async fn entries_are_listed_newest_first_and_kept_when_their_organization_is_deleted(
    #[case] engine: Engine,
) {
    let store = TestStore::open(engine).await;
    let rest = page_after(&audit_entry(Some(1), 2).id, 2);
    store
        .write(async move |tx| {
            tx.add_organization(&organization(1)).await??;
            for n in [1, 2] {
                tx.add_audit_entry(&audit_entry(Some(1), n)).await?;
            }
            tx.add_audit_entry(&audit_entry(None, 3)).await?;
            assert_eq!(
                tx.audit_log(&AuditFilter::default(), &Page::first(2))
                    .await?,
                [audit_entry(None, 3), audit_entry(Some(1), 2)]
            );
            assert_eq!(
                tx.audit_log(&AuditFilter::default(), &rest).await?,
                [audit_entry(Some(1), 1)]
            );
            tx.organization(&org_id(1)).delete(NOW).await?;
            let id = org_id(1);
            let mut org = tx.organization(&id);
            assert_eq!(
                org.audit_log(&AuditFilter::default(), &Page::first(1))
                    .await?,
                [audit_entry(Some(1), 2)]
            );
            assert_eq!(
                org.audit_log(&AuditFilter::default(), &rest).await?,
                [audit_entry(Some(1), 1)]
            );
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn entries_are_filtered_by_actor_action_and_time(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            tx.add_organization(&organization(1)).await??;
            for (org, n, actor, action) in [
                (Some(1), 1, "cli", "connection.activated"),
                (Some(1), 2, "per_ada", "connection.activated"),
                (Some(1), 3, "per_ada", "member.added"),
                (None, 4, "per_ada", "connection.activated"),
            ] {
                let entry = AuditEntry {
                    actor: actor.to_owned(),
                    action: action.to_owned(),
                    ..audit_entry(org, n)
                };
                tx.add_audit_entry(&entry).await?;
            }
            Ok(())
        })
        .await;
    let filter = AuditFilter::default();
    let of_ada = AuditFilter {
        actor: Some("per_ada".to_owned()),
        ..filter.clone()
    };
    let activated_by_ada = AuditFilter {
        action: Some("connection.activated".to_owned()),
        ..of_ada.clone()
    };
    let in_time = AuditFilter {
        since: Some(now_plus(2)),
        before: Some(now_plus(3)),
        ..filter
    };
    let mut tx = store.snapshot().await;
    let page = Page::first(9);
    let times = |entries: Vec<AuditEntry>| {
        let times = entries.into_iter().map(|entry| entry.at);
        times.collect::<Vec<_>>()
    };
    let found = tx.audit_log(&activated_by_ada, &page).await.unwrap();
    assert_eq!(times(found), [now_plus(4), now_plus(2)]);
    let id = org_id(1);
    let mut org = tx.organization(&id);
    let found = org.audit_log(&of_ada, &page).await.unwrap();
    assert_eq!(times(found), [now_plus(3), now_plus(2)]);
    let found = org.audit_log(&activated_by_ada, &page).await.unwrap();
    assert_eq!(times(found), [now_plus(2)]);
    let found = org.audit_log(&in_time, &page).await.unwrap();
    assert_eq!(times(found), [now_plus(2)]);
    let next = page_after(&audit_entry(Some(1), 3).id, 9);
    let found = org.audit_log(&of_ada, &next).await.unwrap();
    assert_eq!(times(found), [now_plus(2)]);
}
