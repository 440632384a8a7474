//! The audit log.

use rstest::rstest;
use rstest_reuse::apply;
use store::Page;
use test_support::{Engine, each_database};

use crate::fixtures::{NOW, audit_entry, org_id, organization, page_after};
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
                tx.audit_log(&Page::first(2)).await?,
                [audit_entry(None, 3), audit_entry(Some(1), 2)]
            );
            assert_eq!(tx.audit_log(&rest).await?, [audit_entry(Some(1), 1)]);
            tx.organization(&org_id(1)).delete(NOW).await?;
            let id = org_id(1);
            let mut org = tx.organization(&id);
            assert_eq!(
                org.audit_log(&Page::first(1)).await?,
                [audit_entry(Some(1), 2)]
            );
            assert_eq!(org.audit_log(&rest).await?, [audit_entry(Some(1), 1)]);
            Ok(())
        })
        .await;
}
