//! Domains: whose e-mail addresses lead to which organization.

use crate::engine::Row;
use crate::{Conflict, OrganizationId, StoreError, Tenant, Tx, UnixTime};

/// A domain that an organization says is its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Domain {
    /// The organization.
    pub organization: OrganizationId,
    /// The domain in lower case, in its ASCII form.
    pub name: String,
    /// When it was added.
    pub created_at: UnixTime,
    /// Since when it counts; a verified domain belongs to one organization only.
    pub verified_at: Option<UnixTime>,
    /// How the organization proves it; without one, the operator has given their word.
    pub proof: Option<DomainProof>,
}

/// The text record by which an organization proves that a domain is its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DomainProof {
    /// What the record is to say.
    pub value: String,
    /// When it was last looked up.
    pub checked_at: Option<UnixTime>,
    /// What was seen then, as the caller writes it.
    pub answer: Option<String>,
    /// Since when the record has been missing.
    pub missing_since: Option<UnixTime>,
}

/// What was seen when a record was looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DomainAnswer {
    /// When.
    pub checked_at: UnixTime,
    /// What, as the caller writes it.
    pub answer: String,
    /// Since when the record has been missing.
    pub missing_since: Option<UnixTime>,
}

/// Which records it is time to look up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DomainsDue {
    /// Those that were last looked up then or before.
    pub checked_until: UnixTime,
    /// Of those that do not count, only what was added or went missing since.
    pub wanted_since: UnixTime,
    /// How many at most.
    pub limit: u32,
}

macro_rules! columns {
    () => {
        "organization_id, name, created_at, verified_at, proof, checked_at, answer, missing_since"
    };
}

fn read(row: &Row) -> Result<Domain, StoreError> {
    let proof = match row.maybe_text("proof")? {
        None => None,
        Some(value) => Some(DomainProof {
            value,
            checked_at: row.maybe_time("checked_at")?,
            answer: row.maybe_text("answer")?,
            missing_since: row.maybe_time("missing_since")?,
        }),
    };
    Ok(Domain {
        organization: row.parsed("organization_id")?,
        name: row.text("name")?,
        created_at: row.time("created_at")?,
        verified_at: row.maybe_time("verified_at")?,
        proof,
    })
}

impl Tx {
    /// The domains whose records it is time to look up, whichever organization they are claimed by, the longest
    /// waiting first.
    pub async fn domains_due(&mut self, due: &DomainsDue) -> Result<Vec<Domain>, StoreError> {
        let DomainsDue {
            checked_until,
            wanted_since,
            limit,
        } = *due;
        self.all(
            concat!(
                "SELECT ",
                columns!(),
                "  FROM domain
                  WHERE proof IS NOT NULL
                    AND (checked_at IS NULL OR checked_at <= $1)
                    AND (verified_at IS NOT NULL OR created_at >= $2 OR missing_since >= $2)
                  ORDER BY COALESCE(checked_at, 0), organization_id, name
                  LIMIT $3"
            ),
            &[
                checked_until.into(),
                wanted_since.into(),
                i64::from(limit).into(),
            ],
            read,
        )
        .await
    }
}

