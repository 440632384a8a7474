//! Organizations and their domains.

use rstest::rstest;
use rstest_reuse::apply;
use store::{
    Conflict, MemberFilter, Organization, OrganizationChange, OrganizationFilter, Page,
    SsoEnforcement, SsoState,
};
use test_support::{Engine, each_database};

use crate::fixtures::{
    NOW, application, connection_id, domain, now_plus, org_id, organization, page_after, person,
    set_up_organization, sign_in,
};
use crate::test_store::TestStore;

#[apply(each_database)]
async fn an_organization_is_found_by_id_and_slug_and_listed(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            for org in [2, 1, 3] {
                tx.add_organization(&organization(org)).await??;
            }
            Ok(())
        })
        .await;
    let mut tx = store.snapshot().await;
    assert_eq!(
        tx.organization(&org_id(2)).read().await.unwrap(),
        Some(organization(2))
    );
    assert_eq!(
        tx.organization_by_slug("acme-3").await.unwrap(),
        Some(organization(3))
    );
    assert_eq!(tx.organization_by_slug("acme-9").await.unwrap(), None);
    assert_eq!(
        tx.organizations(&OrganizationFilter::default(), &Page::first(2))
            .await
            .unwrap(),
        [organization(1), organization(2)]
    );
    let rest = page_after(&org_id(2), 2);
    assert_eq!(
        tx.organizations(&OrganizationFilter::default(), &rest)
            .await
            .unwrap(),
        [organization(3)]
    );
}

#[apply(each_database)]
async fn a_slug_belongs_to_one_organization(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            tx.add_organization(&organization(1)).await??;
            tx.add_organization(&organization(2)).await??;
            let mut third = organization(3);
            third.slug = "acme-1".to_owned();
            assert_eq!(tx.add_organization(&third).await?, Err(Conflict::SlugInUse));
            let change = OrganizationChange {
                slug: "acme-1".to_owned(),
                name: "x".to_owned(),
                plan: "starter".to_owned(),
            };
            assert_eq!(
                tx.organization(&org_id(2)).update(&change).await?,
                Err(Conflict::SlugInUse)
            );
            // The transaction continues after a conflict.
            assert_eq!(tx.organization(&org_id(1)).update(&change).await?, Ok(true));
            let unused_slug = OrganizationChange {
                slug: "unused".to_owned(),
                ..change
            };
            let unknown = org_id(9);
            assert_eq!(
                tx.organization(&unknown).update(&unused_slug).await?,
                Ok(false)
            );
            Ok(())
        })
        .await;
    let mut tx = store.snapshot().await;
    let first = tx.organization(&org_id(1)).read().await.unwrap().unwrap();
    assert_eq!(first.name, "x");
    assert_eq!(first.plan, "starter");
    assert_eq!(
        tx.organization(&org_id(2)).read().await.unwrap(),
        Some(organization(2))
    );
}

#[apply(each_database)]
async fn deleting_an_organization_deletes_its_rows(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            set_up_organization(tx, 1).await?;
            let id = org_id(1);
            tx.organization(&id)
                .add_domain(&domain(1, "a.example", Some(NOW)))
                .await??;
            tx.add_application(&application()).await?;
            sign_in(tx, 1, 1).await?;
            assert!(tx.organization(&id).delete(NOW).await?);
            assert!(!tx.organization(&id).delete(NOW).await?);
            // It is gone before its rows are erased.
            assert_eq!(tx.organization(&id).read().await?, None);
            assert_eq!(tx.organization(&id).lock().await?, None);
            assert_eq!(
                tx.organizations(&OrganizationFilter::default(), &Page::first(9))
                    .await?,
                []
            );
            let slug = organization(1).slug;
            assert_eq!(tx.organization_by_slug(&slug).await?, None);
            assert_eq!(tx.memberships_of(&person(1, 1).id).await?, []);
            assert_eq!(tx.deleted_organization().await?, Some(id.clone()));
            while tx.organization(&id).erase_batch().await? {}
            assert_eq!(tx.deleted_organization().await?, None);
            Ok(())
        })
        .await;
    let mut tx = store.snapshot().await;
    let id = org_id(1);
    let mut org = tx.organization(&id);
    assert_eq!(
        org.members(&MemberFilter::default(), &Page::first(9))
            .await
            .unwrap(),
        []
    );
    assert_eq!(org.connections().await.unwrap(), []);
    assert_eq!(tx.organization_by_domain("a.example").await.unwrap(), None);
}

/// A store with two organizations that have added the same domain. The second one has verified it.
async fn store_with_verified_domain(engine: Engine) -> TestStore {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            for org in [1, 2] {
                tx.add_organization(&organization(org)).await??;
            }
            // Any organization can add the domain until one has verified it.
            for org in [1, 2] {
                tx.organization(&org_id(org))
                    .add_domain(&domain(org, "a.example", None))
                    .await??;
                assert_eq!(tx.organization_by_domain("a.example").await?, None);
            }
            let id = org_id(2);
            let mut second = tx.organization(&id);
            let verified = second.verify_domain("a.example", now_plus(1)).await?;
            assert_eq!(verified, Ok(true));
            Ok(())
        })
        .await;
    store
}

