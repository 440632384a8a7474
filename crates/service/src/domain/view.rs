use serde::Serialize;
use store::{Domain, DomainState, DomainVerificationMethod};
use utoipa::ToSchema;

use super::dns_verification::{self, DnsAnswer};
use super::public_mail::is_public_mail_domain;
use crate::{instant, schema};

/// An email domain of an organization.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Domain)]
pub struct DomainView {
    /// The domain in lower case and ASCII form.
    pub domain: String,
    #[schema(schema_with = schema::domain_state)]
    pub state: DomainState,
    #[schema(schema_with = schema::verification_method)]
    pub verification: DomainVerificationMethod,
    /// The DNS record to publish, if the domain is verified by DNS.
    pub record: Option<RecordView>,
    /// When the domain was verified.
    #[schema(format = DateTime)]
    pub verified_at: Option<String>,
    /// The last DNS lookup.
    #[schema(format = DateTime)]
    pub checked_at: Option<String>,
    /// The result of the last DNS lookup.
    pub answer: Option<DnsAnswer>,
    /// The first DNS lookup since then that did not find the record.
    #[schema(format = DateTime)]
    pub missing_since: Option<String>,
    /// Whether anyone can get a mailbox in the domain, such as `gmail.com`. Such a domain is hardly one organization's:
    /// anyone could sign in with an address that the organization vouches for.
    pub public_mail: bool,
    /// Whether addresses in subdomains lead to the organization too.
    pub include_subdomains: bool,
    /// When the domain was added.
    #[schema(format = DateTime)]
    pub created_at: String,
}

/// The DNS record that verifies a domain.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = DomainRecord)]
pub struct RecordView {
    /// Always `TXT`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The name of the record.
    #[schema(example = "_vestibule-challenge.acme.example")]
    pub name: String,
    /// The name relative to the domain's zone, if the domain has a zone.
    #[serde(skip)]
    pub label: &'static str,
    /// The text of the record.
    pub value: String,
}

pub(super) fn view(domain: &Domain) -> DomainView {
    let verification = dns_verification::find_dns(domain);
    DomainView {
        domain: domain.name.clone(),
        state: dns_verification::state(domain),
        verification: match verification {
            Some(_) => DomainVerificationMethod::Dns,
            None => DomainVerificationMethod::Manual,
        },
        record: verification.map(|verification| RecordView {
            kind: "TXT",
            name: dns_verification::record_name(&domain.name),
            label: dns_verification::RECORD_LABEL,
            value: verification.txt_record.clone(),
        }),
        verified_at: domain.verified_at.map(instant),
        checked_at: verification
            .and_then(|verification| verification.checked_at)
            .map(instant),
        answer: verification
            .and_then(|verification| verification.answer.as_deref())
            .and_then(DnsAnswer::from_stored),
        missing_since: verification
            .and_then(|verification| verification.missing_since)
            .map(instant),
        include_subdomains: domain.include_subdomains_since.is_some(),
        public_mail: is_public_mail_domain(&domain.name),
        created_at: instant(domain.created_at),
    }
}
