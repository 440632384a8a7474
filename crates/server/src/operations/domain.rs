//! Domains: whose e-mail addresses lead to which organization.

use serde::{Deserialize, Serialize};
use store::{Domain, Organization};
use url::Host;
use utoipa::ToSchema;

use super::event::Deed;
use super::{Actor, Listing, Undone, instant, organization};
use crate::app::App;
use crate::problem::Problem;

/// A domain that an organization is to have.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct NewDomain {
    /// The domain. The operator's word is proof that it belongs to the organization.
    #[schema(min_length = 1, max_length = 253, example = "acme.example")]
    pub domain: String,
}

/// A domain as the API shows it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Domain)]
pub struct DomainView {
    /// The domain in lower case, in its ASCII form.
    pub domain: String,
    /// Since when its e-mail addresses are believed.
    #[schema(format = DateTime)]
    pub verified_at: Option<String>,
    /// When it was added.
    #[schema(format = DateTime)]
    pub created_at: String,
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
        .read(move |tx| Box::pin(async move { tx.organization(&organization.id).domains().await }))
        .await?;
    Ok(Listing::whole(domains.iter().map(view).collect()))
}

/// Gives a domain to an organization.
///
/// # Errors
///
/// When the domain belongs to an organization already, or is none.
pub async fn add(
    app: &App,
    actor: &Actor,
    named: &str,
    new: NewDomain,
) -> Result<DomainView, Problem> {
    let organization = organization::find(app, named).await?;
    let now = app.clock.now();
    let domain = Domain {
        organization: organization.id.clone(),
        name: domain_name(&new.domain)?,
        created_at: now,
        verified_at: Some(now),
        proof: None,
    };
    let added = view(&domain);
    let event = deed(actor, &organization, "domain.add", &domain.name).event(
        app,
        None,
        Some(super::json(&added)),
    );
    app.store
        .write(move |tx| {
            Box::pin(async move {
                tx.organization(&domain.organization)
                    .add_domain(&domain)
                    .await??;
                Ok::<_, Undone>(tx.add_event(&event).await?)
            })
        })
        .await?;
    Ok(added)
}

/// Takes a domain from an organization.
///
/// # Errors
///
/// When it does not have it.
pub async fn remove(app: &App, actor: &Actor, named: &str, domain: &str) -> Result<(), Problem> {
    let organization = organization::find(app, named).await?;
    let name = domain.to_ascii_lowercase();
    let event = deed(actor, &organization, "domain.remove", &name).event(app, None, None);
    let gone = name.clone();
    app.store
        .write(move |tx| {
            Box::pin(async move {
                if !tx
                    .organization(&organization.id)
                    .remove_domain(&gone)
                    .await?
                {
                    return Err(Problem::not_found("domain", &gone).into());
                }
                Ok::<_, Undone>(tx.add_event(&event).await?)
            })
        })
        .await?;
    Ok(())
}

fn view(domain: &Domain) -> DomainView {
    DomainView {
        domain: domain.name.clone(),
        verified_at: domain.verified_at.map(instant),
        created_at: instant(domain.created_at),
    }
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

/// The domain in the one form in which it is compared: lower case, international names in their ASCII form.
fn domain_name(written: &str) -> Result<String, Problem> {
    let expected = "a domain such as acme.example, without @ and without a path";
    let refuse = || Problem::field("domain", expected, format!("{written:?}"));
    let is_bare = !written.contains(['@', '/', ':', '%', '\\', '?', '#', '*'])
        && !written.contains(char::is_whitespace);
    match Host::parse(written).map_err(|_| refuse())? {
        // A top-level domain belongs to nobody, and with a dot at its end a name has a second spelling.
        Host::Domain(name) if is_bare && name.contains('.') && !name.ends_with('.') => Ok(name),
        Host::Domain(_) | Host::Ipv4(_) | Host::Ipv6(_) => Err(refuse()),
    }
}

#[test]
fn a_domain_has_one_form() {
    assert_eq!(domain_name("ACME.Example").unwrap(), "acme.example");
    assert_eq!(
        domain_name("bücher.example").unwrap(),
        "xn--bcher-kva.example"
    );
    for bad in [
        "",
        "acme",
        "@acme.example",
        "ada@acme.example",
        "https://acme.example",
        "10.0.0.1",
        "[::1]",
        "acme.example.",
        "*.acme.example",
        "a b.example",
        "acme.example/x",
    ] {
        domain_name(bad).expect_err(bad);
    }
}
