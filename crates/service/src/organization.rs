//! Organizations: the customers of the application.

use runtime::app::App;
use runtime::problem::Problem;
use runtime::random;
use serde::{Deserialize, Serialize};
use store::{Organization, OrganizationChange, OrganizationId, StoreError};
use utoipa::ToSchema;

use super::audit_log::Deed;
use super::{Actor, Listing, PageRequest, Undone, instant, plan};
use crate::json::Patch;
use crate::{json, to_json};

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
    /// The plan. A plan without SAML SSO stops sign-ins through the connections of the organization.
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

/// Makes an organization.
///
/// # Errors
///
/// When the slug is taken, or something is not as it must be.
pub async fn create(
    app: &App,
    actor: &Actor,
    new: NewOrganization,
) -> Result<OrganizationView, Problem> {
    json::validate(&new)?;
    let slug = match new.slug {
        Some(slug) => slug,
        None => slug_of(&new.name).ok_or_else(|| {
            Problem::field(
                "slug",
                "a slug, since the name has no letters of which to make one",
                "nothing",
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
    let deed = deed(actor, &organization.id, "organization.create");
    let event = deed.event(app, None, Some(to_json(&view)));
    app.store
        .write(async move |tx| {
            tx.add_organization(&organization).await??;
            Ok::<_, Undone>(tx.add_audit_entry(&event).await?)
        })
        .await?;
    Ok(view)
}

/// The organizations, oldest first.
///
/// # Errors
///
/// When the page cannot be.
pub async fn list(app: &App, request: &PageRequest) -> Result<Listing<OrganizationView>, Problem> {
    let page = request.page()?;
    let wanted = page.clone();
    let organizations = app.store.snapshot().await?.organizations(&wanted).await?;
    Ok(Listing::new(
        &page,
        organizations,
        |one| one.id.as_str(),
        |one| view(app, &one),
    ))
}

/// One organization, by its id or slug.
///
/// # Errors
///
/// When there is none.
pub async fn show(app: &App, named: &str) -> Result<OrganizationView, Problem> {
    Ok(view(app, &find(app, named).await?))
}

/// Changes an organization.
///
/// # Errors
///
/// When there is none, the slug is taken, or something is not as it must be.
pub async fn update(
    app: &App,
    actor: &Actor,
    named: &str,
    change: Patch,
) -> Result<OrganizationView, Problem> {
    let id = find(app, named).await?.id;
    let (app, actor, store) = (app.clone(), actor.clone(), app.store.clone());
    let done = store.write(async move |tx| {
        // Read here, where nobody else changes it: somebody may have just required single sign-on.
        let before = tx.organization(&id).lock().await?;
        let before = before.ok_or_else(|| Problem::not_found("organization", id.as_str()))?;
        let after = changed(&app, &before, change)?;
        let change = OrganizationChange {
            slug: after.slug.clone(),
            name: after.name.clone(),
            plan: after.plan.clone(),
        };
        tx.organization(&id).update(&change).await??;
        let shown = view(&app, &after);
        let (was, is) = (to_json(&view(&app, &before)), to_json(&shown));
        let deed = deed(&actor, &id, "organization.update");
        tx.add_audit_entry(&deed.event(&app, Some(was), Some(is)))
            .await?;
        Ok::<_, Undone>(shown)
    });
    done.await.map_err(Problem::from)
}

/// An organization as a change makes it.
fn changed(app: &App, before: &Organization, change: Patch) -> Result<Organization, Problem> {
    let there = OrganizationSettings {
        name: before.name.clone(),
        slug: before.slug.clone(),
        plan: before.plan.clone(),
    };
    let OrganizationSettings { name, slug, plan } = change.apply_to(to_json(&there))?;
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

/// Deletes an organization with all that is its own.
///
/// # Errors
///
/// When there is none.
pub async fn delete(app: &App, actor: &Actor, named: &str) -> Result<(), Problem> {
    let organization = find(app, named).await?;
    let deed = deed(actor, &organization.id, "organization.delete");
    let event = deed.event(app, Some(to_json(&view(app, &organization))), None);
    let deleted = app
        .store
        .write(async move |tx| {
            let deleted = tx.organization(&organization.id).delete().await?;
            if deleted {
                tx.add_audit_entry(&event).await?;
            }
            Ok::<_, StoreError>(deleted)
        })
        .await?;
    if deleted {
        Ok(())
    } else {
        Err(Problem::not_found("organization", named))
    }
}

/// Finds an organization by its id or slug.
///
/// # Errors
///
/// When there is none.
pub async fn find(app: &App, named: &str) -> Result<Organization, Problem> {
    let mut tx = app.store.snapshot().await?;
    let found = match OrganizationId::parse(named) {
        Ok(id) => tx.organization(&id).read().await?,
        Err(_) => tx.organization_by_slug(named).await?,
    };
    found.ok_or_else(|| Problem::not_found("organization", named))
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

fn deed<'d>(actor: &'d Actor, id: &'d OrganizationId, action: &'static str) -> Deed<'d> {
    Deed {
        actor,
        organization: Some(id),
        action,
        subject: id.as_str(),
    }
}

/// A slug is a label of a host name, so that it fits wherever an address may want it.
fn check_slug(slug: &str) -> Result<(), Problem> {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let is_label = slug.bytes().all(is_plain) && !slug.starts_with('-') && !slug.ends_with('-');
    if is_label && (1..=63).contains(&slug.len()) {
        return Ok(());
    }
    let expected =
        "1 to 63 lower-case letters, digits and hyphens, with a letter or digit at each end";
    Err(Problem::field("slug", expected, format!("{slug:?}")))
}

/// A slug from the letters and digits of a name; nothing when it has none.
fn slug_of(name: &str) -> Option<String> {
    let lower = name.to_ascii_lowercase();
    let words = lower
        .split(|one: char| !one.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    let slug: String = words
        .collect::<Vec<_>>()
        .join("-")
        .chars()
        .take(63)
        .collect();
    Some(slug.trim_end_matches('-').to_owned()).filter(|slug| !slug.is_empty())
}

#[test]
fn a_slug_is_made_of_a_name() {
    assert_eq!(
        slug_of("Acme & Sons, Ltd.").as_deref(),
        Some("acme-sons-ltd")
    );
    assert_eq!(slug_of("北京"), None);
    check_slug(&slug_of(&"Very long name ".repeat(9)).unwrap()).unwrap();
    for bad in ["", "-a", "a-", "A", "a_b", "a.b", "ä", &"a".repeat(64)] {
        check_slug(bad).unwrap_err();
    }
}
