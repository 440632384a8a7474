//! The health of all organizations.

use jiff::Timestamp;
use rstest::rstest;
use rstest_reuse::apply;
use store::AttemptOrigin::{Solicited, Test, Unknown, Verified};
use store::AttemptOutcome::{Accepted, Rejected};
use store::{
    AttemptCount, AttemptOrigin, AttemptOutcome, CountedAttempt, DnsCheck, ExpiryCount,
    ExpiryLimits, Health, IssueCriteria, IssueKind, IssuePosition, OrganizationChange,
    RejectedSignIns, SignInCounts, UnreadCertificates,
};
use test_support::{Engine, each_database};

use crate::fixtures::{
    NOW, at_second, certificate, connection, connection_id, dns_domain, domain, draft, now_plus,
    org_id, set_up_organization,
};
use crate::test_store::TestStore;

const HOUR: i64 = 3600;

fn attempt_count(
    outcome: AttemptOutcome,
    code: Option<&str>,
    recent: u64,
    total: u64,
) -> AttemptCount {
    AttemptCount {
        outcome,
        code: code.map(str::to_owned),
        recent,
        total,
    }
}

/// An attempt at the first organization's connection, this many seconds after the start of the third hour.
fn counted_attempt(
    second: i64,
    origin: AttemptOrigin,
    outcome: AttemptOutcome,
    code: Option<&str>,
) -> CountedAttempt {
    CountedAttempt {
        connection: connection_id(1, 1),
        started_at: at_second(2 * HOUR + second),
        origin,
        outcome,
        code: code.map(str::to_owned),
    }
}

/// The issues of a kind, with drafts until a week after [`NOW`] and certificates until an hour after it.
fn criteria<'c>(plans_with_sso: &'c [String], search: Option<&'c str>) -> IssueCriteria<'c> {
    IssueCriteria {
        now: NOW,
        certificates_until: now_plus(HOUR),
        drafts_until: now_plus(7 * 24 * HOUR),
        plans_with_sso,
        search,
    }
}

fn position(at: Timestamp, org: u8, subject: &impl ToString) -> IssuePosition {
    IssuePosition {
        at: at.as_second(),
        organization: org_id(org),
        subject: subject.to_string(),
    }
}

#[apply(each_database)]
async fn an_empty_deployment_is_healthy(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    let mut snapshot = store.snapshot().await;
    let id = org_id(1);
    let health = snapshot.organization(&id).health(NOW, NOW).await.unwrap();
    assert_eq!(health, Health::default());
    for kind in IssueKind::ALL {
        let criteria = criteria(&[], None);
        let issues = snapshot.issues(*kind, &criteria, None, 9).await;
        assert_eq!(issues.unwrap(), [], "{kind}");
    }
}

