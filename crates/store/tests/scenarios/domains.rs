//! Domains and their verification.

use rstest::rstest;
use rstest_reuse::apply;
use store::{
    ConsoleAccount, DnsCheck, DnsCheckFilter, DnsVerification, DomainVerification, Member,
    MemberFilter, Page, StoreError, Tx,
};
use test_support::{Engine, each_database};

use crate::fixtures::{
    NOW, dns_domain, domain, member, member_id, now_plus, org_id, organization, person,
};
use crate::test_store::TestStore;

/// Seconds of a day.
const DAY: i64 = 24 * 3600;

/// The checks that are due at this second, when a domain is checked once a day and for thirty days.
fn due_checks_at(seconds: i64) -> DnsCheckFilter {
    DnsCheckFilter {
        checked_until: now_plus(seconds - DAY),
        unverified_since: now_plus(seconds - 30 * DAY),
        limit: 10,
    }
}

/// A check at this second. `missing_since` is the second since which the TXT record is missing.
fn dns_check(second: i64, missing_since: Option<i64>) -> DnsCheck {
    DnsCheck {
        checked_at: now_plus(second),
        answer: format!("seen at {second}"),
        missing_since: missing_since.map(now_plus),
    }
}

async fn domain_names_to_check(
    tx: &mut Tx,
    filter: &DnsCheckFilter,
) -> Result<Vec<String>, StoreError> {
    let domains = tx.domains_to_check(filter).await?;
    Ok(domains.into_iter().map(|domain| domain.name).collect())
}

#[apply(each_database)]
async fn the_result_of_a_dns_check_is_stored(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            let acme = org_id(1);
            let globex = org_id(2);
            for org in [1, 2] {
                tx.add_organization(&organization(org)).await??;
            }
            let mut org = tx.organization(&acme);
            org.add_domain(&dns_domain(1, "a.example")).await??;
            org.add_domain(&domain(1, "b.example", Some(NOW))).await??;
            assert_eq!(
                org.domain("a.example").await?,
                Some(dns_domain(1, "a.example"))
            );
            assert!(
                org.record_dns_check("a.example", &dns_check(5, Some(5)))
                    .await?
            );
            // Manual verification has no record, and c.example does not exist.
            assert!(
                !org.record_dns_check("b.example", &dns_check(5, None))
                    .await?
            );
            assert!(
                !org.record_dns_check("c.example", &dns_check(5, None))
                    .await?
            );
            let mut other = tx.organization(&globex);
            assert_eq!(other.domain("a.example").await?, None);
            assert!(
                !other
                    .record_dns_check("a.example", &dns_check(6, None))
                    .await?
            );
            assert!(
                !other
                    .claim_domain_check("a.example", now_plus(9), now_plus(9))
                    .await?
            );
            assert!(!other.unverify_domain("b.example").await?);
            Ok(())
        })
        .await;
    let mut tx = store.snapshot().await;
    let acme = org_id(1);
    let mut org = tx.organization(&acme);
    let stored = org.domain("a.example").await.unwrap().unwrap();
    assert_eq!(
        stored.verification,
        DomainVerification::Dns(DnsVerification {
            txt_record: "proof-1".to_owned(),
            checked_at: Some(now_plus(5)),
            answer: Some("seen at 5".to_owned()),
            missing_since: Some(now_plus(5)),
        })
    );
    assert_eq!(
        org.domain("b.example").await.unwrap(),
        Some(domain(1, "b.example", Some(NOW)))
    );
}

