//! Which organization a domain leads to, and the rules that choose the connection.

use rstest::rstest;
use rstest_reuse::apply;
use store::{Domain, RoutingRule, Tx};
use test_support::{Engine, each_database};

use crate::fixtures::{NOW, connection_id, domain, org_id, organization, set_up_organization};
use crate::test_store::{TestStore, UnitError};

fn with_subdomains(org: u8, name: &str) -> Domain {
    Domain {
        include_subdomains_since: Some(NOW),
        ..domain(org, name, Some(NOW))
    }
}

async fn add(tx: &mut Tx, domain: Domain) {
    let id = domain.organization.clone();
    tx.organization(&id)
        .add_domain(&domain)
        .await
        .unwrap()
        .unwrap();
}

/// The number of the organization to which a domain leads.
async fn found(tx: &mut Tx, domain: &str) -> Option<u8> {
    let found = tx.organization_by_domain(domain).await.unwrap()?;
    [1, 2]
        .into_iter()
        .find(|number| organization(*number).id == found.id)
}

#[apply(each_database)]
async fn a_subdomain_leads_to_the_organization_that_includes_it(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            for org in [1, 2] {
                tx.add_organization(&organization(org)).await??;
            }
            add(tx, with_subdomains(1, "a.example")).await;
            add(tx, domain(1, "labs.a.example", Some(NOW))).await;
            add(tx, domain(2, "other.a.example", Some(NOW))).await;
            add(tx, domain(2, "b.example", Some(NOW))).await;
            let unverified = Domain {
                verified_at: None,
                ..with_subdomains(2, "c.example")
            };
            add(tx, unverified).await;
            assert_eq!(found(tx, "a.example").await, Some(1));
            assert_eq!(found(tx, "x.y.a.example").await, Some(1));
            // The closer domain belongs to the same organization.
            assert_eq!(found(tx, "x.labs.a.example").await, Some(1));
            assert_eq!(found(tx, "other.a.example").await, Some(2));
            // The closer domain belongs to another organization, which does not include its subdomains.
            assert_eq!(found(tx, "x.other.a.example").await, None);
            assert_eq!(found(tx, "nota.example").await, None);
            assert_eq!(found(tx, "x.b.example").await, None);
            assert_eq!(found(tx, "x.c.example").await, None);
            let id = org_id(2);
            let mut org = tx.organization(&id);
            assert!(org.set_include_subdomains("b.example", Some(NOW)).await?);
            assert!(!org.set_include_subdomains("a.example", None).await?);
            assert_eq!(found(tx, "x.b.example").await, Some(2));
            Ok::<_, UnitError>(())
        })
        .await;
}

#[apply(each_database)]
async fn rules_keep_their_order_and_outlive_a_connection(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            for org in [1, 2] {
                set_up_organization(tx, org).await?;
            }
            let rule = |connection, pattern: &str| RoutingRule {
                connection,
                patterns: vec![pattern.to_owned(), "*.a.example".to_owned()],
            };
            let rules = [
                rule(connection_id(1, 1), "b.example"),
                rule(connection_id(1, 9), "ada@a.example"),
            ];
            let id = org_id(1);
            let mut org = tx.organization(&id);
            org.replace_routing_rules(&rules).await?;
            assert_eq!(org.routing_rules().await?, rules);
            org.delete_connection(&connection_id(1, 1), NOW).await?;
            while org.erase_connection_batch(&connection_id(1, 1)).await? {}
            assert_eq!(org.routing_rules().await?, rules);
            org.replace_routing_rules(&rules[1..]).await?;
            assert_eq!(org.routing_rules().await?, rules[1..]);
            assert_eq!(tx.organization(&org_id(2)).routing_rules().await?, []);
            let mut org = tx.organization(&id);
            org.delete(NOW).await?;
            while org.erase_batch().await? {}
            assert_eq!(org.routing_rules().await?, []);
            Ok::<_, UnitError>(())
        })
        .await;
}
