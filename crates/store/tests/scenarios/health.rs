//! The health of all organizations.

use rstest::rstest;
use rstest_reuse::apply;
use store::{Attempt, AttemptCount, AttemptId, AttemptKind, AttemptOutcome, Health};
use test_support::{Engine, each_database};

use crate::fixtures::{
    NOW, at_second, attempt, certificate, connection, connection_id, dns_domain, domain, draft,
    id_bytes, now_plus, org_id, organization, set_up_organization,
};
use crate::test_store::TestStore;

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

fn finished_attempt(n: u8, second: i64, outcome: AttemptOutcome, code: Option<&str>) -> Attempt {
    Attempt {
        id: AttemptId::from_random(id_bytes(1, n)),
        started_at: at_second(second),
        outcome: Some(outcome),
        code: code.map(str::to_owned),
        ..attempt(1, n)
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
                finished_attempt(1, 1000, AttemptOutcome::Accepted, None),
                finished_attempt(2, 500, AttemptOutcome::Accepted, None),
                finished_attempt(3, 499, AttemptOutcome::Accepted, None),
                finished_attempt(4, 999, AttemptOutcome::Rejected, Some("audience")),
                finished_attempt(5, 1000, AttemptOutcome::Rejected, Some("audience")),
                finished_attempt(6, 1001, AttemptOutcome::Rejected, Some("expired")),
                Attempt {
                    kind: AttemptKind::Test,
                    ..finished_attempt(7, 1001, AttemptOutcome::Rejected, Some("audience"))
                },
                Attempt {
                    outcome: None,
                    ..finished_attempt(8, 1001, AttemptOutcome::Rejected, None)
                },
            ] {
                org.add_attempt(&attempt).await?;
            }
            let health = tx.health(at_second(1000), at_second(500)).await?;
            assert_eq!(
                health.attempts,
                [
                    attempt_count(1, AttemptOutcome::Accepted, None, 1, 2),
                    attempt_count(1, AttemptOutcome::Rejected, Some("audience"), 1, 2),
                    attempt_count(1, AttemptOutcome::Rejected, Some("expired"), 1, 1),
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
