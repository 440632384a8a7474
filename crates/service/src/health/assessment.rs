//! Judges the health of one organization.

use config::Plans;
use jiff::{SignedDuration, Timestamp};
use store::{
    AttemptCount, AttemptOutcome, ConnectionHealth, ConnectionState, DomainIssue, Health,
    IssueKind, Organization, SignInCounts,
};

use super::sign_ins::sign_in_issue;
use crate::connection;

const SECONDS_PER_DAY: i64 = 24 * 60 * 60;
pub(super) const ONE_DAY: SignedDuration = SignedDuration::from_hours(24);
pub(super) const ONE_WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);
/// A draft counts as stale after this time without a change.
pub(super) const STALE_DRAFT_AGE: SignedDuration = ONE_WEEK;
/// The number of connections that the database gives at most.
const MAX_CONNECTIONS: usize = 50;

#[derive(Clone, Debug)]
pub struct OrganizationHealth {
    pub organization: Organization,
    pub connections: Vec<ConnectionSummary>,
    /// Whether the organization may have more connections, and their issues.
    pub is_truncated: bool,
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

/// An issue that needs attention. The most urgent one is the least.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Issue {
    pub kind: IssueKind,
    /// Orders the issues of a kind, in seconds.
    at: i64,
    /// The ID of a connection, or a domain; empty for an issue of the whole organization.
    pub subject: String,
    /// The name of the subject.
    pub name: String,
    /// In how many days a certificate expires.
    pub days: i64,
}

impl Issue {
    /// Whether members are affected now.
    pub const fn is_urgent(&self) -> bool {
        match self.kind {
            IssueKind::PlanMismatch
            | IssueKind::AllSignInsRejected
            | IssueKind::CertificateExpired
            | IssueKind::DomainLost => true,
            IssueKind::CertificateExpiring
            | IssueKind::MostSignInsRejected
            | IssueKind::DomainRecordMissing
            | IssueKind::StaleDraft => false,
        }
    }

    fn of_organization(kind: IssueKind) -> Self {
        Self {
            kind,
            at: 0,
            subject: String::new(),
            name: String::new(),
            days: 0,
        }
    }

    fn of_connection(kind: IssueKind, connection: &ConnectionHealth, at: Timestamp) -> Self {
        Self {
            at: at.as_second(),
            subject: connection.id.to_string(),
            name: connection.name.clone(),
            ..Self::of_organization(kind)
        }
    }
}

pub(super) fn assess(
    organization: Organization,
    health: Health,
    plans: &Plans,
    now: Timestamp,
) -> OrganizationHealth {
    let Health {
        connections,
        attempts,
        domains,
    } = health;
    let last_day = sign_in_counts(&attempts, |row| row.recent);
    let sign_ins = sign_in_issue(last_day).map(Issue::of_organization);
    let mut issues: Vec<Issue> = sign_ins.into_iter().collect();
    let active = connections
        .iter()
        .filter(|connection| is_active(connection));
    let first_active = active.min_by_key(|connection| connection.id.to_string());
    if let Some(connection) = first_active.filter(|_| !plans.includes_sso(&organization.plan)) {
        let kind = IssueKind::PlanMismatch;
        issues.push(Issue::of_connection(
            kind,
            connection,
            Timestamp::UNIX_EPOCH,
        ));
    }
    for connection in &connections {
        issues.extend(certificate_issue(connection, now));
        issues.extend(draft_issue(connection, now));
    }
    issues.extend(domains.into_iter().filter_map(domain_issue));
    issues.sort();
    let summary = |connection: ConnectionHealth| ConnectionSummary {
        state: connection.lifecycle.state(),
        name: connection.name,
    };
    OrganizationHealth {
        is_truncated: connections.len() >= MAX_CONNECTIONS,
        connections: connections.into_iter().map(summary).collect(),
        issues,
        last_day,
        last_week: sign_in_counts(&attempts, |row| row.total),
        top_rejection_code: top_rejection_code(&attempts),
        organization,
    }
}

fn is_active(connection: &ConnectionHealth) -> bool {
    connection.lifecycle.state() == ConnectionState::Active
}

fn certificate_issue(connection: &ConnectionHealth, now: Timestamp) -> Option<Issue> {
    let expiry = connection
        .certificates_expire_at
        .filter(|_| is_active(connection))?;
    if expiry <= now {
        let kind = IssueKind::CertificateExpired;
        return Some(Issue::of_connection(kind, connection, expiry));
    }
    let seconds = expiry.duration_since(now).as_secs();
    let is_near = expiry < now + connection::CERTIFICATE_EXPIRY_WARNING;
    is_near.then(|| Issue {
        days: seconds.div_euclid(SECONDS_PER_DAY),
        ..Issue::of_connection(IssueKind::CertificateExpiring, connection, expiry)
    })
}

fn draft_issue(connection: &ConnectionHealth, now: Timestamp) -> Option<Issue> {
    let changed_at = match connection.lifecycle.state() {
        ConnectionState::Draft | ConnectionState::Tested => Some(connection.lifecycle.created_at),
        ConnectionState::Active | ConnectionState::Disabled => connection.draft_updated_at,
    }?;
    let is_stale = changed_at + STALE_DRAFT_AGE <= now;
    is_stale.then(|| Issue::of_connection(IssueKind::StaleDraft, connection, changed_at))
}

fn domain_issue(domain: DomainIssue) -> Option<Issue> {
    let kind = match domain.verified_at {
        None => IssueKind::DomainLost,
        Some(_) => IssueKind::DomainRecordMissing,
    };
    // Otherwise the DNS record of a new domain is still pending.
    let missing_since = domain.missing_since?;
    Some(Issue {
        at: missing_since.as_second(),
        subject: domain.name.clone(),
        name: domain.name,
        ..Issue::of_organization(kind)
    })
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
    use super::*;

    #[test]
    fn urgent_issues_come_first() {
        let mut issues = [
            IssueKind::StaleDraft,
            IssueKind::CertificateExpiring,
            IssueKind::DomainLost,
            IssueKind::PlanMismatch,
        ]
        .map(Issue::of_organization);
        issues.sort();
        let urgent: Vec<bool> = issues.iter().map(Issue::is_urgent).collect();
        assert_eq!(urgent, [true, true, false, false]);
    }
}
