//! The health of all organizations for the operators, the most urgent issues first.

use std::collections::BTreeMap;

use base64_simd::STANDARD;
use config::Plans;
use jiff::{SignedDuration, Timestamp};
use runtime::app::App;
use runtime::problem::Problem;
use saml::certificate::Certificate;
use store::{
    AttemptCount, AttemptOutcome, ConnectionHealth, ConnectionState, DomainIssue, Health,
    Organization, OrganizationId,
};

use super::connection;

const SECONDS_PER_DAY: i64 = 24 * 60 * 60;
const ONE_DAY: SignedDuration = SignedDuration::from_hours(24);
const ONE_WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);
/// A draft counts as stale after this time without a change.
const STALE_DRAFT_AGE: SignedDuration = ONE_WEEK;

#[derive(Clone, Debug)]
pub struct OrganizationHealth {
    pub organization: Organization,
    pub connections: Vec<ConnectionSummary>,
    /// The most urgent issue first.
    pub issues: Vec<Issue>,
    /// The sign-ins of the last 24 hours.
    pub last_day: SignInCounts,
    /// The sign-ins of the last seven days.
    pub last_week: SignInCounts,
    /// The most common code of the rejected sign-ins of the last seven days.
    pub top_rejection_code: Option<String>,
}

#[derive(Clone, Debug)]
pub struct ConnectionSummary {
    pub name: String,
    pub state: ConnectionState,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SignInCounts {
    pub accepted: u64,
    pub rejected: u64,
}

/// An issue that needs attention. The order of the variants is that of urgency.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Issue {
    /// The plan does not include SAML SSO, so sign-ins through the active connection are rejected.
    PlanMismatch,
    /// All sign-ins of the last 24 hours were rejected.
    AllSignInsRejected,
    /// The last signing certificate of an active connection has expired.
    CertificateExpired { connection: String },
    /// A domain is no longer verified, because its DNS record was missing for too long.
    DomainLost { domain: String },
    /// The last signing certificate of an active connection expires within `days`.
    CertificateExpiring { days: i64, connection: String },
    /// More than half of the sign-ins of the last 24 hours were rejected.
    MostSignInsRejected,
    /// The DNS record of a verified domain is missing.
    DomainRecordMissing { domain: String },
    /// A draft has not changed for [`STALE_DRAFT_AGE`].
    StaleDraft { connection: String },
}

impl Issue {
    /// Whether members are affected now.
    pub const fn is_urgent(&self) -> bool {
        match self {
            Self::PlanMismatch
            | Self::AllSignInsRejected
            | Self::CertificateExpired { .. }
            | Self::DomainLost { .. } => true,
            Self::CertificateExpiring { .. }
            | Self::MostSignInsRejected
            | Self::DomainRecordMissing { .. }
            | Self::StaleDraft { .. } => false,
        }
    }
}

/// Lists all organizations, those with the most urgent issues first.
pub async fn list(app: &App) -> Result<Vec<OrganizationHealth>, Problem> {
    let now = app.clock.now();
    let mut tx = app.store.snapshot().await?;
    let health = tx.health(now - ONE_DAY, now - ONE_WEEK).await?;
    Ok(assess(health, &app.config.plans, now))
}

fn assess(health: Health, plans: &Plans, now: Timestamp) -> Vec<OrganizationHealth> {
    let expiries = certificate_expiries(&health);
    let mut connections = by_organization(health.connections, |row| &row.organization);
    let mut attempts = by_organization(health.attempts, |row| &row.organization);
    let mut domains = by_organization(health.domains, |row| &row.organization);
    let mut all: Vec<OrganizationHealth> = health
        .organizations
        .into_iter()
        .map(|organization| {
            let id = &organization.id;
            let connections = connections.remove(id).unwrap_or_default();
            let attempts = attempts.remove(id).unwrap_or_default();
            let last_day = sign_in_counts(&attempts, |row| row.recent);
            let mut issues: Vec<Issue> = sign_in_issue(last_day).into_iter().collect();
            let is_active = connections.iter().any(is_active);
            if is_active && !plans.includes_sso(&organization.plan) {
                issues.push(Issue::PlanMismatch);
            }
            for connection in &connections {
                let expiry = expiries.get(connection.id.as_str()).copied();
                issues.extend(connection_issues(connection, expiry, now));
            }
            let domains = domains.remove(id).unwrap_or_default();
            issues.extend(domains.into_iter().filter_map(domain_issue));
            issues.sort();
            OrganizationHealth {
                connections: connections
                    .into_iter()
                    .map(|connection| ConnectionSummary {
                        state: connection.lifecycle.state(),
                        name: connection.name,
                    })
                    .collect(),
                issues,
                last_day,
                last_week: sign_in_counts(&attempts, |row| row.total),
                top_rejection_code: top_rejection_code(&attempts),
                organization,
            }
        })
        .collect();
    // The sort is stable, so organizations with as many issues stay in alphabetical order.
    all.sort_by_key(|health| {
        let urgent = health.issues.iter().filter(|issue| issue.is_urgent());
        std::cmp::Reverse((urgent.count(), health.issues.len()))
    });
    all
}

