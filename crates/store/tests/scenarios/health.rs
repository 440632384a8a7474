//! The health of all organizations.

use rstest::rstest;
use rstest_reuse::apply;
use store::AttemptOrigin::{Solicited, Test, Unknown, Verified};
use store::AttemptOutcome::{Accepted, Rejected};
use store::{AttemptCount, AttemptOrigin, AttemptOutcome, CountedAttempt, Health};
use test_support::{Engine, each_database};

use crate::fixtures::{
    NOW, at_second, certificate, connection, connection_id, dns_domain, domain, draft, now_plus,
    org_id, organization, set_up_organization,
};
use crate::test_store::TestStore;

const HOUR: i64 = 3600;

fn attempt_count(
    org: u8,
    outcome: AttemptOutcome,
    code: Option<&str>,
    recent: u64,
    total: u64,
) -> AttemptCount {
    AttemptCount {
        organization: org_id(org),
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

#[apply(each_database)]
async fn an_empty_deployment_is_healthy(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    let health = store.snapshot().await.health(NOW, NOW).await.unwrap();
    assert_eq!(health, Health::default());
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
            let health = tx.health(at_second(2 * HOUR + 99), at_second(HOUR)).await?;
            assert_eq!(
                health.attempts,
                [
                    attempt_count(1, Accepted, None, 1, 2),
                    attempt_count(1, Rejected, Some("audience"), 1, 2),
                    attempt_count(1, Rejected, Some("expired"), 1, 1),
                ]
            );
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn connections_certificates_and_domains_of_all_organizations_are_listed(
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
            org.add_connection(&connection(1, 2)).await??;
            org.upsert_draft(&draft(1, 7)).await?;
            org.add_domain(&domain(1, "verified.example", Some(now_plus(1))))
                .await??;
            org.add_domain(&dns_domain(1, "pending.example")).await??;
            let health = tx.health(NOW, NOW).await?;
            assert_eq!(health.organizations, [organization(1), organization(2)]);
            let drafts: Vec<_> = health
                .connections
                .into_iter()
                .map(|found| (found.organization, found.id, found.draft_updated_at))
                .collect();
            assert_eq!(
                drafts,
                [
                    (org_id(1), connection_id(1, 1), Some(now_plus(7))),
                    (org_id(1), connection_id(1, 2), None),
                    (org_id(2), connection_id(2, 1), None),
                ]
            );
            // The second connection is not active, so its certificates are not in use.
            let in_use: Vec<_> = health
                .certificates
                .into_iter()
                .map(|found| (found.connection, found.der_base64))
                .collect();
            assert_eq!(
                in_use,
                [
                    (connection_id(1, 1), certificate(9).der_base64),
                    (connection_id(1, 1), certificate(3).der_base64),
                    (connection_id(2, 1), certificate(9).der_base64),
                    (connection_id(2, 1), certificate(3).der_base64),
                ]
            );
            let names: Vec<_> = health.domains.iter().map(|found| &found.name).collect();
            assert_eq!(names, ["pending.example"]);
            Ok(())
        })
        .await;
}

#[apply(each_database)]
async fn the_certificates_of_active_connections_are_read_in_parts(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            for org in [1, 2] {
                set_up_organization(tx, org).await?;
            }
            let id = org_id(1);
            tx.organization(&id)
                .add_connection(&connection(1, 2))
                .await??;
            let mut connections = Vec::new();
            let mut after = None;
            loop {
                let part = tx.certificates_in_use_after(after.as_ref(), 1).await?;
                let Some(last) = part.last() else { break };
                after = Some(last.connection.clone());
                connections.push((last.connection.clone(), part.len()));
            }
            // The second connection of the first organization is not active.
            assert_eq!(
                connections,
                [(connection_id(1, 1), 2), (connection_id(2, 1), 2)]
            );
            Ok(())
        })
        .await;
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
