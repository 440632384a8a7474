//! Organizations, the customers of the application.

mod plan_impact;

pub use plan_impact::{PlanImpact, plan_impact};
use runtime::app::App;
use runtime::problem::{LocalizedText, Problem};
use runtime::random;
use serde::{Deserialize, Serialize};
use store::{
    Organization, OrganizationChange, OrganizationFilter, OrganizationId, PagedList, SsoState,
    StoreError, Tx,
};
use utoipa::{IntoParams, ToSchema};

use super::audit_log::AuditRecord;
use super::{Actor, Listing, PageRequest, TxError, instant, plan};
use crate::filter::FilterReader;
use crate::json::Patch;
use crate::{json, to_json};

const MAX_SLUG_BYTES: usize = 63;

/// An organization to create.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
pub struct NewOrganization {
    /// The display name.
    #[schema(min_length = 1, max_length = 200, example = "Acme")]
    pub name: String,
    /// The name in URLs. Default: made from `name`.
    #[schema(example = "acme")]
    pub slug: Option<String>,
    /// The plan. Default: the smallest plan.
    #[schema(example = "enterprise")]
    pub plan: Option<String>,
}

/// The settings of an organization.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
pub struct OrganizationSettings {
    /// The display name.
    #[schema(min_length = 1, max_length = 200)]
    pub name: String,
    /// The name in URLs.
    pub slug: String,
    /// The plan. A plan without SAML SSO stops sign-ins through the connections of the organization, and ends the
    /// sessions of earlier ones.
    pub plan: String,
}

/// A customer of the application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Organization)]
pub struct OrganizationView {
    /// The organization ID.
    #[schema(example = "org_4xk6t7yq2m5c3w6lz4ys2n7pba")]
    pub id: String,
    /// The name in URLs.
    pub slug: String,
    /// The display name.
    pub name: String,
    /// The plan.
    pub plan: String,
    /// Whether the plan includes SAML SSO.
    pub plan_includes_sso: bool,
    /// When the organization was created.
    #[schema(format = DateTime)]
    pub created_at: String,
    /// Whether all members must sign in through the identity provider.
    pub sso_enforced: bool,
    /// When SSO was enforced.
    #[schema(format = DateTime)]
    pub sso_enforced_since: Option<String>,
}

pub async fn create(
    app: &App,
    actor: &Actor,
    new: NewOrganization,
) -> Result<OrganizationView, Problem> {
    json::validate(&new)?;
    let slug = match new.slug {
        Some(slug) => slug,
        None => slug_from_name(&new.name).ok_or_else(|| {
            Problem::field(
                "slug",
                LocalizedText::key("problem-expected-slug"),
                LocalizedText::with_fallback(
                    "the name has no letters or digits to make a slug from",
                    "operator-slug-missing".to_owned(),
                ),
            )
        })?,
    };
    let organization = Organization {
        id: OrganizationId::from_random(random::bytes()),
        slug,
        name: new.name,
        plan: new
            .plan
            .unwrap_or_else(|| app.config.plans.smallest().to_owned()),
        created_at: app.clock.now(),
        sso_enforced_since: None,
    };
    check_slug(&organization.slug)?;
    plan::check_exists(&app.config.plans, &organization.plan)?;
    let view = view(app, &organization);
    let record = audit(actor, &organization.id, "organization.created");
    let entry = record.entry(app, None, Some(to_json(&view)));
    app.store
        .write(async move |tx| {
            tx.add_organization(&organization).await??;
            Ok::<_, TxError>(tx.add_audit_entry(&entry).await?)
        })
        .await?;
    Ok(view)
}

/// Which organizations to list. An absent or empty field matches all organizations.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OrganizationQuery {
    /// Only organizations whose name or slug contains this text.
    #[param(example = "acme")]
    pub search: Option<String>,
    /// Only organizations with this plan.
    #[param(example = "enterprise")]
    pub plan: Option<String>,
    /// `enforced`: all members must use SSO. `active`: a connection is active. `inactive`: no connection is active.
    #[param(example = "active")]
    pub sso: Option<String>,
}

