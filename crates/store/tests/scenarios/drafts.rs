//! Drafts, versions and setup progress.

use store::SetupProgress;

use crate::database::{on_each_database, writing};
use crate::samples::{
    NOW, at_second, certificate, con_id, connection, draft, later, org_id, set_up_organization,
    settings,
};

on_each_database! {
    async fn a_draft_does_not_change_its_connection(store) {
        writing!(store, tx => {
            set_up_organization(tx, 1).await?;
            let id = org_id(1);
            let mut org = tx.organization(&id);
            let con = con_id(1, 1);
            assert_eq!(org.draft(&con).await?, None);
            assert!(!org.mark_draft_tested(&con, NOW).await?);
            assert!(org.upsert_draft(&draft(1, 7)).await?);
            assert_eq!(org.draft(&con).await?, Some(draft(1, 7)));
            assert_eq!(org.connection(&con).await?.unwrap().settings, settings(1, 1));
            let mut tested = draft(1, 8);
            tested.certificates.clear();
            assert!(org.upsert_draft(&tested).await?);
            assert!(org.mark_draft_tested(&con, later(3)).await?);
            tested.tested_at = Some(later(3));
            assert_eq!(org.draft(&con).await?, Some(tested.clone()));
            let working = tested.apply_to(org.connection(&con).await?.unwrap());
            assert_eq!((working.settings, working.lifecycle.tested_at), (settings(1, 8), Some(later(3))));
            assert!(org.discard_draft(&con).await?);
            assert!(!org.discard_draft(&con).await?);
            assert_eq!(org.draft(&con).await?, None);
        });
    }

    async fn versions_are_numbered_and_an_equal_one_is_not_added(store) {
        writing!(store, tx => {
            set_up_organization(tx, 1).await?;
            let id = org_id(1);
            let mut org = tx.organization(&id);
            let con = con_id(1, 1);
            let mut published = connection(1, 1);
            assert!(org.add_version(&published, NOW, "cli").await?);
            assert!(!org.add_version(&published, later(1), "cli").await?);
            published.certificates = vec![certificate(4)];
            assert!(org.add_version(&published, later(2), "key_a").await?);
            assert!(org.add_version(&connection(1, 1), later(3), "cli").await?);
            let versions = org.versions(&con).await?;
            let numbers: Vec<i64> = versions.iter().map(|one| one.number).collect();
            assert_eq!(numbers, [3, 2, 1]);
            let second = org.version(&con, 2).await?.unwrap();
            assert_eq!((&second.settings, &second.certificates), (&settings(1, 1), &vec![certificate(4)]));
            assert_eq!((second.published_at, second.published_by.as_str()), (later(2), "key_a"));
            assert_eq!(org.version(&con, 4).await?, None);
            assert_eq!(org.version(&con, i64::MAX).await?, None);
        });
    }

    async fn the_setup_progress_is_stored(store) {
        writing!(store, tx => {
            set_up_organization(tx, 1).await?;
            let id = org_id(1);
            let mut org = tx.organization(&id);
            let con = con_id(1, 1);
            assert_eq!(org.setup_progress(&con).await?, Some(SetupProgress::default()));
            let done = vec!["create-app".to_owned(), "\"quoted\"".to_owned()];
            assert!(org.set_completed_steps(&con, &done).await?);
            assert!(org.set_tested(&con, Some(later(1))).await?);
            assert!(org.set_tested_by(&con, "set_a").await?);
            assert!(org.set_metadata_source(&con, Some("https://idp.example/metadata"), Some(later(2))).await?);
            let expected = SetupProgress {
                completed_steps: done,
                tested_by: Some("set_a".to_owned()),
                metadata_url: Some("https://idp.example/metadata".to_owned()),
                metadata_fetched_at: Some(later(2)),
            };
            assert_eq!(org.setup_progress(&con).await?, Some(expected));
            assert!(org.set_tested(&con, None).await?);
            assert_eq!(org.connection(&con).await?.unwrap().lifecycle.tested_at, None);
            assert!(org.set_metadata_source(&con, None, None).await?);
            assert_eq!(org.setup_progress(&con).await?.unwrap().metadata_fetched_at, None);
        });
    }

    async fn another_organizations_connection_has_no_draft_here(store) {
        writing!(store, tx => {
            for org in [1, 2] { set_up_organization(tx, org).await?; }
            tx.organization(&org_id(1)).upsert_draft(&draft(1, 7)).await?;
            tx.organization(&org_id(1)).add_version(&connection(1, 1), NOW, "cli").await?;
            let id = org_id(2);
            let mut org = tx.organization(&id);
            let foreign = con_id(1, 1);
            assert!(!org.lock_connection(&foreign).await?);
            assert_eq!(org.draft(&foreign).await?, None);
            assert!(!org.upsert_draft(&draft(1, 8)).await?);
            assert!(!org.mark_draft_tested(&foreign, NOW).await?);
            assert!(!org.discard_draft(&foreign).await?);
            assert!(!org.add_version(&connection(1, 1), NOW, "cli").await?);
            assert_eq!(org.versions(&foreign).await?, []);
            assert_eq!(org.version(&foreign, 1).await?, None);
            assert_eq!(org.setup_progress(&foreign).await?, None);
            assert!(!org.set_completed_steps(&foreign, &[]).await?);
            assert!(!org.set_tested(&foreign, Some(at_second(1))).await?);
            assert!(!org.set_tested_by(&foreign, "cli").await?);
            assert!(!org.set_metadata_source(&foreign, None, None).await?);
            assert_eq!(tx.organization(&org_id(1)).draft(&foreign).await?, Some(draft(1, 7)));
        });
    }
}
