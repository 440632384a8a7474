//! A domain as the API shows it.

use serde::Serialize;
use store::{Domain, DomainState, DomainVerificationMethod};
use utoipa::ToSchema;

use super::proof;
use super::proof::Answer;
use crate::{instant, schema};

/// A domain as the API shows it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Domain)]
pub struct DomainView {
    /// The domain in lower case, in its ASCII form.
    pub domain: String,
    /// `pending` until it is proved, then `verified`; `missing` while its record has been gone for less than three
    /// days, in which it still counts, then `lost`.
    #[schema(schema_with = schema::domain_state)]
    pub state: DomainState,
    /// On whose word it counts.
    #[schema(schema_with = schema::proof_by)]
    pub verification: DomainVerificationMethod,
    /// The record to publish, when a record is the proof.
    pub record: Option<RecordView>,
    /// Since when its e-mail addresses are believed.
    #[schema(format = DateTime)]
    pub verified_at: Option<String>,
    /// When the record was last looked up.
    #[schema(format = DateTime)]
    pub checked_at: Option<String>,
    /// What was seen then.
    pub answer: Option<Answer>,
    /// Since when the record has been missing.
    #[schema(format = DateTime)]
    pub missing_since: Option<String>,
    /// When it was added.
    #[schema(format = DateTime)]
    pub created_at: String,
}

/// A record that the organization is to publish in its domain.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = DomainRecord)]
pub struct RecordView {
    /// Always `TXT`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// Its name.
    #[schema(example = "_vestibule-challenge.acme.example")]
    pub name: String,
    /// Its name within the domain's zone, when the domain has one of its own.
    #[serde(skip)]
    pub label: &'static str,
    /// What it says.
    pub value: String,
}

pub(super) fn view(domain: &Domain) -> DomainView {
    let proof = proof::dns(domain);
    DomainView {
        domain: domain.name.clone(),
        state: proof::state(domain),
        verification: match proof {
            Some(_) => DomainVerificationMethod::Dns,
            None => DomainVerificationMethod::Manual,
        },
        record: proof.map(|proof| RecordView {
            kind: "TXT",
            name: proof::record_name(&domain.name),
            label: proof::LABEL,
            value: proof.txt_record.clone(),
        }),
        verified_at: domain.verified_at.map(instant),
        checked_at: proof.and_then(|proof| proof.checked_at).map(instant),
        answer: proof
            .and_then(|proof| proof.answer.as_deref())
            .and_then(Answer::read),
        missing_since: proof.and_then(|proof| proof.missing_since).map(instant),
        created_at: instant(domain.created_at),
    }
}
