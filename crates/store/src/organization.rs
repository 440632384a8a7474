use jiff::Timestamp;

use crate::engine::Row;
use crate::query::{Query, like_pattern};
use crate::{Conflict, OrganizationId, OrganizationTx, Page, SsoState, StoreError, Tx};

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

/// Which organizations to list; `None` matches every organization.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrganizationFilter {
    /// The name or the slug contains this text. The comparison ignores case as far as the database supports it.
    pub search: Option<String>,
    pub plan: Option<String>,
    pub sso: Option<SsoState>,
}

macro_rules! has_active_connection {
    () => {
        "EXISTS (SELECT 1 FROM connection
                  WHERE connection.organization_id = organization.id
                    AND connection.activated_at IS NOT NULL AND connection.disabled_at IS NULL)"
    };
}

impl Organization {
    pub(crate) fn from_row(row: &Row) -> Result<Self, StoreError> {
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
    pub async fn organizations(
        &mut self,
        filter: &OrganizationFilter,
        page: &Page,
    ) -> Result<Vec<Organization>, StoreError> {
        let pattern = filter.search.as_deref().map(like_pattern);
        let mut query = Query::new(
            "SELECT id, slug, name, plan, created_at, sso_enforced_since
               FROM existing_organization AS organization WHERE 1 = 1",
        );
        if let Some(pattern) = &pattern {
            query
                .push(" AND (LOWER(name) LIKE LOWER(")
                .bind(pattern)
                .push(") ESCAPE '\\' OR slug LIKE LOWER(")
                .bind(pattern)
                .push(") ESCAPE '\\')");
        }
        query.push_if(" AND plan = ", filter.plan.as_deref());
        query.push(match filter.sso {
            None => "",
            Some(SsoState::Enforced) => " AND sso_enforced_since IS NOT NULL",
            Some(SsoState::Active) => concat!(" AND ", has_active_connection!()),
            Some(SsoState::Inactive) => concat!(" AND NOT ", has_active_connection!()),
        });
        if let Some(after) = &page.after {
            query
                .push(
                    " AND (created_at, id) > (SELECT created_at, id FROM organization WHERE id = ",
                )
                .bind(after)
                .push(")");
        }
        query.push(" ORDER BY created_at, id").limit(page);
        self.fetch_query(&query, Organization::from_row).await
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

    /// Finds the organization to which the addresses of a domain lead: that of the closest verified domain, which is the
    /// domain itself or a parent of it. Of the parents, one of that organization must include its subdomains.
    pub async fn organization_by_domain(
        &mut self,
        domain: &str,
    ) -> Result<Option<Organization>, StoreError> {
        let mut query = Query::new(
            "SELECT organization.id, slug, organization.name, plan, organization.created_at, sso_enforced_since,
                    domain.name AS domain, include_subdomains_since
               FROM existing_organization AS organization
               JOIN domain ON domain.organization_id = organization.id
              WHERE domain.verified_at IS NOT NULL AND domain.name IN (",
        );
        query.bind(domain);
        for (dot, _) in domain.match_indices('.') {
            query.push(", ").bind(&domain[dot + 1..]);
        }
        query.push(") ORDER BY LENGTH(domain.name) DESC");
        let found = self
            .fetch_query(&query, |row| {
                let is_included = row.text("domain")? == domain
                    || row.maybe_time("include_subdomains_since")?.is_some();
                let organization = Organization::from_row(row)?;
                Ok(VerifiedDomain {
                    organization,
                    is_included,
                })
            })
            .await?;
        let closest = found.first().map(|first| first.organization.id.clone());
        let is_included = |one: &VerifiedDomain| {
            one.is_included && Some(&one.organization.id) == closest.as_ref()
        };
        Ok(found
            .into_iter()
            .find(is_included)
            .map(|one| one.organization))
    }
}

/// A verified domain that is the one of an address, or a parent of it.
struct VerifiedDomain {
    organization: Organization,
    /// Whether the address leads to the organization.
    is_included: bool,
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
        if changed.is_some() {
            self.tx
                .execute(
                    "UPDATE connection SET organization_plan = $2
                      WHERE organization_id = $1 AND organization_plan <> $2",
                    &[self.id.into(), plan.into()],
                )
                .await?;
        }
        Ok(changed.map(|rows| rows > 0).ok_or(Conflict::SlugInUse))
    }
}
