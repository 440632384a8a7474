//! The data of the demo: organizations, a connection to the practice identity provider, and an application.
//!
//! Created with the functions behind the API and the command line. Existing data is kept; only URLs and keys, which may
//! have changed, are updated.

use axum::http::StatusCode;
use runtime::app::App;
use runtime::problem::Problem;
use serde_json::json;
use service::application::{ApplicationSettings, ApplicationView};
use service::connection::{AttributeSettings, ConnectionInput, ConnectionRef, ConnectionView};
use service::domain::NewDomain;
use service::json::Patch;
use service::organization::{NewOrganization, OrganizationView};
use service::{Actor, PageRequest, application, connection, domain, operator, organization};
use store::{ClientType, Provider};
use testkit::sample_application::SampleApplicationConfig;
use testkit::{IdentityProvider, SampleApplication};

use super::{DemoError, ServerUrls, environment};

const ORGANIZATION: &str = "Acme";
const SLUG: &str = "acme";
/// Has no connection, so the user can set one up.
const UNCONFIGURED_ORGANIZATION: &str = "Globex";
const UNCONFIGURED_SLUG: &str = "globex";
const PLAN: &str = "enterprise";
const DOMAIN: &str = "acme.example";
const CONNECTION: &str = "Practice identity provider";
const APPLICATION: &str = "Sample application";
/// The page that the operator's link opens: the setup of the unconfigured organization.
const SETUP_PATH: &str = "/console/organizations/globex/sso/setup";
pub(super) const OPERATOR_EMAIL: &str = "operator@vestibule.example";
/// The demo acts as the user who started it on the command line.
pub(super) const ACTOR: Actor = Actor::CommandLine;

/// Creates the missing data, and connects the three servers with each other.
pub(super) async fn seed(
    app: &App,
    identity_provider: &IdentityProvider,
    urls: &ServerUrls,
) -> Result<SampleApplication, DemoError> {
    let organization = ensure_acme(app).await?;
    ensure_organization(app, UNCONFIGURED_ORGANIZATION, UNCONFIGURED_SLUG).await?;
    let metadata = identity_provider.metadata().map_err(DemoError::Metadata)?;
    ensure_connection(app, metadata).await?;
    let application = ensure_application(app, &urls.sample_application).await?;
    let config = SampleApplicationConfig {
        base_url: urls.sample_application.clone(),
        issuer: urls.vestibule.clone(),
        client_id: application.id,
        client_secret: application.client_secret.unwrap_or_default(),
        organization: organization.slug,
        organization_name: organization.name,
    };
    Ok(SampleApplication::new(config, environment(app)))
}

/// Invites the operator and returns the link to the console.
pub(super) async fn invite_operator(app: &App) -> Result<String, DemoError> {
    let link = operator::invite(app, &ACTOR, OPERATOR_EMAIL).await?;
    Ok(format!("{}?next={SETUP_PATH}", link.address))
}

/// The configured organization, with its domain.
async fn ensure_acme(app: &App) -> Result<OrganizationView, Problem> {
    let organization = ensure_organization(app, ORGANIZATION, SLUG).await?;
    if domain::list(app, SLUG).await?.items.is_empty() {
        let domain = NewDomain {
            domain: DOMAIN.to_owned(),
            verification: None,
            include_subdomains: None,
        };
        domain::add(app, &ACTOR, SLUG, domain).await?;
    }
    Ok(organization)
}

async fn ensure_organization(
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

async fn ensure_connection(app: &App, metadata: String) -> Result<ConnectionView, Problem> {
    let existing = connection::list(app, SLUG)
        .await?
        .items
        .into_iter()
        .find(|one| one.name == CONNECTION);
    if let Some(existing) = existing {
        let change = Patch::new(json!({ "metadata_xml": metadata }));
        return connection::update(
            app,
            &ACTOR,
            ConnectionRef::InOrganization(SLUG, &existing.id),
            change,
        )
        .await;
    }
    let attribute = |name: &str| Some(name.to_owned());
    let settings = ConnectionInput {
        name: CONNECTION.to_owned(),
        metadata_xml: Some(metadata),
        provider: Some(Provider::Other),
        attributes: Some(AttributeSettings {
            email: attribute("email"),
            first_name: attribute("first_name"),
            last_name: attribute("last_name"),
            name: attribute("name"),
            groups: attribute("groups"),
        }),
        ..ConnectionInput::default()
    };
    let draft = connection::create(app, &ACTOR, SLUG, settings).await?;
    connection::activate(
        app,
        &ACTOR,
        ConnectionRef::InOrganization(SLUG, &draft.id),
        None,
    )
    .await
}

/// The application with its secret. Only a hash of the secret is stored, so each start rotates it.
async fn ensure_application(app: &App, base_url: &str) -> Result<ApplicationView, Problem> {
    let redirect_uris = vec![SampleApplication::redirect_uri(base_url)];
    let page = PageRequest {
        cursor: None,
        limit: Some(200),
    };
    let existing = application::list(app, &page)
        .await?
        .items
        .into_iter()
        .find(|one| one.settings.name == APPLICATION);
    if let Some(existing) = existing {
        let change = Patch::new(json!({ "redirect_uris": redirect_uris }));
        application::update(app, &ACTOR, &existing.id, change).await?;
        return application::rotate_secret(app, &ACTOR, &existing.id).await;
    }
    let settings = ApplicationSettings {
        name: APPLICATION.to_owned(),
        redirect_uris,
        client_type: ClientType::Confidential,
        token_endpoint_auth_method: None,
        jwks: None,
        id_token_signed_response_alg: None,
        require_pkce: None,
    };
    application::create(app, &ACTOR, settings).await
}