#[apply(each_database)]
async fn issues_are_found_by_their_kind(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            for org in [1, 2, 3] {
                set_up_organization(tx, org).await?;
            }
            let starter = OrganizationChange {
                slug: "acme-1".to_owned(),
                name: "Acme 1".to_owned(),
                plan: "starter".to_owned(),
            };
            assert_eq!(
                tx.organization(&org_id(1)).update(&starter).await?,
                Ok(true)
            );
            for (org, at) in [(1, now_plus(-5)), (2, now_plus(5)), (3, now_plus(2 * HOUR))] {
                let connection = connection_id(org, 1);
                tx.organization(&org_id(org))
                    .set_certificates_expiry(&connection, at)
                    .await?;
            }
            let id = org_id(3);
            let mut third = tx.organization(&id);
            third.add_connection(&connection(3, 2)).await??;
            third.upsert_draft(&draft(3, 7)).await?;
            for name in ["lost.example", "missing.example", "pending.example"] {
                third.add_domain(&dns_domain(3, name)).await??;
            }
            for (name, at) in [("lost.example", 3), ("missing.example", 4)] {
                let check = DnsCheck {
                    checked_at: NOW,
                    answer: String::new(),
                    missing_since: Some(now_plus(at)),
                };
                assert!(third.record_dns_check(name, &check).await?);
            }
            third.verify_domain("missing.example", NOW).await??;
            third
                .record_rejection(NOW, Some(IssueKind::AllSignInsRejected))
                .await?;
            let id = org_id(2);
            let mut second = tx.organization(&id);
            second
                .record_rejection(NOW, Some(IssueKind::MostSignInsRejected))
                .await?;
            tx.organization(&org_id(1))
                .record_rejection(NOW, None)
                .await?;
            Ok(())
        })
        .await;
    let hour = NOW.as_second() - NOW.as_second() % HOUR;
    let first = at_second(0);
    let mut tx = store.snapshot().await;
    let plans = ["enterprise".to_owned()];
    let all = criteria(&plans, None);
    for (kind, expected) in [
        (
            IssueKind::PlanMismatch,
            vec![position(first, 1, &connection_id(1, 1))],
        ),
        (
            IssueKind::AllSignInsRejected,
            vec![position(at_second(hour), 3, &"")],
        ),
        (
            IssueKind::CertificateExpired,
            vec![position(now_plus(-5), 1, &connection_id(1, 1))],
        ),
        (
            IssueKind::DomainLost,
            vec![position(now_plus(3), 3, &"lost.example")],
        ),
        (
            IssueKind::CertificateExpiring,
            vec![position(now_plus(5), 2, &connection_id(2, 1))],
        ),
        (
            IssueKind::MostSignInsRejected,
            vec![position(at_second(hour), 2, &"")],
        ),
        (
            IssueKind::DomainRecordMissing,
            vec![position(now_plus(4), 3, &"missing.example")],
        ),
        (
            IssueKind::StaleDraft,
            vec![
                position(now_plus(2), 3, &connection_id(3, 2)),
                position(now_plus(7), 3, &connection_id(3, 1)),
            ],
        ),
    ] {
        let found = tx.issues(kind, &all, None, 9).await;
        assert_eq!(found.unwrap(), expected, "{kind}");
        // The page after the first issue has the others.
        let next = tx.issues(kind, &all, expected.first(), 9).await;
        assert_eq!(next.unwrap(), expected[1..], "{kind}");
    }
    let acme = criteria(&plans, Some("ACME-3"));
    let found = tx.issues(IssueKind::StaleDraft, &acme, None, 1).await;
    assert_eq!(found.unwrap().len(), 1);
    let found = tx.issues(IssueKind::CertificateExpired, &acme, None, 9);
    assert_eq!(found.await.unwrap(), []);
}

