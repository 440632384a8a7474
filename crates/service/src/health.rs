//! How all organizations are, for whoever runs the deployment: what needs a hand comes first.

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

const DAY: i64 = 24 * 60 * 60;
/// A draft that nobody has touched for so long has been forgotten.
const DRAFT_DAYS: i64 = 7;

/// How one organization is.
#[derive(Clone, Debug)]
pub struct OrganizationHealth {
    /// The organization.
    pub organization: Organization,
    /// Its connections: the name and how far each has come.
    pub connections: Vec<(String, ConnectionState)>,
    /// What needs a hand, the worst first.
    pub troubles: Vec<Trouble>,
    /// Its sign-ins of the last 24 hours.
    pub day: Tally,
    /// Its sign-ins of the last seven days.
    pub week: Tally,
    /// Why most of those were refused that were.
    pub top_code: Option<String>,
}

/// How many sign-ins ended well, and how many did not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Who came in.
    pub accepted: u64,
    /// Who did not.
    pub refused: u64,
}

/// Something that needs a hand. The order is that of urgency.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trouble {
    /// There is an active connection, and the plan does not include it: nobody comes in.
    PlanMismatch,
    /// No sign-in of the last 24 hours ended well.
    NobodyComesIn,
    /// The last certificate of an active connection is over.
    CertificateOver {
        /// The connection's name.
        connection: String,
    },
    /// A domain was proved and is not any more.
    DomainLost {
        /// Its name.
        domain: String,
    },
    /// The last certificate of an active connection is over soon.
    CertificateEnds {
        /// In how many days.
        days: i64,
        /// The connection's name.
        connection: String,
    },
    /// More sign-ins of the last 24 hours were refused than ended well.
    MostAreRefused,
    /// The record of a domain that still counts is missing.
    DomainMissing {
        /// Its name.
        domain: String,
    },
    /// Somebody began to change a connection, and has not gone on for a while.
    DraftLiesAround {
        /// The connection's name.
        connection: String,
    },
}

impl Trouble {
    /// Whether members feel it now.
    pub const fn is_urgent(&self) -> bool {
        match self {
            Self::PlanMismatch
            | Self::NobodyComesIn
            | Self::CertificateOver { .. }
            | Self::DomainLost { .. } => true,
            Self::CertificateEnds { .. }
            | Self::MostAreRefused
            | Self::DomainMissing { .. }
            | Self::DraftLiesAround { .. } => false,
        }
    }
}

/// All organizations, those first that need a hand.
///
/// # Errors
///
/// When the database fails.
pub async fn of_all(app: &App) -> Result<Vec<OrganizationHealth>, Problem> {
    let now = app.clock.now();
    let (lately, since) = (
        now + SignedDuration::from_secs(-DAY),
        now + SignedDuration::from_secs(-7 * DAY),
    );
    let health = app.store.snapshot().await?.health(lately, since).await?;
    Ok(judge(health, &app.config.plans, now))
}

fn judge(health: Health, plans: &Plans, now: Timestamp) -> Vec<OrganizationHealth> {
    let ends = ends(&health);
    let mut connections = by_organization(health.connections, |one| &one.organization);
    let mut attempts = by_organization(health.attempts, |one| &one.organization);
    let mut domains = by_organization(health.domains, |one| &one.organization);
    let mut all: Vec<OrganizationHealth> = health
        .organizations
        .into_iter()
        .map(|organization| {
            let id = &organization.id;
            let connections = connections.remove(id).unwrap_or_default();
            let attempts = attempts.remove(id).unwrap_or_default();
            let day = tally(&attempts, |one| one.recent);
            let mut troubles = troubles_of_sign_ins(day);
            let is_active = connections.iter().any(is_active);
            if is_active && !plans.includes_sso(&organization.plan) {
                troubles.push(Trouble::PlanMismatch);
            }
            for connection in &connections {
                let until = ends.get(connection.id.as_str()).copied();
                troubles.extend(troubles_of_connection(connection, until, now));
            }
            let domains = domains.remove(id).unwrap_or_default();
            troubles.extend(domains.into_iter().filter_map(trouble_of_domain));
            troubles.sort();
            OrganizationHealth {
                connections: connections
                    .into_iter()
                    .map(|one| (one.name, one.lifecycle.state()))
                    .collect(),
                troubles,
                day,
                week: tally(&attempts, |one| one.total),
                top_code: top_code(&attempts),
                organization,
            }
        })
        .collect();
    // The sort is stable: among those that are equally well it stays the alphabet.
    all.sort_by_key(|one| {
        let urgent = one.troubles.iter().filter(|one| one.is_urgent()).count();
        std::cmp::Reverse((urgent, one.troubles.len()))
    });
    all
}