#[apply(each_database)]
async fn organizations_are_filtered_by_name_plan_and_sso(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            for n in [1, 2, 3] {
                set_up_organization(tx, n).await?;
            }
            let change = OrganizationChange {
                slug: "globex".to_owned(),
                name: "Globex 100%".to_owned(),
                plan: "starter".to_owned(),
            };
            assert_eq!(tx.organization(&org_id(2)).update(&change).await?, Ok(true));
            let connection = connection_id(3, 1);
            assert!(
                tx.organization(&org_id(3))
                    .disable(&connection, NOW)
                    .await?
            );
            let enforcement = SsoEnforcement {
                since: NOW,
                by: None,
            };
            assert!(
                tx.organization(&org_id(1))
                    .enforce_sso(&enforcement)
                    .await?
            );
            Ok(())
        })
        .await;
    let mut tx = store.snapshot().await;
    let mut find = async |filter: OrganizationFilter| {
        let found = tx.organizations(&filter, &Page::first(9)).await.unwrap();
        found
            .into_iter()
            .map(|organization| organization.id)
            .collect::<Vec<_>>()
    };
    let search = |text: &str| OrganizationFilter {
        search: Some(text.to_owned()),
        ..OrganizationFilter::default()
    };
    let sso = |state| OrganizationFilter {
        sso: Some(state),
        ..OrganizationFilter::default()
    };
    let plan = OrganizationFilter {
        plan: Some("starter".to_owned()),
        ..OrganizationFilter::default()
    };
    assert_eq!(find(search("ACME")).await, [org_id(1), org_id(3)]);
    assert_eq!(find(search("cme-3")).await, [org_id(3)]);
    assert_eq!(find(search("0%")).await, [org_id(2)]);
    assert_eq!(find(search("_")).await, []);
    assert_eq!(find(plan).await, [org_id(2)]);
    assert_eq!(find(sso(SsoState::Enforced)).await, [org_id(1)]);
    assert_eq!(find(sso(SsoState::Active)).await, [org_id(1), org_id(2)]);
    assert_eq!(find(sso(SsoState::Inactive)).await, [org_id(3)]);
}

#[apply(each_database)]
async fn a_verified_domain_belongs_to_one_organization(#[case] engine: Engine) {
    let store = store_with_verified_domain(engine).await;
    store
        .write(async |tx| {
            assert_eq!(
                tx.organization_by_domain("a.example").await?,
                Some(organization(2))
            );
            let id = org_id(1);
            let mut first = tx.organization(&id);
            let verified = first.verify_domain("a.example", now_plus(2)).await?;
            assert_eq!(verified, Err(Conflict::DomainInUse));
            let unknown = first.verify_domain("b.example", NOW).await?;
            assert_eq!(unknown, Ok(false));
            let id = org_id(2);
            let mut second = tx.organization(&id);
            let added_again = second.add_domain(&domain(2, "a.example", None)).await?;
            assert_eq!(added_again, Err(Conflict::DomainInUse));
            assert_eq!(
                second.domains().await?,
                [domain(2, "a.example", Some(now_plus(1)))]
            );
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn a_removed_domain_can_be_verified_by_another_organization(#[case] engine: Engine) {
    let store = store_with_verified_domain(engine).await;
    store
        .write(async |tx| {
            let id = org_id(2);
            let mut second = tx.organization(&id);
            assert!(second.remove_domain("a.example").await?);
            assert!(!second.remove_domain("a.example").await?);
            let id = org_id(1);
            let mut first = tx.organization(&id);
            let verified = first.verify_domain("a.example", now_plus(2)).await?;
            assert_eq!(verified, Ok(true));
            let id = org_id(2);
            let mut second = tx.organization(&id);
            let already_verified = domain(2, "a.example", Some(NOW));
            let added = second.add_domain(&already_verified).await?;
            assert_eq!(added, Err(Conflict::DomainInUse));
            Ok(())
        })
        .await;
}

/// A form can contain NUL, which PostgreSQL text cannot.
#[apply(each_database)]
async fn a_nul_in_a_text_is_replaced(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            let with_nul = Organization {
                name: "A\0b".to_owned(),
                ..organization(1)
            };
            tx.add_organization(&with_nul).await??;
            let stored = tx.organization(&org_id(1)).read().await?.unwrap();
            assert_eq!(stored.name, "A\u{FFFD}b");
            assert_eq!(tx.organization_by_slug("acme-1\0").await?, None);
            Ok(())
        })
        .await;
}
