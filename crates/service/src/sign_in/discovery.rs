//! Home realm discovery: through which connection a user signs in.

use oidc::authorization::AuthorizationRequest;
use runtime::app::App;
use runtime::email_address::{EmailAddress, normalize_host};
use store::{Connection, ConnectionId, ConnectionState, Organization, OrganizationId};

use super::error::SignInError;
use crate::connection::{self, acs_address};

/// A connection with its organization.
#[derive(Clone, Debug)]
pub struct OrgConnection {
    pub organization: Organization,
    pub connection: Connection,
}

/// Where a request wants the user to sign in (home realm discovery).
#[derive(Debug)]
pub enum Discovery {
    Found(Box<OrgConnection>),
    /// The request does not say it: the user is asked for their email address.
    AskForEmail,
}

impl Discovery {
    /// Whether a session through this connection answers the request.
    pub fn admits(&self, connection: &ConnectionId) -> bool {
        match self {
            Self::Found(org_connection) => org_connection.connection.id == *connection,
            Self::AskForEmail => true,
        }
    }

    /// Whether `prompt=none` may be answered by the identity provider, without any interaction with the user.
    pub fn passes_silent_requests_on(&self) -> bool {
        match self {
            Self::Found(org_connection) => {
                org_connection.connection.settings.policy.passive_requests
            }
            Self::AskForEmail => false,
        }
    }
}

impl OrgConnection {
    /// The connection with this ID, in whatever state it is.
    pub async fn find(app: &App, id: &str) -> Result<Self, SignInError> {
        let id = acs_address::parse_connection_id(id).ok_or(SignInError::ConnectionNotFound)?;
        let mut tx = app.store.snapshot().await?;
        let connection = tx.connection(&id).await?;
        let connection = connection.ok_or(SignInError::ConnectionNotFound)?;
        let organization = tx.organization(&connection.organization).read().await?;
        Ok(Self {
            organization: organization.ok_or(SignInError::ConnectionNotFound)?,
            connection,
        })
    }

    /// The oldest active connection of an organization. When none is active, the error is that of a disabled one: a
    /// connection that is still being set up must not hide why sign-ins stopped.
    async fn find_active(app: &App, organization: Organization) -> Result<Self, SignInError> {
        check_plan(app, &organization)?;
        let mut tx = app.store.snapshot().await?;
        let connections = tx.organization(&organization.id).connections().await?;
        drop(tx);
        let in_state = |state| {
            connections
                .iter()
                .find(move |connection| connection.state() == state)
        };
        let connection = in_state(ConnectionState::Active)
            .or_else(|| in_state(ConnectionState::Disabled))
            .or_else(|| connections.first())
            .cloned()
            .ok_or(SignInError::NoConnection)?;
        let org_connection = Self {
            organization,
            connection,
        };
        org_connection.check_active(app)?;
        Ok(org_connection)
    }

    /// Checks that members may sign in through this connection.
    pub fn check_active(&self, app: &App) -> Result<(), SignInError> {
        check_plan(app, &self.organization)?;
        match self.connection.state() {
            ConnectionState::Active => Ok(()),
            ConnectionState::Disabled => Err(SignInError::ConnectionDisabled),
            ConnectionState::Draft | ConnectionState::Tested => {
                Err(SignInError::ConnectionNotActive)
            }
        }
    }

    /// The entity ID of the service provider that this identity provider knows.
    pub fn entity_id<'a>(&'a self, app: &'a App) -> &'a str {
        connection::entity_id(app, &self.connection)
    }

    pub fn acs_url(&self, app: &App) -> String {
        connection::acs_url(app, &self.connection)
    }
}

/// Checks that the organization's plan includes SAML SSO.
pub fn check_plan(app: &App, organization: &Organization) -> Result<(), SignInError> {
    let plans = &app.config.plans;
    if plans.includes_sso(&organization.plan) {
        return Ok(());
    }
    Err(SignInError::SsoNotInPlan {
        plan: organization.plan.clone(),
        needed: plans.first_with_sso().to_owned(),
    })
}

/// Determines where a request wants the user to sign in. The most specific parameter counts: the connection, then the
/// organization, then the hints.
pub async fn discover_connection(
    app: &App,
    request: &AuthorizationRequest,
) -> Result<Discovery, SignInError> {
    let organization = match &request.organization {
        Some(id_or_slug) => Some(find_organization(app, id_or_slug).await?),
        None => None,
    };
    if let Some(id) = &request.connection {
        let org_connection = OrgConnection::find(app, id).await?;
        if organization.is_some_and(|one| one.id != org_connection.organization.id) {
            return Err(SignInError::ConnectionNotFound);
        }
        org_connection.check_active(app)?;
        return Ok(Discovery::Found(Box::new(org_connection)));
    }
    if let Some(organization) = organization {
        let found = OrgConnection::find_active(app, organization).await?;
        return Ok(Discovery::Found(Box::new(found)));
    }
    for hint in hinted_domains(request) {
        if let Some(organization) = find_organization_by_domain(app, &hint).await? {
            let found = OrgConnection::find_active(app, organization).await?;
            return Ok(Discovery::Found(Box::new(found)));
        }
    }
    Ok(Discovery::AskForEmail)
}

/// The email domain that a request names the user by.
pub fn hinted_domain(request: &AuthorizationRequest) -> Option<String> {
    hinted_domains(request).next()
}

fn hinted_domains(request: &AuthorizationRequest) -> impl Iterator<Item = String> {
    let login_hint = request.login_hint.as_deref().and_then(EmailAddress::parse);
    let hints = [
        request.domain_hint.as_deref().and_then(normalize_host),
        login_hint.map(|email| email.domain().to_owned()),
    ];
    hints.into_iter().flatten()
}

/// The active connection for the domain of an email address. Only internal errors are reported: a stranger who tries
/// addresses must not learn why SSO does not work for one.
pub async fn find_by_email(
    app: &App,
    email: &EmailAddress,
) -> Result<Option<OrgConnection>, SignInError> {
    let Some(organization) = find_organization_by_domain(app, email.domain()).await? else {
        return Ok(None);
    };
    match OrgConnection::find_active(app, organization).await {
        Ok(org_connection) => Ok(Some(org_connection)),
        Err(error) if error.is_internal() => Err(error),
        Err(_) => Ok(None),
    }
}

async fn find_organization_by_domain(
    app: &App,
    domain: &str,
) -> Result<Option<Organization>, SignInError> {
    let mut tx = app.store.snapshot().await?;
    Ok(tx.organization_by_domain(domain).await?)
}

async fn find_organization(app: &App, id_or_slug: &str) -> Result<Organization, SignInError> {
    let mut tx = app.store.snapshot().await?;
    let found = match OrganizationId::parse(id_or_slug) {
        Ok(id) => tx.organization(&id).read().await?,
        Err(_) => tx.organization_by_slug(id_or_slug).await?,
    };
    found.ok_or(SignInError::OrganizationNotFound)
}
