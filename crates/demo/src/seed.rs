//! What the demo plays in: an organization, its connection to the practice identity provider, and an application.
//!
//! All of it is made by the functions behind the API and the command line. What is there from an earlier start is
//! taken as it was left; only addresses and keys, which may have changed, are told anew.

use axum::http::StatusCode;
use runtime::app::App;
use runtime::problem::Problem;
use serde_json::json;
use service::application::{ApplicationSettings, ApplicationView};
use service::connection::{AttributeSettings, ConnectionInput, ConnectionView, Place};
use service::domain::NewDomain;
use service::json::Patch;
use service::organization::{NewOrganization, OrganizationView};
use service::{Actor, PageRequest, application, connection, domain, operator, organization};
use store::{ClientType, Provider};
use testkit::sample_application::SampleApplicationConfig;
use testkit::{IdentityProvider, SampleApplication};

use super::{Addresses, DemoProblem, environment};

const ORGANIZATION: &str = "Acme";
const SLUG: &str = "acme";
/// It has no identity provider yet, so that one can be connected by hand.
const NEWCOMER: &str = "Globex";
const NEWCOMER_SLUG: &str = "globex";
const PLAN: &str = "enterprise";
const DOMAIN: &str = "acme.example";
const CONNECTION: &str = "Practice identity provider";
const APPLICATION: &str = "Sample application";
/// Where the link leads: to the organization that has no identity provider yet.
const BY_HAND: &str = "/console/organizations/globex/sso/setup";
/// Whoever comes in by the link that the demo prints.
pub(super) const OPERATOR: &str = "operator@vestibule.example";
/// The demo acts for whoever started it.
pub(super) const ACTOR: Actor = Actor::CommandLine;

/// Makes what is missing, and introduces everybody to each other.
pub(super) async fn set(
    app: &App,
    identity_provider: &IdentityProvider,
    addresses: &Addresses,
) -> Result<SampleApplication, DemoProblem> {
    let organization = acme(app).await?;
    organization_named(app, NEWCOMER, NEWCOMER_SLUG).await?;
    let metadata = identity_provider
        .metadata()
        .map_err(DemoProblem::Metadata)?;
    connection(app, metadata).await?;
    let application = application(app, &addresses.sample_application).await?;
    let registration = SampleApplicationConfig {
        base_url: addresses.sample_application.clone(),
        issuer: addresses.vestibule.clone(),
        client_id: application.id,
        client_secret: application.client_secret.unwrap_or_default(),
        organization: organization.slug,
        organization_name: organization.name,
    };
    Ok(SampleApplication::new(registration, environment(app)))
}

/// Makes whoever starts the demo an operator, and gives the address by which they come into the console.
pub(super) async fn operator(app: &App) -> Result<String, DemoProblem> {
    let link = operator::invite(app, &ACTOR, OPERATOR).await?;
    Ok(format!("{}?next={BY_HAND}", link.address))
}

/// The organization that is all set up, with its domain.
async fn acme(app: &App) -> Result<OrganizationView, Problem> {
    let organization = organization_named(app, ORGANIZATION, SLUG).await?;
    if domain::list(app, SLUG).await?.items.is_empty() {
        let domain = NewDomain {
            domain: DOMAIN.to_owned(),
            verification: None,
        };
        domain::add(app, &ACTOR, SLUG, domain).await?;
    }
    Ok(organization)
}

async fn organization_named(
    app: &App,
    name: &str,
    slug: &str,
) -> Result<OrganizationView, Problem> {
    match organization::show(app, slug).await {
        Err(problem) if problem.status == StatusCode::NOT_FOUND => {}
        found => return found,
    }
    let new = NewOrganization {
        name: name.to_owned(),
        slug: Some(slug.to_owned()),
        plan: Some(PLAN.to_owned()),
    };
    organization::create(app, &ACTOR, new).await
}

async fn connection(app: &App, metadata: String) -> Result<ConnectionView, Problem> {
    let there = connection::list(app, SLUG)
        .await?
        .items
        .into_iter()
        .find(|one| one.name == CONNECTION);
    if let Some(there) = there {
        let change = Patch::new(json!({ "metadata_xml": metadata }));
        return connection::update(app, &ACTOR, Place::In(SLUG, &there.id), change).await;
    }
    let named = |name: &str| Some(name.to_owned());
    let settings = ConnectionInput {
        name: CONNECTION.to_owned(),
        metadata_xml: Some(metadata),
        provider: Some(Provider::Other),
        attributes: Some(AttributeSettings {
            email: named("email"),
            first_name: named("first_name"),
            last_name: named("last_name"),
            name: named("name"),
            groups: named("groups"),
        }),
        ..ConnectionInput::default()
    };
    let draft = connection::create(app, &ACTOR, SLUG, settings).await?;
    connection::activate(app, &ACTOR, Place::In(SLUG, &draft.id), None).await
}

/// The application, with a secret: only its hash is kept, so each start gives it another.
async fn application(app: &App, base_url: &str) -> Result<ApplicationView, Problem> {
    let redirect_uris = vec![SampleApplication::redirect_uri(base_url)];
    let page = PageRequest {
        cursor: None,
        limit: Some(200),
    };
    let there = application::list(app, &page)
        .await?
        .items
        .into_iter()
        .find(|one| one.settings.name == APPLICATION);
    if let Some(there) = there {
        let change = Patch::new(json!({ "redirect_uris": redirect_uris }));
        application::update(app, &ACTOR, &there.id, change).await?;
        return application::rotate_secret(app, &ACTOR, &there.id).await;
    }
    let settings = ApplicationSettings {
        name: APPLICATION.to_owned(),
        redirect_uris,
        client_type: ClientType::Confidential,
        token_endpoint_auth_method: None,
        jwks: None,
        id_token_signed_response_alg: None,
    };
    application::create(app, &ACTOR, settings).await
}