#[apply(each_database)]
async fn a_domain_is_checked_once_a_day_by_one_node(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            let acme = org_id(1);
            tx.add_organization(&organization(1)).await??;
            let mut org = tx.organization(&acme);
            org.add_domain(&dns_domain(1, "a.example")).await??;
            org.add_domain(&dns_domain(1, "b.example")).await??;
            org.add_domain(&domain(1, "c.example", Some(NOW))).await??;
            assert_eq!(
                domain_names_to_check(tx, &due_checks_at(1)).await?,
                ["a.example", "b.example"]
            );
            let mut org = tx.organization(&acme);
            assert!(
                org.claim_domain_check("a.example", now_plus(1 - DAY), now_plus(1))
                    .await?
            );
            assert!(
                !org.claim_domain_check("a.example", now_plus(2 - DAY), now_plus(2))
                    .await?
            );
            assert!(
                !org.claim_domain_check("c.example", now_plus(2 - DAY), now_plus(2))
                    .await?
            );
            assert_eq!(
                domain_names_to_check(tx, &due_checks_at(2)).await?,
                ["b.example"]
            );
            // The least recently checked first.
            assert_eq!(
                domain_names_to_check(tx, &due_checks_at(1 + DAY)).await?,
                ["b.example", "a.example"]
            );
            let one_check = DnsCheckFilter {
                limit: 1,
                ..due_checks_at(1 + DAY)
            };
            assert_eq!(domain_names_to_check(tx, &one_check).await?, ["b.example"]);
            let mut org = tx.organization(&acme);
            assert!(
                org.claim_domain_check("a.example", now_plus(1), now_plus(1 + DAY))
                    .await?
            );
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn an_unverified_domain_is_checked_for_a_limited_time(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            let acme = org_id(1);
            tx.add_organization(&organization(1)).await??;
            let mut org = tx.organization(&acme);
            for name in ["pending.example", "lost.example", "verified.example"] {
                org.add_domain(&dns_domain(1, name)).await??;
            }
            assert_eq!(org.verify_domain("verified.example", NOW).await?, Ok(true));
            org.record_dns_check("lost.example", &dns_check(20 * DAY, Some(20 * DAY)))
                .await?;
            assert_eq!(
                domain_names_to_check(tx, &due_checks_at(31 * DAY)).await?,
                ["verified.example", "lost.example"]
            );
            assert_eq!(
                domain_names_to_check(tx, &due_checks_at(51 * DAY)).await?,
                ["verified.example"]
            );
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn an_unverified_domain_can_be_verified_by_another_organization(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            for org in [1, 2] {
                tx.add_organization(&organization(org)).await??;
                tx.organization(&org_id(org))
                    .add_domain(&dns_domain(org, "a.example"))
                    .await??;
            }
            assert_eq!(
                tx.organization(&org_id(1))
                    .verify_domain("a.example", NOW)
                    .await?,
                Ok(true)
            );
            assert!(
                tx.organization(&org_id(2))
                    .verify_domain("a.example", NOW)
                    .await?
                    .is_err()
            );
            assert!(
                tx.organization(&org_id(1))
                    .unverify_domain("a.example")
                    .await?
            );
            assert!(
                !tx.organization(&org_id(1))
                    .unverify_domain("a.example")
                    .await?
            );
            assert_eq!(tx.organization_by_domain("a.example").await?, None);
            assert_eq!(
                tx.organization(&org_id(2))
                    .verify_domain("a.example", NOW)
                    .await?,
                Ok(true)
            );
            assert_eq!(
                tx.organization_by_domain("a.example").await?,
                Some(organization(2))
            );
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn email_addresses_in_an_unverified_domain_are_unverified(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            for org in [1, 2] {
                tx.add_organization(&organization(org)).await??;
                for (n, email) in [
                    (1, "Ada@A_b.example"),
                    (2, "eve@axb.example"),
                    (3, "joe@x.a_b.example"),
                ] {
                    let id = org_id(org);
                    let mut organization = tx.organization(&id);
                    organization.add_person(&person(org, n)).await?;
                    let mut member = member(org, n);
                    member.profile.email = Some(email.to_owned());
                    organization.add_member(&member).await??;
                }
            }
            let id = org_id(1);
            let mut first = tx.organization(&id);
            assert!(first.unverify_email_batch("a_b.example").await?);
            assert!(!first.unverify_email_batch("a_b.example").await?);
            Ok(())
        })
        .await;
    let mut tx = store.snapshot().await;
    let mut is_verified = async |org: u8| {
        let id = org_id(org);
        let mut org = tx.organization(&id);
        let members = org
            .members(&MemberFilter::default(), &Page::first(9))
            .await
            .unwrap();
        let verified_at = members
            .iter()
            .map(|member| member.profile.email_verified_at);
        verified_at.map(|time| time.is_some()).collect::<Vec<_>>()
    };
    assert_eq!(is_verified(1).await, [false, true, true]);
    assert_eq!(is_verified(2).await, [true; 3]);
}

#[apply(each_database)]
async fn console_accounts_are_listed_by_role(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            for org in [1, 2] {
                tx.add_organization(&organization(org)).await??;
            }
            for (org, n, role) in [
                (1, 1, "admin"),
                (1, 2, "member"),
                (1, 3, "admin"),
                (2, 4, "admin"),
            ] {
                let person = person(org, n);
                let id = org_id(org);
                let mut organization = tx.organization(&id);
                organization.add_person(&person).await?;
                let member = Member {
                    role: role.to_owned(),
                    ..member(org, n)
                };
                organization.add_member(&member).await??;
                let account = ConsoleAccount {
                    email: person.email.unwrap(),
                    person: person.id,
                };
                tx.add_console_account(&account, NOW).await?;
            }
            tx.organization(&org_id(1))
                .deactivate_member(&member_id(1, 3), NOW)
                .await?;
            let admins = tx
                .organization(&org_id(1))
                .console_accounts_with_role("admin")
                .await?;
            let emails: Vec<_> = admins.into_iter().map(|account| account.email).collect();
            assert_eq!(emails, ["p1@acme-1.example"]);
            Ok(())
        })
        .await;
}
