//! The TXT record by which an organization verifies its domain.

use jiff::{SignedDuration, Timestamp};
use runtime::dns::DnsError;
use runtime::random;
use serde::{Deserialize, Serialize};
use store::{DnsVerification, Domain, DomainState, DomainVerification};
use utoipa::ToSchema;

/// A verified domain stays verified while its record is missing for less than this, since mistakes happen when a domain
/// moves to other servers.
const MISSING_RECORD_GRACE_PERIOD: SignedDuration = SignedDuration::from_hours(72);

/// The record's name within the domain.
pub(super) const RECORD_LABEL: &str = "_vestibule-challenge";

/// The result of a DNS lookup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = DomainAnswer)]
pub struct DnsAnswer {
    /// The TXT records that were found.
    pub records: Vec<String>,
    /// Why the lookup failed.
    pub failure: Option<String>,
}

/// The effect of an answer on a domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Assessment {
    pub(super) missing_since: Option<Timestamp>,
    pub(super) change: StateChange,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StateChange {
    Unchanged,
    /// The domain is verified now.
    Verified,
    /// The domain is no longer verified.
    Lost,
}

pub(super) fn record_name(domain: &str) -> String {
    format!("{RECORD_LABEL}.{domain}")
}

/// Generates a new random record for each verification.
pub(super) fn generate() -> DnsVerification {
    let secret = u128::from_be_bytes(random::bytes());
    DnsVerification {
        txt_record: format!("vestibule-verification={secret:032x}"),
        checked_at: None,
        answer: None,
        missing_since: None,
    }
}

impl DnsAnswer {
    pub(super) fn from_lookup(records: Result<Vec<String>, DnsError>) -> Self {
        match records {
            Ok(records) => Self {
                records,
                failure: None,
            },
            Err(error) => Self {
                records: Vec::new(),
                failure: Some(error.to_string()),
            },
        }
    }

    pub(super) fn to_stored(&self) -> String {
        serde_json::to_string(self).expect("texts are JSON")
    }

    /// None when another version of Vestibule wrote another format.
    pub(super) fn from_stored(stored: &str) -> Option<Self> {
        serde_json::from_str(stored).ok()
    }

    fn has(&self, value: &str) -> bool {
        self.records
            .iter()
            .any(|record| record_matches(record, value))
    }
}

/// Some DNS servers return the quotation marks of zone files.
pub fn record_matches(record: &str, value: &str) -> bool {
    record.trim_matches([' ', '"']) == value
}

/// A failed lookup changes nothing.
pub(super) fn assess(
    domain: &Domain,
    verification: &DnsVerification,
    answer: &DnsAnswer,
    now: Timestamp,
) -> Assessment {
    let unchanged = Assessment {
        missing_since: verification.missing_since,
        change: StateChange::Unchanged,
    };
    match domain.verified_at {
        _ if answer.failure.is_some() => unchanged,
        Some(_) if answer.has(&verification.txt_record) => Assessment {
            missing_since: None,
            change: StateChange::Unchanged,
        },
        None if answer.has(&verification.txt_record) => Assessment {
            missing_since: None,
            change: StateChange::Verified,
        },
        None => unchanged,
        Some(_) => {
            let since = verification.missing_since.unwrap_or(now);
            let is_lost = since + MISSING_RECORD_GRACE_PERIOD <= now;
            Assessment {
                missing_since: Some(since),
                change: if is_lost {
                    StateChange::Lost
                } else {
                    StateChange::Unchanged
                },
            }
        }
    }
}

/// The DNS verification of a domain; none when an operator verified the domain manually.
pub(super) fn find_dns(domain: &Domain) -> Option<&DnsVerification> {
    match &domain.verification {
        DomainVerification::Dns(dns) => Some(dns),
        DomainVerification::Manual => None,
    }
}