impl OrganizationQuery {
    fn filter(&self) -> Result<OrganizationFilter, Problem> {
        let mut reader = FilterReader::default();
        let filter = OrganizationFilter {
            search: FilterReader::text(self.search.as_ref()),
            plan: FilterReader::text(self.plan.as_ref()),
            sso: reader.parsed("sso", self.sso.as_ref(), SsoState::parse),
        };
        reader.finish(filter)
    }
}

/// Lists the organizations that match, oldest first.
pub async fn list(
    app: &App,
    query: &OrganizationQuery,
    request: &PageRequest,
) -> Result<Listing<OrganizationView>, Problem> {
    let filter = query.filter()?;
    let mut tx = app.store.snapshot().await?;
    let page = request.page(&mut tx, PagedList::Organizations).await?;
    let organizations = tx.organizations(&filter, &page).await?;
    Ok(Listing::new(
        &page,
        organizations,
        |organization| organization.id.as_str(),
        |organization| view(app, &organization),
    ))
}

pub async fn show(app: &App, id_or_slug: &str) -> Result<OrganizationView, Problem> {
    Ok(view(app, &find(app, id_or_slug).await?))
}

pub async fn update(
    app: &App,
    actor: &Actor,
    id_or_slug: &str,
    change: Patch,
) -> Result<OrganizationView, Problem> {
    let id = find(app, id_or_slug).await?.id;
    let app = app.clone();
    let actor = actor.clone();
    let store = app.store.clone();
    let updated = store.write(async move |tx| {
        // Locked before it is read: a concurrent request may enforce SSO.
        let before = tx.organization(&id).lock().await?;
        let before = before.ok_or_else(|| Problem::not_found("organization", id.as_str()))?;
        let after = apply_change(&app, &before, change)?;
        if after == before {
            return Ok::<_, TxError>(view(&app, &after));
        }
        let change = OrganizationChange {
            slug: after.slug.clone(),
            name: after.name.clone(),
            plan: after.plan.clone(),
        };
        tx.organization(&id).update(&change).await??;
        if !app.config.plans.includes_sso(&after.plan) {
            tx.organization(&id).end_sso_sessions().await?;
        }
        let updated = view(&app, &after);
        let record = audit(&actor, &id, "organization.updated");
        let was = to_json(&view(&app, &before));
        let entry = record.entry(&app, Some(was), Some(to_json(&updated)));
        tx.add_audit_entry(&entry).await?;
        Ok(updated)
    });
    updated.await.map_err(Problem::from)
}

fn apply_change(app: &App, before: &Organization, change: Patch) -> Result<Organization, Problem> {
    let current = OrganizationSettings {
        name: before.name.clone(),
        slug: before.slug.clone(),
        plan: before.plan.clone(),
    };
    let OrganizationSettings { name, slug, plan } = change.apply_to(to_json(&current))?;
    check_slug(&slug)?;
    if plan != before.plan {
        plan::check_exists(&app.config.plans, &plan)?;
    }
    Ok(Organization {
        name,
        slug,
        plan,
        ..before.clone()
    })
}

/// Erases the rows of deleted organizations, in many small transactions.
pub async fn erase_deleted(app: &App) -> Result<(), StoreError> {
    loop {
        // The snapshot ends here: in a condition of the loop, it would stay open while the rows are erased.
        let found = app.store.snapshot().await?.deleted_organization().await?;
        let Some(id) = found else { return Ok(()) };
        let erase_batch = async move |tx: &mut Tx| tx.organization(&id).erase_batch().await;
        app.store.write_in_batches(erase_batch).await?;
    }
}

