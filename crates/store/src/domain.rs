//! Email domains of organizations, for home realm discovery.

use jiff::Timestamp;

use crate::engine::Row;
use crate::{Conflict, OrganizationId, OrganizationTx, StoreError, Tx};

/// A domain that an organization claims.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Domain {
    pub organization: OrganizationId,
    /// In lower case, in its ASCII form.
    pub name: String,
    pub created_at: Timestamp,
    /// Only one organization can have a domain verified.
    pub verified_at: Option<Timestamp>,
    pub verification: DomainVerification,
    /// Since when the addresses of its subdomains lead to the organization too.
    pub include_subdomains_since: Option<Timestamp>,
    /// Who added it, as the audit log names them; `None` when that is not known.
    pub added_by: Option<String>,
}

/// How a domain is verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DomainVerification {
    /// By a TXT record in the domain.
    Dns(DnsVerification),
    /// The operator verified it manually.
    Manual,
}

/// The TXT record that verifies a domain, and the last lookup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DnsVerification {
    /// The text that the record must contain.
    pub txt_record: String,
    pub checked_at: Option<Timestamp>,
    /// The result of the last lookup, in the server's own format.
    pub answer: Option<String>,
    /// Since when the record has been missing.
    pub missing_since: Option<Timestamp>,
}

/// The result of a DNS lookup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DnsCheck {
    pub checked_at: Timestamp,
    /// In the server's own format.
    pub answer: String,
    /// Since when the record has been missing.
    pub missing_since: Option<Timestamp>,
}

/// Which domains are due for a DNS lookup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DnsCheckFilter {
    /// Last looked up at this time or before.
    pub checked_until: Timestamp,
    /// An unverified domain must have been added, or its record must have gone missing, at this time or later.
    pub unverified_since: Timestamp,
    pub limit: u32,
}

macro_rules! columns {
    () => {
        "organization_id, name, created_at, verified_at, txt_record, checked_at, answer, missing_since,
         include_subdomains_since, added_by"
    };
}

impl Domain {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        let verification = match row.maybe_text("txt_record")? {
            None => DomainVerification::Manual,
            Some(txt_record) => DomainVerification::Dns(DnsVerification {
                txt_record,
                checked_at: row.maybe_time("checked_at")?,
                answer: row.maybe_text("answer")?,
                missing_since: row.maybe_time("missing_since")?,
            }),
        };
        Ok(Self {
            organization: row.parsed("organization_id")?,
            name: row.text("name")?,
            created_at: row.time("created_at")?,
            verified_at: row.maybe_time("verified_at")?,
            verification,
            include_subdomains_since: row.maybe_time("include_subdomains_since")?,
            added_by: row.maybe_text("added_by")?,
        })
    }
}

impl Tx {
    /// The domains of all organizations that are due for a lookup, the least recently checked first.
    pub async fn domains_to_check(
        &mut self,
        due: &DnsCheckFilter,
    ) -> Result<Vec<Domain>, StoreError> {
        let DnsCheckFilter {
            checked_until,
            unverified_since,
            limit,
        } = *due;
        self.fetch_all(
            concat!(
                "SELECT ",
                columns!(),
                "  FROM domain
                  WHERE txt_record IS NOT NULL
                    AND (checked_at IS NULL OR checked_at <= $1)
                    AND (verified_at IS NOT NULL OR created_at >= $2 OR missing_since >= $2)
                  ORDER BY COALESCE(checked_at, 0), organization_id, name
                  LIMIT $3"
            ),
            &[
                checked_until.into(),
                unverified_since.into(),
                i64::from(limit).into(),
            ],
            Domain::from_row,
        )
        .await
    }
}

