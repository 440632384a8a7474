//! Domains and their verification.

use store::{ConsoleAccount, DnsCheck, DnsCheckFilter, DnsVerification, DomainVerification, Page};

use crate::database::{on_each_database, reading, writing};
use crate::samples::{NOW, claim, domain, later, mem_id, member, org_id, organization, person};

const DAY: i64 = 24 * 3600;

/// The due checks at this second, when a domain is checked once a day and for thirty days.
fn due(seconds: i64) -> DnsCheckFilter {
    DnsCheckFilter {
        checked_until: later(seconds - DAY),
        unverified_since: later(seconds - 30 * DAY),
        limit: 10,
    }
}

fn check(at: i64, missing_since: Option<i64>) -> DnsCheck {
    DnsCheck {
        checked_at: later(at),
        answer: format!("seen at {at}"),
        missing_since: missing_since.map(later),
    }
}

on_each_database! {
    async fn the_result_of_a_dns_check_is_stored(store) {
        writing!(store, tx => {
            let acme = org_id(1);
            let globex = org_id(2);
            for org in [1, 2] { tx.add_organization(&organization(org)).await??; }
            let mut org = tx.organization(&acme);
            org.add_domain(&claim(1, "a.example")).await??;
            org.add_domain(&domain(1, "b.example", Some(NOW))).await??;
            assert_eq!(org.domain("a.example").await?, Some(claim(1, "a.example")));
            assert!(org.record_dns_check("a.example", &check(5, Some(5))).await?);
            // Manual verification has no record, and c.example does not exist.
            assert!(!org.record_dns_check("b.example", &check(5, None)).await?);
            assert!(!org.record_dns_check("c.example", &check(5, None)).await?);
            let mut other = tx.organization(&globex);
            assert_eq!(other.domain("a.example").await?, None);
            assert!(!other.record_dns_check("a.example", &check(6, None)).await?);
            assert!(!other.claim_domain_check("a.example", later(9), later(9)).await?);
            assert!(!other.unverify_domain("b.example").await?);
        });
        reading!(store, tx => {
            let acme = org_id(1);
            let mut org = tx.organization(&acme);
            let stored = org.domain("a.example").await?.unwrap();
            assert_eq!(stored.verification, DomainVerification::Dns(DnsVerification {
                txt_record: "proof-1".to_owned(),
                checked_at: Some(later(5)),
                answer: Some("seen at 5".to_owned()),
                missing_since: Some(later(5)),
            }));
            assert_eq!(org.domain("b.example").await?, Some(domain(1, "b.example", Some(NOW))));
        });
    }

    async fn a_domain_is_checked_once_a_day_by_one_node(store) {
        writing!(store, tx => {
            let acme = org_id(1);
            tx.add_organization(&organization(1)).await??;
            let mut org = tx.organization(&acme);
            org.add_domain(&claim(1, "a.example")).await??;
            org.add_domain(&claim(1, "b.example")).await??;
            org.add_domain(&domain(1, "c.example", Some(NOW))).await??;
            let names = |domains: Vec<store::Domain>| domains.into_iter().map(|one| one.name).collect::<Vec<_>>();
            assert_eq!(names(tx.domains_to_check(&due(1)).await?), ["a.example", "b.example"]);
            let mut org = tx.organization(&acme);
            assert!(org.claim_domain_check("a.example", later(1 - DAY), later(1)).await?);
            assert!(!org.claim_domain_check("a.example", later(2 - DAY), later(2)).await?);
            assert!(!org.claim_domain_check("c.example", later(2 - DAY), later(2)).await?);
            assert_eq!(names(tx.domains_to_check(&due(2)).await?), ["b.example"]);
            // The least recently checked first.
            assert_eq!(names(tx.domains_to_check(&due(1 + DAY)).await?), ["b.example", "a.example"]);
            assert_eq!(names(tx.domains_to_check(&DnsCheckFilter { limit: 1, ..due(1 + DAY) }).await?), ["b.example"]);
            let mut org = tx.organization(&acme);
            assert!(org.claim_domain_check("a.example", later(1), later(1 + DAY)).await?);
        });
    }

    async fn an_unverified_domain_is_checked_for_a_limited_time(store) {
        writing!(store, tx => {
            let acme = org_id(1);
            tx.add_organization(&organization(1)).await??;
            let mut org = tx.organization(&acme);
            for name in ["claimed.example", "lost.example", "verified.example"] {
                org.add_domain(&claim(1, name)).await??;
            }
            assert_eq!(org.verify_domain("verified.example", NOW).await?, Ok(true));
            org.record_dns_check("lost.example", &check(20 * DAY, Some(20 * DAY))).await?;
            let names = |domains: Vec<store::Domain>| domains.into_iter().map(|one| one.name).collect::<Vec<_>>();
            assert_eq!(
                names(tx.domains_to_check(&due(31 * DAY)).await?),
                ["verified.example", "lost.example"]
            );
            assert_eq!(names(tx.domains_to_check(&due(51 * DAY)).await?), ["verified.example"]);
        });
    }

    async fn an_unverified_domain_can_be_verified_by_another_organization(store) {
        writing!(store, tx => {
            for org in [1, 2] {
                tx.add_organization(&organization(org)).await??;
                tx.organization(&org_id(org)).add_domain(&claim(org, "a.example")).await??;
            }
            assert_eq!(tx.organization(&org_id(1)).verify_domain("a.example", NOW).await?, Ok(true));
            assert!(tx.organization(&org_id(2)).verify_domain("a.example", NOW).await?.is_err());
            assert!(tx.organization(&org_id(1)).unverify_domain("a.example").await?);
            assert!(!tx.organization(&org_id(1)).unverify_domain("a.example").await?);
            assert_eq!(tx.organization_by_domain("a.example").await?, None);
            assert_eq!(tx.organization(&org_id(2)).verify_domain("a.example", NOW).await?, Ok(true));
            assert_eq!(tx.organization_by_domain("a.example").await?, Some(organization(2)));
        });
    }

    async fn email_addresses_in_an_unverified_domain_are_unverified(store) {
        writing!(store, tx => {
            for org in [1, 2] {
                tx.add_organization(&organization(org)).await??;
                for (n, email) in [(1, "Ada@A_b.example"), (2, "eve@axb.example"), (3, "joe@x.a_b.example")] {
                    let id = org_id(org);
                let mut tenant = tx.organization(&id);
                    tenant.add_person(&person(org, n)).await?;
                    let mut member = member(org, n);
                    member.profile.email = Some(email.to_owned());
                    tenant.add_member(&member).await??;
                }
            }
            tx.organization(&org_id(1)).unverify_emails("a_b.example").await?;
        });
        reading!(store, tx => {
            for (org, expected) in [(1, [false, true, true]), (2, [true; 3])] {
                let members = tx.organization(&org_id(org)).members(&Page::first(9)).await?;
                let believed: Vec<_> = members.iter().map(|one| one.profile.email_verified_at.is_some()).collect();
                assert_eq!(believed, expected, "{org}");
            }
        });
    }

    async fn console_accounts_are_listed_by_role(store) {
        writing!(store, tx => {
            for org in [1, 2] { tx.add_organization(&organization(org)).await??; }
            for (org, n, role) in [(1, 1, "admin"), (1, 2, "member"), (1, 3, "admin"), (2, 4, "admin")] {
                let person = person(org, n);
                let id = org_id(org);
                let mut tenant = tx.organization(&id);
                tenant.add_person(&person).await?;
                let member = store::Member { role: role.to_owned(), ..member(org, n) };
                tenant.add_member(&member).await??;
                let email = person.email.unwrap();
                tx.add_console_account(&ConsoleAccount { email, person: person.id }, NOW).await?;
            }
            tx.organization(&org_id(1)).deactivate_member(&mem_id(1, 3), NOW).await?;
            let admins = tx.organization(&org_id(1)).console_accounts_with_role("admin").await?;
            let emails: Vec<_> = admins.into_iter().map(|one| one.email).collect();
            assert_eq!(emails, ["p1@acme-1.example"]);
        });
    }
}
