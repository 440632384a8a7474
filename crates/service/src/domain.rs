//! The email domains of organizations, for home realm discovery and trusted email addresses.

mod dns_check;
mod dns_verification;
mod name;
mod public_mail;
mod view;

pub use dns_check::{check, check_due};
pub use dns_verification::{DnsAnswer, record_matches};
pub use name::normalize_domain;
use name::parse_domain;
use runtime::app::App;
use runtime::problem::{Problem, ProblemCode};
use serde::{Deserialize, Serialize};
use store::{Domain, DomainVerification, DomainVerificationMethod, Organization, Tx};
use utoipa::ToSchema;
use view::view;
pub use view::{DomainView, RecordView};

use super::audit_log::AuditRecord;
use super::{Actor, Listing, TxError, organization, schema};
use crate::json::Patch;
use crate::{json, setup_link_policy, to_json};

/// A domain to add to an organization.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
pub struct NewDomain {
    /// The domain name.
    #[schema(min_length = 1, max_length = 253, example = "acme.example")]
    pub domain: String,
    #[schema(schema_with = schema::verification_method)]
    pub verification: Option<DomainVerificationMethod>,
    /// Whether addresses in subdomains lead to the organization too. Default: `false`.
    pub include_subdomains: Option<bool>,
}

/// The settings of a domain.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
pub struct DomainSettings {
    /// Whether addresses in subdomains lead to the organization too, unless another organization has verified a closer
    /// domain. They are only routed: an address in a subdomain is not verified until the subdomain itself is.
    pub include_subdomains: bool,
}

/// The domains of an organization.
pub async fn list(app: &App, org_id_or_slug: &str) -> Result<Listing<DomainView>, Problem> {
    let organization = organization::find(app, org_id_or_slug).await?;
    let domains = app
        .store
        .snapshot()
        .await?
        .organization(&organization.id)
        .domains()
        .await?;
    Ok(Listing::whole(domains.iter().map(view).collect()))
}

/// Adds a domain to an organization: verified when an operator verifies it manually, else pending until the DNS check.
///
/// # Errors
///
/// When the domain is invalid, shared or in use, or too many are added with a setup link.
pub async fn add(
    app: &App,
    actor: &Actor,
    org_id_or_slug: &str,
    new: NewDomain,
) -> Result<DomainView, Problem> {
    json::validate(&new)?;
    let organization = organization::find(app, org_id_or_slug).await?;
    let now = app.clock.now();
    let (verified_at, verification) =
        match new.verification.unwrap_or(DomainVerificationMethod::Manual) {
            DomainVerificationMethod::Manual => (Some(now), DomainVerification::Manual),
            DomainVerificationMethod::Dns => {
                (None, DomainVerification::Dns(dns_verification::generate()))
            }
        };
    let domain = Domain {
        organization: organization.id.clone(),
        name: parse_domain(&new.domain)?,
        created_at: now,
        verified_at,
        verification,
        include_subdomains_since: new.include_subdomains.unwrap_or_default().then_some(now),
        added_by: Some(actor.to_string()),
    };
    let has_setup_link = setup_link_policy::applies_to(actor);
    let added = view(&domain);
    let entry = audit(actor, &organization, "domain.added", &domain.name).entry(
        app,
        None,
        Some(to_json(&added)),
    );
    app.store
        .write(async move |tx| {
            let mut org_tx = tx.organization(&domain.organization);
            org_tx.lock_domains().await?;
            if has_setup_link {
                setup_link_policy::check_new_domain(&org_tx.domains().await?)?;
            }
            if org_tx.domain(&domain.name).await?.is_some() {
                return Err(Problem::new(ProblemCode::DomainAlreadyAdded).into());
            }
            org_tx.add_domain(&domain).await??;
            Ok::<_, TxError>(tx.add_audit_entry(&entry).await?)
        })
        .await?;
    Ok(added)
}