fn by_organization<T>(
    rows: Vec<T>,
    organization: impl Fn(&T) -> &OrganizationId,
) -> BTreeMap<OrganizationId, Vec<T>> {
    let mut groups: BTreeMap<OrganizationId, Vec<T>> = BTreeMap::new();
    for row in rows {
        groups
            .entry(organization(&row).clone())
            .or_default()
            .push(row);
    }
    groups
}

/// When the last signing certificate of each active connection expires, by connection ID.
fn certificate_expiries(health: &Health) -> BTreeMap<String, Timestamp> {
    let mut expiries: BTreeMap<String, Timestamp> = BTreeMap::new();
    for row in &health.certificates {
        let der = STANDARD.decode_to_vec(&row.der_base64).ok();
        let certificate = der.and_then(|der| Certificate::from_der(&der).ok());
        if let Some(certificate) = certificate {
            let not_after = certificate.not_after();
            let expiry = expiries
                .entry(row.connection.to_string())
                .or_insert(not_after);
            *expiry = not_after.max(*expiry);
        }
    }
    expiries
}

fn is_active(connection: &ConnectionHealth) -> bool {
    connection.lifecycle.state() == ConnectionState::Active
}

fn sign_in_issue(last_day: SignInCounts) -> Option<Issue> {
    let SignInCounts { accepted, rejected } = last_day;
    if rejected == 0 {
        None
    } else if accepted == 0 {
        Some(Issue::AllSignInsRejected)
    } else {
        (rejected > accepted).then_some(Issue::MostSignInsRejected)
    }
}

fn connection_issues(
    connection: &ConnectionHealth,
    expiry: Option<Timestamp>,
    now: Timestamp,
) -> Vec<Issue> {
    let name = || connection.name.clone();
    let mut issues = Vec::new();
    if let Some(expiry) = expiry.filter(|_| is_active(connection)) {
        let seconds = expiry.duration_since(now).as_secs();
        if expiry <= now {
            issues.push(Issue::CertificateExpired { connection: name() });
        } else if expiry < now + connection::CERTIFICATE_EXPIRY_WARNING {
            issues.push(Issue::CertificateExpiring {
                days: seconds.div_euclid(SECONDS_PER_DAY),
                connection: name(),
            });
        }
    }
    let draft_changed_at = match connection.lifecycle.state() {
        ConnectionState::Draft | ConnectionState::Tested => Some(connection.lifecycle.created_at),
        ConnectionState::Active | ConnectionState::Disabled => connection.draft_updated_at,
    };
    if draft_changed_at.is_some_and(|changed_at| changed_at + STALE_DRAFT_AGE <= now) {
        issues.push(Issue::StaleDraft { connection: name() });
    }
    issues
}

fn domain_issue(domain: DomainIssue) -> Option<Issue> {
    match (domain.verified_at, domain.missing_since) {
        (None, Some(_)) => Some(Issue::DomainLost {
            domain: domain.name,
        }),
        (Some(_), Some(_)) => Some(Issue::DomainRecordMissing {
            domain: domain.name,
        }),
        // The DNS record of a new domain is still pending.
        (_, None) => None,
    }
}

fn sign_in_counts(attempts: &[AttemptCount], count: impl Fn(&AttemptCount) -> u64) -> SignInCounts {
    let sum = |outcome| {
        let rows = attempts.iter().filter(|row| row.outcome == outcome);
        rows.map(&count).sum::<u64>()
    };
    SignInCounts {
        accepted: sum(AttemptOutcome::Accepted),
        rejected: sum(AttemptOutcome::Rejected),
    }
}

fn top_rejection_code(attempts: &[AttemptCount]) -> Option<String> {
    let rejected = attempts
        .iter()
        .filter(|row| row.outcome == AttemptOutcome::Rejected);
    let most_common = rejected.max_by_key(|row| row.total)?;
    most_common.code.clone()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::no_sign_ins(0, 0, None)]
    #[case::half_rejected(5, 5, None)]
    #[case::most_rejected(5, 6, Some(Issue::MostSignInsRejected))]
    #[case::all_rejected(0, 1, Some(Issue::AllSignInsRejected))]
    fn sign_ins_are_an_issue_when_most_are_rejected(
        #[case] accepted: u64,
        #[case] rejected: u64,
        #[case] expected: Option<Issue>,
    ) {
        assert_eq!(sign_in_issue(SignInCounts { accepted, rejected }), expected);
    }

    #[test]
    fn urgent_issues_come_first() {
        let connection = || "Okta".to_owned();
        let mut issues = [
            Issue::StaleDraft {
                connection: connection(),
            },
            Issue::CertificateExpiring {
                days: 3,
                connection: connection(),
            },
            Issue::DomainLost {
                domain: "acme.example".to_owned(),
            },
            Issue::PlanMismatch,
        ];
        issues.sort();
        let urgent: Vec<bool> = issues.iter().map(Issue::is_urgent).collect();
        assert_eq!(urgent, [true, true, false, false]);
    }
}
