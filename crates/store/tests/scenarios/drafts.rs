//! Drafts, versions and setup progress.

use rstest::rstest;
use rstest_reuse::apply;
use store::SetupProgress;
use test_support::{Engine, each_database};

use crate::fixtures::{
    NOW, at_second, certificate, connection, connection_id, connection_settings, draft, now_plus,
    org_id, set_up_organization,
};
use crate::test_store::TestStore;

#[apply(each_database)]
async fn a_draft_does_not_change_its_connection(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            set_up_organization(tx, 1).await?;
            let org_id = org_id(1);
            let mut org = tx.organization(&org_id);
            let id = connection_id(1, 1);
            assert_eq!(org.draft(&id).await?, None);
            assert!(!org.mark_draft_tested(&id, NOW).await?);
            assert!(org.upsert_draft(&draft(1, 7)).await?);
            assert_eq!(org.draft(&id).await?, Some(draft(1, 7)));
            assert_eq!(
                org.connection(&id).await?.unwrap().settings,
                connection_settings(1, 1)
            );
            let mut tested = draft(1, 8);
            tested.certificates.clear();
            assert!(org.upsert_draft(&tested).await?);
            assert!(org.mark_draft_tested(&id, now_plus(3)).await?);
            tested.tested_at = Some(now_plus(3));
            assert_eq!(org.draft(&id).await?, Some(tested.clone()));
            let with_draft = tested.apply_to(org.connection(&id).await?.unwrap());
            assert_eq!(with_draft.settings, connection_settings(1, 8));
            assert_eq!(with_draft.lifecycle.tested_at, Some(now_plus(3)));
            assert!(org.discard_draft(&id).await?);
            assert!(!org.discard_draft(&id).await?);
            assert_eq!(org.draft(&id).await?, None);
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn versions_are_numbered_and_an_equal_one_is_not_added(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            set_up_organization(tx, 1).await?;
            let org_id = org_id(1);
            let mut org = tx.organization(&org_id);
            let id = connection_id(1, 1);
            let mut published = connection(1, 1);
            assert!(org.add_version(&published, NOW, "cli").await?);
            assert!(!org.add_version(&published, now_plus(1), "cli").await?);
            published.certificates = vec![certificate(4)];
            assert!(org.add_version(&published, now_plus(2), "key_a").await?);
            assert!(
                org.add_version(&connection(1, 1), now_plus(3), "cli")
                    .await?
            );
            let versions = org.versions(&id).await?;
            let numbers: Vec<i64> = versions.iter().map(|version| version.number).collect();
            assert_eq!(numbers, [3, 2, 1]);
            let second = org.version(&id, 2).await?.unwrap();
            assert_eq!(second.settings, connection_settings(1, 1));
            assert_eq!(second.certificates, [certificate(4)]);
            assert_eq!(second.published_at, now_plus(2));
            assert_eq!(second.published_by, "key_a");
            assert_eq!(org.version(&id, 4).await?, None);
            assert_eq!(org.version(&id, i64::MAX).await?, None);
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn the_setup_progress_is_stored(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            set_up_organization(tx, 1).await?;
            let org_id = org_id(1);
            let mut org = tx.organization(&org_id);
            let id = connection_id(1, 1);
            assert_eq!(
                org.setup_progress(&id).await?,
                Some(SetupProgress::default())
            );
            let completed_steps = vec!["create-app".to_owned(), "\"quoted\"".to_owned()];
            assert!(org.set_completed_steps(&id, &completed_steps).await?);
            assert!(org.set_tested(&id, Some(now_plus(1))).await?);
            assert!(org.set_tested_by(&id, "set_a").await?);
            let url = "https://idp.example/metadata";
            let fetched_at = now_plus(2);
            assert!(
                org.set_metadata_source(&id, Some(url), Some(fetched_at))
                    .await?
            );
            let expected = SetupProgress {
                completed_steps,
                tested_by: Some("set_a".to_owned()),
                metadata_url: Some(url.to_owned()),
                metadata_fetched_at: Some(fetched_at),
            };
            assert_eq!(org.setup_progress(&id).await?, Some(expected));
            assert!(org.set_tested(&id, None).await?);
            let connection = org.connection(&id).await?.unwrap();
            assert_eq!(connection.lifecycle.tested_at, None);
            assert!(org.set_metadata_source(&id, None, None).await?);
            let progress = org.setup_progress(&id).await?.unwrap();
            assert_eq!(progress.metadata_fetched_at, None);
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn the_draft_of_another_organization_is_not_found_and_not_changed(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            for org in [1, 2] {
                set_up_organization(tx, org).await?;
            }
            tx.organization(&org_id(1))
                .upsert_draft(&draft(1, 7))
                .await?;
            tx.organization(&org_id(1))
                .add_version(&connection(1, 1), NOW, "cli")
                .await?;
            let id = org_id(2);
            let mut org = tx.organization(&id);
            let other = connection_id(1, 1);
            assert!(!org.lock_connection(&other).await?);
            assert_eq!(org.draft(&other).await?, None);
            assert!(!org.upsert_draft(&draft(1, 8)).await?);
            assert!(!org.mark_draft_tested(&other, NOW).await?);
            assert!(!org.discard_draft(&other).await?);
            assert!(!org.add_version(&connection(1, 1), NOW, "cli").await?);
            assert_eq!(org.versions(&other).await?, []);
            assert_eq!(org.version(&other, 1).await?, None);
            assert_eq!(org.setup_progress(&other).await?, None);
            assert!(!org.set_completed_steps(&other, &[]).await?);
            assert!(!org.set_tested(&other, Some(at_second(1))).await?);
            assert!(!org.set_tested_by(&other, "cli").await?);
            assert!(!org.set_metadata_source(&other, None, None).await?);
            assert_eq!(
                tx.organization(&org_id(1)).draft(&other).await?,
                Some(draft(1, 7))
            );
            Ok(())
        })
        .await;
}