impl Tenant<'_> {
    /// Whether the organization has proved by DNS that its domains are its own: one at least, and each that is believed.
    ///
    /// Somebody's mere word for a domain does not count, and beside it the proof of another says nothing: whoever came
    /// by a link may have proved a domain of theirs.
    pub async fn has_proved_its_domains(&mut self) -> Result<bool, StoreError> {
        let found = self
            .tx
            .optional(
                "SELECT COUNT(*) AS believed,
                        COUNT(CASE WHEN proof IS NULL OR missing_since IS NOT NULL THEN 1 END) AS unproved
                   FROM domain WHERE organization_id = $1 AND verified_at IS NOT NULL",
                &[self.id.into()],
                |row| Ok((row.number("believed")?, row.number("unproved")?)),
            )
            .await?;
        Ok(found.is_some_and(|(believed, unproved)| believed > 0 && unproved == 0))
    }

    /// The organization's domains by name.
    pub async fn domains(&mut self) -> Result<Vec<Domain>, StoreError> {
        self.tx
            .all(
                concat!(
                    "SELECT ",
                    columns!(),
                    " FROM domain WHERE organization_id = $1 ORDER BY name"
                ),
                &[self.id.into()],
                read,
            )
            .await
    }

    /// One of the organization's domains.
    pub async fn domain(&mut self, name: &str) -> Result<Option<Domain>, StoreError> {
        self.tx
            .optional(
                concat!(
                    "SELECT ",
                    columns!(),
                    " FROM domain WHERE organization_id = $1 AND name = $2"
                ),
                &[self.id.into(), name.into()],
                read,
            )
            .await
    }

    /// Adds a domain, verified already or not; its `organization` is this one whatever it says.
    pub async fn add_domain(
        &mut self,
        domain: &Domain,
    ) -> Result<Result<(), Conflict>, StoreError> {
        let Domain {
            organization: _,
            name,
            created_at,
            verified_at,
            proof,
        } = domain;
        let proof = proof.as_ref().map(|proof| proof.value.clone());
        let added = self
            .tx
            .change(
                "INSERT INTO domain (organization_id, name, created_at, verified_at, proof)
                 VALUES ($1, $2, $3, $4, $5)
                 ON CONFLICT DO NOTHING",
                &[
                    self.id.into(),
                    name.into(),
                    (*created_at).into(),
                    (*verified_at).into(),
                    (&proof).into(),
                ],
            )
            .await?;
        Ok(if added {
            Ok(())
        } else {
            Err(Conflict::DomainTaken)
        })
    }

    /// Says that a domain is the organization's; `false` when it has no such domain.
    pub async fn verify_domain(
        &mut self,
        name: &str,
        at: UnixTime,
    ) -> Result<Result<bool, Conflict>, StoreError> {
        let changed = self
            .tx
            .execute_unless_taken(
                "UPDATE domain SET verified_at = $3 WHERE organization_id = $1 AND name = $2",
                &[self.id.into(), name.into(), at.into()],
            )
            .await?;
        Ok(changed.map(|rows| rows > 0).ok_or(Conflict::DomainTaken))
    }

    /// Says that a domain does not count any more, so that another organization may prove it; `false` when it did not
    /// before.
    pub async fn doubt_domain(&mut self, name: &str) -> Result<bool, StoreError> {
        self.tx
            .change(
                "UPDATE domain SET verified_at = NULL
                  WHERE organization_id = $1 AND name = $2 AND verified_at IS NOT NULL",
                &[self.id.into(), name.into()],
            )
            .await
    }

    /// Takes it upon the caller to look up a domain's record now; `false` when somebody has since `checked_until`.
    ///
    /// Of several servers that want to, one alone is told `true`.
    pub async fn claim_domain_check(
        &mut self,
        name: &str,
        checked_until: UnixTime,
        now: UnixTime,
    ) -> Result<bool, StoreError> {
        self.tx
            .change(
                "UPDATE domain SET checked_at = $4
                  WHERE organization_id = $1 AND name = $2 AND proof IS NOT NULL
                    AND (checked_at IS NULL OR checked_at <= $3)",
                &[
                    self.id.into(),
                    name.into(),
                    checked_until.into(),
                    now.into(),
                ],
            )
            .await
    }

    /// Keeps what was seen when the record was looked up; `false` when the organization has no such domain to prove.
    pub async fn note_domain_answer(
        &mut self,
        name: &str,
        seen: &DomainAnswer,
    ) -> Result<bool, StoreError> {
        let DomainAnswer {
            checked_at,
            answer,
            missing_since,
        } = seen;
        self.tx
            .change(
                "UPDATE domain SET checked_at = $3, answer = $4, missing_since = $5
                  WHERE organization_id = $1 AND name = $2 AND proof IS NOT NULL",
                &[
                    self.id.into(),
                    name.into(),
                    (*checked_at).into(),
                    answer.into(),
                    (*missing_since).into(),
                ],
            )
            .await
    }

    /// No longer believes the e-mail addresses of members that end in a domain.
    pub async fn doubt_emails(&mut self, domain: &str) -> Result<(), StoreError> {
        let ending = format!("%@{}", domain.replace('_', "\\_"));
        self.tx
            .execute(
                "UPDATE member SET email_verified_at = NULL
                  WHERE organization_id = $1 AND email_verified_at IS NOT NULL AND LOWER(email) LIKE $2 ESCAPE '\\'",
                &[self.id.into(), (&ending).into()],
            )
            .await
            .map(drop)
    }

    /// Removes a domain.
    pub async fn remove_domain(&mut self, name: &str) -> Result<bool, StoreError> {
        self.tx
            .change(
                "DELETE FROM domain WHERE organization_id = $1 AND name = $2",
                &[self.id.into(), name.into()],
            )
            .await
    }
}
