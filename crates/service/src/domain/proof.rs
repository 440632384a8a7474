//! The text record by which an organization proves that a domain is its own.

use jiff::{SignedDuration, Timestamp};
use runtime::dns::DnsError;
use runtime::random;
use serde::{Deserialize, Serialize};
use store::{DnsVerification, Domain, DomainState, DomainVerification};
use utoipa::ToSchema;

/// A record may be missing for so long: whoever moves their domain to other servers makes mistakes.
const PATIENCE: SignedDuration = SignedDuration::from_hours(72);

/// The record's name within the domain.
pub(super) const LABEL: &str = "_vestibule-challenge";

/// The result of a DNS lookup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = DomainAnswer)]
pub struct Answer {
    /// The TXT records that were found.
    pub records: Vec<String>,
    /// Why the lookup failed.
    pub failure: Option<String>,
}

/// What an answer means for a domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Judgement {
    pub(super) missing_since: Option<Timestamp>,
    pub(super) change: Change,
}

/// What becomes of a domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// It stays what it is.
    Stays,
    /// It is the organization's from now on.
    Proved,
    /// It is the organization's no more.
    Lost,
}

/// The name of the record.
pub(super) fn record_name(domain: &str) -> String {
    format!("{LABEL}.{domain}")
}

/// A proof that no other organization has, nor this one for another domain.
pub(super) fn fresh() -> DnsVerification {
    let secret = u128::from_be_bytes(random::bytes());
    DnsVerification {
        txt_record: format!("vestibule-verification={secret:032x}"),
        checked_at: None,
        answer: None,
        missing_since: None,
    }
}

impl Answer {
    pub(super) fn of(seen: Result<Vec<String>, DnsError>) -> Self {
        match seen {
            Ok(records) => Self {
                records,
                failure: None,
            },
            Err(why) => Self {
                records: Vec::new(),
                failure: Some(why.to_string()),
            },
        }
    }

    pub(super) fn stored(&self) -> String {
        serde_json::to_string(self).expect("texts are JSON")
    }

    /// What was stored; nothing when another version wrote it.
    pub(super) fn read(stored: &str) -> Option<Self> {
        serde_json::from_str(stored).ok()
    }

    fn has(&self, value: &str) -> bool {
        self.records.iter().any(|record| says(record, value))
    }
}

/// Whether a record says what it is to say. Some keep the quotation marks of zone files.
pub fn says(record: &str, value: &str) -> bool {
    record.trim_matches([' ', '"']) == value
}

/// Decides what an answer means. No answer means nothing: it says nothing about what is published.
pub(super) fn judge(
    domain: &Domain,
    proof: &DnsVerification,
    answer: &Answer,
    now: Timestamp,
) -> Judgement {
    let stays = Judgement {
        missing_since: proof.missing_since,
        change: Change::Stays,
    };
    match domain.verified_at {
        _ if answer.failure.is_some() => stays,
        Some(_) if answer.has(&proof.txt_record) => Judgement {
            missing_since: None,
            change: Change::Stays,
        },
        None if answer.has(&proof.txt_record) => Judgement {
            missing_since: None,
            change: Change::Proved,
        },
        None => stays,
        Some(_) => {
            let since = proof.missing_since.unwrap_or(now);
            let is_over = since + PATIENCE <= now;
            Judgement {
                missing_since: Some(since),
                change: if is_over { Change::Lost } else { Change::Stays },
            }
        }
    }
}

/// The DNS verification of a domain; none when an operator verified the domain manually.
pub(super) fn dns(domain: &Domain) -> Option<&DnsVerification> {
    match &domain.verification {
        DomainVerification::Dns(dns) => Some(dns),
        DomainVerification::Manual => None,
    }
}

/// Whether a domain counts.
pub(super) fn state(domain: &Domain) -> DomainState {
    let missing = dns(domain).and_then(|dns| dns.missing_since);
    match (domain.verified_at, missing) {
        (Some(_), None) => DomainState::Verified,
        (Some(_), Some(_)) => DomainState::Missing,
        (None, Some(_)) => DomainState::Lost,
        (None, None) => DomainState::Pending,
    }
}

#[cfg(test)]
mod tests {
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
                ..fresh()
            }),
        }
    }

    fn judged(verified: bool, missing_for: Option<i64>, records: &[&str]) -> (Change, Option<i64>) {
        let answer = Answer::of(Ok(records.iter().map(|one| (*one).to_owned()).collect()));
        let domain = domain(verified, missing_for);
        let judged = judge(&domain, dns(&domain).unwrap(), &answer, NOW);
        (
            judged.change,
            judged
                .missing_since
                .map(|since| NOW.duration_since(since).as_secs()),
        )
    }

    #[test]
    fn a_record_proves_a_domain_and_its_absence_takes_three_days_to_count() {
        const RIGHT: &str = "vestibule-verification=1";
        let others = ["v=spf1 -all", "vestibule-verification=2"];
        let three_days = PATIENCE.as_secs();
        for (verified, missing_for, records, expected) in [
            (false, None, &[RIGHT][..], (Change::Proved, None)),
            (
                false,
                None,
                &[others[0], "\"vestibule-verification=1\" "],
                (Change::Proved, None),
            ),
            (false, Some(9), &[RIGHT], (Change::Proved, None)),
            (false, None, &others, (Change::Stays, None)),
            (false, Some(9), &[], (Change::Stays, Some(9))),
            (true, None, &[RIGHT], (Change::Stays, None)),
            (true, Some(three_days), &[RIGHT], (Change::Stays, None)),
            (true, None, &others, (Change::Stays, Some(0))),
            (
                true,
                Some(three_days - 1),
                &[],
                (Change::Stays, Some(three_days - 1)),
            ),
            (
                true,
                Some(three_days),
                &[],
                (Change::Lost, Some(three_days)),
            ),
        ] {
            assert_eq!(
                judged(verified, missing_for, records),
                expected,
                "{records:?}"
            );
        }
    }

    #[test]
    fn no_answer_means_nothing() {
        let silence = Answer::of(Err(DnsError::Timeout));
        for verified in [true, false] {
            for missing_for in [None, Some(PATIENCE.as_secs())] {
                let domain = domain(verified, missing_for);
                let proof = dns(&domain).cloned().unwrap();
                let judged = judge(&domain, &proof, &silence, NOW);
                assert_eq!(judged.change, Change::Stays);
                assert_eq!(judged.missing_since, proof.missing_since);
            }
        }
    }

    #[test]
    fn every_proof_is_another() {
        assert_ne!(fresh(), fresh());
        assert_eq!(
            fresh().txt_record.len(),
            "vestibule-verification=".len() + 32
        );
        let answer = Answer::of(Err(DnsError::Timeout));
        assert_eq!(Answer::read(&answer.stored()), Some(answer));
        assert_eq!(Answer::read("something else"), None);
    }
}