pub(super) fn state(domain: &Domain) -> DomainState {
    let missing = find_dns(domain).and_then(|dns| dns.missing_since);
    match (domain.verified_at, missing) {
        (Some(_), None) => DomainState::Verified,
        (Some(_), Some(_)) => DomainState::Missing,
        (None, Some(_)) => DomainState::Lost,
        (None, None) => DomainState::Pending,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use store::OrganizationId;

    use super::*;

    const NOW: Timestamp = Timestamp::constant(1_800_000_000, 0);

    fn domain(verified: bool, missing_for: Option<i64>) -> Domain {
        Domain {
            organization: OrganizationId::from_random([1; 16]),
            name: "acme.example".to_owned(),
            created_at: NOW,
            verified_at: verified.then_some(NOW),
            verification: DomainVerification::Dns(DnsVerification {
                txt_record: "vestibule-verification=1".to_owned(),
                missing_since: missing_for.map(|seconds| NOW - SignedDuration::from_secs(seconds)),
                ..generate()
            }),
            include_subdomains_since: None,
            added_by: None,
        }
    }

    fn assess_records(
        verified: bool,
        missing_for: Option<i64>,
        records: &[&str],
    ) -> (StateChange, Option<i64>) {
        let answer = DnsAnswer::from_lookup(Ok(records
            .iter()
            .map(|record| (*record).to_owned())
            .collect()));
        let domain = domain(verified, missing_for);
        let assessment = assess(&domain, find_dns(&domain).unwrap(), &answer, NOW);
        (
            assessment.change,
            assessment
                .missing_since
                .map(|since| NOW.duration_since(since).as_secs()),
        )
    }

    const EXPECTED: &str = "vestibule-verification=1";
    const OTHERS: &[&str] = &["v=spf1 -all", "vestibule-verification=2"];
    const THREE_DAYS: i64 = MISSING_RECORD_GRACE_PERIOD.as_secs();

    #[rstest]
    #[case::found(None, &[EXPECTED], StateChange::Verified, None)]
    #[case::found_in_quotes(
        None,
        &[OTHERS[0], "\"vestibule-verification=1\" "],
        StateChange::Verified,
        None
    )]
    #[case::found_later(Some(9), &[EXPECTED], StateChange::Verified, None)]
    #[case::others(None, OTHERS, StateChange::Unchanged, None)]
    #[case::still_missing(Some(9), &[], StateChange::Unchanged, Some(9))]
    fn a_record_verifies_a_domain(
        #[case] missing_for: Option<i64>,
        #[case] records: &[&str],
        #[case] change: StateChange,
        #[case] then_missing_for: Option<i64>,
    ) {
        assert_eq!(
            assess_records(false, missing_for, records),
            (change, then_missing_for)
        );
    }

    #[rstest]
    #[case::found(None, &[EXPECTED], StateChange::Unchanged, None)]
    #[case::found_again(Some(THREE_DAYS), &[EXPECTED], StateChange::Unchanged, None)]
    #[case::others(None, OTHERS, StateChange::Unchanged, Some(0))]
    #[case::almost_three_days(
        Some(THREE_DAYS - 1),
        &[],
        StateChange::Unchanged,
        Some(THREE_DAYS - 1)
    )]
    #[case::three_days(Some(THREE_DAYS), &[], StateChange::Lost, Some(THREE_DAYS))]
    fn the_record_of_a_verified_domain_may_be_missing_for_three_days(
        #[case] missing_for: Option<i64>,
        #[case] records: &[&str],
        #[case] change: StateChange,
        #[case] then_missing_for: Option<i64>,
    ) {
        assert_eq!(
            assess_records(true, missing_for, records),
            (change, then_missing_for)
        );
    }

    #[rstest]
    fn a_failed_lookup_changes_nothing(
        #[values(true, false)] verified: bool,
        #[values(None, Some(THREE_DAYS))] missing_for: Option<i64>,
    ) {
        let timeout = DnsAnswer::from_lookup(Err(DnsError::Timeout));
        let domain = domain(verified, missing_for);
        let verification = find_dns(&domain).cloned().unwrap();
        let assessment = assess(&domain, &verification, &timeout, NOW);
        assert_eq!(assessment.change, StateChange::Unchanged);
        assert_eq!(assessment.missing_since, verification.missing_since);
    }

    #[test]
    fn each_verification_has_another_record() {
        assert_ne!(generate(), generate());
        assert_eq!(
            generate().txt_record.len(),
            "vestibule-verification=".len() + 32
        );
        let answer = DnsAnswer::from_lookup(Err(DnsError::Timeout));
        assert_eq!(DnsAnswer::from_stored(&answer.to_stored()), Some(answer));
        assert_eq!(DnsAnswer::from_stored("something else"), None);
    }
}