fn by_organization<T>(
    rows: Vec<T>,
    organization: impl Fn(&T) -> &OrganizationId,
) -> BTreeMap<OrganizationId, Vec<T>> {
    let mut sorted: BTreeMap<OrganizationId, Vec<T>> = BTreeMap::new();
    for row in rows {
        sorted
            .entry(organization(&row).clone())
            .or_default()
            .push(row);
    }
    sorted
}

/// Until when each active connection has a certificate.
fn ends(health: &Health) -> BTreeMap<String, Timestamp> {
    let mut ends: BTreeMap<String, Timestamp> = BTreeMap::new();
    for one in &health.certificates {
        let der = STANDARD.decode_to_vec(&one.der_base64).ok();
        let certificate = der.and_then(|der| Certificate::from_der(&der).ok());
        if let Some(certificate) = certificate {
            let until = certificate.not_after();
            let end = ends.entry(one.connection.to_string()).or_insert(until);
            *end = until.max(*end);
        }
    }
    ends
}

fn is_active(connection: &ConnectionHealth) -> bool {
    connection.lifecycle.state() == ConnectionState::Active
}

fn troubles_of_sign_ins(day: Tally) -> Vec<Trouble> {
    match day {
        Tally { refused: 0, .. } => Vec::new(),
        Tally { accepted: 0, .. } => vec![Trouble::NobodyComesIn],
        Tally { accepted, refused } if refused > accepted => vec![Trouble::MostAreRefused],
        Tally { .. } => Vec::new(),
    }
}

fn troubles_of_connection(
    connection: &ConnectionHealth,
    until: Option<Timestamp>,
    now: Timestamp,
) -> Vec<Trouble> {
    let name = || connection.name.clone();
    let mut found = Vec::new();
    if let Some(until) = until.filter(|_| is_active(connection)) {
        let days = until.duration_since(now).as_secs().div_euclid(DAY);
        if until <= now {
            found.push(Trouble::CertificateOver { connection: name() });
        } else if until < now + connection::ENDS_SOON {
            let connection = name();
            found.push(Trouble::CertificateEnds { days, connection });
        }
    }
    let unfinished = match connection.lifecycle.state() {
        ConnectionState::Draft | ConnectionState::Tested => Some(connection.lifecycle.created_at),
        ConnectionState::Active | ConnectionState::Disabled => connection.draft_updated_at,
    };
    if unfinished.is_some_and(|since| since + SignedDuration::from_secs(DRAFT_DAYS * DAY) <= now) {
        found.push(Trouble::DraftLiesAround { connection: name() });
    }
    found
}

fn trouble_of_domain(domain: DomainIssue) -> Option<Trouble> {
    match (domain.verified_at, domain.missing_since) {
        (None, Some(_)) => Some(Trouble::DomainLost {
            domain: domain.name,
        }),
        (Some(_), Some(_)) => Some(Trouble::DomainMissing {
            domain: domain.name,
        }),
        // It has just been claimed, and waits for its record.
        (_, None) => None,
    }
}

fn tally(attempts: &[AttemptCount], of: impl Fn(&AttemptCount) -> u64) -> Tally {
    let sum = |outcome| {
        let those = attempts.iter().filter(|one| one.outcome == outcome);
        those.map(&of).sum::<u64>()
    };
    Tally {
        accepted: sum(AttemptOutcome::Accepted),
        refused: sum(AttemptOutcome::Refused),
    }
}

fn top_code(attempts: &[AttemptCount]) -> Option<String> {
    let refused = attempts
        .iter()
        .filter(|one| one.outcome == AttemptOutcome::Refused);
    let most = refused.max_by_key(|one| one.total)?;
    most.code.clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sign_ins_need_a_hand_when_most_of_them_fail() {
        let troubles = |accepted, refused| troubles_of_sign_ins(Tally { accepted, refused });
        assert_eq!(troubles(0, 0), []);
        assert_eq!(troubles(5, 5), []);
        assert_eq!(troubles(5, 6), [Trouble::MostAreRefused]);
        assert_eq!(troubles(0, 1), [Trouble::NobodyComesIn]);
    }

    #[test]
    fn what_members_feel_comes_first() {
        let connection = || "Okta".to_owned();
        let mut troubles = [
            Trouble::DraftLiesAround {
                connection: connection(),
            },
            Trouble::CertificateEnds {
                days: 3,
                connection: connection(),
            },
            Trouble::DomainLost {
                domain: "acme.example".to_owned(),
            },
            Trouble::PlanMismatch,
        ];
        troubles.sort();
        let urgent: Vec<bool> = troubles.iter().map(Trouble::is_urgent).collect();
        assert_eq!(urgent, [true, true, false, false]);
    }
}
