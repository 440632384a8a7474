use jiff::Timestamp;

use crate::engine::Row;
use crate::{Conflict, OrganizationId, OrganizationTx, Page, StoreError, Tx};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organization {
    pub id: OrganizationId,
    /// The name in URLs; unique.
    pub slug: String,
    pub name: String,
    /// One of the configured plans.
    pub plan: String,
    pub created_at: Timestamp,
    pub sso_enforced_since: Option<Timestamp>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganizationChange {
    /// The name in URLs; unique.
    pub slug: String,
    pub name: String,
    /// One of the configured plans.
    pub plan: String,
}

impl Organization {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.parsed("id")?,
            slug: row.text("slug")?,
            name: row.text("name")?,
            plan: row.text("plan")?,
            created_at: row.time("created_at")?,
            sso_enforced_since: row.maybe_time("sso_enforced_since")?,
        })
    }
}

impl Tx {
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
            sso_enforced_since,
        } = organization;
        let added = self
            .update_one(
                "INSERT INTO organization (id, slug, name, plan, created_at, sso_enforced_since)
                 VALUES ($1, $2, $3, $4, $5, $6)
                 ON CONFLICT (slug) DO NOTHING",
                &[
                    id.into(),
                    slug.into(),
                    name.into(),
                    plan.into(),
                    (*created_at).into(),
                    (*sso_enforced_since).into(),
                ],
            )
            .await?;
        Ok(if added {
            Ok(())
        } else {
            Err(Conflict::SlugInUse)
        })
    }

    /// Oldest first.
    pub async fn organizations(&mut self, page: &Page) -> Result<Vec<Organization>, StoreError> {
        self.fetch_all(
            "SELECT id, slug, name, plan, created_at, sso_enforced_since
               FROM existing_organization
              WHERE $1 IS NULL
                 OR (created_at, id) > (SELECT created_at, id FROM organization WHERE id = $1)
              ORDER BY created_at, id
              LIMIT $2",
            &[(&page.after).into(), page.limit()],
            Organization::from_row,
        )
        .await
    }

    pub(crate) async fn organizations_by_name(&mut self) -> Result<Vec<Organization>, StoreError> {
        self.fetch_all(
            "SELECT id, slug, name, plan, created_at, sso_enforced_since FROM existing_organization ORDER BY name, id",
            &[],
            Organization::from_row,
        )
        .await
    }

    pub async fn organization_by_slug(
        &mut self,
        slug: &str,
    ) -> Result<Option<Organization>, StoreError> {
        self.fetch_optional(
            "SELECT id, slug, name, plan, created_at, sso_enforced_since FROM existing_organization WHERE slug = $1",
            &[slug.into()],
            Organization::from_row,
        )
        .await
    }

    /// Finds the organization that has the domain verified.
    pub async fn organization_by_domain(
        &mut self,
        domain: &str,
    ) -> Result<Option<Organization>, StoreError> {
        self.fetch_optional(
            "SELECT organization.id, slug, organization.name, plan, organization.created_at, sso_enforced_since
               FROM existing_organization AS organization
               JOIN domain ON domain.organization_id = organization.id
              WHERE domain.name = $1 AND domain.verified_at IS NOT NULL",
            &[domain.into()],
            Organization::from_row,
        )
        .await
    }
}

impl OrganizationTx<'_> {
    pub async fn read(&mut self) -> Result<Option<Organization>, StoreError> {
        self.tx
            .fetch_optional(
                "SELECT id, slug, name, plan, created_at, sso_enforced_since FROM existing_organization WHERE id = $1",
                &[self.id.into()],
                Organization::from_row,
            )
            .await
    }

    /// Locks the organization until the transaction ends, like `SELECT … FOR UPDATE`.
    pub async fn lock(&mut self) -> Result<Option<Organization>, StoreError> {
        self.tx
            .fetch_optional(
                // SQLite has no FOR UPDATE; an update that changes nothing locks the row on both engines.
                "UPDATE organization SET plan = plan WHERE id = $1 AND deleted_at IS NULL
                 RETURNING id, slug, name, plan, created_at, sso_enforced_since",
                &[self.id.into()],
                Organization::from_row,
            )
            .await
    }

    /// `false` when the organization does not exist.
    pub async fn update(
        &mut self,
        change: &OrganizationChange,
    ) -> Result<Result<bool, Conflict>, StoreError> {
        let OrganizationChange { slug, name, plan } = change;
        let changed = self
            .tx
            .execute_unless_duplicate(
                "UPDATE organization SET slug = $2, name = $3, plan = $4 WHERE id = $1",
                &[self.id.into(), slug.into(), name.into(), plan.into()],
            )
            .await?;
        Ok(changed.map(|rows| rows > 0).ok_or(Conflict::SlugInUse))
    }
}
