//! The health of all organizations.

use store::{Attempt, AttemptCount, AttemptKind, AttemptOutcome, Health};

use crate::database::{on_each_database, writing};
use crate::samples::{
    at_second, attempt, bits, certificate, claim, con_id, connection, domain, draft, later, org_id,
    organization, set_up_organization,
};

fn count(
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

fn ended(n: u8, at: i64, outcome: AttemptOutcome, code: Option<&str>) -> Attempt {
    Attempt {
        id: store::AttemptId::from_random(bits(1, n)),
        started_at: at_second(at),
        outcome: Some(outcome),
        code: code.map(str::to_owned),
        ..attempt(1, n)
    }
}

on_each_database! {
    async fn an_empty_deployment_is_healthy(store) {
        writing!(store, tx => {
            assert_eq!(tx.health(later(0), later(0)).await?, Health::default());
        });
    }

    async fn attempts_are_counted_by_outcome_and_code(store) {
        writing!(store, tx => {
            for org in [1, 2] { set_up_organization(tx, org).await?; }
            let id = org_id(1);
            let mut org = tx.organization(&id);
            for one in [
                ended(1, 1000, AttemptOutcome::Accepted, None),
                ended(2, 500, AttemptOutcome::Accepted, None),
                ended(3, 499, AttemptOutcome::Accepted, None),
                ended(4, 999, AttemptOutcome::Refused, Some("audience")),
                ended(5, 1000, AttemptOutcome::Refused, Some("audience")),
                ended(6, 1001, AttemptOutcome::Refused, Some("expired")),
                Attempt { kind: AttemptKind::Test, ..ended(7, 1001, AttemptOutcome::Refused, Some("audience")) },
                Attempt { outcome: None, ..ended(8, 1001, AttemptOutcome::Refused, None) },
            ] {
                org.add_attempt(&one).await?;
            }
            let health = tx.health(at_second(1000), at_second(500)).await?;
            assert_eq!(health.attempts, [
                count(1, AttemptOutcome::Accepted, None, 1, 2),
                count(1, AttemptOutcome::Refused, Some("audience"), 1, 2),
                count(1, AttemptOutcome::Refused, Some("expired"), 1, 1),
            ]);
        });
    }

    async fn connections_certificates_and_domains_of_all_organizations_are_listed(store) {
        writing!(store, tx => {
            for org in [1, 2] { set_up_organization(tx, org).await?; }
            let id = org_id(1);
            let mut org = tx.organization(&id);
            org.add_connection(&connection(1, 2)).await??;
            org.upsert_draft(&draft(1, 7)).await?;
            org.add_domain(&domain(1, "fine.example", Some(later(1)))).await??;
            org.add_domain(&claim(1, "claimed.example")).await??;
            let health = tx.health(later(0), later(0)).await?;
            assert_eq!(health.organizations, [organization(1), organization(2)]);
            let seen: Vec<_> = health.connections.iter()
                .map(|one| (one.organization.clone(), one.id.clone(), one.draft_updated_at)).collect();
            assert_eq!(seen, [
                (org_id(1), con_id(1, 1), Some(later(7))),
                (org_id(1), con_id(1, 2), None),
                (org_id(2), con_id(2, 1), None),
            ]);
            // The second connection is not active, so its certificates are not in use.
            let used: Vec<_> = health.certificates.iter()
                .map(|one| (one.connection.clone(), one.der_base64.clone())).collect();
            assert_eq!(used, [
                (con_id(1, 1), certificate(9).der_base64),
                (con_id(1, 1), certificate(3).der_base64),
                (con_id(2, 1), certificate(9).der_base64),
                (con_id(2, 1), certificate(3).der_base64),
            ]);
            let names: Vec<_> = health.domains.iter().map(|one| one.name.as_str()).collect();
            assert_eq!(names, ["claimed.example"]);
        });
    }
}
