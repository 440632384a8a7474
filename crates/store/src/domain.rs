//! Domains: whose e-mail addresses lead to which organization.

use crate::engine::Row;
use crate::{Conflict, OrganizationId, StoreError, Tenant, UnixTime};

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
}

fn read(row: &Row) -> Result<Domain, StoreError> {
    Ok(Domain {
        organization: row.parsed("organization_id")?,
        name: row.text("name")?,
        created_at: row.time("created_at")?,
        verified_at: row.maybe_time("verified_at")?,
    })
}

impl Tenant<'_> {
    /// Whether the organization has proved by DNS that some domain is its own; somebody's mere word does not count.
    pub async fn has_proved_domain(&mut self) -> Result<bool, StoreError> {
        let found = self
            .tx
            .optional(
                "SELECT COUNT(*) AS domains FROM domain
                  WHERE organization_id = $1 AND verified_at IS NOT NULL AND proof IS NOT NULL
                    AND missing_since IS NULL",
                &[self.id.into()],
                |row| row.number("domains"),
            )
            .await?;
        Ok(found.is_some_and(|domains| domains > 0))
    }

    /// The organization's domains by name.
    pub async fn domains(&mut self) -> Result<Vec<Domain>, StoreError> {
        self.tx
            .all(
                "SELECT organization_id, name, created_at, verified_at
                   FROM domain
                  WHERE organization_id = $1
                  ORDER BY name",
                &[self.id.into()],
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
        } = domain;
        let added = self
            .tx
            .change(
                "INSERT INTO domain (organization_id, name, created_at, verified_at)
                 VALUES ($1, $2, $3, $4)
                 ON CONFLICT DO NOTHING",
                &[
                    self.id.into(),
                    name.into(),
                    (*created_at).into(),
                    (*verified_at).into(),
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