/// Changes the settings of a domain.
pub async fn update(
    app: &App,
    actor: &Actor,
    org_id_or_slug: &str,
    domain: &str,
    change: Patch,
) -> Result<DomainView, Problem> {
    let organization = organization::find(app, org_id_or_slug).await?;
    let name = normalize_domain(domain);
    let now = app.clock.now();
    let app = app.clone();
    let store = app.store.clone();
    let actor = actor.clone();
    let updated = store.write(async move |tx| {
        let mut org_tx = tx.organization(&organization.id);
        org_tx.lock_domains().await?;
        let before = org_tx.domain(&name).await?;
        let before = before.ok_or_else(|| Problem::not_found("domain", &name))?;
        let current = DomainSettings {
            include_subdomains: before.include_subdomains_since.is_some(),
        };
        let was_included = current.include_subdomains;
        let settings: DomainSettings = change.apply_to(to_json(&current))?;
        if settings.include_subdomains == was_included {
            return Ok::<_, TxError>(view(&before));
        }
        let after = Domain {
            include_subdomains_since: settings.include_subdomains.then_some(now),
            ..before.clone()
        };
        org_tx
            .set_include_subdomains(&name, after.include_subdomains_since)
            .await?;
        let updated = view(&after);
        let was = to_json(&view(&before));
        let record = audit(&actor, &organization, "domain.updated", &name);
        let entry = record.entry(&app, Some(was), Some(to_json(&updated)));
        tx.add_audit_entry(&entry).await?;
        Ok(updated)
    });
    updated.await.map_err(Problem::from)
}

/// How many members have a verified email address in a domain of the organization.
pub async fn count_members(app: &App, org_id_or_slug: &str, domain: &str) -> Result<i64, Problem> {
    let organization = organization::find(app, org_id_or_slug).await?;
    let name = normalize_domain(domain);
    let mut tx = app.store.snapshot().await?;
    let mut org_tx = tx.organization(&organization.id);
    if org_tx.domain(&name).await?.is_none() {
        return Err(Problem::not_found("domain", &name));
    }
    Ok(org_tx.count_members_in_domain(&name).await?)
}

/// Removes a domain. The email addresses of members in it become unverified.
pub async fn remove(
    app: &App,
    actor: &Actor,
    org_id_or_slug: &str,
    domain: &str,
) -> Result<(), Problem> {
    let organization = organization::find(app, org_id_or_slug).await?;
    let name = normalize_domain(domain);
    let entry = audit(actor, &organization, "domain.removed", &name).entry(app, None, None);
    let remove_batch = async move |tx: &mut Tx| {
        let mut org_tx = tx.organization(&organization.id);
        org_tx.lock_domains().await?;
        if org_tx.domain(&name).await?.is_none() {
            return Err(Problem::not_found("domain", &name).into());
        }
        // The domain is the last to go, so that no address stays verified without it.
        if org_tx.unverify_email_batch(&name).await? {
            return Ok(true);
        }
        org_tx.remove_domain(&name).await?;
        tx.add_audit_entry(&entry).await?;
        Ok::<_, TxError>(false)
    };
    Ok(app.store.write_in_batches(remove_batch).await?)
}

/// Whether an actor has proved to control a domain: they added it, and its DNS record verifies it.
pub async fn is_proved_by(
    app: &App,
    actor: &Actor,
    organization: &Organization,
    domain: &str,
) -> Result<bool, Problem> {
    let found = app
        .store
        .snapshot()
        .await?
        .organization(&organization.id)
        .domain(domain)
        .await?;
    Ok(found.is_some_and(|domain| {
        let is_added_by = domain.added_by.as_deref() == Some(actor.to_string().as_str());
        let is_published =
            dns_verification::find_dns(&domain).is_some_and(|dns| dns.missing_since.is_none());
        is_added_by && is_published && domain.verified_at.is_some()
    }))
}

async fn find(app: &App, organization: &Organization, name: &str) -> Result<Domain, Problem> {
    let found = app
        .store
        .snapshot()
        .await?
        .organization(&organization.id)
        .domain(name)
        .await?;
    found.ok_or_else(|| Problem::not_found("domain", name))
}

fn audit<'d>(
    actor: &'d Actor,
    organization: &'d Organization,
    action: &'static str,
    domain: &'d str,
) -> AuditRecord<'d> {
    AuditRecord {
        actor,
        organization: Some(&organization.id),
        action,
        subject: domain,
    }
}