impl OrganizationTx<'_> {
    /// Whether the organization has verified domains, and all of them by a DNS record that was not missing at the last
    /// lookup.
    ///
    /// One manually verified domain makes this `false`: the recipient of a setup link can verify a domain of their own
    /// by DNS, which says nothing about the others.
    pub async fn has_only_dns_verified_domains(&mut self) -> Result<bool, StoreError> {
        let found = self
            .tx
            .fetch_optional(
                "SELECT COUNT(*) AS verified,
                        COUNT(CASE WHEN txt_record IS NULL OR missing_since IS NOT NULL THEN 1 END) AS unproven
                   FROM domain WHERE organization_id = $1 AND verified_at IS NOT NULL",
                &[self.id.into()],
                |row| Ok((row.number("verified")?, row.number("unproven")?)),
            )
            .await?;
        Ok(found.is_some_and(|(verified, unproven)| verified > 0 && unproven == 0))
    }

    /// By name.
    pub async fn domains(&mut self) -> Result<Vec<Domain>, StoreError> {
        self.tx
            .fetch_all(
                concat!(
                    "SELECT ",
                    columns!(),
                    " FROM domain WHERE organization_id = $1 ORDER BY name"
                ),
                &[self.id.into()],
                Domain::from_row,
            )
            .await
    }

    pub async fn domain(&mut self, name: &str) -> Result<Option<Domain>, StoreError> {
        self.tx
            .fetch_optional(
                concat!(
                    "SELECT ",
                    columns!(),
                    " FROM domain WHERE organization_id = $1 AND name = $2"
                ),
                &[self.id.into(), name.into()],
                Domain::from_row,
            )
            .await
    }

    /// Adds a domain, verified or not. Ignores `domain.organization`.
    pub async fn add_domain(
        &mut self,
        domain: &Domain,
    ) -> Result<Result<(), Conflict>, StoreError> {
        let Domain {
            organization: _,
            name,
            created_at,
            verified_at,
            verification,
            include_subdomains_since,
            added_by,
        } = domain;
        let txt_record = match verification {
            DomainVerification::Dns(dns) => Some(dns.txt_record.as_str()),
            DomainVerification::Manual => None,
        };
        let added = self
            .tx
            .update_one(
                "INSERT INTO domain (organization_id, name, created_at, verified_at, txt_record, added_by,
                                     include_subdomains_since)
                 VALUES ($1, $2, $3, $4, $5, $6, $7)
                 ON CONFLICT DO NOTHING",
                &[
                    self.id.into(),
                    name.into(),
                    (*created_at).into(),
                    (*verified_at).into(),
                    txt_record.into(),
                    added_by.into(),
                    (*include_subdomains_since).into(),
                ],
            )
            .await?;
        Ok(if added {
            Ok(())
        } else {
            Err(Conflict::DomainInUse)
        })
    }

    /// Makes the addresses of subdomains lead to the organization, or with `None` no longer; `false` when the
    /// organization has no such domain.
    pub async fn set_include_subdomains(
        &mut self,
        name: &str,
        since: Option<Timestamp>,
    ) -> Result<bool, StoreError> {
        self.tx
            .update_one(
                "UPDATE domain SET include_subdomains_since = $3 WHERE organization_id = $1 AND name = $2",
                &[self.id.into(), name.into(), since.into()],
            )
            .await
    }

    /// `false` when the organization has no such domain.
    pub async fn verify_domain(
        &mut self,
        name: &str,
        at: Timestamp,
    ) -> Result<Result<bool, Conflict>, StoreError> {
        let changed = self
            .tx
            .execute_unless_duplicate(
                "UPDATE domain SET verified_at = $3 WHERE organization_id = $1 AND name = $2",
                &[self.id.into(), name.into(), at.into()],
            )
            .await?;
        Ok(changed.map(|rows| rows > 0).ok_or(Conflict::DomainInUse))
    }

    /// Makes a domain unverified, so that another organization can verify it; `false` when it was not verified.
    pub async fn unverify_domain(&mut self, name: &str) -> Result<bool, StoreError> {
        self.tx
            .update_one(
                "UPDATE domain SET verified_at = NULL
                  WHERE organization_id = $1 AND name = $2 AND verified_at IS NOT NULL",
                &[self.id.into(), name.into()],
            )
            .await
    }

    /// Claims the lookup of a domain's record; `false` when another node claimed it after `checked_until`.
    ///
    /// Of several nodes that claim it at the same time, one gets `true`.
    pub async fn claim_domain_check(
        &mut self,
        name: &str,
        checked_until: Timestamp,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.tx
            .update_one(
                "UPDATE domain SET checked_at = $4
                  WHERE organization_id = $1 AND name = $2 AND txt_record IS NOT NULL
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

    /// Stores the result of a lookup; `false` when the organization has no such domain with DNS verification.
    pub async fn record_dns_check(
        &mut self,
        name: &str,
        check: &DnsCheck,
    ) -> Result<bool, StoreError> {
        let DnsCheck {
            checked_at,
            answer,
            missing_since,
        } = check;
        self.tx
            .update_one(
                "UPDATE domain SET checked_at = $3, answer = $4, missing_since = $5
                  WHERE organization_id = $1 AND name = $2 AND txt_record IS NOT NULL",
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

    /// How many members have a verified email address in a domain.
    pub async fn count_members_in_domain(&mut self, domain: &str) -> Result<i64, StoreError> {
        let count = self
            .tx
            .fetch_optional(
                // The expression of the index `member_verified_domain`: the part after the last @.
                "SELECT COUNT(*) AS members FROM member
                  WHERE organization_id = $1 AND email_verified_at IS NOT NULL
                    AND lower(replace(email, rtrim(email, replace(email, '@', '')), '')) = $2",
                &[self.id.into(), domain.into()],
                |row| row.number("members"),
            )
            .await?;
        Ok(count.unwrap_or_default())
    }

    /// Marks members' email addresses in a domain as unverified, so few that no other write waits long. `false` when none
    /// are left.
    pub async fn unverify_email_batch(&mut self, domain: &str) -> Result<bool, StoreError> {
        self.tx
            .update_one(
                // The expression of the index `member_verified_domain`: the part after the last @.
                "UPDATE member SET email_verified_at = NULL
                  WHERE id IN (SELECT id FROM member
                                WHERE organization_id = $1 AND email_verified_at IS NOT NULL
                                  AND lower(replace(email, rtrim(email, replace(email, '@', '')), '')) = $2
                                LIMIT 100)",
                &[self.id.into(), domain.into()],
            )
            .await
    }

    pub async fn remove_domain(&mut self, name: &str) -> Result<bool, StoreError> {
        self.tx
            .update_one(
                "DELETE FROM domain WHERE organization_id = $1 AND name = $2",
                &[self.id.into(), name.into()],
            )
            .await
    }
}
