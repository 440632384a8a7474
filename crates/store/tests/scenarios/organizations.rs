//! Organizations and their domains.

use store::{Conflict, Organization, OrganizationChange, Page};

use crate::database::{on_each_database, reading, writing};
use crate::samples::{NOW, domain, later, org_id, organization};

on_each_database! {
    async fn an_organization_is_found_by_id_slug_and_list(store) {
        writing!(store, tx => for org in [2, 1, 3] { tx.add_organization(&organization(org)).await??; });
        reading!(store, tx => {
            assert_eq!(tx.organization(&org_id(2)).read().await?, Some(organization(2)));
            assert_eq!(tx.organization_by_slug("acme-3").await?, Some(organization(3)));
            assert_eq!(tx.organization_by_slug("acme-9").await?, None);
            assert_eq!(tx.organizations(&Page::first(2)).await?, [organization(1), organization(2)]);
            let rest = Page { after: Some(org_id(2).to_string()), size: 2 };
            assert_eq!(tx.organizations(&rest).await?, [organization(3)]);
        });
    }

    async fn a_slug_belongs_to_one_organization(store) {
        writing!(store, tx => {
            tx.add_organization(&organization(1)).await??;
            tx.add_organization(&organization(2)).await??;
            let mut third = organization(3);
            third.slug = "acme-1".to_owned();
            assert_eq!(tx.add_organization(&third).await?, Err(Conflict::SlugInUse));
            let change = OrganizationChange {
                slug: "acme-1".to_owned(), name: "x".to_owned(), plan: "starter".to_owned(),
            };
            assert_eq!(tx.organization(&org_id(2)).update(&change).await?, Err(Conflict::SlugInUse));
            // The transaction continues after a conflict.
            assert_eq!(tx.organization(&org_id(1)).update(&change).await?, Ok(true));
            assert_eq!(tx.organization(&org_id(9)).update(
                &OrganizationChange { slug: "free".to_owned(), ..change }
            ).await?, Ok(false));
        });
        reading!(store, tx => {
            let first = tx.organization(&org_id(1)).read().await?.unwrap();
            assert_eq!((first.name.as_str(), first.plan.as_str()), ("x", "starter"));
            assert_eq!(tx.organization(&org_id(2)).read().await?, Some(organization(2)));
        });
    }

    async fn a_deleted_organization_leaves_no_rows(store) {
        writing!(store, tx => {
            crate::samples::set_up_organization(tx, 1).await?;
            tx.organization(&org_id(1)).add_domain(&domain(1, "a.example", Some(NOW))).await??;
            assert!(tx.organization(&org_id(1)).delete().await?);
            assert!(!tx.organization(&org_id(1)).delete().await?);
        });
        reading!(store, tx => {
            assert_eq!(tx.organization(&org_id(1)).members(&Page::first(9)).await?, []);
            assert_eq!(tx.organization(&org_id(1)).connections().await?, []);
            assert_eq!(tx.organization_by_domain("a.example").await?, None);
        });
    }

    async fn a_verified_domain_belongs_to_one_organization(store) {
        writing!(store, tx => {
            for org in [1, 2] { tx.add_organization(&organization(org)).await??; }
            tx.organization(&org_id(1)).add_domain(&domain(1, "a.example", None)).await??;
            assert_eq!(tx.organization_by_domain("a.example").await?, None);
            // Any organization can claim it until one has verified it.
            tx.organization(&org_id(2)).add_domain(&domain(2, "a.example", None)).await??;
            assert_eq!(tx.organization(&org_id(2)).verify_domain("a.example", later(1)).await?, Ok(true));
            assert_eq!(
                tx.organization(&org_id(1)).verify_domain("a.example", later(2)).await?,
                Err(Conflict::DomainInUse)
            );
            assert_eq!(tx.organization(&org_id(1)).verify_domain("b.example", NOW).await?, Ok(false));
            assert_eq!(tx.organization_by_domain("a.example").await?, Some(organization(2)));
            assert_eq!(
                tx.organization(&org_id(2)).add_domain(&domain(2, "a.example", None)).await?,
                Err(Conflict::DomainInUse)
            );
            assert_eq!(
                tx.organization(&org_id(2)).domains().await?,
                [domain(2, "a.example", Some(later(1)))]
            );
            assert!(tx.organization(&org_id(2)).remove_domain("a.example").await?);
            assert!(!tx.organization(&org_id(2)).remove_domain("a.example").await?);
            assert_eq!(tx.organization(&org_id(1)).verify_domain("a.example", later(2)).await?, Ok(true));
            let rival = domain(2, "a.example", Some(NOW));
            assert_eq!(tx.organization(&org_id(2)).add_domain(&rival).await?, Err(Conflict::DomainInUse));
        });
    }

    /// A form can contain NUL, which PostgreSQL text cannot.
    async fn a_nul_in_a_text_is_replaced(store) {
        writing!(store, tx => {
            let odd = Organization { name: "A\0b".to_owned(), ..organization(1) };
            tx.add_organization(&odd).await??;
            let stored = tx.organization(&org_id(1)).read().await?.unwrap();
            assert_eq!(stored.name, "A\u{FFFD}b");
            assert_eq!(tx.organization_by_slug("acme-1\0").await?, None);
        });
    }
}
