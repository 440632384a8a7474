//! Organizations: the customers of the application.

use crate::engine::Row;
use crate::{Conflict, OrganizationId, Page, StoreError, Tenant, Tx, UnixTime};

/// A customer of the application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organization {
    /// Its identifier, which never changes.
    pub id: OrganizationId,
    /// Its name in addresses; unique.
    pub slug: String,
    /// Its name for people.
    pub name: String,
    /// One of the plans that the operator configures.
    pub plan: String,
    /// When it was added.
    pub created_at: UnixTime,
    /// Since when everybody has to come through its identity provider.
    pub sso_required_since: Option<UnixTime>,
}

/// What can be changed about an organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganizationChange {
    /// Its name in addresses; unique.
    pub slug: String,
    /// Its name for people.
    pub name: String,
    /// One of the plans that the operator configures.
    pub plan: String,
}

fn read(row: &Row) -> Result<Organization, StoreError> {
    Ok(Organization {
        id: row.parsed("id")?,
        slug: row.text("slug")?,
        name: row.text("name")?,
        plan: row.text("plan")?,
        created_at: row.time("created_at")?,
        sso_required_since: row.maybe_time("sso_required_since")?,
    })
}

impl Tx {
    /// Adds an organization.
    pub async fn add_organization(
        &mut self,
        organization: &Organization,
    ) -> Result<Result<(), Conflict>, StoreError> {
        let Organization {
            id,
            slug,
            name,
            plan,
            created_at,
            sso_required_since,
        } = organization;
        let added = self
            .change(
                "INSERT INTO organization (id, slug, name, plan, created_at, sso_required_since)
                 VALUES ($1, $2, $3, $4, $5, $6)
                 ON CONFLICT (slug) DO NOTHING",
                &[
                    id.into(),
                    slug.into(),
                    name.into(),
                    plan.into(),
                    (*created_at).into(),
                    (*sso_required_since).into(),
                ],
            )
            .await?;
        Ok(if added {
            Ok(())
        } else {
            Err(Conflict::SlugTaken)
        })
    }

    /// Lists organizations, oldest first.
    pub async fn organizations(&mut self, page: &Page) -> Result<Vec<Organization>, StoreError> {
        self.all(
            "SELECT id, slug, name, plan, created_at, sso_required_since
               FROM organization
              WHERE $1 IS NULL
                 OR (created_at, id) > (SELECT created_at, id FROM organization WHERE id = $1)
              ORDER BY created_at, id
              LIMIT $2",
            &[(&page.after).into(), page.limit()],
            read,
        )
        .await
    }

    /// All organizations, by name.
    pub(crate) async fn organizations_by_name(&mut self) -> Result<Vec<Organization>, StoreError> {
        self.all(
            "SELECT id, slug, name, plan, created_at, sso_required_since FROM organization ORDER BY name, id",
            &[],
            read,
        )
        .await
    }

    /// Finds an organization by its name in addresses.
    pub async fn organization_by_slug(
        &mut self,
        slug: &str,
    ) -> Result<Option<Organization>, StoreError> {
        self.optional(
            "SELECT id, slug, name, plan, created_at, sso_required_since FROM organization WHERE slug = $1",
            &[slug.into()],
            read,
        )
        .await
    }

    /// Finds the organization that has a domain verified.
    pub async fn organization_by_domain(
        &mut self,
        domain: &str,
    ) -> Result<Option<Organization>, StoreError> {
        self.optional(
            "SELECT organization.id, slug, organization.name, plan, organization.created_at, sso_required_since
               FROM organization
               JOIN domain ON domain.organization_id = organization.id
              WHERE domain.name = $1 AND domain.verified_at IS NOT NULL",
            &[domain.into()],
            read,
        )
        .await
    }
}

impl Tenant<'_> {
    /// The organization itself, if there is such a one.
    pub async fn read(&mut self) -> Result<Option<Organization>, StoreError> {
        self.tx
            .optional(
                "SELECT id, slug, name, plan, created_at, sso_required_since FROM organization WHERE id = $1",
                &[self.id.into()],
                read,
            )
            .await
    }

    /// The same for a unit that changes it: nobody else does until it ends.
    pub async fn hold(&mut self) -> Result<Option<Organization>, StoreError> {
        self.tx
            .optional(
                // A statement that changes nothing, since SQLite has no FOR UPDATE.
                "UPDATE organization SET plan = plan WHERE id = $1
                 RETURNING id, slug, name, plan, created_at, sso_required_since",
                &[self.id.into()],
                read,
            )
            .await
    }

    /// Changes the organization; `false` when there is none.
    pub async fn update(
        &mut self,
        change: &OrganizationChange,
    ) -> Result<Result<bool, Conflict>, StoreError> {
        let OrganizationChange { slug, name, plan } = change;
        let changed = self
            .tx
            .execute_unless_taken(
                "UPDATE organization SET slug = $2, name = $3, plan = $4 WHERE id = $1",
                &[self.id.into(), slug.into(), name.into(), plan.into()],
            )
            .await?;
        Ok(changed.map(|rows| rows > 0).ok_or(Conflict::SlugTaken))
    }

    /// Deletes the organization with everything that is its own, except the audit trail.
    pub async fn delete(&mut self) -> Result<bool, StoreError> {
        self.tx
            .change("DELETE FROM organization WHERE id = $1", &[self.id.into()])
            .await
    }
}