#[apply(each_database)]
async fn certificates_of_active_connections_are_read_once(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            for org in [1, 2] {
                set_up_organization(tx, org).await?;
            }
            let id = org_id(1);
            let mut org = tx.organization(&id);
            // The second connection is not active, so its certificates are not in use.
            org.add_connection(&connection(1, 2)).await??;
            let unread = |org| UnreadCertificates {
                organization: org_id(org),
                connection: connection_id(org, 1),
            };
            let found = tx.unread_certificates(9).await?;
            assert_eq!(found, [unread(1), unread(2)]);
            let connection = connection_id(1, 1);
            let mut org = tx.organization(&id);
            org.set_certificates_expiry(&connection, now_plus(1))
                .await?;
            let health = org.health(NOW, NOW).await?;
            let expiry = health.connections[0].certificates_expire_at;
            assert_eq!(expiry, Some(now_plus(1)));
            assert_eq!(tx.unread_certificates(9).await?, [unread(2)]);
            // New certificates are read again.
            let mut org = tx.organization(&id);
            org.replace_certificates(&connection, &[certificate(1)])
                .await?;
            assert_eq!(tx.unread_certificates(9).await?, [unread(1), unread(2)]);
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn organizations_with_rejected_sign_ins_are_listed_until_they_are_forgotten(
    #[case] engine: Engine,
) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            for org in [1, 2] {
                set_up_organization(tx, org).await?;
            }
            let id = org_id(1);
            let mut org = tx.organization(&id);
            for attempt in [
                counted_attempt(0, Verified, Accepted, None),
                counted_attempt(-1, Verified, Accepted, None),
                counted_attempt(0, Verified, Rejected, Some("audience")),
                counted_attempt(0, Unknown, Rejected, Some("audience")),
            ] {
                org.count_attempt(&attempt, None).await?;
            }
            org.record_rejection(at_second(2 * HOUR), None).await?;
            let issue = Some(IssueKind::AllSignInsRejected);
            org.set_sign_in_issue(issue).await?;
            let since = at_second(2 * HOUR + 5);
            let found = tx.rejected_sign_ins(None, since, 9).await?;
            let counts = SignInCounts {
                accepted: 1,
                rejected: 1,
            };
            let expected = RejectedSignIns {
                organization: org_id(1),
                issue,
                counts,
            };
            assert_eq!(found, [expected]);
            let next = tx.rejected_sign_ins(Some(&org_id(1)), since, 9).await?;
            assert_eq!(next, []);
            let mut org = tx.organization(&id);
            assert!(!org.forget_rejections(since).await?);
            assert!(org.forget_rejections(at_second(3 * HOUR)).await?);
            assert_eq!(tx.rejected_sign_ins(None, since, 9).await?, []);
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn attempts_are_counted_by_outcome_and_code(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            for org in [1, 2] {
                set_up_organization(tx, org).await?;
            }
            let id = org_id(1);
            let mut org = tx.organization(&id);
            for attempt in [
                counted_attempt(0, Verified, Accepted, None),
                counted_attempt(-1, Verified, Accepted, None),
                counted_attempt(-HOUR - 1, Verified, Accepted, None),
                counted_attempt(-1, Verified, Rejected, Some("audience")),
                counted_attempt(1, Solicited, Rejected, Some("audience")),
                counted_attempt(HOUR, Verified, Rejected, Some("expired")),
                counted_attempt(0, Test, Rejected, Some("audience")),
                counted_attempt(0, Unknown, Rejected, Some("audience")),
            ] {
                assert!(org.count_attempt(&attempt, None).await?);
            }
            let health = org
                .health(at_second(2 * HOUR + 99), at_second(HOUR))
                .await?;
            assert_eq!(
                health.attempts,
                [
                    attempt_count(Accepted, None, 1, 2),
                    attempt_count(Rejected, Some("audience"), 1, 2),
                    attempt_count(Rejected, Some("expired"), 1, 1),
                ]
            );
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn connections_and_domains_of_an_organization_are_listed(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            for org in [1, 2] {
                set_up_organization(tx, org).await?;
            }
            let id = org_id(1);
            let mut org = tx.organization(&id);
            org.add_connection(&connection(1, 2)).await??;
            org.upsert_draft(&draft(1, 7)).await?;
            org.add_domain(&domain(1, "verified.example", Some(now_plus(1))))
                .await??;
            org.add_domain(&dns_domain(1, "pending.example")).await??;
            let health = org.health(NOW, NOW).await?;
            let drafts: Vec<_> = health
                .connections
                .into_iter()
                .map(|found| (found.id, found.draft_updated_at))
                .collect();
            assert_eq!(
                drafts,
                [
                    (connection_id(1, 1), Some(now_plus(7))),
                    (connection_id(1, 2), None),
                ]
            );
            let names: Vec<_> = health.domains.iter().map(|found| &found.name).collect();
            assert_eq!(names, ["pending.example"]);
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn active_connections_are_counted_by_the_expiry_of_their_certificates(
    #[case] engine: Engine,
) {
    let store = TestStore::open(engine).await;
    let limits = ExpiryLimits {
        now: NOW,
        soon: now_plus(7),
        later: now_plus(30),
    };
    let counted = store
        .write(async move |tx| {
            for (org, seconds) in [(1, 0), (2, 1), (3, 7), (4, 8), (5, 30), (6, 31), (7, 32)] {
                set_up_organization(tx, org).await?;
                let id = org_id(org);
                let mut org_tx = tx.organization(&id);
                let connection = connection_id(org, 1);
                org_tx
                    .set_certificates_expiry(&connection, now_plus(seconds))
                    .await?;
            }
            let id = org_id(7);
            let disabled = connection_id(7, 1);
            tx.organization(&id).disable(&disabled, NOW).await?;
            Ok(tx.count_certificate_expiries(&limits).await?)
        })
        .await;
    let expected = ExpiryCount {
        expired: 1,
        soon: 2,
        later: 2,
        after: 1,
    };
    assert_eq!(counted, expected);
}

#[apply(each_database)]
async fn attempts_above_the_limit_of_an_hour_are_counted_but_not_recorded(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    let mut recorded = Vec::new();
    store
        .write(async |tx| set_up_organization(tx, 1).await)
        .await;
    for second in [0, 1, 2, HOUR] {
        let attempt = counted_attempt(second, Unknown, Rejected, Some("encoding"));
        let is_recorded = store.write(async move |tx| {
            let id = org_id(1);
            Ok(tx
                .organization(&id)
                .count_attempt(&attempt, Some(2))
                .await?)
        });
        recorded.push(is_recorded.await);
    }
    assert_eq!(recorded, [true, true, false, true]);
    let mut snapshot = store.snapshot().await;
    let id = org_id(1);
    let mut org = snapshot.organization(&id);
    let since = org
        .unrecorded_attempts(at_second(2 * HOUR + 5))
        .await
        .unwrap();
    assert_eq!(since, 1);
    assert_eq!(
        org.unrecorded_attempts(at_second(3 * HOUR)).await.unwrap(),
        0
    );
}
