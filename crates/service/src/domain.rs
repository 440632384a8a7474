//! Domains: whose e-mail addresses lead to which organization.

mod check;
mod name;
mod proof;
mod view;

pub use check::{check, check_due};
use name::{as_kept, domain_name};
pub use proof::{Answer, says};
use runtime::app::App;
use runtime::problem::{Problem, ProblemCode};
use serde::{Deserialize, Serialize};
use store::{Domain, DomainVerification, DomainVerificationMethod, Organization};
use utoipa::ToSchema;
use view::view;
pub use view::{DomainView, RecordView};

use super::audit_log::Deed;
use super::{Actor, Listing, Undone, organization, schema};
use crate::{json, to_json};

/// So many domains may wait for their record before whoever came by a setup link adds no more: nobody has as many to
/// prove at a time, and each is looked up again and again.
const MOST_BY_LINK: usize = 20;

/// A domain to add to an organization.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
pub struct NewDomain {
    /// The domain name.
    #[schema(min_length = 1, max_length = 253, example = "acme.example")]
    pub domain: String,
    #[schema(schema_with = schema::verification_method)]
    pub verification: Option<DomainVerificationMethod>,
}

/// The domains of an organization.
///
/// # Errors
///
/// When there is no such organization.
pub async fn list(app: &App, named: &str) -> Result<Listing<DomainView>, Problem> {
    let organization = organization::find(app, named).await?;
    let domains = app
        .store
        .snapshot()
        .await?
        .organization(&organization.id)
        .domains()
        .await?;
    Ok(Listing::whole(domains.iter().map(view).collect()))
}

/// Gives a domain to an organization on the operator's word, or notes that the organization is about to prove it.
///
/// # Errors
///
/// When the domain belongs to an organization already, or cannot, or whoever came by a setup link adds too many.
pub async fn add(
    app: &App,
    actor: &Actor,
    named: &str,
    new: NewDomain,
) -> Result<DomainView, Problem> {
    json::validate(&new)?;
    let organization = organization::find(app, named).await?;
    let now = app.clock.now();
    let (verified_at, verification, action) = match new
        .verification
        .unwrap_or(DomainVerificationMethod::Manual)
    {
        DomainVerificationMethod::Manual => (Some(now), DomainVerification::Manual, "domain.add"),
        DomainVerificationMethod::Dns => (
            None,
            DomainVerification::Dns(proof::fresh()),
            "domain.claim",
        ),
    };
    let domain = Domain {
        organization: organization.id.clone(),
        name: domain_name(&new.domain)?,
        created_at: now,
        verified_at,
        verification,
    };
    let is_by_link = matches!(actor, Actor::SetupLink(_));
    let added = view(&domain);
    let event =
        deed(actor, &organization, action, &domain.name).event(app, None, Some(to_json(&added)));
    app.store
        .write(async move |tx| {
            let mut place = tx.organization(&domain.organization);
            if is_by_link {
                check_room(&place.domains().await?)?;
            }
            place.add_domain(&domain).await??;
            Ok::<_, Undone>(tx.add_audit_entry(&event).await?)
        })
        .await?;
    Ok(added)
}

fn check_room(there: &[Domain]) -> Result<(), Problem> {
    let waiting = there.iter().filter(|one| one.verified_at.is_none()).count();
    if waiting < MOST_BY_LINK {
        return Ok(());
    }
    Err(Problem::with_detail(
        ProblemCode::TooManyDomains,
        format!(
            "{waiting} domains of this organization are unverified; publish their records first, or ask an administrator to remove domains"
        ),
    ))
}

/// Takes a domain from an organization, whose members' addresses in it are not believed any more.
///
/// # Errors
///
/// When it does not have it.
pub async fn remove(app: &App, actor: &Actor, named: &str, domain: &str) -> Result<(), Problem> {
    let organization = organization::find(app, named).await?;
    let name = as_kept(domain);
    let event = deed(actor, &organization, "domain.remove", &name).event(app, None, None);
    let gone = name.clone();
    app.store
        .write(async move |tx| {
            let mut tenant = tx.organization(&organization.id);
            if !tenant.remove_domain(&gone).await? {
                return Err(Problem::not_found("domain", &gone).into());
            }
            tenant.unverify_emails(&gone).await?;
            Ok::<_, Undone>(tx.add_audit_entry(&event).await?)
        })
        .await?;
    Ok(())
}

async fn find(app: &App, organization: &Organization, name: &str) -> Result<Domain, Problem> {
    let (id, wanted) = (organization.id.clone(), name.to_owned());
    let found = app
        .store
        .snapshot()
        .await?
        .organization(&id)
        .domain(&wanted)
        .await?;
    found.ok_or_else(|| Problem::not_found("domain", name))
}

fn deed<'d>(
    actor: &'d Actor,
    organization: &'d Organization,
    action: &'static str,
    domain: &'d str,
) -> Deed<'d> {
    Deed {
        actor,
        organization: Some(&organization.id),
        action,
        subject: domain,
    }
}