/// Deletes an organization with its members, connections and domains. It is gone at once; its rows are erased in the
/// background.
pub async fn delete(app: &App, actor: &Actor, id_or_slug: &str) -> Result<(), Problem> {
    let organization = find(app, id_or_slug).await?;
    let record = audit(actor, &organization.id, "organization.deleted");
    let entry = record.entry(app, Some(to_json(&view(app, &organization))), None);
    let now = app.clock.now();
    let deleted = app
        .store
        .write(async move |tx| {
            let deleted = tx.organization(&organization.id).delete(now).await?;
            if deleted {
                tx.add_audit_entry(&entry).await?;
            }
            Ok::<_, StoreError>(deleted)
        })
        .await?;
    if deleted {
        Ok(())
    } else {
        Err(Problem::not_found("organization", id_or_slug))
    }
}

pub async fn find(app: &App, id_or_slug: &str) -> Result<Organization, Problem> {
    let mut tx = app.store.snapshot().await?;
    let found = match OrganizationId::parse(id_or_slug) {
        Ok(id) => tx.organization(&id).read().await?,
        Err(_) => tx.organization_by_slug(id_or_slug).await?,
    };
    found.ok_or_else(|| Problem::not_found("organization", id_or_slug))
}

fn view(app: &App, organization: &Organization) -> OrganizationView {
    OrganizationView {
        id: organization.id.to_string(),
        slug: organization.slug.clone(),
        name: organization.name.clone(),
        plan: organization.plan.clone(),
        plan_includes_sso: app.config.plans.includes_sso(&organization.plan),
        created_at: instant(organization.created_at),
        sso_enforced: organization.sso_enforced_since.is_some(),
        sso_enforced_since: organization.sso_enforced_since.map(instant),
    }
}

fn audit<'d>(actor: &'d Actor, id: &'d OrganizationId, action: &'static str) -> AuditRecord<'d> {
    AuditRecord {
        actor,
        organization: Some(id),
        action,
        subject: id.as_str(),
    }
}

/// A slug is a valid DNS label, so that applications can use it as a subdomain.
fn check_slug(slug: &str) -> Result<(), Problem> {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let is_label = slug.bytes().all(is_plain) && !slug.starts_with('-') && !slug.ends_with('-');
    if is_label && (1..=MAX_SLUG_BYTES).contains(&slug.len()) {
        return Ok(());
    }
    let expected = LocalizedText::key("problem-expected-slug");
    Err(Problem::field(
        "slug",
        expected,
        LocalizedText::quoted(slug),
    ))
}

/// Creates a slug from the ASCII letters and digits of a name. `None` if the name has neither.
fn slug_from_name(name: &str) -> Option<String> {
    let lower = name.to_ascii_lowercase();
    let words = lower
        .split(|character: char| !character.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    let slug: String = words
        .collect::<Vec<_>>()
        .join("-")
        .chars()
        .take(MAX_SLUG_BYTES)
        .collect();
    Some(slug.trim_end_matches('-').to_owned()).filter(|slug| !slug.is_empty())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::latin("Acme & Sons, Ltd.", Some("acme-sons-ltd"))]
    #[case::chinese("北京", None)]
    fn a_slug_is_created_from_the_name(#[case] name: &str, #[case] slug: Option<&str>) {
        assert_eq!(slug_from_name(name).as_deref(), slug);
    }

    #[test]
    fn the_slug_of_a_long_name_is_valid() {
        let slug = slug_from_name(&"Very long name ".repeat(9)).unwrap();
        assert!(check_slug(&slug).is_ok(), "{slug}");
    }

    #[rstest]
    #[case::empty("")]
    #[case::leading_hyphen("-a")]
    #[case::trailing_hyphen("a-")]
    #[case::uppercase("A")]
    #[case::underscore("a_b")]
    #[case::dot("a.b")]
    #[case::non_ascii("ä")]
    #[case::too_long(&"a".repeat(64))]
    fn an_invalid_slug_is_rejected(#[case] slug: &str) {
        check_slug(slug).unwrap_err();
    }
}
